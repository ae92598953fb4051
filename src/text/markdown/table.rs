//! Tables: side by side where that can be read, else row by row.
//!
//! ```text
//! name  │ what it is            name  Ada
//! ──────┼────────────────       what  a language
//! Ada   │ a language            ────────────────
//! ```

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::code::rule_row;
use super::flow::Flow;
use super::{Look, Piece, Role, Row};
use crate::text;

/// What parts two columns.
const BETWEEN: &str = " │ ";
/// A column is made narrower than its widest cell, but not than this.
const LEAST: usize = 8;
/// A name is cut to this where rows are shown one by one.
const NAME: usize = 16;

pub(super) struct Table {
    alignments: Vec<Alignment>,
    raw: Range<usize>,
    /// The first has the names of the columns.
    lines: Vec<(Range<usize>, Vec<Flow>)>,
}

impl Table {
    pub fn new(alignments: &[Alignment], raw: Range<usize>) -> Self {
        Self {
            alignments: alignments.to_vec(),
            raw,
            lines: Vec::new(),
        }
    }

    pub fn begin_row(&mut self, raw: Range<usize>) {
        self.lines.push((raw, Vec::new()));
    }

    pub fn cell(&mut self, cell: Flow) {
        if let Some((_, cells)) = self.lines.last_mut() {
            cells.push(cell);
        }
    }

    /// Appends its rows, as wide as `width` at most.
    pub fn rows(self, width: usize, first: &[Piece], rest: &[Piece], rows: &mut Vec<Row>) {
        let from = rows.len();
        match self.columns(width) {
            Some(columns) => self.side_by_side(&columns, rest, rows),
            None => self.one_by_one(width, rest, rows),
        }
        // Its first row may stand behind a bullet.
        if let Some(row) = rows.get_mut(from)
            && row.pieces.len() >= rest.len()
        {
            row.pieces.splice(..rest.len(), first.iter().cloned());
        }
        if let Some(last) = rows.last_mut() {
            last.end = last.end.max(self.end());
        }
    }

    fn end(&self) -> usize {
        self.lines
            .last()
            .map_or(self.raw.start, |(raw, _)| raw.end)
            .min(self.raw.end)
    }

    /// How wide each column is; `None` where they do not fit.
    fn columns(&self, width: usize) -> Option<Vec<usize>> {
        let count = self.alignments.len();
        let mut natural = vec![1; count];
        let mut least = vec![1; count];
        for (_, cells) in &self.lines {
            for (column, cell) in cells.iter().enumerate().take(count) {
                natural[column] = natural[column].max(cell.width());
                least[column] = least[column].max(cell.longest_word().min(LEAST));
            }
        }
        let room = width.checked_sub(text::width(BETWEEN) * count.saturating_sub(1))?;
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        let mut columns = least;
        let mut left = room.checked_sub(columns.iter().sum())?;
        // Room goes to the column that is furthest from what it would like, cell by cell.
        while left > 0 {
            let neediest = (0..count)
                .filter(|&column| columns[column] < natural[column])
                .min_by_key(|&column| columns[column]);
            let Some(column) = neediest else { break };
            columns[column] += 1;
            left -= 1;
        }
        Some(columns)
    }

    fn side_by_side(&self, columns: &[usize], before: &[Piece], rows: &mut Vec<Row>) {
        for (number, (raw, cells)) in self.lines.iter().enumerate() {
            let wrapped: Vec<Vec<Range<usize>>> = columns
                .iter()
                .enumerate()
                .map(|(column, &width)| {
                    cells
                        .get(column)
                        .map_or_else(Vec::new, |cell| cell.wrap(width))
                })
                .collect();
            let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
            for line in 0..height {
                let start = if line == 0 { raw.start } else { raw.end };
                let mut pieces = before.to_vec();
                for (column, &width) in columns.iter().enumerate() {
                    if column > 0 {
                        pieces.push(mark(BETWEEN.to_owned(), start));
                    }
                    let words: Vec<Piece> = match (cells.get(column), wrapped[column].get(line)) {
                        (Some(cell), Some(range)) => trimmed(cell.pieces(range.clone()).collect()),
                        _ => Vec::new(),
                    };
                    let last = column + 1 == columns.len();
                    let words = if number == 0 { strong(words) } else { words };
                    self.align(column, width, last, words, start, &mut pieces);
                }
                rows.push(Row {
                    start: first_raw(&pieces, start, raw),
                    end: if line + 1 == height {
                        raw.end
                    } else {
                        raw.start
                    },
                    pieces,
                    code: None,
                });
            }
            let from = rows.len() - height;
            order(&mut rows[from..], raw);
            if number == 0 {
                let rule: Vec<String> = columns.iter().map(|&width| "─".repeat(width)).collect();
                rows.push(rule_row(rule.join("─┼─"), raw.end..raw.end, before));
            }
        }
    }

    fn align(
        &self,
        column: usize,
        width: usize,
        last: bool,
        words: Vec<Piece>,
        raw: usize,
        pieces: &mut Vec<Piece>,
    ) {
        let used: usize = words.iter().map(|piece| text::width(&piece.text)).sum();
        let room = width.saturating_sub(used);
        let left = match self.alignments.get(column) {
            Some(Alignment::Right) => room,
            Some(Alignment::Center) => room / 2,
            _ => 0,
        };
        if left > 0 {
            pieces.push(mark(" ".repeat(left), raw));
        }
        pieces.extend(words);
        if room > left && !last {
            pieces.push(mark(" ".repeat(room - left), raw));
        }
    }

    /// Each row as lines of a name and what it has.
    fn one_by_one(&self, width: usize, before: &[Piece], rows: &mut Vec<Row>) {
        let Some(((head_raw, names), lines)) = self.lines.split_first() else {
            return;
        };
        let named = names.iter().map(Flow::width).max().unwrap_or(0);
        let room = named.min(NAME).min(width / 3).max(1);
        if lines.is_empty() {
            for name in names {
                rows.extend(name.rows(width, before, before));
            }
            order_from(rows, head_raw);
            return;
        }
        for (number, (raw, cells)) in lines.iter().enumerate() {
            if number > 0 {
                let rule = "─".repeat(width);
                rows.push(rule_row(rule, raw.start..raw.start, before));
            }
            let from = rows.len();
            for (column, cell) in cells.iter().enumerate() {
                let name = names.get(column).map_or("", Flow::text).replace('\n', " ");
                let name = text::fit(&name, room).into_owned();
                let pad = room.saturating_sub(text::width(&name)) + 2;
                let mut first = before.to_vec();
                first.push(Piece {
                    text: name,
                    raw: raw.start,
                    exact: false,
                    look: Look {
                        strong: true,
                        ..Look::default()
                    },
                });
                first.push(mark(" ".repeat(pad), raw.start));
                let mut rest = before.to_vec();
                rest.push(mark(" ".repeat(room + 2), raw.start));
                let left = width.saturating_sub(room + 2).max(1);
                rows.extend(cell.rows(left, &first, &rest));
            }
            order(&mut rows[from..], raw);
        }
    }
}

fn order_from(rows: &mut [Row], raw: &Range<usize>) {
    order(rows, raw);
}

/// Rows of one line of the table: where each begins may lie in any of its cells, and has to
/// grow from row to row.
fn order(rows: &mut [Row], raw: &Range<usize>) {
    let mut at = raw.start;
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        row.start = row.start.clamp(at, raw.end.max(at));
        at = row.start;
        row.end = if index + 1 == count { raw.end } else { at };
    }
    if let Some(first) = rows.first_mut() {
        first.start = raw.start;
    }
}

fn first_raw(pieces: &[Piece], start: usize, raw: &Range<usize>) -> usize {
    let written = pieces.iter().filter(|piece| piece.exact);
    written
        .map(|piece| piece.raw)
        .filter(|at| raw.contains(at))
        .min()
        .unwrap_or(start.min(raw.end))
}

fn mark(text: String, raw: usize) -> Piece {
    Piece {
        text,
        raw,
        exact: false,
        look: Look::of(Role::Mark),
    }
}

fn strong(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for piece in &mut pieces {
        piece.look.strong = true;
    }
    pieces
}

/// Without the white space that a wrapped row may end with: it would count in the column.
fn trimmed(mut pieces: Vec<Piece>) -> Vec<Piece> {
    while let Some(last) = pieces.last_mut() {
        let kept = last.text.trim_end_matches(' ').len();
        last.text.truncate(kept);
        if !last.text.is_empty() {
            break;
        }
        pieces.pop();
    }
    pieces
}
