//! The perplexity of a text, token by token.

use super::perplexity as perplexity_of_mean;

/// Adds up how well a model foresaw a text, and how well it expected to.
///
/// The measured perplexity is exp of the mean −ln p of the tokens that came; the expected one
/// is exp of the mean entropy of the distributions they came from. A model that judges its own
/// certainty rightly has the two about equal; a measured one far above the expected one is a
/// model that is surer than it should be.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Perplexity {
    nll: Mean,
    /// Sum of the squares of what `nll` adds up.
    squares: f64,
    entropy: Mean,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Mean {
    sum: f64,
    count: u64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    fn value(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

impl Perplexity {
    /// An accumulator that has seen no token.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a token: its log-probability and, where known, the entropy of the distribution it
    /// came from, both nats. A log-probability that is NaN counts as negative infinity.
    pub fn add(&mut self, logprob: f32, entropy: Option<f32>) {
        let nll = if logprob.is_nan() {
            f64::INFINITY
        } else {
            -f64::from(logprob)
        };
        self.nll.add(nll);
        self.squares += nll * nll;
        if let Some(entropy) = entropy.filter(|entropy| !entropy.is_nan()) {
            self.entropy.add(f64::from(entropy));
        }
    }

    /// Tokens added.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.nll.count
    }

    /// Mean negative log-likelihood of a token, nats; `None` before the first.
    #[must_use]
    pub fn mean_nll(&self) -> Option<f64> {
        self.nll.value()
    }

    /// The measured perplexity, at least 1; infinite where a token came that could not.
    #[must_use]
    pub fn measured(&self) -> Option<f64> {
        self.mean_nll().map(perplexity_of_mean)
    }

    /// The standard error of the measured perplexity, as `llama-perplexity` prints it behind `±`:
    /// the perplexity times that of the mean, √((⟨nll²⟩ − ⟨nll⟩²) / (n − 1)). `None` for fewer
    /// than two tokens.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        let count = self.tokens() as f64;
        let mean = self.mean_nll().filter(|_| self.tokens() > 1)?;
        let variance = (self.squares / count - mean * mean).max(0.0);
        Some(perplexity_of_mean(mean) * (variance / (count - 1.0)).sqrt())
    }

    /// The perplexity the model itself expected, at least 1; `None` where no entropy is known.
    #[must_use]
    pub fn expected(&self) -> Option<f64> {
        self.entropy.value().map(perplexity_of_mean)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_read_has_no_perplexity() {
        let nothing = Perplexity::new();
        assert_eq!(
            (nothing.tokens(), nothing.measured(), nothing.expected()),
            (0, None, None)
        );
    }

    #[test]
    fn a_fair_die_has_a_perplexity_of_six() {
        let mut die = Perplexity::new();
        for _ in 0..100 {
            die.add((1.0_f32 / 6.0).ln(), Some(6_f32.ln()));
        }
        assert!((die.measured().unwrap() - 6.0).abs() < 1e-5);
        assert!((die.expected().unwrap() - 6.0).abs() < 1e-5);
    }

    #[test]
    fn the_standard_error_is_that_of_the_mean_times_the_perplexity() {
        let mut text = Perplexity::new();
        assert_eq!(text.standard_error(), None);
        for nll in [1.0, 2.0, 3.0, 6.0] {
            text.add(-nll, None);
        }
        // Mean 3, mean square 12.5, so the variance is 3.5.
        let expected = 3_f64.exp() * (3.5_f64 / 3.0).sqrt();
        assert!((text.standard_error().unwrap() - expected).abs() < 1e-9);
    }

    #[test]
    fn an_unknown_entropy_leaves_the_measured_perplexity_alone() {
        let mut remote = Perplexity::new();
        remote.add(-1.0, None);
        assert!((remote.measured().unwrap() - std::f64::consts::E).abs() < 1e-6);
        assert_eq!(remote.expected(), None);
    }

    #[test]
    fn an_impossible_token_makes_it_infinite() {
        for impossible in [f32::NEG_INFINITY, f32::NAN] {
            let mut text = Perplexity::new();
            text.add(-0.5, None);
            text.add(impossible, None);
            assert_eq!(text.measured(), Some(f64::INFINITY));
        }
    }

    proptest! {
        #[test]
        fn it_is_the_inverse_geometric_mean_of_the_probabilities(
            probabilities in proptest::collection::vec(0.001_f64..1.0, 1..50),
        ) {
            let mut text = Perplexity::new();
            for probability in &probabilities {
                text.add(probability.ln() as f32, None);
            }
            let product: f64 = probabilities.iter().map(|p| p.powf(-1.0 / probabilities.len() as f64)).product();
            prop_assert!((text.measured().unwrap() / product - 1.0).abs() < 1e-5);
        }
    }
}
