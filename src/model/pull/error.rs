//! Why a model could not be had.

use std::io;
use std::path::{Path, PathBuf};

use crate::words::model as words;

#[derive(Debug, thiserror::Error)]
pub enum PullError {
    #[error("{}", words::offline(.0))]
    Offline(String),
    #[error("{0}")]
    NotFound(String),
    #[error("{url}: {reason}")]
    Network { url: String, reason: String },
    #[error("{}", words::no_space(path.display(), needed, available))]
    NoSpace {
        path: PathBuf,
        needed: u64,
        available: u64,
    },
    #[error("{}", words::wrong_checksum(path.display(), found, wanted))]
    Checksum {
        path: PathBuf,
        found: String,
        wanted: String,
    },
    #[error("{}", words::another_file(path.display(), found, wanted))]
    Occupied {
        path: PathBuf,
        found: String,
        wanted: String,
    },
    #[error("{}", words::no_pip(.0))]
    NoPip(String),
    #[error("{}", words::pip_failed(package, reason))]
    Pip { package: String, reason: String },
    #[error("{}", words::NOWHERE_TO_GET)]
    NoSource,
    #[error("{}", words::PULL_STOPPED)]
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
