//! What holds decoding back: the memory, or the arithmetic.
//!
//! To decode a token on a processor every weight is read once, and what is cached of the tokens
//! before it. What the memory gives a second,
//! divided by what a token reads, is a ceiling that no code can lift; a model far below it is
//! held back by its arithmetic.

use std::fmt;
use std::num::NonZero;

use serde::Serialize;

use crate::inference::{GenerationStats, ModelInfo};
use crate::words::metrics as words;

/// From this share of the ceiling on, reading is what takes the time.
const AT_THE_CEILING: f64 = 0.75;

/// The ceiling of decoding, and how near it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ceiling {
    /// Bytes that a token reads.
    pub bytes_per_token: u64,
    /// Bytes a second that as many threads as decode read from memory, as measured.
    pub bandwidth: f64,
    /// Of the bandwidth that decoding uses, 0..=1.
    pub share: f64,
}

impl Ceiling {
    /// For a model that decodes so many tokens a second; `None` where there is nothing to divide
    /// by.
    #[must_use]
    pub fn new(bytes_per_token: u64, bandwidth: f64, tokens_per_second: f64) -> Option<Self> {
        let share = bytes_per_token as f64 * tokens_per_second / bandwidth;
        let usable = bytes_per_token > 0 && share.is_finite() && share > 0.0;
        usable.then_some(Self {
            bytes_per_token,
            bandwidth,
            share,
        })
    }

    /// For an answer, on a processor: a GPU's memory is another.
    #[must_use]
    pub fn of_answer(model: &ModelInfo, stats: &GenerationStats, bandwidth: f64) -> Option<Self> {
        let on_gpu = model.gpu_layers > 0;
        if on_gpu || stats.predicted_ms <= 0.0 || model.weight_bytes_per_token == 0 {
            return None;
        }
        // The answer's tokens read what was there before them, and on average half of themselves.
        let cached = stats
            .context_used
            .saturating_sub(stats.predicted_tokens / 2);
        let bytes = model.weight_bytes_per_token + model.cell_bytes * u64::from(cached);
        let mut speed = f64::from(stats.predicted_tokens) * 1000.0 / stats.predicted_ms;
        if stats.speculation.guessed > 0 && stats.speculation.gain > 0.0 {
            // Several tokens shared one reading of the weights.
            speed /= f64::from(stats.speculation.gain);
        }
        Self::new(bytes, bandwidth, speed)
    }

    /// Tokens a second that memory allows.
    #[must_use]
    pub fn tokens_per_second(&self) -> f64 {
        self.bandwidth / self.bytes_per_token as f64
    }

    /// What holds decoding back where `threads` compute, and `cores` could at once.
    #[must_use]
    pub fn limit(&self, threads: u32, cores: u32) -> Limit {
        if threads > cores {
            Limit::TooManyThreads { threads, cores }
        } else if self.share > 1.0 {
            Limit::Cache
        } else if self.share >= AT_THE_CEILING {
            Limit::Memory
        } else if threads < cores {
            Limit::Threads { threads, cores }
        } else {
            Limit::Arithmetic
        }
    }
}

/// What holds decoding back. Its text is one sentence on what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// More threads than can run at once.
    TooManyThreads {
        threads: u32,
        cores: u32,
    },
    /// Nothing that is known: more was read than memory gives.
    Cache,
    Memory,
    /// Arithmetic, with processors to spare.
    Threads {
        threads: u32,
        cores: u32,
    },
    Arithmetic,
}

impl Limit {
    /// What limits, in a word or two.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TooManyThreads { .. } => words::TOO_MANY_THREADS,
            Self::Cache => words::CACHE,
            Self::Memory => words::MEMORY,
            Self::Threads { .. } => words::FEW_THREADS,
            Self::Arithmetic => words::ARITHMETIC,
        }
        .text()
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyThreads { threads, cores } => {
                f.write_str(&words::threads_wait(threads, cores))
            }
            Self::Cache => f.write_str(&words::MORE_THAN_MEMORY_GIVES),
            Self::Memory => f.write_str(&words::MEMORY_LIMITS),
            Self::Threads { threads, cores } => f.write_str(&words::threads_limit(threads, cores)),
            Self::Arithmetic => f.write_str(&words::ARITHMETIC_LIMITS),
        }
    }
}

/// Threads that this machine, or what we may use of it, runs at once.
#[must_use]
pub fn hardware_threads() -> u32 {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from(threads).unwrap_or(u32::MAX)
}

impl fmt::Display for Ceiling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::ceiling(
            self.bytes_per_token as f64 / 1e6,
            self.bandwidth / 1e9,
            self.tokens_per_second(),
            100.0 * self.share,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaching(share: f64) -> Ceiling {
        Ceiling::new(100_000_000, 20e9, 200.0 * share).unwrap()
    }

    #[test]
    fn the_share_is_what_decoding_reads_of_what_can_be_read() {
        let ceiling = reaching(0.4);
        assert!((ceiling.share - 0.4).abs() < 1e-12);
        assert_eq!(
            ceiling.to_string(),
            "A token reads 100.0 MB of weights; memory gives 20.0 GB/s, so 200 tokens/s are the \
             ceiling, and decoding reaches 40 % of it."
        );
        assert_eq!(Ceiling::new(0, 20e9, 100.0), None);
        assert_eq!(Ceiling::new(1, 0.0, 100.0), None);
    }

    #[test]
    fn the_advice_is_about_what_limits() {
        let advice = |share, threads| reaching(share).limit(threads, 2).to_string();
        assert!(advice(0.4, 4).contains("try -t 2"));
        assert!(advice(0.4, 1).contains("1 of 2 hardware threads"));
        assert!(advice(0.4, 2).starts_with("Arithmetic"));
        assert!(advice(0.9, 1).starts_with("Memory"));
        assert!(advice(1.3, 2).contains("cache"));
    }
}
