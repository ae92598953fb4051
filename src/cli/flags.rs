//! The flags that come out of the table of settings.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, Resettable, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, ValueHint};

use crate::config::{Flag, Form, Group, Kind, Setting, Value};
use crate::words::{Language, Phrase, common, usage as words};

/// A setting that a flag gave a value.
#[derive(Debug, Clone)]
pub struct Given {
    pub setting: &'static Setting,
    /// With its dashes.
    pub flag: String,
    pub value: Value,
}

/// The flags of some groups as one part of a clap command.
macro_rules! flag_groups {
    ($($(#[$doc:meta])* $name:ident = [$($group:ident),+], global $global:literal;)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name(pub Vec<Given>);

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                Ok(Self(collect(matches, &[$(Group::$group),+])))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                self.0.extend(collect(matches, &[$(Group::$group),+]));
                Ok(())
            }
        }

        impl clap::Args for $name {
            fn augment_args(command: Command) -> Command {
                augment(command, &[$(Group::$group),+], $global)
            }

            fn augment_args_for_update(command: Command) -> Command {
                Self::augment_args(command)
            }
        }
    )+ };
}

flag_groups! {
    /// Flags of every command.
    GeneralFlags = [Program], global true;
    /// Flags of commands that load a model.
    ModelFlags = [Model], global false;
    /// Flags of an engine that stays.
    ServeFlags = [Model, Resident], global false;
    /// Flags of a conversation.
    TalkFlags = [Model, Resident, Sampling, Answer, History, Display], global false;
}

/// Flags of a comparison: those of commands that load a model, and `--model` for each of the two.
#[derive(Debug, Clone, Default)]
pub struct ComparedModels {
    /// As they were typed, in their order: it takes two.
    pub models: Vec<String>,
    pub settings: Vec<Given>,
}

impl ComparedModels {
    const GROUPS: &[Group] = &[Group::Model, Group::Display];
    const MODEL: &str = "model";
}

impl FromArgMatches for ComparedModels {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let models = matches.get_many::<Value>(Self::MODEL).into_iter().flatten();
        let name = |value: &Value| match value {
            Value::Text(name) => Some(name.clone()),
            _ => None,
        };
        Ok(Self {
            models: models.filter_map(name).collect(),
            settings: collect(matches, Self::GROUPS),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let found = Self::from_arg_matches(matches)?;
        self.models.extend(found.models);
        self.settings.extend(found.settings);
        Ok(())
    }
}

impl clap::Args for ComparedModels {
    fn augment_args(command: Command) -> Command {
        augment(command, Self::GROUPS, false).mut_arg(Self::MODEL, |model| {
            model
                .action(ArgAction::Append)
                .overrides_with(Resettable::Reset)
                .help(words::COMPARED_MODELS.text())
                .long_help(words::COMPARED_MODELS_LONG.text())
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn flags(groups: &[Group]) -> impl Iterator<Item = (Group, &'static Setting, &'static Flag)> {
    groups.iter().flat_map(|group| {
        let settings = group.settings().iter();
        settings.flat_map(move |setting| {
            setting
                .flags
                .iter()
                .map(move |flag| (*group, setting, flag))
        })
    })
}

fn augment(command: Command, groups: &[Group], global: bool) -> Command {
    flags(groups).fold(command, |command, (group, setting, flag)| {
        command.arg(
            arg(setting, flag)
                .help_heading(group.heading())
                .global(global),
        )
    })
}

fn arg(setting: &'static Setting, flag: &'static Flag) -> Arg {
    let rivals = setting.flags.iter().filter(|other| other.long != flag.long);
    let arg = Arg::new(flag.long)
        .long(flag.long)
        .aliases(flag.aliases.iter().copied())
        .conflicts_with_all(rivals.map(|other| other.long))
        .hide_short_help(flag.rare)
        .help(short_help(setting, flag))
        .long_help(long_help(setting, flag));
    let arg = match flag.short {
        Some(short) => arg.short(short),
        None => arg,
    };
    match flag.form {
        Form::Fixed(_) => arg.action(ArgAction::SetTrue).overrides_with(flag.long),
        Form::File => arg
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .value_parser(clap::value_parser!(PathBuf))
            .overrides_with(flag.long),
        Form::Value(name) => {
            let arg = arg
                .value_name(name)
                .value_parser(parser(setting))
                .allow_negative_numbers(true);
            if is_repeatable(setting) {
                arg.action(ArgAction::Append)
            } else {
                // As with llama.cpp, the last one counts: an alias can be overruled.
                arg.overrides_with(flag.long)
            }
        }
    }
}

fn is_repeatable(setting: &Setting) -> bool {
    setting.kind == Kind::List { separator: None }
}

fn parser(setting: &'static Setting) -> ValueParser {
    match setting.kind {
        Kind::Choice(names) => {
            let names = PossibleValuesParser::new(names.iter().copied());
            ValueParser::from(names.map(Value::Text))
        }
        _ => ValueParser::from(move |text: &str| setting.parse(text)),
    }
}

/// The first sentence of the setting's text, where the flag has none of its own.
fn short_help(setting: &Setting, flag: &Flag) -> String {
    let text = flag.help.unwrap_or(setting.doc).text();
    let end = flag.help.is_none().then(|| {
        let stops = [". ", "。"].into_iter().filter_map(|stop| text.find(stop));
        stops.min().unwrap_or(text.len())
    });
    let text = without_stop(&text[..end.unwrap_or(text.len())]);
    match default_text(setting) {
        Some(default) if is_value(flag) => words::with_default(text, default),
        _ => text.to_owned(),
    }
}

fn long_help(setting: &Setting, flag: &Flag) -> String {
    let length = |phrase: Phrase| phrase.in_language(Language::English).len();
    let own = flag
        .help
        .filter(|help| !is_value(flag) || length(*help) > length(setting.doc));
    let text = without_stop(own.unwrap_or(setting.doc).text());
    let aliases: Vec<_> = flag
        .aliases
        .iter()
        .map(|alias| format!("--{alias}"))
        .collect();
    let text = if aliases.is_empty() {
        words::full(text)
    } else {
        words::with_aliases(text, aliases.join(&common::LIST_SEPARATOR))
    };
    let llama = setting.llama.filter(|name| match flag.form {
        Form::Value(_) => !name.ends_with("_FILE"),
        Form::File => name.ends_with("_FILE"),
        Form::Fixed(_) => true,
    });
    let variables: Vec<_> = std::iter::once(flag.variable())
        .chain(llama.map(str::to_owned))
        .collect();
    let variables = variables.join(&common::LIST_SEPARATOR);
    let origins = words::setting_and_variables(setting.key, variables);
    let origins = match default_text(setting) {
        Some(default) if is_value(flag) => words::and_default(origins, default),
        _ => origins,
    };
    format!("{text}\n\n{origins}")
}

fn without_stop(text: &str) -> &str {
    text.trim_end_matches(['.', '。'])
}

fn is_value(flag: &Flag) -> bool {
    matches!(flag.form, Form::Value(_))
}

/// The default as it would be typed; nothing where it is empty.
fn default_text(setting: &Setting) -> Option<String> {
    match (setting.default_value(), setting.kind) {
        (
            Value::List(items),
            Kind::List {
                separator: Some(mark),
            },
        ) if !items.is_empty() => Some(items.join(&format!("{mark} "))),
        (Value::List(_), _) => None,
        (Value::Text(text), _) => Some(text),
        (Value::Number(number), _) => Some(number.to_string()),
        (value, kind) => {
            let text = kind.to_toml(&value).to_string();
            let text = text.trim().trim_matches('"');
            (!text.is_empty()).then(|| text.to_owned())
        }
    }
}

fn collect(matches: &ArgMatches, groups: &[Group]) -> Vec<Given> {
    flags(groups)
        .filter_map(|(_, setting, flag)| {
            let value = match flag.form {
                Form::Fixed(value) => matches
                    .get_flag(flag.long)
                    .then(|| setting.parse(value).ok())
                    .flatten(),
                Form::File => matches
                    .get_one::<PathBuf>(flag.long)
                    .map(|path| file_value(path)),
                Form::Value(_) if is_repeatable(setting) => {
                    let given = matches.get_many::<Value>(flag.long)?;
                    Some(Value::List(given.flat_map(items).cloned().collect()))
                }
                Form::Value(_) => matches.get_one::<Value>(flag.long).cloned(),
            };
            let flag = format!("--{}", flag.long);
            value.map(|value| Given {
                setting,
                flag,
                value,
            })
        })
        .collect()
}

/// The value that stands for a file's text.
pub(super) fn file_value(path: &Path) -> Value {
    Value::Text(format!("@{}", path.display()))
}

fn items(value: &Value) -> &[String] {
    match value {
        Value::List(items) => items,
        _ => &[],
    }
}
