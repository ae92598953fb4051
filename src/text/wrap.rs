//! Breaking a line into rows of limited width.

use std::ops::Range;

use super::width::{advance, grapheme_width, graphemes};

/// Breaks one line into rows of at most `width` columns: byte ranges, contiguous, together the
/// whole line.
///
/// Rows end after white space; wide characters (CJK, emoji) may be parted anywhere but before
/// closing and after opening punctuation; a word longer than a row is broken between grapheme
/// clusters. A row may exceed `width` in two ways: by one white-space character hanging over
/// its end, which a renderer clips, and by a single cluster that is wider than `width`. Each row is
/// measured from column 0, so tabs are right when each row is expanded by itself. An empty
/// line is one empty row; a `width` of 0 is taken as 1.
#[must_use]
pub fn wrap(line: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Rows {
        line,
        width: width.max(1),
        done: Vec::new(),
        start: 0,
        columns: 0,
        opportunity: None,
    };
    let mut offset = 0;
    let mut before = "";
    for grapheme in graphemes(line) {
        if may_break_between(before, grapheme) {
            rows.opportunity = Some(offset);
        }
        rows.place(grapheme, offset);
        offset += grapheme.len();
        before = grapheme;
    }
    rows.done.push(rows.start..line.len());
    rows.done
}

struct Rows<'a> {
    line: &'a str,
    width: usize,
    done: Vec<Range<usize>>,
    /// Where the row in progress starts.
    start: usize,
    /// Columns it has so far.
    columns: usize,
    /// The last place at which it may end.
    opportunity: Option<usize>,
}

impl Rows<'_> {
    /// Adds the grapheme at `offset` to the row in progress, ending that first where it is full.
    fn place(&mut self, grapheme: &str, offset: usize) {
        if self.overflows(grapheme) && !self.hangs(grapheme) {
            if let Some(end) = self.opportunity.take() {
                self.end_row(end, offset);
            }
            if self.overflows(grapheme) {
                self.end_row(offset, offset);
            }
        }
        self.columns += grapheme_width(grapheme, self.columns);
    }

    fn overflows(&self, grapheme: &str) -> bool {
        self.columns + grapheme_width(grapheme, self.columns) > self.width
    }

    fn hangs(&self, grapheme: &str) -> bool {
        is_space(grapheme) && self.columns > 0 && self.columns <= self.width
    }

    /// Ends the row at `end`; what lies between there and `offset` begins the next one.
    fn end_row(&mut self, end: usize, offset: usize) {
        if end > self.start {
            self.done.push(self.start..end);
            self.start = end;
            self.columns = advance(0, &self.line[end..offset]);
        }
    }
}

fn may_break_between(before: &str, after: &str) -> bool {
    if before.is_empty() {
        return false;
    }
    if is_space(before) {
        return true;
    }
    (is_wide(before) || is_wide(after)) && !is_space(after) && !closes(after) && !opens(before)
}

/// White space that a row may end after; the no-break spaces are none.
fn is_space(grapheme: &str) -> bool {
    grapheme.starts_with(|character: char| {
        character.is_whitespace() && !matches!(character, '\u{A0}' | '\u{2007}' | '\u{202F}')
    })
}

fn is_wide(grapheme: &str) -> bool {
    grapheme.len() > 1 && grapheme_width(grapheme, 0) > 1
}

/// Characters that no row may begin with: a part of Japan's JIS X 4051 and of classes CL, EX,
/// IS and NS of Unicode's UAX #14.
fn closes(grapheme: &str) -> bool {
    grapheme.starts_with(|character| {
        "、。，．・：；？！）］｝〕〉》」』】〙〗ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ～…‥),.:;?!]}%”’»"
            .contains(character)
    })
}

/// Characters that no row may end with.
fn opens(grapheme: &str) -> bool {
    grapheme.starts_with(|character| "（［｛〔〈《「『【〘〖([{“‘«".contains(character))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width::tests::mixed_text;
    use super::*;
    use crate::text::{expand_tabs, width};

    fn rows(line: &str, columns: usize) -> Vec<&str> {
        wrap(line, columns)
            .into_iter()
            .map(|row| &line[row])
            .collect()
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(rows("the sky is blue", 7), ["the sky ", "is blue"]);
        assert_eq!(rows("the sky is blue", 8), ["the sky ", "is blue"]);
        assert_eq!(rows("the sky is blue", 15), ["the sky is blue"]);
        assert_eq!(rows("", 10), [""]);
    }

    #[test]
    fn a_long_word_is_broken_between_clusters() {
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(rows("ab cdefghij", 4), ["ab ", "cdef", "ghij"]);
        assert_eq!(
            rows("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
        assert_eq!(rows("👩‍👩‍👧👩‍👩‍👧", 3), ["👩‍👩‍👧", "👩‍👩‍👧"]);
    }

    #[test]
    fn one_space_hangs_and_further_ones_are_kept() {
        assert_eq!(rows("abc   def", 3), ["abc ", "  ", "def"]);
        assert_eq!(rows("    indented", 20), ["    indented"]);
        assert_eq!(rows("abc ", 3), ["abc "]);
    }

    #[test]
    fn cjk_breaks_anywhere_but_at_punctuation() {
        assert_eq!(rows("日本語です", 4), ["日本", "語で", "す"]);
        assert_eq!(rows("日本語。はい", 6), ["日本", "語。は", "い"]);
        assert_eq!(rows("日（本）", 4), ["日", "（本", "）"]);
        assert_eq!(rows("abc日本", 4), ["abc", "日本"]);
    }

    #[test]
    fn a_no_break_space_holds_together() {
        assert_eq!(
            rows("about 5\u{A0}km away", 8),
            ["about ", "5\u{A0}km ", "away"]
        );
    }

    #[test]
    fn a_tab_is_measured_from_the_start_of_its_row() {
        assert_eq!(rows("ab\tcd\tef", 8), ["ab\tcd\t", "ef"]);
        assert_eq!(rows("abcdef\tx", 6), ["abcdef\t", "x"]);
    }

    #[test]
    fn no_width_is_too_small() {
        for columns in [0, 1] {
            assert_eq!(rows("ab", columns), ["a", "b"]);
            assert_eq!(rows("日本", columns), ["日", "本"]);
            assert_eq!(rows("\u{301}a\tb", columns).concat(), "\u{301}a\tb");
        }
    }

    proptest! {
        #[test]
        fn every_byte_lies_in_exactly_one_row(line in mixed_text(), columns in 0_usize..30) {
            let mut end = 0;
            for row in wrap(&line, columns) {
                prop_assert_eq!(row.start, end);
                prop_assert!(row.end > row.start || line.is_empty());
                end = row.end;
            }
            prop_assert_eq!(end, line.len());
        }

        #[test]
        fn rows_keep_to_the_width(line in mixed_text(), columns in 0_usize..30) {
            let widest = graphemes(&line).map(width).max().unwrap_or(0);
            for row in rows(&line, columns) {
                let hanging = graphemes(row).last().filter(|last| is_space(last)).map_or(0, str::len);
                let text = expand_tabs(&row[..row.len() - hanging], 0);
                prop_assert!(width(&text) <= columns.max(widest), "{:?} in {}", row, columns);
            }
        }

        #[test]
        fn a_wide_enough_row_is_not_broken(line in mixed_text()) {
            prop_assert_eq!(wrap(&line, width(&line)).len(), 1);
        }
    }
}
