//! Guessing ahead: several tokens are computed in one decode, and those that the samplers would
//! have chosen anyway are kept.
//!
//! ```text
//!  chosen: ·the   guessed: ·quick ·brown ·cat
//!  one decode of these four, then the samplers choose, place by place:
//!           after ·the: ·quick     (as guessed)
//!           after ·quick: ·brown   (as guessed)
//!           after ·brown: ·fox     (another one: it is taken, and ·cat is forgotten)
//! ```
//!
//! The samplers choose each token from the model's own odds with the same draws as without
//! guesses, so an answer is distributed as it would be. A batch of n tokens costs more than one
//! token and less than n; how much is measured, and so is how often guesses come true. Only
//! what is expected to gain is computed.

mod draft;
mod habit;
mod ledger;
mod lookup;

use std::time::{Duration, Instant};

pub(super) use self::draft::Draft;
use self::ledger::Ledger;
use self::lookup::Lookup;
use crate::inference::{SpeculationStats, TokenId};

/// Guessed tokens in one decode at most. Batches below 64 use one and the same attention
/// kernel on a processor (`ggml_fa_tile_config`).
const MOST: usize = 32;

/// What another token in a batch is taken to cost before anything was measured, in single
/// decodes: 4 tokens cost 2.5 to 3 of them on a processor with 2 cores.
const COST_OF_ANOTHER: f64 = 0.6;

/// What a token of a small batch costs, in those of a long prompt: parts of less than 64 tokens
/// reach three quarters of its speed (benches/README.md).
const SMALL_BATCH: f64 = 1.3;

/// Tokens of a prompt that say what one of them costs: fewer pay for reading the weights.
const TELLING: usize = 8;

/// How much a new measurement of a time counts.
const NEW: f64 = 0.2;

/// What a decode of so many tokens takes, as measured.
#[derive(Debug, Clone)]
pub(super) struct DecodeCosts {
    /// Seconds by number of tokens; 0 where none was measured.
    seconds: [f64; MOST + 2],
    /// Seconds that a token of a prompt took; 0 before one was read.
    reading: f64,
}

impl Default for DecodeCosts {
    fn default() -> Self {
        Self {
            seconds: [0.0; MOST + 2],
            reading: 0.0,
        }
    }
}

impl DecodeCosts {
    /// Takes a measurement of a decode of `tokens` of one sequence.
    pub(super) fn learn(&mut self, tokens: usize, took: Duration) {
        // The first decode of its size makes room for its rows too, which no later one does; if it
        // were believed, a size that looked dear once would never be tried again.
        let believable = self.guess(tokens);
        let Some(seconds) = self.seconds.get_mut(tokens) else {
            return;
        };
        let mut took = took.as_secs_f64();
        if *seconds == 0.0 {
            took = took.min(believable.unwrap_or(took));
        }
        *seconds = smoothed(*seconds, took);
    }

    /// Takes a measurement of a part of a prompt.
    pub(super) fn learn_reading(&mut self, tokens: usize, took: Duration) {
        if tokens < TELLING {
            return;
        }
        let each = took.as_secs_f64() / tokens as f64;
        // The first part after a load also waits for the weights to come from the disk.
        if self.reading == 0.0 || each < self.reading {
            self.reading = each;
        }
    }

    /// What another token in a batch is taken to cost before that was measured, in single
    /// decodes. How formats differ in this shows when a prompt is read: four tokens cost 1.5 single
    /// ones as Q4_0, 2.5 as Q4_1.
    fn another(&self, single: f64) -> f64 {
        if self.reading == 0.0 {
            COST_OF_ANOTHER
        } else {
            (SMALL_BATCH * self.reading / single).min(COST_OF_ANOTHER)
        }
    }

    /// Seconds for one token; `None` before any was measured.
    fn single(&self) -> Option<f64> {
        Some(self.seconds[1]).filter(|&seconds| seconds > 0.0)
    }

    /// Seconds that a decode of `tokens` is taken to last before it was measured.
    fn guess(&self, tokens: usize) -> Option<f64> {
        let beyond_one = tokens.saturating_sub(1) as f64;
        let single = self.single()?;
        Some(single * (1.0 + self.another(single) * beyond_one))
    }

    /// What `tokens` cost, in single decodes: measured, else from the nearest measurements.
    fn relative(&self, tokens: usize) -> f64 {
        let Some(single) = self.single() else {
            return 1.0 + COST_OF_ANOTHER * (tokens - 1) as f64;
        };
        let is_known = |count: &usize| self.seconds[*count] > 0.0;
        let below = (1..=tokens).rev().find(is_known).unwrap_or(1);
        let above = (tokens..self.seconds.len()).find(is_known);
        let cost = |count: usize| self.seconds[count] / single;
        match above {
            Some(above) if above == below => cost(below),
            Some(above) => {
                let part = (tokens - below) as f64 / (above - below) as f64;
                cost(below) + part * (cost(above) - cost(below))
            }
            None => {
                let slope = if below > 1 {
                    (cost(below) - 1.0) / (below - 1) as f64
                } else {
                    self.another(single)
                };
                cost(below) + slope * (tokens - below) as f64
            }
        }
    }
}

/// What a decode is taken to last after one that `took` so long; `known` is 0 where none was
/// measured.
fn smoothed(known: f64, took: f64) -> f64 {
    if known == 0.0 || took < known {
        took
    } else {
        // One that was held up says nothing of the next.
        known + NEW * (took - known).min(known)
    }
}

/// How often the next token was as guessed, where the text agreed about so far.
#[derive(Debug, Clone, Copy)]
struct Record {
    right: f64,
    asked: f64,
}

/// Places by how far the text agreed before them: less, since a word was replaced; 3, 4 to 7,
/// 8 to 15, 16 to 31, 32 and more.
const CLASSES: usize = 6;

fn class(agreed: usize) -> usize {
    match agreed {
        0..3 => 0,
        _ => (agreed.ilog2() as usize).min(CLASSES - 1),
    }
}

/// Where guesses are from.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// The text itself, which agreed so far.
    Text {
        /// The place of the first guess in it.
        from: usize,
        agreed: usize,
    },
    Draft,
}

/// Guesses for one answer, and what came of them.
#[derive(Debug)]
pub(super) struct Speculation {
    lookup: Lookup,
    /// What a batch must be expected to gain before it is tried, as tokens a second.
    worth: f64,
    records: [Record; CLASSES],
    /// What the draft brought to this answer; `None` before it was asked.
    drafted: Option<Ledger>,
    guessed: u32,
    accepted: u32,
    /// Where the last guesses are from.
    source: Source,
    /// Seconds that the decodes took, and that their tokens would have taken one by one.
    took: f64,
    one_by_one: f64,
}

impl Speculation {
    /// Nothing is known of the text yet.
    pub(super) fn new(prompt: &[TokenId], worth: f32) -> Self {
        let mut lookup = Lookup::default();
        for &token in prompt {
            lookup.push(token);
        }
        // What is believed before anything was seen: the further the text agreed, the likelier
        // it goes on as it did. As heavy as a few observations.
        let prior = |right| Record {
            right: 4.0 * right,
            asked: 4.0,
        };
        Self {
            lookup,
            worth: worth.into(),
            records: [0.5, 0.4, 0.6, 0.85, 0.92, 0.97].map(prior),
            guessed: 0,
            accepted: 0,
            drafted: None,
            source: Source::Draft,
            took: 0.0,
            one_by_one: 0.0,
        }
    }

    /// Takes a token that was chosen.
    pub(super) fn push(&mut self, token: TokenId) {
        self.lookup.push(token);
    }

    /// The guesses that are worth computing beside the token that was chosen last; `room` at
    /// most.
    pub(super) fn guess(&mut self, room: usize, costs: &DecodeCosts) -> Vec<TokenId> {
        let Some(guess) = self.lookup.guess() else {
            return Vec::new();
        };
        let most = room.min(MOST).min(guess.tokens.len());
        let (mut best, mut count) = (self.worth, 0);
        let (mut expected, mut sure) = (1.0, 1.0);
        for place in 0..most {
            let record = self.records[class(guess.agreed + place)];
            sure *= record.right / record.asked;
            expected += sure;
            let gain = expected / costs.relative(place + 2);
            if gain > best {
                (best, count) = (gain, place + 1);
            }
        }
        self.source = Source::Text {
            from: guess.from,
            agreed: guess.agreed,
        };
        guess.tokens[..count].to_vec()
    }

    /// What the draft writes next, where that is worth its time and a place in the batch; `room`
    /// at most. The answer has `left` tokens to come at most.
    pub(super) fn draft(
        &mut self,
        room: usize,
        left: usize,
        costs: &DecodeCosts,
        draft: &mut Draft,
    ) -> Vec<TokenId> {
        let drafted = self.drafted.get_or_insert_with(|| {
            draft.habit.begin_answer();
            Ledger::default()
        });
        if drafted.is_a_loss(self.worth) {
            return Vec::new();
        }
        let missing = draft.missing(self.lookup.text());
        let count = draft.habit.count(missing, room, left, self.worth, costs);
        if count == 0 {
            return Vec::new();
        }
        let started = Instant::now();
        let guesses = draft.guess(self.lookup.text(), count);
        let took = started.elapsed().as_secs_f64();
        self.took += took;
        drafted.wrote(took);
        self.source = Source::Draft;
        guesses
    }

    /// Takes note of how many of the `guessed` tokens came true. `draft` is the one that may have
    /// written them.
    pub(super) fn learn(&mut self, guessed: usize, accepted: usize, draft: Option<&mut Draft>) {
        self.guessed += u32::try_from(guessed).unwrap_or(u32::MAX);
        self.accepted += u32::try_from(accepted).unwrap_or(u32::MAX);
        // The first wrong one says nothing of those behind it.
        let told = (0..guessed.min(accepted + 1)).map(|place| (place, place < accepted));
        match (self.source, draft) {
            (Source::Text { agreed, .. }, _) => {
                for (place, is_right) in told {
                    let record = &mut self.records[class(agreed + place)];
                    record.asked += 1.0;
                    record.right += f64::from(u8::from(is_right));
                }
            }
            (Source::Draft, Some(draft)) => told.for_each(|(_, it)| draft.habit.was_right(it)),
            (Source::Draft, None) => {}
        }
        if let Source::Text { from, .. } = self.source
            && accepted < guessed
        {
            self.lookup.part(from + accepted);
        }
    }

    /// Takes note of a decode that gave `tokens` and `took` so long.
    pub(super) fn count(&mut self, tokens: usize, took: Duration, costs: &DecodeCosts) {
        let took = took.as_secs_f64();
        let one_by_one = costs.single().unwrap_or(0.0) * tokens as f64;
        self.took += took;
        self.one_by_one += one_by_one;
        if let Some(drafted) = &mut self.drafted {
            drafted.decoded(took, one_by_one);
        }
    }

    /// What came of the guesses.
    pub(super) fn stats(&self) -> SpeculationStats {
        SpeculationStats {
            guessed: self.guessed,
            accepted: self.accepted,
            gain: if self.guessed > 0 && self.took > 0.0 {
                (self.one_by_one / self.took) as f32
            } else {
                1.0
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: impl IntoIterator<Item = u32>) -> Vec<TokenId> {
        numbers.into_iter().map(TokenId).collect()
    }

    /// A machine on which each further token costs `slope` single decodes.
    fn costs(slope: f64) -> DecodeCosts {
        let mut costs = DecodeCosts::default();
        for tokens in (1..=MOST + 1).flat_map(|tokens| [tokens; 20]) {
            let seconds = 0.01 * (1.0 + slope * (tokens - 1) as f64);
            costs.learn(tokens, Duration::from_secs_f64(seconds));
        }
        costs
    }

    /// A text that is copied once more, `copied` tokens of it so far.
    fn copying(copied: u32) -> Speculation {
        Speculation::new(&ids((0..200).chain(0..copied)), 1.1)
    }

    #[test]
    fn a_copy_is_guessed_in_long_runs_and_free_text_not_at_all() {
        let mut copy = copying(20);
        let (mut next, mut longest) = (20, 0);
        while next < 180 {
            let guess = copy.guess(100, &costs(0.5));
            longest = longest.max(guess.len());
            copy.learn(guess.len(), guess.len(), None);
            // Those that came true, and the one that was chosen after them.
            for _ in 0..=guess.len() {
                copy.push(TokenId(next));
                next += 1;
            }
        }
        assert!(longest >= 16, "{longest}");
        let mut free = Speculation::new(&ids((0..200).map(|n| n * 7919 % 997)), 1.1);
        assert_eq!(free.guess(100, &costs(0.5)), []);
    }

    #[test]
    fn guesses_that_are_wrong_cease() {
        let mut copy = copying(12);
        assert!(!copy.guess(100, &costs(0.1)).is_empty());
        for _ in 0..30 {
            copy.learn(4, 0, None);
        }
        let mut after = copying(12);
        after.records = copy.records;
        assert_eq!(after.guess(100, &costs(0.1)), []);
    }

    #[test]
    fn where_a_batch_costs_as_much_as_its_tokens_one_by_one_nothing_is_guessed() {
        let mut copy = copying(60);
        for _ in 0..10 {
            copy.learn(32, 32, None);
        }
        assert_eq!(copy.guess(100, &costs(1.0)), []);
    }

    #[test]
    fn there_are_no_more_guesses_than_there_is_room() {
        for room in [0, 1, 5] {
            let mut copy = copying(60);
            copy.learn(32, 32, None);
            assert!(copy.guess(room, &costs(0.2)).len() <= room);
        }
    }

    #[test]
    fn a_cost_that_was_not_measured_lies_between_those_that_were() {
        let mut costs = DecodeCosts::default();
        assert_eq!(costs.relative(1), 1.0);
        costs.learn(1, Duration::from_millis(10));
        costs.learn(9, Duration::from_millis(50));
        assert!((costs.relative(9) - 5.0).abs() < 1e-9);
        assert!((costs.relative(5) - 3.0).abs() < 1e-9);
        assert!((costs.relative(17) - 9.0).abs() < 1e-9);
        costs.learn(9, Duration::from_mins(1));
        assert!(
            costs.relative(9) < 7.0,
            "one that was held up counts little"
        );
    }

    #[test]
    fn a_prompt_that_was_read_fast_tells_that_a_batch_costs_little() {
        let guesses = |reading| {
            let mut costs = DecodeCosts::default();
            costs.learn_reading(100, Duration::from_millis(reading));
            // Few tokens say nothing: reading the weights is what they cost.
            costs.learn_reading(3, Duration::from_millis(1));
            costs.learn(1, Duration::from_millis(10));
            copying(60).guess(100, &costs).len()
        };
        let [fast, slow] = [100, 400].map(guesses);
        assert!(fast > 2 * slow, "{fast} and {slow}");
    }

    #[test]
    fn a_size_that_was_held_up_the_first_time_is_tried_again() {
        let mut costs = DecodeCosts::default();
        costs.learn(1, Duration::from_millis(10));
        costs.learn(22, Duration::from_secs(1));
        assert!(!copying(60).guess(100, &costs).is_empty());
        for _ in 0..3 {
            costs.learn(22, Duration::from_secs(1));
        }
        assert_eq!(copying(60).guess(100, &costs), []);
    }

    #[test]
    fn classes_grow_with_what_agreed() {
        let classes = [0, 2, 3, 4, 7, 8, 16, 32, 64].map(class);
        assert_eq!(classes, [0, 0, 1, 2, 2, 3, 4, 5, 5]);
    }
}
