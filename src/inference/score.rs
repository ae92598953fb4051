//! A text that is read, and what the model held of each of its tokens.

use serde::{Deserialize, Serialize};

use super::{Piece, Prompt, RequestId, TokenId, TokenKind, TokenOdds};

/// A text to be read in one go, without anything being written.
///
/// It is computed apart from the conversations, whose cached tokens stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreRequest {
    pub request: RequestId,
    pub prompt: Prompt,
    pub scope: ScoreScope,
    /// How many of the most probable tokens to report at each place, at least 1.
    pub candidates: u16,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
}

/// Which tokens of the text are reported; those before them are read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScoreScope {
    /// From this place on, counted from 0.
    From(u32),
    /// Those that write the content of this message of a chat, counted from 0.
    Message(u32),
}

/// A part of what was read, in the order of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreEvent {
    pub request: RequestId,
    pub tokens: Vec<ScoredToken>,
    /// The bytes of those candidates that this request has not sent before.
    pub pieces: Vec<Piece>,
    /// Tokens read so far, reported or not, and how many there are to read.
    pub done: u32,
    pub total: u32,
}

/// A token of a text that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoredToken {
    pub id: TokenId,
    pub kind: TokenKind,
    pub bytes: Vec<u8>,
    /// `None` where nothing came before the token, so that the model could say nothing of it.
    pub odds: Option<Box<TokenOdds>>,
}
