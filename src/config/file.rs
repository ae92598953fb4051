//! Reading the settings file.

use std::fs;
use std::io;
use std::path::Path;

use toml_edit::{Document, Item, Key, TableLike};

use super::error::{ConfigError, SourceText};
use super::keymap::Keymap;
use super::presets::Presets;
use super::table::{self, Setting};
use super::value::Value;
use crate::words::config as words;

/// A larger file is none that a person wrote.
const SIZE_LIMIT: u64 = 1 << 20;

/// A value and the line it stands on.
#[derive(Debug, Clone)]
pub struct Entry {
    pub setting: &'static Setting,
    pub value: Value,
    /// Counted from 1.
    pub line: usize,
}

/// What a settings file says, checked.
#[derive(Debug, Clone, Default)]
pub struct SettingsFile {
    pub entries: Vec<Entry>,
    pub keymap: Keymap,
    pub presets: Presets,
}

impl SettingsFile {
    /// Reads the file; one that does not exist says nothing.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, or has an unknown key or a value of the wrong kind: the
    /// line and the nearest name are in the error.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Ok(found) if found.len() > SIZE_LIMIT => {
                let message = words::settings_too_large(path.display());
                return Err(ConfigError::new(message));
            }
            _ => {}
        }
        let text = fs::read_to_string(path).map_err(|error| {
            ConfigError::access(words::cannot_read_settings(path.display(), error))
        })?;
        Self::parse(path, &text)
    }

    /// Reads the text of a settings file.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let source = SourceText { path, text };
        let document = Document::parse(text)
            .map_err(|error| ConfigError::toml(&error).at(&source, error.span()))?;
        let mut file = Self::default();
        for (name, item) in document.as_table() {
            let key = document.as_table().key(name);
            if name == "keys" {
                file.keymap = Keymap::merged(&source, item)?;
            } else if name == "presets" {
                file.presets = Presets::merged(&source, item)?;
            } else if let Some(section) = section(name, item) {
                for (inner, item) in section.iter() {
                    let entry = entry(
                        &source,
                        &format!("{name}.{inner}"),
                        section.key(inner),
                        item,
                    )?;
                    file.entries.push(entry);
                }
            } else {
                file.entries.push(entry(&source, name, key, item)?);
            }
        }
        Ok(file)
    }
}

/// A table with the name of a section.
fn section<'a>(name: &str, item: &'a Item) -> Option<&'a dyn TableLike> {
    let known = table::all().any(|setting| setting.section() == name);
    item.as_table_like().filter(|_| known)
}

fn entry(
    source: &SourceText<'_>,
    path: &str,
    key: Option<&Key>,
    item: &Item,
) -> Result<Entry, ConfigError> {
    let span = key.and_then(Key::span);
    let setting = table::all().find(|setting| setting.key == path);
    let Some(setting) = setting else {
        return Err(unknown(path, item).at(source, span));
    };
    let Some(value) = item.as_value() else {
        let kind = setting.kind.describe();
        let message = words::not_a_section(path, kind);
        return Err(ConfigError::new(message).at(source, span));
    };
    let value = setting.read_toml(value).map_err(|problem| {
        ConfigError::new(words::of_setting(path, problem)).at(source, span.clone())
    })?;
    Ok(Entry {
        setting,
        value,
        line: span.map_or(0, |span| source.line(span.start)),
    })
}

fn unknown(path: &str, item: &Item) -> ConfigError {
    if item.as_table_like().is_some() && !path.contains('.') {
        let mut sections = table::sections();
        sections.extend(["keys", "presets"]);
        return ConfigError::new(words::unknown_section(path))
            .nearest(path, sections.into_iter().filter(|name| !name.is_empty()));
    }
    if table::all().any(|setting| setting.section() == path) {
        return ConfigError::new(words::is_a_section(path));
    }
    match table::find(path) {
        Err(error) => ConfigError {
            message: words::unknown_key(path),
            ..error
        },
        Ok(setting) => {
            ConfigError::new(words::unknown_key(path)).hint(words::did_you_mean(setting.key))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<SettingsFile, ConfigError> {
        SettingsFile::parse(Path::new("config.toml"), text)
    }

    fn complaint(text: &str) -> String {
        let error = parse(text).expect_err("has a mistake");
        let mut lines = vec![error.to_string()];
        lines.extend(error.hints);
        lines.join("\n")
    }

    #[test]
    fn a_value_comes_with_its_line() {
        let file =
            parse("model = \"x\"\n\n[sampling]\n# warm\ntemperature = 1\n").expect("is right");
        let found: Vec<_> = file
            .entries
            .iter()
            .map(|one| (one.setting.key, one.line))
            .collect();
        assert_eq!(found, [("model", 1), ("sampling.temperature", 5)]);
        assert_eq!(file.entries[1].value, Value::Number(1.0));
    }

    #[test]
    fn mistakes_name_the_line_and_the_nearest_key() {
        insta::assert_snapshot!(complaint("[sampling]\ntemprature = 1\n"), @r"
        config.toml:2: unknown key 'sampling.temprature'
        did you mean 'sampling.temperature'?
        ");
        insta::assert_snapshot!(complaint("[samplng]\ntop_k = 1\n"), @r"
        config.toml:1: unknown section 'samplng'
        did you mean 'sampling'?
        ");
        insta::assert_snapshot!(complaint("top_k = 1\n"), @r"
        config.toml:1: unknown key 'top_k'
        did you mean 'sampling.top_k'?
        ");
        insta::assert_snapshot!(complaint("[sampling]\ntop-k = 1\n"), @r"
        config.toml:2: unknown key 'sampling.top-k'
        did you mean 'sampling.top_k'?
        ");
    }

    #[test]
    fn values_of_the_wrong_kind_name_the_line_and_what_is_allowed() {
        let table = [
            (
                "[sampling]\n\ntemperature = \"warm\"\n",
                "config.toml:3: 'sampling.temperature': expected a number of at least 0, found the text \"warm\"",
            ),
            (
                "[sampling]\ntop_p = 1.5\n",
                "config.toml:2: 'sampling.top_p': expected a number from 0 to 1, found 1.5",
            ),
            (
                "[ui]\ncolor_by = \"probabilty\"\n",
                "config.toml:2: 'ui.color_by': expected one of off, probability, entropy, rank, surprise, found 'probabilty'; did you mean 'probability'?",
            ),
            (
                "[sampling]\nsamplers = [\"top_k\", \"topp\"]\n",
                "config.toml:2: 'sampling.samplers': unknown sampler 'topp'; known are penalties, dry, top_n_sigma, top_k, typ_p, top_p, min_p, xtc, temperature",
            ),
            (
                "[load]\nthreads = \"many\"\n",
                "config.toml:2: 'load.threads': expected a whole number from 1 to 1024 or \"auto\", found 'many'",
            ),
            ("ui = 3\n", "config.toml:1: 'ui' is a section: write [ui]"),
            (
                "[model]\nname = 3\n",
                "config.toml:1: 'model' is not a section; it takes text",
            ),
        ];
        for (text, message) in table {
            assert_eq!(complaint(text), message);
        }
        assert!(complaint("model = \"a\nb\n").starts_with("config.toml:"));
    }

    #[test]
    fn a_file_that_does_not_exist_says_nothing() {
        let file = SettingsFile::read(Path::new("/nonexistent/config.toml")).expect("is no error");
        assert!(file.entries.is_empty());
    }
}
