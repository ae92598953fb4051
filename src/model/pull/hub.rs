//! Finds a file of a repository on the Hugging Face hub.

use serde::Deserialize;

use super::PullError;
use super::http::{Credentials, get};
use crate::words::{common, model as words};

/// Taken in this order where the user names none: good quality for its size first.
const PREFERRED: [&str; 6] = ["q4_k_m", "q4_k_s", "q4_0", "q5_k_m", "q8_0", "f16"];

/// Longest listing that is read, bytes.
const LISTING_LIMIT: u64 = 16 << 20;

/// A file on the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HubFile {
    /// `org/repo`.
    pub repo: String,
    pub name: String,
    pub url: String,
    pub size: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Listed {
    path: String,
    #[serde(default)]
    lfs: Option<Lfs>,
}

#[derive(Debug, Clone, Deserialize)]
struct Lfs {
    oid: String,
    size: u64,
}

/// The file that `org/repo[:quant]` means.
pub(super) fn find(
    hub: &str,
    spec: &str,
    credentials: Option<&Credentials>,
) -> Result<HubFile, PullError> {
    let (repo, quant) = match spec.split_once(':') {
        Some((repo, quant)) => (repo, Some(quant)),
        None => (spec, None),
    };
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it))
    };
    if repo.split('/').count() != 2 || !repo.split('/').all(plain) {
        return Err(PullError::NotFound(words::no_such_spec(spec)));
    }
    let hub = hub.trim_end_matches('/');
    let url = format!("{hub}/api/models/{repo}/tree/main?recursive=true");
    let listing = get(&url, credentials, None)?
        .into_body()
        .into_with_config()
        .limit(LISTING_LIMIT)
        .read_to_vec()
        .map_err(|error| PullError::network(&url, error))?;
    let files: Vec<Listed> =
        serde_json::from_slice(&listing).map_err(|error| PullError::network(&url, error))?;
    let (name, lfs) = choose(repo, quant, &files)?;
    Ok(HubFile {
        repo: repo.to_owned(),
        url: format!("{hub}/{repo}/resolve/main/{name}"),
        name: name.rsplit('/').next().unwrap_or(name).to_owned(),
        size: lfs.size,
        sha256: lfs.oid.to_ascii_lowercase(),
    })
}

fn choose<'a>(
    repo: &str,
    quant: Option<&str>,
    files: &'a [Listed],
) -> Result<(&'a str, &'a Lfs), PullError> {
    let models: Vec<(&str, &Lfs)> = files
        .iter()
        .filter(|it| it.path.to_ascii_lowercase().ends_with(".gguf"))
        .filter_map(|it| Some((it.path.as_str(), it.lfs.as_ref()?)))
        .collect();
    if models.is_empty() {
        return Err(PullError::NotFound(words::no_gguf_in_repo(repo)));
    }
    let named = |wanted: &str| {
        let wanted = wanted.to_ascii_lowercase();
        models.iter().find(|(path, _)| {
            let stem = path.to_ascii_lowercase();
            let stem = stem.trim_end_matches(".gguf");
            stem.split(['-', '.', '/']).any(|part| part == wanted)
        })
    };
    let found = match quant {
        Some(quant) => named(quant),
        None => PREFERRED
            .iter()
            .find_map(|quant| named(quant))
            .or(models.first()),
    };
    let Some(&(path, lfs)) = found else {
        let paths: Vec<_> = models.iter().map(|(path, _)| *path).collect();
        return Err(PullError::NotFound(words::no_quant_in_repo(
            repo,
            quant.unwrap_or_default(),
            paths.join(&common::LIST_SEPARATOR),
        )));
    };
    if path.contains("-of-0") {
        return Err(PullError::NotFound(words::several_parts(path)));
    }
    Ok((path, lfs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(paths: &[&str]) -> Vec<Listed> {
        let lfs = Lfs {
            oid: "AB".into(),
            size: 7,
        };
        paths
            .iter()
            .map(|path| Listed {
                path: (*path).into(),
                lfs: Some(lfs.clone()),
            })
            .collect()
    }

    #[test]
    fn a_quantisation_is_chosen_by_name_or_by_preference() {
        let files = listed(&["README.md", "m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-IQ4_XS.gguf"]);
        let chosen = |quant| choose("o/r", quant, &files).map(|it| it.0);
        assert_eq!(chosen(None).expect("one"), "m-Q4_K_M.gguf");
        assert_eq!(chosen(Some("q8_0")).expect("one"), "m-Q8_0.gguf");
        let error = chosen(Some("q2_k")).expect_err("none").to_string();
        assert!(error.contains("m-IQ4_XS.gguf"), "{error}");
        assert!(choose("o/r", None, &listed(&["a.bin"])).is_err());
        assert!(choose("o/r", None, &listed(&["m-Q4_0-00001-of-00002.gguf"])).is_err());
    }

    #[test]
    fn a_name_that_would_lead_elsewhere_is_refused() {
        for spec in ["../etc", "a/../b", "a/b/c", "org/", "org/re po", "./x"] {
            assert!(
                find("http://127.0.0.1:9", spec, None)
                    .is_err_and(|error| matches!(error, PullError::NotFound(_))),
                "{spec}"
            );
        }
    }
}
