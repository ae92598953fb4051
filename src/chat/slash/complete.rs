//! What Tab offers in a line that begins with a slash.

use std::ops::Range;

use super::setting::SETTINGS;
use super::table::{Argument, SPECS};

/// What could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completions {
    /// Nothing is known of this place.
    None,
    /// Put one of `words` in place of `range`; bytes of the line.
    Words {
        range: Range<usize>,
        words: Vec<String>,
    },
    /// The front end knows the names of this kind: those that go on from the text of `range`.
    Ask { range: Range<usize>, kind: Argument },
}

/// What could stand at `cursor`, a byte offset into `line`.
#[must_use]
pub fn complete(line: &str, cursor: usize) -> Completions {
    let Some(before) = line.get(..cursor) else {
        return Completions::None;
    };
    let indent = before.len() - before.trim_start().len();
    let Some(body) = before[indent..].strip_prefix('/') else {
        return Completions::None;
    };
    let start = indent + 1;
    let Some((name, rest)) = body.split_once(char::is_whitespace) else {
        // A second slash makes it a path.
        if body.contains('/') {
            return Completions::None;
        }
        let names = SPECS.iter().map(|spec| spec.name);
        let aliases = SPECS.iter().flat_map(|spec| spec.aliases.iter().copied());
        let mut found = matching(body, names);
        if found.is_empty() {
            found = matching(body, aliases);
        }
        return words(start..cursor, found);
    };
    let name = name.to_lowercase();
    let Some(spec) = SPECS.iter().find(|spec| spec.is_called(&name)) else {
        return Completions::None;
    };
    let start = start + name.len() + (body.len() - name.len() - rest.len());
    let rest_start = start + (rest.len() - rest.trim_start().len());
    let rest = rest.trim_start();
    // A path may hold blanks, and so may every last argument.
    let last = spec.arguments.len().saturating_sub(1);
    let place = rest.matches(char::is_whitespace).count().min(last);
    let word_start = rest
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, c)| at + c.len_utf8())
        .nth(place.wrapping_sub(1))
        .map_or(rest_start, |at| rest_start + at);
    let Some(&argument) = spec.arguments.get(place) else {
        return Completions::None;
    };
    let range = word_start..cursor;
    let word = &line[range.clone()];
    match argument {
        Argument::Text => Completions::None,
        Argument::Tag => {
            let last = word.rsplit(char::is_whitespace).next().unwrap_or_default();
            Completions::Ask {
                range: cursor - last.len()..cursor,
                kind: Argument::Tag,
            }
        }
        Argument::SystemPrompt if !word.starts_with('@') => Completions::None,
        Argument::Word(known) => words(range, matching(word, known.iter().copied())),
        Argument::Setting => words(
            range,
            matching(word, SETTINGS.iter().map(|setting| setting.name)),
        ),
        Argument::Command => words(range, matching(word, SPECS.iter().map(|spec| spec.name))),
        kind @ (Argument::File
        | Argument::Model
        | Argument::Theme
        | Argument::Preset
        | Argument::SystemPrompt
        | Argument::Task
        | Argument::Conversation
        | Argument::Branch
        | Argument::Message) => Completions::Ask { range, kind },
    }
}

fn matching<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let word = word.to_lowercase();
    names
        .filter(|name| name.starts_with(&word))
        .map(str::to_owned)
        .collect()
}

fn words(range: Range<usize>, words: Vec<String>) -> Completions {
    if words.is_empty() {
        Completions::None
    } else {
        Completions::Words { range, words }
    }
}
