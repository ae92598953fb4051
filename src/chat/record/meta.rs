//! How a conversation is kept, as far as a record changes it.

use serde::{Deserialize, Serialize};

use crate::chat::Keeping;

/// What changes; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl MetaChange {
    /// What has to change in `before` to make `after` of it.
    #[must_use]
    pub fn between(before: &Keeping, after: &Keeping) -> Self {
        Self {
            pinned: (before.pinned != after.pinned).then_some(after.pinned),
            archived: (before.archived != after.archived).then_some(after.archived),
            tags: (before.tags != after.tags).then(|| after.tags.clone()),
            source: after
                .source
                .clone()
                .filter(|_| before.source != after.source),
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.pinned.map(|pinned| {
            let says = if pinned {
                "Pinned: it stands on top of the list."
            } else {
                "Not pinned any more."
            };
            says.to_owned()
        }));
        parts.extend(self.archived.map(|archived| {
            let says = if archived {
                "Archived: it is left out of the list until it is asked for."
            } else {
                "Not archived any more."
            };
            says.to_owned()
        }));
        parts.extend(self.tags.as_ref().map(|tags| {
            if tags.is_empty() {
                return "Its tags are gone.".to_owned();
            }
            let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
            format!("Tagged {}.", tags.join(" "))
        }));
        if parts.is_empty() {
            parts.push("Nothing changed.".to_owned());
        }
        parts.join(" ")
    }

    /// What comes of it where it was as in `before`.
    #[must_use]
    pub fn over(self, before: &Keeping) -> Keeping {
        Keeping {
            pinned: self.pinned.unwrap_or(before.pinned),
            archived: self.archived.unwrap_or(before.archived),
            tags: self.tags.unwrap_or_else(|| before.tags.clone()),
            source: self.source.or_else(|| before.source.clone()),
        }
    }
}
