//! How far one distribution is from another over the same vocabulary.

use super::softmax::logprob_f64;

/// The Kullback-Leibler divergence of `q` from `p`, nats, at least 0:
///
/// ```text
/// KL(P‖Q) = Σ pᵢ (ln pᵢ − ln qᵢ)
/// ```
///
/// (Kullback & Leibler 1951, "On Information and Sufficiency".) It is what a reader who trusts Q
/// pays for each token that P writes, and `llama-perplexity --kl-divergence` reports it with P
/// the base model. Both rows are logits over one vocabulary, each with its log normaliser as
/// [`log_sum_exp`](super::log_sum_exp) gives it; sums are f64, and the error is that of the
/// normalisers, below 1e-6. Infinite where P lets a token come that Q excludes; 0 for equal rows,
/// exactly.
#[must_use]
pub fn kl_divergence(p: &[f32], log_z_p: f64, q: &[f32], log_z_q: f64) -> f64 {
    debug_assert_eq!(p.len(), q.len(), "both are over one vocabulary");
    let sum: f64 = p
        .iter()
        .zip(q)
        .map(|(&p, &q)| {
            let log_p = logprob_f64(p, log_z_p);
            let share = log_p.exp();
            // A token that P excludes costs nothing, whatever Q says of it.
            if share > 0.0 {
                share * (log_p - logprob_f64(q, log_z_q))
            } else {
                0.0
            }
        })
        .sum();
    sum.max(0.0)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use proptest::prelude::*;

    use super::super::log_sum_exp;
    use super::*;

    fn divergence(p: &[f32], q: &[f32]) -> f64 {
        kl_divergence(p, log_sum_exp(p), q, log_sum_exp(q))
    }

    /// By the definition alone: probabilities first, then their logarithms.
    fn naive(p: &[f32], q: &[f32]) -> f64 {
        let normalized = |row: &[f32]| -> Vec<f64> {
            let total: f64 = row.iter().map(|&x| f64::from(x).exp()).sum();
            row.iter().map(|&x| f64::from(x).exp() / total).collect()
        };
        let terms = normalized(p).into_iter().zip(normalized(q));
        terms.map(|(p, q)| p * (p / q).ln()).sum()
    }

    #[test]
    fn a_loaded_coin_costs_who_takes_it_for_fair() {
        let loaded = [0.75_f32.ln(), 0.25_f32.ln()];
        let expected = 0.75 * 1.5_f64.ln() + 0.25 * 0.5_f64.ln();
        assert!((divergence(&loaded, &[0.0, 0.0]) - expected).abs() < 1e-6);
    }

    #[test]
    fn what_q_excludes_and_p_does_not_is_infinitely_far() {
        let (open, shut) = ([1.0, 2.0], [1.0, f32::NEG_INFINITY]);
        assert_eq!(divergence(&open, &shut), f64::INFINITY);
        assert!(divergence(&shut, &open).is_finite());
        assert_eq!(divergence(&[f32::NAN, 1.0], &[f32::NEG_INFINITY, 1.0]), 0.0);
    }

    #[test]
    fn rows_in_which_nothing_can_come_are_no_different() {
        let nothing = [f32::NEG_INFINITY; 3];
        assert_eq!(divergence(&nothing, &nothing), 0.0);
        assert_eq!(divergence(&[], &[]), 0.0);
    }

    fn pair(longest: usize) -> impl Strategy<Value = (Vec<f32>, Vec<f32>)> {
        proptest::collection::vec((-20.0_f32..20.0, -20.0_f32..20.0), 1..longest)
            .prop_map(|both| both.into_iter().unzip())
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_definition_and_is_never_negative((p, q) in pair(1500)) {
            let found = divergence(&p, &q);
            prop_assert!(found >= 0.0);
            prop_assert!((found - naive(&p, &q)).abs() < 1e-6 * naive(&p, &q).max(1.0));
        }

        #[test]
        fn a_row_is_no_way_from_itself((p, _) in pair(1500)) {
            prop_assert_eq!(divergence(&p, &p), 0.0);
        }

        #[test]
        fn adding_to_all_logits_changes_nothing((p, q) in pair(300), by in -5.0_f32..5.0) {
            let shifted: Vec<f32> = q.iter().map(|logit| logit + by).collect();
            prop_assert!((divergence(&p, &shifted) - divergence(&p, &q)).abs() < 1e-4);
        }

        #[test]
        fn independent_choices_add_up((p, q) in pair(24), (r, s) in pair(24)) {
            // The logits of two independent tokens are the sums of both.
            let both = |one: &[f32], other: &[f32]| -> Vec<f32> {
                one.iter().flat_map(|a| other.iter().map(move |b| a + b)).collect()
            };
            let joint = divergence(&both(&p, &r), &both(&q, &s));
            let apart = divergence(&p, &q) + divergence(&r, &s);
            prop_assert!((joint - apart).abs() < 1e-4 * apart.max(1.0), "{joint} and {apart}");
        }
    }
}
