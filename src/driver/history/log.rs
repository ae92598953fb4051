//! One conversation's file while it is open for writing.
//!
//! Bytes are in one of three places: on disk (`durable`), written but not synced, or still to be
//! written. The last two stay in `tail` until a sync has confirmed them, so that a failed write
//! or sync loses nothing that memory still holds.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::disk::{Disk, Lock, LogFile};
use super::lines::StoredLines;
use super::scan::{Scan, scan_file};
use crate::chat::record::{self, Record};
use crate::chat::{ConversationId, RecordBody, TraceFile};
use crate::words::driver as words;

/// How long a lock may be held by something other than another limpid.
const LOCK_PATIENCE: Duration = Duration::from_millis(200);

/// Why an append or a sync did not work.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("{}", words::at_path(path.display(), source))]
    Io { path: PathBuf, source: io::Error },
    #[error("{}", words::partly_written(path.display(), written, wanted))]
    Short {
        path: PathBuf,
        written: usize,
        wanted: usize,
    },
    #[error("{}", words::written_by_other(path.display()))]
    Foreign { path: PathBuf },
    #[error("{0}")]
    Unavailable(String),
}

/// A conversation's file, or the wish for one: it is made with its first records.
pub struct Log {
    path: PathBuf,
    file: Option<Box<dyn LogFile>>,
    durable: u64,
    written: usize,
    tail: Vec<u8>,
    next_sequence: u64,
    /// A failed append left bytes that must go before the next.
    dirty: bool,
    /// When the oldest byte that is not synced came.
    unsynced_since: Option<Instant>,
}

/// What opening a file for writing can give.
pub enum Opened {
    /// It can be appended to.
    Writable { log: Log, scan: Scan, locked: bool },
    /// It can be read alone; why.
    ReadOnly { scan: Scan, reason: String },
}

impl Log {
    /// A conversation that has no file yet.
    pub fn to_be_created(path: PathBuf) -> Self {
        Self {
            path,
            file: None,
            durable: 0,
            written: 0,
            tail: Vec::new(),
            next_sequence: 1,
            dirty: false,
            unsynced_since: None,
        }
    }

    /// Opens a file, repairs its tail and takes its lock; where it cannot be written, reads it.
    pub fn open(disk: &dyn Disk, path: &Path, id: &ConversationId) -> Result<Opened, LogError> {
        let fail = |source| LogError::Io {
            path: path.to_owned(),
            source,
        };
        let file = match disk.open(path) {
            Ok(file) => file,
            Err(error) if is_denied(&error) => {
                let file = disk.open_read_only(path).map_err(fail)?;
                let scan = scan_file(file.as_ref(), id, traces(disk, path)).map_err(fail)?;
                let reason = words::not_writable(error);
                return Ok(Opened::ReadOnly { scan, reason });
            }
            Err(error) => return Err(fail(error)),
        };
        let lock = patient_lock(file.as_ref()).map_err(fail)?;
        let scan = scan_file(file.as_ref(), id, traces(disk, path)).map_err(fail)?;
        if lock == Lock::Taken {
            let reason = words::OPEN_ELSEWHERE.into();
            return Ok(Opened::ReadOnly { scan, reason });
        }
        if let Some(version) = scan.newer {
            let reason = words::newer(version);
            return Ok(Opened::ReadOnly { scan, reason });
        }
        let mut log = Self {
            path: path.to_owned(),
            file: Some(file),
            durable: scan.sound_len,
            next_sequence: scan.next_sequence,
            dirty: scan.torn > 0,
            ..Self::to_be_created(path.to_owned())
        };
        if scan.lacks_newline {
            log.queue(b"\n");
        }
        log.sync(disk)?;
        Ok(Opened::Writable {
            log,
            scan,
            locked: lock == Lock::Held,
        })
    }

    /// Takes records over; [`write`](Self::write) brings them to the file.
    pub fn push(&mut self, bodies: Vec<RecordBody>) {
        for body in bodies {
            let sequence = self.next_sequence;
            self.next_sequence += 1;
            self.queue(record::encode(&Record { sequence, body }).as_bytes());
            self.queue(b"\n");
        }
    }

    fn queue(&mut self, bytes: &[u8]) {
        self.tail.extend_from_slice(bytes);
        self.unsynced_since.get_or_insert_with(Instant::now);
    }

    /// When the oldest byte that is not on disk came.
    pub fn unsynced_since(&self) -> Option<Instant> {
        self.unsynced_since
    }

    /// Bytes that are not on disk.
    pub fn unsynced_len(&self) -> usize {
        self.tail.len()
    }

    /// Brings what is queued to the file, in one write. A new file is on disk when this
    /// returns.
    ///
    /// # Errors
    /// Nothing of the queue is lost: the next call tries again.
    pub fn write(&mut self, disk: &dyn Disk) -> Result<(), LogError> {
        if self.tail.is_empty() && !self.dirty {
            return Ok(());
        }
        let Some(file) = self.file.as_mut() else {
            return self.create(disk);
        };
        let sound = self.durable + self.written as u64;
        let fail = |source| LogError::Io {
            path: self.path.clone(),
            source,
        };
        if self.dirty {
            file.truncate(sound).map_err(fail)?;
            self.dirty = false;
        }
        if file.size().map_err(fail)? != sound {
            return Err(LogError::Foreign {
                path: self.path.clone(),
            });
        }
        let queued = &self.tail[self.written..];
        if queued.is_empty() {
            return Ok(());
        }
        let outcome = append(file.as_mut(), queued);
        if !matches!(outcome, Ok(taken) if taken == queued.len()) {
            // Back to the last whole record; if even that fails, before the next append.
            self.dirty = file.truncate(sound).is_err();
        }
        let taken = outcome.map_err(fail)?;
        if taken < queued.len() {
            return Err(LogError::Short {
                path: self.path.clone(),
                written: taken,
                wanted: queued.len(),
            });
        }
        self.written = self.tail.len();
        Ok(())
    }

    /// Brings what is queued to the file and waits until it is on disk.
    ///
    /// # Errors
    /// What was written since the last good sync may be gone, whatever the system says next
    /// time: it is cut off, and the next call writes it again.
    pub fn sync(&mut self, disk: &dyn Disk) -> Result<(), LogError> {
        let was_dirty = self.dirty;
        self.write(disk)?;
        if self.tail.is_empty() && !was_dirty {
            return Ok(());
        }
        let Some(file) = self.file.as_mut() else {
            return Ok(());
        };
        if let Err(source) = file.sync() {
            self.written = 0;
            self.dirty = true;
            return Err(LogError::Io {
                path: self.path.clone(),
                source,
            });
        }
        self.durable += self.written as u64;
        self.tail.drain(..self.written);
        self.written = 0;
        self.unsynced_since = None;
        Ok(())
    }

    /// Writes the first records under a temporary name, so that no empty or half file is ever a
    /// conversation.
    fn create(&mut self, disk: &dyn Disk) -> Result<(), LogError> {
        let fail = |source| LogError::Io {
            path: self.path.clone(),
            source,
        };
        let folder = self.path.parent().unwrap_or(Path::new("."));
        disk.create_folder(folder).map_err(fail)?;
        let unborn = unborn_name(&self.path);
        let mut file = match disk.create(&unborn) {
            // Left by a process that died here with the same id, which is this one.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                disk.remove(&unborn).map_err(fail)?;
                disk.create(&unborn).map_err(fail)?
            }
            other => other.map_err(fail)?,
        };
        let born = (|| {
            file.try_lock()?;
            let taken = append(file.as_mut(), &self.tail)?;
            if taken < self.tail.len() {
                return Ok(Some(taken));
            }
            file.sync()?;
            disk.rename(&unborn, &self.path)?;
            disk.sync_folder(folder)?;
            Ok(None)
        })();
        match born {
            Ok(None) => {}
            Ok(Some(written)) => {
                disk.remove(&unborn).map_err(fail)?;
                return Err(LogError::Short {
                    path: self.path.clone(),
                    written,
                    wanted: self.tail.len(),
                });
            }
            Err(source) => {
                // Whichever name it has by now; the other is not there.
                for name in [unborn.as_path(), &self.path] {
                    if let Err(error) = disk.remove(name)
                        && error.kind() != io::ErrorKind::NotFound
                    {
                        tracing::warn!("{}: {error}", name.display());
                    }
                }
                return Err(fail(source));
            }
        }
        self.file = Some(file);
        self.durable = self.tail.len() as u64;
        self.tail.clear();
        self.unsynced_since = None;
        Ok(())
    }
}

/// The odds of a file's tokens, for whoever looks at them later.
fn traces(disk: &dyn Disk, path: &Path) -> Option<Arc<TraceFile>> {
    match disk.open_read_only(path) {
        Ok(file) => Some(Arc::new(TraceFile::new(Box::new(StoredLines {
            path: path.to_owned(),
            file: Mutex::new(file),
        })))),
        // They are kept in memory instead.
        Err(error) => {
            tracing::warn!("{}: {error}", path.display());
            None
        }
    }
}

/// The name of a file whose first records are not on disk yet.
pub(super) fn unborn_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.new"))
}

/// A child that is just being started holds our descriptors, and so the lock of a file that was
/// closed, until it has become another program.
pub(super) fn patient_lock(file: &dyn LogFile) -> io::Result<Lock> {
    let deadline = Instant::now() + LOCK_PATIENCE;
    loop {
        let lock = file.try_lock()?;
        if lock != Lock::Taken || Instant::now() >= deadline {
            return Ok(lock);
        }
        thread::sleep(LOCK_PATIENCE / 10);
    }
}

fn append(file: &mut dyn LogFile, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match file.append(bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn is_denied(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}
