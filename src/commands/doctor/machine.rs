//! The settings, the folders, the disk and the GPU.

use std::path::{Path, PathBuf};

use super::finding::Finding;
use super::{State, failed};
use crate::cli::Resolved;
use crate::commands::models::size;
use crate::config::paths::process_env;
use crate::config::{NoFolder, Paths, Theme};
use crate::metrics::GpuMeter;

/// Less than this on a disk and a conversation or a model is soon cut.
const SPARE: u64 = 1 << 30;

/// The settings can be read; whether all they name can be used.
pub fn settings(resolved: &Resolved) -> Finding {
    let ui = &resolved.settings.ui;
    let themes = resolved.paths.themes_dir().ok();
    if let Err(error) = Theme::choose(&ui.theme, true, themes.as_deref(), &process_env) {
        return failed("settings", &error.into());
    }
    let file = resolved.paths.settings_file();
    let says = match file {
        Ok(file) if file.exists() => format!("{}: no mistakes", file.display()),
        Ok(file) => format!(
            "the defaults: there is no {}, which `limpid config init` writes",
            file.display()
        ),
        Err(error) => return Finding::improvable("settings", error.to_string()),
    };
    let notices = resolved.keymap.notices();
    if notices.is_empty() {
        return Finding::good("settings", says);
    }
    let finding = Finding::improvable("settings", says);
    notices.iter().cloned().fold(finding, Finding::advise)
}

/// Each folder that limpid writes in, and the room on its disk.
pub fn folders(paths: &Paths) -> Vec<Finding> {
    let folders: [(&str, Result<PathBuf, NoFolder>); 3] = [
        ("conversations", paths.history_dir()),
        ("models", paths.models_dir()),
        ("cache", paths.cache_dir()),
    ];
    let found = folders.into_iter().map(|(subject, folder)| match folder {
        Ok(folder) => writable(subject, &folder),
        Err(error) => Finding::broken(subject, error.to_string()),
    });
    found.collect()
}

/// What will be written in: a folder, or the nearest one above it that is there.
fn writable(subject: &'static str, folder: &Path) -> Finding {
    let there = folder.ancestors().find(|above| above.exists());
    let Some(there) = there else {
        return Finding::broken(subject, format!("{} has no place", folder.display()));
    };
    // Trying says more than permissions do: of read-only disks, and of quotas.
    if let Err(error) = tempfile::tempfile_in(there) {
        return Finding::broken(
            subject,
            format!("{} cannot be written in: {error}", there.display()),
        )
        .advise(format!("`ls -ld {}` shows whose it is", there.display()));
    }
    let free = match rustix::fs::statvfs(there) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            let says = format!("{}: {error}", there.display());
            return Finding::improvable(subject, says);
        }
    };
    let says = format!("{}, {} free", folder.display(), size(free));
    if free < SPARE {
        Finding::improvable(subject, says)
            .advise("`limpid models list` and `limpid history list` show what is kept")
    } else {
        Finding::good(subject, says)
    }
}

/// GPUs that limpid can compute on, and those that it could.
pub fn gpu() -> Option<Finding> {
    let ours = usable();
    if !ours.is_empty() {
        return Some(Finding::good("gpu", ours.join("; ")));
    }
    let driver = GpuMeter::open()?;
    let names: Vec<String> = driver
        .sample(std::process::id())
        .into_iter()
        .map(|gpu| gpu.name)
        .collect();
    let says = format!("{} is here, and not used", names.join("; "));
    let advice = if cfg!(feature = "cuda") {
        "its driver and the CUDA libraries that limpid was built with do not fit: `nvidia-smi` \
         tells the driver's version"
    } else {
        "build with `make install FEATURES=cuda`"
    };
    Some(Finding::new("gpu", State::Improvable, says).advise(advice))
}

#[cfg(feature = "llama")]
fn usable() -> Vec<String> {
    crate::engine::llama::devices()
        .into_iter()
        .filter(|device| device.is_gpu)
        .map(|gpu| {
            let (free, total) = (size(gpu.memory_free), size(gpu.memory_total));
            format!("{}, {free} of {total} free", gpu.description)
        })
        .collect()
}

#[cfg(not(feature = "llama"))]
fn usable() -> Vec<String> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_is_judged_by_the_one_above_it() {
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = home.path().join("not/yet/there");
        let finding = writable("models", &folder);
        assert!(finding.says.contains("not/yet/there"), "{finding:?}");
        assert_ne!(finding.state, State::Broken);
        assert!(!folder.exists(), "looking makes nothing");
    }

    #[test]
    fn what_is_no_folder_cannot_be_written_in() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        let finding = writable("cache", &file.path().join("below"));
        assert_eq!(finding.state, State::Broken);
        assert!(finding.says.contains("cannot be written in"), "{finding:?}");
    }
}
