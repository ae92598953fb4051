//! Models that other programs have on this machine, used where they lie.
//!
//! A folder that is missing or may not be read has no models: it is another program's.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::store::{FoundModel, Origin, gguf_files};

/// The media type of the layer that holds the GGUF, in ollama's manifests.
const OLLAMA_MODEL: &str = "application/vnd.ollama.image.model";

/// Longest manifest that is read, bytes; real ones have less than 2 KB.
const MANIFEST_LIMIT: u64 = 1 << 20;

/// How the environment is asked; a function, so that tests need not change the real one.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Every model of the Hugging Face cache, LM Studio and ollama.
#[must_use]
pub fn discover() -> Vec<FoundModel> {
    discover_with(&|name| env::var_os(name))
}

/// As [`discover`], with another environment.
#[must_use]
pub fn discover_with(env: Env<'_>) -> Vec<FoundModel> {
    let path = |name: &str| env(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let home = path("HOME");
    let below = |inside: &str| home.as_ref().map(|home| home.join(inside));
    let cache = path("XDG_CACHE_HOME").or_else(|| below(".cache"));
    let mut found = Vec::new();

    let hub = path("HF_HUB_CACHE")
        .or_else(|| path("HF_HOME").map(|it| it.join("hub")))
        .or_else(|| cache.as_ref().map(|it| it.join("huggingface/hub")));
    found.extend(hub.iter().flat_map(|hub| hugging_face(hub)));

    let studio = [
        below(".lmstudio/models"),
        cache.map(|it| it.join("lm-studio/models")),
    ];
    found.extend(studio.iter().flatten().flat_map(|folder| lm_studio(folder)));

    let ollama = match path("OLLAMA_MODELS") {
        Some(folder) => vec![folder],
        None => below(".ollama/models")
            .into_iter()
            .chain(
                ["/usr/share/ollama/.ollama/models", "/var/lib/ollama/models"].map(PathBuf::from),
            )
            .collect(),
    };
    found.extend(ollama.iter().flat_map(|folder| ollama_models(folder)));
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found.dedup_by(|a, b| a.path == b.path);
    found
}

fn model(name: String, path: PathBuf, origin: Origin) -> Option<FoundModel> {
    let size = fs::metadata(&path).ok()?.len();
    Some(FoundModel {
        name,
        path,
        origin,
        size,
    })
}

/// `models--org--repo/snapshots/REVISION/file.gguf`; the name is `org/repo/file`.
fn hugging_face(hub: &Path) -> Vec<FoundModel> {
    let mut found = Vec::new();
    for entry in fs::read_dir(hub).into_iter().flatten().flatten() {
        let folder = entry.file_name().to_string_lossy().into_owned();
        let Some(repo) = folder.strip_prefix("models--") else {
            continue;
        };
        let repo = repo.replace("--", "/");
        let snapshots = entry.path().join("snapshots");
        for path in gguf_files(&snapshots, 4).unwrap_or_default() {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            found.extend(model(format!("{repo}/{stem}"), path, Origin::HuggingFace));
        }
    }
    found
}

/// `publisher/repo/file.gguf`.
fn lm_studio(folder: &Path) -> Vec<FoundModel> {
    let files = gguf_files(folder, 4).unwrap_or_default();
    files
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(folder).ok()?.with_extension("");
            let name = inside.to_string_lossy().into_owned();
            model(name, path, Origin::LmStudio)
        })
        .collect()
}

/// `manifests/HOST/NAMESPACE/MODEL/TAG` names a blob in `blobs/`.
fn ollama_models(folder: &Path) -> Vec<FoundModel> {
    #[derive(Deserialize)]
    struct Manifest {
        layers: Vec<Layer>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Layer {
        media_type: String,
        digest: String,
    }
    fn walk(folder: &Path, depth: u32, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if depth == 0 {
                files.push(path);
            } else if path.is_dir() {
                walk(&path, depth - 1, files);
            }
        }
    }
    let manifests = folder.join("manifests");
    let mut files = Vec::new();
    walk(&manifests, 3, &mut files);
    let mut found = Vec::new();
    for file in files {
        let small = fs::metadata(&file).is_ok_and(|it| it.is_file() && it.len() < MANIFEST_LIMIT);
        let manifest = if small { fs::read(&file).ok() } else { None };
        let manifest: Option<Manifest> =
            manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let layers = manifest.map(|it| it.layers).unwrap_or_default();
        let Some(layer) = layers.into_iter().find(|it| it.media_type == OLLAMA_MODEL) else {
            continue;
        };
        let blob = layer.digest.replace(':', "-");
        // A digest is hexadecimal; anything else would lead out of the folder.
        if !blob
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '-')
        {
            continue;
        }
        let Ok(inside) = file.strip_prefix(&manifests) else {
            continue;
        };
        let parts: Vec<String> = inside
            .iter()
            .map(|it| it.to_string_lossy().into_owned())
            .collect();
        let [_, namespace, name, tag] = parts.as_slice() else {
            continue;
        };
        let name = match namespace.as_str() {
            "library" => format!("{name}:{tag}"),
            _ => format!("{namespace}/{name}:{tag}"),
        };
        found.extend(model(name, folder.join("blobs").join(blob), Origin::Ollama));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path, bytes: &[u8]) {
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    #[test]
    fn models_of_other_programs_are_found_where_they_lie() {
        let home = tempfile::TempDir::new().expect("a home");
        let at = |inside: &str| home.path().join(inside);
        put(
            &at(".cache/huggingface/hub/models--org--tiny/snapshots/abc/tiny-Q8_0.gguf"),
            b"1",
        );
        put(&at(".lmstudio/models/pub/repo/thing.gguf"), b"22");
        put(&at(".ollama/models/blobs/sha256-beef"), b"333");
        let manifest =
            format!(r#"{{"layers":[{{"mediaType":"{OLLAMA_MODEL}","digest":"sha256:beef"}}]}}"#);
        put(
            &at(".ollama/models/manifests/host/library/qwen/0.5b"),
            manifest.as_bytes(),
        );
        let evil = manifest.replace("sha256:beef", "../../../etc/passwd");
        put(
            &at(".ollama/models/manifests/host/library/evil/x"),
            evil.as_bytes(),
        );
        put(&at(".ollama/models/manifests/host/library/broken/x"), b"{");

        let env = |name: &str| (name == "HOME").then(|| home.path().into());
        let found = discover_with(&env);
        let seen: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.origin, it.size))
            .collect();
        assert_eq!(
            seen,
            [
                ("org/tiny/tiny-Q8_0", Origin::HuggingFace, 1),
                ("pub/repo/thing", Origin::LmStudio, 2),
                ("qwen:0.5b", Origin::Ollama, 3),
            ]
        );
    }

    #[test]
    fn a_machine_without_them_has_none() {
        assert_eq!(
            discover_with(&|_| None)
                .iter()
                .filter(|it| it.origin != Origin::Ollama)
                .count(),
            0
        );
    }
}
