//! How fast this machine reads its memory: the ceiling of decoding on a processor.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that each thread reads again and again: more than its part of the caches of most
/// processors. Where it is less, the answer is the cache's.
const EACH: usize = 64 << 20;

/// Bytes in one step between looks at the clock.
const STEP: usize = 4 << 20;

/// Bytes a second that `threads` threads read together, measured for about `time`; `None` where
/// there is no memory for it.
///
/// Each thread sums up memory of its own, as threads that decode read rows of a matrix of
/// their own.
#[must_use]
pub fn read_bandwidth(threads: usize, time: Duration) -> Option<f64> {
    // So that all of them measure the same moment.
    let begin = Barrier::new(threads.max(1));
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|_| scope.spawn(|| read(time, &begin)))
            .collect();
        let mine = read(time, &begin);
        let others = others.into_iter().map(|other| other.join().ok().flatten());
        std::iter::once(mine).chain(others).sum()
    })
}

/// Bytes a second that one thread reads.
fn read(time: Duration, begin: &Barrier) -> Option<f64> {
    let mut words: Vec<u64> = Vec::new();
    let has_memory = words.try_reserve_exact(EACH / 8).is_ok();
    if has_memory {
        // Written, so that the pages are there.
        words.extend((0..EACH as u64 / 8).map(|word| word ^ 0x5555));
    }
    begin.wait();
    if !has_memory {
        return None;
    }
    let started = Instant::now();
    let mut bytes = 0;
    for step in words.chunks(STEP / 8).cycle() {
        black_box(sum(step));
        bytes += size_of_val(step);
        if started.elapsed() >= time {
            break;
        }
    }
    Some(bytes as f64 / started.elapsed().as_secs_f64())
}

/// As plain as can be: the compiler turns it into wide loads. With eight sums written out it
/// shuffled between them, and read a ninth of what memory gives.
fn sum(words: &[u64]) -> u64 {
    words
        .iter()
        .fold(0, |sum: u64, word| sum.wrapping_add(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_can_be_read_by_several_threads() {
        let bandwidth = read_bandwidth(2, Duration::from_millis(5)).unwrap();
        // The slowest machine that runs this reads more, and none reads as much.
        assert!(bandwidth > 1e7 && bandwidth < 1e14, "{bandwidth}");
    }

    #[test]
    fn every_word_is_read() {
        let words: Vec<u64> = (1..=1003).collect();
        assert_eq!(sum(&words), 1003 * 1004 / 2);
        assert_eq!(sum(&[]), 0);
    }
}
