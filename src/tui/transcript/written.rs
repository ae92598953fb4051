//! A message as it was written: its rows, with lines that stand for what is folded.
//!
//! ```text
//! ▸ thought 312 tokens in 2.4 s        the line of its reasoning
//! The sky is **blue** because …        what it says
//! [file a.txt, 8 B, ~9 tokens]         the line of what is attached
//! ```

use std::ops::Range;

use super::fold::{self, Fold};
use crate::tui::flow::{self, Place, Row};

/// A row that stands for what is folded, or above it where that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldRow {
    row: usize,
    /// The raw byte at which the fold begins.
    pub start: usize,
    pub open: bool,
    /// Sanitised.
    pub label: String,
}

/// How a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beginning {
    /// Whether a line stands first, for reasoning that is open or is not.
    pub thought: Option<bool>,
    /// The raw byte from which on the text is shown.
    pub from: usize,
    /// The bytes before this one are reasoning that is shown.
    pub thought_to: usize,
}

impl Beginning {
    fn line(self) -> Option<Row> {
        let open = self.thought?;
        Some(Row {
            start: place(0),
            end: place(if open { 0 } else { self.from }),
        })
    }
}

/// The rows of one text at one width.
#[derive(Debug, Default)]
pub struct Written {
    width: usize,
    /// Bytes of the text that are laid out.
    len: usize,
    beginning: Beginning,
    rows: Vec<Row>,
    folds: Vec<FoldRow>,
}

impl Written {
    /// Lays out a text that may have grown; only its end is laid out again.
    pub fn wrap(&mut self, shown: &[u8], width: usize, beginning: Beginning) {
        let grows = self.width == width && self.len <= shown.len();
        let same = grows && self.folds.is_empty() && self.beginning == beginning;
        if !same {
            self.folds.clear();
            self.rows.clear();
            self.rows.extend(beginning.line());
        }
        let rows = &mut self.rows;
        // Content only ever grows. The last row may take more of the next words, and the one
        // before it may end in a cluster that grows.
        let first = usize::from(beginning.thought.is_some());
        let keep = rows.len().saturating_sub(2).max(first);
        let from = rows
            .get(keep)
            .filter(|_| keep > first)
            .map_or(place(beginning.from), |row| row.start);
        rows.truncate(keep);
        if beginning == Beginning::default() || beginning.from < shown.len() {
            flow::wrap(shown, from, width, rows);
        }
        // Models like to end with a line break; an empty row there says nothing.
        while rows.len() > 1 && rows.last().is_some_and(|row| row.start == row.end) {
            rows.pop();
        }
        (self.width, self.len, self.beginning) = (width, shown.len(), beginning);
    }

    /// Lays out a text with a line for what is attached to it, and for most of a long one.
    /// `is_open` tells of a fold by the byte it begins with.
    pub fn wrap_folded(&mut self, shown: &[u8], width: usize, is_open: impl Fn(usize) -> bool) {
        let folds = fold::folds(shown);
        if folds.is_empty() {
            return self.wrap(shown, width, Beginning::default());
        }
        *self = Self {
            width,
            len: shown.len(),
            ..Self::default()
        };
        let rows = &mut self.rows;
        let mut at = 0;
        for Fold { range, label } in folds {
            // The break before the fold ends a row, and is none of its own.
            let end = range.start - usize::from(shown[at..range.start].ends_with(b"\n"));
            if end > at {
                flow::wrap(&shown[..end], place(at), width, rows);
            }
            let open = is_open(range.start);
            self.folds.push(FoldRow {
                row: rows.len(),
                start: range.start,
                open,
                label,
            });
            rows.push(Row {
                start: place(range.start),
                end: place(if open { range.start } else { range.end }),
            });
            if open {
                let end = range.start + shown[range.clone()].trim_ascii_end().len();
                flow::wrap(&shown[..end], place(range.start), width, rows);
            }
            at = range.end + usize::from(shown[range.end..].starts_with(b"\n"));
        }
        let end = at + shown[at..].trim_ascii_end().len();
        if end > at {
            flow::wrap(&shown[..end], place(at), width, rows);
        }
    }

    /// The rows, those that stand for what is folded among them.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What of it can be folded, in order; its reasoning apart.
    #[must_use]
    pub fn folds(&self) -> &[FoldRow] {
        &self.folds
    }

    /// The fold that a row stands for, or stands above.
    #[must_use]
    pub fn fold(&self, row: usize) -> Option<&FoldRow> {
        self.folds.iter().find(|fold| fold.row == row)
    }

    /// Whether the reasoning is open that a row stands for, or stands above; `None` for all other
    /// rows.
    #[must_use]
    pub fn thought(&self, row: usize) -> Option<bool> {
        self.beginning.thought.filter(|_| row == 0)
    }

    /// The bytes before this one are reasoning; 0 where none is shown.
    #[must_use]
    pub fn thought_to(&self) -> usize {
        self.beginning.thought_to
    }

    /// The row that shows a raw byte.
    #[must_use]
    pub fn row_of_byte(&self, raw: usize) -> usize {
        let after = self.rows.partition_point(|row| row.start.raw <= raw);
        after.saturating_sub(1)
    }

    /// The raw bytes that a row shows, or stands for.
    #[must_use]
    pub fn bytes_of_row(&self, content: &[u8], index: usize) -> Option<Range<usize>> {
        let row = self.rows.get(index)?;
        // A row may end within what is shown for one character.
        let end = match row.end.inner {
            0 => row.end.raw,
            _ => row.end.raw + flow::unit_len(&content[row.end.raw..]),
        };
        Some(row.start.raw..end)
    }
}

fn place(raw: usize) -> Place {
    Place { raw, inner: 0 }
}
