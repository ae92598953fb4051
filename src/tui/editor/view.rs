//! The part of the text that is seen, and the cursor's way up and down.

use std::ops::Range;

use super::{Editor, units};
use crate::text;
use crate::tui::flow::{self, Place, Row};

/// Lines longer than this are laid out around the cursor alone, so that a pasted megabyte
/// without a line break costs no more than a page.
const LONGEST_LINE: usize = 1 << 14;

/// Rows of text, and the cursor among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible {
    /// Sanitised, tabs as spaces; each row in stretches that look the same.
    pub rows: Vec<Vec<(Look, String)>>,
    /// Column and row of the cursor.
    pub cursor: (usize, usize),
    /// Whether there is more above and below.
    pub more_above: bool,
    pub more_below: bool,
}

/// How a stretch of text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub selected: bool,
    /// It stands for a folded text.
    pub folded: bool,
}

/// A stretch of the text, with labels for what is folded, in rows.
struct Laid {
    shown: String,
    /// The text's byte that `shown` begins at.
    from: usize,
    /// Where the labels are in `shown`, and the byte of what they stand for.
    labels: Vec<(Range<usize>, usize)>,
    rows: Vec<Row>,
}

impl Laid {
    /// Where a byte of the text is in `shown`.
    fn shown_at(&self, byte: usize) -> usize {
        let before = self.labels.iter().take_while(|(_, at)| *at < byte);
        let grown: usize = before
            .map(|(label, _)| label.len() - units::FOLDED_LEN)
            .sum();
        (byte.saturating_sub(self.from) + grown).min(self.shown.len())
    }

    /// The byte of the text that is shown there; of a label the one it stands for.
    fn byte_at(&self, shown: usize) -> usize {
        let mut grown = 0;
        for (label, at) in &self.labels {
            if shown < label.start {
                break;
            }
            if shown < label.end {
                return *at;
            }
            grown += label.len() - units::FOLDED_LEN;
        }
        self.from + shown - grown
    }

    fn is_label(&self, shown: usize) -> bool {
        self.labels.iter().any(|(label, _)| label.contains(&shown))
    }
}

impl Editor {
    /// How many rows the text takes at this width, counted up to `most`.
    #[must_use]
    pub fn height(&self, width: usize, most: usize) -> usize {
        let mut height = 0;
        let mut start = 0;
        for line in self.text.split('\n') {
            if height >= most {
                break;
            }
            height += if line.len() > LONGEST_LINE {
                line.len() / width.max(1) + 1
            } else {
                self.lay(start..start + line.len(), width).rows.len()
            };
            start += line.len() + 1;
        }
        // A cursor behind a full last row needs a row of its own.
        let full = self.is_at_end() && height < most && {
            let laid = self.rows_near(width, most);
            laid.rows.last().is_some_and(|&row| {
                row.start != row.end && flow::row_width(laid.shown.as_bytes(), row) >= width
            })
        };
        (height + usize::from(full)).clamp(1, most.max(1))
    }

    /// What is seen in a window of this size: the rows around the cursor.
    #[must_use]
    pub fn visible(&self, width: usize, height: usize) -> Visible {
        let height = height.max(1);
        let laid = self.rows_near(width, height);
        let rows = &laid.rows;
        let (at, column) = self.locate(&laid, width);
        // Everything from the start where it fits, else the cursor in the last row.
        let first = (at + 1).saturating_sub(height);
        let last = (first + height).min(rows.len());
        let selected = self.selection();
        let selected = selected.map(|range| laid.shown_at(range.start)..laid.shown_at(range.end));
        let mut shown: Vec<_> = rows[first..last.max(first)]
            .iter()
            .map(|&row| {
                let mut stretches: Vec<(Look, String)> = Vec::new();
                flow::clusters(laid.shown.as_bytes(), row, |cluster| {
                    let inside = |range: &Range<usize>| range.contains(&cluster.raw);
                    let look = Look {
                        selected: selected.as_ref().is_some_and(inside),
                        folded: laid.is_label(cluster.raw),
                    };
                    match stretches.last_mut().filter(|last| last.0 == look) {
                        Some((_, text)) => text.push_str(cluster.text),
                        None => stretches.push((look, cluster.text.to_owned())),
                    }
                });
                // A selected line break is seen too.
                let end = row.end.raw;
                let breaks = laid.shown[end..].starts_with('\n');
                if breaks && selected.as_ref().is_some_and(|range| range.contains(&end)) {
                    let selected = Look {
                        selected: true,
                        ..Look::default()
                    };
                    stretches.push((selected, " ".to_owned()));
                }
                stretches
            })
            .collect();
        if at == rows.len() {
            shown.push(Vec::new());
        }
        let end = laid.from + laid.labels.len() * units::FOLDED_LEN;
        let labels: usize = laid.labels.iter().map(|(label, _)| label.len()).sum();
        let end = end + laid.shown.len() - labels;
        Visible {
            rows: shown,
            cursor: (column, at - first),
            more_above: rows
                .get(first)
                .is_some_and(|row| laid.from + row.start.raw > 0),
            more_below: last < rows.len() || end < self.text.len(),
        }
    }

    /// Moves a row up (negative) or down; `false` at the first and the last.
    pub fn go_rows(&mut self, width: usize, delta: isize) -> bool {
        let laid = self.rows_near(width, 2);
        let (at, column) = self.locate(&laid, width);
        let target = at.checked_add_signed(delta);
        let Some(row) = target.and_then(|target| laid.rows.get(target)) else {
            return false;
        };
        let goal = self.goal.unwrap_or(column);
        let shown = laid.shown.as_bytes();
        let is_last_of_line = row.end.raw == shown.len() || shown.get(row.end.raw) == Some(&b'\n');
        let mut target = row.end.raw;
        let mut found = false;
        let mut last = row.start.raw;
        flow::clusters(shown, *row, |cluster| {
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
        self.cursor = laid.byte_at(target);
        self.settle();
        self.goal = Some(goal);
        true
    }

    /// The rows of the lines around the cursor, enough for `height` of them on either side.
    fn rows_near(&self, width: usize, height: usize) -> Laid {
        let bytes = self.text.as_bytes();
        let mut start = self.line_start();
        let mut end = self.line_end();
        if end - start > LONGEST_LINE {
            start = self
                .text
                .floor_char_boundary(start.max(self.cursor.saturating_sub(LONGEST_LINE / 2)));
            end = self
                .text
                .floor_char_boundary(end.min(self.cursor + LONGEST_LINE / 2));
        } else {
            for _ in 0..height {
                let Some(before) = start.checked_sub(1) else {
                    break;
                };
                let line = self.text[..before].rfind('\n').map_or(0, |at| at + 1);
                if before - line > LONGEST_LINE {
                    start = self.text.floor_char_boundary(before - LONGEST_LINE / 2);
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
                    end = self.text.floor_char_boundary(end + 1 + LONGEST_LINE / 2);
                    break;
                }
                end = line;
            }
        }
        self.lay(start..end, width)
    }

    fn lay(&self, range: Range<usize>, width: usize) -> Laid {
        let mut shown = String::with_capacity(range.len());
        let mut labels = Vec::new();
        let text = &self.text[range.clone()];
        let mut at = 0;
        for (index, character) in text.match_indices(units::is_folded) {
            let folded = character.chars().next().and_then(|it| self.units.label(it));
            let Some(label) = folded else { continue };
            shown.push_str(&text[at..index]);
            labels.push((shown.len()..shown.len() + label.len(), range.start + index));
            shown.push_str(label);
            at = index + units::FOLDED_LEN;
        }
        shown.push_str(&text[at..]);
        let mut rows = Vec::new();
        flow::wrap(shown.as_bytes(), Place::default(), width, &mut rows);
        Laid {
            shown,
            from: range.start,
            labels,
            rows,
        }
    }

    /// The row (possibly one past the last) and column of the cursor.
    fn locate(&self, laid: &Laid, width: usize) -> (usize, usize) {
        let rows = &laid.rows;
        let cursor = laid.shown_at(self.cursor);
        let at = rows
            .partition_point(|row| row.start.raw <= cursor)
            .saturating_sub(1);
        let Some(&row) = rows.get(at) else {
            return (0, 0);
        };
        let mut column = 0;
        flow::clusters(laid.shown.as_bytes(), row, |cluster| {
            if cluster.raw < cursor {
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

#[cfg(test)]
impl Visible {
    /// The rows as they read.
    pub fn text(&self) -> Vec<String> {
        let rows = self.rows.iter();
        rows.map(|row| row.iter().map(|(_, text)| text.as_str()).collect())
            .collect()
    }
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
        let shown = editor("a\u{1b}]52;c;x\u{7}\r").visible(40, 3).text();
        assert_eq!(shown, ["a␛]52;c;x^G^M"]);
    }

    #[test]
    fn the_window_follows_the_cursor() {
        let mut editor = editor("1\n2\n3\n4\n5");
        let seen = editor.visible(10, 2);
        assert_eq!(seen.text(), ["4", "5"]);
        assert!(seen.more_above && !seen.more_below);
        editor.go_to_start();
        let seen = editor.visible(10, 2);
        assert_eq!(seen.text(), ["1", "2"]);
        assert!(!seen.more_above && seen.more_below);
    }

    #[test]
    fn up_and_down_keep_their_column_and_stop_at_the_ends() {
        let mut editor = editor("long line\nx\nanother one");
        assert!(editor.go_rows(40, -1));
        assert_eq!(editor.cursor, "long line\nx".len());
        assert!(editor.go_rows(40, -1));
        assert_eq!(editor.cursor, "long line".len(), "the column is kept");
        assert!(!editor.go_rows(40, -1));
        editor.go(To::LineStart);
        assert!(editor.go_rows(40, 1));
        assert_eq!(editor.cursor, "long line\n".len());
    }

    #[test]
    fn what_is_selected_and_what_is_folded_looks_so() {
        let mut editor = editor("ab\n");
        editor.paste_folded("c");
        editor.insert("d");
        for _ in 0..3 {
            editor.select(To::Left);
        }
        let look = |selected, folded| Look { selected, folded };
        let label = "[pasted text, 1 character, ~1 tokens]".to_owned();
        assert_eq!(
            editor.visible(60, 4).rows,
            [
                vec![
                    (look(false, false), "ab".to_owned()),
                    (look(true, false), " ".to_owned())
                ],
                vec![
                    (look(true, true), label),
                    (look(true, false), "d".to_owned())
                ],
            ]
        );
        editor.go(To::LineStart);
        editor.go_rows(60, 1);
        assert_eq!(editor.before_cursor(), "ab\n", "before what is folded");
    }

    #[test]
    fn a_pasted_megabyte_is_laid_out_around_the_cursor_alone() {
        let editor = editor(&"word ".repeat(2_000_000));
        assert_eq!(editor.height(80, 8), 8);
        assert_eq!(editor.visible(80, 8).rows.len(), 8);
        assert!(editor.rows_near(80, 8).rows.len() < 400);
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
            editor.paste_folded("pasted");
            editor.select(To::WordLeft);
            let seen = editor.visible(width, height);
            prop_assert!(seen.cursor.1 < seen.rows.len());
            editor.select_rows(width, -1);
            editor.insert(&text);
            prop_assert!(editor.text.is_char_boundary(editor.cursor));
        }
    }
}
