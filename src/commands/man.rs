//! `limpid man`: one page on standard output, or all of them in a folder.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::chat::slash::SPECS;
use crate::cli::Failure;
use crate::cli::command::ManArgs;
use crate::cli::generate::{self, Page, SlashLine};
use crate::config::nearest;
use crate::words::{Language, commands as words, common};

/// Prints a page, or writes them all with the completions.
///
/// # Errors
/// There is no such page, or a file cannot be written.
pub fn run(args: &ManArgs) -> anyhow::Result<()> {
    match &args.out {
        Some(folder) => write_all(folder, &pages()?),
        // No manual pages, but what `make generate` puts into the README.
        None if args.page == "keys.md" => super::print(&generate::key_table()),
        None if args.page == "slash.md" => super::print(&slash_table()),
        None => super::print(&page(&args.page)?.text),
    }
}

/// All that is generated for `man/`.
///
/// # Errors
/// Only what writing to memory could fail with.
pub fn pages() -> std::io::Result<Vec<Page>> {
    generate::all(&slash_lines())
}

/// The README's table of slash commands.
#[must_use]
pub fn slash_table() -> String {
    generate::slash_table(&slash_lines())
}

/// The chat's commands, in the language of the pages.
fn slash_lines() -> Vec<SlashLine> {
    SPECS
        .iter()
        .map(|spec| SlashLine {
            usage: spec.line(),
            aliases: spec.aliases.iter().map(|name| format!("/{name}")).collect(),
            help: spec.help.in_language(Language::English).to_owned(),
        })
        .collect()
}

/// Finds `limpid-repl`, `repl` or `limpid-config.5`.
fn page(name: &str) -> anyhow::Result<Page> {
    let pages = generate::man_pages(&slash_lines())?;
    let wanted = [
        name.to_owned(),
        format!("{name}.1"),
        format!("limpid-{name}.1"),
        format!("{name}.5"),
    ];
    let found = wanted
        .iter()
        .find_map(|wanted| pages.iter().find(|page| page.path == *wanted));
    found.cloned().ok_or_else(|| {
        let failure = Failure::usage(words::no_page(name));
        match nearest(name, pages.iter().map(|page| page.path.as_str())) {
            Some(near) => failure.hint(words::did_you_mean(near)),
            None => failure.hint(words::MAIN_PAGE),
        }
        .into()
    })
}

fn write_all(folder: &Path, pages: &[Page]) -> anyhow::Result<()> {
    for page in pages {
        let path = folder.join(&page.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| common::cannot_make(parent.display()))?;
        fs::write(&path, &page.text).with_context(|| common::cannot_write(path.display()))?;
    }
    Ok(())
}
