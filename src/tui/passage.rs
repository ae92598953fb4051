//! A text that was cut into tokens: where each lies in its bytes, and the rows it is shown in.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::flow::{self, Place, Row};
use crate::text;

/// The text, which may grow at its end, wrapped to one width.
#[derive(Debug, Default)]
pub struct Passage {
    bytes: Vec<u8>,
    /// Where each token ends.
    ends: Vec<usize>,
    rows: Vec<Row>,
    width: usize,
    /// Bytes that were wrapped, without the beginning of a character at their end.
    settled: usize,
}

impl Passage {
    /// Appends a token's bytes.
    pub fn push(&mut self, token: &[u8]) {
        self.bytes.extend_from_slice(token);
        self.ends.push(self.bytes.len());
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The bytes of a token.
    pub fn span(&self, token: usize) -> Range<usize> {
        let end = |token: usize| self.ends.get(token).copied().unwrap_or(self.bytes.len());
        let start = token.checked_sub(1).map_or(0, end);
        start..end(token)
    }

    /// The token that wrote a byte.
    pub fn token_at(&self, byte: usize) -> Option<usize> {
        let token = self.ends.partition_point(|&end| end <= byte);
        (token < self.ends.len()).then_some(token)
    }

    /// Wraps what is new, or everything where the width is another.
    pub fn wrap(&mut self, width: usize) {
        let width = width.max(1);
        if self.width != width {
            self.width = width;
            self.rows.clear();
        }
        let wrapped = self.rows.last().map_or(0, |row| row.end.raw);
        if wrapped == self.bytes.len() && !self.rows.is_empty() {
            return;
        }
        // What begins a character is shown byte by byte until it is whole, perhaps in rows of
        // its own; and the row before may have room for what became of it.
        while self
            .rows
            .pop_if(|row| row.start.raw >= self.settled)
            .is_some()
        {}
        let from = self.rows.pop().map_or(Place::default(), |row| row.start);
        flow::wrap(&self.bytes, from, width, &mut self.rows);
        self.settled = self.bytes.len() - flow::incomplete_tail(&self.bytes);
    }

    /// The row in which a token begins.
    pub fn row_of(&self, token: usize) -> usize {
        let start = self.span(token).start;
        let after = self.rows.partition_point(|row| row.start.raw <= start);
        after.saturating_sub(1)
    }

    /// The column at which a token begins.
    pub fn column_of(&self, token: usize) -> usize {
        let start = self.span(token).start;
        let Some(&row) = self.rows.get(self.row_of(token)) else {
            return 0;
        };
        let mut column = 0;
        flow::clusters(&self.bytes, row, |cluster| {
            if cluster.raw < start {
                column = cluster.column + text::width(cluster.text);
            }
        });
        column
    }

    /// The token at a column of a row, or the last one before it.
    pub fn token_in(&self, row: usize, column: usize) -> Option<usize> {
        let &row = self.rows.get(row)?;
        self.token_at(flow::raw_at(&self.bytes, row, column))
    }

    /// Draws the rows from `first` on, each token in the style that `style` gives for it. The
    /// token `marked` is seen even where it is a line break, or a part of a character.
    pub fn draw(
        &self,
        first: usize,
        area: Rect,
        buffer: &mut Buffer,
        marked: Option<usize>,
        style: impl Fn(usize) -> Style,
    ) {
        for (place, &row) in area.rows().zip(self.rows.iter().skip(first)) {
            // A character that several tokens write is seen in the first one's style, and in
            // that of the one that is looked at.
            let of = |raw: usize| {
                let end = raw + flow::unit_len(&self.bytes[raw..]);
                let looked_at = marked.filter(|&token| {
                    let span = self.span(token);
                    span.start < end && span.end > raw
                });
                let token = looked_at.or_else(|| self.token_at(raw));
                token.map_or_else(Style::default, &style)
            };
            flow::draw(&self.bytes, row, place, buffer, of);
            let end = row.end.raw;
            if self.bytes.get(end) == Some(&b'\n')
                && let Some(token) = self.token_at(end).filter(|&it| Some(it) == marked)
            {
                let column = flow::row_width(&self.bytes, row);
                let column = column.min(usize::from(place.width).saturating_sub(1));
                flow::put(buffer, place, column, "⏎", style(token));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tokens: &[&[u8]], width: usize) -> Passage {
        let mut text = Passage::default();
        for token in tokens {
            text.push(token);
            text.wrap(width);
        }
        text
    }

    #[test]
    fn a_text_that_grows_is_wrapped_as_if_it_had_come_at_once() {
        let tokens: [&[u8]; 7] = [
            b"The",
            b" sk",
            b"y is",
            b"\n",
            b"blu",
            b"e, \xF0\x9F",
            b"\xA6\x80!",
        ];
        for width in 1..20 {
            let grown = text(&tokens, width);
            let mut whole = Passage::default();
            for token in tokens {
                whole.push(token);
            }
            whole.wrap(width);
            assert_eq!(grown.rows(), whole.rows(), "{width}");
        }
    }

    #[test]
    fn tokens_are_found_by_byte_by_row_and_by_column() {
        let text = text(&[b"The", b" sky", b"\n", b"is", b" blue"], 20);
        assert_eq!(text.token_at(3), Some(1));
        assert_eq!(text.token_at(15), None);
        assert_eq!((text.row_of(0), text.row_of(2), text.row_of(3)), (0, 0, 1));
        assert_eq!((text.column_of(1), text.column_of(4)), (3, 2));
        assert_eq!(text.token_in(1, 3), Some(4));
        assert_eq!(text.token_in(0, 99), Some(1));
        assert_eq!(text.token_in(7, 0), None);
    }

    #[test]
    fn an_empty_row_is_the_line_break_that_ends_it() {
        let text = text(&[b"a", b"\n", b"\n", b"b"], 20);
        assert_eq!(text.token_in(1, 0), Some(2));
    }
}
