//! The page of a command's `--help`, or of its shorter `-h`, laid out as clap lays out its own.

use clap::builder::{PossibleValue, Styles};
use clap::{Arg, Command};

use crate::text;
use crate::words::{common, help, usage as words};

/// As the command line's `max_term_width`.
const WIDTH: usize = 100;
/// Columns before an explanation that stands below what it explains.
const INDENT: usize = 10;
/// The longest name that has its explanation beside it.
const LONGEST: usize = 32;

/// Writes the page of a command that clap has built.
pub(super) fn page(command: &Command, long: bool) -> String {
    let mut page = Page {
        text: String::new(),
        long: long && says_more(command),
        width: width(),
        styles: Styles::styled(),
    };
    page.write(command);
    page.text
}

/// Whether the long page differs from the short one.
fn says_more(command: &Command) -> bool {
    command.get_long_about().is_some()
        || command.get_after_long_help().is_some()
        || command
            .get_arguments()
            .any(|arg| arg.get_long_help().is_some() || arg.is_hide_short_help_set() || tells(arg))
}

/// Whether its values are explained one by one.
fn tells(arg: &Arg) -> bool {
    let values = arg.get_possible_values();
    values.iter().any(|value| value.get_help().is_some())
}

fn width() -> usize {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    let terminal = size.map(|size| usize::from(size.ws_col));
    let named = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = terminal.filter(|width| *width > 0).or_else(named);
    width.unwrap_or(WIDTH).min(WIDTH)
}

fn spoken(text: &impl ToString) -> String {
    let text = text.to_string();
    help::chinese(&text).map_or(text, str::to_owned)
}

struct Page {
    text: String,
    long: bool,
    width: usize,
    styles: Styles,
}

impl Page {
    fn write(&mut self, command: &Command) {
        let about = command.get_long_about().filter(|_| self.long);
        if let Some(about) = about.or(command.get_about()) {
            self.paragraphs(&spoken(about), 0);
            self.text.push_str("\n\n");
        }
        self.usage(command);
        let commands: Vec<_> = command
            .get_subcommands()
            .filter(|inner| !inner.is_hide_set())
            .map(|inner| {
                let about = inner.get_about().map(spoken).unwrap_or_default();
                (inner.get_name().to_owned(), vec![about])
            })
            .collect();
        self.section(&words::COMMANDS, &commands, false);
        let args: Vec<_> = command
            .get_arguments()
            .filter(|arg| self.shows(arg))
            .collect();
        let of = |heading: Option<&str>, positional: bool| -> Vec<_> {
            let args = args.iter().filter(|arg| {
                arg.get_help_heading().map(|it| spoken(&it)).as_deref() == heading
                    && (heading.is_some() || arg.is_positional() == positional)
            });
            args.map(|arg| (label(arg), self.explanation(arg)))
                .collect()
        };
        let mut sections = vec![
            (words::ARGUMENTS.text().to_owned(), of(None, true)),
            (words::OPTIONS.text().to_owned(), of(None, false)),
        ];
        // Some headings are spoken already: those of the settings.
        let mut headings: Vec<String> = Vec::new();
        for heading in args.iter().filter_map(|arg| arg.get_help_heading()) {
            let heading = spoken(&heading);
            if !headings.contains(&heading) {
                sections.push((words::heading(&heading), of(Some(&heading), false)));
                headings.push(heading);
            }
        }
        for (title, rows) in sections {
            self.section(&title, &rows, self.long);
        }
        let after = command.get_after_long_help().filter(|_| self.long);
        if let Some(after) = after.or(command.get_after_help()) {
            self.text.push('\n');
            self.paragraphs(&spoken(after), 0);
            self.text.push('\n');
        }
    }

    fn usage(&mut self, command: &Command) {
        let usage = command.clone().render_usage().ansi().to_string();
        // The first word is clap's own.
        let usage = usage.split_once(' ').map_or("", |(_, usage)| usage);
        let style = self.styles.get_usage();
        let title = words::USAGE.text();
        let usage = usage.replace("\n       ", "\n      ");
        self.text
            .push_str(&format!("{style}{title}{style:#}{usage}\n"));
    }

    fn shows(&self, arg: &Arg) -> bool {
        let hidden = if self.long {
            arg.is_hide_long_help_set()
        } else {
            arg.is_hide_short_help_set()
        };
        !arg.is_hide_set() && !hidden
    }

    /// What an argument does, and what it takes: a paragraph each on the long page.
    fn explanation(&self, arg: &Arg) -> Vec<String> {
        let text = arg.get_long_help().filter(|_| self.long);
        let text = text.or(arg.get_help()).map(spoken).unwrap_or_default();
        let one_by_one = self.long && tells(arg);
        let mut notes = Vec::new();
        let defaults = arg.get_default_values();
        if arg.get_action().takes_values() && !arg.is_hide_default_value_set() {
            let shown: Vec<_> = defaults
                .iter()
                .map(|value| value.to_string_lossy())
                .collect();
            if !shown.is_empty() {
                notes.push(words::default_value(shown.join(" ")));
            }
        }
        let values = arg.get_possible_values();
        let values: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).collect();
        if !values.is_empty() && !arg.is_hide_possible_values_set() && !one_by_one {
            let names: Vec<_> = values.iter().map(|value| value.get_name()).collect();
            notes.push(words::possible_values(names.join(&common::LIST_SEPARATOR)));
        }
        let notes = notes.join(" ");
        if !self.long {
            let parts = [text, notes].into_iter().filter(|part| !part.is_empty());
            return vec![parts.collect::<Vec<_>>().join(" ")];
        }
        let mut parts = vec![text];
        if one_by_one {
            let rows = values.iter().map(|value| explained(value));
            let rows = std::iter::once(words::POSSIBLE_VALUES.text().to_owned()).chain(rows);
            parts.push(rows.collect::<Vec<_>>().join("\n"));
        }
        parts.push(notes);
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// A heading and its rows: a name, and what is said of it. On the long page of arguments it
    /// stands below the name, elsewhere beside it.
    fn section(&mut self, title: &str, rows: &[(String, Vec<String>)], below: bool) {
        if rows.is_empty() {
            return;
        }
        let style = *self.styles.get_header();
        self.text.push_str(&format!("\n{style}{title}{style:#}\n"));
        let widths = rows.iter().map(|(name, _)| text::width(name));
        let longest = widths.filter(|width| *width <= LONGEST).max().unwrap_or(0);
        let column = if below { INDENT } else { longest + 4 };
        for (index, (name, parts)) in rows.iter().enumerate() {
            if below && index > 0 {
                self.text.push('\n');
            }
            self.text.push_str("  ");
            self.name(name);
            let gap = column.saturating_sub(2 + text::width(name));
            if below || gap < 2 {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(column));
            } else {
                self.text.push_str(&" ".repeat(gap));
            }
            self.paragraphs(&parts.join("\n\n"), column);
            self.text.push('\n');
        }
    }

    /// The name of a flag or a command stands out, what it takes does not.
    fn name(&mut self, name: &str) {
        let end = name.find([' ', '=', '[', '<']).unwrap_or(name.len());
        // `-m, --model <NAME>`: the first blank is between the two names.
        let end = match name.find("--") {
            Some(long) => {
                let rest = &name[long..];
                long + rest.find([' ', '=', '[']).unwrap_or(rest.len())
            }
            None => end,
        };
        let style = *self.styles.get_literal();
        let (literal, rest) = name.split_at(end);
        if literal.is_empty() {
            self.text.push_str(rest);
        } else {
            self.text
                .push_str(&format!("{style}{literal}{style:#}{rest}"));
        }
    }

    /// Lines broken at the width, each but the first behind so many columns.
    fn paragraphs(&mut self, words: &str, column: usize) {
        let room = self.width.saturating_sub(column);
        for (index, line) in words.lines().enumerate() {
            for (row, range) in text::wrap(line, room).into_iter().enumerate() {
                let row_text = line[range].trim_end();
                if index + row > 0 {
                    self.text.push('\n');
                    if !row_text.is_empty() {
                        self.text.push_str(&" ".repeat(column));
                    }
                }
                self.text.push_str(row_text);
            }
        }
    }
}

/// `-m, --model <NAME>`, with room for the short name where there is none.
fn label(arg: &Arg) -> String {
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(_)) => format!("-{short}, {arg}"),
        (None, Some(_)) => format!("    {arg}"),
        _ => arg.to_string(),
    }
}

fn explained(value: &PossibleValue) -> String {
    match value.get_help() {
        Some(help) => words::explained_value(value.get_name(), spoken(help)),
        None => words::named_value(value.get_name()),
    }
}
