//! Keeps the frame in its columns where terminals disagree about how wide a character is.
//!
//! Families, flags, skin tones and emoji that a selector makes out of a sign are one character
//! of two columns to us and to some terminals; others draw each part, or the sign alone. What
//! such a terminal writes over is sent again behind the character, what it leaves is cleared
//! before, and the cursor is set anew on both sides.

use std::io;
use std::ops::Range;

use ratatui::backend::Backend;
use ratatui::buffer::Cell;
use unicode_width::UnicodeWidthChar;

use super::pass::Pass;
use crate::text;

/// Knows what the screen shows.
#[derive(Debug, Default)]
pub struct Steady {
    /// Rows of cells, as far as any were drawn.
    shown: Vec<Vec<Cell>>,
}

impl Steady {
    /// Takes in a cell that is about to be drawn; how many columns from it on what stood there
    /// may have left something in.
    fn remember(&mut self, x: u16, y: u16, cell: &Cell) -> usize {
        let (x, y) = (usize::from(x), usize::from(y));
        if self.shown.len() <= y {
            self.shown.resize_with(y + 1, Vec::new);
        }
        let row = &mut self.shown[y];
        let end = x + text::width(cell.symbol()).max(1);
        if row.len() < end {
            row.resize_with(end, Cell::default);
        }
        let reached = row[x..end].iter().enumerate().map(|(offset, before)| {
            let before = before.symbol();
            if is_uncertain(before) {
                offset + widest(before).max(text::width(before))
            } else {
                0
            }
        });
        let left = reached.max().unwrap_or(0);
        row[x..end].fill_with(Cell::default);
        row[x] = cell.clone();
        left
    }

    /// The cells behind the one at `x`, as far as a character that was drawn there may have
    /// reached, into the next row too.
    fn behind(&self, x: u16, y: u16, columns: usize) -> Vec<(u16, u16, Cell)> {
        let row = self.row(y);
        let x = usize::from(x);
        let mut end = x + columns;
        let mut at = x;
        let mut cells = Vec::new();
        while at < end.min(row.len()) {
            let cell = &row[at];
            if at > x {
                cells.push((at as u16, y, cell.clone()));
                if is_uncertain(cell.symbol()) {
                    end = end.max(at + widest(cell.symbol()));
                }
            }
            at += text::width(cell.symbol()).max(1);
        }
        if end > row.len() {
            // Where half a part was left at the end, it began a column later.
            let over = end - row.len() + 1;
            let next = self.row(y + 1);
            let mut at = 0;
            while at < over.min(next.len()) {
                cells.push((at as u16, y + 1, next[at].clone()));
                at += text::width(next[at].symbol()).max(1);
            }
        }
        cells
    }

    fn row(&self, y: u16) -> &[Cell] {
        self.shown
            .get(usize::from(y))
            .map_or(&[][..], Vec::as_slice)
    }
}

/// Columns that a terminal takes which draws each part of a character by itself. One that
/// knows no flags draws two letters in boxes, and a selector may make its sign wider.
fn widest(symbol: &str) -> usize {
    let parts = symbol.chars().map(|part| match part {
        '\u{1F1E6}'..='\u{1F1FF}' => 2,
        '\u{FE0F}' => 1,
        part => part.width().unwrap_or(0),
    });
    parts.sum()
}

/// Whether terminals disagree about its width, or about whether it is one.
fn is_uncertain(symbol: &str) -> bool {
    if symbol.is_ascii() {
        return false;
    }
    let spacing = |part: &char| part.width().unwrap_or(0) > 0;
    widest(symbol) != text::width(symbol)
        || symbol.contains(['\u{200D}', '\u{FE0E}', '\u{FE0F}'])
        || symbol.chars().filter(spacing).count() > 1
}

/// Each call of the backend sets the cursor first, so behind what is uncertain another begins.
fn send<B: Backend>(to: &mut B, cells: &[(u16, u16, Cell)]) -> Result<(), B::Error> {
    for run in cells.split_inclusive(|(.., cell)| is_uncertain(cell.symbol())) {
        to.draw(run.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
    }
    Ok(())
}

impl<B: Backend<Error = io::Error>> Pass<B> for Steady {
    fn draw(&mut self, cells: &[(u16, u16, &Cell)], to: &mut B) -> io::Result<()> {
        let mut left = Vec::with_capacity(cells.len());
        for (x, y, cell) in cells {
            let before = self.remember(*x, *y, cell);
            left.push(before);
        }
        let doubt = |((.., cell), left): (&(u16, u16, &Cell), &usize)| {
            *left > 0 || is_uncertain(cell.symbol())
        };
        if !cells.iter().zip(&left).any(doubt) {
            return to.draw(cells.iter().copied());
        }
        let mut run = Vec::new();
        let mut covered = None;
        for (&(x, y, cell), left) in cells.iter().zip(left) {
            // ratatui clears the second half of some itself, after they were drawn.
            if covered
                .as_ref()
                .is_some_and(|(columns, row): &(Range<u16>, u16)| *row == y && columns.contains(&x))
            {
                continue;
            }
            let end = x + text::width(cell.symbol()) as u16;
            let mut reached = left;
            if is_uncertain(cell.symbol()) {
                let mut blank = cell.clone();
                blank.set_symbol(" ");
                run.extend((x..end).map(|x| (x, y, blank.clone())));
                reached = reached.max(widest(cell.symbol()));
                covered = Some((x + 1..end, y));
            }
            run.push((x, y, cell.clone()));
            run.extend(self.behind(x, y, reached));
        }
        send(to, &run)
    }

    fn cleared(&mut self) {
        self.shown.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_agree_about_letters_and_not_about_families_flags_and_selectors() {
        for symbol in ["a", "??", "│", "日", "é", "e\u{301}", "ש", "👩"] {
            assert!(!is_uncertain(symbol), "{symbol}");
        }
        for symbol in ["👩‍👩‍👧", "🇩🇪", "❤\u{FE0F}", "☎\u{FE0E}", "👍🏽", "स्ते", "ｶﾞ"]
        {
            assert!(is_uncertain(symbol), "{symbol}");
        }
        assert_eq!(widest("👩‍👩‍👧"), 6);
        assert_eq!(widest("🇩🇪"), 4);
        assert_eq!(widest("❤\u{FE0F}"), 2);
    }
}
