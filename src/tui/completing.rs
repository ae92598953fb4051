//! Completion with names that lie on disk: they are looked for on another thread, and offered if
//! the text is still the one that asked.

use std::path::PathBuf;
use std::sync::Arc;

use super::app::App;
use crate::chat::slash::Argument;
use crate::config::{prompts, tasks, theme};
use crate::driver::{Library, Store};

/// How many paths are offered.
const MOST: usize = 200;

/// What is looked for: names that go on from the word before the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    pub kind: Argument,
    /// The text before the cursor.
    before: String,
    /// Where the word begins in it.
    from: usize,
}

impl Sought {
    #[must_use]
    pub fn new(kind: Argument, before: String, from: usize) -> Self {
        Self { kind, before, from }
    }

    /// The word as far as it is typed.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.before[self.from..]
    }
}

impl App {
    /// Offers the names that go on from the word, unless something else is typed by now.
    pub fn offer(&mut self, sought: &Sought, names: Vec<String>) {
        let editor = &self.composer.editor;
        if self.composer.offers().is_some() || editor.before_cursor() != sought.before {
            return;
        }
        let lower = sought.word().to_lowercase();
        let fits = |name: &String| name.to_lowercase().starts_with(&lower);
        let matching = names.into_iter().filter(fits).collect();
        self.composer.complete(sought.from, matching);
    }
}

/// Where names lie.
pub struct Shelf {
    pub library: Arc<dyn Library>,
    pub themes: Option<PathBuf>,
    pub prompts: Option<PathBuf>,
    pub tasks: Option<PathBuf>,
    pub store: Option<Store>,
}

impl Shelf {
    /// The names of the kind that is looked for. Completion has no place for an error; whatever
    /// takes the name reports it.
    #[must_use]
    pub fn names(&self, sought: &Sought) -> Vec<String> {
        match sought.kind {
            Argument::File => files(sought.word()),
            Argument::Model => {
                let models = self.library.models();
                models.into_iter().map(|one| one.name).collect()
            }
            Argument::Theme => theme::names(self.themes.as_deref()),
            Argument::SystemPrompt => {
                let prompts = prompts::list(self.prompts.as_deref()).into_iter();
                prompts.map(|prompt| format!("@{}", prompt.name)).collect()
            }
            Argument::Task => {
                let tasks = tasks::list(self.tasks.as_deref());
                tasks.into_iter().map(|one| one.name).collect()
            }
            Argument::Conversation => {
                let ids = self.store.as_ref().and_then(|store| store.ids().ok());
                // The newest first, as in the list.
                let ids = ids.unwrap_or_default().into_iter().rev();
                ids.map(|id| id.0).collect()
            }
            Argument::Tag => self.store.as_ref().map_or_else(Vec::new, Store::tags),
            _ => Vec::new(),
        }
    }
}

/// Paths that go on from this text, sorted.
fn files(text: &str) -> Vec<String> {
    let (folder, beginning) = match text.rfind('/') {
        Some(at) => (&text[..=at], &text[at + 1..]),
        None => ("", text),
    };
    let looked_in = match folder.strip_prefix("~/") {
        Some(rest) => std::env::home_dir().unwrap_or_default().join(rest),
        None if folder.is_empty() => PathBuf::from("."),
        None => PathBuf::from(folder),
    };
    let Ok(entries) = std::fs::read_dir(looked_in) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !beginning.starts_with('.');
            if !name.starts_with(beginning) || hidden {
                return None;
            }
            let is_folder = entry.path().is_dir();
            let slash = if is_folder { "/" } else { "" };
            Some(format!("{folder}{name}{slash}"))
        })
        .take(MOST)
        .collect();
    found.sort();
    found
}
