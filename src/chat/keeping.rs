//! How a conversation is kept, and what a person thinks of an answer.

use serde::{Deserialize, Serialize};

use crate::words::chat::session as words;

/// Characters of a tag at most.
const TAG_CHARS: usize = 40;
/// Tags of a conversation at most.
pub const MOST_TAGS: usize = 32;

/// What a person thinks of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    Up,
    Down,
}

impl Rating {
    /// Its name, as in `/rate`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// The mark in a message's header, one column wide.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Up => "▲",
            Self::Down => "▼",
        }
    }
}

/// How a conversation is found again among the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keeping {
    /// It stands on top of the list.
    pub pinned: bool,
    /// It is left out of the list, unless it is asked for.
    pub archived: bool,
    /// In the order they were given, each once; made by [`tag`].
    pub tags: Vec<String>,
    /// What it was called in the program it was imported from.
    pub source: Option<String>,
}

impl Keeping {
    /// With tags added; those that are there already change nothing.
    #[must_use]
    pub fn tagged(&self, tags: impl IntoIterator<Item = String>) -> Self {
        let mut keeping = self.clone();
        for tag in tags {
            if !keeping.tags.contains(&tag) && keeping.tags.len() < MOST_TAGS {
                keeping.tags.push(tag);
            }
        }
        keeping
    }

    /// Without these tags.
    #[must_use]
    pub fn untagged(&self, tags: &[String]) -> Self {
        let mut keeping = self.clone();
        keeping.tags.retain(|tag| !tags.contains(tag));
        keeping
    }

    /// The tags as they are written, each after a `#`; empty without any.
    #[must_use]
    pub fn tag_line(&self) -> String {
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("#{tag}")).collect();
        tags.join(" ")
    }
}

/// A tag as it is kept: one word in small letters, with or without the `#` before it.
///
/// # Errors
/// It is none; a sentence that says why.
pub fn tag(text: &str) -> Result<String, String> {
    let word = text.trim().trim_start_matches('#').to_lowercase();
    if word.is_empty() {
        return Err(words::A_TAG_IS_A_WORD.into());
    }
    if word.chars().count() > TAG_CHARS {
        return Err(words::tag_too_long(TAG_CHARS));
    }
    let strange = |letter: char| letter.is_whitespace() || letter.is_control() || letter == ',';
    if word.contains(strange) {
        return Err(words::no_tag(text.trim().escape_debug()));
    }
    Ok(word)
}

/// The tags in a line, parted by blanks or commas.
///
/// # Errors
/// There is none, or one of them is no tag; a sentence that says which.
pub fn tags(line: &str) -> Result<Vec<String>, String> {
    let words = line.split(|letter: char| letter.is_whitespace() || letter == ',');
    let tags: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(tag)
        .collect::<Result<_, _>>()?;
    if tags.is_empty() {
        return Err(tag("").err().unwrap_or_default());
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_word_in_small_letters() {
        assert_eq!(tag(" #Work "), Ok("work".to_owned()));
        assert_eq!(tag("Überblick"), Ok("überblick".to_owned()));
        for wrong in ["", "#", "two words", "a\u{7}b", &"x".repeat(41)] {
            assert!(tag(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(
            tags("#one, two"),
            Ok(vec!["one".to_owned(), "two".to_owned()])
        );
        assert!(tags(" , ").is_err());
    }

    #[test]
    fn a_tag_is_kept_once() {
        let keeping = Keeping::default().tagged(["a".to_owned(), "b".to_owned(), "a".to_owned()]);
        assert_eq!(keeping.tag_line(), "#a #b");
        assert_eq!(keeping.untagged(&["a".to_owned()]).tags, ["b"]);
    }
}
