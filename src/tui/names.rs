//! The names that completion offers: looked up when Tab asks, not before.

use std::path::{Path, PathBuf};

use super::update::Names;
use crate::config::presets::MODEL_PRESET;
use crate::config::{Presets, prompts, tasks, theme};
use crate::driver::{Driver, Library, files};

/// How many paths are offered.
const MOST: usize = 200;

/// Who knows which names.
pub struct KnownNames<'a> {
    pub library: &'a dyn Library,
    pub themes: Option<&'a Path>,
    pub presets: &'a Presets,
    pub prompts: Option<&'a Path>,
    pub tasks: Option<&'a Path>,
    pub driver: &'a Driver,
}

impl Names for KnownNames<'_> {
    fn models(&self) -> Vec<String> {
        let models = self.library.models();
        models.into_iter().map(|one| one.name).collect()
    }

    fn themes(&self) -> Vec<String> {
        let themes = theme::list(self.themes);
        let names = themes.into_iter().map(|one| one.name);
        std::iter::once(theme::AUTO_THEME.to_owned())
            .chain(names)
            .collect()
    }

    fn presets(&self) -> Vec<String> {
        let names = self.presets.iter().map(|preset| preset.name.clone());
        names.chain([MODEL_PRESET.to_owned()]).collect()
    }

    fn system_prompts(&self) -> Vec<String> {
        let prompts = prompts::list(self.prompts).into_iter();
        prompts.map(|prompt| format!("@{}", prompt.name)).collect()
    }

    fn tasks(&self) -> Vec<String> {
        let tasks = tasks::list(self.tasks);
        tasks.into_iter().map(|one| one.name).collect()
    }

    fn conversations(&self) -> Vec<String> {
        // Completion has no place for an error; opening the conversation reports it.
        let ids = self.driver.conversation_ids().unwrap_or_default();
        // The newest first, as in the list.
        ids.into_iter().rev().map(|id| id.0).collect()
    }

    fn tags(&self) -> Vec<String> {
        self.driver.tags()
    }

    fn messages(&self) -> Vec<String> {
        let shown = self.driver.session().conversation().path().len();
        (1..=shown).map(|number| format!("#{number}")).collect()
    }

    fn is_file(&self, path: &str) -> bool {
        files::at_home(Path::new(path)).is_file()
    }

    fn files(&self, text: &str) -> Vec<String> {
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
}
