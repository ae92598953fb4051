//! Answers in the shape of the OpenAI API, with llama-server's `timings`.
//!
//! Existing readers of either work on it; `rank` and `entropy` (nats) are ours.

use serde::Serialize;

use super::Pieces;
use crate::inference::{
    Candidate, GenerationStats, LabelOdds, ScoredToken, StopReason, TokenId, TokenTrace,
};

/// One whole answer (`--format json`).
#[derive(Debug, Serialize)]
pub struct Completion<'a> {
    pub object: &'static str,
    pub model: &'a str,
    pub choices: [Choice; 1],
    /// As far as they are known: an answer that was cut off has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<Timings>,
    /// The seed that was really used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
}

#[derive(Debug, Serialize)]
pub struct Choice {
    pub index: u32,
    pub message: ChoiceMessage,
    pub logprobs: Logprobs,
    /// What a classification chose from, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    pub finish_reason: &'static str,
    /// Why it ended, in our own words: OpenAI's `stop` covers two of them.
    pub stop_reason: StopReason,
}

#[derive(Debug, Serialize)]
pub struct ChoiceMessage {
    pub role: &'static str,
    pub content: String,
    /// What the model thought before it answered, as DeepSeek's API and llama-server name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_content: Option<String>,
}

/// A label of a classification.
#[derive(Debug, Clone, Serialize)]
pub struct Label {
    pub label: String,
    /// Among all labels, 0..=1.
    pub share: f64,
    /// Of the answer that is this label and nothing else, nats; `None`: the model holds it
    /// impossible.
    pub logprob: Option<f64>,
    pub tokens: u32,
}

impl From<&LabelOdds> for Label {
    fn from(odds: &LabelOdds) -> Self {
        Self {
            label: odds.label.clone(),
            share: odds.share,
            logprob: Some(odds.logprob).filter(|logprob| logprob.is_finite()),
            tokens: odds.tokens,
        }
    }
}

/// A line of `--format jsonl`: a token, or the end.
#[derive(Debug, Serialize)]
pub struct Chunk<'a> {
    pub object: &'static str,
    pub model: &'a str,
    pub choices: [ChunkChoice; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<Timings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
}

#[derive(Debug, Serialize)]
pub struct ChunkChoice {
    pub index: u32,
    pub delta: Delta,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logprobs: Option<Logprobs>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    pub finish_reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
}

#[derive(Debug, Serialize)]
pub struct Delta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_content: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Logprobs {
    pub content: Vec<TokenLogprob>,
}

/// A token, written or read.
#[derive(Debug, Serialize)]
pub struct TokenLogprob {
    /// Lossy where the token is a part of a character; `bytes` is exact.
    pub token: String,
    pub id: TokenId,
    /// `None` for the first token of a text that is read: nothing came before it.
    pub logprob: Option<Number>,
    pub bytes: Vec<u8>,
    pub rank: Option<u32>,
    pub entropy: Option<Number>,
    pub top_logprobs: Vec<TopLogprob>,
}

#[derive(Debug, Serialize)]
pub struct TopLogprob {
    pub token: String,
    pub id: TokenId,
    pub logprob: Number,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Usage {
    pub prompt_tokens: u32,
    pub completion_tokens: u32,
    pub cached_tokens: u32,
    pub total_tokens: u32,
}

/// llama-server's `timings`, and two times that a one-shot's user asks for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timings {
    pub cache_n: u32,
    pub prompt_n: u32,
    pub prompt_ms: f64,
    pub prompt_per_second: Option<f64>,
    pub predicted_n: u32,
    pub predicted_ms: f64,
    pub predicted_per_second: Option<f64>,
    /// As llama-server names them: tokens guessed, and guessed right; left out where none were.
    #[serde(skip_serializing_if = "is_zero")]
    pub draft_n: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub draft_n_accepted: u32,
    pub ttft_ms: f64,
    pub load_ms: f64,
}

/// A logarithm in JSON, which knows no infinity: a forbidden token's is the smallest `f32`,
/// as OpenAI's own `-9999` stands for "never".
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Number(f32);

impl From<f32> for Number {
    fn from(value: f32) -> Self {
        Self(if value.is_finite() { value } else { f32::MIN })
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl From<&GenerationStats> for Usage {
    fn from(stats: &GenerationStats) -> Self {
        Self {
            prompt_tokens: stats.prompt_tokens,
            completion_tokens: stats.predicted_tokens,
            cached_tokens: stats.cached_tokens,
            total_tokens: stats.prompt_tokens + stats.predicted_tokens,
        }
    }
}

impl From<&GenerationStats> for Timings {
    fn from(stats: &GenerationStats) -> Self {
        Self {
            cache_n: stats.cached_tokens,
            prompt_n: stats.prompt_tokens.saturating_sub(stats.cached_tokens),
            prompt_ms: stats.prompt_ms,
            prompt_per_second: stats.prompt_per_second(),
            predicted_n: stats.predicted_tokens,
            predicted_ms: stats.predicted_ms,
            predicted_per_second: stats.predicted_per_second(),
            draft_n: stats.speculation.guessed,
            draft_n_accepted: stats.speculation.accepted,
            ttft_ms: stats.ttft_ms,
            load_ms: stats.load_ms,
        }
    }
}

impl TokenLogprob {
    /// `pieces` must hold the bytes of every token that `trace` names; `top` limits the
    /// alternatives.
    #[must_use]
    pub fn new(trace: &TokenTrace, pieces: &Pieces, top: usize) -> Self {
        let (token, bytes) = spell(trace.id, pieces);
        let alternatives = trace.candidates.iter().take(top);
        let alternative =
            |candidate: &Candidate| TopLogprob::new(candidate.id, candidate.logprob, pieces);
        Self {
            token,
            id: trace.id,
            logprob: Some(trace.logprob.into()),
            bytes,
            rank: trace.rank,
            entropy: trace.entropy.map(Number::from),
            top_logprobs: alternatives.map(alternative).collect(),
        }
    }

    /// A token that was read. `pieces` must hold the bytes of its alternatives.
    #[must_use]
    pub fn read(scored: &ScoredToken, pieces: &Pieces) -> Self {
        let odds = scored.odds.as_deref();
        let alternatives = odds.map_or(&[][..], |odds| &odds.best).iter();
        Self {
            token: String::from_utf8_lossy(&scored.bytes).into_owned(),
            id: scored.id,
            logprob: odds.map(|odds| odds.logprob.into()),
            bytes: scored.bytes.clone(),
            rank: odds.map(|odds| odds.rank),
            entropy: odds.map(|odds| odds.entropy.into()),
            top_logprobs: alternatives
                .map(|&(id, logprob)| TopLogprob::new(id, logprob, pieces))
                .collect(),
        }
    }
}

impl TopLogprob {
    /// An alternative; `pieces` must hold its bytes.
    #[must_use]
    pub fn new(id: TokenId, logprob: f32, pieces: &Pieces) -> Self {
        let (token, bytes) = spell(id, pieces);
        Self {
            token,
            id,
            logprob: logprob.into(),
            bytes,
        }
    }
}

fn spell(id: TokenId, pieces: &Pieces) -> (String, Vec<u8>) {
    let bytes = pieces.get(&id).cloned().unwrap_or_default();
    (String::from_utf8_lossy(&bytes).into_owned(), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{SamplerLink, SamplerState, TokenKind};

    #[test]
    fn a_token_carries_its_exact_bytes_and_only_the_asked_alternatives() {
        let candidate = |id, logprob| Candidate {
            id: TokenId(id),
            logprob,
            final_probability: 0.5,
            link: SamplerLink::Kept,
        };
        let trace = TokenTrace {
            state: SamplerState::default(),
            id: TokenId(7),
            kind: TokenKind::Text,
            text_len: 2,
            logprob: -0.5,
            rank: Some(1),
            entropy: Some(1.25),
            outside: 0.0,
            candidates: vec![candidate(7, -0.5), candidate(8, f32::NEG_INFINITY)],
        };
        let pieces = Pieces::from([(TokenId(7), vec![0xE4, 0xBD]), (TokenId(8), b"no".to_vec())]);
        let value = serde_json::to_value(TokenLogprob::new(&trace, &pieces, 2))
            .expect("every number is finite");
        assert_eq!(value["bytes"], serde_json::json!([0xE4, 0xBD]));
        assert_eq!(value["token"], "\u{FFFD}");
        assert_eq!(value["rank"], 1);
        assert_eq!(value["top_logprobs"][1]["token"], "no");
        assert!(
            value["top_logprobs"][1]["logprob"]
                .as_f64()
                .is_some_and(|it| it < -1e38)
        );
        let one = TokenLogprob::new(&trace, &pieces, 1);
        assert_eq!(one.top_logprobs.len(), 1);
    }

    #[test]
    fn usage_counts_reused_tokens_as_prompt_and_timings_leave_them_out() {
        let stats = GenerationStats {
            prompt_tokens: 80,
            cached_tokens: 61,
            prompt_ms: 38.0,
            predicted_tokens: 11,
            predicted_ms: 100.0,
            ..GenerationStats::default()
        };
        let (usage, timings) = (Usage::from(&stats), Timings::from(&stats));
        assert_eq!(
            (usage.prompt_tokens, usage.cached_tokens, usage.total_tokens),
            (80, 61, 91)
        );
        assert_eq!((timings.cache_n, timings.prompt_n), (61, 19));
        assert_eq!(timings.prompt_per_second, Some(500.0));
        assert_eq!(timings.predicted_per_second, Some(100.0));
    }
}
