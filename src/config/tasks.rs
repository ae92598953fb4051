//! Ready-made tasks: TOML files that say how a text is put to a model.
//!
//! ```toml
//! description = "Translate a text"
//! system = "You are a translator."
//! prompt = "Translate into {{language}}:\n\n{{input}}"
//!
//! [parameters.language]
//! default = "English"
//!
//! [[examples]]
//! user = "Guten Morgen"
//! assistant = "Good morning"
//!
//! [sampling]            # any setting of this section
//! temperature = 0.2
//!
//! [answer]              # predict and stop
//! predict = 512
//! ```
//!
//! `{{input}}` is the text, and every other name in braces is a parameter. With
//! `kind = "classify"` and `labels = ["a", "b"]`, or a parameter `labels`, the answer is the label
//! that the model holds for the likeliest. A file in the user's folder wins over the built-in
//! task of its name.

mod read;

use std::fs;
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::{Setting, Settings, Value};
use crate::inference::{Example, SamplerSettings, Task};
use crate::words::{common, config as words};

/// The tasks that are built in, by name.
const BUILT_IN: [(&str, &str); 8] = [
    ("ask", include_str!("tasks/ask.toml")),
    ("classify", include_str!("tasks/classify.toml")),
    ("commit", include_str!("tasks/commit.toml")),
    ("explain", include_str!("tasks/explain.toml")),
    ("extract", include_str!("tasks/extract.toml")),
    ("rewrite", include_str!("tasks/rewrite.toml")),
    ("summarize", include_str!("tasks/summarize.toml")),
    ("translate", include_str!("tasks/translate.toml")),
];

/// The name under which the text stands in a prompt.
const INPUT: &str = "input";
/// The parameter that names the labels of a classification.
const LABELS: &str = "labels";
/// A larger file is none that a person wrote.
const SIZE_LIMIT: u64 = 1 << 20;

/// What is done with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskKind {
    /// The model writes an answer.
    #[default]
    Answer,
    /// One of some labels is chosen by its probability.
    Classify,
}

/// A value that a task's prompt has a place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    /// What it is when nobody says; `None`: it must be given.
    pub default: Option<String>,
    pub description: String,
}

/// A task as its file describes it.
#[derive(Debug, Clone)]
pub struct TaskFile {
    pub name: String,
    /// `None`: built in.
    pub path: Option<PathBuf>,
    pub description: String,
    pub kind: TaskKind,
    pub parameters: Vec<Parameter>,
    system: Option<String>,
    prompt: String,
    examples: Vec<Example>,
    settings: Vec<(&'static Setting, Value)>,
}

/// A task in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub name: String,
    /// `None`: built in.
    pub path: Option<PathBuf>,
    /// What it does, or what is wrong with its file.
    pub description: Result<String, ConfigError>,
}

/// The settings that a task changes, as they were.
#[derive(Debug, Clone, Default)]
pub struct Base {
    pub sampling: SamplerSettings,
    pub max_tokens: Option<u32>,
    pub stop: Vec<String>,
}

/// All tasks, by name; `folder` is the user's own.
#[must_use]
pub fn list(folder: Option<&Path>) -> Vec<Listed> {
    let mut names: Vec<String> = BUILT_IN.map(|(name, _)| name.to_owned()).to_vec();
    let files = folder.and_then(|folder| fs::read_dir(folder).ok());
    for entry in files.into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|end| end == "toml")
            && let Some(name) = path.file_stem().and_then(|name| name.to_str())
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    names.dedup();
    let describe = |name: String| {
        let found = load(&name, folder);
        let path = match &found {
            Ok(task) => task.path.clone(),
            Err(error) => error.path.clone(),
        };
        Listed {
            name,
            path,
            description: found.map(|task| task.description),
        }
    };
    names.into_iter().map(describe).collect()
}

/// The text of a task's file, and where it is; `None` for one that is built in.
///
/// # Errors
/// There is no such task, or its file cannot be read.
pub fn source(name: &str, folder: Option<&Path>) -> Result<(Option<PathBuf>, String), ConfigError> {
    // A name is no path, so that nothing but the folder is looked into.
    let own = folder
        .filter(|_| !name.contains(['/', '\\']) && !name.starts_with('.'))
        .map(|folder| folder.join(format!("{name}.toml")))
        .filter(|path| path.exists());
    if let Some(path) = own {
        let size = fs::metadata(&path).map_or(0, |found| found.len());
        if size > SIZE_LIMIT {
            let message = words::task_too_large(path.display());
            return Err(ConfigError::access(message));
        }
        let text = fs::read_to_string(&path)
            .map_err(|error| ConfigError::access(words::cannot_read_task(path.display(), error)))?;
        return Ok((Some(path), text));
    }
    built_in(name)
        .map(|text| (None, text.to_owned()))
        .ok_or_else(|| {
            let known = list_names(folder);
            let error = ConfigError::new(words::no_task(name));
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            error
                .nearest(name, known.iter().copied())
                .hint(words::there_are(known.join(&common::LIST_SEPARATOR)))
        })
}

/// The text of the built-in task of this name.
#[must_use]
pub fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// The names of the tasks that are built in.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

fn list_names(folder: Option<&Path>) -> Vec<String> {
    list(folder).into_iter().map(|one| one.name).collect()
}

/// Reads a task.
///
/// # Errors
/// There is none of this name, or its file has a mistake: the error names file and line.
pub fn load(name: &str, folder: Option<&Path>) -> Result<TaskFile, ConfigError> {
    let (path, text) = source(name, folder)?;
    read::read(name, path, &text)
}

/// The task that a line in a chat calls, and the text that stands after its parameters.
///
/// # Errors
/// As [`load`] and [`TaskFile::ready`].
pub fn called(
    name: &str,
    line: &str,
    folder: Option<&Path>,
    base: &Base,
) -> Result<(Task, String), ConfigError> {
    let file = load(name, folder)?;
    let (given, text) = file.split_parameters(line);
    let task = file.ready(&given, base, |_| false)?;
    Ok((task, text.to_owned()))
}

impl TaskFile {
    /// The task with its parameters filled in.
    ///
    /// `keeps` says of a setting, by its key, whether what `base` holds goes over the task's own.
    ///
    /// # Errors
    /// A parameter is missing, or none of its name is known.
    pub fn ready(
        &self,
        given: &[(String, String)],
        base: &Base,
        keeps: impl Fn(&str) -> bool,
    ) -> Result<Task, ConfigError> {
        if let Some((name, _)) = given
            .iter()
            .find(|(name, _)| self.parameter(name).is_none())
        {
            return Err(self.unknown(name));
        }
        let value = |parameter: &Parameter| {
            let given = given.iter().rev();
            let mut given = given.filter(|(name, _)| *name == parameter.name);
            let given = given.next().map(|(_, value)| value.clone());
            given.or_else(|| parameter.default.clone())
        };
        if let Some(missing) = self.parameters.iter().find(|one| value(one).is_none()) {
            let name = &missing.name;
            let message = words::task_needs(&self.name, name);
            let hint = words::how_to_give_parameter(name, &self.name);
            return Err(ConfigError::new(message).hint(hint));
        }
        let fill = |template: &str| {
            read::fill(template, |name| {
                let parameter = self.parameter(name)?;
                value(parameter)
            })
        };
        let labels = match self.kind {
            TaskKind::Answer => None,
            TaskKind::Classify => {
                Some(self.labels(self.parameter(LABELS).and_then(value).as_deref())?)
            }
        };
        let settings = self.settings(base, keeps)?;
        Ok(Task {
            name: self.name.clone(),
            system: self.system.as_deref().map(|system| fill(system).join("")),
            examples: self.examples.clone(),
            around: fill(&self.prompt),
            sampling: settings.sampling,
            max_tokens: settings.answer.predict,
            stop: settings.answer.stop,
            labels,
        })
    }

    fn settings(&self, base: &Base, keeps: impl Fn(&str) -> bool) -> Result<Settings, ConfigError> {
        let mut settings = Settings {
            sampling: base.sampling.clone(),
            ..Settings::default()
        };
        settings.answer.predict = base.max_tokens;
        settings.answer.stop.clone_from(&base.stop);
        for (setting, value) in self.settings.iter().filter(|(one, _)| !keeps(one.key)) {
            // An answer follows one of the two.
            match setting.key {
                "sampling.grammar" => settings.sampling.json_schema = None,
                "sampling.json_schema" => settings.sampling.grammar = None,
                _ => {}
            }
            setting
                .write(&mut settings, value.clone())
                .map_err(|problem| ConfigError::new(words::of_setting(setting.key, problem)))?;
        }
        Ok(settings)
    }

    fn labels(&self, text: Option<&str>) -> Result<Vec<String>, ConfigError> {
        let mut labels: Vec<String> = Vec::new();
        for label in text.into_iter().flat_map(|text| text.split(',')) {
            let label = label.trim();
            if !label.is_empty() && !labels.iter().any(|other| other == label) {
                labels.push(label.to_owned());
            }
        }
        if labels.len() < 2 {
            let message = words::task_needs_labels(&self.name);
            return Err(ConfigError::new(message).hint("labels=positive,negative,neutral"));
        }
        Ok(labels)
    }

    /// The parameter of this name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|one| one.name == name)
    }

    fn unknown(&self, name: &str) -> ConfigError {
        let known: Vec<&str> = self
            .parameters
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let error = ConfigError::new(words::no_parameter(&self.name, name));
        if known.is_empty() {
            return error.hint(words::TASK_TAKES_A_TEXT);
        }
        error
            .nearest(name, known.iter().copied())
            .hint(words::it_takes(known.join(&common::LIST_SEPARATOR)))
    }

    /// Takes `NAME=VALUE` off the beginning of a line, as often as it is one of the parameters.
    #[must_use]
    pub fn split_parameters<'a>(&self, line: &'a str) -> (Vec<(String, String)>, &'a str) {
        let mut given = Vec::new();
        let mut rest = line.trim_start();
        while let Some((name, more)) = rest
            .split_once('=')
            .filter(|(name, _)| self.parameter(name).is_some())
        {
            let (value, after) = value_of(more);
            given.push((name.to_owned(), value.to_owned()));
            rest = after.trim_start();
        }
        (given, rest)
    }
}

/// A value at the beginning of a line: up to a blank, or in quotes.
fn value_of(line: &str) -> (&str, &str) {
    if let Some((value, rest)) = line
        .strip_prefix('"')
        .and_then(|quoted| quoted.split_once('"'))
    {
        return (value, rest);
    }
    line.split_once(char::is_whitespace).unwrap_or((line, ""))
}

#[cfg(test)]
mod tests;
