//! `limpid models quantize`: writes a model in another format.
//!
//! The engine process writes into a folder of its own beside the place where the file is to
//! be, since that folder is all that its sandbox lets it write. What it wrote is looked at
//! and then renamed, so that half a model is never found by that name.

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use tempfile::{TempDir, TempPath};

use super::{Meter, ModelsContext, check_disk, find, interruptible, shown, size};
use crate::cli::command::QuantizeArgs;
use crate::cli::{ExitStatus, Failure};
use crate::commands::ask::ask_and_look;
use crate::commands::{launch, print};
use crate::config::Settings;
use crate::inference::{EngineCommand, EngineError, QuantizeRequest, RequestId, WeightFormat};
use crate::model::gguf::Header;
use crate::words::{commands::models as words, common};

/// How often the file is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// What the folder's name begins with; the number of the process follows.
const STAGING: &str = ".limpid-quantize-";

pub(super) fn quantize(
    args: &QuantizeArgs,
    context: &ModelsContext,
    settings: &Settings,
) -> anyhow::Result<()> {
    let source = find(&args.model, context)?;
    let header = Header::read(&source).map_err(|error| Failure::new(ExitStatus::Model, error))?;
    let target = match &args.output {
        Some(path) => std::path::absolute(path)?,
        None => context.paths.store.join(name(&source, &header, args.to)),
    };
    let folder = target.parent().unwrap_or(Path::new("/"));
    if args.output.is_none() {
        fs::create_dir_all(folder).with_context(|| common::cannot_make(folder.display()))?;
    }
    if target.exists() {
        bail!(words::target_exists(target.display()));
    }
    if let Some(stored) = quantised_as(&header)
        && !context.quiet
    {
        let says =
            words::quantised_already(shown(&source.display().to_string()), stored, args.to.name());
        eprintln!("{says}");
    }

    let staging = staging(folder)?;
    let staged = staging.path().join("weights");
    let conversion = Conversion {
        label: &words::CONVERTING,
        format: args.to,
        source: &source,
        target: &staged,
    };
    convert(&conversion, context, settings, &*interruptible()?)?;
    let cannot = || common::cannot_write(target.display());
    let written = Header::read(&staged)?;
    written.check_data(&staged)?;
    File::open(&staged)
        .and_then(|file| file.sync_all())
        .with_context(cannot)?;
    TempPath::try_from_path(staged)
        .and_then(|staged| staged.persist_noclobber(&target).map_err(|it| it.error))
        .with_context(cannot)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(cannot)?;
    if !context.quiet {
        let (now, before) = (size(written.file_len), size(header.tensor_bytes()));
        eprintln!("{}", words::quantised(now, args.to.name(), before));
    }
    print(&format!("{}\n", shown(&target.display().to_string())))
}

/// A model to be written in another format.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Conversion<'a> {
    /// What its progress is called.
    pub label: &'a str,
    pub format: WeightFormat,
    pub source: &'a Path,
    /// Not there yet, in a folder that [`staging`] made.
    pub target: &'a Path,
}

/// Has a fresh engine process convert, and shows how far it is. `cancelled` ends it.
///
/// # Errors
/// The model cannot be read or converted, or the disk is full.
pub(in crate::commands) fn convert(
    conversion: &Conversion<'_>,
    context: &ModelsContext,
    settings: &Settings,
    cancelled: &AtomicBool,
) -> anyhow::Result<()> {
    let staged = conversion.target;
    let header =
        Header::read(conversion.source).map_err(|error| Failure::new(ExitStatus::Model, error))?;
    let expected = expected_bytes(&header, conversion.format);
    check_disk(staged.parent().unwrap_or(Path::new("/")), staged, expected)?;
    let engine = launch::engine(settings)?;
    let request = RequestId(1);
    let command = EngineCommand::Quantize(Box::new(QuantizeRequest {
        request,
        source: std::path::absolute(conversion.source)?,
        target: staged.to_owned(),
        format: conversion.format,
        threads: settings.load.threads,
    }));
    let mut meter = Meter::new(conversion.label, context.quiet);
    let result = ask_and_look(&engine, request, command, LOOK, || {
        if cancelled.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let done = fs::metadata(staged).map_or(0, |it| it.len());
        // It is not at its end before the engine says so.
        meter.bytes(done, expected.max(done + 1));
        ControlFlow::Continue(())
    });
    if result.is_ok() {
        let whole = fs::metadata(staged).map_or(0, |it| it.len());
        meter.bytes(whole, whole);
    }
    meter.end();
    match result {
        Ok(_) => Ok(()),
        Err(EngineError::Cancelled) => {
            Err(Failure::new(ExitStatus::Interrupted, words::STOPPED).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// A folder for this process to be written in; those that killed processes left are removed.
///
/// # Errors
/// The folder that is to hold it cannot be written.
pub(in crate::commands) fn staging(folder: &Path) -> anyhow::Result<TempDir> {
    let cannot = || words::cannot_write_in(folder.display());
    for entry in fs::read_dir(folder).with_context(cannot)?.flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(STAGING)?.split('-').next()?.parse().ok())
            .and_then(rustix::process::Pid::from_raw);
        if process.is_some_and(|it| rustix::process::test_kill_process(it).is_err()) {
            fs::remove_dir_all(entry.path()).with_context(cannot)?;
        }
    }
    tempfile::Builder::new()
        .prefix(&format!("{STAGING}{}-", std::process::id()))
        .tempdir_in(folder)
        .with_context(cannot)
}

/// About how large the file becomes. llama.cpp keeps vectors as they are and stores what
/// makes the odds, and the embeddings where they are the same, in 6 bits at least.
fn expected_bytes(header: &Header, format: WeightFormat) -> u64 {
    let tensors = header.tensors.iter().map(|tensor| {
        let bits = match tensor.name.as_str() {
            _ if tensor.shape.len() < 2 => return tensor.bytes.unwrap_or_default(),
            "output.weight" | "token_embd.weight" => format.bits().max(WeightFormat::Q6K.bits()),
            _ => format.bits(),
        };
        (tensor.elements as f64 * bits / 8.0) as u64
    });
    header.data_start + tensors.sum::<u64>()
}

/// The type of most of the model's bytes, where they are not as they were trained.
fn quantised_as(header: &Header) -> Option<String> {
    let most = header.quantisation().first()?.kind.to_string();
    (!matches!(most.as_str(), "F32" | "F16" | "BF16")).then_some(most)
}

/// The model's name with the new format instead of the old one.
fn name(source: &Path, header: &Header, format: WeightFormat) -> PathBuf {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    // ollama names its files by their hash.
    let stem = match header.name().filter(|_| stem.starts_with("sha256-")) {
        Some(name) => name.replace(['/', '\\', '\0', ' '], "-"),
        None => stem.into_owned(),
    };
    let whole = match stem.rsplit_once("-of-") {
        // The first part of a split model; what comes of it is whole.
        Some((part, _)) => part.rsplit_once('-').map_or(part, |(name, _)| name),
        None => &stem,
    };
    let name = match whole.rsplit_once(['.', '-']) {
        Some((name, old)) if is_format(old) => &whole[..=name.len()],
        _ => &format!("{whole}."),
    };
    PathBuf::from(format!(
        "{}{}.gguf",
        name.trim_start_matches('.'),
        format.name()
    ))
}

/// Whether the end of a file's name tells how its weights are stored: `Q4_K_M`, `iq2_xs`, `f16`.
fn is_format(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let quantised = text.strip_prefix("IQ").or_else(|| text.strip_prefix('Q'));
    matches!(text.as_str(), "F16" | "BF16" | "F32")
        || quantised.is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gguf::fixture::Fixture;

    fn header(name: &str) -> Header {
        let file = tempfile::NamedTempFile::new().unwrap();
        let fixture = Fixture::default()
            .text("general.architecture", "llama")
            .text("general.name", name);
        fs::write(file.path(), fixture.build()).unwrap();
        Header::read(file.path()).unwrap()
    }

    #[test]
    fn the_new_format_takes_the_old_ones_place_in_the_name() {
        let header = header("My Model/2");
        let named = |source: &str| {
            name(Path::new(source), &header, WeightFormat::Q8_0)
                .display()
                .to_string()
        };
        assert_eq!(named("/a/SmolLM2-135M.Q4_1.gguf"), "SmolLM2-135M.Q8_0.gguf");
        assert_eq!(named("qwen3-0.6b-iq2_xs.gguf"), "qwen3-0.6b-Q8_0.gguf");
        assert_eq!(named("phi-f16.gguf"), "phi-Q8_0.gguf");
        assert_eq!(named("tiny-quick.gguf"), "tiny-quick.Q8_0.gguf");
        assert_eq!(named("big-BF16-00001-of-00003.gguf"), "big-Q8_0.gguf");
        assert_eq!(named("sha256-0123"), "My-Model-2.Q8_0.gguf");
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_a_living_ones_stays() {
        let folder = tempfile::tempdir().unwrap();
        let ours = folder
            .path()
            .join(format!("{STAGING}{}-abc", std::process::id()));
        // Numbers of processes end below this one.
        let left = folder.path().join(format!("{STAGING}2147483647-abc"));
        fs::create_dir(&ours).unwrap();
        fs::create_dir(&left).unwrap();
        let made = staging(folder.path()).unwrap();
        assert!(ours.exists() && made.path().exists());
        assert!(!left.exists());
    }
}
