//! Values that stand for a file's text: `@FILE`.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Origin, ResolveError};
use crate::config::{Setting, Settings, Value, prompts, table};
use crate::inference;
use crate::words::usage as words;

/// The setting whose `@NAME` may be a named prompt.
const SYSTEM: &str = "answer.system";

/// More than any template, grammar or system message; a mistyped path may be a model.
const SIZE_LIMIT: u64 = 4 << 20;

/// Puts the files' texts in the place of their names.
pub(super) fn read(
    settings: &mut Settings,
    values: &HashMap<&'static str, (Value, Origin)>,
    named: Option<&Path>,
) -> Result<(), ResolveError> {
    for setting in table::all().filter(|setting| setting.reads_files) {
        let Some((Value::Text(text), origin)) = values.get(setting.key) else {
            continue;
        };
        let text = contents(setting, text, origin, named)
            .map_err(|problem| wrong(setting, origin, problem))?;
        setting
            .write(settings, Value::Text(text))
            .map_err(|problem| wrong(setting, origin, problem))?;
    }
    check_template(settings, values)?;
    check_schema(settings, values)
}

fn wrong(setting: &Setting, origin: &Origin, problem: String) -> ResolveError {
    ResolveError::Value {
        key: setting.key,
        origin: origin.clone(),
        problem,
        hints: Vec::new(),
    }
}

/// `named` is the folder of what `@NAME` may mean too.
fn contents(
    setting: &Setting,
    text: &str,
    origin: &Origin,
    named: Option<&Path>,
) -> Result<String, String> {
    match text.strip_prefix('@') {
        None => Ok(text.to_owned()),
        Some(escaped) if escaped.starts_with('@') => Ok(escaped.to_owned()),
        Some(name) => {
            let path = place(name, origin);
            // A file of that name goes first.
            if setting.key == SYSTEM && prompts::is_name(name) && !path.exists() {
                return prompts::find(name, named)
                    .map_err(|problem| words::no_such_prompt(path.display(), problem));
            }
            file_text(&path)
        }
    }
}

/// A name in the settings file is meant from the file's own folder; `~/` is the home.
fn place(name: &str, origin: &Origin) -> PathBuf {
    if let (Some(inside), Some(home)) = (name.strip_prefix("~/"), std::env::home_dir()) {
        return home.join(inside);
    }
    match origin {
        Origin::File { path, .. } => path.parent().unwrap_or(Path::new("")).join(name),
        _ => PathBuf::from(name),
    }
}

fn file_text(path: &Path) -> Result<String, String> {
    let cannot = |problem: &dyn std::fmt::Display| words::cannot_read(path.display(), problem);
    let file = File::open(path).map_err(|error| cannot(&error))?;
    let mut text = String::new();
    match file.take(SIZE_LIMIT + 1).read_to_string(&mut text) {
        Ok(size) if size as u64 > SIZE_LIMIT => Err(cannot(&words::LARGER_THAN_4_MIB)),
        Ok(_) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(cannot(&words::NOT_UTF8_TEXT))
        }
        Err(error) => Err(cannot(&error)),
    }
}

/// llama.cpp also takes the names of its built-in templates; rendered as Jinja, such a name
/// would be the whole prompt.
fn check_template(
    settings: &Settings,
    values: &HashMap<&'static str, (Value, Origin)>,
) -> Result<(), ResolveError> {
    let key = "answer.chat_template";
    match (&settings.answer.chat_template, values.get(key)) {
        (Some(template), Some((_, origin)))
            if !template.contains("{{") && !template.contains("{%") =>
        {
            Err(ResolveError::Value {
                key,
                origin: origin.clone(),
                problem: words::NO_JINJA.into(),
                hints: vec![words::TEMPLATE_FROM_FILE.into()],
            })
        }
        _ => Ok(()),
    }
}

/// A schema is checked before any model is loaded for it.
fn check_schema(
    settings: &Settings,
    values: &HashMap<&'static str, (Value, Origin)>,
) -> Result<(), ResolveError> {
    let key = "sampling.json_schema";
    let (Some(schema), Some((_, origin))) = (&settings.sampling.json_schema, values.get(key))
    else {
        return Ok(());
    };
    inference::check_schema(schema).map_err(|error| ResolveError::Constraint {
        key,
        origin: origin.clone(),
        error: Box::new(error),
    })?;
    match values.get("sampling.grammar") {
        Some((_, grammar)) if settings.sampling.grammar.is_some() => Err(ResolveError::Value {
            key,
            origin: origin.clone(),
            problem: words::grammar_too(grammar),
            hints: vec![words::ONE_CONSTRAINT.into()],
        }),
        _ => Ok(()),
    }
}
