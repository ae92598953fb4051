//! Sampler settings under a name: limpid's own, the user's, and what a model's makers say.
//!
//! ```toml
//! [presets.dry-wit]
//! temperature = 0.9
//! dry_multiplier = 0.8
//! ```
//!
//! A preset says everything: what it does not name is llama.cpp's default. The seed, biases of
//! single tokens, a grammar and a schema are not matters of taste, and stay as they are.

use toml_edit::Item;

use super::error::{ConfigError, SourceText, nearest};
use super::settings::Settings;
use super::table::{Group, Setting};
use super::value::Value;
use crate::inference::SamplerSettings;
use crate::words::{Phrase, common, config as words};

/// The name of what the loaded model's makers recommend.
pub const MODEL_PRESET: &str = "model";

/// What no preset changes.
const APART: [&str; 5] = [
    "sampling.preset",
    "sampling.seed",
    "sampling.logit_bias",
    "sampling.grammar",
    "sampling.json_schema",
];

/// Name, what it is for, and what it sets, as `config set` takes it.
type BuiltIn = (
    &'static str,
    Phrase,
    &'static [(&'static str, &'static str)],
);

const BUILT_IN: [BuiltIn; 4] = [
    (
        "precise",
        words::PRECISE,
        &[("temperature", "0.2"), ("top_k", "40"), ("top_p", "0.9")],
    ),
    ("balanced", words::BALANCED, &[]),
    (
        "creative",
        words::CREATIVE,
        &[
            ("temperature", "1.2"),
            ("top_k", "0"),
            ("top_p", "1"),
            ("min_p", "0.08"),
        ],
    ),
    ("greedy", words::GREEDY, &[("temperature", "0")]),
];

/// Sampler settings under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// Raw: sanitise when shown.
    pub name: String,
    /// What it is for, or where it is from.
    pub about: String,
    values: Vec<(&'static Setting, Value)>,
}

impl PartialEq for Setting {
    /// There is one setting of each key.
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Preset {
    /// One of values as text, by their names in `[sampling]`; those that are no settings, or not
    /// what a setting takes, are left out.
    #[must_use]
    pub fn of<'a>(
        name: &str,
        about: &str,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let values = values.into_iter().filter_map(|(key, text)| {
            let setting = settings().find(|setting| setting.name() == key)?;
            Some((setting, setting.parse(text).ok()?))
        });
        Self {
            name: name.to_owned(),
            about: about.to_owned(),
            values: values.collect(),
        }
    }

    /// All that it sets, what it does not name as llama.cpp has it.
    pub fn values(&self) -> impl Iterator<Item = (&'static Setting, Value)> {
        settings().map(|setting| {
            let own = self.values.iter().find(|(other, _)| *other == setting);
            let value = own.map(|(_, value)| value.clone());
            (setting, value.unwrap_or_else(|| setting.default_value()))
        })
    }

    /// The sampler settings that it makes of others.
    #[must_use]
    pub fn apply(&self, to: &SamplerSettings) -> SamplerSettings {
        let mut settings = Settings {
            sampling: to.clone(),
            ..Settings::default()
        };
        for (setting, value) in self.values() {
            // A value is checked where it is read.
            let _ = setting.write(&mut settings, value);
        }
        settings.sampling
    }
}

/// The settings that a preset says.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    let all = Group::Sampling.settings().iter();
    all.filter(|setting| !APART.contains(&setting.key))
}

/// The presets that there are, in the order they are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Presets(Vec<Preset>);

impl Default for Presets {
    fn default() -> Self {
        let built_in = BUILT_IN.into_iter();
        Self(
            built_in
                .map(|(name, about, values)| Preset::of(name, &about, values.iter().copied()))
                .collect(),
        )
    }
}

impl Presets {
    /// In the order they are shown.
    pub fn iter(&self) -> impl Iterator<Item = &Preset> {
        self.0.iter()
    }

    /// Puts one in the place of that of the same name, or behind the others.
    pub fn put(&mut self, preset: Preset) {
        match self.0.iter_mut().find(|one| one.name == preset.name) {
            Some(one) => *one = preset,
            None => self.0.push(preset),
        }
    }

    /// With what a model's makers recommend, as text, by the names in `[sampling]`; `source` says
    /// where that is written.
    #[must_use]
    pub fn with_model<'a>(
        &self,
        source: &str,
        values: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> Self {
        let values = values.into_iter();
        let values = values.map(|(key, value)| (key.as_str(), value.as_str()));
        let about = words::as_source_says(source);
        let mut all = self.clone();
        all.put(Preset::of(MODEL_PRESET, &about, values));
        all
    }

    /// The preset of a name.
    ///
    /// # Errors
    /// There is none; a sentence that names the nearest, or all.
    pub fn find(&self, name: &str) -> Result<&Preset, String> {
        let named = self
            .0
            .iter()
            .find(|one| one.name.eq_ignore_ascii_case(name));
        named.ok_or_else(|| {
            let names = self.0.iter().map(|one| one.name.as_str());
            let all: Vec<&str> = names.clone().collect();
            match nearest(name, names) {
                _ if name == MODEL_PRESET => words::NOTHING_RECOMMENDED.into(),
                Some(near) => words::with_hint(words::no_preset(name), words::did_you_mean(near)),
                None => words::no_preset_among(name, all.join(&common::LIST_SEPARATOR)),
            }
        })
    }

    /// The `[presets]` table of a settings file over the built-in ones.
    pub(super) fn merged(source: &SourceText<'_>, item: &Item) -> Result<Self, ConfigError> {
        let mut presets = Self::default();
        let wrong = |message: String, span| ConfigError::new(message).at(source, span);
        let Some(tables) = item.as_table_like() else {
            return Err(wrong(words::is_a_table("presets"), item.span()));
        };
        for (name, item) in tables.iter() {
            let span = tables.key(name).and_then(toml_edit::Key::span);
            let Some(table) = item.as_table_like() else {
                let message = words::preset_is_a_table(name);
                return Err(wrong(message, span));
            };
            if name == MODEL_PRESET {
                let message = words::PRESET_OF_THE_MODEL.into();
                return Err(wrong(message, span).hint(words::CALL_PRESET_OTHERWISE));
            }
            let mut values = Vec::new();
            for (key, item) in table.iter() {
                let span = table.key(key).and_then(toml_edit::Key::span);
                let Some(setting) = settings().find(|setting| setting.name() == key) else {
                    let error = wrong(
                        words::unknown_key(format_args!("presets.{name}.{key}")),
                        span,
                    );
                    return Err(error.nearest(key, settings().map(Setting::name)));
                };
                let read = item
                    .as_value()
                    .ok_or_else(|| words::it_takes(setting.kind.describe()))
                    .and_then(|value| setting.read_toml(value));
                let value = read.map_err(|problem| {
                    let key = format_args!("presets.{name}.{key}");
                    wrong(words::of_setting(key, problem), span.clone())
                })?;
                values.push((setting, value));
            }
            presets.put(Preset {
                name: name.to_owned(),
                about: words::YOUR_OWN.into(),
                values,
            });
        }
        Ok(presets)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::SettingsFile;
    use super::*;

    fn parse(text: &str) -> Result<Presets, ConfigError> {
        Ok(SettingsFile::parse(Path::new("config.toml"), text)?.presets)
    }

    #[test]
    fn every_value_of_a_built_in_preset_is_one_that_its_setting_takes() {
        for (name, _, values) in BUILT_IN {
            let preset = Preset::of(name, "", values.iter().copied());
            assert_eq!(preset.values.len(), values.len(), "{name}");
        }
        let balanced = Presets::default();
        let balanced = balanced.find("Balanced").expect("it is built in");
        let other = SamplerSettings {
            temperature: 0.1,
            ..Default::default()
        };
        assert_eq!(balanced.apply(&other), SamplerSettings::default());
    }

    #[test]
    fn a_preset_says_everything_but_the_seed() {
        let presets = parse("[presets.wit]\ntemperature = 0.9\ntop_k = 7\n").expect("is right");
        let before = SamplerSettings {
            seed: Some(5),
            min_p: 0.5,
            grammar: Some("root ::= x".into()),
            ..Default::default()
        };
        let after = presets.find("wit").expect("it is there").apply(&before);
        assert_eq!((after.top_k, after.seed), (7, Some(5)));
        assert_eq!(after.grammar, before.grammar);
        assert!((after.min_p - SamplerSettings::default().min_p).abs() < 1e-6);
    }

    #[test]
    fn mistakes_name_the_line_and_the_nearest_key() {
        let complaint = |text: &str| {
            let error = parse(text).expect_err("has a mistake");
            let mut lines = vec![error.to_string()];
            lines.extend(error.hints);
            lines.join("; ")
        };
        assert_eq!(
            complaint("[presets.a]\n\ntemprature = 1\n"),
            "config.toml:3: unknown key 'presets.a.temprature'; did you mean 'temperature'?"
        );
        assert!(complaint("[presets.a]\ntop_p = 2\n").contains("config.toml:2: 'presets.a.top_p'"));
        assert!(complaint("[presets]\na = 1\n").contains("write [presets.a]"));
        assert!(complaint("[presets.model]\n").contains("something else"));
    }

    #[test]
    fn an_unknown_preset_names_the_nearest() {
        let presets = Presets::default();
        let near = presets.find("precice").expect_err("is none");
        assert!(near.contains("'precise'"), "{near}");
        let far = presets.find("zzz").expect_err("is none");
        assert!(far.contains("precise, balanced, creative, greedy"), "{far}");
    }
}
