//! What holds decoding back: the memory, or the arithmetic.
//!
//! To decode a token on a processor every weight is read once. What the memory gives a second,
//! divided by what a token reads, is a ceiling that no code can lift; a model far below it is
//! held back by its arithmetic.

use std::fmt;

use serde::Serialize;

/// From this share of the ceiling on, reading is what takes the time.
const AT_THE_CEILING: f64 = 0.75;

/// The ceiling of decoding, and how near it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ceiling {
    /// Bytes of weights that a token reads.
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

    /// One sentence that is true of this machine: `threads` compute, and `cores` could at once.
    #[must_use]
    pub fn advice(&self, threads: u32, cores: u32) -> String {
        if threads > cores {
            return format!(
                "{threads} threads on {cores} hardware threads wait for each other: try -t {cores}."
            );
        }
        if self.share > 1.0 {
            return "Decoding reads more than memory was measured to give: the weights fit a cache of \
                    the processor, or the measurement was disturbed."
                .to_owned();
        }
        if self.share >= AT_THE_CEILING {
            return "Memory is what limits decoding: only fewer bytes a token, a smaller model or a \
                    smaller format, make it faster."
                .to_owned();
        }
        if threads < cores {
            return format!(
                "Arithmetic limits decoding, or what else runs here, not memory; {threads} of {cores} hardware threads \
                 compute: `limpid bench -t {cores}` tells whether more help."
            );
        }
        "Arithmetic limits decoding, or what else runs here, not memory: a format that this \
         processor computes faster may help, a smaller one as such does not."
            .to_owned()
    }
}

impl fmt::Display for Ceiling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "A token reads {:.1} MB of weights; memory gives {:.1} GB/s, so {:.0} tokens/s are the \
             ceiling, and decoding reaches {:.0} % of it.",
            self.bytes_per_token as f64 / 1e6,
            self.bandwidth / 1e9,
            self.bandwidth / self.bytes_per_token as f64,
            100.0 * self.share
        )
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
        assert!(reaching(0.4).advice(4, 2).contains("try -t 2"));
        assert!(
            reaching(0.4)
                .advice(1, 2)
                .contains("1 of 2 hardware threads")
        );
        assert!(reaching(0.4).advice(2, 2).starts_with("Arithmetic"));
        assert!(reaching(0.9).advice(1, 2).starts_with("Memory"));
        assert!(reaching(1.3).advice(2, 2).contains("cache"));
    }
}
