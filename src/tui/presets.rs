//! What has a name beside models and themes: presets of sampler settings, system prompts.

use super::overlay::{Choice, Item, Layer, Picker, SamplerLayer};
use super::run::Loop;
use super::walk::Place;
use crate::chat::{EngineStatus, UserEvent};
use crate::config::{Presets, edit, prompts};
use crate::words::tui::lists as words;

impl Loop {
    fn known_presets(&self) -> Presets {
        let path = self.driver.session().model_path();
        match path.and_then(|path| self.library.recommended(path)) {
            Some(found) => self.presets.with_model(found.source, &found.values),
            None => self.presets.clone(),
        }
    }

    /// Shows the sampler settings, and what they would make of the token under the cursor.
    pub(super) fn show_sampler(&mut self) {
        let layer = SamplerLayer::new(self.known_presets());
        self.app.layers.push(Layer::Sampler(Box::new(layer)));
        let session = self.driver.session();
        if let Some(cursor) = self.app.cursor
            && let Place::Written(index) = cursor.place
            && matches!(session.engine(), EngineStatus::Ready(_))
            && session.reconsideration(cursor.message, index).is_none()
        {
            let message = cursor.message;
            self.user(UserEvent::Reconsider { message, index });
        }
    }

    pub(super) fn take_preset(&mut self, name: &str) {
        let presets = self.known_presets();
        match presets.find(name) {
            Ok(preset) => {
                let sampling = preset.apply(self.driver.session().sampling());
                let says = words::sampled_as(&preset.name);
                self.user(UserEvent::Sampling(Box::new(sampling)));
                self.inform(says);
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// Keeps the sampler settings of now in the settings file.
    pub(super) fn save_preset(&mut self, name: &str) {
        let Some(file) = self.settings_file.clone() else {
            return self.complain(words::NO_SETTINGS_FILE.into());
        };
        match edit::save_preset(&file, name, self.driver.session().sampling()) {
            Ok(preset) => {
                self.inform(words::preset_saved(name, file.display()));
                self.presets.put(preset.clone());
                if let Some(Layer::Sampler(layer)) = self.app.layers.last_mut() {
                    layer.put(preset);
                }
            }
            Err(error) => {
                let says = std::iter::once(error.to_string()).chain(error.hints);
                self.complain(says.collect::<Vec<_>>().join("; "));
            }
        }
    }

    pub(super) fn pick_system(&mut self) {
        let listed = prompts::list(self.prompts.as_deref()).into_iter();
        let mut items: Vec<Item> = listed
            .map(|one| {
                let detail = one
                    .file
                    .map_or_else(|| words::BUILT_IN.into(), |file| file.display().to_string());
                Item::new(&one.name, &detail, Choice::System(one.name.clone()))
            })
            .collect();
        let none = Choice::Run("/system none".to_owned());
        items.push(Item::new(&words::NO_PROMPT, &words::NO_SYSTEM_PROMPT, none));
        let picker = Picker::new(words::SYSTEM_PROMPTS, items, words::NONE);
        self.app.layers.push(Layer::Picker(picker));
    }

    pub(super) fn set_system(&mut self, name: &str) {
        match prompts::find(name, self.prompts.as_deref()) {
            Ok(text) => {
                self.user(UserEvent::System(Some(text)));
                self.inform(words::system_prompt_is(name));
            }
            Err(problem) => self.complain(problem),
        }
    }
}
