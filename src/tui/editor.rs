//! A text of several lines and a cursor that moves by what a reader calls a character.
//!
//! Written here because `ratatui-textarea` moves by `char` and measures by `char`: its cursor
//! stops inside a family emoji, and the columns after one are off.

mod vi;
mod view;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

pub use vi::{Beyond, Vi};
pub use view::Visible;

/// The text being typed.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    text: String,
    /// A byte between two grapheme clusters.
    cursor: usize,
    /// What was cut last.
    cut: String,
    /// Whether the last action cut, so that the next cut adds to it.
    cutting: bool,
    /// The column that moving up and down aims for.
    goal: Option<usize>,
}

/// Which way a cut or a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Left,
    Right,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
}

impl Editor {
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The cursor's byte offset.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Replaces the text; the cursor goes to its end.
    pub fn set(&mut self, text: impl Into<String>) {
        self.text = text.into();
        self.cursor = self.text.len();
        self.settle();
    }

    /// Takes the text out and leaves nothing.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        self.settle();
        std::mem::take(&mut self.text)
    }

    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        // A joiner may have made one cluster of what lies around the cursor.
        self.cursor = self.cluster_end(self.cursor);
        self.settle();
    }

    /// Replaces the bytes `from..cursor`.
    pub fn replace_before(&mut self, from: usize, text: &str) {
        self.text.replace_range(from..self.cursor, text);
        self.cursor = from + text.len();
        self.settle();
    }

    /// Moves the cursor; `false` where it cannot.
    pub fn go(&mut self, to: To) -> bool {
        let target = self.target(to);
        let moved = target != self.cursor;
        self.cursor = target;
        self.settle();
        moved
    }

    /// Deletes a character without keeping it.
    pub fn delete(&mut self, to: To) -> bool {
        let target = self.target(to);
        let range = target.min(self.cursor)..target.max(self.cursor);
        self.cursor = range.start;
        let any = !range.is_empty();
        self.text.replace_range(range, "");
        self.settle();
        any
    }

    /// Cuts up to there, to be pasted back with [`paste_cut`](Self::paste_cut). Cuts in a row
    /// add up.
    pub fn cut(&mut self, to: To) {
        let mut target = self.target(to);
        if to == To::LineEnd && target == self.cursor {
            // At the end of a line, the line break itself.
            target = self.target(To::Right);
        }
        if to == To::LineStart && target == self.cursor {
            target = self.target(To::Left);
        }
        let range = target.min(self.cursor)..target.max(self.cursor);
        let taken = self.text[range.clone()].to_owned();
        if !self.cutting {
            self.cut.clear();
        }
        if target < self.cursor {
            self.cut.insert_str(0, &taken);
        } else {
            self.cut.push_str(&taken);
        }
        self.cursor = range.start;
        self.text.replace_range(range, "");
        self.goal = None;
        self.cutting = true;
    }

    pub fn paste_cut(&mut self) {
        let cut = self.cut.clone();
        self.insert(&cut);
    }

    #[cfg(test)]
    pub(super) fn go_to_start(&mut self) {
        self.cursor = 0;
        self.settle();
    }

    #[cfg(test)]
    pub(super) fn go_to_end(&mut self) {
        self.cursor = self.text.len();
        self.settle();
    }

    fn settle(&mut self) {
        self.goal = None;
        self.cutting = false;
    }

    fn target(&self, to: To) -> usize {
        match to {
            To::Left => self.text[..self.cursor]
                .graphemes(true)
                .next_back()
                .map_or(0, |cluster| self.cursor - cluster.len()),
            To::Right => self.cluster_end(self.cursor + 1),
            To::WordLeft => self.word_left(),
            To::WordRight => self.word_right(),
            To::LineStart => self.line_start(),
            To::LineEnd => self.line_end(),
        }
    }

    /// The first boundary between clusters at or after a byte; the whole text is at hand, so the
    /// search always has an answer, and it looks at the neighbourhood alone.
    fn cluster_end(&self, byte: usize) -> usize {
        let len = self.text.len();
        let byte = (byte..len)
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(len);
        let mut cursor = GraphemeCursor::new(byte, len, true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(true) => byte,
            _ => cursor
                .next_boundary(&self.text, 0)
                .ok()
                .flatten()
                .unwrap_or(len),
        }
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..]
            .find('\n')
            .map_or(self.text.len(), |at| self.cursor + at)
    }

    fn word_left(&self) -> usize {
        self.text[..self.cursor]
            .unicode_word_indices()
            .next_back()
            .map_or(0, |(start, _)| start)
    }

    fn word_right(&self) -> usize {
        self.text[self.cursor..]
            .unicode_word_indices()
            .next()
            .map_or(self.text.len(), |(start, word)| {
                self.cursor + start + word.len()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(text: &str) -> Editor {
        let mut editor = Editor::default();
        editor.insert(text);
        editor
    }

    #[test]
    fn the_cursor_moves_over_a_family_at_once() {
        let mut editor = editor("a👩‍👩‍👧e\u{301}");
        assert!(editor.go(To::Left));
        assert_eq!(editor.cursor(), "a👩‍👩‍👧".len());
        assert!(editor.go(To::Left));
        assert_eq!(editor.cursor(), 1);
        assert!(editor.delete(To::Right));
        assert_eq!(editor.text(), "ae\u{301}");
        assert!(editor.go(To::Right));
        assert!(!editor.go(To::Right));
    }

    #[test]
    fn a_joiner_typed_between_two_leaves_the_cursor_after_both() {
        let mut editor = editor("👩👧");
        editor.go(To::Left);
        editor.insert("\u{200D}");
        assert_eq!(editor.cursor(), editor.text().len());
    }

    #[test]
    fn cuts_in_a_row_add_up_and_come_back() {
        let mut editor = editor("one two three");
        editor.cut(To::WordLeft);
        editor.cut(To::WordLeft);
        assert_eq!(editor.text(), "one ");
        editor.paste_cut();
        assert_eq!(editor.text(), "one two three");
        editor.go_to_start();
        editor.cut(To::WordRight);
        assert_eq!(editor.text(), " two three");
        editor.go_to_end();
        editor.paste_cut();
        assert_eq!(editor.text(), " two threeone");
    }

    #[test]
    fn lines_are_cut_up_to_and_then_with_their_end() {
        let mut editor = editor("one\ntwo");
        editor.go_to_start();
        editor.cut(To::LineEnd);
        assert_eq!(editor.text(), "\ntwo");
        editor.cut(To::LineEnd);
        assert_eq!(editor.text(), "two");
        editor.go_to_end();
        editor.cut(To::LineStart);
        assert!(editor.is_empty());
        editor.paste_cut();
        assert_eq!(editor.text(), "two", "a move begins a new cut");
    }

    #[test]
    fn words_are_those_of_the_language() {
        let mut editor = editor("don't stop, 日本");
        editor.go_to_start();
        editor.go(To::WordRight);
        assert_eq!(&editor.text()[..editor.cursor()], "don't");
        editor.go(To::WordRight);
        assert_eq!(&editor.text()[..editor.cursor()], "don't stop");
        editor.go(To::WordLeft);
        assert_eq!(&editor.text()[..editor.cursor()], "don't ");
    }
}
