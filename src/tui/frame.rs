//! When to draw: a pure limiter.
//!
//! Drawing is asked for as often as anything changes, and done at most once an interval.
//! Nobody asking means no deadline, and the loop sleeps.

use std::time::Duration;

/// 30 frames a second.
pub const FRAME: Duration = Duration::from_nanos(1_000_000_000 / 30);
/// How often the screen follows an answer that streams in: smooth enough to read along, and two
/// thirds of the bytes. Keys are answered at [`FRAME`]'s pace all the same.
pub const STREAM: Duration = Duration::from_millis(50);
/// How often numbers that change with every token are refreshed while an answer streams: faster
/// cannot be read, and costs bytes on a slow line.
pub const REFRESH: Duration = Duration::from_millis(250);

/// Lets something happen at most once an interval. Times are those of one monotonic clock.
#[derive(Debug, Clone)]
pub struct Limiter {
    interval: Duration,
    last: Option<Duration>,
    wanted: bool,
}

impl Limiter {
    /// Nothing is wanted yet, and the first wish is granted at once.
    #[must_use]
    pub fn new(interval: Duration) -> Self {
        Self {
            interval,
            last: None,
            wanted: false,
        }
    }

    /// Asks for it to happen.
    pub fn request(&mut self) {
        self.wanted = true;
    }

    /// When it is to happen, if it was asked for; a time that has passed means now.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.wanted.then(|| {
            self.last
                .map_or(Duration::ZERO, |last| last + self.interval)
        })
    }

    /// Whether it is to happen now; if so, it counts as done.
    pub fn take(&mut self, now: Duration) -> bool {
        let due = self.deadline().is_some_and(|deadline| deadline <= now);
        if due {
            self.wanted = false;
            self.last = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn nothing_wanted_means_no_deadline() {
        let mut limiter = Limiter::new(FRAME);
        assert_eq!(limiter.deadline(), None);
        assert!(!limiter.take(at(1000)));
        limiter.request();
        assert!(limiter.take(at(1000)));
        assert_eq!(limiter.deadline(), None);
    }

    #[test]
    fn a_thousand_wishes_are_at_most_thirty_frames_a_second() {
        let mut limiter = Limiter::new(FRAME);
        let mut frames = 0;
        for now in 0..1000 {
            limiter.request();
            frames += u32::from(limiter.take(at(now)));
        }
        assert!((28..=30).contains(&frames), "{frames}");
    }

    #[test]
    fn the_last_wish_is_granted_late_but_granted() {
        let mut limiter = Limiter::new(at(100));
        limiter.request();
        assert!(limiter.take(at(0)));
        limiter.request();
        assert!(!limiter.take(at(99)));
        assert_eq!(limiter.deadline(), Some(at(100)));
        assert!(limiter.take(at(100)));
    }
}
