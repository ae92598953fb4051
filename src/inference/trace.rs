//! What was known about a token at the moment it was chosen.

use serde::{Deserialize, Serialize};

/// A token's index into the model's vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenId(pub u32);

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Bytes of text, possibly a part of a character.
    Text,
    /// A control token of the template, such as `<|im_start|>`.
    Control,
    /// The token that ended the answer; it carries no text.
    EndOfGeneration,
}

/// The step of the sampler chain that ruled a candidate out, or `Kept`.
///
/// The discriminants are the `links` column of the history format: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum SamplerLink {
    Kept = 0,
    TopK = 1,
    TopP = 2,
    MinP = 3,
    Typical = 4,
    TopNSigma = 5,
    Xtc = 6,
    Mirostat = 7,
    Grammar = 8,
    LogitBias = 9,
    /// Temperature 0 keeps the best candidate alone.
    Greedy = 10,
}

impl SamplerLink {
    /// Reads the `links` column back; an unknown number is none of ours.
    #[must_use]
    pub fn from_u8(value: u8) -> Option<Self> {
        Some(match value {
            0 => Self::Kept,
            1 => Self::TopK,
            2 => Self::TopP,
            3 => Self::MinP,
            4 => Self::Typical,
            5 => Self::TopNSigma,
            6 => Self::Xtc,
            7 => Self::Mirostat,
            8 => Self::Grammar,
            9 => Self::LogitBias,
            10 => Self::Greedy,
            _ => return None,
        })
    }

    /// The name users know the sampler by, as in `--samplers`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::TopK => "top_k",
            Self::TopP => "top_p",
            Self::MinP => "min_p",
            Self::Typical => "typ_p",
            Self::TopNSigma => "top_n_sigma",
            Self::Xtc => "xtc",
            Self::Mirostat => "mirostat",
            Self::Grammar => "grammar",
            Self::LogitBias => "logit_bias",
            Self::Greedy => "greedy",
        }
    }
}

/// One token that could have come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub id: TokenId,
    /// Natural logarithm of its probability under the model itself: temperature 1, whole
    /// vocabulary, before any sampler. Nats, at most 0.
    pub logprob: f32,
    /// Its probability after the samplers, 0..=1; 0 when one dropped it.
    pub final_probability: f32,
    /// Which sampler dropped it.
    pub link: SamplerLink,
}

/// What a sampler that draws lots or remembers was at when a token was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct SamplerState {
    /// Whether XTC's lot fell on acting; `None` where it drew none.
    pub xtc: Option<bool>,
    /// Mirostat's bound on the surprise, before the choice, bits; `None` without mirostat.
    pub mirostat_mu: Option<f32>,
}

/// A chosen token with what was known when it was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenTrace {
    pub id: TokenId,
    pub kind: TokenKind,
    /// Length in bytes of the text this token added to the message.
    pub text_len: u32,
    /// Nats, under the model itself, as in [`Candidate::logprob`].
    pub logprob: f32,
    /// 1 for the most probable token of the vocabulary. A remote engine may not know it.
    pub rank: Option<u32>,
    /// Entropy of the whole distribution, nats. A remote engine may not know it.
    pub entropy: Option<f32>,
    /// Probability mass outside `candidates`, 0..=1.
    pub outside: f32,
    /// What the samplers that draw lots or remember were at.
    pub state: SamplerState,
    /// The most probable tokens, best first; the chosen one is among them only if it is one
    /// of the best.
    pub candidates: Vec<Candidate>,
}

/// The bytes of a token; one character may span several tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub id: TokenId,
    pub bytes: Vec<u8>,
}
