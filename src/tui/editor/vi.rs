//! Vi's keys on the text being typed: `2dw`, `ct.`, `yy`, `p`, `u`, `Vjd`.
//!
//! A command is collected letter by letter and carried out once it is whole. Words, lines and
//! the register are vi's; what moves by a character moves by what a reader calls one.

mod command;
mod motion;
mod visual;

use super::changes::Kind;
use super::{Editor, select::Extent};
use command::{Command, Parsed, Place, parse};
use motion::{Motion, Span};

/// Bytes that a count may make of the register: more than anybody wants, and not all memory.
const PASTE_BYTES: usize = 16 << 20;

/// What the editor alone cannot do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Rows up, or what was typed before.
    Up(usize),
    /// Rows down, or what was typed after.
    Down(usize),
    /// The selection goes on rows up, and down.
    SelectUp(usize),
    SelectDown(usize),
    SearchHistory,
    Help,
}

/// Which of vi's modes, and what is known between two keys. Writing starts in insert mode.
#[derive(Debug, Default)]
pub struct Vi {
    commanding: bool,
    /// What was typed of a command that is not whole yet.
    typed: String,
    /// The last search in a line, for `;` and `,`.
    sought: Option<Motion>,
    /// Whether the register holds whole lines.
    holds_lines: bool,
}

impl Vi {
    /// Whether letters are commands.
    #[must_use]
    pub fn is_commanding(&self) -> bool {
        self.commanding
    }

    /// Escape: from inserting to commanding, or away from a half-typed command. `false` where
    /// there was nothing to leave.
    pub fn escape(&mut self, editor: &mut Editor) -> bool {
        if self.commanding {
            let half = !std::mem::take(&mut self.typed).is_empty();
            return editor.deselect() || half;
        }
        self.commanding = true;
        editor.settle();
        editor.changes.close();
        if editor.cursor > editor.line_start() {
            editor.go(super::To::Left);
        }
        true
    }

    /// The text was sent or cleared: writing starts anew.
    pub fn restart(&mut self) {
        self.commanding = false;
        self.typed.clear();
    }

    /// Makes the change again that `u` took back.
    pub fn redo(&mut self, editor: &mut Editor) {
        self.typed.clear();
        editor.redo();
        self.settle(editor);
    }

    /// A letter while commanding.
    pub fn key(&mut self, editor: &mut Editor, letter: char) -> Option<Beyond> {
        self.typed.push(letter);
        if editor.anchor.is_some() {
            return self.key_selected(editor);
        }
        let beyond = match parse(&self.typed) {
            Parsed::Incomplete => return None,
            Parsed::Unknown => None,
            Parsed::Whole(command) => self.carry_out(editor, command),
        };
        self.typed.clear();
        self.settle(editor);
        beyond
    }

    /// While commanding the cursor is on a character, not behind the last one of its line.
    pub fn settle(&self, editor: &mut Editor) {
        if self.commanding
            && editor.anchor.is_none()
            && editor.cursor == editor.line_end()
            && editor.cursor > editor.line_start()
        {
            let goal = editor.goal;
            editor.go(super::To::Left);
            editor.goal = goal;
        }
    }

    fn carry_out(&mut self, editor: &mut Editor, command: Command) -> Option<Beyond> {
        match command {
            Command::Up(count) => return Some(Beyond::Up(count)),
            Command::Down(count) => return Some(Beyond::Down(count)),
            Command::SearchHistory => return Some(Beyond::SearchHistory),
            Command::Help => return Some(Beyond::Help),
            Command::Move(motion, count) => {
                if let Some(span) = self.span(editor, motion, count) {
                    editor.cursor = span.target;
                    editor.settle();
                }
            }
            Command::Insert(place) => self.insert(editor, place),
            Command::Delete(motion, count) => {
                if let Some(span) = self.span(editor, motion, count) {
                    self.cut(editor, span);
                }
            }
            Command::Change(motion, count) => {
                // As vi does, `cw` on a word stops at its end.
                let blank = editor.text[editor.cursor..].starts_with(char::is_whitespace);
                let motion = match motion {
                    Motion::Word { big } if !blank => Motion::WordEnd { big },
                    other => other,
                };
                if let Some(mut span) = self.span(editor, motion, count) {
                    self.insert(editor, Place::Here);
                    if std::mem::take(&mut span.lines) {
                        // The line itself stays, to be written on.
                        let lines = &editor.text[span.start..span.end];
                        span.end = span.start + lines.strip_suffix('\n').unwrap_or(lines).len();
                    }
                    self.cut(editor, span);
                }
            }
            Command::Yank(motion, count) => {
                if let Some(span) = self.span(editor, motion, count) {
                    self.keep(editor, span);
                    if !span.lines {
                        editor.cursor = span.start;
                    }
                    editor.settle();
                }
            }
            Command::Paste { before, count } => self.paste(editor, before, count),
            Command::Replace(letter, count) => Self::replace(editor, count, |_| letter.to_string()),
            Command::SwitchCase(count) => {
                Self::replace(editor, count, switched);
                editor.go(super::To::Right);
            }
            Command::Undo(count) => (0..count).for_each(|_| _ = editor.undo()),
            Command::Visual { lines } => {
                editor.settle();
                editor.anchor = Some(editor.cursor);
                editor.extent = visual::extent(lines);
            }
        }
        None
    }

    fn span(&mut self, editor: &Editor, motion: Motion, count: Option<usize>) -> Option<Span> {
        let motion = match motion {
            Motion::Again => self.sought?,
            Motion::Back => self.sought?.reversed(),
            Motion::Find { .. } => {
                self.sought = Some(motion);
                motion
            }
            other => other,
        };
        motion.span(editor, count)
    }

    fn insert(&mut self, editor: &mut Editor, place: Place) {
        self.commanding = false;
        editor.changes.open();
        let cursor = match place {
            Place::Here => editor.cursor,
            Place::After => editor.line_end().min(editor.target(super::To::Right)),
            Place::LineStart => motion::first_letter(editor),
            Place::LineEnd => editor.line_end(),
            Place::Above | Place::Below => {
                let above = place == Place::Above;
                let at = if above {
                    editor.line_start()
                } else {
                    editor.line_end()
                };
                editor.splice(at..at, "\n", Kind::Other);
                at + usize::from(!above)
            }
        };
        editor.cursor = cursor;
        editor.settle();
    }

    /// Takes a span out into the register.
    fn cut(&mut self, editor: &mut Editor, span: Span) {
        let mut range = span.start..span.end;
        let mut taken = editor.text[range.clone()].to_owned();
        if span.lines && !taken.ends_with('\n') {
            // The last line takes the break before it along.
            range.start = range.start.saturating_sub(1);
            taken.push('\n');
        }
        editor.cut = taken;
        self.holds_lines = span.lines;
        editor.splice(range.clone(), "", Kind::Other);
        editor.cursor = range.start;
        if span.lines {
            editor.cursor = editor.line_start();
        }
        editor.settle();
    }

    /// Puts a span into the register and leaves it where it is.
    fn keep(&mut self, editor: &mut Editor, span: Span) {
        editor.cut = editor.text[span.start..span.end].to_owned();
        if span.lines && !editor.cut.ends_with('\n') {
            editor.cut.push('\n');
        }
        self.holds_lines = span.lines;
    }

    fn paste(&mut self, editor: &mut Editor, before: bool, count: usize) {
        let count = count.min(PASTE_BYTES / editor.cut.len().max(1)).max(1);
        let mut text = editor.cut.repeat(count);
        if text.is_empty() {
            return;
        }
        if self.holds_lines {
            let at = match (before, editor.text[editor.cursor..].find('\n')) {
                (true, _) => editor.line_start(),
                (false, Some(end)) => editor.cursor + end + 1,
                (false, None) => {
                    text.insert(0, '\n');
                    text.pop();
                    editor.text.len()
                }
            };
            editor.splice(at..at, &text, Kind::Other);
            editor.cursor = at + usize::from(text.starts_with('\n'));
            editor.settle();
            return;
        }
        if !before {
            editor.cursor = editor.line_end().min(editor.target(super::To::Right));
        }
        editor.put(&text, Kind::Other);
        editor.go(super::To::Left);
    }

    /// Replaces characters of this line; nothing where there are fewer than `count`.
    fn replace(editor: &mut Editor, count: usize, with: impl Fn(&str) -> String) {
        let Some(span) = Motion::Right.span(editor, Some(count)) else {
            return;
        };
        let old: Vec<&str> = motion::clusters(&editor.text[span.start..span.end]).collect();
        if old.len() < count {
            return;
        }
        let new: String = old.into_iter().map(with).collect();
        editor.splice(span.start..span.end, &new, Kind::Other);
        editor.go(super::To::Left);
    }
}

/// A character in the other case.
fn switched(cluster: &str) -> String {
    if cluster.chars().any(char::is_lowercase) {
        cluster.to_uppercase()
    } else {
        cluster.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `keys` into an editor that holds `text` with the cursor on the `|`; `␛` is Escape.
    fn after(text: &str, keys: &str) -> String {
        let cursor = text.find('|').expect("the cursor is marked");
        let mut editor = Editor::default();
        editor.insert(&text.replacen('|', "", 1));
        editor.cursor = cursor;
        let mut vi = Vi {
            commanding: true,
            ..Vi::default()
        };
        for key in keys.chars() {
            if key == '␛' {
                vi.escape(&mut editor);
            } else if key == '⟳' {
                vi.redo(&mut editor);
            } else if vi.is_commanding() {
                assert_eq!(vi.key(&mut editor, key), None);
            } else {
                editor.insert(key.encode_utf8(&mut [0; 4]));
            }
        }
        let mut shown = editor.text.clone();
        shown.insert(editor.cursor, '|');
        shown
    }

    #[test]
    fn keys_do_what_vi_does() {
        let table = [
            // Motions.
            ("one t|wo", "h", "one |two"),
            ("|one two", "$", "one tw|o"),
            ("one tw|o", "l", "one tw|o"),
            ("  one| two", "0", "|  one two"),
            ("  one| two", "^", "  |one two"),
            ("|one, two", "w", "one|, two"),
            ("|one, two", "W", "one, |two"),
            ("|one, two", "2w", "one, |two"),
            ("one, t|wo", "b", "one, |two"),
            ("one, |two", "2b", "|one, two"),
            ("one, |two", "B", "|one, two"),
            ("|one, two", "e", "on|e, two"),
            ("|one, two", "2E", "one, tw|o"),
            ("a\nb|b\nc", "gg", "|a\nbb\nc"),
            ("a|a\nb\nc", "G", "aa\nb\n|c"),
            ("aa\nb\n|c", "2G", "aa\n|b\nc"),
            ("|a.b.c", "f.", "a|.b.c"),
            ("|a.b.c", "2f.", "a.b|.c"),
            ("|a.b.c", "f.;", "a.b|.c"),
            ("|a.b.c", "f.;,", "a|.b.c"),
            ("|ab.c", "t.", "a|b.c"),
            ("a.b.|c", "T.", "a.b.|c"),
            ("a.b.|c", "F.", "a.b|.c"),
            ("|abc", "fx", "|abc"),
            // Operators.
            ("|one two three", "dw", "|two three"),
            ("|one two three", "2dw", "|three"),
            ("|one two three", "d2w", "|three"),
            ("one| two", "D", "on|e"),
            ("|one two", "cwsix␛", "si|x two"),
            ("one |two\nx", "Cthree␛", "one thre|e\nx"),
            ("a\n|b\nc", "dd", "a\n|c"),
            ("a\nb\n|c", "dd", "a\n|b"),
            ("|a\nb\nc", "2dd", "|c"),
            ("|a\nb", "ddp", "b\n|a"),
            ("a\n|b b\nc", "ccx␛", "a\n|x\nc"),
            ("a\n|b b\nc", "Sx␛", "a\n|x\nc"),
            ("f(a|b)", "dt)", "f(a|)"),
            ("|one two", "de", "| two"),
            ("one, t|wo", "db", "one, |wo"),
            // Small ones.
            ("|abc", "2x", "|c"),
            ("ab|c", "X", "a|c"),
            ("|abc", "sx␛", "|xbc"),
            ("|abc", "rx", "|xbc"),
            ("|abc", "9rx", "|abc"),
            ("|aBc", "3~", "AbC|"),
            ("|ab", "xp", "b|a"),
            ("|ab", "x3p", "baa|a"),
            ("|ab", "xP", "|ab"),
            ("|a\nb", "yyp", "a\n|a\nb"),
            ("a\n|b", "yyP", "a\n|b\nb"),
            ("|one two", "yww2P", "one one one| two"),
            // Inserting.
            ("|ab", "ix␛", "|xab"),
            ("|ab", "ax␛", "a|xb"),
            ("  a|b", "Ix␛", "  |xab"),
            ("|ab", "Ax␛", "ab|x"),
            ("|ab", "ox␛", "ab\n|x"),
            ("|ab", "Ox␛", "|x\nab"),
            // Undo.
            ("|one two", "dwdwuu", "|one two"),
            ("|ab", "ixy␛u", "|ab"),
            ("|ab", "xu", "|ab"),
            ("|abc", "xx2u", "|abc"),
            ("|one two", "dwdwuu⟳", "|two"),
            ("|ab", "ixy␛u⟳", "xy|ab"),
            ("|ab", "ox␛u", "|ab"),
            ("|one two", "cwa␛u", "|one two"),
            // Selecting.
            ("|one two", "vd", "|ne two"),
            ("|one two", "vwd", "|wo"),
            ("|one two", "ved", "| two"),
            ("one t|wo", "vbd", "one |o"),
            ("|one two", "v$d", "|"),
            ("|one two", "vesx␛", "|x two"),
            ("|one two", "vey$p", "one twoon|e"),
            ("|one two", "vewowd", "one |wo"),
            ("|one two", "ve␛x", "on| two"),
            ("|one two", "vevx", "on| two"),
            ("|one two", "ve~", "|ONE two"),
            ("|one two", "vedu", "|one two"),
            ("|one two", "yewvep", "one on|e"),
            ("a\n|b b\nc", "Vd", "a\n|c"),
            ("a\n|b b\nc", "VGd", "|a"),
            ("a\n|b b\nc", "Vcx␛", "a\n|x\nc"),
            ("|a\nb", "Vyp", "a\n|a\nb"),
            ("a\n|b\nc", "vVd", "a\n|c"),
            // What is no command does nothing, and is forgotten.
            ("|ab", "dzx", "|b"),
            ("|ab", "d␛x", "|b"),
            // Clusters stay whole.
            ("|👩‍👩‍👧b", "x", "|b"),
            ("|e\u{301}b", "rx", "|xb"),
        ];
        for (text, keys, expected) in table {
            // `|` at the end of a line stands for the last character while commanding.
            let expected = match expected.strip_suffix('|') {
                Some(rest) if !rest.is_empty() => {
                    let last = rest.char_indices().next_back().expect("not empty").0;
                    format!("{}|{}", &rest[..last], &rest[last..])
                }
                _ => expected.to_owned(),
            };
            assert_eq!(after(text, keys), expected, "{text:?} {keys}");
        }
    }

    #[test]
    fn what_is_beyond_the_text_is_asked_for() {
        let mut editor = Editor::default();
        let mut vi = Vi::default();
        assert!(vi.escape(&mut editor));
        assert!(!vi.escape(&mut editor), "there was nothing to leave");
        assert_eq!(vi.key(&mut editor, '3'), None);
        assert_eq!(vi.key(&mut editor, 'k'), Some(Beyond::Up(3)));
        assert_eq!(vi.key(&mut editor, 'j'), Some(Beyond::Down(1)));
        assert_eq!(vi.key(&mut editor, '/'), Some(Beyond::SearchHistory));
        assert_eq!(vi.key(&mut editor, '?'), Some(Beyond::Help));
    }

    proptest::proptest! {
        #[test]
        fn no_keys_break_the_text(text in "(\\PC|\n|👩‍👩‍👧){0,30}", keys in "[0-9hlwWbBeEjkgGftFT;,dcyDCYxXsSr~pPuiaIAoOvV.^$␛ ]{0,40}") {
            let mut editor = Editor::default();
            editor.insert(&text);
            let mut vi = Vi::default();
            for key in keys.chars() {
                if key == '␛' {
                    vi.escape(&mut editor);
                } else if vi.is_commanding() {
                    vi.key(&mut editor, key);
                } else {
                    editor.insert(key.encode_utf8(&mut [0; 4]));
                }
                proptest::prop_assert!(editor.text.is_char_boundary(editor.cursor));
            }
        }
    }
}
