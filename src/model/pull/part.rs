//! The partial file: locked, resumable, and never taken for the whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{PullError, Wanted};
use crate::model::fingerprint::hex;

/// Left free beyond what a download needs, so that conversations can still be written.
const SPARE: u64 = 16 << 20;

/// Which version of which address a partial file is the beginning of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    pub url: String,
    /// A strong entity tag; without one a download is not resumed.
    pub etag: Option<String>,
}

/// A download on its way.
pub(super) struct Part {
    file: File,
    path: PathBuf,
    note: PathBuf,
    size: u64,
}

impl Part {
    /// Opens and locks the partial file of `final_path`, waiting for another pull that has it.
    pub fn open(final_path: &Path, size: u64, waiting: impl FnOnce()) -> Result<Self, PullError> {
        let folder = final_path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|source| PullError::io(folder, source))?;
        let name = final_path.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join(format!("{name}.part"));
        let failed = |source| PullError::io(&path, source);
        let mut waiting = Some(waiting);
        loop {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o644)
                .open(&path)
                .map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if let Some(say) = waiting.take() {
                        say();
                    }
                    file.lock().map_err(failed)?;
                }
                Err(TryLockError::Error(source)) => return Err(failed(source)),
            }
            // The other pull may have renamed or removed what was opened: then the lock is on
            // a file that has this name no more.
            let named = fs::metadata(&path).map(|it| it.ino()).ok();
            let held = file.metadata().map_err(failed)?.ino();
            if named == Some(held) || final_path.is_file() {
                let note = folder.join(format!("{name}.part.json"));
                return Ok(Self {
                    file,
                    path,
                    note,
                    size,
                });
            }
        }
    }

    /// Bytes that are here.
    pub fn len(&self) -> Result<u64, PullError> {
        Ok(self
            .file
            .metadata()
            .map_err(|source| PullError::io(&self.path, source))?
            .len())
    }

    /// What the bytes are the beginning of; `None` begins anew.
    pub fn origin(&self) -> Option<Origin> {
        serde_json::from_slice(&fs::read(&self.note).ok()?).ok()
    }

    /// Throws the bytes away and notes where the next ones come from.
    pub fn restart(&mut self, origin: &Origin) -> Result<(), PullError> {
        self.write(|file| {
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0)).map(drop)
        })?;
        let note = serde_json::to_vec(origin).map_err(io::Error::from);
        note.and_then(|bytes| fs::write(&self.note, bytes))
            .map_err(|source| PullError::io(&self.note, source))
    }

    /// Goes to the end, to append.
    pub fn seek_end(&mut self) -> Result<(), PullError> {
        self.write(|file| file.seek(SeekFrom::End(0)).map(drop))
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<(), PullError> {
        self.write(|file| file.write_all(bytes))
    }

    fn write(&mut self, act: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), PullError> {
        act(&mut self.file).map_err(|source| {
            if source.kind() == io::ErrorKind::StorageFull {
                let here = self.len().unwrap_or_default();
                return no_space(&self.path, self.size.saturating_sub(here), 0);
            }
            PullError::io(&self.path, source)
        })
    }

    /// Fails where the disk has no room for `more` bytes.
    pub fn need_space(&self, more: u64) -> Result<(), PullError> {
        let disk = rustix::fs::fstatvfs(&self.file)
            .map_err(|error| PullError::io(&self.path, error.into()))?;
        let available = disk.f_bavail.saturating_mul(disk.f_frsize);
        if more.saturating_add(SPARE) > available {
            return Err(no_space(&self.path, more, available));
        }
        Ok(())
    }

    /// Hashes what came; if it is what was wanted, brings it to disk under its final name.
    pub fn finish(mut self, wanted: &Wanted) -> Result<(), PullError> {
        let failed = |path: &Path, source| PullError::io(path, source);
        let found = self.sha256()?;
        if found != wanted.sha256 {
            self.discard()?;
            return Err(PullError::Checksum {
                path: wanted.path.clone(),
                found,
                wanted: wanted.sha256.clone(),
            });
        }
        self.file
            .sync_all()
            .map_err(|source| failed(&self.path, source))?;
        fs::rename(&self.path, &wanted.path).map_err(|source| failed(&wanted.path, source))?;
        let folder = wanted.path.parent().unwrap_or(Path::new("."));
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| failed(folder, source))?;
        remove(&self.note)
    }

    /// Throws away what came.
    pub fn discard(self) -> Result<(), PullError> {
        remove(&self.note)?;
        remove(&self.path)
    }

    fn sha256(&mut self) -> Result<String, PullError> {
        let mut hash = || -> io::Result<String> {
            self.file.seek(SeekFrom::Start(0))?;
            let mut hasher = Sha256::new();
            let mut buffer = vec![0; 1 << 20];
            loop {
                match self.file.read(&mut buffer)? {
                    0 => return Ok(hex(&hasher.finalize())),
                    count => hasher.update(&buffer[..count]),
                }
            }
        };
        hash().map_err(|source| PullError::io(&self.path, source))
    }
}

fn no_space(path: &Path, needed: u64, available: u64) -> PullError {
    PullError::NoSpace {
        path: path.to_owned(),
        needed,
        available,
    }
}

fn remove(path: &Path) -> Result<(), PullError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(PullError::io(path, source)),
        _ => Ok(()),
    }
}
