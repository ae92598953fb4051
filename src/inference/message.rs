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
    /// The ids an answer was generated as, without its end-of-generation token; empty where
    /// they are unknown. They go back into the prompt where their bytes equal the rendered
    /// text, so that the cached prefix survives the next turn.
    #[serde(default)]
    pub tokens: Vec<TokenId>,
}

impl Message {
    /// A message whose token ids are not known.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        Self {
            role,
            content: content.into(),
            tokens: Vec::new(),
        }
    }
}
