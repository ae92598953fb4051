//! Help and usage errors in a language that clap does not speak.
//!
//! In English all of this is clap's own. In another language a request for help is read once
//! more, by a command whose pages were written here; an error is told from what clap knows of it.

mod page;

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::Args;
use crate::words::{Language, common, language, usage as words};

/// The answer to a request for help in the language that is spoken; other errors as they are.
pub(super) fn helped(error: clap::Error, line: &[OsString]) -> clap::Error {
    let asks = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if !asks || language() == Language::English {
        return error;
    }
    let mut built = Args::command();
    built.build();
    let command = with_pages(Args::command(), &built);
    command.try_get_matches_from(line).err().unwrap_or(error)
}

/// `built` is the same command with what clap adds to it.
fn with_pages(command: Command, built: &Command) -> Command {
    command
        .help_template("{before-help}")
        .before_help(page::page(built, false))
        .before_long_help(page::page(built, true))
        .mut_subcommands(|inner| match built.find_subcommand(inner.get_name()) {
            Some(built) => with_pages(inner, built),
            None => inner,
        })
}

/// What is wrong with a command line, how it is used, and what helps, over several lines. It
/// quotes what was typed: sanitise before showing.
#[must_use]
pub fn complaint(error: &clap::Error) -> String {
    if language() == Language::English || !is_complaint(error) {
        return error.to_string();
    }
    let Some(problem) = problem(error) else {
        return framed(&error.to_string());
    };
    let mut text = words::error(problem);
    let tips = tips(error);
    if !tips.is_empty() {
        text.push_str("\n\n");
        text.push_str(&tips.join("\n"));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text.push_str("\n\n");
        text.push_str(&framed(&usage.to_string()));
    }
    text.push_str("\n\n");
    text.push_str(&words::MORE_HELP);
    text
}

fn is_complaint(error: &clap::Error) -> bool {
    error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// clap's own text with its frame in the language that is spoken.
fn framed(text: &str) -> String {
    let text = text.replacen("For more information, try '--help'.", &words::MORE_HELP, 1);
    let text = match text.strip_prefix("error: ") {
        Some(problem) => words::error(problem),
        None => text,
    };
    // The lines after the first stand below it.
    let text = text.replacen("Usage: ", &words::USAGE, 1);
    text.replace("\n       ", "\n      ")
}

/// A sentence; `None` where clap knows nothing but its own.
fn problem(error: &clap::Error) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => Some(*number),
        _ => None,
    };
    let list = |kind| match error.get(kind) {
        Some(ContextValue::Strings(items)) => Some(items.join(&common::LIST_SEPARATOR)),
        Some(ContextValue::String(item)) => Some(item.clone()),
        _ => None,
    };
    let arg = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => words::unknown_argument(arg?),
        ErrorKind::InvalidSubcommand => {
            words::unknown_command(text(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingSubcommand => words::needs_command(text(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => {
            words::missing_arguments(list(ContextKind::InvalidArg)?)
        }
        ErrorKind::ArgumentConflict => {
            let first = arg.or_else(|| text(ContextKind::InvalidSubcommand))?;
            match list(ContextKind::PriorArg) {
                Some(other) if other == first => words::given_twice(first),
                Some(other) => words::do_not_go_together(first, other),
                None => words::goes_with_no_other(first),
            }
        }
        ErrorKind::NoEquals => words::needs_equals_sign(arg?),
        ErrorKind::InvalidValue => {
            let problem = match value? {
                "" => words::needs_a_value(arg?),
                value => words::invalid_value(value, arg?),
            };
            match list(ContextKind::ValidValue).filter(|names| !names.is_empty()) {
                Some(names) => format!("{problem}\n  {}", words::possible_values(names)),
                None => problem,
            }
        }
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => words::invalid_value_because(value?, arg?, source),
            None => words::invalid_value(value?, arg?),
        },
        ErrorKind::TooManyValues => words::too_many_values(value?, arg?),
        ErrorKind::TooFewValues => {
            let (least, found) = (ContextKind::MinValues, ContextKind::ActualNumValues);
            words::too_few_values(arg?, number(least)?, number(found)?)
        }
        ErrorKind::WrongNumberOfValues => {
            let (right, found) = (ContextKind::ExpectedNumValues, ContextKind::ActualNumValues);
            words::wrong_number_of_values(arg?, number(right)?, number(found)?)
        }
        ErrorKind::InvalidUtf8 => words::NOT_UTF8.into(),
        _ => return None,
    })
}

/// What was probably meant, a line each.
fn tips(error: &clap::Error) -> Vec<String> {
    let kinds = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let near = kinds.into_iter().filter_map(|kind| match error.get(kind)? {
        ContextValue::String(name) => Some(words::quoted(name)),
        ContextValue::Strings(names) if !names.is_empty() => {
            let names: Vec<_> = names.iter().map(words::quoted).collect();
            Some(names.join(&common::LIST_SEPARATOR))
        }
        _ => None,
    });
    let mut tips: Vec<_> = near.map(words::similar).collect();
    if let Some(ContextValue::StyledStrs(others)) = error.get(ContextKind::Suggested) {
        tips.extend(others.iter().map(|other| {
            let other = other.to_string();
            let parts: Vec<_> = other.split('\'').collect();
            match parts[..] {
                ["to pass ", argument, " as a value, use ", line, ""] => {
                    words::pass_as_value(argument, line)
                }
                _ => words::tip(other),
            }
        }));
    }
    tips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::table;
    use crate::words::help;

    /// The texts of a command and of those below it that stand in the code alone.
    fn texts(command: &Command, found: &mut Vec<String>) {
        let of_setting = |id: &str| {
            let mut flags = table::all().flat_map(|setting| setting.flags);
            flags.any(|flag| flag.long == id)
        };
        let mut add = |text: Option<&clap::builder::StyledStr>| {
            found.extend(text.map(ToString::to_string));
        };
        add(command.get_about());
        add(command.get_long_about());
        add(command.get_after_help());
        add(command.get_after_long_help());
        for argument in command.get_arguments() {
            if of_setting(argument.get_id().as_str()) {
                continue;
            }
            add(argument.get_help());
            add(argument.get_long_help());
            for value in argument.get_possible_values() {
                add(value.get_help());
            }
        }
        let headings = command.get_arguments().filter(|argument| {
            let id = argument.get_id().as_str();
            !of_setting(id)
        });
        found.extend(headings.filter_map(|it| it.get_help_heading().map(str::to_owned)));
        for inner in command.get_subcommands() {
            texts(inner, found);
        }
    }

    #[test]
    fn every_text_of_the_command_line_has_its_chinese() {
        let mut command = Args::command();
        command.build();
        let mut found = Vec::new();
        texts(&command, &mut found);
        assert!(found.len() > 200, "{}", found.len());
        let mut missing: Vec<_> = found
            .iter()
            .filter(|text| help::chinese(text).is_none())
            .collect();
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "not in src/words/help: {missing:#?}");
    }
}
