//! Words in several looks, one after the other, to be broken into rows.

use std::ops::Range;

use super::{Look, Piece, Row};
use crate::text;

/// From a byte of the shown text on: where that comes from, and its look.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    shown: usize,
    raw: usize,
    exact: bool,
    look: Look,
}

/// A paragraph, a heading, or a cell of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    text: String,
    stretches: Vec<Stretch>,
    /// The raw bytes that it stands for.
    pub raw: Option<Range<usize>>,
}

impl Flow {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Makes what is shown from `from` on lead somewhere.
    pub fn link(&mut self, from: usize, link: u16) {
        for stretch in &mut self.stretches {
            if stretch.shown >= from {
                stretch.look.link = Some(link);
            }
        }
    }

    /// Appends raw bytes, made visible; `at` is the raw place of the first.
    pub fn push(&mut self, bytes: &[u8], at: usize, look: Look) {
        self.cover(at..at + bytes.len());
        if let Ok(text) = std::str::from_utf8(bytes)
            && let std::borrow::Cow::Borrowed(same) = text::visible(text)
        {
            self.stretch(at, true, look);
            self.text.push_str(same);
            return;
        }
        let mut at = at;
        for chunk in bytes.utf8_chunks() {
            for character in chunk.valid().chars() {
                let mut buffer = [0; 4];
                let raw = character.encode_utf8(&mut buffer);
                let shown = text::visible(raw);
                self.stretch(at, shown == *raw, look);
                self.text.push_str(&shown);
                at += character.len_utf8();
            }
            for byte in chunk.invalid() {
                self.stretch(at, false, look);
                self.text.push_str(&text::visible_bytes(&[*byte]));
                at += 1;
            }
        }
    }

    /// Appends what is not written so in the raw bytes, but stands for some of them.
    pub fn push_for(&mut self, shown: &str, raw: Range<usize>, look: Look) {
        self.stretch(raw.start, false, look);
        self.text.push_str(&text::visible(shown));
        self.cover(raw);
    }

    /// Takes note that it stands for these bytes.
    pub fn cover(&mut self, raw: Range<usize>) {
        self.raw = Some(match self.raw.take() {
            Some(so_far) => so_far.start.min(raw.start)..so_far.end.max(raw.end),
            None => raw,
        });
    }

    fn stretch(&mut self, raw: usize, exact: bool, look: Look) {
        let shown = self.text.len();
        if let Some(last) = self.stretches.last()
            && last.exact
            && exact
            && last.look == look
            && last.raw + (shown - last.shown) == raw
        {
            return;
        }
        self.stretches.push(Stretch {
            shown,
            raw,
            exact,
            look,
        });
    }

    /// The columns it takes in one row; line breaks part rows.
    pub fn width(&self) -> usize {
        let lines = self.text.split('\n');
        lines.map(text::width).max().unwrap_or(0)
    }

    /// The columns of its longest word.
    pub fn longest_word(&self) -> usize {
        let words = self.text.split_whitespace();
        words.map(text::width).max().unwrap_or(0)
    }

    /// Its rows, as ranges of what is shown.
    pub fn wrap(&self, width: usize) -> Vec<Range<usize>> {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let wrapped = text::wrap(line, width);
            rows.extend(
                wrapped
                    .into_iter()
                    .map(|row| start + row.start..start + row.end),
            );
            start += line.len() + 1;
        }
        rows
    }

    /// What is shown in a range, in pieces.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = Piece> {
        let first = self
            .stretches
            .partition_point(|it| it.shown <= range.start)
            .saturating_sub(1);
        let ends = self.stretches[first..]
            .iter()
            .skip(1)
            .map(|next| next.shown)
            .chain([self.text.len()]);
        self.stretches[first..]
            .iter()
            .zip(ends)
            .take_while({
                let end = range.end;
                move |(stretch, _)| stretch.shown < end
            })
            .filter_map(move |(stretch, end)| {
                let from = stretch.shown.max(range.start);
                let to = end.min(range.end);
                (from < to).then(|| Piece {
                    text: self.text[from..to].to_owned(),
                    raw: if stretch.exact {
                        stretch.raw + (from - stretch.shown)
                    } else {
                        stretch.raw
                    },
                    exact: stretch.exact,
                    look: stretch.look,
                })
            })
    }

    /// The raw byte that what is shown from `shown` on comes from.
    pub fn raw_at(&self, shown: usize) -> usize {
        let after = self.stretches.partition_point(|it| it.shown <= shown);
        match after.checked_sub(1).and_then(|at| self.stretches.get(at)) {
            Some(stretch) if stretch.exact => stretch.raw + (shown - stretch.shown),
            Some(stretch) => stretch.raw,
            None => self.raw.as_ref().map_or(0, |raw| raw.start),
        }
    }

    /// Its rows, each with these pieces before it; the first row has others.
    pub fn rows(&self, width: usize, first: &[Piece], rest: &[Piece]) -> Vec<Row> {
        let ranges = self.wrap(width);
        let whole = self.raw.clone().unwrap_or(0..0);
        let starts: Vec<usize> = ranges
            .iter()
            .enumerate()
            .map(|(index, range)| match index {
                0 => whole.start,
                _ => self.raw_at(range.start),
            })
            .collect();
        let count = ranges.len();
        ranges
            .into_iter()
            .enumerate()
            .map(|(index, range)| {
                let before = if index == 0 { first } else { rest };
                let mut pieces = before.to_vec();
                for piece in &mut pieces {
                    piece.raw = starts[index];
                }
                pieces.extend(self.pieces(range));
                Row {
                    pieces,
                    start: starts[index],
                    end: if index + 1 == count {
                        whole.end
                    } else {
                        starts[index + 1]
                    },
                    code: None,
                }
            })
            .collect()
    }
}
