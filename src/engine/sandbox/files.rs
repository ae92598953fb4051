//! The file system, through Landlock: read what is named, write in one folder at most.

use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, make_bitflags, path_beneath_rules,
};

/// The newest set of rights this was tried with; an older kernel enforces those it knows.
const TRIED: ABI = ABI::V6;

/// The system's own files: shared objects loaded late, CPU and memory facts, locale, the
/// drivers' descriptions.
const READABLE: [&str; 14] = [
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc",
    "/opt",
    "/proc",
    "/sys",
    "/nix/store",
    "/gnu/store",
    "/run/opengl-driver",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
];

/// Devices that are opened for writing. A directory stands for all in it.
const DEVICES: [&str; 5] = [
    "/dev/null",
    "/dev/dri",
    "/dev/kfd",
    "/dev/dxg",
    "/dev/nvidia-caps",
];

/// Restricts this thread and those it starts. Returns how much of it the kernel enforces.
pub fn restrict(models: &[&Path], writable: Option<&Path>) -> Result<&'static str, RulesetError> {
    let read = make_bitflags!(AccessFs::{ReadFile | ReadDir});
    let all = AccessFs::from_all(TRIED);
    let keep = make_bitflags!(AccessFs::{
        ReadFile | ReadDir | WriteFile | Truncate | MakeReg | RemoveFile
    });
    let status = Ruleset::default()
        .handle_access(all)?
        .handle_access(AccessNet::from_all(TRIED))?
        .scope(Scope::from_all(TRIED))?
        .create()?
        .add_rules(path_beneath_rules(READABLE, read))?
        .add_rules(path_beneath_rules(
            models.iter().flat_map(|model| model_files(model)),
            BitFlags::from(AccessFs::ReadFile),
        ))?
        .add_rules(path_beneath_rules(writable, keep))?
        .add_rules(path_beneath_rules(DEVICES, all))?
        .add_rules(path_beneath_rules(gpu_paths(), all))?
        .restrict_self()?;
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => "fully",
        RulesetStatus::PartiallyEnforced => "as far as this kernel can",
        RulesetStatus::NotEnforced => "not at all: this kernel has no Landlock",
    })
}

/// The model's file, or all files of a split one (`name-00001-of-00003.gguf`), which llama.cpp
/// finds by the same pattern (`llama_split_path`). Not its directory: that may be a home.
fn model_files(model: &Path) -> Vec<PathBuf> {
    split_files(model).unwrap_or_else(|| vec![model.to_owned()])
}

fn split_files(model: &Path) -> Option<Vec<PathBuf>> {
    let stem = model.file_name()?.to_str()?.strip_suffix(".gguf")?;
    let (rest, total) = stem.rsplit_once("-of-")?;
    let (prefix, number) = rest.rsplit_once('-')?;
    let is_number = |text: &str| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(number) || !is_number(total) {
        return None;
    }
    let count: u32 = total.parse().ok()?;
    Some(
        (1..=count)
            .map(|part| model.with_file_name(format!("{prefix}-{part:05}-of-{total}.gguf")))
            .collect(),
    )
}

/// What a GPU driver needs beside [`DEVICES`]: NVIDIA's numbered device nodes, and CUDA's
/// cache of compiled kernels where there is one.
fn gpu_paths() -> Vec<PathBuf> {
    if !cfg!(any(feature = "cuda", feature = "vulkan", feature = "rocm")) {
        return Vec::new();
    }
    let nodes = std::fs::read_dir("/dev").into_iter().flatten().flatten();
    let nvidia = nodes
        .filter(|entry| entry.file_name().as_encoded_bytes().starts_with(b"nvidia"))
        .map(|entry| entry.path());
    let cache = std::env::home_dir().map(|home| home.join(".nv"));
    nvidia.chain(cache).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_model_names_all_its_parts_and_a_whole_one_itself() {
        let parts = model_files(Path::new("/m/big-00002-of-00003.gguf"));
        let expected: Vec<_> = (1..=3)
            .map(|n| PathBuf::from(format!("/m/big-0000{n}-of-00003.gguf")))
            .collect();
        assert_eq!(parts, expected);
        for whole in [
            "/m/a.gguf",
            "/m/one-of-many.gguf",
            "/m/a-1-of-2.gguf",
            "blob",
        ] {
            assert_eq!(model_files(Path::new(whole)), [PathBuf::from(whole)]);
        }
    }
}
