//! One turn of a conversation, as an engine sees it.

use serde::{Deserialize, Serialize};

use super::TokenId;

/// Who speaks a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    System,
    User,
    Assistant,
}

impl Role {
    /// The role's name in chat templates and in the OpenAI format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// A message of the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub role: Role,
    pub content: String,
    /// What an answer was made of, in order and without its end-of-generation token; empty
    /// where that is unknown. It goes back into the prompt where it spells the rendered text,
    /// so that the cached prefix survives the next turn.
    #[serde(default)]
    pub parts: Vec<MessagePart>,
}

/// A stretch of an answer's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessagePart {
    /// The ids it was generated as.
    Tokens(Vec<TokenId>),
    /// Typed by hand: it is cut into tokens when the prompt is made.
    Typed(String),
}

impl Message {
    /// A message of which only the text is known.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        Self {
            role,
            content: content.into(),
            parts: Vec::new(),
        }
    }
}
