//! The flags that come out of the table of settings.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, ValueHint};

use crate::config::{Flag, Form, Group, Kind, Setting, Value};

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
    /// Flags of a conversation.
    TalkFlags = [Model, Sampling, Answer, History, Display], global false;
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

fn short_help(setting: &Setting, flag: &Flag) -> String {
    let first = setting
        .doc
        .split_once(". ")
        .map_or(setting.doc, |(first, _)| first);
    let text = flag.help.unwrap_or(first).trim_end_matches('.');
    match default_text(setting) {
        Some(default) if matches!(flag.form, Form::Value(_)) => {
            format!("{text} [default: {default}]")
        }
        _ => text.to_owned(),
    }
}

fn long_help(setting: &Setting, flag: &Flag) -> String {
    let mut text = match flag.form {
        Form::Value(_) => flag
            .help
            .filter(|help| help.len() > setting.doc.len())
            .unwrap_or(setting.doc),
        _ => flag.help.unwrap_or(setting.doc),
    }
    .trim_end_matches('.')
    .to_owned();
    text.push('.');
    if !flag.aliases.is_empty() {
        let aliases: Vec<_> = flag
            .aliases
            .iter()
            .map(|alias| format!("--{alias}"))
            .collect();
        text.push_str(&format!(" Also: {}.", aliases.join(", ")));
    }
    text.push_str(&format!(
        "\n\n[setting: {}] [env: {}",
        setting.key,
        flag.variable()
    ));
    match (setting.llama, flag.form) {
        (Some(llama), Form::Value(_)) if !llama.ends_with("_FILE") => {
            text.push_str(&format!(", {llama}]"));
        }
        (Some(llama), Form::File) => text.push_str(&format!(", {llama}]")),
        _ => text.push(']'),
    }
    if let (Form::Value(_), Some(default)) = (flag.form, default_text(setting)) {
        text.push_str(&format!(" [default: {default}]"));
    }
    text
}

/// The default as it would be typed; nothing where it is empty.
fn default_text(setting: &Setting) -> Option<String> {
    match (setting.default_value(), setting.kind) {
        (
            Value::List(items),
            Kind::List {
                separator: Some(mark),
            },
        ) if !items.is_empty() => Some(items.join(&mark.to_string())),
        (Value::List(_), _) => None,
        (Value::Text(text), _) => Some(text),
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
                Form::File => matches.get_one(flag.long).map(|path| file_value(path)),
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
pub(super) fn file_value(path: &PathBuf) -> Value {
    Value::Text(format!("@{}", path.display()))
}

fn items(value: &Value) -> &[String] {
    match value {
        Value::List(items) => items,
        _ => &[],
    }
}
