//! The models of this machine, as front ends ask for them by name.

use std::io;
use std::path::{Path, PathBuf};

use super::offer::{Offer, Pulling, offer};

use crate::model::catalog::Catalog;
pub use crate::model::recommended::Recommended;
use crate::model::recommended::recommended;
use crate::model::resolve::resolve;
use crate::model::store::FoundModel;
use crate::model::{StorePaths, installed};
use crate::words::common;

/// A model that can be loaded at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelChoice {
    /// Raw: sanitise when shown.
    pub name: String,
    /// Size and where it lies.
    pub detail: String,
    pub path: PathBuf,
}

/// Who knows which models there are.
pub trait Library: Send + Sync {
    /// Those that can be loaded at once.
    fn models(&self) -> Vec<ModelChoice>;

    /// The file of a name or path.
    ///
    /// # Errors
    /// A sentence that says what was looked for, and what to do.
    fn resolve(&self, name: &str) -> Result<PathBuf, String>;

    /// The sampler settings that the makers of the model in this file recommend.
    fn recommended(&self, path: &Path) -> Option<Recommended>;

    /// A model of the catalogue that is not here.
    fn offer(&self, name: &str) -> Option<Offer>;

    /// Begins to get it.
    ///
    /// # Errors
    /// No thread can be started.
    fn pull(&self, offer: &Offer) -> io::Result<Pulling>;
}

/// The models that limpid and other programs have on this machine.
#[derive(Debug, Clone)]
pub struct InstalledModels {
    paths: StorePaths,
    offline: bool,
}

impl InstalledModels {
    /// Those that are found from `paths`; looked up anew each time.
    #[must_use]
    pub fn new(paths: StorePaths) -> Self {
        Self {
            paths,
            offline: true,
        }
    }

    /// Whether others may be got from the network.
    #[must_use]
    pub fn offline(self, offline: bool) -> Self {
        Self { offline, ..self }
    }
}

impl Library for InstalledModels {
    fn models(&self) -> Vec<ModelChoice> {
        let found = installed(&self.paths).unwrap_or_else(|error| {
            tracing::warn!("{error}");
            Vec::new()
        });
        found.into_iter().map(choice).collect()
    }

    fn resolve(&self, name: &str) -> Result<PathBuf, String> {
        resolve(name, &self.paths).map_err(|error| {
            let sentences: Vec<_> = std::iter::once(error.to_string())
                .chain(error.hints())
                .collect();
            sentences.join(&common::PART_SEPARATOR)
        })
    }

    fn offer(&self, name: &str) -> Option<Offer> {
        let catalog = Catalog::load(self.paths.catalog.as_deref()).ok()?;
        catalog.find(name).map(|entry| offer(entry, self.offline))
    }

    fn pull(&self, offer: &Offer) -> io::Result<Pulling> {
        Pulling::start(&offer.name, self.paths.clone(), self.offline)
    }

    fn recommended(&self, path: &Path) -> Option<Recommended> {
        match Catalog::load(self.paths.catalog.as_deref()) {
            Ok(catalog) => recommended(path, &catalog),
            Err(error) => {
                tracing::warn!("{error}");
                None
            }
        }
    }
}

fn choice(model: FoundModel) -> ModelChoice {
    let megabytes = model.size as f64 / 1e6;
    ModelChoice {
        detail: format!("{megabytes:.0} MB · {}", model.origin),
        name: model.name,
        path: model.path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_found_by_its_name_and_an_unknown_one_says_what_to_do() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("tiny-model.gguf");
        std::fs::write(&path, b"GGUF").expect("it can be written");
        let library = InstalledModels::new(StorePaths {
            store: folder.path().to_owned(),
            fingerprints: None,
            catalog: None,
        });
        let models = library.models();
        assert!(models.iter().any(|model| model.path == path), "{models:?}");
        assert_eq!(library.resolve("tiny-model"), Ok(path));
        let reason = library.resolve("tiny-modle").expect_err("there is none");
        assert!(reason.contains("tiny-model"), "{reason}");
    }
}
