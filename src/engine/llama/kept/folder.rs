//! The folder of states: one file for each conversation, and the oldest leave.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::file::{self, Header, Shape, Version};
use crate::inference::{ConversationKey, Recomputed, StateFolder, TokenId};

/// The ends of the names of whole files, and of those that are being written.
const WHOLE: &str = "kv";
const PART: &str = "part";

/// Keeps states of one model under certain settings.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// Bytes.
    limit: u64,
    version: Version,
    shape: Shape,
}

/// A file whose header speaks for it.
pub(super) struct Kept {
    file: BufReader<File>,
    header: Header,
}

impl Kept {
    pub(super) fn tokens(&self) -> &[TokenId] {
        &self.header.tokens
    }

    /// llama.cpp's bytes.
    ///
    /// # Errors
    /// They are damaged.
    pub(super) fn state(mut self) -> Result<Vec<u8>, Recomputed> {
        let state = file::read_state(&mut self.file, &self.header)?;
        // Read last is used last. Where the time cannot be set, it leaves sooner than it might.
        let _kept_anyway = self.file.get_ref().set_modified(SystemTime::now());
        Ok(state)
    }
}

impl Folder {
    pub(super) fn new(folder: &StateFolder, version: Version, shape: Shape) -> Self {
        Self {
            path: folder.path.clone(),
            limit: folder.limit,
            version,
            shape,
        }
    }

    fn of(&self, key: &ConversationKey, end: &str) -> PathBuf {
        self.path.join(format!("{}.{end}", key.as_str()))
    }

    /// Looks at what is kept of a conversation; `None` for nothing.
    ///
    /// # Errors
    /// It cannot be used, and why.
    pub(super) fn find(&self, key: &ConversationKey) -> Result<Option<Kept>, Recomputed> {
        // It is written to only to set its time.
        let opened = OpenOptions::new()
            .read(true)
            .write(true)
            .open(self.of(key, WHOLE));
        let mut file = match opened {
            Ok(file) => BufReader::new(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(Recomputed::Damaged),
        };
        let header = file::read_header(&mut file, &self.version, &self.shape)?;
        Ok(Some(Kept { file, header }))
    }

    /// Forgets what is kept of a conversation.
    pub(super) fn forget(&self, key: &ConversationKey) {
        remove(&self.of(key, WHOLE));
    }

    /// Keeps a conversation's state in place of what was kept before, and lets the least
    /// recently used go until all is within the limit.
    ///
    /// # Errors
    /// It cannot be written, or is larger than the limit by itself; nothing of it is left then.
    pub(super) fn keep(
        &self,
        key: &ConversationKey,
        tokens: Vec<TokenId>,
        state: &[u8],
    ) -> io::Result<()> {
        if state.len() as u64 > self.limit {
            return Err(io::Error::other("it is larger than all states may be"));
        }
        self.make_room(state.len() as u64, &self.of(key, WHOLE));
        // Two engines may keep the same conversation at once.
        let part = self.of(key, &format!("{}.{PART}", std::process::id()));
        let written = self.write(&part, tokens, state);
        let kept = written.and_then(|()| fs::rename(&part, self.of(key, WHOLE)));
        if kept.is_err() {
            remove(&part);
        }
        kept
    }

    fn write(&self, part: &Path, tokens: Vec<TokenId>, state: &[u8]) -> io::Result<()> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(part)?;
        let mut file = BufWriter::new(file);
        file::write(&mut file, &self.version, &self.shape, tokens, state)?;
        // Not synced: after a power cut the checksum tells, and it is only computed again.
        file.flush()
    }

    /// Lets the least recently used go until so many bytes fit beside the rest; the one that is
    /// to be replaced counts as gone.
    fn make_room(&self, bytes: u64, replaced: &Path) {
        let mut files: Vec<_> = fs::read_dir(&self.path)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| {
                let path = entry.path();
                let end = path.extension().and_then(OsStr::to_str);
                matches!(end, Some(WHOLE | PART)) && path != replaced
            })
            .filter_map(|entry| {
                let metadata = entry.metadata().ok()?;
                Some((metadata.modified().ok()?, metadata.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
        for (_, size, path) in files {
            if total + bytes <= self.limit {
                return;
            }
            remove(&path);
            total -= size;
        }
    }
}

/// What cannot be removed stays, and counts the next time.
fn remove(path: &Path) {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            eprintln!("limpid engine: {} stays: {error}", path.display());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::inference::{CacheType, FlashAttention};

    fn folder(path: &Path, limit: u64) -> Folder {
        let version = Version {
            limpid: "1.0".into(),
            llama: "llama 1".into(),
        };
        let shape = Shape {
            model: "ab12".into(),
            cache_type_k: CacheType::F16,
            cache_type_v: CacheType::F16,
            flash_attention: FlashAttention::Auto,
        };
        let place = StateFolder {
            path: path.to_owned(),
            limit,
            worth: Duration::ZERO,
            model: "ab12".into(),
        };
        Folder::new(&place, version, shape)
    }

    fn key(name: &str) -> ConversationKey {
        ConversationKey::new(name).unwrap()
    }

    fn keep(folder: &Folder, name: &str, seconds_ago: u64) {
        folder
            .keep(&key(name), vec![TokenId(1)], &[1; 1000])
            .unwrap();
        let then = SystemTime::now() - Duration::from_secs(seconds_ago);
        let file = File::options()
            .write(true)
            .open(folder.of(&key(name), WHOLE));
        file.unwrap().set_modified(then).unwrap();
    }

    fn has(folder: &Folder, name: &str) -> bool {
        folder.find(&key(name)).unwrap().is_some()
    }

    #[test]
    fn what_was_kept_is_found_and_replaced_whole() {
        let place = tempfile::tempdir().unwrap();
        let folder = folder(place.path(), 1 << 20);
        assert!(!has(&folder, "a"));
        let tokens = vec![TokenId(1), TokenId(2)];
        folder.keep(&key("a"), tokens.clone(), &[1; 10]).unwrap();
        folder.keep(&key("a"), tokens.clone(), &[2; 10]).unwrap();
        let kept = folder.find(&key("a")).unwrap().unwrap();
        assert_eq!(kept.tokens(), tokens);
        assert_eq!(kept.state(), Ok(vec![2; 10]));
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
        folder.forget(&key("a"));
        assert!(!has(&folder, "a"));
    }

    #[test]
    fn the_least_recently_used_leaves_where_the_limit_is_reached() {
        let place = tempfile::tempdir().unwrap();
        let folder = folder(place.path(), 3500);
        keep(&folder, "a", 30);
        keep(&folder, "b", 20);
        // Read last, so used last.
        let kept = folder.find(&key("a")).unwrap().unwrap();
        kept.state().unwrap();
        keep(&folder, "c", 0);
        keep(&folder, "d", 0);
        let left = ["a", "b", "c", "d"].map(|name| has(&folder, name));
        assert_eq!(left, [true, false, true, true]);
    }

    #[test]
    fn one_that_is_too_large_by_itself_drives_nobody_out() {
        let place = tempfile::tempdir().unwrap();
        let folder = folder(place.path(), 1500);
        keep(&folder, "a", 0);
        assert!(folder.keep(&key("b"), Vec::new(), &[0; 2000]).is_err());
        assert!(has(&folder, "a") && !has(&folder, "b"));
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error_and_no_more() {
        let place = tempfile::tempdir().unwrap();
        let folder = folder(&place.path().join("gone"), 1500);
        assert!(folder.keep(&key("a"), Vec::new(), &[0; 20]).is_err());
        assert!(!has(&folder, "a"));
    }
}
