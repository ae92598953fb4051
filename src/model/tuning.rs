//! How a model is loaded best on this machine, as it was measured, and kept in a file.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{fingerprint, remembered};
use crate::inference::{CacheType, FlashAttention, Formats, LoadRequest};

/// What is measured of a way to load a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tuned {
    pub threads: u32,
    /// Tokens in one physical batch.
    pub ubatch_size: u32,
    pub flash_attention: FlashAttention,
    /// Of keys and of values.
    pub cache_type: CacheType,
}

/// Which parts of [`Tuned`] may be used: those about which the user said nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    pub threads: bool,
    pub ubatch_size: bool,
    pub flash_attention: bool,
    pub cache_type: bool,
}

/// The file, and how it is to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tuning {
    /// Where it is kept.
    pub file: PathBuf,
    /// Where the sha256 of models are remembered: what was measured is a file's own.
    pub fingerprints: PathBuf,
    pub open: Open,
}

/// What is known of a model on a machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Known {
    #[serde(flatten)]
    tuned: Tuned,
    /// Not there where formats were never tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    formats: Option<Formats>,
}

/// By the sha256 of the model and the machine.
type Kept = BTreeMap<String, BTreeMap<String, Known>>;

impl Tuning {
    /// Changes what `load` leaves open to what was best for its model on this machine. Nothing
    /// where nothing is known; it reads a small file, never the model.
    pub fn apply(&self, load: &mut LoadRequest) {
        let Some(sha256) = fingerprint::known(&load.path, &self.fingerprints) else {
            return;
        };
        let Some(tuned) = self.of(&sha256) else {
            return;
        };
        if self.open.threads {
            load.threads = Some(tuned.threads);
        }
        if self.open.ubatch_size {
            load.ubatch_size = tuned.ubatch_size;
            load.batch_size = load.batch_size.max(tuned.ubatch_size);
        }
        if self.open.flash_attention {
            load.flash_attention = tuned.flash_attention;
        }
        // Quantised values cannot be read without it.
        if self.open.cache_type && load.flash_attention != FlashAttention::Off {
            load.cache_type_k = tuned.cache_type;
            load.cache_type_v = tuned.cache_type;
        }
    }

    /// What is kept for a model on this machine.
    #[must_use]
    pub fn of(&self, sha256: &str) -> Option<Tuned> {
        Some(self.known(sha256)?.tuned)
    }

    /// How fast the model at `path` was in other formats on this machine, where that was measured.
    #[must_use]
    pub fn formats(&self, path: &Path) -> Option<Formats> {
        let sha256 = fingerprint::known(path, &self.fingerprints)?;
        self.known(&sha256)?.formats
    }

    fn known(&self, sha256: &str) -> Option<Known> {
        let mut kept = remembered::read::<Kept>(&self.file).ok()?;
        kept.get_mut(sha256)?.remove(&machine())
    }

    /// Keeps what was best, and how fast other formats were; without any, what was known of them
    /// stays.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn keep(&self, sha256: &str, tuned: Tuned, formats: Option<Formats>) -> io::Result<()> {
        let mut kept: Kept = remembered::read(&self.file)?;
        let machines = kept.entry(sha256.to_owned()).or_default();
        let before = machines.remove(&machine());
        let formats = formats.or_else(|| before.and_then(|before| before.formats));
        machines.insert(machine(), Known { tuned, formats });
        remembered::write(&self.file, &kept)
    }

    /// Forgets what was best for a model on this machine; returns whether there was anything.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn forget(&self, sha256: &str) -> io::Result<bool> {
        let mut kept: Kept = remembered::read(&self.file)?;
        let machines = kept.get_mut(sha256);
        let had = machines.is_some_and(|machines| machines.remove(&machine()).is_some());
        kept.retain(|_, machines| !machines.is_empty());
        if had {
            remembered::write(&self.file, &kept)?;
        }
        Ok(had)
    }
}

/// What is told of this machine, so that a home that several share mixes nothing up.
#[must_use]
pub fn machine() -> String {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    format!("{name}, {threads} hardware threads")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{FormatSpeed, RequestId, WeightFormat};

    const TUNED: Tuned = Tuned {
        threads: 3,
        ubatch_size: 4096,
        flash_attention: FlashAttention::On,
        cache_type: CacheType::Q8_0,
    };

    const ALL_OPEN: Open = Open {
        threads: true,
        ubatch_size: true,
        flash_attention: true,
        cache_type: true,
    };

    /// A folder with a model that is known.
    fn model() -> (tempfile::TempDir, Tuning, String, LoadRequest) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.gguf");
        fs::write(&path, b"weights").unwrap();
        let tuning = Tuning {
            file: folder.path().join("tuned.json"),
            fingerprints: folder.path().join("fingerprints.json"),
            open: ALL_OPEN,
        };
        let sha256 = fingerprint::of(&path, Some(&tuning.fingerprints), |_| ()).unwrap();
        (folder, tuning, sha256, LoadRequest::new(RequestId(1), path))
    }

    #[test]
    fn what_was_kept_for_a_model_shapes_its_load_until_it_is_forgotten() {
        let (_folder, tuning, sha256, plain) = model();
        let mut load = plain.clone();
        tuning.apply(&mut load);
        assert_eq!(load, plain, "nothing is known yet");

        tuning.keep(&sha256, TUNED, None).unwrap();
        tuning.apply(&mut load);
        assert_eq!(load.threads, Some(3));
        assert_eq!((load.ubatch_size, load.batch_size), (4096, 4096));
        assert_eq!(load.flash_attention, FlashAttention::On);
        assert_eq!(load.cache_type_v, CacheType::Q8_0);

        assert!(tuning.forget(&sha256).unwrap());
        assert!(!tuning.forget(&sha256).unwrap());
        let mut load = plain.clone();
        tuning.apply(&mut load);
        assert_eq!(load, plain);
    }

    #[test]
    fn how_fast_other_formats_are_outlives_a_search_without_them() {
        let (_folder, tuning, sha256, load) = model();
        let formats = Formats {
            on_gpu: false,
            speeds: vec![FormatSpeed {
                format: WeightFormat::Q4_0,
                prefill: 3.46,
                decode: 1.41,
                perplexity: Some(1.157),
                as_good: false,
            }],
        };
        tuning.keep(&sha256, TUNED, Some(formats.clone())).unwrap();
        assert_eq!(tuning.formats(&load.path), Some(formats.clone()));
        let other = Tuned {
            threads: 1,
            ..TUNED
        };
        tuning.keep(&sha256, other, None).unwrap();
        assert_eq!(tuning.of(&sha256), Some(other));
        assert_eq!(tuning.formats(&load.path), Some(formats));
    }

    #[test]
    fn a_file_from_before_formats_were_kept_is_read() {
        let (_folder, tuning, sha256, load) = model();
        let text = serde_json::json!({ sha256.as_str(): { machine(): TUNED } });
        fs::write(&tuning.file, text.to_string()).unwrap();
        assert_eq!(tuning.of(&sha256), Some(TUNED));
        assert_eq!(tuning.formats(&load.path), None);
    }

    #[test]
    fn what_the_user_said_stands() {
        let (_folder, mut tuning, sha256, plain) = model();
        tuning.keep(&sha256, TUNED, None).unwrap();
        tuning.open = Open {
            threads: false,
            flash_attention: false,
            ..ALL_OPEN
        };
        let mut load = plain;
        load.threads = Some(1);
        load.flash_attention = FlashAttention::Off;
        tuning.apply(&mut load);
        assert_eq!(load.threads, Some(1));
        assert_eq!(load.flash_attention, FlashAttention::Off);
        assert_eq!(load.cache_type_v, CacheType::F16, "it would not load");
        assert_eq!(load.ubatch_size, 4096);
    }

    #[test]
    fn another_model_and_a_changed_one_are_left_alone() {
        let (folder, tuning, sha256, plain) = model();
        tuning.keep(&sha256, TUNED, None).unwrap();
        let other = folder.path().join("other.gguf");
        fs::write(&other, b"other weights").unwrap();
        fs::write(&plain.path, b"new weights, of another size").unwrap();
        for path in [other, plain.path.clone()] {
            let mut load = LoadRequest::new(RequestId(1), path);
            let before = load.clone();
            tuning.apply(&mut load);
            assert_eq!(load, before);
        }
    }
}
