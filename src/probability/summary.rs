//! A row of logits boiled down to what is shown and kept of it.

use super::best::{block_maxima, select};
use super::softmax::{logprob, maximum, sums};

/// Working memory for summarising row after row without allocating.
#[derive(Debug, Default)]
pub struct Workspace {
    block_maxima: Vec<f32>,
    best: Vec<(u32, f32)>,
}

/// What one row says; borrowed from a [`Workspace`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary<'a> {
    /// ln Σ exp(logit), nats; negative infinity where no token can come.
    pub log_normalizer: f64,
    /// Entropy of the whole distribution, nats; 0 for certainty.
    pub entropy: f32,
    /// Index and log-probability (nats) of the most probable tokens, best first, equal ones by
    /// index. Tokens that cannot come are left out, even where fewer than k remain.
    pub best: &'a [(u32, f32)],
}

/// Like [`Summary`], and owns its list.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// As [`Summary::log_normalizer`].
    pub log_normalizer: f64,
    /// As [`Summary::entropy`].
    pub entropy: f32,
    /// As [`Summary::best`].
    pub best: Vec<(u32, f32)>,
}

impl Workspace {
    /// Working memory that grows with its first use.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Summarises a row with its `k` most probable tokens: one pass for the maxima, one for the
    /// exponentials, and a partial one for the selection.
    pub fn summarize(&mut self, logits: &[f32], k: usize) -> Summary<'_> {
        let maximum = block_maxima(logits, &mut self.block_maxima);
        let sums = sums(logits, maximum);
        select(logits, &self.block_maxima, k, &mut self.best);
        for (_, value) in &mut self.best {
            *value = logprob(*value, sums.log_normalizer);
        }
        Summary {
            log_normalizer: sums.log_normalizer,
            entropy: sums.entropy as f32,
            best: &self.best,
        }
    }
}

impl Summary<'_> {
    /// The log-probability of a token with this logit, nats.
    #[must_use]
    pub fn logprob(&self, logit: f32) -> f32 {
        logprob(logit, self.log_normalizer)
    }

    /// The probability of all tokens outside `best` together, 0..=1.
    #[must_use]
    pub fn outside(&self) -> f32 {
        let inside: f64 = self
            .best
            .iter()
            .map(|&(_, logprob)| f64::from(logprob).exp())
            .sum();
        (1.0 - inside).clamp(0.0, 1.0) as f32
    }
}

/// Summarises a single row. For many rows, a [`Workspace`] saves the allocations.
#[must_use]
pub fn distribution(logits: &[f32], k: usize) -> Distribution {
    let mut workspace = Workspace::new();
    let Summary {
        log_normalizer,
        entropy,
        ..
    } = workspace.summarize(logits, k);
    Distribution {
        log_normalizer,
        entropy,
        best: workspace.best,
    }
}

/// The entropy of a row's distribution, nats.
#[must_use]
pub fn entropy(logits: &[f32]) -> f32 {
    sums(logits, maximum(logits)).entropy as f32
}

/// The rank of a token: 1 for the most probable, equal ones by index. `None` where `index` lies
/// outside the row.
#[must_use]
pub fn rank_of(logits: &[f32], index: u32) -> Option<u32> {
    let index = index as usize;
    let logit = *logits.get(index)?;
    let (before, after) = logits.split_at(index);
    // NaN counts as negative infinity, which every token with a lower index ties or beats.
    let ahead = if logit > f32::NEG_INFINITY {
        count(before, |other| other >= logit) + count(after, |other| other > logit)
    } else {
        index as u32 + count(after, |other| other > f32::NEG_INFINITY)
    };
    Some(ahead + 1)
}

fn count(values: &[f32], qualifies: impl Fn(f32) -> bool) -> u32 {
    values
        .iter()
        .map(|&value| u32::from(qualifies(value)))
        .sum()
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A row as a model makes it, with ties and the values that a damaged model makes.
    fn rows(longest: usize) -> impl Strategy<Value = Vec<f32>> {
        let logit = prop_oneof![
            12 => -20.0_f32..20.0,
            4 => (-3_i8..3).prop_map(f32::from),
            1 => prop::sample::select(vec![f32::NAN, f32::NEG_INFINITY]),
        ];
        proptest::collection::vec(logit, 1..longest)
    }

    #[test]
    fn two_equal_tokens_share_the_mass() {
        let coin = distribution(&[5.0, f32::NEG_INFINITY, 5.0], 3);
        let half = -std::f32::consts::LN_2;
        assert_eq!(coin.best, [(0, half), (2, half)]);
        assert!((coin.entropy - std::f32::consts::LN_2).abs() < 1e-6);
    }

    #[test]
    fn a_workspace_carries_nothing_over() {
        let mut workspace = Workspace::new();
        workspace.summarize(&[9.0; 2000], 50);
        let reused = workspace.summarize(&[1.0, 3.0, 2.0], 2);
        let fresh = distribution(&[1.0, 3.0, 2.0], 2);
        assert_eq!(reused.best, fresh.best);
        assert_eq!(reused.entropy, fresh.entropy);
        assert_eq!(
            fresh
                .best
                .iter()
                .map(|&(index, _)| index)
                .collect::<Vec<_>>(),
            [1, 2]
        );
    }

    #[test]
    fn a_row_without_a_possible_token_has_an_empty_summary() {
        for row in [&[][..], &[f32::NAN; 40], &[f32::NEG_INFINITY; 3]] {
            let nothing = distribution(row, 5);
            assert_eq!(nothing.best, []);
            assert_eq!(nothing.entropy, 0.0);
        }
    }

    #[test]
    fn ranks_break_ties_by_index_and_end_with_the_impossible() {
        let row = [2.0, f32::NAN, 3.0, 2.0, f32::NEG_INFINITY];
        let ranks: Vec<_> = (0..6).map(|index| rank_of(&row, index)).collect();
        assert_eq!(ranks, [Some(2), Some(4), Some(1), Some(3), Some(5), None]);
    }

    proptest! {
        #[test]
        fn log_probabilities_agree_with_double_precision(row in rows(1500), k in 0_usize..60) {
            let mut workspace = Workspace::new();
            let summary = workspace.summarize(&row, k);
            let possible = row.iter().filter(|logit| **logit > f32::NEG_INFINITY);
            let total: f64 = possible.clone().map(|&logit| f64::from(logit).exp()).sum();
            for &(index, logprob) in summary.best {
                let exact = f64::from(row[index as usize]) - total.ln();
                prop_assert!((f64::from(logprob) - exact).abs() < 1e-5);
                prop_assert_eq!(summary.logprob(row[index as usize]), logprob);
            }
            let inside: f64 = summary.best.iter().map(|&(_, l)| f64::from(l).exp()).sum();
            if possible.count() > summary.best.len() {
                prop_assert!((f64::from(summary.outside()) + inside - 1.0).abs() < 1e-5);
            } else if inside > 0.0 {
                prop_assert!(summary.outside() < 1e-5);
            }
        }

        #[test]
        fn ranks_are_the_places_in_the_best_list(row in rows(200)) {
            let all = distribution(&row, row.len());
            for (rank, &(index, _)) in (1..).zip(&all.best) {
                prop_assert_eq!(rank_of(&row, index), Some(rank));
            }
            let mut ranks: Vec<_> = (0..row.len() as u32).filter_map(|i| rank_of(&row, i)).collect();
            ranks.sort_unstable();
            prop_assert!(ranks.into_iter().eq(1..=row.len() as u32), "each rank once");
        }

        #[test]
        fn entropy_lies_between_certainty_and_uniformity(row in rows(1500)) {
            let entropy = entropy(&row);
            prop_assert!(entropy >= 0.0);
            prop_assert!(entropy <= (row.len() as f32).ln() + 1e-5);
            prop_assert_eq!(entropy, distribution(&row, 1).entropy);
        }
    }
}
