//! What can be wrong with a model file.

use std::io;
use std::path::{Path, PathBuf};

use crate::words::{Said, model as words};

/// A file that is no GGUF that can be used.
#[derive(Debug, thiserror::Error)]
pub enum GgufError {
    #[error("{}", self.with_path(.0))]
    NotFound(PathBuf),
    #[error("{}", self.with_path(.0))]
    IsDirectory(PathBuf),
    #[error("{}", self.with_path(.0))]
    Permission(PathBuf),
    #[error("{}", self.with_path(.0))]
    Empty(PathBuf),
    #[error("{}", self.with_path(path))]
    NotGguf { path: PathBuf, found: Said },
    #[error("{}", self.with_path(path))]
    UnsupportedVersion { path: PathBuf, version: u32 },
    #[error("{}", self.with_path(.0))]
    BigEndian(PathBuf),
    #[error("{}", self.with_path(path))]
    Truncated {
        path: PathBuf,
        what: Said,
        /// Bytes from the file's beginning.
        needed: u64,
        have: u64,
    },
    #[error("{}", self.with_path(path))]
    Malformed { path: PathBuf, reason: Said },
    #[error("{}", words::cannot_read(path.display(), source))]
    Io { path: PathBuf, source: io::Error },
}

impl GgufError {
    /// The sentence for a reader who was told the path already.
    #[must_use]
    pub fn without_path(&self) -> String {
        match self {
            Self::Io { .. } => self.to_string(),
            _ => words::without_path(self.what()),
        }
    }

    fn with_path(&self, path: &Path) -> String {
        words::with_path(path.display(), self.what())
    }

    /// What is said of the file.
    fn what(&self) -> String {
        match self {
            Self::NotFound(_) => words::NOT_THERE.into(),
            Self::IsDirectory(_) => words::A_DIRECTORY.into(),
            Self::Permission(_) => words::NOT_PERMITTED.into(),
            Self::Empty(_) => words::EMPTY.into(),
            Self::NotGguf { found, .. } => words::no_gguf(found),
            Self::UnsupportedVersion { version, .. } => words::other_version(version),
            Self::BigEndian(_) => words::BIG_ENDIAN.into(),
            Self::Truncated {
                what, needed, have, ..
            } => words::cut_off(what, needed, have),
            Self::Malformed { reason, .. } => words::damaged(reason),
            Self::Io { source, .. } => source.to_string(),
        }
    }

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
    NotGguf { found: Said },
    UnsupportedVersion(u32),
    BigEndian,
    Truncated { what: Said, needed: u64, have: u64 },
    Malformed(Said),
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
