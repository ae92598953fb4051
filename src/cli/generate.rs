//! Man pages and completions, made from the command line's own definition.
//!
//! They are committed in `man/`; a test compares them with what is made here.

mod keys;
mod manual;

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::Args;
use crate::words::{Language, language, speak};

/// A generated file: its path below `man/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub path: String,
    pub text: String,
}

/// A slash command, which the chat knows and the command line does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlashLine {
    /// `/set KEY VALUE`.
    pub usage: String,
    /// With their slash.
    pub aliases: Vec<String>,
    /// A sentence without its full stop.
    pub help: String,
}

/// Every man page and completion script.
///
/// # Errors
/// Only what writing to memory could fail with.
pub fn all(slash: &[SlashLine]) -> std::io::Result<Vec<Page>> {
    let mut pages = man_pages(slash)?;
    for (shell, file) in COMPLETIONS {
        pages.push(Page {
            path: format!("completions/{file}"),
            text: completions(*shell),
        });
    }
    Ok(pages)
}

/// Where each shell looks for a command's completions.
const COMPLETIONS: &[(Shell, &str)] = &[
    (Shell::Bash, "limpid.bash"),
    (Shell::Elvish, "limpid.elv"),
    (Shell::Fish, "limpid.fish"),
    (Shell::PowerShell, "_limpid.ps1"),
    (Shell::Zsh, "_limpid"),
];

/// A shell's completion script.
#[must_use]
pub fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    in_english(|| clap_complete::generate(shell, &mut Args::command(), "limpid", &mut script));
    String::from_utf8_lossy(&script).into_owned()
}

/// What is generated is the same whatever language is spoken.
fn in_english<T>(make: impl FnOnce() -> T) -> T {
    let spoken = language();
    speak(Language::English);
    let made = make();
    speak(spoken);
    made
}

/// The README's table of slash commands.
#[must_use]
pub fn slash_table(slash: &[SlashLine]) -> String {
    let mut table = "\n| command | what |\n|---|---|\n".to_owned();
    for command in slash {
        let names = std::iter::once(&command.usage).chain(&command.aliases);
        // A pipe would end the cell.
        let names: Vec<_> = names
            .map(|name| format!("`{}`", name.replace('|', "\\|")))
            .collect();
        table.push_str(&format!(
            "| {} | {} |\n",
            names.join(" "),
            command.help.replace('|', "\\|")
        ));
    }
    table
}

/// The README's table of keys.
#[must_use]
pub fn key_table() -> String {
    in_english(keys::key_table)
}

/// The pages of the manual: one for each command, and one on the settings file.
///
/// # Errors
/// Only what writing to memory could fail with.
pub fn man_pages(slash: &[SlashLine]) -> std::io::Result<Vec<Page>> {
    in_english(|| write_pages(slash))
}

fn write_pages(slash: &[SlashLine]) -> std::io::Result<Vec<Page>> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    push_pages(&command, slash, &mut pages)?;
    pages.push(Page {
        path: "limpid-config.5".to_owned(),
        text: manual::settings(),
    });
    Ok(pages)
}

/// With more flags than this, a synopsis of them all cannot be read.
const FLAGS_IN_SYNOPSIS: usize = 12;

fn push_pages(
    command: &Command,
    slash: &[SlashLine],
    pages: &mut Vec<Page>,
) -> std::io::Result<()> {
    let man = Man::new(command.clone()).source(concat!("limpid ", env!("CARGO_PKG_VERSION")));
    let is_main = command.get_name() == "limpid";
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    if command.get_arguments().count() > FLAGS_IN_SYNOPSIS {
        write!(text, "{}", manual::short_synopsis(command))?;
    } else {
        man.render_synopsis_section(&mut text)?;
    }
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    if is_main {
        write!(text, "{}", manual::main_page_end(slash))?;
    }
    pages.push(Page {
        path: man.get_filename(),
        text: String::from_utf8_lossy(&text).into_owned(),
    });
    for command in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        push_pages(command, slash, pages)?;
    }
    Ok(())
}
