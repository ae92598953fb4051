//! Which language to speak: known before the command line is parsed, since errors and help are
//! spoken too.

use std::ffi::{OsStr, OsString};

use crate::config::paths::Paths;
use crate::config::{Env, LanguageChoice, SettingsFile, Value, table};
use crate::words::Language;

const FLAG: &str = "--language";
const SETTING: &str = "ui.language";

/// What the flag, the variable or the settings file says, the first of them that says one; else
/// what the locale does. A mistake in any of them is told later, by whoever reads all of it.
#[must_use]
pub fn spoken(line: &[OsString], env: Env<'_>) -> Language {
    let chosen = typed(line)
        .or_else(|| named(&env(&table::variable("language"))?))
        .or_else(|| kept(env));
    match chosen.unwrap_or_default() {
        LanguageChoice::English => Language::English,
        LanguageChoice::Chinese => Language::Chinese,
        LanguageChoice::Auto => {
            Language::of_environment(|name| Some(env(name)?.to_string_lossy().into_owned()))
        }
    }
}

fn named(name: &OsStr) -> Option<LanguageChoice> {
    LanguageChoice::from_name(name.to_str()?)
}

/// The last flag, up to the place from which all is text.
fn typed(line: &[OsString]) -> Option<LanguageChoice> {
    let end = line.iter().position(|word| word == "--");
    let words = &line[..end.unwrap_or(line.len())];
    let joined = |word: &OsString| {
        let value = word.to_str()?.strip_prefix(FLAG)?.strip_prefix('=')?;
        LanguageChoice::from_name(value)
    };
    let apart = words.windows(2).filter(|pair| pair[0] == FLAG);
    let apart = apart.filter_map(|pair| named(&pair[1]));
    words.iter().filter_map(joined).chain(apart).last()
}

fn kept(env: Env<'_>) -> Option<LanguageChoice> {
    let path = Paths::find(env).settings_file().ok()?;
    let file = SettingsFile::read(&path).ok()?;
    let entry = file
        .entries
        .into_iter()
        .find(|it| it.setting.key == SETTING)?;
    match entry.value {
        Value::Text(name) => LanguageChoice::from_name(&name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken_for(line: &[&str], variables: &[(&str, &str)]) -> Language {
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        spoken(&line, &|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_nearest_to_the_hand_decides() {
        use Language::{Chinese, English};
        let folder = tempfile::tempdir().expect("a folder can be made");
        let config = folder.path().to_str().expect("its name is text");
        let file = folder.path().join("config.toml");
        std::fs::write(file, "[ui]\nlanguage = \"zh\"\n").expect("a file can be written");

        assert_eq!(spoken_for(&["limpid"], &[]), English);
        let locale = ("LANG", "zh_CN.UTF-8");
        assert_eq!(spoken_for(&["limpid"], &[locale]), Chinese);
        let home = ("LIMPID_CONFIG_DIR", config);
        assert_eq!(spoken_for(&["limpid"], &[home]), Chinese);
        let variable = ("LIMPID_LANGUAGE", "en");
        assert_eq!(spoken_for(&["limpid"], &[home, variable]), English);
        let line = ["limpid", "--language", "zh"];
        assert_eq!(spoken_for(&line, &[variable]), Chinese);
        let line = ["limpid", "--language=en", "--", "--language=zh"];
        assert_eq!(spoken_for(&line, &[home]), English);
        assert_eq!(
            spoken_for(&["limpid", "--language", "auto"], &[locale]),
            Chinese
        );
        assert_eq!(
            spoken_for(&["limpid", "--language", "klingon"], &[]),
            English
        );
    }
}
