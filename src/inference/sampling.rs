//! How the next token is chosen. Names, ranges and defaults are llama.cpp's.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::TokenId;
use crate::words::{common, inference as words};

/// A link of the sampler chain whose place the user may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamplerKind {
    Penalties,
    Dry,
    TopNSigma,
    TopK,
    #[serde(rename = "typ_p")]
    Typical,
    TopP,
    MinP,
    Xtc,
    Temperature,
}

impl SamplerKind {
    /// llama.cpp's order (`common_params_sampling::samplers`).
    pub const DEFAULT_ORDER: [Self; 9] = [
        Self::Penalties,
        Self::Dry,
        Self::TopNSigma,
        Self::TopK,
        Self::Typical,
        Self::TopP,
        Self::MinP,
        Self::Xtc,
        Self::Temperature,
    ];

    /// The name in `--samplers 'a;b'`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Penalties => "penalties",
            Self::Dry => "dry",
            Self::TopNSigma => "top_n_sigma",
            Self::TopK => "top_k",
            Self::Typical => "typ_p",
            Self::TopP => "top_p",
            Self::MinP => "min_p",
            Self::Xtc => "xtc",
            Self::Temperature => "temperature",
        }
    }
}

impl FromStr for SamplerKind {
    type Err = String;

    /// Accepts llama.cpp's names and its aliases (`temp`, `typical`, `top-k` …).
    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim().replace('-', "_").to_ascii_lowercase();
        let name = match name.as_str() {
            "temp" => "temperature",
            "typical" | "typical_p" | "typ" => "typ_p",
            "nucleus" => "top_p",
            "top_nsigma" => "top_n_sigma",
            other => other,
        };
        Self::DEFAULT_ORDER
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| {
                let known: Vec<_> = Self::DEFAULT_ORDER.iter().map(|kind| kind.name()).collect();
                words::unknown_sampler(text.trim(), known.join(&common::LIST_SEPARATOR))
            })
    }
}

/// Mirostat replaces the truncating samplers by a feedback loop on surprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mirostat {
    #[default]
    Off,
    V1,
    V2,
}

/// "Don't repeat yourself": penalises tokens that would extend a repetition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DryPenalty {
    /// 0 turns it off.
    pub multiplier: f32,
    pub base: f32,
    /// Repetitions up to this many tokens go unpunished.
    pub allowed_length: i32,
    /// How many tokens back to look; 0 none, -1 the whole context.
    pub penalty_last_n: i32,
    pub sequence_breakers: Vec<String>,
}

impl Default for DryPenalty {
    fn default() -> Self {
        Self {
            multiplier: 0.0,
            base: 1.75,
            allowed_length: 2,
            penalty_last_n: -1,
            sequence_breakers: ["\n", ":", "\"", "*"].map(String::from).to_vec(),
        }
    }
}

/// Adds `bias` to a token's logit before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LogitBias {
    pub id: TokenId,
    /// Negative infinity forbids the token.
    pub bias: f32,
}

/// Everything that decides which token is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SamplerSettings {
    /// 0 is greedy: the most probable token, always.
    pub temperature: f32,
    /// 0 turns it off.
    pub top_k: i32,
    /// 1 turns it off.
    pub top_p: f32,
    /// 0 turns it off.
    pub min_p: f32,
    /// 1 turns it off.
    pub typical_p: f32,
    /// At or below 0: off.
    pub top_n_sigma: f32,
    /// 0 turns it off.
    pub xtc_probability: f32,
    /// Above 0.5 it cannot act.
    pub xtc_threshold: f32,
    pub dry: DryPenalty,
    /// Tokens back that the penalties look at; 0 none, -1 the whole context.
    pub repeat_last_n: i32,
    /// 1 turns it off.
    pub repeat_penalty: f32,
    pub presence_penalty: f32,
    pub frequency_penalty: f32,
    pub mirostat: Mirostat,
    /// Mirostat's target surprise, bits.
    pub mirostat_tau: f32,
    /// Mirostat's learning rate.
    pub mirostat_eta: f32,
    pub logit_bias: Vec<LogitBias>,
    /// A GBNF grammar with a rule `root`.
    pub grammar: Option<String>,
    /// A JSON schema, as text, that the answer must follow; not both this and a grammar.
    #[serde(default)]
    pub json_schema: Option<String>,
    /// `None` draws one; what was used comes back in the statistics.
    pub seed: Option<u32>,
    /// The links in the order they act. One that is not named does not act.
    pub order: Vec<SamplerKind>,
}

impl Default for SamplerSettings {
    fn default() -> Self {
        Self {
            temperature: 0.8,
            top_k: 40,
            top_p: 0.95,
            min_p: 0.05,
            typical_p: 1.0,
            top_n_sigma: -1.0,
            xtc_probability: 0.0,
            xtc_threshold: 0.1,
            dry: DryPenalty::default(),
            repeat_last_n: 64,
            repeat_penalty: 1.0,
            presence_penalty: 0.0,
            frequency_penalty: 0.0,
            mirostat: Mirostat::Off,
            mirostat_tau: 5.0,
            mirostat_eta: 0.1,
            logit_bias: Vec::new(),
            grammar: None,
            json_schema: None,
            seed: None,
            order: SamplerKind::DEFAULT_ORDER.to_vec(),
        }
    }
}
