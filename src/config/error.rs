//! What can be wrong with a file the user wrote, and the nearest thing that would be right.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::words::config as words;

/// A settings or theme file, or a value given for a setting, that cannot be used.
///
/// Displayed as one line, `FILE:LINE:COLUMN: what is wrong`; the hints stand apart. Parts of it are
/// quoted from the file: sanitise before showing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    pub path: Option<PathBuf>,
    /// Counted from 1.
    pub line: Option<usize>,
    /// In characters from 1, where it is known.
    pub column: Option<usize>,
    pub message: String,
    pub hints: Vec<String>,
    /// Whether a file could not be reached, as against what stands in it.
    pub is_access: bool,
}

impl ConfigError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            path: None,
            line: None,
            column: None,
            message: message.into(),
            hints: Vec::new(),
            is_access: false,
        }
    }

    /// A file that cannot be read or written; the message names it.
    pub(super) fn access(message: impl Into<String>) -> Self {
        Self {
            is_access: true,
            ..Self::new(message)
        }
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// "did you mean …?", where something is near.
    #[must_use]
    pub(super) fn nearest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(found, known) {
            Some(name) => self.hint(words::did_you_mean(name)),
            None => self,
        }
    }

    /// The message and the hints, for a place that has one sentence.
    #[must_use]
    pub fn with_hints(&self) -> String {
        let hints = self.hints.iter();
        hints.fold(self.to_string(), words::with_hint)
    }

    #[must_use]
    pub(super) fn at(
        mut self,
        source: &SourceText<'_>,
        span: Option<std::ops::Range<usize>>,
    ) -> Self {
        self.path = Some(source.path.to_path_buf());
        self.line = span.map(|span| source.line(span.start));
        self
    }

    /// As [`at`](Self::at), with the column.
    #[must_use]
    pub(super) fn at_column(
        self,
        source: &SourceText<'_>,
        span: Option<std::ops::Range<usize>>,
    ) -> Self {
        let column = span.as_ref().map(|span| source.column(span.start));
        Self {
            column,
            ..self.at(source, span)
        }
    }

    /// The text of a file is no TOML.
    pub(super) fn toml(error: &toml_edit::TomlError) -> Self {
        Self::new(words::no_toml(error.message()))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", path.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            if let Some(column) = self.column {
                write!(f, "{column}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

/// A file's text, so that a byte offset can be told as a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceText<'a> {
    pub path: &'a Path,
    pub text: &'a str,
}

impl SourceText<'_> {
    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset);
        1 + before.map_or(0, |text| text.matches('\n').count())
    }

    /// The column of a byte offset, in characters from 1.
    pub fn column(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        1 + line.chars().count()
    }
}

/// The known name that a mistyped one most likely meant.
///
/// Jaro-Winkler, since a typing error seldom touches a name's beginning; below 0.75 two names
/// have nothing to do with each other.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&found, name), name))
        .filter(|(similarity, _)| *similarity >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_foreign_one_is_not() {
        let known = ["temperature", "top_k", "top_p", "typical_p"];
        assert_eq!(nearest("temprature", known), Some("temperature"));
        assert_eq!(nearest("TOP_K", known), Some("top_k"));
        assert_eq!(nearest("zzz", known), None);
    }

    #[test]
    fn lines_are_counted_from_one() {
        let source = SourceText {
            path: Path::new("x"),
            text: "a\nbc\n",
        };
        assert_eq!([0, 1, 2, 4, 5].map(|at| source.line(at)), [1, 1, 2, 2, 3]);
        assert_eq!([0, 1, 2, 4, 5].map(|at| source.column(at)), [1, 2, 1, 3, 1]);
    }
}
