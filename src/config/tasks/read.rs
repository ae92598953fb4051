//! From a task's file to the task, with the line of each mistake.

use std::path::PathBuf;

use toml_edit::{Document, Item, TableLike};

use super::{INPUT, LABELS, Parameter, TaskFile, TaskKind};
use crate::config::error::{ConfigError, SourceText};
use crate::config::{Setting, Value, table};
use crate::inference::{Example, check_schema};
use crate::words::{config as words, help};

const KEYS: [&str; 9] = [
    "description",
    "kind",
    "system",
    "prompt",
    "labels",
    "parameters",
    "examples",
    "sampling",
    "answer",
];

/// What a task may say of an answer.
const ANSWER_KEYS: [&str; 2] = ["answer.predict", "answer.stop"];

pub(super) fn read(name: &str, path: Option<PathBuf>, text: &str) -> Result<TaskFile, ConfigError> {
    let shown = path
        .clone()
        .unwrap_or_else(|| PathBuf::from(words::built_in_file(name)));
    let source = Source {
        text: SourceText { path: &shown, text },
    };
    let document = Document::parse(text)
        .map_err(|error| ConfigError::toml(&error).at(&source.text, error.span()))?;
    let root = document.as_table();
    for (key, item) in root {
        if !KEYS.contains(&key) {
            let error = ConfigError::new(words::unknown_key(key)).nearest(key, KEYS);
            return Err(error.at(&source.text, place(root, key, item)));
        }
    }
    let kind = match source.text_of(root, "kind")?.as_deref() {
        None | Some("answer") => TaskKind::Answer,
        Some("classify") => TaskKind::Classify,
        Some(other) => {
            let message = words::task_kinds(other);
            return Err(source.wrong(message, place_of(root, "kind")));
        }
    };
    let Some(prompt) = source.text_of(root, "prompt")? else {
        return Err(source.wrong(words::TASK_NEEDS_PROMPT, None));
    };
    let mut task = TaskFile {
        name: name.to_owned(),
        path,
        description: source.text_of(root, "description")?.unwrap_or_default(),
        kind,
        parameters: source.parameters(root)?,
        system: source.text_of(root, "system")?,
        prompt,
        examples: source.examples(root)?,
        settings: source.settings(root)?,
    };
    source.labels(root, &mut task)?;
    source.check_names(root, &task)?;
    if task.path.is_none() {
        let own = task.parameters.iter_mut().map(|it| &mut it.description);
        for description in own.chain([&mut task.description]) {
            *description = help::spoken(std::mem::take(description));
        }
    }
    Ok(task)
}

/// What stands around `{{input}}`, with the other names replaced.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut around = vec![String::new()];
    let mut rest = template;
    while let Some((before, name, after)) = next_name(rest) {
        let last = around.len() - 1;
        around[last].push_str(before);
        if name == INPUT {
            around.push(String::new());
        } else {
            around[last].push_str(&value(name).unwrap_or_default());
        }
        rest = after;
    }
    let last = around.len() - 1;
    around[last].push_str(rest);
    around
}

/// The text before the first name in braces, the name, and what follows.
fn next_name(template: &str) -> Option<(&str, &str, &str)> {
    let (before, more) = template.split_once("{{")?;
    let (name, after) = more.split_once("}}")?;
    Some((before, name.trim(), after))
}

fn names(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (_, name, after) = next_name(rest)?;
        rest = after;
        Some(name)
    })
}

type Span = Option<std::ops::Range<usize>>;

fn place(table: &dyn TableLike, key: &str, item: &Item) -> Span {
    let span = table.key(key).and_then(toml_edit::Key::span);
    span.or_else(|| item.span())
}

fn place_of(table: &dyn TableLike, key: &str) -> Span {
    table.get(key).and_then(|item| place(table, key, item))
}

struct Source<'a> {
    text: SourceText<'a>,
}

impl Source<'_> {
    fn wrong(&self, message: impl Into<String>, span: Span) -> ConfigError {
        ConfigError::new(message).at(&self.text, span)
    }

    fn text_of(&self, table: &dyn TableLike, key: &str) -> Result<Option<String>, ConfigError> {
        match table.get(key) {
            None => Ok(None),
            Some(item) => match item.as_str() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(self.wrong(words::key_is_a_text(key), place(table, key, item))),
            },
        }
    }

    fn parameters(&self, root: &dyn TableLike) -> Result<Vec<Parameter>, ConfigError> {
        let Some(item) = root.get("parameters") else {
            return Ok(Vec::new());
        };
        let Some(parameters) = item.as_table_like() else {
            let message = words::PARAMETERS_ARE_TABLES;
            return Err(self.wrong(message, place(root, "parameters", item)));
        };
        let mut found = Vec::new();
        for (name, item) in parameters.iter() {
            let span = place(parameters, name, item);
            let Some(parameter) = item.as_table_like() else {
                let message = words::parameter_is_a_table(name);
                return Err(self.wrong(message, span));
            };
            if name == INPUT {
                let message = words::INPUT_IS_THE_TEXT;
                return Err(self.wrong(message, span));
            }
            for (key, item) in parameter.iter() {
                if !["default", "description"].contains(&key) {
                    let error = ConfigError::new(words::unknown_key(key))
                        .nearest(key, ["default", "description"]);
                    return Err(error.at(&self.text, place(parameter, key, item)));
                }
            }
            found.push(Parameter {
                name: name.to_owned(),
                default: self.text_of(parameter, "default")?,
                description: self.text_of(parameter, "description")?.unwrap_or_default(),
            });
        }
        Ok(found)
    }

    fn examples(&self, root: &dyn TableLike) -> Result<Vec<Example>, ConfigError> {
        let Some(item) = root.get("examples") else {
            return Ok(Vec::new());
        };
        let wrong = |span: Span| self.wrong(words::EXAMPLE_IS_A_TABLE, span);
        let tables: Vec<&dyn TableLike> = match item {
            Item::ArrayOfTables(tables) => tables.iter().map(|one| one as &dyn TableLike).collect(),
            Item::Value(toml_edit::Value::Array(values)) => {
                let tables = values.iter().map(|value| {
                    let table = value.as_inline_table().map(|one| one as &dyn TableLike);
                    table.ok_or_else(|| wrong(value.span()))
                });
                tables.collect::<Result<_, _>>()?
            }
            _ => return Err(wrong(place(root, "examples", item))),
        };
        tables
            .into_iter()
            .map(|example| {
                let first = example.iter().next();
                let span = first.and_then(|(key, item)| place(example, key, item));
                let texts = (
                    self.text_of(example, "user")?,
                    self.text_of(example, "assistant")?,
                );
                match texts {
                    (Some(user), Some(assistant)) if example.len() == 2 => {
                        Ok(Example { user, assistant })
                    }
                    _ => Err(wrong(span)),
                }
            })
            .collect()
    }

    fn settings(
        &self,
        root: &dyn TableLike,
    ) -> Result<Vec<(&'static Setting, Value)>, ConfigError> {
        let mut found = Vec::new();
        for section in ["sampling", "answer"] {
            let Some(item) = root.get(section) else {
                continue;
            };
            let Some(table) = item.as_table_like() else {
                let message = words::key_is_a_section(section);
                return Err(self.wrong(message, place(root, section, item)));
            };
            for (name, item) in table.iter() {
                let span = place(table, name, item);
                found.push(self.setting(section, name, item, span)?);
            }
        }
        Ok(found)
    }

    fn setting(
        &self,
        section: &str,
        name: &str,
        item: &Item,
        span: Span,
    ) -> Result<(&'static Setting, Value), ConfigError> {
        let key = format!("{section}.{name}");
        let known = |setting: &&Setting| {
            setting.section() == "sampling" || ANSWER_KEYS.contains(&setting.key)
        };
        let Some(setting) = table::all().filter(known).find(|one| one.key == key) else {
            let error = ConfigError::new(words::task_cannot_set(&key));
            let known = table::all().filter(known).map(|one| one.key);
            return Err(error.nearest(&key, known).at(&self.text, span));
        };
        let value = item.as_value().ok_or_else(|| words::NO_SECTION.into());
        let value = value
            .and_then(|value| setting.read_toml(value))
            .and_then(|value| checked(setting, value))
            .map_err(|problem| self.wrong(words::of_setting(&key, problem), span))?;
        Ok((setting, value))
    }

    /// The labels of a classification are the default of the parameter that names them.
    fn labels(&self, root: &dyn TableLike, task: &mut TaskFile) -> Result<(), ConfigError> {
        let span = place_of(root, LABELS);
        let labels = match root.get(LABELS) {
            None => None,
            Some(_) if task.kind == TaskKind::Answer => {
                return Err(self.wrong(words::LABELS_NEED_CLASSIFY, span));
            }
            Some(item) => {
                let wrong = || self.wrong(words::LABELS_ARE_TEXTS, span.clone());
                let labels = item.as_array().ok_or_else(wrong)?;
                let labels: Option<Vec<&str>> = labels
                    .iter()
                    .map(|label| label.as_str().filter(|label| !label.contains(',')))
                    .collect();
                Some(labels.ok_or_else(wrong)?.join(","))
            }
        };
        if task.kind == TaskKind::Classify && task.parameter(LABELS).is_none() {
            task.parameters.push(Parameter {
                name: LABELS.to_owned(),
                default: labels,
                description: words::LABELS_PARAMETER.into(),
            });
        }
        Ok(())
    }

    fn check_names(&self, root: &dyn TableLike, task: &TaskFile) -> Result<(), ConfigError> {
        for (key, template) in [
            ("prompt", Some(&task.prompt)),
            ("system", task.system.as_ref()),
        ] {
            let template = template.map_or("", String::as_str);
            let is_known =
                |name: &str| name == INPUT && key == "prompt" || task.parameter(name).is_some();
            if let Some(name) = names(template).find(|name| !is_known(name)) {
                let error = ConfigError::new(words::unknown_parameter(key, name))
                    .hint(words::how_to_make_a_parameter(name));
                return Err(error.at(&self.text, place_of(root, key)));
            }
        }
        if !names(&task.prompt).any(|name| name == INPUT) {
            let message = words::PROMPT_HAS_NO_INPUT;
            return Err(self.wrong(message, place_of(root, "prompt")));
        }
        Ok(())
    }
}

/// What a setting's kind does not check.
fn checked(setting: &Setting, value: Value) -> Result<Value, String> {
    match &value {
        Value::Text(schema) if setting.key == "sampling.json_schema" => {
            check_schema(schema).map_err(|error| error.to_string())?;
        }
        _ => {}
    }
    Ok(value)
}
