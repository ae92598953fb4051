//! A disk that fills up, fails and loses what was not synced.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use limpid::driver::history::disk::{Disk, Lock, LogFile, RealDisk};

/// The real disk with faults; clones share them.
#[derive(Clone, Default)]
pub struct FaultyDisk {
    shared: Arc<(Mutex<Faults>, Condvar)>,
}

#[derive(Default)]
struct Faults {
    /// Bytes that still fit; what is beyond is not taken.
    room: Option<usize>,
    sync_fails: bool,
    sync_waits: bool,
    /// How long each file is on the platter.
    synced: HashMap<PathBuf, u64>,
    /// The names that are on the platter.
    named: HashSet<PathBuf>,
}

impl FaultyDisk {
    fn lock(&self) -> MutexGuard<'_, Faults> {
        self.shared.0.lock().expect("no test panics in here")
    }

    /// Only so many more bytes fit.
    pub fn fill_up(&self, room: usize) {
        self.lock().room = Some(room);
    }

    pub fn make_room(&self) {
        self.lock().room = None;
    }

    pub fn fail_syncs(&self, fail: bool) {
        self.lock().sync_fails = fail;
    }

    /// Holds every sync until it is called with `false`.
    pub fn hold_syncs(&self, hold: bool) {
        self.lock().sync_waits = hold;
        self.shared.1.notify_all();
    }

    /// How much of a file is on the platter.
    pub fn synced(&self, path: &Path) -> u64 {
        self.lock().synced.get(path).copied().unwrap_or(0)
    }

    /// What was not synced is gone, and names that were not synced with it.
    pub fn lose_power(&self) {
        let faults = self.lock();
        for (path, &length) in &faults.synced {
            if !faults.named.contains(path) {
                let _ = fs::remove_file(path);
                continue;
            }
            let file = fs::OpenOptions::new()
                .write(true)
                .open(path)
                .expect("a named file is there");
            let size = file.metadata().expect("it has a size").len();
            file.set_len(size.min(length)).expect("it can be cut");
        }
    }
}

impl Disk for FaultyDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.create_folder(folder)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn LogFile>> {
        let file = RealDisk.create(path)?;
        self.lock().synced.insert(path.to_owned(), 0);
        Ok(self.wrap(path, file))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn LogFile>> {
        let file = RealDisk.open(path)?;
        let mut faults = self.lock();
        if !faults.synced.contains_key(path) {
            faults.synced.insert(path.to_owned(), file.size()?);
            faults.named.insert(path.to_owned());
        }
        drop(faults);
        Ok(self.wrap(path, file))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn LogFile>> {
        RealDisk.open_read_only(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)?;
        let mut faults = self.lock();
        if let Some(length) = faults.synced.remove(from) {
            faults.synced.insert(to.to_owned(), length);
        }
        faults.named.remove(from);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)?;
        self.lock().synced.remove(path);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut faults = self.lock();
        let names: Vec<_> = faults
            .synced
            .keys()
            .filter(|path| path.parent() == Some(folder))
            .cloned()
            .collect();
        faults.named.extend(names);
        Ok(())
    }
}

impl FaultyDisk {
    fn wrap(&self, path: &Path, file: Box<dyn LogFile>) -> Box<dyn LogFile> {
        Box::new(FaultyFile {
            path: path.to_owned(),
            file,
            disk: self.clone(),
        })
    }
}

struct FaultyFile {
    path: PathBuf,
    file: Box<dyn LogFile>,
    disk: FaultyDisk,
}

impl LogFile for FaultyFile {
    fn try_lock(&self) -> io::Result<Lock> {
        self.file.try_lock()
    }

    fn size(&self) -> io::Result<u64> {
        self.file.size()
    }

    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<usize> {
        self.file.read_at(at, bytes)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut faults = self.disk.lock();
        let taken = match &mut faults.room {
            Some(0) => return Err(io::ErrorKind::StorageFull.into()),
            Some(room) => {
                let taken = bytes.len().min(*room);
                *room -= taken;
                taken
            }
            None => bytes.len(),
        };
        drop(faults);
        self.file.append(&bytes[..taken])
    }

    fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.file.truncate(size)
    }

    fn sync(&mut self) -> io::Result<()> {
        let (_, changed) = &*self.disk.shared;
        let mut faults = changed
            .wait_while(self.disk.lock(), |faults| faults.sync_waits)
            .expect("no test panics in here");
        if faults.sync_fails {
            return Err(io::Error::other("the disk does not answer"));
        }
        // A file that was renamed while open is known under its new name.
        let size = self.file.size()?;
        let name = if faults.synced.contains_key(&self.path) {
            self.path.clone()
        } else {
            let name = self.path.file_name().unwrap_or_default().to_string_lossy();
            let born = name.trim_start_matches('.').trim_end_matches(".new");
            self.path.with_file_name(born)
        };
        faults.synced.insert(name, size);
        Ok(())
    }
}
