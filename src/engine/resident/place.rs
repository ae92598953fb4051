//! The socket of the resident engine: a private folder, a lock, nobody else's.
//!
//! The folder is 0700 and ours, the socket in it 0600. Whoever holds the lock is the resident
//! engine; a number in a file could be that of another process by now, a lock ends with its
//! holder.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use crate::words::engine as words;

/// The names in the folder.
const SOCKET: &str = "engine.sock";
const LOCK: &str = "engine.lock";

/// Why the resident engine's place cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    #[error("{}", words::not_private(path.display(), found))]
    NotPrivate { path: PathBuf, found: String },
    #[error("{}", words::resident_runs(path.display()))]
    Taken { path: PathBuf },
    #[error("{}", words::cannot_use(path.display(), source))]
    Io { path: PathBuf, source: io::Error },
}

/// Where the resident engine is found, whether or not one runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
}

impl Place {
    /// The place in this folder; nothing is made or looked at.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.folder.join(SOCKET)
    }

    /// Whether there is a socket, of a live engine or a dead one.
    #[must_use]
    pub fn has_socket(&self) -> bool {
        fs::symlink_metadata(self.socket()).is_ok()
    }

    /// A connection to whoever listens there, who is this user. `None`: nobody listens.
    ///
    /// # Errors
    /// The folder is not private, or the listener is not ours.
    pub fn connect(&self) -> Result<Option<UnixStream>, PlaceError> {
        if !self.has_socket() {
            return Ok(None);
        }
        self.check()?;
        let path = self.socket();
        match UnixStream::connect(&path) {
            Ok(stream) if is_ours(&stream) => Ok(Some(stream)),
            Ok(_) => Err(PlaceError::NotPrivate {
                path,
                found: words::OTHER_USER_LISTENS.into(),
            }),
            // What a dead engine left behind, or one that went this very moment.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound
                ) =>
            {
                Ok(None)
            }
            Err(source) => Err(PlaceError::Io { path, source }),
        }
    }

    /// Takes the place, as the one resident engine. The folder must exist.
    ///
    /// # Errors
    /// [`PlaceError::Taken`] while another one has it; the folder is not private, or cannot be
    /// written.
    pub fn take(&self) -> Result<Taken, PlaceError> {
        self.check()?;
        let lock = self.lock()?;
        let path = self.socket();
        let io = |source| PlaceError::Io {
            path: path.clone(),
            source,
        };
        // Under the lock, a socket that is there belongs to a dead one.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        let listener = UnixListener::bind(&path).map_err(io)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600)).map_err(io)?;
        Ok(Taken {
            listener,
            path,
            _lock: lock,
        })
    }

    /// Whether nobody holds the place.
    ///
    /// # Errors
    /// The lock's file cannot be opened.
    pub fn is_free(&self) -> Result<bool, PlaceError> {
        if !self.folder.join(LOCK).exists() {
            return Ok(true);
        }
        match self.lock() {
            Ok(_lock) => Ok(true),
            Err(PlaceError::Taken { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn lock(&self) -> Result<File, PlaceError> {
        let path = self.folder.join(LOCK);
        let io = |source| PlaceError::Io {
            path: path.clone(),
            source,
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(io)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(PlaceError::Taken {
                path: self.socket(),
            }),
            Err(TryLockError::Error(source)) => Err(io(source)),
        }
    }

    /// The folder is this user's, and nobody else's.
    fn check(&self) -> Result<(), PlaceError> {
        let path = self.folder.clone();
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(source) => return Err(PlaceError::Io { path, source }),
        };
        let found = if !metadata.is_dir() {
            words::NO_FOLDER.into()
        } else if metadata.uid() != our_uid() {
            words::belongs_to(metadata.uid())
        } else if metadata.mode() & 0o077 != 0 {
            words::has_mode(format_args!("{:o}", metadata.mode() & 0o777))
        } else {
            return Ok(());
        };
        Err(PlaceError::NotPrivate { path, found })
    }
}

/// The place as the resident engine holds it. Dropping it removes the socket.
#[derive(Debug)]
pub struct Taken {
    listener: UnixListener,
    path: PathBuf,
    _lock: File,
}

impl Taken {
    /// Where clients come.
    #[must_use]
    pub fn listener(&self) -> &UnixListener {
        &self.listener
    }

    /// The socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.path
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "the socket of the resident engine stays behind");
        }
    }
}

fn our_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Whether the process at the other end is this user's. The folder's mode says so already; the
/// kernel says it again, where it can.
#[must_use]
pub fn is_ours(stream: &UnixStream) -> bool {
    #[cfg(target_os = "linux")]
    {
        rustix::net::sockopt::socket_peercred(stream)
            .is_ok_and(|peer| peer.uid.as_raw() == our_uid())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = stream;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, Place) {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
        let place = Place::new(folder.path().to_owned());
        (folder, place)
    }

    #[test]
    fn one_takes_the_place_and_a_second_is_told_until_it_is_free_again() {
        let (_folder, place) = place();
        assert!(place.is_free().unwrap());
        let taken = place.take().unwrap();
        let mode = fs::metadata(place.socket()).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o600);
        assert!(matches!(place.take(), Err(PlaceError::Taken { .. })));
        assert!(!place.is_free().unwrap());
        assert!(place.connect().unwrap().is_some());
        drop(taken);
        assert!(!place.has_socket());
        assert!(place.is_free().unwrap());
        assert!(place.connect().unwrap().is_none());
    }

    #[test]
    fn a_socket_that_a_dead_one_left_is_nobody_and_is_replaced() {
        let (_folder, place) = place();
        drop(UnixListener::bind(place.socket()).unwrap());
        assert!(place.has_socket());
        assert!(place.connect().unwrap().is_none());
        let _taken = place.take().unwrap();
        assert!(place.connect().unwrap().is_some());
    }

    #[test]
    fn a_folder_that_others_can_enter_is_refused_and_named() {
        let (folder, place) = place();
        let _taken = place.take().unwrap();
        for mode in [0o755, 0o710, 0o701] {
            fs::set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
            let error = place.connect().unwrap_err().to_string();
            assert!(error.contains(&format!("{mode:o}")), "{error}");
            assert!(
                error.contains(&folder.path().display().to_string()),
                "{error}"
            );
        }
    }

    #[test]
    fn a_link_in_place_of_the_folder_is_refused() {
        let (folder, _place) = place();
        let link = folder.path().join("link");
        let real = folder.path().join("real");
        fs::create_dir(&real).unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o700)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(Place::new(real).take().is_ok());
        assert!(matches!(
            Place::new(link).take(),
            Err(PlaceError::NotPrivate { .. })
        ));
    }
}
