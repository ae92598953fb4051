//! The rows of text in the transcript, as places that something can go to.

use super::{Key, Line, Transcript, content_of};
use crate::chat::{MessageId, Session};
use crate::tui::selection::End;

impl Transcript {
    /// The first row of text in the window.
    #[must_use]
    pub fn first_text_seen(&mut self, session: &Session) -> Option<End> {
        let seen = self
            .seen
            .iter()
            .find_map(|seen| match (seen.key, seen.line) {
                (Key::Message(message), Line::Body(row)) => Some((message, row)),
                _ => None,
            });
        let (message, row) = seen?;
        let raw = self
            .block(Key::Message(message))?
            .byte_of_seen(Line::Body(row));
        self.text_at(session, message, raw)
    }

    /// The row of text that shows a raw byte of a message.
    pub fn text_at(&mut self, session: &Session, message: MessageId, raw: usize) -> Option<End> {
        let block = self.place_of(message)?;
        let line = self
            .lay_out(session, block)
            .line_of_byte(content_of(session, Key::Message(message)), raw);
        self.text_of(session, block, line)
    }

    /// The row of text so many rows after this one, or before it; the last one that way.
    pub fn text_beyond(&mut self, session: &Session, from: &End, rows: isize) -> Option<End> {
        let block = self.place_of(from.message)?;
        let content = content_of(session, Key::Message(from.message));
        let line = self
            .lay_out(session, block)
            .line_of_byte(content, from.bytes.start);
        let (mut block, mut line) = (block, line);
        let mut found = None;
        let mut left = rows.unsigned_abs();
        while left > 0 {
            let next = if rows < 0 {
                self.back(session, block, line, 1)
            } else {
                self.forth(session, block, line, 1)
            };
            if next == (block, line) {
                break;
            }
            (block, line) = next;
            if let Some(text) = self.text_of(session, block, line) {
                found = Some(text);
                left -= 1;
            }
        }
        found
    }

    fn place_of(&self, message: MessageId) -> Option<usize> {
        let key = Key::Message(message);
        self.path.iter().position(|&other| other == key)
    }

    fn text_of(&mut self, session: &Session, block: usize, line: usize) -> Option<End> {
        let &Key::Message(message) = self.path.get(block)? else {
            return None;
        };
        let laid_out = self.lay_out(session, block);
        let Line::Body(row) = laid_out.line(line) else {
            return None;
        };
        let content = content_of(session, Key::Message(message));
        let bytes = laid_out.bytes_of_row(content, row)?;
        Some(End { message, bytes })
    }
}
