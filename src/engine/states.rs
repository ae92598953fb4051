//! The folders in which engines keep what they computed of conversations: one for each model.
//!
//! ```text
//!  states/<sha256 of the model>/<conversation>.kv
//! ```
//!
//! An engine is confined to the folder of its model, so what one model may have made of its
//! engine never meets another. It keeps its own folder within what the limit leaves to it; here,
//! outside of the sandbox, the limit is held over all of them.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::inference::{ConversationKey, StateFolder};
use crate::model::fingerprint;

/// A model up to this size is hashed while one waits for it, which takes less than a second and
/// is remembered. A larger one is hashed beside, and its states are kept from its next start on.
const HASHED_AT_ONCE: u64 = 1 << 30;

/// How long what is of no conversation here is left alone.
const STRAY: Duration = Duration::from_hours(24);

/// What takes less to compute again is not felt.
pub const WORTH_KEEPING: Duration = Duration::from_secs(1);

/// Where all engines keep their states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct States {
    /// The folder of folders.
    pub root: PathBuf,
    /// Bytes of all files together.
    pub limit: u64,
    /// What takes less to compute again is not kept.
    pub worth: Duration,
    /// Where the hashes of models are remembered.
    pub fingerprints: PathBuf,
}

impl States {
    /// The folder of a model, there and private, with what the limit leaves to it. `None` where
    /// nothing can be kept, or cannot be yet.
    #[must_use]
    pub fn folder_of(&self, model: &Path) -> Option<StateFolder> {
        let sha256 = self.sha256_of(model)?;
        let path = self.root.join(&sha256);
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&path);
        if let Err(error) = made {
            tracing::warn!(%error, path = %path.display(), "no states are kept");
            return None;
        }
        let others = self.hold_limit(&path);
        Some(StateFolder {
            path,
            limit: self.limit.saturating_sub(others),
            worth: self.worth,
            model: sha256,
        })
    }

    fn sha256_of(&self, model: &Path) -> Option<String> {
        let memory = self.fingerprints.clone();
        let size = fs::metadata(model).ok()?.len();
        if size <= HASHED_AT_ONCE {
            return fingerprint::of(model, Some(&memory), |_| ()).ok();
        }
        if let Some(known) = fingerprint::known(model, &memory) {
            return Some(known);
        }
        let model = model.to_owned();
        let hashing = thread::Builder::new()
            .name("fingerprint".into())
            .spawn(move || fingerprint::of(&model, Some(&memory), |_| ()));
        if let Err(error) = hashing {
            tracing::warn!(%error, "the model is not hashed");
        }
        None
    }

    /// Forgets what any model has computed of a conversation, what an engine left half written
    /// (`<conversation>.<process>.part`) as well.
    ///
    /// # Errors
    /// A file of it cannot be removed.
    pub fn forget(&self, conversation: &ConversationKey) -> io::Result<()> {
        let files = self.files()?.into_iter();
        files
            .filter(|file| file.conversation() == Some(conversation.as_str()))
            .try_for_each(|file| remove(&file.path))
    }

    /// Forgets what belongs to nothing, as `is_stray` tells by its name, and was not used for a
    /// day: an engine may have written it down when its conversation was gone already. What is
    /// newer may be of conversations in another folder.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn forget_strays(&self, is_stray: impl Fn(&str) -> bool) -> io::Result<()> {
        let now = SystemTime::now();
        let is_old = |file: &KeptFile| {
            let since = now.duration_since(file.modified);
            since.is_ok_and(|since| since >= STRAY)
        };
        let strays = self.files()?.into_iter();
        strays
            .filter(|file| is_old(file) && file.conversation().is_some_and(&is_stray))
            .try_for_each(|file| remove(&file.path))
    }

    /// Forgets everything.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn forget_all(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.root) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes the least recently used files until the limit holds. Returns the bytes in all
    /// folders but `own`.
    fn hold_limit(&self, own: &Path) -> u64 {
        let mut files = self.files().unwrap_or_default();
        files.sort_by_key(|file| file.modified);
        let mut total: u64 = files.iter().map(|file| file.bytes).sum();
        let mut others = 0;
        for file in files {
            if total > self.limit && remove(&file.path).is_ok() {
                total -= file.bytes;
            } else if !file.path.starts_with(own) {
                others += file.bytes;
            }
        }
        others
    }

    fn files(&self) -> io::Result<Vec<KeptFile>> {
        let mut files = Vec::new();
        let folders = match fs::read_dir(&self.root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
            folders => folders?,
        };
        for folder in folders {
            let Ok(entries) = fs::read_dir(folder?.path()) else {
                continue;
            };
            for entry in entries {
                let entry = entry?;
                let metadata = entry.metadata()?;
                files.push(KeptFile {
                    path: entry.path(),
                    bytes: metadata.len(),
                    modified: metadata.modified()?,
                });
            }
        }
        Ok(files)
    }
}

struct KeptFile {
    path: PathBuf,
    bytes: u64,
    modified: SystemTime,
}

impl KeptFile {
    /// Whose it is.
    fn conversation(&self) -> Option<&str> {
        self.path.file_name()?.to_str()?.split('.').next()
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn states(place: &Path, limit: u64) -> States {
        States {
            root: place.join("states"),
            limit,
            worth: WORTH_KEEPING,
            fingerprints: place.join("fingerprints.json"),
        }
    }

    fn model(place: &Path, name: &str) -> PathBuf {
        let path = place.join(name);
        fs::write(&path, name).unwrap();
        path
    }

    fn keep(folder: &StateFolder, name: &str, bytes: usize, seconds_ago: u64) -> PathBuf {
        let path = folder.path.join(name);
        fs::write(&path, vec![0; bytes]).unwrap();
        let then = SystemTime::now() - Duration::from_secs(seconds_ago);
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(then).unwrap();
        path
    }

    #[test]
    fn each_model_has_a_private_folder_whatever_its_path() {
        let place = tempfile::tempdir().unwrap();
        let states = states(place.path(), 100);
        let a = states.folder_of(&model(place.path(), "a")).unwrap();
        let b = states.folder_of(&model(place.path(), "b")).unwrap();
        assert_ne!(a.path, b.path);
        let link = place.path().join("link");
        fs::hard_link(place.path().join("a"), &link).unwrap();
        assert_eq!(states.folder_of(&link), Some(a.clone()));
        let mode = fs::metadata(&a.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn the_limit_holds_over_all_models_and_the_oldest_leave() {
        let place = tempfile::tempdir().unwrap();
        let states = states(place.path(), 100);
        let a = states.folder_of(&model(place.path(), "a")).unwrap();
        let b = states.folder_of(&model(place.path(), "b")).unwrap();
        let old = keep(&a, "old.kv", 60, 30);
        let middle = keep(&b, "middle.kv", 30, 20);
        let new = keep(&a, "new.kv", 50, 10);
        let a = states.folder_of(&place.path().join("a")).unwrap();
        assert_eq!(a.limit, 70, "the other model's 30 are taken");
        let left = [old, middle, new].map(|path| path.exists());
        assert_eq!(left, [false, true, true]);
    }

    #[test]
    fn a_conversation_is_forgotten_under_every_model() {
        let place = tempfile::tempdir().unwrap();
        let states = states(place.path(), 1000);
        let key = ConversationKey::new("01J").unwrap();
        states.forget(&key).unwrap();
        let a = states.folder_of(&model(place.path(), "a")).unwrap();
        let b = states.folder_of(&model(place.path(), "b")).unwrap();
        let gone = ["01J.kv", "01J.4711.part"].map(|name| [&a, &b].map(|it| keep(it, name, 1, 0)));
        let stays = keep(&b, "01K.kv", 1, 0);
        states.forget(&key).unwrap();
        assert!(gone.iter().flatten().all(|path| !path.exists()) && stays.exists());
        let day = 24 * 60 * 60;
        let strays = ["01L.kv", "01L.4711.part"].map(|name| keep(&a, name, 1, day + 1));
        let stays = [
            stays,
            keep(&b, "01M.kv", 1, 0),
            keep(&b, "01N.kv", 1, day + 1),
        ];
        states.forget_strays(|id| id != "01N").unwrap();
        assert!(strays.iter().all(|path| !path.exists()));
        assert!(stays.iter().all(|path| path.exists()));
        states.forget_all().unwrap();
        assert!(!stays.iter().any(|path| path.exists()));
        states.forget_all().unwrap();
    }
}
