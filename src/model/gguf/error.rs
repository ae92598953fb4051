//! What can be wrong with a model file.

use std::io;
use std::path::{Path, PathBuf};

/// A file that is no GGUF that can be used.
#[derive(Debug, thiserror::Error)]
pub enum GgufError {
    #[error("{} does not exist", .0.display())]
    NotFound(PathBuf),
    #[error("{} is a directory; name the .gguf file in it", .0.display())]
    IsDirectory(PathBuf),
    #[error("{} may not be read by you; check its permissions", .0.display())]
    Permission(PathBuf),
    #[error("{} is empty; get it again", .0.display())]
    Empty(PathBuf),
    #[error("{} is no GGUF file: it begins with {found}", path.display())]
    NotGguf { path: PathBuf, found: String },
    #[error("{} is GGUF version {version}; versions 2 and 3 can be read", path.display())]
    UnsupportedVersion { path: PathBuf, version: u32 },
    #[error("{} is a big-endian GGUF file; convert it for this machine", .0.display())]
    BigEndian(PathBuf),
    #[error(
        "{} is cut off: {what} needs {needed} bytes and the file has {have}; get it again",
        path.display()
    )]
    Truncated {
        path: PathBuf,
        what: String,
        /// Bytes from the file's beginning.
        needed: u64,
        have: u64,
    },
    #[error("{} is damaged: {reason}", path.display())]
    Malformed { path: PathBuf, reason: String },
    #[error("cannot read {}: {source}", path.display())]
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
