//! The folder limpid keeps models in.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};

use crate::words::model as words;

/// How deep a store's folders go: `org/repo/file.gguf`.
const DEPTH: u32 = 4;

/// Where models are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorePaths {
    /// Where limpid keeps its own; it need not exist yet.
    pub store: PathBuf,
    /// Where the fingerprints are remembered; `None` remembers nothing.
    pub fingerprints: Option<PathBuf>,
    /// A catalogue of the user's.
    pub catalog: Option<PathBuf>,
}

/// A model file and the name it can be asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundModel {
    pub name: String,
    pub path: PathBuf,
    pub origin: Origin,
    /// Bytes.
    pub size: u64,
}

/// Whose folder a model lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Store,
    HuggingFace,
    LmStudio,
    Ollama,
}

impl Origin {
    fn name(self) -> &'static str {
        match self {
            Self::Store => "limpid",
            Self::HuggingFace => "Hugging Face cache",
            Self::LmStudio => "LM Studio",
            Self::Ollama => "ollama",
        }
    }
}

/// For people, in their language.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HuggingFace => words::HUGGING_FACE_CACHE.text(),
            other => other.name(),
        })
    }
}

/// For programs: the same in every language.
impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The models in limpid's own folder, by name. A folder that does not exist has none.
pub fn list(store: &Path) -> io::Result<Vec<FoundModel>> {
    let mut found = Vec::new();
    for path in gguf_files(store, DEPTH)? {
        let Ok(inside) = path.strip_prefix(store) else {
            continue;
        };
        found.push(FoundModel {
            name: inside.with_extension("").to_string_lossy().into_owned(),
            size: fs::metadata(&path).map(|it| it.len()).unwrap_or_default(),
            origin: Origin::Store,
            path,
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// All `.gguf` files below `folder`, at most `depth` folders deep. A folder that does not
/// exist has none.
pub(super) fn gguf_files(folder: &Path, depth: u32) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        // Links are followed, since the Hugging Face cache is made of them; depth bounds loops.
        if path.is_dir() {
            if depth > 1 {
                files.extend(gguf_files(&path, depth - 1)?);
            }
        } else if path
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("gguf"))
        {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_read_an_origin_by_its_name() {
        let all = [
            Origin::Store,
            Origin::HuggingFace,
            Origin::LmStudio,
            Origin::Ollama,
        ];
        assert_eq!(
            serde_json::to_string(&all).unwrap(),
            r#"["limpid","Hugging Face cache","LM Studio","ollama"]"#
        );
    }
}
