//! From a line to a command.

use std::path::PathBuf;

use super::table::{SPECS, SlashSpec, Verb};
use super::{Assignment, PrefillChange, SlashCommand, SystemChange, TaskChange, Topic};
use crate::chat::{Rating, keeping};
use crate::words::{chat::slash as words, common};

/// How many letters may differ for a name to be suggested.
const NEAR: usize = 3;

/// What a line is.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// A message, to be sent as it is.
    NotACommand(String),
    Command(SlashCommand),
    /// Not sent. `nearest` is the command that was probably meant, without its slash.
    Unknown {
        name: String,
        nearest: Option<&'static str>,
    },
    /// A command whose arguments do not fit; a sentence that says what is wrong and how it
    /// should look.
    Usage {
        command: &'static str,
        message: String,
    },
}

impl Parsed {
    /// The sentence for the user, where the line was not understood.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        match self {
            Self::NotACommand(_) | Self::Command(_) => None,
            Self::Unknown {
                name,
                nearest: Some(nearest),
            } => Some(words::unknown_but_near(name, nearest)),
            Self::Unknown {
                name,
                nearest: None,
            } => Some(words::unknown(name)),
            Self::Usage { message, .. } => Some(message.clone()),
        }
    }
}

/// Reads a line.
///
/// A command is a slash and a word. Text that only begins with a slash is a message: a path
/// (`/etc/hosts`, `/home`'s second slash tells), a lone `/`, a comment (`//`), and everything
/// that has further lines.
#[must_use]
pub fn parse(line: &str) -> Parsed {
    let Some((name, rest)) = split(line) else {
        return Parsed::NotACommand(line.to_owned());
    };
    let lower = name.to_lowercase();
    let Some(spec) = SPECS.iter().find(|spec| spec.is_called(&lower)) else {
        let names = SPECS
            .iter()
            .flat_map(|spec| spec.aliases.iter().chain([&spec.name]))
            .copied();
        return Parsed::Unknown {
            name: name.to_owned(),
            nearest: nearest(&lower, names),
        };
    };
    match command(spec, rest) {
        Ok(command) => Parsed::Command(command),
        Err(message) => Parsed::Usage {
            command: spec.name,
            message,
        },
    }
}

/// The name after the slash and what follows it, if the line has the form of a command.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let body = line.strip_prefix('/')?;
    if body.contains('\n') {
        return None;
    }
    let (name, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let is_word = name.starts_with(|c: char| c.is_alphanumeric() || c == '?')
        && !name.contains(['/', '\\', '.', '*']);
    is_word.then_some((name, rest.trim()))
}

fn command(spec: &'static SlashSpec, rest: &str) -> Result<SlashCommand, String> {
    let some = || (!rest.is_empty()).then(|| rest.to_owned());
    if spec.arguments.is_empty() && !rest.is_empty() {
        return Err(words::takes_nothing(spec.name, rest));
    }
    let file = || {
        let path = unquoted(rest);
        if path.is_empty() {
            return Err(words::needs_path(spec.name, spec.line()));
        }
        Ok(PathBuf::from(path))
    };
    Ok(match spec.verb {
        Verb::Help => SlashCommand::Help(help_topic(rest)?),
        Verb::Exit => SlashCommand::Exit,
        Verb::New => SlashCommand::New,
        Verb::Regenerate if rest.is_empty() => SlashCommand::Regenerate(None),
        Verb::Regenerate => SlashCommand::Regenerate(Some(message(spec, rest)?)),
        Verb::Edit => {
            let (message, text) = match numbered(rest) {
                Some((number, text)) => (Some(number), text),
                None => (None, rest),
            };
            SlashCommand::Edit {
                message,
                text: Some(text.to_owned()).filter(|text| !text.is_empty()),
            }
        }
        Verb::Delete => SlashCommand::Delete(message(spec, rest)?),
        Verb::Restore => SlashCommand::Restore,
        Verb::Undo => SlashCommand::Undo,
        Verb::Continue => SlashCommand::Continue(some()),
        Verb::Prefill => SlashCommand::Prefill(match rest {
            "" => PrefillChange::Show,
            "none" => PrefillChange::Remove,
            text => PrefillChange::Set(text.to_owned()),
        }),
        Verb::Preset => SlashCommand::Preset(some()),
        Verb::Branches if rest.is_empty() => SlashCommand::Branches(None),
        Verb::Branches => match rest.parse() {
            Ok(number) if number > 0 => SlashCommand::Branches(Some(number)),
            _ => return Err(words::not_a_branch(rest)),
        },
        Verb::Model => SlashCommand::Model(some()),
        Verb::System => SlashCommand::System(match rest {
            "" => SystemChange::Show,
            "none" => SystemChange::Remove,
            text if is_named(text) => SystemChange::Named(text[1..].to_owned()),
            text => SystemChange::Set(text.to_owned()),
        }),
        Verb::Set => match rest.split_once(char::is_whitespace) {
            Some((key, value)) => SlashCommand::Set(
                Assignment::parse(key, value.trim()).map_err(|error| error.to_string())?,
            ),
            None if rest.is_empty() => SlashCommand::Show(Topic::Parameters),
            None => {
                let setting = super::Setting::named(rest).map_err(|error| error.to_string())?;
                return Err(words::set_needs(setting.name, setting.expects()));
            }
        },
        Verb::Show => SlashCommand::Show(topic(rest)?),
        Verb::Stats => SlashCommand::Stats,
        Verb::Context => SlashCommand::Context,
        Verb::Read => SlashCommand::Read(file()?),
        Verb::Glob => match rest {
            "" => return Err(words::GLOB_NEEDS_PATTERN.into()),
            pattern => SlashCommand::Glob(pattern.trim_matches('"').to_owned()),
        },
        Verb::Copy => SlashCommand::Copy,
        Verb::Save => SlashCommand::Save(some()),
        Verb::Load => SlashCommand::Load(some()),
        Verb::Search => match rest {
            "" => return Err(words::SEARCH_NEEDS_WORDS.into()),
            words => SlashCommand::Search(words.to_owned()),
        },
        Verb::Rate => SlashCommand::Rate(match rest.to_lowercase().as_str() {
            "up" | "+" => Some(Rating::Up),
            "down" | "-" => Some(Rating::Down),
            "none" => None,
            "" => return Err(words::RATE_TAKES.into()),
            _ => return Err(words::rate_takes(rest)),
        }),
        Verb::Title => SlashCommand::Title(some()),
        Verb::Correct => SlashCommand::Correct(some()),
        Verb::Pin => SlashCommand::Pin(switch(spec, rest)?),
        Verb::Archive => SlashCommand::Archive(switch(spec, rest)?),
        Verb::Tag if rest.is_empty() => SlashCommand::Tag(Vec::new()),
        Verb::Tag => SlashCommand::Tag(keeping::tags(rest)?),
        Verb::Untag => SlashCommand::Untag(keeping::tags(rest)?),
        Verb::Fork => SlashCommand::Fork,
        Verb::Export => SlashCommand::Export(file()?),
        Verb::Task => SlashCommand::Task(match rest {
            "" => TaskChange::Pick,
            "none" => TaskChange::Remove,
            _ => {
                let (name, line) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                TaskChange::Named {
                    name: name.to_owned(),
                    line: line.trim().to_owned(),
                }
            }
        }),
        Verb::Theme => SlashCommand::Theme(some()),
        Verb::Incognito => SlashCommand::Incognito(switch(spec, rest)?),
        Verb::Think if rest.eq_ignore_ascii_case("auto") => SlashCommand::Think(Some(None)),
        Verb::Think => match switch(spec, rest) {
            Ok(think) => SlashCommand::Think(think.map(Some)),
            Err(_) => return Err(words::think_takes(rest)),
        },
    })
}

/// On, off, or nothing, which changes over.
fn switch(spec: &SlashSpec, rest: &str) -> Result<Option<bool>, String> {
    Ok(match rest.to_lowercase().as_str() {
        "" => None,
        "on" | "yes" | "true" => Some(true),
        "off" | "no" | "false" => Some(false),
        _ => return Err(words::takes_on_or_off(spec.name, rest)),
    })
}

/// `@NAME`, and nothing more: a name that is mentioned in a text is no prompt's.
fn is_named(text: &str) -> bool {
    text.len() > 1 && text.starts_with('@') && !text.contains(char::is_whitespace)
}

/// The number of a message, `#3`, and what follows it.
fn numbered(rest: &str) -> Option<(usize, &str)> {
    let (word, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let number = word.strip_prefix('#')?.parse().ok()?;
    (number > 0).then_some((number, text.trim()))
}

/// The number of a message alone; here it need not have its `#`.
fn message(spec: &SlashSpec, rest: &str) -> Result<usize, String> {
    let number = rest.strip_prefix('#').unwrap_or(rest).parse().ok();
    number
        .filter(|&number| number > 0)
        .ok_or_else(|| match rest {
            "" => words::needs_message(spec.name),
            rest => words::needs_message_not(spec.name, rest),
        })
}

fn help_topic(rest: &str) -> Result<Option<&'static SlashSpec>, String> {
    if rest.is_empty() {
        return Ok(None);
    }
    let name = rest.trim_start_matches('/').to_lowercase();
    match SPECS.iter().find(|spec| spec.is_called(&name)) {
        Some(spec) => Ok(Some(spec)),
        None => Err(suggestion(
            words::no_command(&name),
            nearest(&name, SPECS.iter().map(|spec| spec.name)).map(|near| format!("/{near}")),
        )),
    }
}

fn topic(rest: &str) -> Result<Topic, String> {
    let name = rest.to_lowercase();
    if let Some(topic) = Topic::ALL.into_iter().find(|topic| topic.name() == name) {
        return Ok(topic);
    }
    let names = Topic::ALL.map(Topic::name);
    let listed = names.join(&common::LIST_SEPARATOR);
    if rest.is_empty() {
        return Err(words::show_needs(listed));
    }
    Err(suggestion(
        words::show_knows(listed, rest),
        nearest(&name, names).map(str::to_owned),
    ))
}

fn suggestion(sentence: String, near: Option<String>) -> String {
    match near {
        Some(near) => words::did_you_mean(sentence, near),
        None => sentence,
    }
}

/// A path as shells write it with blanks in it: in quotes, or with backslashes before them.
fn unquoted(text: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = text
            .strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote))
        {
            return inner.to_owned();
        }
    }
    text.replace("\\ ", " ")
}

/// The name that `text` was probably meant to be: one that it begins, else the one in which the
/// fewest letters differ, if few enough do; among equals the one that begins alike.
pub fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let common = |name: &str| {
        name.chars()
            .zip(text.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let begun = |name: &str| {
        text.len() > 1 && name.starts_with(text) || name.len() > 3 && text.starts_with(name)
    };
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(text, name), name))
        .filter(|&(distance, name)| {
            begun(name) || distance <= NEAR && distance < name.chars().count().max(2)
        })
        .min_by_key(|&(distance, name)| (!begun(name), distance, std::cmp::Reverse(common(name))))
        .map(|(_, name)| name)
}
