//! Man pages and completions, made from the command line's own definition.
//!
//! They are committed in `man/`; a test compares them with what is made here.

mod manual;

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::Args;

/// A generated file: its path below `man/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub path: String,
    pub text: String,
}

/// Every man page and completion script.
///
/// # Errors
/// Only what writing to memory could fail with.
pub fn all() -> std::io::Result<Vec<Page>> {
    let mut pages = man_pages()?;
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
    clap_complete::generate(shell, &mut Args::command(), "limpid", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The pages of the manual: one for each command, and one on the settings file.
///
/// # Errors
/// Only what writing to memory could fail with.
pub fn man_pages() -> std::io::Result<Vec<Page>> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    push_pages(&command, &mut pages)?;
    pages.push(Page {
        path: "limpid-config.5".to_owned(),
        text: manual::settings(),
    });
    Ok(pages)
}

fn push_pages(command: &Command, pages: &mut Vec<Page>) -> std::io::Result<()> {
    let man = Man::new(command.clone()).source(concat!("limpid ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    man.render(&mut text)?;
    if command.get_name() == "limpid" {
        write!(text, "{}", manual::see_also())?;
    }
    pages.push(Page {
        path: man.get_filename(),
        text: String::from_utf8_lossy(&text).into_owned(),
    });
    for command in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        push_pages(command, pages)?;
    }
    Ok(())
}
