//! The sha256 of a file, remembered while the file stays what it was.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::remembered;

/// What tells that a file is still the one that was hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    /// Seconds and nanoseconds since the Unix epoch.
    modified: (i64, i64),
    inode: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    stamp: Stamp,
    sha256: String,
}

/// By path.
type Memory = BTreeMap<String, Known>;

fn stamp(path: &Path) -> io::Result<Stamp> {
    let metadata = fs::metadata(path)?;
    Ok(Stamp {
        size: metadata.len(),
        modified: (metadata.mtime(), metadata.mtime_nsec()),
        inode: metadata.ino(),
    })
}

/// The sha256 of `path` in lower-case hex, from `memory` where the file has not changed since.
/// `progress` is told the bytes read so far.
pub fn of(path: &Path, memory: Option<&Path>, progress: impl FnMut(u64)) -> io::Result<String> {
    let path = path.canonicalize()?;
    if let Some(known) = memory.and_then(|memory| known(&path, memory)) {
        return Ok(known);
    }
    let before = stamp(&path)?;
    let key = path.to_string_lossy().into_owned();
    let sha256 = compute(&path, progress)?;
    if let Some(memory) = memory
        && stamp(&path)? == before
    {
        remember(
            memory,
            key,
            Known {
                stamp: before,
                sha256: sha256.clone(),
            },
        );
    }
    Ok(sha256)
}

/// The sha256 of `path` where it is remembered and the file has not changed since.
#[must_use]
pub fn known(path: &Path, memory: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let known = recall(memory).remove(path.to_string_lossy().as_ref())?;
    (known.stamp == stamp(&path).ok()?).then_some(known.sha256)
}

/// Remembers the sha256 of a file that was hashed on its way here.
pub fn learn(path: &Path, memory: &Path, sha256: &str) {
    let known = path.canonicalize().and_then(|path| {
        let stamp = stamp(&path)?;
        Ok((path, stamp))
    });
    // A file that is gone already needs no memory.
    if let Ok((path, stamp)) = known {
        let known = Known {
            stamp,
            sha256: sha256.to_owned(),
        };
        remember(memory, path.to_string_lossy().into_owned(), known);
    }
}

/// Reads the whole file.
pub fn compute(path: &Path, mut progress: impl FnMut(u64)) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut read = 0;
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(&buffer[..count]);
        read += count as u64;
        progress(read);
    }
}

pub(super) fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A memory that is missing or damaged remembers nothing: the file is hashed again.
fn recall(memory: &Path) -> Memory {
    remembered::read(memory).unwrap_or_default()
}

/// Forgetting is harmless, so a memory that cannot be written is only logged.
fn remember(memory: &Path, key: String, known: Known) {
    let mut all = recall(memory);
    all.insert(key, known);
    if let Err(error) = remembered::write(memory, &all) {
        tracing::warn!(
            "cannot remember a fingerprint in {}: {error}",
            memory.display()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_remembered_until_the_file_changes() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("a.gguf");
        let memory = folder.path().join("cache/fingerprints.json");
        fs::write(&file, "abc").expect("written");
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut read = 0;
        assert_eq!(
            of(&file, Some(&memory), |bytes| read = bytes).expect("hashed"),
            abc
        );
        assert_eq!(read, 3);
        let again = of(&file, Some(&memory), |_| panic!("it is not read again"));
        assert_eq!(again.expect("remembered"), abc);
        fs::write(&file, "abcd").expect("written");
        assert_ne!(of(&file, Some(&memory), |_| ()).expect("hashed"), abc);
        learn(&file, &memory, "told");
        let told = of(&file, Some(&memory), |_| panic!("it is not read again"));
        assert_eq!(told.expect("remembered"), "told");
    }
}
