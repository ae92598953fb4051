//! Whether the resident model is the one that a client wants, in all that shapes its answers.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::inference::LoadRequest;
use crate::words::{Said, common, engine as words};

/// Which file it is, and as of when: the same under every path that leads to it, and another
/// one once it was replaced or written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileIdentity {
    device: u64,
    inode: u64,
    size: u64,
    /// Nanoseconds since 1970.
    modified: i128,
}

impl FileIdentity {
    /// What is at `path` now, through all links.
    ///
    /// # Errors
    /// There is nothing, or it may not be looked at.
    pub fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: i128::from(metadata.mtime()) * 1_000_000_000
                + i128::from(metadata.mtime_nsec()),
        })
    }
}

/// Why a client gets no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// A sentence.
    pub reason: Said,
    /// Whether its user can have it otherwise: by other settings, or by ending other programs.
    pub avoidable: bool,
}

impl Refusal {
    pub(super) fn avoidable(reason: impl Into<Said>) -> Self {
        Self {
            reason: reason.into(),
            avoidable: true,
        }
    }

    fn of_another_engine(reason: impl Into<Said>) -> Self {
        Self {
            reason: reason.into(),
            avoidable: false,
        }
    }
}

/// What the resident engine was started with.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How its model is loaded.
    pub load: LoadRequest,
    /// The model's file as it was when it was loaded.
    pub file: FileIdentity,
    /// Whether its engine process is confined.
    pub sandbox: bool,
}

impl Terms {
    /// Why this engine is not the one that is wanted; `None` if it is. `file` is what the
    /// wanted path leads to now, if anything.
    #[must_use]
    pub fn refuse(
        &self,
        wanted: &LoadRequest,
        file: Option<FileIdentity>,
        sandbox: bool,
    ) -> Option<Refusal> {
        let LoadRequest {
            request: _,
            // Compared as a file.
            path: _,
            beside,
            context_size,
            threads,
            batch_size,
            ubatch_size,
            gpu_layers,
            devices,
            flash_attention,
            cache_type_k,
            cache_type_v,
            speculate,
            draft,
            fit,
            // Who serves says where.
            states: _,
        } = wanted;
        let ours = &self.load;
        if file != Some(self.file) {
            let reason = Said::new(|| words::other_model(ours.path.display()));
            return Some(Refusal::of_another_engine(reason));
        }
        if sandbox && !self.sandbox {
            return Some(Refusal::avoidable(words::NO_SANDBOX));
        }
        let settings = [
            ("--ctx-size", *context_size == ours.context_size),
            ("--threads", *threads == ours.threads),
            ("--batch-size", *batch_size == ours.batch_size),
            ("--ubatch-size", *ubatch_size == ours.ubatch_size),
            ("--gpu-layers", *gpu_layers == ours.gpu_layers),
            ("--device", *devices == ours.devices),
            ("--flash-attn", *flash_attention == ours.flash_attention),
            ("--cache-type-k", *cache_type_k == ours.cache_type_k),
            ("--cache-type-v", *cache_type_v == ours.cache_type_v),
            ("--no-speculate", *speculate == ours.speculate),
            ("--draft", *draft == ours.draft),
            ("--fit", *fit == ours.fit),
        ];
        let differing: Vec<_> = settings
            .iter()
            .filter(|(_, same)| !same)
            .map(|(flag, _)| *flag)
            .collect();
        if !differing.is_empty() {
            let flags = || differing.join(&common::LIST_SEPARATOR);
            let reason = Said::new(|| words::other_settings(flags()));
            return Some(Refusal::avoidable(reason));
        }
        if !beside.is_empty() {
            return Some(Refusal::of_another_engine(words::SERVES_ONE_MODEL));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{CacheType, FlashAttention, GpuLayers, RequestId};

    fn terms(folder: &Path) -> Terms {
        let path = folder.join("model.gguf");
        fs::write(&path, b"GGUF").unwrap();
        Terms {
            file: FileIdentity::of(&path).unwrap(),
            load: LoadRequest::new(RequestId(1), path),
            sandbox: true,
        }
    }

    #[test]
    fn the_same_model_is_the_same_under_another_path_and_another_once_written() {
        let folder = tempfile::tempdir().unwrap();
        let terms = terms(folder.path());
        let link = folder.path().join("link.gguf");
        std::os::unix::fs::symlink(&terms.load.path, &link).unwrap();
        let wanted = LoadRequest::new(RequestId(9), link.clone());
        let now = || FileIdentity::of(&link).ok();
        assert_eq!(terms.refuse(&wanted, now(), true), None);
        fs::write(&terms.load.path, b"GGUF, and more").unwrap();
        let refusal = terms.refuse(&wanted, now(), true).unwrap();
        assert!(refusal.reason.contains("model.gguf"), "{refusal:?}");
        assert!(
            !refusal.avoidable,
            "who wants another model wants another engine"
        );
        assert!(terms.refuse(&wanted, None, true).is_some());
    }

    type Change = fn(&mut LoadRequest);

    #[test]
    fn each_setting_that_shapes_the_context_is_told_by_its_flag() {
        let folder = tempfile::tempdir().unwrap();
        let terms = terms(folder.path());
        let load = terms.load.clone();
        let changes: [(&str, Change); 12] = [
            ("--ctx-size", |it| it.context_size = Some(512)),
            ("--threads", |it| it.threads = Some(3)),
            ("--batch-size", |it| it.batch_size = 7),
            ("--ubatch-size", |it| it.ubatch_size = 7),
            ("--gpu-layers", |it| it.gpu_layers = GpuLayers::All),
            ("--device", |it| it.devices = vec!["CUDA0".into()]),
            ("--flash-attn", |it| {
                it.flash_attention = FlashAttention::Off;
            }),
            ("--cache-type-k", |it| it.cache_type_k = CacheType::Q8_0),
            ("--cache-type-v", |it| it.cache_type_v = CacheType::Q8_0),
            ("--no-speculate", |it| it.speculate = None),
            ("--draft", |it| it.draft = Some("/d.gguf".into())),
            ("--fit", |it| it.fit = true),
        ];
        for (flag, change) in changes {
            let mut wanted = load.clone();
            change(&mut wanted);
            let refusal = terms.refuse(&wanted, Some(terms.file), true).unwrap();
            assert!(refusal.reason.ends_with(flag), "{refusal:?}");
            assert!(refusal.avoidable, "{flag}");
        }
    }

    #[test]
    fn who_wants_a_sandbox_is_not_served_without_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut terms = terms(folder.path());
        terms.sandbox = false;
        let wanted = terms.load.clone();
        assert!(terms.refuse(&wanted, Some(terms.file), true).is_some());
        assert_eq!(terms.refuse(&wanted, Some(terms.file), false), None);
    }
}
