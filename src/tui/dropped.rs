//! Paths that were dropped on the terminal, which pastes them: quoted, with backslashes, or as
//! `file://`. Whether they are of files is found out on another thread.

use std::ops::Range;
use std::path::Path;

use super::app::{App, Focus};
use super::pane::status::key_of;
use super::update::Request;
use crate::config::{Action, Context};
use crate::driver::files;
use crate::words::tui::notices as words;

/// Paths that were pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    paths: Vec<String>,
    /// Where they are in the input, while that has this version.
    pasted: Range<usize>,
    version: u64,
}

impl Dropped {
    /// What was dropped, where a pasted text is that; `version` is the input's after it.
    #[must_use]
    pub fn of(text: &str, pasted: Range<usize>, version: u64) -> Option<Self> {
        let paths = paths(text);
        (!paths.is_empty()).then_some(Self {
            paths,
            pasted,
            version,
        })
    }

    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Whether each of them is of a file. A disk may take its time.
    #[must_use]
    pub fn are_files(&self) -> bool {
        let mut paths = self.paths.iter();
        paths.all(|path| files::at_home(Path::new(path)).is_file())
    }
}

impl App {
    /// Says that files which were dropped can be attached, unless something else is done by now;
    /// it is not done unasked.
    pub fn offer_dropped(&mut self, dropped: Dropped) {
        let typing = self.focus == Focus::Input && self.asking.is_none() && self.cursor.is_none();
        if !typing || dropped.version != self.composer.editor.version() {
            return;
        }
        let key = key_of(&self.keymap, Context::Input, Action::Complete)
            .unwrap_or_else(|| words::COMPLETION.into());
        let says = match dropped.paths() {
            [one] => words::attaches(key, one),
            all => words::attaches_files(key, all.len()),
        };
        self.notices.info(says, self.now);
        self.dropped = Some(dropped);
    }

    /// Attaches what was dropped in place of its paths, while nothing was typed since.
    pub(super) fn attach_dropped(&mut self) -> Option<Vec<Request>> {
        let dropped = self.dropped.take()?;
        if dropped.version != self.composer.editor.version() {
            return None;
        }
        self.composer.editor.take_back(dropped.pasted);
        self.notices.dismiss();
        let paths = dropped.paths.into_iter();
        Some(paths.map(|path| Request::Read(path.into())).collect())
    }
}

/// The paths that a pasted text consists of; none where it is something else.
fn paths(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() || text.contains('\n') && !text.starts_with("file://") {
        return Vec::new();
    }
    let Some(words) = words(text) else {
        return Vec::new();
    };
    let paths: Vec<_> = words.into_iter().map(|word| path(&word)).collect();
    let whole: Option<Vec<_>> = paths.into_iter().collect();
    whole.unwrap_or_default()
}

/// A word that names a file from the root or from home on: what was dropped does.
fn path(word: &str) -> Option<String> {
    if let Some(rest) = word.strip_prefix("file://") {
        let path = &rest[rest.find('/')?..];
        return decoded(path);
    }
    (word.starts_with('/') || word.starts_with("~/")).then(|| word.to_owned())
}

/// Splits as a shell does; `None` where a quotation does not end.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().push(letters.next()?),
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// Takes percent signs for the bytes they stand for.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let digits = after.get(..2)?;
        rest = &after[2..];
        let digits = std::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_paste_is_read() {
        let table: [(&str, &[&str]); 12] = [
            ("/home/a/notes.txt", &["/home/a/notes.txt"]),
            ("'/home/a/my notes.txt' ", &["/home/a/my notes.txt"]),
            ("\"/home/a/my notes.txt\"", &["/home/a/my notes.txt"]),
            ("/home/a/my\\ notes.txt", &["/home/a/my notes.txt"]),
            ("'/a/it'\\''s'", &["/a/it's"]),
            ("file:///home/a/my%20notes.txt", &["/home/a/my notes.txt"]),
            ("file://host/a\r\nfile:///b\r\n", &["/a", "/b"]),
            ("/a '/b c'", &["/a", "/b c"]),
            ("~/notes.txt", &["~/notes.txt"]),
            ("see /home/a", &[]),
            ("'/home/a", &[]),
            ("/a\n/b", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(paths(text), expected, "{text}");
        }
        assert_eq!(paths("file:///%FF"), Vec::<String>::new());
        assert_eq!(paths("file:///%"), Vec::<String>::new());
    }
}
