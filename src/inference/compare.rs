//! The same text under two models, token by token.

use serde::{Deserialize, Serialize};

use super::{LoadRequest, ModelInfo, Piece, RequestId, TokenId, TokenKind};

/// A text to be read by the loaded model, A, and by a second one, B, at the same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompareRequest {
    pub request: RequestId,
    /// The second model. Its `Loading` events carry the id of this request, its file must be one
    /// that [`LoadRequest::beside`] named, and its context is sized by the text.
    pub other: LoadRequest,
    /// Cut into tokens by the first model; special tokens in it are text.
    pub text: String,
    /// Tokens that are read in one go at most, at least 2. A longer text is read in stretches
    /// that overlap by half, so that each token has at least half a window before it.
    pub window: u32,
    /// How many of the most probable tokens to report of each model, at least 1.
    pub candidates: u16,
}

/// What both models say of a text, as it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CompareEvent {
    /// Both are loaded, and their vocabularies are the same.
    Started {
        other: Box<ModelInfo>,
        /// Tokens of the text.
        total: u32,
    },
    /// The next tokens, in the order of the text.
    Read {
        tokens: Vec<ComparedToken>,
        /// The bytes of those candidates that this request has not sent before.
        pieces: Vec<Piece>,
    },
}

/// A token of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparedToken {
    pub id: TokenId,
    pub kind: TokenKind,
    pub bytes: Vec<u8>,
    /// `None` where nothing came before the token, so that no model could say anything of it.
    pub odds: Option<Box<ComparedOdds>>,
}

/// What both models held of a token before it came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparedOdds {
    pub a: TokenOdds,
    pub b: TokenOdds,
    /// KL(A‖B) over the whole vocabulary, nats, at least 0.
    pub divergence: f64,
}

/// What one model held of a token before it came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenOdds {
    /// Nats, at most 0.
    pub logprob: f32,
    /// 1 for the most probable token of the vocabulary.
    pub rank: u32,
    /// Entropy of the whole distribution, nats.
    pub entropy: f32,
    /// The most probable tokens with their log-probabilities (nats), best first.
    pub best: Vec<(TokenId, f32)>,
}

impl ComparedOdds {
    /// Whether both models hold the same token for the most probable.
    #[must_use]
    pub fn same_top(&self) -> bool {
        let top = |odds: &TokenOdds| odds.best.first().map(|best| best.0);
        top(&self.a) == top(&self.b)
    }

    /// How much more probable B holds the token than A, nats; 0 where both rule it out.
    #[must_use]
    pub fn difference(&self) -> f32 {
        if self.a.logprob == self.b.logprob {
            return 0.0;
        }
        self.b.logprob - self.a.logprob
    }
}
