//! From what a user calls a model to its file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::catalog::{Catalog, CatalogError};
use super::discover::discover;
use super::store::{self, FoundModel, StorePaths};
use crate::words::{common, model as words};

/// How like a name must be to be offered, 0..=1 (Jaro-Winkler).
const LIKENESS: f64 = 0.75;

/// Why a model was not found.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    #[error("{}", words::does_not_exist(.0.display()))]
    NoSuchFile(PathBuf),
    #[error("{}", words::no_file(.0.display()))]
    NoFile(PathBuf),
    #[error("{}", words::is_directory(.0.display()))]
    Directory(PathBuf),
    /// It is known, but not on this machine.
    #[error("{}", words::not_pulled(.0))]
    NotPulled(String),
    #[error("{}", words::unknown_model(spec))]
    Unknown {
        spec: String,
        /// The most like it first.
        nearest: Vec<String>,
    },
    #[error(
        "{}",
        words::ambiguous_model(spec, found.len(), found.join(&common::LIST_SEPARATOR))
    )]
    Ambiguous { spec: String, found: Vec<String> },
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error("{}", words::cannot_look_into(path.display(), source))]
    Unreadable { path: PathBuf, source: io::Error },
}

impl ResolveError {
    /// What the user can do about it, a sentence each.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::NotPulled(name) => vec![words::pull_gets_it(name)],
            Self::Unknown { spec, nearest } => {
                let mut hints = Vec::new();
                if let Some(nearest) = nearest.first() {
                    hints.push(words::did_you_mean(nearest));
                }
                if spec.split('/').count() == 2 {
                    hints.push(words::pull_gets_it_from_hub(spec));
                }
                hints.push(words::LIST_SHOWS.into());
                hints
            }
            Self::NoSuchFile(_) | Self::Ambiguous { .. } => {
                vec![words::LIST_SHOWS.into()]
            }
            Self::NoFile(_) | Self::Directory(_) | Self::Catalog(_) | Self::Unreadable { .. } => {
                Vec::new()
            }
        }
    }
}

/// All models on this machine: limpid's own first.
pub fn installed(paths: &StorePaths) -> Result<Vec<FoundModel>, ResolveError> {
    let own = store::list(&paths.store).map_err(|source| ResolveError::Unreadable {
        path: paths.store.clone(),
        source,
    })?;
    Ok(own.into_iter().chain(discover()).collect())
}

/// Finds the file of `spec`: a path, a name of the catalogue, of limpid's own folder or of
/// another program's, or `org/repo[:quant]`.
pub fn resolve(spec: &str, paths: &StorePaths) -> Result<PathBuf, ResolveError> {
    let path = expand_home(spec);
    match fs::metadata(&path) {
        Ok(it) if it.is_file() => return Ok(path),
        // A folder may have the name of a model.
        _ if !looks_like_path(spec) => {}
        Ok(it) if it.is_dir() => return Err(ResolveError::Directory(path)),
        Ok(_) => return Err(ResolveError::NoFile(path)),
        Err(source) if source.kind() == io::ErrorKind::PermissionDenied => {
            return Err(ResolveError::Unreadable { path, source });
        }
        Err(_) => return Err(ResolveError::NoSuchFile(path)),
    }
    let catalog = Catalog::load(paths.catalog.as_deref())?;
    if let Some(entry) = catalog.find(spec) {
        let path = paths.store.join(&entry.file);
        if path.is_file() {
            return Ok(path);
        }
        let elsewhere = installed(paths)?.into_iter().find(|it| {
            it.path
                .file_name()
                .is_some_and(|name| name == entry.file.as_str())
                && it.size == entry.size
        });
        return elsewhere
            .map(|it| it.path)
            .ok_or_else(|| ResolveError::NotPulled(entry.name.clone()));
    }
    let installed = installed(paths)?;
    let matching: Vec<&FoundModel> = installed.iter().filter(|it| answers_to(it, spec)).collect();
    match matching.as_slice() {
        [one] => return Ok(one.path.clone()),
        [] => {}
        [first, rest @ ..] => {
            // The same file in two programs' folders is no choice to bother anyone with.
            if rest.iter().all(|it| it.size == first.size) {
                return Ok(first.path.clone());
            }
            return Err(ResolveError::Ambiguous {
                spec: spec.to_owned(),
                found: matching.iter().map(|it| it.name.clone()).collect(),
            });
        }
    }
    if path.is_dir() {
        return Err(ResolveError::Directory(path));
    }
    let names = catalog.entries().map(|it| it.name.clone());
    let names = names.chain(installed.into_iter().map(|it| it.name));
    Err(ResolveError::Unknown {
        spec: spec.to_owned(),
        nearest: nearest(spec, names),
    })
}

/// Whether a model is meant by `spec`: its whole name, its file's name, or `org/repo[:quant]`.
fn answers_to(model: &FoundModel, spec: &str) -> bool {
    let name = model.name.to_lowercase();
    let spec = spec.to_lowercase();
    let spec = spec.strip_suffix(".gguf").unwrap_or(&spec);
    if name == spec || name.rsplit('/').next() == Some(spec) {
        return true;
    }
    // ollama's default tag.
    if name == format!("{spec}:latest") {
        return true;
    }
    let (repo, quant) = spec.split_once(':').unwrap_or((spec, ""));
    name.strip_prefix(repo)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|file| repo.contains('/') && file.contains(quant))
}

fn looks_like_path(spec: &str) -> bool {
    spec.starts_with(['/', '.', '~'])
        || Path::new(spec)
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("gguf"))
}

fn expand_home(spec: &str) -> PathBuf {
    match (spec.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(spec),
    }
}

/// The names most like `spec`, at most three.
fn nearest(spec: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let spec = spec.to_lowercase();
    let mut near: Vec<(f64, String)> = names
        .map(|name| (strsim::jaro_winkler(&spec, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::super::store::Origin;
    use super::*;

    fn paths(store: &Path) -> StorePaths {
        StorePaths {
            store: store.to_owned(),
            fingerprints: None,
            catalog: None,
        }
    }

    #[test]
    fn names_paths_and_repositories_find_their_file() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let store = folder.path().join("store");
        let file = store.join("org/repo-GGUF/repo-Q4_K_M.gguf");
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("made");
        std::fs::write(&file, "x").expect("written");
        let paths = paths(&store);
        for spec in [
            file.to_str().expect("text"),
            "repo-Q4_K_M",
            "REPO-q4_k_m",
            "org/repo-GGUF",
            "org/repo-GGUF:q4_k_m",
            "org/repo-GGUF/repo-Q4_K_M",
        ] {
            assert_eq!(resolve(spec, &paths).expect(spec), file, "{spec}");
        }
        assert!(matches!(
            resolve("org/repo-GGUF:q8_0", &paths),
            Err(ResolveError::Unknown { .. })
        ));
    }

    #[test]
    fn what_is_missing_is_told_apart() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let paths = paths(&folder.path().join("none"));
        let fail = |spec: &str| resolve(spec, &paths).expect_err(spec);
        assert!(matches!(fail("./absent.gguf"), ResolveError::NoSuchFile(_)));
        assert!(matches!(fail("/"), ResolveError::Directory(_)));
        assert!(matches!(fail("/dev/null"), ResolveError::NoFile(_)));
        let unknown = fail("smolm2-135m");
        assert!(
            unknown.hints()[0].contains("smollm2-135m"),
            "{:?}",
            unknown.hints()
        );
        assert!(matches!(fail("smollm2-135m"), ResolveError::NotPulled(_)));
        assert!(
            fail("org/repo")
                .hints()
                .iter()
                .any(|it| it.contains("pull org/repo"))
        );
    }

    #[test]
    fn two_different_files_of_one_name_are_a_question() {
        let model = |name: &str| FoundModel {
            name: name.into(),
            path: name.into(),
            origin: Origin::Store,
            size: 1,
        };
        assert!(answers_to(&model("a/thing"), "thing"));
        assert!(answers_to(&model("b/thing"), "Thing.gguf"));
        assert!(answers_to(&model("qwen:latest"), "qwen"));
        assert!(!answers_to(&model("qwen:latest"), "qwe"));
    }
}
