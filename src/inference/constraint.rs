//! What is wrong with a text that an answer is to follow, and where.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::{Said, inference as words};

/// Characters of a line that are quoted at most.
const QUOTED: usize = 72;

/// A place in a text of several lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// Characters from the beginning of the line, counted from 1.
    pub column: usize,
    /// The part of the line that is quoted, raw: sanitise before showing.
    quoted: String,
    /// Characters of it before the place.
    before: usize,
}

impl Place {
    /// The place of a byte; one beyond the text is its end.
    #[must_use]
    pub fn of(text: &str, byte: usize) -> Self {
        let mut byte = text.floor_char_boundary(byte);
        // What is missing at the end is missed where the text ends, not on an empty line.
        if byte == text.len() {
            byte = text.trim_end().len();
        }
        let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let end = text[byte..].find('\n').map_or(text.len(), |at| byte + at);
        let column = text[start..byte].chars().count() + 1;
        let skipped = column.saturating_sub(QUOTED * 3 / 4);
        let line = text[start..end].trim_end_matches('\r');
        Self {
            line: text[..byte].matches('\n').count() + 1,
            column,
            quoted: line.chars().skip(skipped).take(QUOTED).collect(),
            before: column - 1 - skipped,
        }
    }

    /// The place that a line and a column name, both counted from 1.
    #[must_use]
    pub fn at(text: &str, line: usize, column: usize) -> Self {
        let start: usize = text
            .split_inclusive('\n')
            .take(line.saturating_sub(1))
            .map(str::len)
            .sum();
        Self::of(text, start + column.saturating_sub(1))
    }

    /// The line, and below it a caret at the place.
    #[must_use]
    pub fn excerpt(&self) -> String {
        // A tab is as wide above as below.
        let indent: String = self
            .quoted
            .chars()
            .chain(std::iter::repeat(' '))
            .take(self.before)
            .map(|character| if character == '\t' { '\t' } else { ' ' })
            .collect();
        format!("  {}\n  {indent}^", self.quoted)
    }
}

/// What an answer is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constraint {
    Grammar,
    JsonSchema,
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Grammar => words::GRAMMAR.text(),
            Self::JsonSchema => words::JSON_SCHEMA.text(),
        })
    }
}

/// A grammar or a JSON schema that cannot be used.
///
/// Displayed as one sentence without its full stop; the excerpt stands apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct ConstraintError {
    pub what: Constraint,
    pub reason: Said,
    /// A JSON pointer to what is wrong in a schema.
    pub pointer: Option<String>,
    pub place: Option<Place>,
}

impl ConstraintError {
    /// One whose place is not known.
    pub fn new(what: Constraint, reason: impl Into<Said>) -> Self {
        Self {
            what,
            reason: reason.into(),
            pointer: None,
            place: None,
        }
    }

    /// The sentence, and below it the line with a caret where that is known.
    #[must_use]
    pub fn with_excerpt(&self) -> String {
        match &self.place {
            Some(place) => format!("{self}\n{}", place.excerpt()),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, reason, .. } = self;
        let place = self.place.as_ref();
        let place = place.map(|at| words::line_and_column(at.line, at.column));
        let place = match (&self.pointer, place) {
            (Some(pointer), Some(place)) => words::pointer_and_place(pointer, place),
            (Some(pointer), None) => pointer.clone(),
            (None, Some(place)) => place,
            (None, None) => return f.write_str(&words::is_wrong(what, reason)),
        };
        f.write_str(&words::is_wrong_at(what, place, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_line_a_column_and_a_caret_below_it() {
        let text = "root ::= a\na ::= \"é\" )\n";
        let place = Place::of(text, text.find(')').unwrap());
        assert_eq!((place.line, place.column), (2, 11));
        assert_eq!(place.excerpt(), "  a ::= \"é\" )\n            ^");
        assert_eq!(Place::at("a\nbc", 2, 2), Place::of("a\nbc", 3));
    }

    #[test]
    fn what_is_missing_is_missing_at_the_end_of_the_last_line() {
        let place = Place::of("{\"a\": \n\n", 8);
        assert_eq!((place.line, place.column), (1, 6));
        assert_eq!(Place::of("", 0).excerpt(), "  \n  ^");
    }

    #[test]
    fn a_long_line_is_quoted_around_the_place() {
        let text = format!("{}!{}", "a".repeat(500), "b".repeat(500));
        let excerpt = Place::of(&text, 500).excerpt();
        let (line, caret) = excerpt.split_once('\n').unwrap();
        assert!(line.len() < 80, "{excerpt}");
        assert_eq!(line.find('!'), caret.find('^'), "{excerpt}");
    }

    #[test]
    fn a_tab_before_the_place_is_one_below_it() {
        assert_eq!(Place::of("\t\tx", 2).excerpt(), "  \t\tx\n  \t\t^");
    }
}
