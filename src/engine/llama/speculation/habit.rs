//! What a draft is worth: how often it is sure of a token, how often such a token came true, and
//! what its decodes cost. Only what is expected to gain is drafted.
//!
//! With `s` how often it is sure and `r` how often it is right then, a draft of `n` tokens is
//! expected to give `1 + sr + (sr)² + …` tokens for the one decode that checks it. It stops where
//! it is unsure, so it costs `1 + s + s² + …` of its own decodes, and as few more places in the
//! batch.

use super::{DecodeCosts, MOST, Record, smoothed};

/// What is believed before anything was seen. Hopeful, since only what is tried is found out.
const SURE: f64 = 0.7;
const RIGHT: f64 = 0.9;

/// As how many observations that counts, and how many are remembered.
const PRIOR: f64 = 4.0;
const REMEMBERED: f64 = 32.0;

/// How often a draft is tried before what it costs and gives is believed, and how far ahead.
const TRIALS: u32 = 3;
const TRIED: usize = 2;

/// What a trial may cost, reading the text included, of the answer.
const TRIAL_MAY_COST: f64 = 0.02;

/// One that costs more of a decode than this is not tried: hardly any gains, and finding that out
/// takes some of its decodes.
const TOO_SLOW: f64 = 0.25;

/// What a token of a text costs the draft to read among others, in its own decodes, before that
/// was measured.
const READING: f64 = 0.2;

/// Tokens of an answer that are expected to come, where there is no limit: what reading a long
/// text may cost depends on it.
const EXPECTED: usize = 256;

/// What a draft does, as far as it was seen.
#[derive(Debug, Clone)]
pub(super) struct Habit {
    sure: Record,
    right: Record,
    trials: u32,
    /// Seconds that a decode of one token takes, and a token among many; 0 before any was
    /// measured.
    single: f64,
    reading: f64,
    /// The draft's bytes, of those of the model that it guesses for: what it is taken to cost
    /// before that was measured.
    size: f64,
}

fn prior(share: f64) -> Record {
    Record {
        right: PRIOR * share,
        asked: PRIOR,
    }
}

impl Habit {
    pub(super) fn new(size: f64) -> Self {
        Self {
            sure: prior(SURE),
            right: prior(RIGHT),
            trials: 0,
            single: 0.0,
            reading: 0.0,
            size,
        }
    }

    /// Another answer may be easier to guess: half of what was seen is believed no longer.
    pub(super) fn begin_answer(&mut self) {
        self.sure.fade(prior(SURE));
        self.right.fade(prior(RIGHT));
    }

    /// How many tokens are to be written ahead where `missing` ones are to be read before; 0
    /// where that is not expected to be `worth` it. `room` at most, and the answer has `left` ones
    /// to come at most.
    pub(super) fn count(
        &self,
        missing: usize,
        room: usize,
        left: usize,
        worth: f64,
        costs: &DecodeCosts,
    ) -> usize {
        let each = costs
            .single()
            .filter(|_| self.single > 0.0)
            .map_or(self.size, |single| self.single / single);
        let untried = self.trials < TRIALS;
        // Who takes a loss for guesses need not be spared one.
        let is_careful = untried && worth >= 1.0;
        if is_careful && each >= TOO_SLOW {
            return 0;
        }
        let (sure, right) = (self.sure.share(), self.right.share());
        let (mut best, mut count) = (worth, 0);
        let (mut expected, mut cost) = (1.0, 1.0);
        let (mut written, mut true_so_far) = (1.0, 1.0);
        for place in 0..room.min(MOST) {
            cost += each * written;
            written *= sure;
            true_so_far *= sure * right;
            cost += written * (costs.relative(place + 2) - costs.relative(place + 1));
            expected += true_so_far;
            let gain = expected / cost;
            let is_trial = untried && place + 1 == TRIED;
            if gain > best || is_trial && count == 0 {
                (best, count) = (gain.max(best), place + 1);
            }
        }
        let reading = missing.saturating_sub(1) as f64 * self.reading_share() * each;
        let to_come = left.min(EXPECTED) as f64;
        // What is hoped for is no reason to read much before anything was seen.
        let pays = if is_careful {
            reading + TRIED as f64 * each <= to_come * TRIAL_MAY_COST
        } else {
            reading <= to_come / worth - to_come / best
        };
        if pays { count } else { 0 }
    }

    /// What reading a token costs, in the draft's own decodes.
    fn reading_share(&self) -> f64 {
        if self.reading > 0.0 && self.single > 0.0 {
            self.reading / self.single
        } else {
            READING
        }
    }

    /// It was asked to write.
    pub(super) fn was_asked(&mut self) {
        self.trials = self.trials.saturating_add(1);
    }

    /// Whether it was sure of a token.
    pub(super) fn was_sure(&mut self, sure: bool) {
        self.sure.add(sure);
    }

    /// Whether a token that it was sure of came true.
    pub(super) fn was_right(&mut self, right: bool) {
        self.right.add(right);
    }

    /// Takes a measurement of a decode of `tokens`.
    pub(super) fn took(&mut self, tokens: usize, seconds: f64) {
        let (known, took) = match tokens {
            0 => return,
            1 => (&mut self.single, seconds),
            _ => (&mut self.reading, seconds / tokens as f64),
        };
        *known = smoothed(*known, took);
    }
}

impl Record {
    fn share(self) -> f64 {
        self.right / self.asked
    }

    fn add(&mut self, right: bool) {
        let keep = (REMEMBERED / (self.asked + 1.0)).min(1.0);
        self.asked = keep * (self.asked + 1.0);
        self.right = keep * (self.right + f64::from(u8::from(right)));
    }

    fn fade(&mut self, to: Self) {
        self.right = f64::midpoint(self.right, to.right);
        self.asked = f64::midpoint(self.asked, to.asked);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Each further token of a batch costs three tenths of a decode.
    fn costs() -> DecodeCosts {
        let mut costs = DecodeCosts::default();
        for tokens in (1..=MOST + 1).flat_map(|tokens| [tokens; 20]) {
            let seconds = 0.01 * (1.0 + 0.3 * (tokens - 1) as f64);
            costs.learn(tokens, Duration::from_secs_f64(seconds));
        }
        costs
    }

    fn count(habit: &Habit) -> usize {
        habit.count(1, 200, 200, 1.1, &costs())
    }

    #[test]
    fn a_small_draft_is_tried_and_one_as_large_as_the_model_is_not() {
        assert!(count(&Habit::new(0.07)) > 0);
        assert_eq!(count(&Habit::new(0.5)), 0);
        // What was measured counts more than the size.
        let mut habit = Habit::new(0.07);
        habit.took(1, 0.006);
        assert_eq!(count(&habit), 0);
        // Not even where a batch costs next to nothing, so that one might hope.
        let mut cheap = DecodeCosts::default();
        for tokens in 1..=MOST + 1 {
            cheap.learn(tokens, Duration::from_millis(10));
        }
        assert_eq!(Habit::new(0.34).count(1, 200, 200, 1.1, &cheap), 0);
    }

    #[test]
    fn one_that_comes_true_writes_further_ahead() {
        let mut habit = Habit::new(0.07);
        let before = count(&habit);
        for _ in 0..50 {
            habit.was_sure(true);
            habit.was_right(true);
        }
        assert!(count(&habit) > before + 3, "{before}, {}", count(&habit));
    }

    #[test]
    fn one_that_is_seldom_sure_or_wrong_is_soon_left_alone() {
        let trials = |see: fn(&mut Habit)| {
            let mut habit = Habit::new(0.1);
            let mut trials = 0;
            while count(&habit) > 0 {
                habit.was_asked();
                see(&mut habit);
                trials += 1;
            }
            trials
        };
        let unsure = trials(|habit| habit.was_sure(false));
        let wrong = trials(|habit| habit.was_right(false));
        assert!((1..=8).contains(&unsure), "{unsure}");
        assert!((1..=8).contains(&wrong), "{wrong}");
    }

    #[test]
    fn what_failed_once_is_tried_again_some_answers_later() {
        let mut habit = Habit::new(0.07);
        for _ in 0..50 {
            habit.was_asked();
            habit.was_sure(false);
        }
        let mut answers = 0;
        while count(&habit) == 0 {
            habit.begin_answer();
            answers += 1;
        }
        assert!((2..=8).contains(&answers), "{answers}");
    }

    #[test]
    fn a_long_text_is_not_read_for_a_short_answer() {
        let habit = Habit::new(0.07);
        let costs = costs();
        assert!(habit.count(8000, 50, 5000, 1.1, &costs) == 0);
        assert!(habit.count(300, 50, 5000, 1.1, &costs) > 0);
        assert_eq!(habit.count(300, 50, 16, 1.1, &costs), 0);
    }
}
