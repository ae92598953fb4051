//! Where a model looked when it read a token.

use serde::{Deserialize, Serialize};

use super::{Prompt, RequestId, TokenId, TokenKind};

/// A prompt to be read, and the attention of one of its tokens to be told.
///
/// It is computed apart from the conversations, whose cached tokens stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttendRequest {
    pub request: RequestId,
    pub prompt: Prompt,
    pub at: AttendAt,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
}

/// The token whose attention is told; what follows it is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttendAt {
    /// The last of the prompt.
    Last,
    /// One of those that write the content of a message of a chat, both counted from 0.
    Message { message: u32, token: u32 },
}

/// A part of what was found, in this order: the window, then each layer as it comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AttentionEvent {
    Window(AttentionWindow),
    Layer(AttentionLayer),
}

/// The tokens that could be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AttentionWindow {
    /// In the order of the text; the last is the one that looks, and may look at itself.
    pub tokens: Vec<AttendedToken>,
    /// Tokens before the window, which were left out: the weights are those of a text that
    /// begins here.
    pub cut: u32,
}

/// A token that could be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendedToken {
    pub id: TokenId,
    pub kind: TokenKind,
    /// A control token carries its name.
    pub bytes: Vec<u8>,
}

/// The attention weights of one layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttentionLayer {
    /// Counted from 0. Layers without attention (of hybrid models) are not told.
    pub layer: u32,
    /// At least 1.
    pub heads: u32,
    /// Head by head, a weight for each token of the window. Those of a head are in 0..=1 and
    /// sum to 1; to less where the model lets a head look at nothing (learnt sinks).
    pub weights: Vec<f32>,
}
