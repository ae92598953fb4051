//! The selected text.

use std::ops::Range;

use super::{Editor, To};

/// What of the text around anchor and cursor is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// What lies between them.
    #[default]
    Between,
    /// The characters at both, too: vi's `v`.
    Inclusive,
    /// The lines of both: vi's `V`.
    Lines,
}

impl Editor {
    /// The selected bytes, where any are.
    #[must_use]
    pub(super) fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?;
        let (low, high) = (anchor.min(self.cursor), anchor.max(self.cursor));
        let range = match self.extent {
            Extent::Between => low..high,
            // At the end of the text there is no character.
            Extent::Inclusive => low..self.cluster_end((high + 1).min(self.text.len())),
            Extent::Lines => {
                let start = self.text[..low].rfind('\n').map_or(0, |at| at + 1);
                let end = self.text[high..].find('\n');
                start..end.map_or(self.text.len(), |at| high + at + 1)
            }
        };
        (!range.is_empty()).then_some(range)
    }

    /// Whether text is selected.
    #[must_use]
    pub fn is_selecting(&self) -> bool {
        self.selection().is_some()
    }

    /// The selected text, with what is folded in it.
    #[must_use]
    pub fn selected(&self) -> Option<String> {
        let range = self.selection()?;
        Some(self.units.unfold(&self.text[range]).into_owned())
    }

    /// Moves the cursor and selects what lies between.
    pub fn select(&mut self, to: To) {
        let target = self.target(to);
        self.select_up_to(target);
        self.goal = None;
    }

    pub fn select_all(&mut self) {
        self.settle();
        self.anchor = Some(0);
        self.cursor = self.text.len();
    }

    /// Moves the cursor a row up (negative) or down and selects what lies between; at the first
    /// and the last up to the end of the text.
    pub fn select_rows(&mut self, width: usize, delta: isize) {
        let from = (self.anchor, self.cursor);
        let moved = self.go_rows(width, delta);
        let (target, goal) = match (moved, delta < 0) {
            (true, _) => (self.cursor, self.goal),
            (false, true) => (0, None),
            (false, false) => (self.text.len(), None),
        };
        (self.anchor, self.cursor) = from;
        self.select_up_to(target);
        self.goal = goal;
    }

    /// Takes the selection back; `false` where there was none.
    pub fn deselect(&mut self) -> bool {
        let any = self.is_selecting();
        self.settle();
        any
    }

    /// Cuts what is selected, to be pasted back, and gives it.
    pub fn cut_selected(&mut self) -> Option<String> {
        let range = self.selection()?;
        let selected = self.selected();
        self.cut = self.text[range.clone()].to_owned();
        self.settle();
        self.splice(range, "", super::Kind::Other);
        self.changes.seal();
        selected
    }

    /// Keeps what is selected as if it were cut, and gives it.
    pub fn copy_selected(&mut self) -> Option<String> {
        let range = self.selection()?;
        self.cut = self.text[range].to_owned();
        let selected = self.selected();
        self.settle();
        selected
    }

    fn select_up_to(&mut self, target: usize) {
        let anchor = self.anchor.unwrap_or(self.cursor);
        self.settle();
        self.anchor = Some(anchor);
        self.cursor = target;
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
    fn what_is_typed_replaces_what_is_selected() {
        let mut editor = editor("one two");
        editor.select(To::WordLeft);
        assert_eq!(editor.selected().as_deref(), Some("two"));
        editor.insert("x");
        assert_eq!(editor.text(), "one x");
        editor.undo();
        assert_eq!(editor.text(), "one two", "one step");
        editor.go_to_end();
        editor.select(To::WordLeft);
        editor.select(To::WordLeft);
        assert!(editor.delete(To::Right));
        assert!(editor.is_empty());
    }

    #[test]
    fn a_move_ends_the_selection_at_its_ends() {
        let mut editor = editor("one two");
        editor.select(To::WordLeft);
        assert!(editor.go(To::Right));
        assert!(editor.is_at_end() && !editor.is_selecting());
        editor.select(To::WordLeft);
        editor.go(To::Left);
        assert_eq!(editor.before_cursor(), "one ");
        editor.select(To::Left);
        editor.select(To::Right);
        assert_eq!(editor.selected(), None, "nothing is left of it");
    }

    #[test]
    fn copied_and_cut_text_is_pasted_back() {
        let mut editor = editor("one two");
        editor.select(To::WordLeft);
        assert_eq!(editor.copy_selected().as_deref(), Some("two"));
        assert!(!editor.is_selecting());
        editor.paste_cut();
        assert_eq!(editor.text(), "one twotwo");
        editor.select_all();
        assert_eq!(editor.cut_selected().as_deref(), Some("one twotwo"));
        assert!(editor.is_empty());
        editor.paste_cut();
        assert_eq!(editor.text(), "one twotwo");
    }

    #[test]
    fn rows_are_selected_up_to_the_ends_of_the_text() {
        let mut editor = editor("one\ntwo\nthree");
        editor.select_rows(40, -1);
        assert_eq!(editor.selected().as_deref(), Some("\nthree"));
        editor.select_rows(40, -1);
        editor.select_rows(40, -1);
        assert_eq!(editor.selected().as_deref(), Some("one\ntwo\nthree"));
        editor.select_rows(40, 1);
        assert_eq!(editor.selected().as_deref(), Some("two\nthree"));
    }
}
