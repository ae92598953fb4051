//! The names that Tab offers: looked up when it is pressed.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use super::complete::Names;
use super::signals::Shared;
use crate::chat::show;
use crate::chat::slash::Argument;
use crate::config::presets::MODEL_PRESET;
use crate::config::{Presets, prompts, tasks, theme};
use crate::driver::{Library, Store};
use crate::words::repl as words;

/// Who knows which names.
pub struct KnownNames {
    pub driver: Shared,
    pub library: Arc<dyn Library>,
    pub themes: Option<PathBuf>,
    pub presets: Presets,
    pub prompts: Option<PathBuf>,
    pub tasks: Option<PathBuf>,
}

impl Names for KnownNames {
    fn known(&self, kind: Argument) -> Vec<(String, String)> {
        let driver = || self.driver.lock().unwrap_or_else(PoisonError::into_inner);
        match kind {
            Argument::Model => {
                let models = self.library.models().into_iter();
                models.map(|model| (model.name, model.detail)).collect()
            }
            Argument::Theme => {
                let names = theme::names(self.themes.as_deref()).into_iter();
                names.map(|name| (name, String::new())).collect()
            }
            Argument::SystemPrompt => {
                let prompts = prompts::list(self.prompts.as_deref()).into_iter();
                prompts
                    .map(|prompt| (format!("@{}", prompt.name), String::new()))
                    .collect()
            }
            Argument::Preset => {
                let presets = self.presets.iter();
                let own = presets.map(|preset| (preset.name.clone(), preset.about.clone()));
                let model = (MODEL_PRESET.to_owned(), words::MODEL_PRESET.into());
                own.chain([model]).collect()
            }
            Argument::Task => {
                let tasks = tasks::list(self.tasks.as_deref()).into_iter();
                tasks
                    .map(|task| (task.name, task.description.unwrap_or_default()))
                    .collect()
            }
            Argument::Conversation => {
                // Tab has no place for an error; the command itself reports it.
                let stored = driver().conversations().unwrap_or_default().into_iter();
                stored.map(|one| (one.id.0, one.title)).collect()
            }
            Argument::Tag => {
                let tags = driver().store().map_or_else(Vec::new, Store::tags);
                tags.into_iter().map(|tag| (tag, String::new())).collect()
            }
            Argument::Branch => {
                let leaves = driver().session().conversation().leaves().count();
                (1..=leaves)
                    .map(|number| (number.to_string(), String::new()))
                    .collect()
            }
            Argument::Message => {
                let driver = driver();
                let conversation = driver.session().conversation();
                let nodes = conversation.path().into_iter().enumerate();
                nodes
                    .filter_map(|(at, id)| {
                        let words = show::first_words(conversation.node(id)?);
                        Some((format!("#{}", at + 1), words))
                    })
                    .collect()
            }
            // Known without asking, or by the file completer.
            Argument::Text
            | Argument::File
            | Argument::Setting
            | Argument::Command
            | Argument::Word(_) => Vec::new(),
        }
    }
}
