//! `limpid config init|show|path|check|keys|get|set`.

use std::fmt::Write;

use crate::cli::command::{ConfigArgs, ConfigCommand};
use crate::cli::{Args, Resolved, resolve};
use crate::config::{Context, Env, Kind, Paths, Value, edit, table};
use crate::text;
use crate::words::commands::config as words;

/// Shows or changes settings.
///
/// It takes the arguments before they are resolved: `init`, `path` and `set` have to work where
/// the settings file has a mistake.
///
/// # Errors
/// The settings file has a mistake or cannot be written, or the key or value is none.
pub fn run(command: &ConfigArgs, args: &Args, env: Env<'_>) -> anyhow::Result<()> {
    let paths = Paths::find(env);
    match &command.command {
        ConfigCommand::Init { force } => {
            let file = paths.settings_file()?;
            edit::init(&file, *force)?;
            super::print(&format!("{}\n", words::wrote(shown(&file))))
        }
        ConfigCommand::Path => super::print(&places(&paths)),
        ConfigCommand::Check => check(&resolve(args, env)?, &paths),
        ConfigCommand::Keys => super::print(&keys(&resolve(args, env)?)),
        ConfigCommand::Show => super::print(&show(&resolve(args, env)?)),
        ConfigCommand::Get { key } => {
            let setting = table::find(key)?;
            let (value, _) = resolve(args, env)?.value(setting);
            super::print(&format!("{}\n", bare(&setting.kind, &value)))
        }
        ConfigCommand::Set { key, value } => Ok(edit::set(&paths.settings_file()?, key, value)?),
    }
}

fn show(resolved: &Resolved) -> String {
    let rows: Vec<_> = table::in_file_order()
        .map(|setting| {
            let (value, origin) = resolved.value(setting);
            let value = setting.kind.to_toml(&value).to_string();
            let left = format!("{} = {}", setting.key, text::visible_line(value.trim()));
            (left, text::visible_line(&origin.to_string()).into_owned())
        })
        .collect();
    // A long value pushes its own origin aside, not everyone's.
    let column = rows
        .iter()
        .map(|(left, _)| text::width(left))
        .filter(|width| *width <= 44)
        .max();
    let column = column.unwrap_or(0);
    let mut out = String::new();
    for (left, origin) in rows {
        let left = text::columns::left(&left, column);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{left}  # {origin}");
    }
    for notice in resolved.keymap.notices() {
        let _ = writeln!(out, "# {}", text::visible_line(notice));
    }
    out
}

/// Whoever gets here has a file without mistakes; what may not have been meant is told.
fn check(resolved: &Resolved, paths: &Paths) -> anyhow::Result<()> {
    let file = paths.settings_file()?;
    let mut out = String::new();
    for notice in resolved.keymap.notices() {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", text::visible_line(notice));
    }
    let _ = match (file.exists(), resolved.keymap.notices().len()) {
        (false, _) => writeln!(out, "{}", words::not_there(shown(&file))),
        (true, 0) => writeln!(out, "{}", words::sound(shown(&file))),
        (true, 1) => writeln!(out, "{}", words::sound_but_one(shown(&file))),
        (true, more) => writeln!(out, "{}", words::sound_but(shown(&file), more)),
    };
    super::print(&out)
}

/// Every key in force, context by context.
fn keys(resolved: &Resolved) -> String {
    let keymap = &resolved.keymap;
    let file = resolved.paths.settings_file().ok();
    let mut out = String::new();
    for context in Context::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "[keys.{}]  # {}", context.name(), context.heading());
        let bindings = keymap.bindings().iter();
        for binding in bindings.filter(|one| one.context == context) {
            let key = toml_edit::Value::from(binding.chord.to_string()).to_string();
            let name = format!("\"{}\"", binding.action.name());
            let origin = match (keymap.line_of(context, binding.chord), &file) {
                (Some(line), Some(file)) => format!("{}:{line}", shown(file)),
                _ => words::DEFAULT.into(),
            };
            let _ = writeln!(out, "{:<14} = {name:<26} # {origin}", key.trim());
        }
        out.push('\n');
    }
    for notice in keymap.notices() {
        let _ = writeln!(out, "# {}", text::visible_line(notice));
    }
    out
}

/// A value as a script wants it: a text without quotes, a list line by line.
fn bare(kind: &Kind, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => items.join("\n"),
        other => kind
            .to_toml(other)
            .to_string()
            .trim()
            .trim_matches('"')
            .to_owned(),
    }
}

fn places(paths: &Paths) -> String {
    let places = [
        (words::SETTINGS, paths.settings_file()),
        (words::THEMES, paths.themes_dir()),
        (words::SYSTEM_PROMPTS, paths.prompts_dir()),
        (words::MODELS, paths.models_dir()),
        (words::HISTORY, paths.history_dir()),
        (words::INPUT_HISTORY, paths.input_history_file()),
        (words::PANES, paths.panes_file()),
        (words::COPIES, paths.clipboard_file()),
        (words::LOG, paths.log_file()),
        (words::CACHE, paths.cache_dir()),
    ];
    let mut out = String::new();
    for (what, place) in places {
        let place = match place {
            Ok(path) => shown(&path),
            Err(error) => error.to_string(),
        };
        let _ = writeln!(out, "{what:<16}{place}");
    }
    out
}

fn shown(path: &std::path::Path) -> String {
    text::visible_line(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_printed_as_a_script_wants_it() {
        let list = Value::List(vec!["a".into(), "b".into()]);
        assert_eq!(bare(&Kind::List { separator: None }, &list), "a\nb");
        assert_eq!(bare(&Kind::Text, &Value::Unset), "");
        let threads = table::find("load.threads").expect("is a setting");
        assert_eq!(bare(&threads.kind, &Value::Unset), "auto");
    }

    #[test]
    fn places_that_are_not_known_say_what_to_set() {
        assert!(places(&Paths::default()).contains("set HOME, or LIMPID_CONFIG_DIR"));
    }
}
