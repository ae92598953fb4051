//! The commands that are not a conversation, one file each, and how they end.

pub mod ask;
pub mod attention;
pub mod bench;
pub mod compare;
pub mod completions;
pub mod config;
mod confirm;
pub mod devices;
pub mod doctor;
pub mod history;
pub mod launch;
pub mod man;
pub mod models;
pub mod page;
mod progress;
pub mod prompt;
pub mod score;
pub mod serve;
mod status_line;
pub mod tasks;
pub mod themes;
pub mod tokens;
pub mod tune;

use std::io::{self, Write};

use anyhow::Context;

use crate::cli::ExitStatus;
use crate::cli::exit::Report;
use crate::text;
use crate::words::commands as words;

/// Writes to standard output and makes sure that it arrived.
///
/// # Errors
/// Standard output is closed (then the exit code is 141, and nothing is said) or full.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context(words::CANNOT_WRITE_OUTPUT)
}

/// Tells an error on stderr, one line and its hints, and says with which code to end.
#[must_use]
pub fn report(error: &anyhow::Error) -> ExitStatus {
    let report = Report::of(error);
    let mut lines = Vec::new();
    lines.extend(
        report
            .log
            .iter()
            .map(|line| words::engine_log(text::visible_line(line))),
    );
    if !report.message.is_empty() {
        lines.push(words::error(text::visible_line(&report.message)));
    }
    lines.extend(
        report
            .excerpt
            .iter()
            .map(|excerpt| text::visible(excerpt).into_owned()),
    );
    lines.extend(
        report
            .hints
            .iter()
            .map(|hint| words::hint(text::visible_line(hint))),
    );
    say(&lines);
    report.status
}

/// Answers a command line that asks for help, or that is wrong.
///
/// # Errors
/// As [`print()`]: help is output.
pub fn report_usage(error: &clap::Error) -> anyhow::Result<ExitStatus> {
    if !error.use_stderr() {
        let styled = error.render();
        let color = io::IsTerminal::is_terminal(&io::stdout())
            && crate::config::theme::use_color(
                crate::config::ColorChoice::Auto,
                true,
                &crate::config::paths::process_env,
            );
        print(&if color {
            styled.ansi().to_string()
        } else {
            styled.to_string()
        })?;
        return Ok(ExitStatus::Done);
    }
    // It quotes what was typed, which may have been pasted from anywhere.
    let rendered = crate::cli::spoken::complaint(error);
    say(&[text::visible(rendered.trim_end()).into_owned()]);
    Ok(ExitStatus::Usage)
}

/// Writes to stderr. Where that fails there is no one left to tell.
fn say(lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{}", lines.join("\n"));
}
