//! Defaults < settings file < `LLAMA_ARG_*` < `LIMPID_*` < flags, and where each value came from.

mod files;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use super::Args;
use super::command::Command;
use super::flags::{Given, file_value};
use super::talk::{TalkArgs, VariableError, is_on};
use crate::config::presets::MODEL_PRESET;
use crate::config::{
    ConfigError, Env, Flag, Form, Keymap, Paths, Preset, Presets, Setting, Settings, SettingsFile,
    Value, table,
};
use crate::inference::ConstraintError;
use crate::words::usage as words;

/// The setting that names a preset.
const PRESET: &str = "sampling.preset";

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Default,
    File {
        path: PathBuf,
        line: usize,
    },
    /// A preset of sampler settings.
    Preset(String),
    Variable(String),
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str(&words::DEFAULT),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Preset(name) => f.write_str(&words::from_preset(name)),
            Self::Variable(name) => f.write_str(&words::from_variable(name)),
            Self::Flag(name) => f.write_str(&words::from_flag(name)),
        }
    }
}

/// Something on the way to the settings that cannot be used. It ends in exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Variable(#[from] VariableError),
    #[error("{}", words::of_value(key, origin, problem))]
    Value {
        key: &'static str,
        origin: Origin,
        problem: String,
        hints: Vec<String>,
    },
    #[error("{}", words::of_value(key, origin, error))]
    Constraint {
        key: &'static str,
        origin: Origin,
        error: Box<ConstraintError>,
    },
}

/// Everything a run needs to know.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub settings: Settings,
    pub keymap: Keymap,
    /// The presets of sampler settings, without that of a model.
    pub presets: Presets,
    pub paths: Paths,
    /// The arguments of a conversation, with the environment's.
    pub talk: TalkArgs,
    values: HashMap<&'static str, (Value, Origin)>,
}

impl Resolved {
    /// A setting's value as it was written, and where that was.
    ///
    /// It differs from the one in [`settings`](Self::settings) where it names a file.
    #[must_use]
    pub fn value(&self, setting: &Setting) -> (Value, Origin) {
        let given = self.values.get(setting.key).cloned();
        given.unwrap_or_else(|| (setting.default_value(), Origin::Default))
    }
}

/// The preset that a flag or a variable names, and where.
fn wanted_preset(args: &Args, env: Env<'_>) -> Option<(String, Origin)> {
    let flags = typed(args).filter(|given| given.setting.key == PRESET);
    if let Some(given) = flags.last()
        && let Value::Text(name) = &given.value
    {
        return Some((name.clone(), Origin::Flag(given.flag.clone())));
    }
    let variable = table::variable("preset");
    let name = found(env, &variable)?.into_string().ok()?;
    Some((name, Origin::Variable(variable)))
}

/// Merges what was typed with the environment, the settings file and the defaults.
///
/// # Errors
/// The settings file has a mistake, a variable's value is none its flag takes, or a file that a
/// value names cannot be read.
pub fn resolve(args: &Args, env: Env<'_>) -> Result<Resolved, ResolveError> {
    let paths = Paths::find(env);
    let mut merged = Merged::default();
    let mut keymap = Keymap::default();
    let mut presets = Presets::default();
    let preset = wanted_preset(args, env);
    // Without a home there is no settings file, and that is fine.
    if let Ok(path) = paths.settings_file() {
        let file = SettingsFile::read(&path)?;
        keymap = file.keymap;
        presets = file.presets;
        let named = file.entries.iter().find(|one| one.setting.key == PRESET);
        if let (None, Some(entry)) = (&preset, named)
            && let Value::Text(name) = &entry.value
        {
            // What the file says beside it counts more.
            let line = entry.line;
            let origin = Origin::File {
                path: path.clone(),
                line,
            };
            merged.preset(&presets, name, &origin)?;
        }
        for entry in file.entries {
            let origin = Origin::File {
                path: path.clone(),
                line: entry.line,
            };
            merged.set(entry.setting, entry.value, origin)?;
        }
    }
    if let Some((name, origin)) = &preset {
        merged.preset(&presets, name, origin)?;
    }
    for setting in table::all() {
        merged.llama_variable(setting, env)?;
    }
    for (setting, flag) in
        table::all().flat_map(|one| one.flags.iter().map(move |flag| (one, flag)))
    {
        merged.variable(setting, flag, env)?;
    }
    for given in typed(args) {
        merged.set(
            given.setting,
            given.value.clone(),
            Origin::Flag(given.flag.clone()),
        )?;
    }
    let mut settings = merged.settings;
    let prompts = paths.prompts_dir().ok();
    files::read(&mut settings, &merged.values, prompts.as_deref())?;
    Ok(Resolved {
        settings,
        keymap,
        presets,
        paths,
        talk: args.talk.clone().or_environment(env)?,
        values: merged.values,
    })
}

/// The setting flags in the order they count: those of a command after those before it.
fn typed(args: &Args) -> impl Iterator<Item = &Given> {
    let of_command: &[Given] = match &args.command {
        Some(Command::Repl(repl)) => &repl.settings.0,
        Some(Command::Tokens(tokens)) => &tokens.settings.0,
        Some(Command::Score(score)) => &score.settings.0,
        Some(Command::Attention(attention)) => &attention.settings.0,
        Some(Command::Bench(bench)) => &bench.settings.0,
        Some(Command::Doctor(doctor)) => &doctor.settings.0,
        Some(Command::Tune(tune)) => &tune.settings.0,
        Some(Command::Serve(serve)) => &serve.settings.0,
        Some(Command::Compare(compare)) => &compare.models.settings,
        _ => &[],
    };
    args.general
        .0
        .iter()
        .chain(&args.talk.settings.0)
        .chain(of_command)
}

#[derive(Debug, Default)]
struct Merged {
    settings: Settings,
    values: HashMap<&'static str, (Value, Origin)>,
}

impl Merged {
    fn set(
        &mut self,
        setting: &'static Setting,
        value: Value,
        origin: Origin,
    ) -> Result<(), ResolveError> {
        match setting.write(&mut self.settings, value.clone()) {
            Ok(()) => {
                self.values.insert(setting.key, (value, origin));
                Ok(())
            }
            Err(problem) => Err(ResolveError::Value {
                key: setting.key,
                origin,
                problem,
                hints: Vec::new(),
            }),
        }
    }

    /// Takes the sampler settings of a preset. What a model's makers recommend is not known yet.
    fn preset(
        &mut self,
        presets: &Presets,
        name: &str,
        origin: &Origin,
    ) -> Result<(), ResolveError> {
        if name == MODEL_PRESET {
            return Ok(());
        }
        let preset: &Preset = presets.find(name).map_err(|problem| ResolveError::Value {
            key: PRESET,
            origin: origin.clone(),
            problem,
            hints: Vec::new(),
        })?;
        preset.values().try_for_each(|(setting, value)| {
            self.set(setting, value, Origin::Preset(name.to_owned()))
        })
    }

    fn llama_variable(
        &mut self,
        setting: &'static Setting,
        env: Env<'_>,
    ) -> Result<(), ResolveError> {
        let Some((name, value)) = setting
            .llama
            .and_then(|name| Some((name, found(env, name)?)))
        else {
            return Ok(());
        };
        let value = if setting.reads_files && name.ends_with("_FILE") {
            file_value(Path::new(&value))
        } else {
            parse(setting, name, &value)?
        };
        self.set(setting, value, Origin::Variable(name.to_owned()))
    }

    fn variable(
        &mut self,
        setting: &'static Setting,
        flag: &Flag,
        env: Env<'_>,
    ) -> Result<(), ResolveError> {
        let name = flag.variable();
        let Some(value) = found(env, &name) else {
            return Ok(());
        };
        let value = match flag.form {
            Form::Value(_) => parse(setting, &name, &value)?,
            Form::File => file_value(Path::new(&value)),
            Form::Fixed(_) if !is_on(&name, &value)? => return Ok(()),
            Form::Fixed(fixed) => parse(setting, &name, OsStr::new(fixed))?,
        };
        self.set(setting, value, Origin::Variable(name))
    }
}

/// An empty variable counts as none, as with `NO_COLOR`.
fn found(env: Env<'_>, name: &str) -> Option<std::ffi::OsString> {
    env(name).filter(|value| !value.is_empty())
}

fn parse(setting: &Setting, name: &str, value: &OsStr) -> Result<Value, VariableError> {
    let text = value.to_str().ok_or(words::VALUE_IS_NOT_UTF8);
    text.map_err(String::from)
        .and_then(|text| setting.parse(text))
        .map_err(|problem| VariableError {
            variable: name.to_owned(),
            problem,
        })
}

#[cfg(test)]
mod tests;
