//! Memory and processor time of one process, usually the engine's.

use std::time::Duration;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(not(target_os = "linux"), test))]
mod portable;

#[cfg(target_os = "linux")]
use linux::read;
#[cfg(not(target_os = "linux"))]
use portable::read;

/// Processor time is counted in steps of 10 ms, so that a shorter interval says little.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(200);

/// Memory of a process, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessMemory {
    /// All that lies in physical memory now, pages of mapped files included.
    pub resident: u64,
    /// The part of it that belongs to mapped files, such as a model, and to shared memory: the
    /// system can drop and read again what comes from files. `None` where it does not say.
    pub shared_file: Option<u64>,
}

impl ProcessMemory {
    /// Reads the memory of a process; `None` where it does not exist or may not be looked at.
    #[must_use]
    pub fn of(pid: u32) -> Option<Self> {
        read(pid).map(|reading| reading.memory)
    }
}

/// A look at a process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProcessSample {
    pub memory: ProcessMemory,
    /// Processor time used since an earlier look, percent of one core: two busy threads are
    /// 200. `None` at the first look.
    pub cpu_percent: Option<f32>,
}

/// Looks at one process again and again.
#[derive(Debug, Clone)]
pub struct ProcessMeter {
    pid: u32,
    /// When the process itself began, in the system's own unit: another value under the same
    /// number is another process.
    started: Option<u64>,
    /// Time and processor time of the look that the next one is compared with.
    earlier: Option<(Duration, Duration)>,
    cpu_percent: Option<f32>,
}

/// What the operating system says of a process at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    memory: ProcessMemory,
    /// Processor time of all its threads since its start.
    cpu: Duration,
    started: u64,
}

impl ProcessMeter {
    /// A meter for the process with this number.
    #[must_use]
    pub fn new(pid: u32) -> Self {
        Self {
            pid,
            started: None,
            earlier: None,
            cpu_percent: None,
        }
    }

    /// Looks at the process; `None` once it is gone. `now` is the time since an origin that the
    /// caller chooses and keeps.
    pub fn sample(&mut self, now: Duration) -> Option<ProcessSample> {
        let reading = read(self.pid)?;
        self.take(now, reading)
    }

    fn take(&mut self, now: Duration, reading: Reading) -> Option<ProcessSample> {
        if *self.started.get_or_insert(reading.started) != reading.started {
            return None;
        }
        if let Some((then, cpu)) = self.earlier {
            let elapsed = now.saturating_sub(then);
            // Sooner it is too early to tell, and the last answer stands.
            if elapsed >= SHORTEST_INTERVAL {
                let used = reading.cpu.saturating_sub(cpu);
                self.cpu_percent = Some(100.0 * used.as_secs_f32() / elapsed.as_secs_f32());
                self.earlier = Some((now, reading.cpu));
            }
        } else {
            self.earlier = Some((now, reading.cpu));
        }
        Some(ProcessSample {
            memory: reading.memory,
            cpu_percent: self.cpu_percent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cpu: u64, started: u64) -> Reading {
        Reading {
            memory: ProcessMemory {
                resident: 4096,
                shared_file: Some(1024),
            },
            cpu: Duration::from_millis(cpu),
            started,
        }
    }

    #[test]
    fn processor_use_is_what_was_spent_between_two_looks() {
        let mut meter = ProcessMeter::new(1);
        let mut percent = |now, cpu| {
            meter
                .take(Duration::from_millis(now), reading(cpu, 7))
                .unwrap()
                .cpu_percent
        };
        assert_eq!(percent(1000, 500), None);
        assert_eq!(percent(1100, 900), None, "too early to tell");
        assert_eq!(percent(2000, 2500), Some(200.0));
        assert_eq!(percent(2100, 2500), Some(200.0), "the last answer stands");
        assert_eq!(percent(3000, 2500), Some(0.0));
        assert_eq!(
            percent(2000, 2500),
            Some(0.0),
            "a clock that runs backwards changes nothing"
        );
    }

    #[test]
    fn another_process_under_the_same_number_is_not_taken_for_it() {
        let mut meter = ProcessMeter::new(1);
        assert!(meter.take(Duration::ZERO, reading(0, 7)).is_some());
        assert_eq!(meter.take(Duration::from_secs(1), reading(0, 8)), None);
    }

    #[test]
    fn this_process_has_memory_and_uses_its_processor() {
        let pid = std::process::id();
        let mut meter = ProcessMeter::new(pid);
        let first = meter.sample(Duration::ZERO).unwrap();
        assert!(first.memory.resident > 500_000);
        let before = read(pid).unwrap().cpu;
        // Work until the system has counted some of it, however slow the machine is.
        let mut sum = 0.0_f64;
        while read(pid).unwrap().cpu < before + Duration::from_millis(50) {
            sum = (0..100_000)
                .map(f64::from)
                .fold(sum, |sum, number| sum + number.sqrt());
        }
        assert!(sum > 0.0);
        let second = meter.sample(Duration::from_secs(1)).unwrap();
        assert!(second.cpu_percent.unwrap() >= 4.0);
    }

    #[test]
    fn a_process_that_does_not_exist_has_no_sample() {
        assert_eq!(ProcessMemory::of(u32::MAX), None);
        assert_eq!(ProcessMeter::new(u32::MAX).sample(Duration::ZERO), None);
    }
}
