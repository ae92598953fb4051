//! How fast this machine reads its memory: measured, and remembered for some weeks.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender, unbounded};
use serde::{Deserialize, Serialize};

use crate::metrics::{hardware_threads, read_bandwidth};
use crate::model::remembered;
use crate::model::tuning::machine;

/// How long it is measured.
const TIME: Duration = Duration::from_millis(300);

/// How long it is believed. Something that nobody saw may have disturbed it, and memory may have
/// been changed.
const BELIEVED: Duration = Duration::from_hours(4 * 7 * 24);

/// What so many threads read together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    pub threads: u32,
    pub bytes_per_second: f64,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Record {
    bytes_per_second: f64,
    /// When it was measured, in seconds since the Unix epoch.
    measured: u64,
}

/// By machine and number of threads.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept(BTreeMap<String, BTreeMap<u32, Record>>);

/// What is known of it, and finding it out.
#[derive(Debug)]
pub struct Bandwidth {
    file: Option<PathBuf>,
    /// The numbers of threads that were asked for, whatever came of it.
    asked: Vec<u32>,
    sender: Sender<Measured>,
    receiver: Receiver<Measured>,
}

impl Bandwidth {
    /// Remembered in `file`; `None`: nowhere.
    #[must_use]
    pub fn new(file: Option<PathBuf>) -> Self {
        let (sender, receiver) = unbounded();
        Self {
            file,
            asked: Vec::new(),
            sender,
            receiver,
        }
    }

    /// Where the answers to [`ask`](Self::ask) arrive.
    #[must_use]
    pub fn receiver(&self) -> &Receiver<Measured> {
        &self.receiver
    }

    /// Finds out what so many threads read, on a thread of its own: at once where it is known,
    /// else in a few hundred milliseconds of all of them. Asking again changes nothing.
    pub fn ask(&mut self, threads: u32) {
        if self.asked.contains(&threads) {
            return;
        }
        self.asked.push(threads);
        let (file, sender) = (self.file.clone(), self.sender.clone());
        let spawned = thread::Builder::new()
            .name("bandwidth".to_owned())
            .spawn(move || {
                let known = file.and_then(|file| known(&file, threads));
                if let Some(bytes_per_second) = known.or_else(|| measure(threads)) {
                    // A program that has ended needs no answer.
                    let _ended = sender.send(Measured {
                        threads,
                        bytes_per_second,
                    });
                }
            });
        if let Err(error) = spawned {
            tracing::warn!(%error, "the memory's speed is not measured");
        }
    }

    /// Remembers what was measured in peace. Without that it is measured again another time.
    pub fn keep(&self, measured: Measured) {
        let Some(file) = &self.file else { return };
        if known(file, measured.threads) == Some(measured.bytes_per_second) {
            return;
        }
        if let Err(error) = write(file, measured) {
            tracing::warn!(%error, "the memory's speed is not remembered");
        }
    }

    /// Does not believe what was measured while something else computed: it may be asked again.
    pub fn set_aside(&mut self, measured: Measured) {
        self.asked.retain(|&threads| threads != measured.threads);
    }

    /// What so many threads read, where it is known.
    #[must_use]
    pub fn known(&self, threads: u32) -> Option<f64> {
        self.file.as_ref().and_then(|file| known(file, threads))
    }

    /// What so many threads read, now: it takes a few hundred milliseconds where it is not known.
    /// `None` where there is no memory for it.
    #[must_use]
    pub fn measured(&self, threads: u32) -> Option<f64> {
        if let Some(known) = self.known(threads) {
            return Some(known);
        }
        let bytes_per_second = measure(threads)?;
        self.keep(Measured {
            threads,
            bytes_per_second,
        });
        Some(bytes_per_second)
    }
}

/// More threads than there are read no more.
fn measure(threads: u32) -> Option<f64> {
    read_bandwidth(threads.min(hardware_threads()) as usize, TIME)
}

fn known(file: &Path, threads: u32) -> Option<f64> {
    let kept: Kept = remembered::read(file).ok()?;
    let record = *kept.0.get(&machine())?.get(&threads)?;
    // A clock that was set back makes what is old look as if it were to come.
    let age = now().checked_sub(record.measured)?;
    let speed = record.bytes_per_second;
    let usable = speed.is_finite() && speed > 0.0 && age < BELIEVED.as_secs();
    usable.then_some(speed)
}

fn write(file: &Path, measured: Measured) -> io::Result<()> {
    let mut kept: Kept = remembered::read(file)?;
    let record = Record {
        bytes_per_second: measured.bytes_per_second,
        measured: now(),
    };
    let machine = kept.0.entry(machine()).or_default();
    machine.insert(measured.threads, record);
    remembered::write(file, &kept)
}

/// Seconds since the Unix epoch.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_kept_is_not_measured_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cache/bandwidth.json");
        // No machine is so slow.
        let measured = Measured {
            threads: 1,
            bytes_per_second: 17.0,
        };
        let mut bandwidth = Bandwidth::new(Some(file.clone()));
        bandwidth.keep(measured);
        assert_eq!(bandwidth.measured(1), Some(17.0));
        bandwidth.ask(1);
        assert_eq!(bandwidth.receiver().recv().unwrap(), measured);
        bandwidth.ask(1);
        assert!(bandwidth.receiver().try_recv().is_err());
        bandwidth.set_aside(measured);
        bandwidth.ask(1);
        assert_eq!(bandwidth.receiver().recv().unwrap(), measured);
        // What makes no sense is measured anew, and remembered.
        fs::write(
            &file,
            fs::read_to_string(&file).unwrap().replace("17.0", "-1.0"),
        )
        .unwrap();
        let anew = bandwidth.measured(1).unwrap();
        assert!(anew > 1e6);
        assert_eq!(Bandwidth::new(Some(file)).measured(1), Some(anew));
    }
    #[test]
    fn what_is_weeks_old_or_of_before_dates_were_kept_is_measured_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bandwidth.json");
        let record = |measured: u64| {
            let record = Record {
                bytes_per_second: 17.0,
                measured,
            };
            let threads = BTreeMap::from([(1, record)]);
            let kept = Kept(BTreeMap::from([(machine(), threads)]));
            remembered::write(&file, &kept).unwrap();
        };
        let bandwidth = Bandwidth::new(Some(file.clone()));
        record(now() - BELIEVED.as_secs() / 2);
        assert_eq!(bandwidth.known(1), Some(17.0));
        record(now() - BELIEVED.as_secs());
        assert_eq!(bandwidth.known(1), None);
        assert!(bandwidth.measured(1).unwrap() > 1e6);
        assert!(bandwidth.known(1).unwrap() > 1e6, "it is remembered anew");
        record(now() + 3600);
        assert_eq!(bandwidth.known(1), None);
        let before = serde_json::json!({ machine(): { "1": 17.0 } });
        fs::write(&file, before.to_string()).unwrap();
        assert_eq!(bandwidth.known(1), None);
    }
}
