//! A rolling rate, such as tokens per second.

use std::collections::VecDeque;
use std::time::Duration;

/// Counts events over the last stretch of time.
///
/// Times are durations since an origin that the caller chooses and keeps; it never reads a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    window: Duration,
    /// When, and how many. The first is the base that the others are measured from: how long
    /// its own events took is unknown.
    samples: VecDeque<(Duration, u32)>,
}

impl Rate {
    /// A rate over the last `window`.
    #[must_use]
    pub fn new(window: Duration) -> Self {
        Self {
            window,
            samples: VecDeque::new(),
        }
    }

    /// Records `count` events that were done at `at`. A time before the last one counts as that.
    pub fn push(&mut self, at: Duration, count: u32) {
        let at = self.samples.back().map_or(at, |&(last, _)| at.max(last));
        self.samples.push_back((at, count));
        let base = self.base(at);
        self.samples.drain(..base);
    }

    /// Forgets everything, for a new run.
    pub fn clear(&mut self) {
        self.samples.clear();
    }

    /// Events per second as of `now`; `None` until two were recorded.
    ///
    /// Measured from event to event, so that a steady stream gives a steady number. When
    /// nothing has come for longer than the mean interval, the silence counts too, and after a
    /// whole window of it the rate is 0.
    #[must_use]
    pub fn per_second(&self, now: Duration) -> Option<f64> {
        let &(last, _) = self.samples.back().filter(|_| self.samples.len() > 1)?;
        let base = self.base(now);
        let intervals = self.samples.len() - 1 - base;
        if intervals == 0 {
            return Some(0.0);
        }
        let events: u64 = self
            .samples
            .iter()
            .skip(base + 1)
            .map(|&(_, n)| u64::from(n))
            .sum();
        let measured = last.saturating_sub(self.samples[base].0).as_secs_f64();
        let idle = now.saturating_sub(last).as_secs_f64();
        let mean_interval = measured / intervals as f64;
        let elapsed = measured + (idle - mean_interval).max(0.0);
        (elapsed > 0.0).then(|| events as f64 / elapsed)
    }

    /// The last sample that lies outside the window that ends at `now`, or the first of all.
    fn base(&self, now: Duration) -> usize {
        let start = now.saturating_sub(self.window);
        self.samples
            .partition_point(|&(at, _)| at <= start)
            .saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn steady(interval: u64, count: u64) -> Rate {
        let mut rate = Rate::new(ms(2000));
        for number in 0..count {
            rate.push(ms(number * interval), 1);
        }
        rate
    }

    #[test]
    fn one_event_is_no_rate() {
        let mut rate = Rate::new(ms(1000));
        assert_eq!(rate.per_second(ms(0)), None);
        rate.push(ms(5), 1);
        assert_eq!(rate.per_second(ms(900)), None);
        rate.push(ms(5), 1);
        assert_eq!(
            rate.per_second(ms(5)),
            None,
            "two at the same instant have no interval"
        );
    }

    #[test]
    fn a_steady_stream_has_a_steady_rate() {
        let rate = steady(8, 1000);
        for now in [7992, 7995, 8000] {
            let measured = rate.per_second(ms(now)).unwrap();
            assert!((measured - 125.0).abs() < 1e-9, "{measured} at {now}");
        }
    }

    #[test]
    fn batches_count_whole() {
        let mut rate = Rate::new(ms(10_000));
        rate.push(ms(0), 0);
        rate.push(ms(1000), 512);
        rate.push(ms(2000), 512);
        assert_eq!(rate.per_second(ms(2000)), Some(512.0));
    }

    #[test]
    fn a_stall_pulls_the_rate_down_to_zero() {
        let rate = steady(10, 400);
        let at = |now| rate.per_second(ms(now)).unwrap();
        assert!(at(4000) > at(4500) && at(4500) > at(5500));
        assert!(at(5500) > 0.0);
        assert!(at(6100) < f64::EPSILON);
    }

    #[test]
    fn old_samples_are_forgotten() {
        let rate = steady(10, 10_000);
        assert!(rate.samples.len() <= 202);
    }

    #[test]
    fn time_that_runs_backwards_is_held() {
        let mut rate = Rate::new(ms(1000));
        rate.push(ms(500), 1);
        rate.push(ms(100), 1);
        rate.push(ms(600), 1);
        assert_eq!(rate.per_second(ms(600)), Some(20.0));
    }

    proptest! {
        #[test]
        fn a_rate_is_never_negative_or_infinite(
            samples in proptest::collection::vec((0_u64..5000, 0_u32..1000), 0..40),
            window in 0_u64..3000,
            now in 0_u64..8000,
        ) {
            let mut rate = Rate::new(ms(window));
            for (at, count) in samples {
                rate.push(ms(at), count);
            }
            if let Some(measured) = rate.per_second(ms(now)) {
                prop_assert!(measured.is_finite() && measured >= 0.0);
            }
        }
    }
}
