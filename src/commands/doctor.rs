//! `limpid doctor`: what limpid finds here, and what to do where something is in its way.

mod finding;
mod machine;
mod model;
mod probe;
mod terminal;

use std::io::{self, IsTerminal};

use self::finding::{Finding, State};
use crate::cli::command::{DoctorArgs, ListFormat};
use crate::cli::exit::Report;
use crate::cli::{Args, ExitStatus, resolve};
use crate::config::{Env, Paths};
use crate::words::Phrase;
use crate::words::commands::doctor as words;

/// Looks at the terminal, the settings, the folders, the machine and the model, and tells what
/// it found.
///
/// It takes the arguments before they are resolved: a mistake in the settings is one of the
/// findings.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(command: &DoctorArgs, args: &Args, env: Env<'_>) -> anyhow::Result<ExitStatus> {
    let resolved = resolve(args, env);
    let mut findings = terminal::look(env, resolved.as_ref().ok());
    findings.push(match &resolved {
        Ok(resolved) => machine::settings(resolved),
        Err(error) => failed(words::SETTINGS, &anyhow::Error::new(error.clone())),
    });
    findings.extend(machine::folders(&Paths::find(env)));
    findings.push(machine::gpu());
    if let Ok(resolved) = &resolved {
        let progress = io::stderr().is_terminal();
        findings.extend(model::look(resolved, progress));
    }
    super::print(&match command.format {
        ListFormat::Text => finding::table(&findings),
        ListFormat::Json => finding::json(&findings),
    })?;
    let broken = findings.iter().any(|one| one.state == State::Broken);
    Ok(if broken {
        ExitStatus::Failed
    } else {
        ExitStatus::Done
    })
}

/// What went wrong, and what its error says that one can do.
fn failed(subject: Phrase, error: &anyhow::Error) -> Finding {
    let report = Report::of(error);
    let finding = Finding::new(subject, State::Broken, report.message);
    report.hints.into_iter().fold(finding, Finding::advise)
}
