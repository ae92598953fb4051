//! A text of several lines and a cursor that moves by what a reader calls a character.
//!
//! Written here because `ratatui-textarea` moves by `char` and measures by `char`: its cursor
//! stops inside a family emoji, and the columns after one are off.
//!
//! | file | idea |
//! |---|---|
//! | `changes` | what was changed, for undo and redo |
//! | `select` | the selected text |
//! | `units` | folded texts, each one character for the cursor |
//! | `view` | the part that is seen |
//! | `vi` | vi's keys |

mod changes;
mod select;
mod units;
mod vi;
mod view;

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use changes::{Changes, Edit, Kind};
use select::Extent;
use units::Units;
pub use units::is_long;
pub use vi::{Beyond, Vi};
pub use view::{Look, Visible};

/// The text being typed.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    /// A folded text is one character of it.
    text: String,
    /// A byte between two grapheme clusters.
    cursor: usize,
    /// Where the selection began, while there is one.
    anchor: Option<usize>,
    extent: Extent,
    units: Units,
    changes: Changes,
    /// What was cut last.
    cut: String,
    /// Whether the last action cut, so that the next cut adds to it.
    cutting: bool,
    /// The column that moving up and down aims for.
    goal: Option<usize>,
    /// Grows with every change of the text.
    version: u64,
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
    /// The text, with what is folded in it.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.units.unfold(&self.text)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Another number after every change of the text.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The text before the cursor, with what is folded in it.
    #[must_use]
    pub fn before_cursor(&self) -> Cow<'_, str> {
        self.units.unfold(&self.text[..self.cursor])
    }

    /// Whether the cursor is behind everything.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Replaces the text; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.settle();
        let text = self.units.hold(text).into_owned();
        self.splice(0..self.text.len(), &text, Kind::Other);
        self.cursor = self.text.len();
        self.changes.moved(self.cursor);
    }

    /// Takes the text out and leaves nothing, not even to undo.
    pub fn take(&mut self) -> String {
        let text = self.text().into_owned();
        *self = self.emptied();
        text
    }

    /// Puts another, empty editor in this one's place, which is to come back.
    #[must_use]
    pub fn set_aside(&mut self) -> Self {
        let empty = self.emptied();
        std::mem::replace(self, empty)
    }

    /// Takes the place of another editor, but not of what was cut in it.
    pub fn come_back(mut self, other: &Self) -> Self {
        self.cut = self
            .units
            .hold(&other.units.unfold(&other.cut))
            .into_owned();
        self.version = self.version.max(other.version) + 1;
        self
    }

    /// An editor with what was cut, and nothing else.
    fn emptied(&self) -> Self {
        let mut empty = Self {
            version: self.version + 1,
            ..Self::default()
        };
        empty.cut = empty.units.hold(&self.units.unfold(&self.cut)).into_owned();
        empty
    }

    /// Inserts what was typed, in place of what is selected.
    pub fn insert(&mut self, text: &str) {
        let text = self.units.hold(text).into_owned();
        self.put(&text, Kind::Typing);
    }

    /// Inserts a text that came whole, in place of what is selected; what
    /// [`take_back`](Self::take_back) takes out.
    pub fn paste(&mut self, text: &str) -> Range<usize> {
        let text = self.units.hold(text).into_owned();
        self.put(&text, Kind::Other)
    }

    /// Replaces the bytes before the cursor from `from` on, of [`before_cursor`](Self::before_cursor).
    pub fn replace_before(&mut self, from: usize, text: &str) {
        self.settle();
        // Nothing is folded behind `from`, so as many bytes are typed as are shown.
        let taken = self.before_cursor().len().saturating_sub(from);
        let from = self
            .text
            .floor_char_boundary(self.cursor.saturating_sub(taken));
        let text = self.units.hold(text).into_owned();
        self.splice(from..self.cursor, &text, Kind::Other);
    }

    /// Moves the cursor; `false` where it cannot. A selection ends, and left and right go to its
    /// ends.
    pub fn go(&mut self, to: To) -> bool {
        let target = match (self.selection(), to) {
            (Some(selected), To::Left) => selected.start,
            (Some(selected), To::Right) => selected.end,
            _ => self.target(to),
        };
        let moved = target != self.cursor || self.anchor.is_some();
        self.cursor = target;
        self.settle();
        moved
    }

    /// Deletes what is selected, else up to there, without keeping it.
    pub fn delete(&mut self, to: To) -> bool {
        let selected = self.selection();
        let kind = match selected {
            Some(_) => Kind::Other,
            None => Kind::Deleting,
        };
        let range = selected.unwrap_or_else(|| self.up_to(to));
        self.settle_range();
        self.goal = None;
        self.cutting = false;
        let any = !range.is_empty();
        self.splice(range, "", kind);
        any
    }

    /// Cuts up to there, to be pasted back with [`paste_cut`](Self::paste_cut). Cuts in a row
    /// add up.
    pub fn cut(&mut self, to: To) {
        let mut range = self.up_to(to);
        // At the end of a line, the line break itself.
        if range.is_empty() && to == To::LineEnd {
            range = self.up_to(To::Right);
        }
        if range.is_empty() && to == To::LineStart {
            range = self.up_to(To::Left);
        }
        let taken = self.text[range.clone()].to_owned();
        if !self.cutting {
            self.cut.clear();
        }
        if range.start < self.cursor {
            self.cut.insert_str(0, &taken);
        } else {
            self.cut.push_str(&taken);
        }
        self.settle_range();
        self.splice(range, "", Kind::Other);
        self.goal = None;
        self.cutting = true;
    }

    pub fn paste_cut(&mut self) {
        let cut = self.cut.clone();
        self.put(&cut, Kind::Other);
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

    fn put(&mut self, text: &str, kind: Kind) -> Range<usize> {
        let selected = self.selection();
        let kind = if selected.is_some() {
            Kind::Other
        } else {
            kind
        };
        let range = selected.unwrap_or(self.cursor..self.cursor);
        self.goal = None;
        self.cutting = false;
        self.settle_range();
        let start = range.start;
        self.splice(range, text, kind);
        // A joiner may have made one cluster of what lies around the cursor.
        self.cursor = self.cluster_end(self.cursor);
        self.changes.moved(self.cursor);
        start..start + text.len()
    }

    /// Every change of the text: it can be undone. The cursor goes behind what is inserted.
    fn splice(&mut self, range: Range<usize>, text: &str, kind: Kind) {
        if range.is_empty() && text.is_empty() {
            return;
        }
        self.version += 1;
        let before = self.cursor;
        let removed = self.text[range.clone()].to_owned();
        self.text.replace_range(range.clone(), text);
        self.cursor = range.start + text.len();
        let edit = Edit {
            at: range.start,
            removed,
            inserted: text.to_owned(),
        };
        let begins_word = text.starts_with(|it: char| !it.is_whitespace())
            && self.text[..range.start].ends_with(char::is_whitespace);
        let kind = if kind == Kind::Typing && begins_word {
            Kind::Word
        } else {
            kind
        };
        self.changes.record(edit, kind, before, self.cursor);
        if self.units.is_large() {
            let kept = [self.text.as_str(), self.cut.as_str()].into_iter();
            self.units.keep(kept.chain(self.changes.texts()));
        }
    }

    /// A move: what is typed now is a new change.
    fn settle(&mut self) {
        self.settle_range();
        self.goal = None;
        self.cutting = false;
        self.changes.seal();
    }

    fn settle_range(&mut self) {
        self.anchor = None;
        self.extent = Extent::Between;
    }

    fn up_to(&self, to: To) -> Range<usize> {
        let target = self.target(to);
        target.min(self.cursor)..target.max(self.cursor)
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
        let byte = self.text.ceil_char_boundary(byte);
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
        let before = &self.text[..self.cursor];
        let word = before.unicode_word_indices().next_back();
        let word = word.map_or(0, |(start, _)| start);
        // What is folded is a word too.
        before.rfind(units::is_folded).unwrap_or(0).max(word)
    }

    fn word_right(&self) -> usize {
        let after = &self.text[self.cursor..];
        let word = after.unicode_word_indices().next();
        let word = word.map_or(after.len(), |(start, word)| start + word.len());
        let folded = after.find(units::is_folded);
        let folded = folded.map_or(after.len(), |at| at + units::FOLDED_LEN);
        self.cursor + word.min(folded)
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
        assert_eq!(editor.cursor, "a👩‍👩‍👧".len());
        assert!(editor.go(To::Left));
        assert_eq!(editor.cursor, 1);
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
        assert_eq!(editor.cursor, editor.text().len());
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
        assert_eq!(editor.before_cursor(), "don't");
        editor.go(To::WordRight);
        assert_eq!(editor.before_cursor(), "don't stop");
        editor.go(To::WordLeft);
        assert_eq!(editor.before_cursor(), "don't ");
    }
}
