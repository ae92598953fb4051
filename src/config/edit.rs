//! Writing the settings file: the explained one, and single values.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::error::ConfigError;
use super::file::SettingsFile;
use super::keymap::{Action, Chord, Context, Keymap};
use super::paths::write_private;
use super::presets::{self, Preset};
use super::settings::Settings;
use super::table::{self, Setting};
use crate::inference::SamplerSettings;
use crate::text;
use crate::words::config as words;

/// Columns of the comments in the explained file.
const WIDTH: usize = 88;

/// The settings file with every option explained, each commented out with its default.
#[must_use]
pub fn explained() -> String {
    let mut text = words::EXPLAINED_HEAD.text().to_owned();
    let mut section = "";
    for setting in table::in_file_order() {
        if setting.section() != section {
            section = setting.section();
            let _ = write!(text, "\n[{section}]\n");
        }
        explain(&mut text, setting);
    }
    explain_presets(&mut text);
    explain_keys(&mut text);
    text
}

fn explain_presets(text: &mut String) {
    text.push('\n');
    comment(text, &words::EXPLAINED_PRESETS);
    text.push_str("#[presets.mine]\n#temperature = 0.9\n#min_p = 0.1\n");
}

fn explain(text: &mut String, setting: &Setting) {
    text.push('\n');
    comment(
        text,
        &words::explained(setting.doc, setting.kind.describe()),
    );
    let default = setting.kind.to_toml(&setting.default_value());
    // Writing to a String cannot fail.
    let _ = writeln!(text, "#{} = {}", setting.name(), default.to_string().trim());
}

fn explain_keys(text: &mut String) {
    text.push('\n');
    comment(text, &words::EXPLAINED_KEYS);
    let keymap = Keymap::default();
    for context in Context::ALL {
        let _ = write!(text, "\n[keys.{}]\n", context.name());
        for binding in keymap
            .bindings()
            .iter()
            .filter(|one| one.context == context)
        {
            let key = toml_edit::Value::from(binding.chord.to_string());
            let (name, description) = (binding.action.name(), binding.action.description());
            let _ = writeln!(
                text,
                "#{} = \"{name}\"  # {description}",
                key.to_string().trim()
            );
        }
    }
}

fn comment(text: &mut String, words: &str) {
    for line in text::wrap(words, WIDTH - "# ".len()) {
        let _ = writeln!(text, "# {}", words[line].trim_end());
    }
}

/// Writes the explained file.
///
/// # Errors
/// One is there already and `force` is not given, or it cannot be written.
pub fn init(path: &Path, force: bool) -> Result<(), ConfigError> {
    // `exists` would take a link to nowhere for nothing.
    if !force && fs::symlink_metadata(path).is_ok() {
        let message = words::is_there_already(path.display());
        return Err(ConfigError::access(message).hint(words::FORCE_REPLACES));
    }
    write_private(path, &explained()).map_err(|error| ConfigError::access(error.to_string()))
}

/// Sets one value and leaves everything else in the file as it is, comments too.
///
/// # Errors
/// The key is unknown, the value is of the wrong kind, or the file cannot be read or written.
pub fn set(path: &Path, key: &str, text: &str) -> Result<(), ConfigError> {
    let setting = table::find(key)?;
    let value = setting
        .parse(text)
        .map_err(|problem| ConfigError::new(words::of_setting(setting.key, problem)))?;
    let mut document = parsed(path)?;
    let old = document.to_string();
    let new = setting.kind.to_toml(&value);
    let text = match uncommented(&old, setting, &new) {
        Some(text) if !is_set(&document, setting) => text,
        _ => {
            put(&mut document, setting, new)?;
            document.to_string()
        }
    };
    write_private(path, &text).map_err(|error| ConfigError::access(error.to_string()))
}

/// The settings file to be changed; one that is not there is empty.
fn parsed(path: &Path) -> Result<DocumentMut, ConfigError> {
    let old = match fs::read_to_string(path) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let message = words::cannot_read_settings(path.display(), error);
            return Err(ConfigError::access(message));
        }
    };
    // A file with another mistake in it is not made worse.
    SettingsFile::parse(path, &old)?;
    old.parse()
        .map_err(|error: toml_edit::TomlError| ConfigError::toml(&error))
}

/// Writes sampler settings into `[presets.NAME]`, those alone that are not llama.cpp's defaults,
/// in the place of a preset of that name. Everything else in the file stays as it is.
///
/// # Errors
/// The name is none for a preset, the file has a mistake, or it cannot be read or written.
pub fn save_preset(
    path: &Path,
    name: &str,
    sampling: &SamplerSettings,
) -> Result<Preset, ConfigError> {
    let plain = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
    if name.is_empty() || !name.chars().all(plain) || name == presets::MODEL_PRESET {
        let message = words::no_preset_name(name);
        return Err(ConfigError::new(message).hint(words::PRESET_NAMES));
    }
    let mut document = parsed(path)?;
    let settings = Settings {
        sampling: sampling.clone(),
        ..Settings::default()
    };
    let mut table = Table::new();
    for setting in presets::settings() {
        let value = setting.read(&settings);
        if value != setting.default_value() {
            table.insert(setting.name(), Item::Value(setting.kind.to_toml(&value)));
        }
    }
    let all = document.entry("presets").or_insert_with(|| {
        let mut all = Table::new();
        all.set_implicit(true);
        Item::Table(all)
    });
    let all = all
        .as_table_like_mut()
        .ok_or_else(|| ConfigError::new(words::not_a_table("presets")))?;
    all.insert(name, Item::Table(table));
    let text = document.to_string();
    let written = SettingsFile::parse(path, &text)?;
    write_private(path, &text).map_err(|error| ConfigError::access(error.to_string()))?;
    let preset = written.presets.find(name).cloned();
    preset.map_err(ConfigError::new)
}

/// Binds a key in the settings file, and leaves everything else in it as it is. A line that
/// binds the same key there, however it is spelled, is changed.
///
/// # Errors
/// The file cannot be read or written, or has a mistake in it.
pub fn bind(
    path: &Path,
    context: Context,
    chord: Chord,
    action: Action,
) -> Result<Keymap, ConfigError> {
    let mut document = parsed(path)?;
    let keys = subtable(document.as_table_mut(), "keys", true)?;
    let table = subtable(keys, context.name(), false)?;
    let spelled = table
        .iter()
        .map(|(key, _)| key.to_owned())
        .find(|key| Chord::parse(key).is_ok_and(|other| other == chord));
    let mut new = toml_edit::Value::from(action.name());
    match spelled.and_then(|key| table.get_mut(&key)) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *new.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(new);
        }
        None => {
            table.insert(&chord.to_string(), Item::Value(new));
        }
    }
    let text = document.to_string();
    let file = SettingsFile::parse(path, &text)?;
    write_private(path, &text).map_err(|error| ConfigError::access(error.to_string()))?;
    Ok(file.keymap)
}

/// A table in a table, made where it is not there. One that only holds tables has no header.
fn subtable<'a>(
    table: &'a mut Table,
    name: &str,
    implicit: bool,
) -> Result<&'a mut Table, ConfigError> {
    let entry = table.entry(name).or_insert_with(|| {
        let mut new = Table::new();
        new.set_implicit(implicit);
        Item::Table(new)
    });
    if let Some(inline) = entry.as_inline_table() {
        *entry = Item::Table(inline.clone().into_table());
    }
    let table = entry.as_table_mut();
    table.ok_or_else(|| ConfigError::new(words::not_a_table(name)))
}

fn is_set(document: &DocumentMut, setting: &Setting) -> bool {
    let section = match setting.section() {
        "" => Some(document.as_table() as &dyn TableLike),
        section => document.get(section).and_then(Item::as_table_like),
    };
    section.is_some_and(|table| table.contains_key(setting.name()))
}

/// The explained file shows each default on a line that is commented out: that line is where
/// the value belongs.
fn uncommented(old: &str, setting: &Setting, new: &toml_edit::Value) -> Option<String> {
    let shown = format!("#{} = ", setting.name());
    let mut section = "";
    let mut found = false;
    let mut text = String::with_capacity(old.len());
    for line in old.split_inclusive('\n') {
        if let Some(header) = line.trim().strip_prefix('[') {
            section = header.strip_suffix(']').unwrap_or(header);
        }
        if !found && section == setting.section() && line.starts_with(&shown) {
            found = true;
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{} = {}", setting.name(), new.to_string().trim());
        } else {
            text.push_str(line);
        }
    }
    found.then_some(text)
}

fn put(
    document: &mut DocumentMut,
    setting: &Setting,
    mut new: toml_edit::Value,
) -> Result<(), ConfigError> {
    let table = match setting.section() {
        "" => document.as_table_mut(),
        section => {
            let entry = document
                .entry(section)
                .or_insert_with(|| Item::Table(Table::new()));
            // An inline section (`ui = { … }`) becomes a table that can be added to.
            if let Some(inline) = entry.as_inline_table() {
                *entry = Item::Table(inline.clone().into_table());
            }
            let table = entry.as_table_mut();
            table.ok_or_else(|| ConfigError::new(words::not_a_table(section)))?
        }
    };
    match table.get_mut(setting.name()) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *new.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(new);
        }
        None => {
            table.insert(setting.name(), Item::Value(new));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes the `#` from each line that shows a default.
    fn all_uncommented() -> String {
        let is_default = |line: &str| line.starts_with('#') && !line.starts_with("# ");
        let lines = explained();
        let lines: Vec<_> = lines
            .lines()
            .map(|line| if is_default(line) { &line[1..] } else { line })
            .collect();
        lines.join("\n")
    }

    #[test]
    fn the_explained_file_says_what_holds_without_it() {
        let file =
            SettingsFile::parse(Path::new("config.toml"), &all_uncommented()).expect("is right");
        assert_eq!(file.entries.len(), table::all().count());
        let mut settings = Settings::default();
        for entry in file.entries {
            entry
                .setting
                .write(&mut settings, entry.value)
                .expect("is accepted");
        }
        assert_eq!(settings, Settings::default());
        for context in Context::ALL {
            for binding in Keymap::default()
                .bindings()
                .iter()
                .filter(|one| one.context == context)
            {
                assert!(file.keymap.bindings().contains(binding), "{binding:?}");
            }
        }
    }

    #[test]
    fn the_explained_file_itself_sets_nothing() {
        let file = SettingsFile::parse(Path::new("config.toml"), &explained()).expect("is right");
        assert!(file.entries.is_empty());
        assert_eq!(file.keymap, Keymap::default());
        assert!(explained().lines().all(|line| line.len() <= 110));
    }

    #[test]
    fn init_replaces_a_file_only_when_told_to() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("limpid/config.toml");
        init(&path, false).expect("nothing is there");
        fs::write(&path, "model = \"mine\"\n").expect("can be written");
        let error = init(&path, false).expect_err("is there");
        assert_eq!(error.hints, ["--force replaces it"]);
        assert_eq!(
            fs::read_to_string(&path).expect("can be read"),
            "model = \"mine\"\n"
        );
        init(&path, true).expect("is told to");
        assert_eq!(fs::read_to_string(&path).expect("can be read"), explained());
    }

    #[test]
    fn setting_a_value_keeps_everything_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("config.toml");
        let text = "# mine\nmodel = \"a\" # the good one\n\n[sampling]\n# warm\ntop_k = 3\n";
        fs::write(&path, text).expect("can be written");
        set(&path, "model", "b").expect("is right");
        set(&path, "sampling.temp-erature", "1").expect_err("is unknown");
        set(&path, "sampling.temperature", "1.5").expect("is right");
        set(&path, "ui.theme", "dark").expect("is right");
        assert_eq!(
            fs::read_to_string(&path).expect("can be read"),
            "# mine\nmodel = \"b\" # the good one\n\n[sampling]\n# warm\ntop_k = 3\ntemperature = 1.5\n\n[ui]\ntheme = \"dark\"\n"
        );
    }

    #[test]
    fn a_value_of_the_explained_file_is_set_in_its_place() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("config.toml");
        init(&path, false).expect("nothing is there");
        set(&path, "sampling.top_p", "0.5").expect("is right");
        set(&path, "model", "mine").expect("is right");
        let text = fs::read_to_string(&path).expect("can be read");
        let expected = explained()
            .replace("#top_p = 0.95\n", "top_p = 0.5\n")
            .replace("#model = \"\"\n", "model = \"mine\"\n");
        assert_eq!(text, expected);
        set(&path, "sampling.top_p", "0.6").expect("is right");
        let text = fs::read_to_string(&path).expect("can be read");
        assert_eq!(text, expected.replace("top_p = 0.5", "top_p = 0.6"));
    }

    #[test]
    fn a_key_is_bound_in_its_place_and_comments_stay() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("config.toml");
        let chord = |text| Chord::parse(text).expect("is a key");
        let text = "# mine\n[keys.input]\n\"C-s\" = \"yank\" # often\n\n[ui]\nmouse = true\n";
        fs::write(&path, text).expect("can be written");
        let keymap = bind(&path, Context::Input, chord("ctrl-s"), Action::Send).expect("is right");
        assert_eq!(keymap.line_of(Context::Input, chord("ctrl-s")), Some(3));
        bind(&path, Context::Global, chord("alt-x"), Action::PickModel).expect("is right");
        let text = fs::read_to_string(&path).expect("can be read");
        assert!(text.contains("\"C-s\" = \"send\" # often\n"), "{text}");
        assert!(text.starts_with("# mine\n[keys.input]\n"), "{text}");
        assert!(
            text.contains("[keys.global]\nalt-x = \"pick-model\"\n"),
            "{text}"
        );
        assert!(text.contains("[ui]\nmouse = true\n"), "{text}");
        // In a file that is not there yet, and in the one that explains everything.
        let path = folder.path().join("other/config.toml");
        bind(&path, Context::Pane, chord("Q"), Action::Leave).expect("is right");
        let text = fs::read_to_string(&path).expect("can be read");
        assert_eq!(text, "[keys.pane]\nQ = \"leave\"\n");
        init(&path, true).expect("is told to");
        let keymap = bind(&path, Context::Pane, chord("+"), Action::Leave).expect("is right");
        assert!(keymap.line_of(Context::Pane, chord("+")).is_some());
    }

    #[test]
    fn a_saved_preset_keeps_what_is_not_usual_and_leaves_the_rest_of_the_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("config.toml");
        let text = "# mine\n[presets.other]\ntop_p = 0.5\n\n[ui]\nmouse = true # often\n";
        fs::write(&path, text).expect("can be written");
        let mut sampling = SamplerSettings {
            temperature: 0.25,
            top_k: 7,
            ..SamplerSettings::default()
        };
        let preset = save_preset(&path, "mine", &sampling).expect("is right");
        let mut taken = Settings::default();
        for (setting, value) in preset.values() {
            setting.write(&mut taken, value).expect("is accepted");
        }
        assert_eq!(taken.sampling, sampling, "it brings back what was saved");
        let written = fs::read_to_string(&path).expect("can be read");
        for part in [
            "[presets.mine]\n",
            "temperature = 0.25\n",
            "top_k = 7\n",
            "# mine\n[presets.other]\ntop_p = 0.5\n",
            "mouse = true # often\n",
        ] {
            assert!(written.contains(part), "{part:?} is missing in:\n{written}");
        }
        assert_eq!(written.matches("top_p").count(), 1, "{written}");
        // Saved once more, it takes its own place.
        sampling.top_k = 9;
        save_preset(&path, "mine", &sampling).expect("is right");
        let written = fs::read_to_string(&path).expect("can be read");
        assert!(written.contains("top_k = 9\n") && !written.contains("top_k = 7"));
        for name in ["", "model", "a b", "x.y"] {
            save_preset(&path, name, &sampling).expect_err("is no name");
        }
        assert_eq!(fs::read_to_string(&path).expect("can be read"), written);
    }

    #[test]
    fn a_file_with_a_mistake_is_not_written_to() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("config.toml");
        fs::write(&path, "modle = \"a\"\n").expect("can be written");
        let error = set(&path, "model", "b").expect_err("has a mistake");
        assert_eq!(error.line, Some(1));
        let chord = Chord::parse("alt-x").expect("is a key");
        bind(&path, Context::Global, chord, Action::Leave).expect_err("has a mistake");
        assert_eq!(
            fs::read_to_string(&path).expect("can be read"),
            "modle = \"a\"\n"
        );
    }
}
