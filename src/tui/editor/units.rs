//! Folded texts: a pasted page, an attached file, each one character for the cursor.
//!
//! In the editor's text a folded one is a character of the last private plane, which no font
//! draws; one of those that comes from outside is itself kept folded, so nothing is taken for
//! what it is not.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::changes::Kind;
use super::{Editor, select};
use crate::chat::draft::{Draft, Piece};
use crate::chat::{attachment, session};
use crate::text;
use crate::tui::format;
use crate::words::nouns;
use crate::words::tui::attaching as words;

/// The characters that stand for folded texts.
const FIRST: char = '\u{100000}';
const LAST: char = '\u{10FFFD}';
/// Bytes of each of them.
pub const FOLDED_LEN: usize = 4;

/// A pasted text with more lines or characters is folded.
const MOST_LINES: usize = 10;
const MOST_CHARACTERS: usize = 1000;

/// Folded bytes, above which those that cannot come back are let go of.
const LARGE: usize = 64 << 20;

/// Folded texts, above which the same is done: the plane has not many more characters.
const MANY: usize = 60_000;

/// Columns of a label's name.
const NAME_WIDTH: usize = 60;

/// Whether a character of the editor's text stands for a folded one.
pub fn is_folded(character: char) -> bool {
    (FIRST..=LAST).contains(&character)
}

#[derive(Debug)]
struct Unit {
    text: String,
    label: String,
    /// It begins and ends a line.
    lines: bool,
}

/// What the folded characters stand for.
#[derive(Debug, Clone, Default)]
pub struct Units {
    all: Vec<Option<Arc<Unit>>>,
    bytes: usize,
    /// As many bytes were kept the last time.
    kept: usize,
}

impl Units {
    /// The raw text with what is folded in it.
    pub fn unfold<'a>(&self, raw: &'a str) -> Cow<'a, str> {
        if !raw.contains(is_folded) {
            return Cow::Borrowed(raw);
        }
        let mut out = String::with_capacity(raw.len());
        let mut after_lines = false;
        for character in raw.chars() {
            let unit = self.of(character);
            let begins = unit.is_some_and(|unit| unit.lines) && !out.is_empty();
            if (begins || std::mem::take(&mut after_lines))
                && !out.ends_with('\n')
                && character != '\n'
            {
                out.push('\n');
            }
            match unit {
                Some(unit) => {
                    out.push_str(&unit.text);
                    after_lines = unit.lines;
                }
                None => out.push(character),
            }
        }
        Cow::Owned(out)
    }

    /// What is shown for a character, where it stands for a folded text.
    pub fn label(&self, character: char) -> Option<&str> {
        self.of(character).map(|unit| unit.label.as_str())
    }

    /// A text from outside as raw text.
    pub fn hold<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if text.contains(is_folded) {
            Cow::Owned(self.fold(text).to_string())
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Folds a text; the character that stands for it.
    pub fn fold(&mut self, text: &str) -> char {
        let whole = attachment::find(text).next();
        let whole = whole.filter(|found| found.range == (0..text.trim_end().len()));
        let tokens = format::short(session::about_tokens(text) as u64);
        let label = match &whole {
            Some(found) => {
                let header = text::visible_line(&text[found.header.clone()]).into_owned();
                words::folded(text::fit(&header, NAME_WIDTH), tokens)
            }
            None => {
                let lines = text.lines().count() as u64;
                let size = if lines > 1 {
                    format::count(lines, nouns::LINE)
                } else {
                    format::count(text.chars().count() as u64, nouns::CHARACTER)
                };
                words::folded_paste(size, tokens)
            }
        };
        self.bytes += text.len();
        let lines = whole.is_some();
        let unit = Some(Arc::new(Unit {
            text: if lines { text.trim_end() } else { text }.to_owned(),
            label,
            lines,
        }));
        let free = self.all.iter().position(Option::is_none);
        let index = free.unwrap_or(self.all.len());
        match self.all.get_mut(index) {
            Some(slot) => *slot = unit,
            None => self.all.push(unit),
        }
        // More than the plane has would be more keys than a person presses.
        char::from_u32(u32::from(FIRST) + index as u32).unwrap_or(LAST)
    }

    pub fn is_large(&self) -> bool {
        self.bytes > LARGE.max(self.kept * 2) || self.all.len() > MANY
    }

    /// Lets go of what none of these raw texts has.
    pub fn keep<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut used = vec![false; self.all.len()];
        for character in texts.flat_map(str::chars).filter(|it| is_folded(*it)) {
            if let Some(slot) = used.get_mut(index(character)) {
                *slot = true;
            }
        }
        for (unit, used) in self.all.iter_mut().zip(used) {
            if !used {
                *unit = None;
            }
        }
        let last = self.all.iter().rposition(Option::is_some);
        self.all.truncate(last.map_or(0, |last| last + 1));
        let units = self.all.iter().flatten();
        self.bytes = units.map(|unit| unit.text.len()).sum();
        self.kept = self.bytes;
    }

    fn of(&self, character: char) -> Option<&Unit> {
        if !is_folded(character) {
            return None;
        }
        self.all.get(index(character))?.as_deref()
    }
}

fn index(character: char) -> usize {
    (u32::from(character) - u32::from(FIRST)) as usize
}

/// Whether a pasted text is to be folded.
#[must_use]
pub fn is_long(text: &str) -> bool {
    text.lines().nth(MOST_LINES).is_some() || text.chars().nth(MOST_CHARACTERS).is_some()
}

impl Editor {
    /// As [`paste`](Self::paste), folded to one line.
    pub fn paste_folded(&mut self, text: &str) -> Range<usize> {
        let unit = self.units.fold(text);
        self.put(unit.encode_utf8(&mut [0; FOLDED_LEN]), Kind::Other)
    }

    /// Inserts an attachment, folded, on a line of its own.
    pub fn attach(&mut self, text: &str) {
        let at = self.selection().map_or(self.cursor, |range| range.start);
        let before = if self.text[..at].is_empty() || self.text[..at].ends_with('\n') {
            ""
        } else {
            "\n"
        };
        let unit = self.units.fold(text);
        self.put(&format!("{before}{unit}\n"), Kind::Other);
        self.changes.seal();
    }

    /// The commands in what is typed whose output is to stand in their place.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        let commands = attachment::commands(&self.text);
        let commands = commands.into_iter().map(|(_, command)| command.to_owned());
        commands.collect()
    }

    /// Puts a command's output in its place; at the cursor, where it was taken out meanwhile.
    pub fn attach_output(&mut self, command: &str, output: &str) {
        let mut commands = attachment::commands(&self.text).into_iter();
        let Some((range, _)) = commands.find(|(_, other)| *other == command) else {
            return self.attach(output);
        };
        let unit = self.units.fold(output);
        self.settle();
        self.splice(range, unit.encode_utf8(&mut [0; FOLDED_LEN]), Kind::Other);
        self.cursor = self.text.len();
        self.changes.moved(self.cursor);
        self.changes.seal();
    }

    /// Takes out what was pasted, of a text that has not changed since. The cursor goes there.
    pub fn take_back(&mut self, pasted: Range<usize>) {
        if self.text.get(pasted.clone()).is_some() {
            self.settle();
            self.splice(pasted, "", Kind::Other);
        }
    }

    /// The folded text that the cursor is on or behind.
    fn folded_here(&self) -> Option<usize> {
        let on = self.text[self.cursor..].chars().next();
        if on.is_some_and(is_folded) {
            return Some(self.cursor);
        }
        // What is attached ends its line, behind which the cursor stands.
        let before = &self.text[..self.cursor];
        let before = before.strip_suffix('\n').unwrap_or(before);
        before
            .ends_with(is_folded)
            .then(|| before.len() - FOLDED_LEN)
    }

    /// Whether the cursor is on a folded text, or behind one.
    #[must_use]
    pub fn is_at_folded(&self) -> bool {
        self.folded_here().is_some()
    }

    /// Puts the folded text that the cursor is on in its place; `false` where there is none, or
    /// it cannot be shown otherwise.
    pub fn expand(&mut self) -> bool {
        let Some(at) = self.folded_here() else {
            return false;
        };
        let range = at..at + FOLDED_LEN;
        let text = self.units.unfold(&self.text[range.clone()]).into_owned();
        if text.contains(is_folded) {
            return false;
        }
        self.settle();
        self.splice(range, &text, Kind::Other);
        self.changes.seal();
        true
    }

    /// The text with its folds, to be kept.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mut pieces = Vec::new();
        for part in self.text.split_inclusive(is_folded) {
            let (typed, folded) = match part.char_indices().next_back() {
                Some((at, last)) if is_folded(last) => part.split_at(at),
                _ => (part, ""),
            };
            if !typed.is_empty() {
                pieces.push(Piece::Typed(typed.to_owned()));
            }
            if !folded.is_empty() {
                pieces.push(Piece::Folded(self.units.unfold(folded).into_owned()));
            }
        }
        Draft { pieces }
    }

    /// Puts a draft in place of the text; the cursor goes to its end.
    pub fn set_draft(&mut self, draft: &Draft) {
        let mut raw = String::new();
        for piece in &draft.pieces {
            match piece {
                Piece::Typed(text) => raw.push_str(&self.units.hold(text)),
                Piece::Folded(text) => raw.push(self.units.fold(text)),
            }
        }
        self.settle();
        self.extent = select::Extent::Between;
        self.splice(0..self.text.len(), &raw, Kind::Other);
        self.changes.seal();
    }
}

#[cfg(test)]
mod tests {
    use super::super::To;
    use super::*;

    fn page() -> String {
        (1..=214).map(|line| format!("line {line}\n")).collect()
    }

    #[test]
    fn a_folded_text_is_one_character_and_is_sent_whole() {
        let mut editor = Editor::default();
        editor.insert("see ");
        editor.paste_folded(&page());
        editor.insert("!");
        assert_eq!(editor.text(), format!("see {}!", page()));
        let shown = editor.visible(60, 5).text();
        assert_eq!(shown, ["see [pasted text, 214 lines, ~455 tokens]!"]);
        editor.go(To::Left);
        editor.go(To::Left);
        assert_eq!(editor.before_cursor(), "see ");
        editor.delete(To::Right);
        assert_eq!(editor.text(), "see !");
        editor.undo();
        assert_eq!(editor.text(), format!("see {}!", page()));
    }

    #[test]
    fn a_folded_text_is_a_word() {
        let mut editor = Editor::default();
        editor.insert("see ");
        editor.paste_folded(&page());
        editor.cut(To::WordLeft);
        assert_eq!(editor.text(), "see ");
        editor.paste_cut();
        editor.go_to_start();
        editor.go(To::WordRight);
        assert_eq!(editor.before_cursor(), "see");
        editor.go(To::WordRight);
        assert_eq!(editor.before_cursor(), format!("see {}", page()));
    }

    #[test]
    fn it_is_expanded_in_place_and_folded_again_by_undo() {
        let mut editor = Editor::default();
        editor.paste_folded(&page());
        assert!(editor.expand());
        assert!(!editor.expand(), "nothing is folded any more");
        editor.go(To::Left);
        assert!(editor.before_cursor().ends_with("line 214"));
        editor.undo();
        assert!(editor.is_at_folded());
        assert_eq!(editor.text(), page());
    }

    #[test]
    fn an_attachment_has_lines_of_its_own() {
        let file = attachment::file("notes.txt", "one\n");
        let mut editor = Editor::default();
        editor.insert("look:");
        editor.attach(&file);
        editor.insert("What is it?");
        let sent = format!("look:\n{file}\nWhat is it?");
        assert_eq!(editor.text(), sent);
        assert_eq!(
            editor.visible(60, 5).text(),
            ["look:", "[file notes.txt, 4 B, ~9 tokens]", "What is it?"]
        );
        editor.go(To::LineStart);
        editor.delete(To::Left);
        assert_eq!(editor.text(), sent, "its fence ends a line all the same");
    }

    #[test]
    fn an_output_takes_the_place_of_its_command() {
        let mut editor = Editor::default();
        editor.insert("why !`false`?");
        assert_eq!(editor.commands(), ["false"]);
        let output = attachment::output("false", "exit status 1", "");
        editor.attach_output("false", &output);
        assert_eq!(editor.text(), format!("why \n{output}\n?"));
        assert!(editor.commands().is_empty());
        editor.undo();
        assert_eq!(editor.text(), "why !`false`?");
        editor.set("other");
        editor.attach_output("false", &output);
        assert_eq!(editor.text(), format!("other\n{output}\n"));
    }

    #[test]
    fn a_character_of_the_last_plane_is_nothing_but_itself() {
        let mut editor = Editor::default();
        editor.paste_folded(&page());
        editor.insert("a\u{100000}b");
        assert_eq!(editor.text(), format!("{}a\u{100000}b", page()));
        assert!(!editor.expand());
    }

    #[test]
    fn a_draft_keeps_its_folds() {
        let mut editor = Editor::default();
        editor.insert("see ");
        editor.paste_folded(&page());
        editor.insert("!");
        let draft = editor.draft();
        assert_eq!(draft.pieces.len(), 3);
        let mut other = Editor::default();
        other.set_draft(&draft);
        assert_eq!(other.draft(), draft);
        assert_eq!(draft.text(), editor.text());
    }

    #[test]
    fn what_can_come_back_is_kept_and_the_rest_let_go_of() {
        let mut editor = Editor::default();
        let large = "x".repeat(LARGE / 4);
        for _ in 0..9 {
            editor.set("");
            editor.paste_folded(&large);
        }
        editor.take();
        editor.insert("a");
        assert!(editor.units.all.is_empty());
        for (text, long) in [
            ("a\n".repeat(10), false),
            ("a\n".repeat(11), true),
            ("a".repeat(1000), false),
            ("a".repeat(1001), true),
        ] {
            assert_eq!(is_long(&text), long);
        }
    }
}
