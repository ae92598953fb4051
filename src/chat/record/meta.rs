//! How a conversation is kept, as far as a record changes it.

use serde::{Deserialize, Serialize};

use crate::chat::Keeping;
use crate::words::{chat::session as words, common};

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
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.pinned.map(|pinned| {
            if pinned {
                words::PINNED.into()
            } else {
                words::NOT_PINNED.into()
            }
        }));
        parts.extend(self.archived.map(|archived| {
            if archived {
                words::ARCHIVED.into()
            } else {
                words::NOT_ARCHIVED.into()
            }
        }));
        parts.extend(self.tags.as_ref().map(|tags| {
            if tags.is_empty() {
                return words::TAGS_GONE.into();
            }
            let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
            words::tagged(tags.join(" "))
        }));
        if parts.is_empty() {
            parts.push(words::NOTHING_CHANGED.into());
        }
        parts.join(&common::SENTENCE_SEPARATOR)
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
