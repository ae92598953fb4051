//! The settings, the folders, the disk and the GPU.

use std::path::{Path, PathBuf};

use super::failed;
use super::finding::Finding;
use crate::cli::Resolved;
use crate::commands::models::size;
use crate::config::paths::process_env;
use crate::config::{NoFolder, Paths, Theme};
use crate::metrics::{GpuMeter, Maker, gpu_makers};
use crate::words::commands::doctor as words;
use crate::words::{Phrase, common};

/// Less than this on a disk and a conversation or a model is soon cut.
const SPARE: u64 = 1 << 30;

/// The settings can be read; whether all they name can be used.
pub fn settings(resolved: &Resolved) -> Finding {
    let ui = &resolved.settings.ui;
    let themes = resolved.paths.themes_dir().ok();
    if let Err(error) = Theme::choose(&ui.theme, true, themes.as_deref(), &process_env) {
        return failed(words::SETTINGS, &error.into());
    }
    let file = resolved.paths.settings_file();
    let says = match file {
        Ok(file) if file.exists() => words::sound(file.display()),
        Ok(file) => words::defaults(file.display()),
        Err(error) => return Finding::improvable(words::SETTINGS, error.to_string()),
    };
    let notices = resolved.keymap.notices();
    if notices.is_empty() {
        return Finding::good(words::SETTINGS, says);
    }
    let finding = Finding::improvable(words::SETTINGS, says);
    notices.iter().cloned().fold(finding, Finding::advise)
}

/// Each folder that limpid writes in, and the room on its disk.
pub fn folders(paths: &Paths) -> Vec<Finding> {
    let folders: [(Phrase, Result<PathBuf, NoFolder>); 3] = [
        (words::CONVERSATIONS, paths.history_dir()),
        (words::MODELS, paths.models_dir()),
        (words::CACHE, paths.cache_dir()),
    ];
    let found = folders.into_iter().map(|(subject, folder)| match folder {
        Ok(folder) => writable(subject, &folder),
        Err(error) => Finding::broken(subject, error.to_string()),
    });
    found.collect()
}

/// What will be written in: a folder, or the nearest one above it that is there.
fn writable(subject: Phrase, folder: &Path) -> Finding {
    let there = folder.ancestors().find(|above| above.exists());
    let Some(there) = there else {
        return Finding::broken(subject, words::no_place(folder.display()));
    };
    // Trying says more than permissions do: of read-only disks, and of quotas.
    if let Err(error) = tempfile::tempfile_in(there) {
        return Finding::broken(subject, words::not_writable(there.display(), error))
            .advise(words::whose(there.display()));
    }
    let free = match rustix::fs::statvfs(there) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            let says = words::unknown_room(there.display(), error);
            return Finding::improvable(subject, says);
        }
    };
    let says = words::room(folder.display(), size(free));
    if free < SPARE {
        Finding::improvable(subject, says).advise(words::WHAT_IS_KEPT)
    } else {
        Finding::good(subject, says)
    }
}

/// GPUs that limpid can compute on, those that it could, or that there is none.
pub fn gpu() -> Finding {
    let ours = usable();
    if !ours.is_empty() {
        return Finding::good(words::GPU, ours.join(&common::PART_SEPARATOR));
    }
    match GpuMeter::open() {
        Some(driver) => {
            let names = driver.sample(std::process::id()).into_iter();
            let names: Vec<String> = names.map(|gpu| gpu.name).collect();
            let advice = if cfg!(feature = "cuda") {
                words::CUDA_DOES_NOT_FIT
            } else {
                words::BUILD_WITH_CUDA
            };
            unused(&names.join(&common::PART_SEPARATOR)).advise(advice)
        }
        None => plugged_in(&gpu_makers()),
    }
}

fn unused(names: &str) -> Finding {
    Finding::improvable(words::GPU, words::gpu_unused(names))
}

/// What the bus tells where no driver does.
fn plugged_in(makers: &[Maker]) -> Finding {
    if makers.is_empty() {
        return Finding::good(words::GPU, words::NO_GPU).advise(words::FOR_A_GPU);
    }
    let names: Vec<String> = makers
        .iter()
        .map(|maker| words::gpu_of(maker.name()))
        .collect();
    let vulkan = cfg!(feature = "vulkan");
    let advice = makers.iter().map(|maker| match maker {
        Maker::Nvidia => words::INSTALL_NVIDIA_DRIVER,
        Maker::Amd if vulkan || cfg!(feature = "rocm") => words::DRIVER_SHOWS_NONE,
        Maker::Amd => words::BUILD_WITH_ROCM,
        Maker::Intel if vulkan => words::DRIVER_SHOWS_NONE,
        Maker::Intel => words::BUILD_WITH_VULKAN,
    });
    let finding = unused(&names.join(&common::PART_SEPARATOR));
    advice.fold(finding, Finding::advise)
}

#[cfg(feature = "llama")]
fn usable() -> Vec<String> {
    crate::engine::llama::devices()
        .into_iter()
        .filter(|device| device.is_gpu)
        .map(|gpu| {
            let (free, total) = (size(gpu.memory_free), size(gpu.memory_total));
            words::gpu_memory(gpu.description, free, total)
        })
        .collect()
}

#[cfg(not(feature = "llama"))]
fn usable() -> Vec<String> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_is_judged_by_the_one_above_it() {
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = home.path().join("not/yet/there");
        let finding = writable(words::MODELS, &folder);
        assert!(finding.says.contains("not/yet/there"), "{finding:?}");
        assert_ne!(finding.state, State::Broken);
        assert!(!folder.exists(), "looking makes nothing");
    }

    #[test]
    fn that_there_is_no_gpu_is_said_and_one_without_a_driver_has_advice() {
        let none = plugged_in(&[]);
        assert_eq!(none.state, State::Good);
        assert!(none.says.contains("none found"), "{none:?}");
        assert!(none.advice[0].contains("FEATURES=cuda"), "{none:?}");
        let two = plugged_in(&[Maker::Nvidia, Maker::Intel]);
        assert_eq!(two.state, State::Improvable);
        assert!(
            two.says.contains("NVIDIA") && two.says.contains("Intel"),
            "{two:?}"
        );
        assert!(two.advice[0].contains("nvidia-smi"), "{two:?}");
        assert!(two.advice[1].contains("vulkan"), "{two:?}");
    }

    #[test]
    fn what_is_no_folder_cannot_be_written_in() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        let finding = writable(words::CACHE, &file.path().join("below"));
        assert_eq!(finding.state, State::Broken);
        assert!(finding.says.contains("cannot be written in"), "{finding:?}");
    }
}
