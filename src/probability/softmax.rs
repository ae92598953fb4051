//! The log normaliser and the entropy of a row of logits, in two passes.

/// Elements handled side by side: one 512-bit or two 256-bit registers of f32.
const LANES: usize = 16;

/// Elements added up in f32 before the sum goes on in f64. With 16 lanes each f32 sum has 32
/// terms, so its relative error stays below 32 · 2⁻²⁴.
pub(super) const BLOCK: usize = 512;

/// Below this, exp is smaller than what f32 can hold as a normal number (2⁻¹²⁶).
const SMALLEST_EXPONENT: f32 = -87.0;

/// What is known of the exponentials of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sums {
    /// ln Σ exp(x), nats; negative infinity where no token can come.
    pub log_normalizer: f64,
    /// −Σ p ln p, nats; 0 where no token can come.
    pub entropy: f64,
}

/// ln Σ exp(x) without overflow, nats; negative infinity for an empty row or one of negative
/// infinities.
#[must_use]
pub fn log_sum_exp(logits: &[f32]) -> f64 {
    sums(logits, maximum(logits)).log_normalizer
}

/// The log-probability of a token with this logit, nats, at most 0.
#[must_use]
pub fn logprob(logit: f32, log_normalizer: f64) -> f32 {
    logprob_f64(logit, log_normalizer) as f32
}

/// As [`logprob`], before it is rounded.
pub(super) fn logprob_f64(logit: f32, log_normalizer: f64) -> f64 {
    if logit.is_nan() || log_normalizer == f64::NEG_INFINITY {
        return f64::NEG_INFINITY;
    }
    // An infinite logit stands for the largest finite one, as in `sums`.
    (f64::from(logit.min(f32::MAX)) - log_normalizer).min(0.0)
}

/// The largest element; NaN is passed over. Negative infinity for an empty slice.
pub(super) fn maximum(values: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = larger(*lane, value);
        }
    }
    lanes
        .into_iter()
        .chain(rest.iter().copied())
        .fold(f32::NEG_INFINITY, larger)
}

/// `b` where it is greater, else `a`. A comparison with NaN is false, and unlike `f32::max` this
/// is a single instruction.
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// With m the largest logit, S = Σ exp(x − m) and T = Σ exp(x − m)·(x − m):
/// log Z = m + ln S and H = ln S − T/S.
pub(super) fn sums(logits: &[f32], maximum: f32) -> Sums {
    if maximum == f32::NEG_INFINITY {
        return Sums {
            log_normalizer: f64::NEG_INFINITY,
            entropy: 0.0,
        };
    }
    let maximum = maximum.min(f32::MAX);
    let mut total = 0.0_f64;
    let mut weighted = 0.0_f64;
    for block in logits.chunks(BLOCK) {
        let mut s = [0.0_f32; LANES];
        let mut t = [0.0_f32; LANES];
        let (chunks, rest) = block.as_chunks::<LANES>();
        for chunk in chunks {
            for lane in 0..LANES {
                let (e, et) = term(chunk[lane], maximum);
                s[lane] += e;
                t[lane] += et;
            }
        }
        for (lane, &logit) in rest.iter().enumerate() {
            let (e, et) = term(logit, maximum);
            s[lane] += e;
            t[lane] += et;
        }
        total += s.iter().copied().map(f64::from).sum::<f64>();
        weighted += t.iter().copied().map(f64::from).sum::<f64>();
    }
    let log_total = total.ln();
    Sums {
        log_normalizer: f64::from(maximum) + log_total,
        entropy: (log_total - weighted / total).max(0.0),
    }
}

/// exp(x − m) and exp(x − m)·(x − m). Negative infinity and NaN end up at the clamp, where both
/// are about 1e-38 and vanish in the sum.
#[inline]
fn term(logit: f32, maximum: f32) -> (f32, f32) {
    let capped = if logit > f32::MAX { f32::MAX } else { logit };
    let difference = larger(SMALLEST_EXPONENT, capped - maximum);
    let e = exp(difference);
    (e, e * difference)
}

/// exp(x) for x in −87..=0, relative error below 2e-7.
///
/// Without a call or a branch, so that the compiler can work on many at once: `f32::exp` costs
/// several times as much over a vocabulary. Method and constants are those of `expf` in
/// Moshier's Cephes library: x = n·ln 2 + r with |r| ≤ ½ ln 2, exp(x) = 2ⁿ·exp(r), and a
/// polynomial for exp(r).
#[inline]
fn exp(x: f32) -> f32 {
    /// 1.5·2²³: adding it leaves the rounded integer in the low bits of the mantissa.
    const ROUNDER: f32 = 12_582_912.0;
    /// ln 2 in two parts, the first of which multiplies small integers exactly.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    const POLYNOMIAL: [f32; 6] = [
        1.987_569_1e-4,
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ];
    let rounded = x * std::f32::consts::LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    let r = x - n * LN_2_HIGH - n * LN_2_LOW;
    let mut p = POLYNOMIAL[0];
    for coefficient in &POLYNOMIAL[1..] {
        p = p * r + coefficient;
    }
    let exponent = rounded
        .to_bits()
        .wrapping_sub(ROUNDER.to_bits())
        .wrapping_add(127);
    (p * r * r + r + 1.0) * f32::from_bits(exponent << 23)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn exp_is_exact_to_single_precision() {
        for step in 0..=87_000 {
            let x = -(step as f32) / 1_000.0;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 2e-7, "exp({x}) is off by {error:e}");
        }
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn huge_logits_do_not_overflow() {
        assert!((log_sum_exp(&[3e38, 3e38]) - (f64::from(3e38_f32) + 2_f64.ln())).abs() < 1e30);
        assert!((log_sum_exp(&[1000.0, 1000.0]) - (1000.0 + 2_f64.ln())).abs() < 1e-6);
        assert!((log_sum_exp(&[-1000.0; 4]) - (-1000.0 + 4_f64.ln())).abs() < 1e-6);
    }

    #[test]
    fn a_row_in_which_nothing_can_come_has_no_mass() {
        for row in [&[][..], &[f32::NEG_INFINITY; 20], &[f32::NAN; 3]] {
            assert_eq!(log_sum_exp(row), f64::NEG_INFINITY);
            assert_eq!(sums(row, maximum(row)).entropy, 0.0);
        }
        assert_eq!(
            logprob(f32::NEG_INFINITY, f64::NEG_INFINITY),
            f32::NEG_INFINITY
        );
    }

    #[test]
    fn nan_counts_as_impossible() {
        let clean = log_sum_exp(&[1.0, f32::NEG_INFINITY, 2.0]);
        assert_eq!(log_sum_exp(&[1.0, f32::NAN, 2.0]), clean);
        assert_eq!(logprob(f32::NAN, clean), f32::NEG_INFINITY);
    }

    #[test]
    fn an_infinite_logit_takes_all() {
        let row = [1.0, f32::INFINITY, 2.0];
        let normalizer = log_sum_exp(&row);
        assert_eq!(logprob(row[1], normalizer), 0.0);
        assert!(logprob(row[0], normalizer) < -1e30);
        assert!(sums(&row, maximum(&row)).entropy < 1e-30);
    }

    proptest! {
        #[test]
        fn sums_agree_with_double_precision(
            row in proptest::collection::vec(-60.0_f32..60.0, 1..2000),
        ) {
            let exact = row.iter().map(|&x| f64::from(x).exp()).sum::<f64>().ln();
            let entropy: f64 =
                row.iter().map(|&x| f64::from(x) - exact).map(|l| -l.exp() * l).sum();
            let got = sums(&row, maximum(&row));
            prop_assert!((got.log_normalizer - exact).abs() < 1e-5);
            prop_assert!((got.entropy - entropy).abs() < 1e-4);
        }

        #[test]
        fn the_maximum_is_the_largest(row in proptest::collection::vec(any::<f32>(), 0..100)) {
            prop_assert_eq!(maximum(&row), row.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        }
    }
}
