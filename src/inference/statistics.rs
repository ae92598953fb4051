//! What a generation cost.

use serde::{Deserialize, Serialize};

use super::CacheUse;

/// Counts and times of one request. Times are milliseconds of the engine's monotonic clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct GenerationStats {
    /// Tokens of the whole prompt, reused ones included.
    pub prompt_tokens: u32,
    /// Tokens of the prompt that were already in the KV cache.
    pub cached_tokens: u32,
    /// Where those came from, and why others had to be computed again.
    pub cache: CacheUse,
    /// Time spent computing the rest of the prompt.
    pub prompt_ms: f64,
    /// Tokens generated, the end-of-generation token included.
    pub predicted_tokens: u32,
    /// From the first generated token to the last.
    pub predicted_ms: f64,
    /// From receiving the request to sending the first token.
    pub ttft_ms: f64,
    /// Loading the model, when this request had to wait for it; else 0.
    pub load_ms: f64,
    /// Tokens in the context after the request.
    pub context_used: u32,
    /// Tokens the context holds now.
    pub context_size: u32,
    /// The seed that was really used.
    pub seed: u32,
    /// Resident memory of the engine process, bytes.
    pub engine_memory: u64,
    /// What guessing ahead came to.
    pub speculation: SpeculationStats,
}

/// Tokens that were guessed, and computed before the samplers had chosen them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SpeculationStats {
    pub guessed: u32,
    /// Those that the samplers then chose.
    pub accepted: u32,
    /// Speed of the decodes to that of one token a decode, as measured meanwhile; 1 where
    /// nothing was guessed.
    pub gain: f32,
}

impl Default for SpeculationStats {
    fn default() -> Self {
        Self {
            guessed: 0,
            accepted: 0,
            gain: 1.0,
        }
    }
}

impl GenerationStats {
    /// Prompt tokens computed per second, where any were computed.
    #[must_use]
    pub fn prompt_per_second(&self) -> Option<f64> {
        rate(
            self.prompt_tokens.saturating_sub(self.cached_tokens),
            self.prompt_ms,
        )
    }

    /// Tokens decoded per second. The first token comes out of the prefill, so n tokens take
    /// n - 1 decode steps.
    #[must_use]
    pub fn predicted_per_second(&self) -> Option<f64> {
        rate(self.predicted_tokens.saturating_sub(1), self.predicted_ms)
    }
}

fn rate(tokens: u32, milliseconds: f64) -> Option<f64> {
    (tokens > 0 && milliseconds > 0.0).then(|| f64::from(tokens) * 1000.0 / milliseconds)
}
