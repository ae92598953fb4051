//! Nats, bits and perplexity.

use std::f32::consts::{LN_2, LOG2_E};

/// Converts natural units of information to bits.
#[must_use]
pub fn bits_from_nats(nats: f32) -> f32 {
    nats * LOG2_E
}

/// Converts bits to natural units of information.
#[must_use]
pub fn nats_from_bits(bits: f32) -> f32 {
    bits * LN_2
}

/// How surprising a token with this log-probability (nats) is, bits: 0 for a certain one,
/// infinite for one that could not come.
#[must_use]
pub fn surprise_bits(logprob: f32) -> f32 {
    // Rounding can leave a log-probability a hair above 0; there is no negative surprise. The
    // addition turns -0, which would be printed with its sign, into 0.
    bits_from_nats(-logprob).max(0.0) + 0.0
}

/// The perplexity that belongs to a mean negative log-likelihood in nats: exp of it, at least 1.
///
/// That many equally likely tokens would be as hard to choose from.
#[must_use]
pub fn perplexity(mean_nll: f64) -> f64 {
    mean_nll.max(0.0).exp()
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use super::*;

    #[test]
    fn a_coin_toss_surprises_by_one_bit() {
        assert!((surprise_bits(0.5_f32.ln()) - 1.0).abs() < 1e-6);
        assert!((nats_from_bits(1.0) - LN_2).abs() < 1e-7);
        assert!((bits_from_nats(nats_from_bits(3.5)) - 3.5).abs() < 1e-6);
    }

    #[test]
    fn certainty_is_no_surprise_and_the_impossible_an_infinite_one() {
        assert_eq!(
            format!("{:.1} {:.1}", surprise_bits(0.0), surprise_bits(-0.0)),
            "0.0 0.0"
        );
        assert_eq!(surprise_bits(1e-7), 0.0);
        assert_eq!(surprise_bits(f32::NEG_INFINITY), f32::INFINITY);
    }

    #[test]
    fn perplexity_counts_equally_likely_choices() {
        assert!((perplexity(10_f64.ln()) - 10.0).abs() < 1e-9);
        assert_eq!(perplexity(0.0), 1.0);
        assert_eq!(perplexity(f64::INFINITY), f64::INFINITY);
    }
}
