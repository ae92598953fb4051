//! What can be wrong with a model file.

use std::io;
use std::path::{Path, PathBuf};

use crate::words::model as words;

/// A file that is no GGUF that can be used.
#[derive(Debug, thiserror::Error)]
pub enum GgufError {
    #[error("{}", words::does_not_exist(.0.display()))]
    NotFound(PathBuf),
    #[error("{}", words::is_directory(.0.display()))]
    IsDirectory(PathBuf),
    #[error("{}", words::not_permitted(.0.display()))]
    Permission(PathBuf),
    #[error("{}", words::is_empty(.0.display()))]
    Empty(PathBuf),
    #[error("{}", words::no_gguf(path.display(), found))]
    NotGguf { path: PathBuf, found: String },
    #[error("{}", words::other_version(path.display(), version))]
    UnsupportedVersion { path: PathBuf, version: u32 },
    #[error("{}", words::big_endian(.0.display()))]
    BigEndian(PathBuf),
    #[error("{}", words::cut_off(path.display(), what, needed, have))]
    Truncated {
        path: PathBuf,
        what: String,
        /// Bytes from the file's beginning.
        needed: u64,
        have: u64,
    },
    #[error("{}", words::damaged(path.display(), reason))]
    Malformed { path: PathBuf, reason: String },
    #[error("{}", words::cannot_read(path.display(), source))]
    Io { path: PathBuf, source: io::Error },
}

impl GgufError {
    pub(super) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path),
            io::ErrorKind::PermissionDenied => Self::Permission(path),
            _ => Self::Io { path, source },
        }
    }
}

/// An error that does not know its file yet.
#[derive(Debug)]
pub(super) enum Problem {
    NotGguf {
        found: String,
    },
    UnsupportedVersion(u32),
    BigEndian,
    Truncated {
        what: String,
        needed: u64,
        have: u64,
    },
    Malformed(String),
    Io(io::Error),
}

impl Problem {
    pub fn at(self, path: &Path) -> GgufError {
        let file = path.to_owned();
        match self {
            Self::NotGguf { found } => GgufError::NotGguf { path: file, found },
            Self::UnsupportedVersion(version) => GgufError::UnsupportedVersion {
                path: file,
                version,
            },
            Self::BigEndian => GgufError::BigEndian(file),
            Self::Truncated { what, needed, have } => GgufError::Truncated {
                path: file,
                what,
                needed,
                have,
            },
            Self::Malformed(reason) => GgufError::Malformed { path: file, reason },
            Self::Io(source) => GgufError::from_io(path, source),
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
