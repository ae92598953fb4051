//! The place of a token that was chosen, asked of again: with the settings of now.

use serde::{Deserialize, Serialize};

use super::{Piece, Prompt, RequestId, SamplerSettings, SamplerState, TokenId, TokenTrace};

/// What would the samplers make of a place in an answer that is written already?
///
/// It is asked on what the conversation has cached, none of which is lost by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReconsiderRequest {
    pub request: RequestId,
    /// What the model had read when the writing of `written` began.
    pub prompt: Prompt,
    /// The tokens that were written before the place. A grammar begins with the first of them.
    pub written: Vec<TokenId>,
    /// The token that stands at the place.
    pub chosen: TokenId,
    pub sampling: SamplerSettings,
    /// What the samplers that draw or remember were at when `chosen` was chosen.
    pub recorded: SamplerState,
    /// How many of the most probable tokens to report, at least 1.
    pub candidates: u16,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
}

/// The answer to a [`ReconsiderRequest`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reconsidered {
    pub request: RequestId,
    /// Of the token that stands at the place, and of the candidates under the settings of now.
    pub trace: TokenTrace,
    /// The logit of each candidate as the model gave it.
    pub logits: Vec<f32>,
    /// What changed logits without dropping anything, in the order it acted.
    pub changes: Vec<LogitChange>,
    /// The bytes of the candidates.
    pub pieces: Vec<Piece>,
    /// Tokens before the place, and how many of them were cached.
    pub prompt_tokens: u32,
    pub cached_tokens: u32,
    /// Calls of the model's decoder; one where all but the last of the tokens were cached.
    pub decodes: u32,
}

impl Reconsidered {
    /// The bytes of a candidate.
    #[must_use]
    pub fn piece(&self, id: TokenId) -> Option<&[u8]> {
        let piece = self.pieces.iter().find(|piece| piece.id == id)?;
        Some(&piece.bytes)
    }
}

/// What one link of the sampler chain did to the logits of the candidates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogitChange {
    pub by: LogitChanger,
    /// For each candidate its logit before and after; `None` of one that was dropped by then.
    pub logits: Vec<Option<(f32, f32)>>,
}

/// A link of the sampler chain that changes logits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogitChanger {
    Bias,
    Penalties,
    Dry,
    Temperature,
}

impl LogitChanger {
    /// The name users know it by, as in `--samplers`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bias => "logit_bias",
            Self::Penalties => "penalties",
            Self::Dry => "dry",
            Self::Temperature => "temperature",
        }
    }
}
