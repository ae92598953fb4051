//! Whether two lists of outcomes are of one distribution.

use std::collections::{BTreeMap, BTreeSet};

/// How often what came.
pub type Counts<T> = BTreeMap<T, u32>;

pub fn counts<T: Ord>(outcomes: impl IntoIterator<Item = T>) -> Counts<T> {
    let mut counts = Counts::new();
    for outcome in outcomes {
        *counts.entry(outcome).or_default() += 1;
    }
    counts
}

/// Pearson's chi-square of two lists of the same length, and its degrees of freedom.
fn chi_square<T: Ord>(one: &Counts<T>, other: &Counts<T>) -> (f64, f64) {
    let total = |counts: &Counts<T>| counts.values().sum::<u32>();
    assert_eq!(total(one), total(other));
    let of = |counts: &Counts<T>, kind| f64::from(counts.get(kind).copied().unwrap_or(0));
    let kinds: BTreeSet<&T> = one.keys().chain(other.keys()).collect();
    let sum = kinds.iter().map(|kind| {
        let (left, right) = (of(one, kind), of(other, kind));
        (left - right).powi(2) / (left + right)
    });
    (sum.sum(), (kinds.len() - 1) as f64)
}

/// Whether two lists of the same length differ no more than lists of one distribution do but once
/// in a million times: 4.75 deviations, by Wilson and Hilferty's approximation.
pub fn look_alike<T: Ord>(one: &Counts<T>, other: &Counts<T>) -> bool {
    let (value, freedom) = chi_square(one, other);
    let spread = 2.0 / (9.0 * freedom.max(1.0));
    value <= freedom.max(1.0) * (1.0 - spread + 4.75 * spread.sqrt()).powi(3)
}

/// A coin that falls on 0 in three of four throws, or in one after a 0, thrown three times.
/// `prefer` is how often a guess is taken that was not thrown; the guess is always 1.
fn throws(seed: u64, prefer: u64) -> Vec<[bool; 3]> {
    let mut state = seed;
    let mut draw = move || {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % 100
    };
    let three = |_| {
        let mut thrown = [false; 3];
        for place in 0..3 {
            let zero = if place > 0 && !thrown[place - 1] {
                25
            } else {
                75
            };
            thrown[place] = draw() >= zero;
            // The first is not guessed, and the last only where the one before came true.
            let guessed = place == 1 || place == 2 && thrown[1];
            thrown[place] |= guessed && draw() < prefer;
        }
        thrown
    };
    (0..300).map(three).collect()
}

#[test]
fn lists_of_one_distribution_look_alike_and_one_that_prefers_guesses_does_not() {
    let honest = |seed| counts(throws(seed, 0));
    for seed in 0..200 {
        assert!(look_alike(&honest(seed), &honest(1000 + seed)), "{seed}");
        for prefer in [50, 75, 100] {
            let biased = counts(throws(2000 + seed, prefer));
            assert!(!look_alike(&honest(seed), &biased), "{seed}, {prefer}");
        }
    }
}
