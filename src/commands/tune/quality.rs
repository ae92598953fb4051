//! What a variant costs: how much less probable a text is under it than under another.
//!
//! The same tokens are read under both, so the difference is taken token by token: what makes a
//! text easy or hard is in both and falls out, and how much the differences scatter says how far
//! their mean may be off.

/// Standard errors within which the true cost lies almost surely.
const SURE: f64 = 2.0;

/// By how much perplexity is higher.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Nats a token, and their standard error.
    mean: f64,
    error: f64,
}

impl Cost {
    /// Of the surprise of each token, in nats, under `one` instead of `first`; `None` where they
    /// are not of the same tokens, or too few to say how they scatter.
    pub fn of(one: &[f64], first: &[f64]) -> Option<Self> {
        let count = one.len();
        if count < 2 || count != first.len() {
            return None;
        }
        let differences = || one.iter().zip(first).map(|(one, first)| one - first);
        let mean = differences().sum::<f64>() / count as f64;
        let squares: f64 = differences().map(|it| (it - mean).powi(2)).sum();
        let variance = squares / (count - 1) as f64;
        Some(Self {
            mean,
            error: (variance / count as f64).sqrt(),
        })
    }

    /// Perplexity, of the first's.
    pub fn ratio(&self) -> f64 {
        self.mean.exp()
    }

    /// The standard error of the ratio.
    pub fn error(&self) -> f64 {
        self.ratio() * self.error
    }

    /// Whether perplexity is almost surely higher by no more than this part.
    pub fn is_within(&self, part: f64) -> bool {
        (self.mean + SURE * self.error).exp() <= 1.0 + part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens of which some are hard and some easy.
    fn text() -> Vec<f64> {
        (0..400).map(|token| f64::from(token % 8)).collect()
    }

    fn with(change: impl Fn(usize) -> f64) -> Vec<f64> {
        let changed = text().into_iter().enumerate();
        changed.map(|(at, nats)| nats + change(at)).collect()
    }

    #[test]
    fn what_both_find_hard_says_nothing() {
        let cost = Cost::of(&with(|_| 0.01), &text()).unwrap();
        assert!((cost.ratio() - 0.01_f64.exp()).abs() < 1e-9);
        assert!(cost.error() < 1e-9, "the text itself scatters by two nats");
        assert!(cost.is_within(0.011) && !cost.is_within(0.009));
    }

    #[test]
    fn a_difference_that_scatters_is_not_believed_to_be_small() {
        let of = |by: f64| {
            let one = with(|at| if at.is_multiple_of(2) { by } else { -by });
            Cost::of(&one, &text()).unwrap()
        };
        // None of them costs anything on average.
        assert!((of(1.0).ratio() - 1.0).abs() < 1e-9);
        assert!(of(0.05).is_within(0.01));
        assert!(!of(1.0).is_within(0.01));
    }

    #[test]
    fn other_tokens_cannot_be_compared() {
        assert_eq!(Cost::of(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(Cost::of(&[1.0], &[1.0]), None);
    }
}
