//! The few file operations that the history stands on, so that tests can make them fail.

use crate::words::driver as words;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// What came of asking for a file's lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// Held until the file is closed.
    Held,
    /// Another process holds it.
    Taken,
    /// This file system has no locks.
    Unsupported,
}

/// Where conversations are kept.
pub trait Disk: Send {
    /// Makes a folder and those above it, 0700 whatever the umask.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a file that must not exist yet, 0600 whatever the umask.
    fn create(&self, path: &Path) -> io::Result<Box<dyn LogFile>>;
    /// Opens a file for reading and appending.
    fn open(&self, path: &Path) -> io::Result<Box<dyn LogFile>>;
    /// Opens a file for reading alone.
    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn LogFile>>;
    /// Gives a file its name; the name is on disk after [`sync_folder`](Self::sync_folder).
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file's name away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that grows at its end.
pub trait LogFile: Send {
    /// Asks for the lock without waiting.
    fn try_lock(&self) -> io::Result<Lock>;
    /// Bytes in the file, whoever wrote them.
    fn size(&self) -> io::Result<u64>;
    /// Reads on from byte `at`; returns how many bytes came, 0 at the end.
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<usize>;
    /// One write at the end; returns how many bytes were taken, which may be fewer.
    fn append(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Cuts the file to `size` bytes.
    fn truncate(&mut self, size: u64) -> io::Result<()>;
    /// Waits until what was written is on disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// The machine's own file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        if !folder.is_dir() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        let mode = fs::metadata(folder)?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn LogFile>> {
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        Ok(Box::new(RealFile(file)))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn LogFile>> {
        let file = OpenOptions::new().read(true).append(true).open(path)?;
        // A file that came from a backup or a copy may be readable by others.
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
        Ok(Box::new(RealFile(file)))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn LogFile>> {
        Ok(Box::new(RealFile(File::open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }
}

struct RealFile(File);

impl LogFile for RealFile {
    fn try_lock(&self) -> io::Result<Lock> {
        match self.0.try_lock() {
            Ok(()) => Ok(Lock::Held),
            Err(TryLockError::WouldBlock) => Ok(Lock::Taken),
            Err(TryLockError::Error(error)) if lacks_locks(&error) => Ok(Lock::Unsupported),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn size(&self) -> io::Result<u64> {
        let metadata = self.0.metadata()?;
        // Writing to a file without a name would succeed, and be lost.
        if metadata.nlink() == 0 {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                words::DELETED_WHILE_OPEN.text(),
            ));
        }
        Ok(metadata.len())
    }

    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<usize> {
        FileExt::read_at(&self.0, bytes, at)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.0.set_len(size)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// Network file systems without a lock server answer ENOLCK; others do not know the call.
fn lacks_locks(error: &io::Error) -> bool {
    let nolck = rustix::io::Errno::NOLCK.raw_os_error();
    error.kind() == io::ErrorKind::Unsupported || error.raw_os_error() == Some(nolck)
}
