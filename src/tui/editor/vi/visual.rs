//! Vi's `v` and `V`: what is selected, and what is done with it.

use super::command::{OnSelected, parse_selected};
use super::{Beyond, Editor, Extent, Kind, Place, Span, Vi, motion};

pub fn extent(lines: bool) -> Extent {
    if lines {
        Extent::Lines
    } else {
        Extent::Inclusive
    }
}

impl Vi {
    /// A letter while text is selected.
    pub(super) fn key_selected(&mut self, editor: &mut Editor) -> Option<Beyond> {
        let command = match parse_selected(&self.typed) {
            Ok(command) => command,
            Err(more) => {
                if !more {
                    self.typed.clear();
                }
                return None;
            }
        };
        self.typed.clear();
        match command {
            OnSelected::Up(count) => return Some(Beyond::SelectUp(count)),
            OnSelected::Down(count) => return Some(Beyond::SelectDown(count)),
            OnSelected::Move(motion, count) => {
                if let Some(span) = self.span(editor, motion, count) {
                    editor.cursor = span.target.min(last_of_line(editor, span.target));
                    editor.goal = None;
                }
            }
            OnSelected::Turn => {
                if let Some(anchor) = editor.anchor.replace(editor.cursor) {
                    editor.cursor = anchor;
                }
            }
            OnSelected::Visual { lines } => {
                if editor.extent == extent(lines) {
                    editor.deselect();
                } else {
                    editor.extent = extent(lines);
                }
            }
            OnSelected::Delete => {
                if let Some(span) = taken(editor) {
                    self.cut(editor, span);
                }
            }
            OnSelected::Change => {
                if let Some(mut span) = taken(editor) {
                    self.insert(editor, Place::Here);
                    if std::mem::take(&mut span.lines) {
                        let lines = &editor.text[span.start..span.end];
                        span.end = span.start + lines.strip_suffix('\n').unwrap_or(lines).len();
                    }
                    self.cut(editor, span);
                }
            }
            OnSelected::Yank => {
                if let Some(span) = taken(editor) {
                    self.keep(editor, span);
                }
            }
            OnSelected::Paste => self.paste_over(editor),
            OnSelected::SwitchCase => {
                if let Some(span) = taken(editor) {
                    let old = &editor.text[span.start..span.end];
                    let new: String = motion::clusters(old).map(super::switched).collect();
                    editor.splice(span.start..span.end, &new, Kind::Other);
                    editor.cursor = span.start;
                }
            }
        }
        self.settle(editor);
        None
    }

    fn paste_over(&mut self, editor: &mut Editor) {
        let Some(span) = taken(editor) else { return };
        let mut text = std::mem::take(&mut editor.cut);
        let lines = std::mem::take(&mut self.holds_lines);
        self.keep(editor, span);
        if lines && !span.lines {
            text.insert(0, '\n');
        } else if span.lines && !text.ends_with('\n') {
            text.push('\n');
        }
        if span.end == editor.text.len() && span.lines {
            text.pop();
        }
        editor.splice(span.start..span.end, &text, Kind::Other);
        if lines || span.lines {
            editor.cursor = span.start;
        } else if !text.is_empty() {
            editor.go(super::super::To::Left);
        }
    }
}

/// What an operator takes of what is selected, which is over; undo comes back to its start.
fn taken(editor: &mut Editor) -> Option<Span> {
    let Some(range) = editor.selection() else {
        editor.deselect();
        return None;
    };
    let lines = editor.extent == Extent::Lines;
    editor.settle();
    editor.cursor = range.start;
    Some(Span {
        target: range.start,
        start: range.start,
        end: range.end,
        lines,
    })
}

/// The last character of the line that `at` is in: `$` goes no further while selecting.
fn last_of_line(editor: &Editor, at: usize) -> usize {
    let line = editor.text[..at].rfind('\n').map_or(0, |start| start + 1);
    let rest = &editor.text[line..];
    let end = rest.find('\n').unwrap_or(rest.len());
    let last = motion::clusters(&rest[..end]).next_back();
    line + end - last.map_or(0, str::len)
}
