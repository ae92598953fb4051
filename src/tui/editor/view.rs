//! The part of the text that is seen, and the cursor's way up and down.

use super::Editor;
use crate::text;
use crate::tui::flow::{self, Place, Row};

/// Lines longer than this are laid out around the cursor alone, so that a pasted megabyte
/// without a line break costs no more than a page.
const LONGEST_LINE: usize = 1 << 14;

/// Rows of text, and the cursor among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible {
    /// Sanitised, tabs as spaces.
    pub rows: Vec<String>,
    /// Column and row of the cursor.
    pub cursor: (usize, usize),
    /// Whether there is more above and below.
    pub more_above: bool,
    pub more_below: bool,
}

impl Editor {
    /// How many rows the text takes at this width, counted up to `most`.
    #[must_use]
    pub fn height(&self, width: usize, most: usize) -> usize {
        let mut height = 0;
        for line in self.text.split('\n') {
            if height >= most {
                break;
            }
            height += if line.len() > LONGEST_LINE {
                line.len() / width.max(1) + 1
            } else {
                let mut rows = Vec::new();
                flow::wrap(line.as_bytes(), Place::default(), width, &mut rows);
                rows.len()
            };
        }
        // A cursor behind a full last row needs a row of its own.
        let full = self.cursor == self.text.len()
            && height < most
            && self.rows_near(width, most).last().is_some_and(|&row| {
                row.start != row.end && flow::row_width(self.text.as_bytes(), row) >= width
            });
        (height + usize::from(full)).clamp(1, most.max(1))
    }

    /// What is seen in a window of this size: the rows around the cursor.
    #[must_use]
    pub fn visible(&self, width: usize, height: usize) -> Visible {
        let height = height.max(1);
        let rows = self.rows_near(width, height);
        let (at, column) = self.locate(&rows, width);
        // Everything from the start where it fits, else the cursor in the last row.
        let first = (at + 1).saturating_sub(height);
        let last = (first + height).min(rows.len());
        let bytes = self.text.as_bytes();
        let mut shown: Vec<String> = rows[first..last.max(first)]
            .iter()
            .map(|&row| {
                let mut text = String::new();
                flow::clusters(bytes, row, |cluster| text.push_str(cluster.text));
                text
            })
            .collect();
        if at == rows.len() {
            shown.push(String::new());
        }
        Visible {
            rows: shown,
            cursor: (column, at - first),
            more_above: rows.get(first).is_some_and(|row| row.start.raw > 0),
            more_below: last < rows.len()
                || rows.last().is_some_and(|row| row.end.raw < bytes.len()),
        }
    }

    /// Moves a row up (negative) or down; `false` at the first and the last.
    pub fn go_rows(&mut self, width: usize, delta: isize) -> bool {
        let rows = self.rows_near(width, 2);
        let (at, column) = self.locate(&rows, width);
        let Some(row) = at
            .checked_add_signed(delta)
            .and_then(|target| rows.get(target))
        else {
            return false;
        };
        let goal = self.goal.unwrap_or(column);
        let is_last_of_line =
            row.end.raw == self.text.len() || self.text.as_bytes().get(row.end.raw) == Some(&b'\n');
        let mut target = row.end.raw;
        let mut found = false;
        let mut last = row.start.raw;
        flow::clusters(self.text.as_bytes(), *row, |cluster| {
            if !found && cluster.column + text::width(cluster.text) > goal {
                target = cluster.raw;
                found = true;
            }
            last = cluster.raw;
        });
        if !found && !is_last_of_line {
            // The end of a wrapped row is the start of the next one.
            target = last;
        }
        self.cursor = target;
        self.goal = Some(goal);
        self.cutting = false;
        true
    }

    /// The rows of the lines around the cursor, enough for `height` of them on either side.
    fn rows_near(&self, width: usize, height: usize) -> Vec<Row> {
        let bytes = self.text.as_bytes();
        let mut start = self.line_start();
        let mut end = self.line_end();
        if end - start > LONGEST_LINE {
            start = floor_char(
                &self.text,
                start.max(self.cursor.saturating_sub(LONGEST_LINE / 2)),
            );
            end = floor_char(&self.text, end.min(self.cursor + LONGEST_LINE / 2));
        } else {
            for _ in 0..height {
                let Some(before) = start.checked_sub(1) else {
                    break;
                };
                let line = self.text[..before].rfind('\n').map_or(0, |at| at + 1);
                if before - line > LONGEST_LINE {
                    start = floor_char(&self.text, before - LONGEST_LINE / 2);
                    break;
                }
                start = line;
            }
            for _ in 0..height {
                if end == bytes.len() {
                    break;
                }
                let line = self.text[end + 1..]
                    .find('\n')
                    .map_or(bytes.len(), |at| end + 1 + at);
                if line - end > LONGEST_LINE {
                    end = floor_char(&self.text, end + 1 + LONGEST_LINE / 2);
                    break;
                }
                end = line;
            }
        }
        let mut rows = Vec::new();
        let from = Place {
            raw: start,
            inner: 0,
        };
        flow::wrap(&bytes[..end], from, width, &mut rows);
        rows
    }

    /// The row (possibly one past the last) and column of the cursor.
    fn locate(&self, rows: &[Row], width: usize) -> (usize, usize) {
        let at = rows
            .partition_point(|row| row.start.raw <= self.cursor)
            .saturating_sub(1);
        let Some(&row) = rows.get(at) else {
            return (0, 0);
        };
        let mut column = 0;
        flow::clusters(self.text.as_bytes(), row, |cluster| {
            if cluster.raw < self.cursor {
                column = cluster.column + text::width(cluster.text);
            }
        });
        if column < width || width == 0 {
            (at, column)
        } else if at + 1 == rows.len() {
            (at + 1, 0)
        } else {
            // White space hangs over the end of the row.
            (at, width.saturating_sub(1))
        }
    }
}

fn floor_char(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::To;
    use super::*;

    fn editor(text: &str) -> Editor {
        let mut editor = Editor::default();
        editor.insert(text);
        editor
    }

    #[test]
    fn the_cursor_is_drawn_where_the_next_letter_goes() {
        let table = [
            ("", (0, 0)),
            ("abc", (3, 0)),
            ("日本", (4, 0)),
            ("👩‍👩‍👧", (2, 0)),
            ("ab\n", (0, 1)),
            ("the sky is", (2, 1)),
            ("abcdefgh", (0, 1)),
            ("\u{1b}[", (2, 0)),
        ];
        for (text, cursor) in table {
            assert_eq!(editor(text).visible(8, 5).cursor, cursor, "{text:?}");
        }
    }

    #[test]
    fn nothing_that_was_pasted_controls_the_terminal() {
        let shown = editor("a\u{1b}]52;c;x\u{7}\r").visible(40, 3).rows;
        assert_eq!(shown, ["a␛]52;c;x^G^M"]);
    }

    #[test]
    fn the_window_follows_the_cursor() {
        let mut editor = editor("1\n2\n3\n4\n5");
        let seen = editor.visible(10, 2);
        assert_eq!(seen.rows, ["4", "5"]);
        assert!(seen.more_above && !seen.more_below);
        editor.go_to_start();
        let seen = editor.visible(10, 2);
        assert_eq!(seen.rows, ["1", "2"]);
        assert!(!seen.more_above && seen.more_below);
    }

    #[test]
    fn up_and_down_keep_their_column_and_stop_at_the_ends() {
        let mut editor = editor("long line\nx\nanother one");
        assert!(editor.go_rows(40, -1));
        assert_eq!(editor.cursor(), "long line\nx".len());
        assert!(editor.go_rows(40, -1));
        assert_eq!(editor.cursor(), "long line".len(), "the column is kept");
        assert!(!editor.go_rows(40, -1));
        editor.go(To::LineStart);
        assert!(editor.go_rows(40, 1));
        assert_eq!(editor.cursor(), "long line\n".len());
    }

    #[test]
    fn a_pasted_megabyte_is_laid_out_around_the_cursor_alone() {
        let editor = editor(&"word ".repeat(2_000_000));
        assert_eq!(editor.height(80, 8), 8);
        assert_eq!(editor.visible(80, 8).rows.len(), 8);
        assert!(editor.rows_near(80, 8).len() < 400);
    }

    proptest! {
        #[test]
        fn no_text_or_size_breaks_the_view(
            text in "(\\PC|\n|\t|\u{1b}){0,60}", width in 0_usize..20, height in 0_usize..6, moves in 0_usize..30,
        ) {
            let mut editor = editor(&text);
            for _ in 0..moves {
                editor.go(To::Left);
            }
            let seen = editor.visible(width, height);
            prop_assert!(seen.cursor.1 < seen.rows.len());
            prop_assert!(seen.rows.len() <= height.max(1));
            editor.go_rows(width, 1);
            editor.go_rows(width, -1);
            prop_assert!(editor.text().is_char_boundary(editor.cursor()));
        }
    }
}
