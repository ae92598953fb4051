//! What an engine computed of conversations, kept on disk, and what was made of it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::words::inference as words;

/// Names the conversation that a prompt belongs to, where what is computed of it may be kept.
///
/// 1 to 64 ASCII letters, digits and `-`: it becomes a part of a file's name in the engine,
/// which believes nothing it is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConversationKey(String);

impl ConversationKey {
    /// `None` for a name that no file should have.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Option<Self> {
        let name = name.into();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        ((1..=64).contains(&name.len()) && name.bytes().all(plain)).then_some(Self(name))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ConversationKey {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(name).ok_or_else(|| words::MALFORMED_KEY.into())
    }
}

impl From<ConversationKey> for String {
    fn from(key: ConversationKey) -> Self {
        key.0
    }
}

/// What of a prompt's tokens may outlive the engine on disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    #[default]
    Nothing,
    /// What stands before the first message of the user: the template's own words and the system
    /// prompt.
    Opening,
    /// That, and all of the conversation.
    Conversation,
}

/// Where an engine may keep the KV cache of conversations: the one folder it can write to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateFolder {
    /// Of this model alone, and there already.
    pub path: PathBuf,
    /// Bytes of all its files together.
    pub limit: u64,
    /// What takes less to compute again is not kept.
    pub worth: Duration,
    /// The sha256 of the model's file, lower-case hex.
    pub model: String,
}

/// What a prompt's tokens that were not computed came from, and why others were computed again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheUse {
    /// Those of the cached tokens that were read from disk for this prompt.
    pub restored: u32,
    /// Why tokens that had been computed once were computed again; `None` where none were.
    pub again: Option<Recomputed>,
}

/// Why tokens of a conversation are computed though they, or others in their place, had been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recomputed {
    /// The prompt differs from the conversation's last one from this token on, counted from 0:
    /// an edited or dropped message, another branch, another template.
    Changed { from: u32 },
    /// They had to make room for others.
    Evicted,
    /// The model cannot forget a part of what it has read (recurrent, sliding window).
    CannotRewind,
    /// What is on disk was made by another version.
    OtherVersion,
    /// What is on disk was made under settings that shape it otherwise, such as the types of the
    /// KV cache.
    OtherSettings,
    /// What is on disk is damaged.
    Damaged,
}

impl fmt::Display for Recomputed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phrase = match self {
            Self::Changed { from } => return f.write_str(&words::text_differs(from)),
            Self::Evicted => words::MADE_ROOM,
            Self::CannotRewind => words::CANNOT_REWIND,
            Self::OtherVersion => words::OTHER_VERSION,
            Self::OtherSettings => words::OTHER_SETTINGS,
            Self::Damaged => words::DAMAGED_ON_DISK,
        };
        f.write_str(phrase.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_plain_part_of_a_files_name() {
        assert!(ConversationKey::new("01JABCDEF-2").is_some());
        for name in ["", "..", "a/b", "a.b", "ä", "a b", &"x".repeat(65)] {
            assert_eq!(ConversationKey::new(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_key_that_comes_over_the_channel_is_checked_too() {
        let frame = postcard::to_stdvec("../../etc/passwd").unwrap();
        assert!(postcard::from_bytes::<ConversationKey>(&frame).is_err());
        let key = ConversationKey::new("01J").unwrap();
        let frame = postcard::to_stdvec(&key).unwrap();
        assert_eq!(postcard::from_bytes::<ConversationKey>(&frame), Ok(key));
    }
}
