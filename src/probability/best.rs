//! The k largest of many, without sorting the many.

use std::cmp::Ordering;

use super::softmax::{BLOCK, maximum};

/// A logit and its index in the row.
type Entry = (u32, f32);

/// The order of ranks: the larger logit first, and of equal ones the lower index.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that sorting asks for"
)]
fn by_rank(a: &Entry, b: &Entry) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// Fills `found` with the `k` largest logits, best first; fewer where fewer are above negative
/// infinity.
///
/// `block_maxima` are those of the row's blocks of [`BLOCK`]. Most blocks hold nothing
/// above what was found already and are passed over whole; entries from the others are
/// collected until there are 2k, of which the better half stays.
pub(super) fn select(logits: &[f32], block_maxima: &[f32], k: usize, found: &mut Vec<Entry>) {
    found.clear();
    if k == 0 {
        return;
    }
    let room = k.saturating_mul(2).max(64).min(logits.len().max(k));
    let mut threshold = f32::NEG_INFINITY;
    for (number, (block, &maximum)) in logits.chunks(BLOCK).zip(block_maxima).enumerate() {
        // An equal logit that comes later ranks behind, so equality does not qualify.
        if maximum <= threshold {
            continue;
        }
        for (place, &logit) in block.iter().enumerate() {
            if logit > threshold {
                // Adding zero turns -0 into 0, which total_cmp would rank below it.
                found.push(((number * BLOCK + place) as u32, logit + 0.0));
                if found.len() == room && room > k {
                    threshold = keep_best(found, k);
                }
            }
        }
    }
    if found.len() > k {
        keep_best(found, k);
    }
    found.sort_unstable_by(by_rank);
}

/// Drops all but the `k` best and gives the worst logit among these.
fn keep_best(found: &mut Vec<Entry>, k: usize) -> f32 {
    let (_, &mut (_, worst), _) = found.select_nth_unstable_by(k - 1, by_rank);
    found.truncate(k);
    worst
}

/// Fills `maxima` with the largest logit of each block, and gives the largest of all.
pub(super) fn block_maxima(logits: &[f32], maxima: &mut Vec<f32>) -> f32 {
    maxima.clear();
    maxima.extend(logits.chunks(BLOCK).map(maximum));
    maximum(maxima)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are promised exactly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn best(logits: &[f32], k: usize) -> Vec<Entry> {
        let (mut maxima, mut found) = (Vec::new(), Vec::new());
        block_maxima(logits, &mut maxima);
        select(logits, &maxima, k, &mut found);
        found
    }

    fn sorted(logits: &[f32], k: usize) -> Vec<Entry> {
        let mut all: Vec<Entry> = (0..).zip(logits.iter().copied()).collect();
        all.retain(|&(_, logit)| logit > f32::NEG_INFINITY);
        // A stable sort keeps equal logits in the order of their indices.
        all.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap());
        all.truncate(k);
        all
    }

    #[test]
    fn equal_logits_rank_by_index() {
        assert_eq!(best(&[1.0, 2.0, 2.0, 2.0], 2), [(1, 2.0), (2, 2.0)]);
        assert_eq!(best(&[-0.0, 0.0], 2), [(0, 0.0), (1, 0.0)]);
        assert_eq!(best(&vec![0.0; 5000], 3), [(0, 0.0), (1, 0.0), (2, 0.0)]);
    }

    #[test]
    fn impossible_tokens_are_no_candidates() {
        assert_eq!(best(&[f32::NAN, 1.0, f32::NEG_INFINITY], 3), [(1, 1.0)]);
        assert_eq!(best(&[f32::NEG_INFINITY; 3], 2), []);
        assert_eq!(best(&[], 2), []);
    }

    #[test]
    fn any_k_is_served() {
        let rising: Vec<f32> = (0..3000_u16).map(f32::from).collect();
        for k in [0, 1, 2, 40, 1499, 1500, 2999, 3000, 3001, usize::MAX] {
            assert_eq!(best(&rising, k), sorted(&rising, k), "k = {k}");
        }
    }

    proptest! {
        #[test]
        fn the_selection_is_the_head_of_the_sorted_row(
            row in proptest::collection::vec(
                prop_oneof![
                    8 => -20.0_f32..20.0,
                    // Few distinct values, so that ties are common.
                    4 => (-3_i8..3).prop_map(f32::from),
                    1 => prop::sample::select(vec![f32::NAN, f32::NEG_INFINITY, f32::INFINITY]),
                ],
                0..2500,
            ),
            k in 0_usize..80,
        ) {
            prop_assert_eq!(best(&row, k), sorted(&row, k));
        }
    }
}
