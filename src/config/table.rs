//! The one table of everything that can be set.
//!
//! The settings file, the flags, the environment variables, `config show`, `config init` and the
//! manual are all made from it, so none can drift from the others.

mod answer;
mod load;
mod program;
mod resident;
mod sampling;
mod ui;

use super::error::ConfigError;
use super::field::Field;
use super::settings::Settings;
use super::value::{Kind, Value};
use crate::words::{Phrase, config as words};

/// Settings that belong together: a heading of `--help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    Model,
    Sampling,
    Answer,
    History,
    Display,
    Program,
    Resident,
}

impl Group {
    /// In the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::Program,
        Self::Model,
        Self::Resident,
        Self::Sampling,
        Self::Answer,
        Self::History,
        Self::Display,
    ];

    /// The heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        let heading = match self {
            Self::Model => words::GROUP_MODEL,
            Self::Sampling => words::GROUP_SAMPLING,
            Self::Answer => words::GROUP_ANSWER,
            Self::History => words::GROUP_HISTORY,
            Self::Display => words::GROUP_DISPLAY,
            Self::Program => words::GROUP_GENERAL,
            Self::Resident => words::GROUP_RESIDENT,
        };
        heading.text()
    }

    /// The settings of the group.
    #[must_use]
    pub fn settings(self) -> &'static [Setting] {
        match self {
            Self::Model => load::SETTINGS,
            Self::Sampling => sampling::SETTINGS,
            Self::Answer => answer::SETTINGS,
            Self::History => ui::HISTORY,
            Self::Display => ui::DISPLAY,
            Self::Program => program::SETTINGS,
            Self::Resident => resident::SETTINGS,
        }
    }
}

/// What follows a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A value, shown in help by this name.
    Value(&'static str),
    /// A file that holds the value.
    File,
    /// Nothing: the flag stands for this value.
    Fixed(&'static str),
}

/// A command-line flag that sets a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Without the dashes.
    pub long: &'static str,
    pub short: Option<char>,
    /// Other programs' long names for it.
    pub aliases: &'static [&'static str],
    pub form: Form,
    /// Instead of the setting's own text.
    pub help: Option<Phrase>,
    /// Whether only `--help` shows it, and `-h` does not.
    pub rare: bool,
}

impl Flag {
    const fn new(long: &'static str, form: Form) -> Self {
        Self {
            long,
            short: None,
            aliases: &[],
            form,
            help: None,
            rare: false,
        }
    }

    const fn value(long: &'static str, name: &'static str) -> Self {
        Self::new(long, Form::Value(name))
    }

    const fn file(long: &'static str, help: Phrase) -> Self {
        Self::new(long, Form::File).help(help).rare()
    }

    const fn fixed(long: &'static str, value: &'static str, help: Phrase) -> Self {
        Self::new(long, Form::Fixed(value)).help(help)
    }

    const fn rare(self) -> Self {
        Self { rare: true, ..self }
    }

    const fn short(self, short: char) -> Self {
        Self {
            short: Some(short),
            ..self
        }
    }

    const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn help(self, help: Phrase) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }

    /// The environment variable that does the same.
    #[must_use]
    pub fn variable(&self) -> String {
        variable(self.long)
    }
}

/// The environment variable of a long flag: `LIMPID_TOP_K` for `top-k`.
#[must_use]
pub fn variable(long: &str) -> String {
    format!("LIMPID_{}", long.to_ascii_uppercase().replace('-', "_"))
}

/// One thing that can be set.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its place in the settings file: `section.name`, or `name` above all sections.
    pub key: &'static str,
    pub kind: Kind,
    /// One or two sentences; the first one is what `-h` shows.
    pub doc: Phrase,
    pub flags: &'static [Flag],
    /// llama.cpp's own environment variable.
    pub llama: Option<&'static str>,
    /// Whether `@FILE` stands for a file's text.
    pub reads_files: bool,
    place: fn(&mut Settings) -> &mut dyn Field,
}

impl Setting {
    const fn new(
        key: &'static str,
        kind: Kind,
        place: fn(&mut Settings) -> &mut dyn Field,
        doc: Phrase,
    ) -> Self {
        Self {
            key,
            kind,
            doc,
            flags: &[],
            llama: None,
            reads_files: false,
            place,
        }
    }

    const fn flags(self, flags: &'static [Flag]) -> Self {
        Self { flags, ..self }
    }

    const fn llama(self, name: &'static str) -> Self {
        Self {
            llama: Some(name),
            ..self
        }
    }

    const fn reads_files(self) -> Self {
        Self {
            reads_files: true,
            ..self
        }
    }

    /// The value that `settings` hold.
    #[must_use]
    pub fn read(&self, settings: &Settings) -> Value {
        // One table entry serves reading and writing; a copy is cheap where values are shown.
        (self.place)(&mut settings.clone()).read()
    }

    /// The value when nobody sets it.
    #[must_use]
    pub fn default_value(&self) -> Value {
        self.read(&Settings::default())
    }

    /// Puts a value of the setting's kind in its place.
    ///
    /// # Errors
    /// A sentence on what the kind alone could not check.
    pub fn write(&self, settings: &mut Settings, value: Value) -> Result<(), String> {
        (self.place)(settings).write(value)
    }

    /// Reads and checks a value given as text, as a flag or `config set` gives it.
    ///
    /// # Errors
    /// What was expected and what was found.
    pub fn parse(&self, text: &str) -> Result<Value, String> {
        let value = self.kind.parse(text)?;
        self.check(&value)?;
        Ok(value)
    }

    /// Reads and checks a value of a settings file.
    pub(super) fn read_toml(&self, value: &toml_edit::Value) -> Result<Value, String> {
        let value = self.kind.read_toml(value)?;
        self.check(&value)?;
        Ok(value)
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        self.write(&mut Settings::default(), value.clone())
    }

    /// The section of the settings file, empty above all sections.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.key.split_once('.').map_or("", |(section, _)| section)
    }

    /// The name within its section.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, name)| name)
    }
}

/// Every setting, group by group.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    Group::ALL.into_iter().flat_map(Group::settings)
}

/// The sections of the settings file, in the order they are written; first the one without a
/// name, since TOML wants its keys above all others.
#[must_use]
pub fn sections() -> Vec<&'static str> {
    let mut sections = vec![""];
    for setting in all() {
        if !sections.contains(&setting.section()) {
            sections.push(setting.section());
        }
    }
    sections
}

/// Every setting, section by section.
pub fn in_file_order() -> impl Iterator<Item = &'static Setting> {
    let of = |section| all().filter(move |setting| setting.section() == section);
    sections().into_iter().flat_map(of)
}

/// The setting with this key.
///
/// # Errors
/// There is none; the nearest is named.
pub fn find(key: &str) -> Result<&'static Setting, ConfigError> {
    let plain = key.replace('-', "_");
    all().find(|setting| setting.key == plain).ok_or_else(|| {
        let error = ConfigError::new(words::unknown_setting(key));
        // Someone who gives a bare name may have forgotten its section.
        match all().find(|setting| setting.name() == plain) {
            Some(setting) => error.hint(words::did_you_mean(setting.key)),
            None => error.nearest(key, all().map(|setting| setting.key)),
        }
    })
}

/// A whole number from `min` up.
const fn count(min: i64, max: i64) -> Kind {
    Kind::Integer {
        min,
        max,
        words: &[],
    }
}

/// A whole number or one of the words.
const fn count_or(min: i64, max: i64, words: &'static [&'static str]) -> Kind {
    Kind::Integer { min, max, words }
}

const fn number(min: f64, max: f64) -> Kind {
    Kind::Number { min, max }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_default_is_a_value_its_own_setting_accepts() {
        for setting in all() {
            let value = setting.default_value();
            let toml = setting.kind.to_toml(&value);
            assert_eq!(setting.read_toml(&toml), Ok(value), "{}", setting.key);
        }
    }

    #[test]
    fn keys_flags_aliases_and_variables_are_unique() {
        let mut seen = HashSet::new();
        for setting in all() {
            assert!(seen.insert(setting.key.to_owned()), "{}", setting.key);
            for flag in setting.flags {
                for name in [flag.long].iter().chain(flag.aliases) {
                    assert!(seen.insert(format!("--{name}")), "--{name}");
                }
                if let Some(short) = flag.short {
                    assert!(seen.insert(format!("-{short}")), "-{short}");
                }
                let known_to_kind = match flag.form {
                    Form::Fixed(value) => setting.parse(value).is_ok(),
                    Form::File => setting.reads_files,
                    Form::Value(_) => true,
                };
                assert!(known_to_kind, "--{}", flag.long);
            }
            if let Some(name) = setting.llama {
                assert!(seen.insert(name.to_owned()), "{name}");
            }
        }
    }

    #[test]
    fn an_unknown_setting_gets_the_nearest_name() {
        let hint = |key| find(key).expect_err("is unknown").hints;
        assert_eq!(
            hint("sampling.temprature"),
            ["did you mean 'sampling.temperature'?"]
        );
        assert_eq!(hint("top_k"), ["did you mean 'sampling.top_k'?"]);
        assert!(find("sampling.top-k").is_ok());
    }
}
