//! What was changed, for undo and redo.
//!
//! A step is what a person would call one change: a word with the space after it, characters
//! deleted in a row, a paste, a cut, what vi inserted between two Escapes.

/// Bytes of text that are kept to undo, and to redo.
const MOST_BYTES: usize = 16 << 20;

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub at: usize,
    pub removed: String,
    pub inserted: String,
}

/// How a change was made, which says whether it goes on with the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Typing,
    /// Typing that begins a word.
    Word,
    Deleting,
    Other,
}

#[derive(Debug, Clone)]
struct Step {
    edits: Vec<Edit>,
    /// Where the cursor was before and after.
    before: usize,
    after: usize,
    kind: Kind,
}

impl Step {
    fn bytes(&self) -> usize {
        let edits = self.edits.iter();
        edits
            .map(|edit| edit.removed.len() + edit.inserted.len())
            .sum()
    }
}

/// Steps back, and steps forward again.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Bytes in `done`.
    bytes: usize,
    /// What comes next is a new step.
    sealed: bool,
    /// What comes next belongs together: `Some(true)` once it has begun.
    group: Option<bool>,
}

impl Changes {
    /// Takes in a change that was made, with the cursor before and after it.
    pub fn record(&mut self, edit: Edit, kind: Kind, before: usize, after: usize) {
        self.undone.clear();
        self.bytes += edit.removed.len() + edit.inserted.len();
        let joins = match self.group {
            Some(begun) => begun,
            None => !self.sealed && self.goes_on(kind, before),
        };
        self.group = self.group.map(|_| true);
        self.sealed = false;
        match self.done.last_mut().filter(|_| joins) {
            Some(step) => {
                step.after = after;
                merge(&mut step.edits, edit);
            }
            None => self.done.push(Step {
                edits: vec![edit],
                before,
                after,
                // Typing goes on with a word.
                kind: if kind == Kind::Word {
                    Kind::Typing
                } else {
                    kind
                },
            }),
        }
        while self.bytes > MOST_BYTES && self.done.len() > 1 {
            self.bytes -= self.done.remove(0).bytes();
        }
    }

    /// The cursor was put elsewhere as part of the last change.
    pub fn moved(&mut self, cursor: usize) {
        if let Some(step) = self.done.last_mut() {
            step.after = cursor;
        }
    }

    /// What comes next is a new step.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// What comes next is one step, up to [`close`](Self::close).
    pub fn open(&mut self) {
        self.group = Some(false);
    }

    pub fn close(&mut self) {
        self.group = None;
        self.sealed = true;
    }

    /// Takes the last step back in `text`; the cursor as it was.
    pub fn undo(&mut self, text: &mut String) -> Option<usize> {
        let step = self.done.pop()?;
        self.bytes -= step.bytes();
        for edit in step.edits.iter().rev() {
            text.replace_range(edit.at..edit.at + edit.inserted.len(), &edit.removed);
        }
        let cursor = step.before;
        self.undone.push(step);
        self.begin();
        Some(cursor)
    }

    /// Makes the step again that was taken back last; the cursor after it.
    pub fn redo(&mut self, text: &mut String) -> Option<usize> {
        let step = self.undone.pop()?;
        self.bytes += step.bytes();
        for edit in &step.edits {
            text.replace_range(edit.at..edit.at + edit.removed.len(), &edit.inserted);
        }
        let cursor = step.after;
        self.done.push(step);
        self.begin();
        Some(cursor)
    }

    /// All texts that may come back.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let steps = self.done.iter().chain(&self.undone);
        let edits = steps.flat_map(|step| &step.edits);
        edits.flat_map(|edit| [edit.removed.as_str(), edit.inserted.as_str()])
    }

    fn begin(&mut self) {
        self.sealed = true;
        self.group = self.group.map(|_| false);
    }

    fn goes_on(&self, kind: Kind, cursor: usize) -> bool {
        self.done
            .last()
            .is_some_and(|step| step.kind == kind && kind != Kind::Other && step.after == cursor)
    }
}

/// Appends an edit; what was typed or deleted next to the last one becomes part of it.
fn merge(edits: &mut Vec<Edit>, edit: Edit) {
    let Some(last) = edits.last_mut() else {
        return edits.push(edit);
    };
    if edit.removed.is_empty()
        && last.removed.is_empty()
        && edit.at == last.at + last.inserted.len()
    {
        last.inserted.push_str(&edit.inserted);
    } else if edit.inserted.is_empty() && last.inserted.is_empty() && edit.at == last.at {
        last.removed.push_str(&edit.removed);
    } else if edit.inserted.is_empty()
        && last.inserted.is_empty()
        && edit.at + edit.removed.len() == last.at
    {
        last.removed.insert_str(0, &edit.removed);
        last.at = edit.at;
    } else {
        edits.push(edit);
    }
}

impl super::Editor {
    /// Takes the last change back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.settle();
        let cursor = self.changes.undo(&mut self.text);
        self.changed(cursor)
    }

    /// Makes the change again that was taken back last; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        self.settle();
        let cursor = self.changes.redo(&mut self.text);
        self.changed(cursor)
    }

    fn changed(&mut self, cursor: Option<usize>) -> bool {
        let Some(cursor) = cursor else { return false };
        self.version += 1;
        self.cursor = self.text.floor_char_boundary(cursor);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Editor, To};
    use super::MOST_BYTES;

    fn typed(text: &str) -> Editor {
        let mut editor = Editor::default();
        write(&mut editor, text);
        editor
    }

    fn write(editor: &mut Editor, text: &str) {
        for letter in text.chars() {
            editor.insert(letter.encode_utf8(&mut [0; 4]));
        }
    }

    #[test]
    fn typing_is_undone_word_by_word() {
        let mut editor = typed("one two  three");
        let mut seen = Vec::new();
        while editor.undo() {
            seen.push(editor.text().into_owned());
        }
        assert_eq!(seen, ["one two  ", "one ", ""]);
        while editor.redo() {}
        assert_eq!(editor.text(), "one two  three");
        assert!(editor.is_at_end());
    }

    #[test]
    fn pastes_and_cuts_are_a_step_each() {
        let mut editor = typed("a");
        editor.paste(" one two");
        editor.cut(To::WordLeft);
        editor.cut(To::WordLeft);
        assert_eq!(editor.text(), "a ");
        for expected in ["a one ", "a one two", "a", ""] {
            assert!(editor.undo());
            assert_eq!(editor.text(), expected);
        }
        assert!(!editor.undo());
    }

    #[test]
    fn deleting_in_a_row_is_a_step_whichever_way() {
        let mut editor = typed("abcdef");
        for _ in 0..2 {
            editor.delete(To::Left);
        }
        editor.go_to_start();
        for _ in 0..2 {
            editor.delete(To::Right);
        }
        assert_eq!(editor.text(), "cd");
        editor.undo();
        assert_eq!(editor.text(), "abcd");
        editor.undo();
        assert_eq!(editor.text(), "abcdef");
    }

    #[test]
    fn a_move_begins_a_new_step_and_typing_ends_redo() {
        let mut editor = typed("ab");
        editor.go(To::Left);
        write(&mut editor, "c");
        editor.undo();
        assert_eq!(editor.text(), "ab");
        write(&mut editor, "d");
        assert!(!editor.redo(), "another change was made");
        assert_eq!(editor.text(), "adb");
    }

    #[test]
    fn what_replaced_the_text_gives_it_back() {
        let mut editor = typed("a draft");
        editor.set("recalled");
        editor.undo();
        assert_eq!(editor.text(), "a draft");
    }

    #[test]
    fn no_more_is_kept_than_is_said() {
        let mut editor = Editor::default();
        let page = "x".repeat(MOST_BYTES / 3);
        for _ in 0..9 {
            editor.paste(&page);
            assert!(editor.changes.bytes <= MOST_BYTES);
        }
        assert!(editor.undo() && editor.undo());
    }

    proptest::proptest! {
        #[test]
        fn undo_leads_to_nothing_and_redo_to_the_text(keys in "[a-d \u{301}👩\n←→⌫⌦ʷᵏʸˢ]{0,60}") {
            let mut editor = Editor::default();
            for key in keys.chars() {
                match key {
                    '←' => _ = editor.go(To::Left),
                    '→' => _ = editor.go(To::Right),
                    '⌫' => _ = editor.delete(To::Left),
                    '⌦' => _ = editor.delete(To::Right),
                    'ʷ' => editor.cut(To::WordLeft),
                    'ᵏ' => editor.cut(To::LineEnd),
                    'ʸ' => editor.paste_cut(),
                    'ˢ' => editor.set("set"),
                    other => editor.insert(other.encode_utf8(&mut [0; 4])),
                }
            }
            let text = editor.text().into_owned();
            while editor.undo() {}
            proptest::prop_assert_eq!(editor.text(), "");
            while editor.redo() {}
            proptest::prop_assert_eq!(editor.text(), text);
        }
    }
}
