//! Several answers to one prompt, written together.

use serde::{Deserialize, Serialize};

use super::{GenerateRequest, GeneratedToken, GenerationStats, RequestId, StopReason, TokenId};

/// Several answers that begin with different tokens and are decoded in one batch.
///
/// The prompt is computed once and stored once. Each answer has its own sampler chain; the
/// seed of the one numbered n is the request's plus n.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FanRequest {
    /// The prompt, the settings and the limits of each of them.
    pub generate: GenerateRequest,
    /// How many at most, at least 1. The cache may have room for fewer; a notice then says so.
    pub branches: u16,
    /// The answers begin with the most probable tokens that bias and grammar leave, apart from
    /// this one.
    pub without: Option<TokenId>,
}

/// What happened to answers that are written together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FanEvent {
    /// The prompt is read, and so many answers begin.
    Began { branches: u16 },
    /// The answer numbered `branch`, counted from 0, has one token more.
    Token {
        branch: u16,
        token: Box<GeneratedToken>,
    },
    /// One of them is over; the others go on.
    Ended {
        branch: u16,
        stop: StopReason,
        stats: Box<GenerationStats>,
    },
}

/// What all of them cost together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FanStats {
    /// Decodes after the prompt was read: as many as the longest answer alone takes.
    pub decodes: u32,
    /// Tokens computed after the prompt was read, of all answers together.
    pub computed: u32,
    /// Tokens of the prompt, and how many of them were cached.
    pub prompt_tokens: u32,
    pub cached_tokens: u32,
}

impl FanRequest {
    /// Names all of them.
    #[must_use]
    pub fn request(&self) -> RequestId {
        self.generate.request
    }
}
