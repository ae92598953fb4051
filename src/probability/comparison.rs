//! What a text says of two models: `llama-perplexity --kl-divergence`'s numbers.

use super::Perplexity;
use crate::inference::ComparedOdds;

/// One token under both models, A the base and B the one that is measured against it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Under A, nats.
    pub logprob_a: f32,
    /// Under B, nats.
    pub logprob_b: f32,
    /// KL(A‖B) of the distributions that the token came from, nats.
    pub divergence: f64,
    /// Whether both hold the same token for the most probable.
    pub same_top: bool,
}

impl From<&ComparedOdds> for Compared {
    fn from(odds: &ComparedOdds) -> Self {
        Self {
            logprob_a: odds.a.logprob,
            logprob_b: odds.b.logprob,
            divergence: odds.divergence,
            same_top: odds.same_top(),
        }
    }
}

/// Adds up the comparison of a text; 8 bytes a token are kept, for the percentiles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    a: Perplexity,
    b: Perplexity,
    divergences: Vec<f64>,
    same_top: u64,
    /// Sum and sum of squares of p_B − p_A.
    change: f64,
    change_squared: f64,
}

impl Comparison {
    /// Of no token.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a token.
    pub fn add(&mut self, token: Compared) {
        self.a.add(token.logprob_a, None);
        self.b.add(token.logprob_b, None);
        self.divergences.push(token.divergence);
        self.same_top += u64::from(token.same_top);
        let change = f64::from(token.logprob_b).exp() - f64::from(token.logprob_a).exp();
        self.change += change;
        self.change_squared += change * change;
    }

    /// Tokens added.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.a.tokens()
    }

    /// Sorts what was added, and gives the numbers; `None` before the first token.
    #[must_use]
    pub fn totals(&self) -> Option<Totals> {
        let count = self.divergences.len() as f64;
        let mut sorted = self.divergences.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let mean = sorted.iter().sum::<f64>() / count;
        let squares: f64 = sorted.iter().map(|value| (value - mean).powi(2)).sum();
        Some(Totals {
            tokens: self.tokens(),
            perplexity_a: self.a.measured()?,
            perplexity_b: self.b.measured()?,
            log_ratio: self.b.mean_nll()? - self.a.mean_nll()?,
            mean,
            // The error of a mean is that of one value over √n; of one value nothing is known.
            mean_error: (squares / (count - 1.0).max(1.0) / count).sqrt(),
            median: percentile(&sorted, 0.5),
            percentile_99: percentile(&sorted, 0.99),
            maximum: percentile(&sorted, 1.0),
            same_top: self.same_top as f64 / count,
            mean_change: self.change / count,
            rms_change: (self.change_squared / count).sqrt(),
        })
    }
}

/// The numbers of a comparison. Divergences are KL(A‖B), nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Totals {
    pub tokens: u64,
    pub perplexity_a: f64,
    pub perplexity_b: f64,
    /// ln(perplexity of B / perplexity of A), nats: above 0 where B foresaw the text less well.
    pub log_ratio: f64,
    pub mean: f64,
    /// The standard error of the mean.
    pub mean_error: f64,
    pub median: f64,
    pub percentile_99: f64,
    pub maximum: f64,
    /// How often both held the same token for the most probable, 0..=1.
    pub same_top: f64,
    /// Mean of p_B − p_A over the tokens that came.
    pub mean_change: f64,
    /// Root of the mean square of p_B − p_A.
    pub rms_change: f64,
}

/// The value below which this share of them lies, between neighbours linearly, as
/// `llama-perplexity` does it; NaN of none.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = share * last as f64;
    let (below, between) = (place as usize, place.fract());
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    // Between two infinities, and at a value itself, there is nothing to weigh.
    if between == 0.0 || low == high {
        return low;
    }
    low * (1.0 - between) + high * between
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(p_a: f32, p_b: f32, divergence: f64, same_top: bool) -> Compared {
        Compared {
            logprob_a: p_a.ln(),
            logprob_b: p_b.ln(),
            divergence,
            same_top,
        }
    }

    #[test]
    fn a_text_of_no_token_has_no_numbers() {
        assert_eq!(Comparison::new().totals(), None);
    }

    #[test]
    fn the_numbers_of_three_tokens_are_those_computed_by_hand() {
        let mut comparison = Comparison::new();
        comparison.add(token(0.5, 0.25, 0.1, true));
        comparison.add(token(0.5, 0.25, 0.2, true));
        comparison.add(token(0.5, 0.5, 0.6, false));
        let totals = comparison.totals().unwrap();
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found}");
        assert_eq!(totals.tokens, 3);
        near(totals.perplexity_a, 2.0);
        near(totals.perplexity_b, 2_f64.powf(5.0 / 3.0));
        near(totals.log_ratio, 2_f64.ln() * 2.0 / 3.0);
        near(totals.mean, 0.3);
        // Deviations −0.2, −0.1, 0.3: variance 0.14 / 2, and of the mean a third of that.
        near(totals.mean_error, (0.07_f64 / 3.0).sqrt());
        near(totals.median, 0.2);
        near(totals.percentile_99, 0.2 + 0.98 * 0.4);
        near(totals.maximum, 0.6);
        near(totals.same_top, 2.0 / 3.0);
        near(totals.mean_change, -0.5 / 3.0);
        near(totals.rms_change, (0.125_f64 / 3.0).sqrt());
    }

    #[test]
    fn a_model_compared_with_itself_has_nothing_but_zeros() {
        let mut comparison = Comparison::new();
        for _ in 0..5 {
            comparison.add(token(0.3, 0.3, 0.0, true));
        }
        let totals = comparison.totals().unwrap();
        assert_eq!(
            (
                totals.mean,
                totals.mean_error,
                totals.maximum,
                totals.log_ratio
            ),
            (0.0, 0.0, 0.0, 0.0)
        );
        assert_eq!((totals.same_top, totals.rms_change), (1.0, 0.0));
    }

    #[test]
    fn an_infinite_divergence_is_the_maximum_and_spoils_only_what_holds_it() {
        let mut comparison = Comparison::new();
        for divergence in [0.1, 0.1, f64::INFINITY, 0.1] {
            comparison.add(token(0.5, 0.5, divergence, true));
        }
        let totals = comparison.totals().unwrap();
        assert_eq!((totals.median, totals.maximum), (0.1, f64::INFINITY));
        assert_eq!(totals.mean, f64::INFINITY);
    }

    proptest! {
        #[test]
        fn percentiles_rise_and_lie_between_the_ends(
            mut values in proptest::collection::vec(0.0_f64..10.0, 1..200),
            shares in (0.0_f64..=1.0, 0.0_f64..=1.0),
        ) {
            values.sort_unstable_by(f64::total_cmp);
            let (low, high) = (shares.0.min(shares.1), shares.0.max(shares.1));
            prop_assert!(percentile(&values, low) <= percentile(&values, high) + 1e-12);
            prop_assert_eq!(percentile(&values, 0.0), values[0]);
            prop_assert_eq!(percentile(&values, 1.0), values[values.len() - 1]);
        }
    }
}
