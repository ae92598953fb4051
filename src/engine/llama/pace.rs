//! How many tokens of a prompt go into one decode.
//!
//! On a processor a decode ends between two nodes of its graph when it is to stop, so a chunk is
//! as long as one waits for news of it. What a GPU was given it computes to the end, so there a
//! chunk is as long as one waits for a cancellation. Either is sized by the speed measured so
//! far; the estimate outlives the request, so only the first prompt after a load is felt for.
//!
//! A token looks at all that stands before it, so what it costs grows with its depth: the tokens
//! that are in its sequence already.

use std::time::Duration;

/// What a decode that cannot be stopped is sized for. The last chunk of a prompt may be half as
/// long again, which stays under the 150 ms within which a cancellation has to take effect.
const UNTIL_CANCELLED: Duration = Duration::from_millis(100);

/// What a decode that can be stopped is sized for: progress is told after each.
const UNTIL_TOLD: Duration = Duration::from_millis(700);

/// Larger chunks are multiples of this: the matrix kernels work on tiles of at most 32 rows.
const TILE: usize = 32;

/// A prompt that is read beside others goes on by as much, however slow the machine.
const LEAST_BESIDE: usize = 8;

/// A guess at how fast a processor reads weights, bytes a second, before anything was measured.
/// On the low side: two ordinary DDR4 cores reach twice that.
const BANDWIDTH: f64 = 15e9;

/// How many tokens of a batch cost about as much as one alone, where reading the weights is
/// what takes the time.
const TOKENS_A_PASS: f64 = 3.0;

/// The depth at which a token is taken to cost twice what it costs at the beginning, before
/// anything was measured. A small model, whose other work is small as well, gets there first: the
/// default one at some 800 tokens on two cores.
const DOUBLES_AT: f64 = 1000.0;

/// The chunk size to use next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// Seconds a token at the beginning.
    base: f64,
    /// Seconds more for each [`DOUBLES_AT`] tokens before it.
    deeper: f64,
    measured: bool,
    /// A decode ends where it is to stop.
    stoppable: bool,
}

impl Pace {
    /// A guess for a model whose weights have this many bytes.
    pub(super) fn guess(model_bytes: u64, stoppable: bool) -> Self {
        let base = model_bytes as f64 / (BANDWIDTH * TOKENS_A_PASS);
        Self {
            base,
            deeper: base,
            measured: false,
            stoppable,
        }
    }

    /// Seconds of a token with so many before it.
    fn per_token(&self, depth: usize) -> f64 {
        (self.base + self.deeper * depth as f64 / DOUBLES_AT).max(1e-9)
    }

    /// How many of the `remaining` prompt tokens, which come after `depth` others, to compute
    /// next; `batch` at most, and at least one where any remain.
    ///
    /// `ubatch` is the physical batch: a chunk beyond it is a multiple of it, so that no
    /// decode ends with a small remainder.
    pub(super) fn chunk(
        &self,
        remaining: usize,
        depth: usize,
        ubatch: usize,
        batch: usize,
    ) -> usize {
        let target = if self.stoppable {
            UNTIL_TOLD
        } else {
            UNTIL_CANCELLED
        };
        let wanted = (target.as_secs_f64() / self.per_token(depth)) as usize;
        // A guess may be far off in either direction: where that is felt, begin small and measure.
        let wanted = if self.measured || self.stoppable {
            wanted
        } else {
            wanted.min(TILE)
        };
        let unit = [ubatch.max(1), TILE, 1]
            .into_iter()
            .find(|&unit| wanted >= unit)
            .unwrap_or(1);
        let chunk = (wanted / unit * unit).clamp(1, batch.max(1));
        // A short rest is cheaper in the same decode than alone.
        if remaining <= (chunk + chunk / 2).min(batch) {
            remaining
        } else {
            chunk
        }
    }

    /// As [`chunk`](Self::chunk), beside answers that each get a token by the same decode, which
    /// takes so long for these alone, and are not to wait for it longer than a cancellation may.
    /// None where `room` is 0.
    pub(super) fn chunk_beside(
        &self,
        remaining: usize,
        depth: usize,
        answers: Duration,
        room: usize,
    ) -> usize {
        let left = UNTIL_CANCELLED.saturating_sub(answers);
        let wanted = (left.as_secs_f64() / self.per_token(depth)) as usize;
        wanted.max(LEAST_BESIDE).min(remaining).min(room)
    }

    /// Whether those that write have waited so long already that nothing is to be read beside
    /// their next tokens.
    pub(super) fn is_overdue(waited: Duration) -> bool {
        waited >= UNTIL_CANCELLED / 2
    }

    /// As [`chunk`](Self::chunk), for a decode of its own between those of so many `answers`:
    /// where there are some, they wait for it no longer than for a part of a prompt beside them.
    pub(super) fn chunk_in_turn(
        &self,
        remaining: usize,
        depth: usize,
        ubatch: usize,
        batch: usize,
        answers: usize,
    ) -> usize {
        match answers {
            0 => self.chunk(remaining, depth, ubatch, batch),
            _ => self.chunk_beside(remaining, depth, Duration::ZERO, batch),
        }
    }

    /// How long so many tokens of a prompt take that come after `depth` others.
    pub(super) fn time_for(&self, tokens: usize, depth: usize) -> Duration {
        let seconds = self.per_token(depth + tokens / 2) * tokens as f64;
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }

    /// Learns from a batch that was computed, of tokens that had `depth` others before them, at
    /// the mean.
    pub(super) fn learn(&mut self, tokens: usize, depth: usize, took: Duration) {
        if tokens == 0 {
            return;
        }
        let per_token = took.as_secs_f64() / tokens as f64;
        let expected = self.per_token(depth);
        // A few tokens cost almost as much as one pass over the weights, so a short chunk
        // looks slower than it says of longer ones: a faster measurement is believed at once,
        // a slower one by half, and only where the chunk was meant to take its time.
        let meant = tokens as f64 * expected >= UNTIL_CANCELLED.as_secs_f64() / 2.0;
        if !self.measured {
            let ratio = per_token / expected;
            self.base *= ratio;
            self.deeper *= ratio;
        } else if per_token < expected {
            self.correct(depth, per_token - expected);
        } else if tokens >= TILE || meant {
            self.correct(depth, (per_token - expected) / 2.0);
        }
        self.measured = true;
    }

    /// Moves the estimate for this depth by so many seconds, and others by what speaks for it:
    /// the normalised least mean squares of adaptive filters (Widrow and Hoff, 1960).
    fn correct(&mut self, depth: usize, error: f64) {
        let depth = depth as f64 / DOUBLES_AT;
        let share = error / (1.0 + depth * depth);
        self.base += share;
        self.deeper += share * depth;
        // What one cannot be the other makes up for.
        if self.deeper < 0.0 {
            self.base += self.deeper * depth;
            self.deeper = 0.0;
        } else if self.base < 0.0 {
            self.deeper += self.base / depth.max(1e-9);
            self.base = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(tokens_per_second: f64) -> Pace {
        let mut pace = Pace::guess(100_000_000, false);
        pace.learn(32, 0, Duration::from_secs_f64(32.0 / tokens_per_second));
        pace
    }

    #[test]
    fn the_first_chunk_is_small_whatever_the_guess() {
        assert_eq!(Pace::guess(1_000_000, false).chunk(5000, 0, 512, 2048), 32);
        assert_eq!(
            Pace::guess(40_000_000_000, false).chunk(5000, 0, 512, 2048),
            1
        );
    }

    #[test]
    fn what_can_be_stopped_takes_as_long_as_one_waits_for_news() {
        // The guess for the default model, and for one of seven billion parameters.
        let first = Pace::guess(98_000_000, true).chunk(5000, 0, 512, 2048);
        assert!((256..=512).contains(&first), "{first}");
        let large = Pace::guess(4_000_000_000, true).chunk(5000, 0, 512, 2048);
        assert!((1..32).contains(&large), "{large}");
        for speed in [3.0, 20.0, 310.0, 1025.0, 5000.0] {
            let mut pace = Pace::guess(100_000_000, true);
            pace.learn(32, 0, Duration::from_secs_f64(32.0 / speed));
            let chunk = pace.chunk(100_000, 0, 512, 2048);
            assert!(chunk as f64 / speed <= 0.7, "{chunk} at {speed}");
            assert!(chunk >= 32 || speed < 64.0, "{chunk} at {speed}");
        }
    }

    #[test]
    fn a_decode_stays_under_the_limit_at_every_speed() {
        for speed in [3.0, 20.0, 310.0, 655.0, 1025.0, 5000.0] {
            let pace = measured(speed);
            for remaining in [1, 7, 33, 100, 1000, 100_000] {
                let chunk = pace.chunk(remaining, 0, 512, 2048);
                assert!((1..=remaining).contains(&chunk));
                let seconds = chunk as f64 / speed;
                assert!(
                    chunk == 1 || seconds <= 0.1501,
                    "{chunk} at {speed}: {seconds} s"
                );
            }
        }
    }

    #[test]
    fn large_chunks_are_multiples_of_the_physical_batch() {
        assert_eq!(measured(10_000.0).chunk(100_000, 0, 300, 2048), 900);
        assert_eq!(measured(900.0).chunk(100_000, 0, 512, 2048), 64);
    }

    #[test]
    fn no_chunk_is_larger_than_the_batch() {
        assert_eq!(measured(1e9).chunk(100_000, 0, 512, 2048), 2048);
        assert_eq!(measured(1e9).chunk(2049, 0, 512, 2048), 2048);
        assert_eq!(measured(1e9).chunk(50, 0, 512, 10), 10);
    }

    #[test]
    fn those_that_write_wait_no_longer_for_a_prompt_than_for_a_cancellation() {
        let pace = measured(310.0);
        let answers = Duration::from_millis(10);
        assert_eq!(pace.chunk_beside(8000, 0, answers, 2045), 27);
        assert_eq!(pace.chunk_beside(5, 0, answers, 2045), 5);
        assert_eq!(pace.chunk_beside(8000, 0, answers, 7), 7);
        let long = Duration::from_millis(400);
        let least = pace.chunk_beside(8000, 0, long, 1948);
        assert_eq!(least, 8, "it goes on all the same");
        let mut slower = pace;
        slower.learn(28, 0, long);
        assert!(slower.chunk_beside(8000, 0, answers, 2045) < 20);
    }

    /// Seconds of a token of the default model on two cores.
    fn cost(depth: usize) -> f64 {
        0.0015 + 2.6e-6 * depth as f64
    }

    #[test]
    fn what_a_token_costs_far_down_is_learned_on_the_way_there() {
        let mut pace = Pace::guess(98_000_000, true);
        let mut depth = 0;
        while depth < 6000 {
            let chunk = pace.chunk_beside(8000, depth, Duration::ZERO, 2048);
            let took = cost(depth) * chunk as f64;
            assert!(took < 0.2, "{took} s for {chunk} at {depth}");
            pace.learn(chunk, depth, Duration::from_secs_f64(took));
            depth += chunk;
        }
        let off = |pace: &Pace, depth: usize| pace.per_token(depth) / cost(depth);
        for depth in [3000, 4500, 6000] {
            assert!((0.9..1.1).contains(&off(&pace, depth)), "at {depth}");
        }
        // What was blamed on the beginning on the way is put right by the next one.
        assert!((0.5..2.0).contains(&off(&pace, 0)));
        pace.learn(32, 0, Duration::from_secs_f64(cost(16) * 32.0));
        assert!((0.9..1.1).contains(&off(&pace, 0)));
        assert!((0.8..1.25).contains(&off(&pace, 6000)));
    }

    #[test]
    fn a_conversation_that_was_long_before_its_first_chunk_is_read_in_small_parts() {
        // A question at the beginning is all that was measured.
        let mut pace = Pace::guess(98_000_000, true);
        pace.learn(32, 0, Duration::from_secs_f64(cost(16) * 32.0));
        let chunk = pace.chunk_beside(8000, 6000, Duration::ZERO, 2048);
        assert!(cost(6000) * (chunk as f64) < 0.2, "{chunk}");
        // And it does not spoil what is known of the beginning.
        let before = pace.per_token(0);
        pace.learn(
            chunk,
            6000,
            Duration::from_secs_f64(cost(6000) * chunk as f64),
        );
        assert!((0.8..1.25).contains(&(pace.per_token(0) / before)));
    }

    #[test]
    fn no_measurement_makes_a_chunk_impossible() {
        let mut pace = measured(300.0);
        for (depth, milliseconds) in [(8000, 1), (0, 900), (4000, 1), (1, 1), (8000, 5000)] {
            pace.learn(32, depth, Duration::from_millis(milliseconds));
            assert!(pace.base >= 0.0 && pace.deeper >= 0.0, "{pace:?}");
            assert!((1..=2048).contains(&pace.chunk(9000, depth, 512, 2048)));
        }
    }

    #[test]
    fn what_takes_turns_with_answers_is_short_and_alone_it_is_as_ever() {
        let mut pace = Pace::guess(100_000_000, true);
        pace.learn(32, 0, Duration::from_secs_f64(32.0 / 310.0));
        let alone = pace.chunk_in_turn(8000, 0, 512, 2048, 0);
        assert_eq!(alone, pace.chunk(8000, 0, 512, 2048));
        assert!(alone > 100, "{alone}");
        assert_eq!(pace.chunk_in_turn(8000, 0, 512, 2048, 2), 31);
        assert_eq!(pace.chunk_in_turn(5, 0, 512, 2048, 2), 5);
    }

    #[test]
    fn a_slow_remainder_does_not_slow_the_next_prompt() {
        let mut pace = measured(600.0);
        let before = pace.chunk(10_000, 0, 512, 2048);
        pace.learn(3, 0, Duration::from_millis(20));
        assert_eq!(pace.chunk(10_000, 0, 512, 2048), before);
    }
}
