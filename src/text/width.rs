//! How many terminal columns a text takes.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A tab reaches to the next column that is a multiple of this.
pub const TAB_STOP: usize = 4;

/// Columns that `text` takes from column 0, grapheme by grapheme, as ratatui draws it.
///
/// A tab reaches to the next multiple of [`TAB_STOP`]; other control characters take none,
/// because ratatui drops them.
#[must_use]
pub fn width(text: &str) -> usize {
    advance(0, text)
}

/// The column reached after `text` when it starts at `column`.
pub(super) fn advance(column: usize, text: &str) -> usize {
    graphemes(text).fold(column, |column, grapheme| {
        column + grapheme_width(grapheme, column)
    })
}

/// Columns of one grapheme cluster that starts at `column`.
pub(super) fn grapheme_width(grapheme: &str, column: usize) -> usize {
    match grapheme.as_bytes() {
        [b'\t'] => TAB_STOP - column % TAB_STOP,
        [byte] => usize::from(!byte.is_ascii_control()),
        _ if grapheme.contains(char::is_control) => 0,
        // ratatui adds a column for each half-width sound mark (`CellWidth for str`), although
        // unicode-width counts them by now: what is drawn is what has to be measured.
        _ => grapheme.width() + grapheme.matches(['\u{FF9E}', '\u{FF9F}']).count(),
    }
}

/// Extended grapheme clusters, with a fast way through ASCII.
pub fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let len = match rest.as_bytes() {
            [] => return None,
            [_] => 1,
            [b'\r', ..] => first_cluster(rest),
            // Between two ASCII characters other than CR LF there is always a boundary.
            [first, second, ..] if first.is_ascii() && second.is_ascii() => 1,
            _ => first_cluster(rest),
        };
        let (grapheme, after) = rest.split_at(len);
        rest = after;
        Some(grapheme)
    })
}

fn first_cluster(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

/// Replaces tabs by the spaces they stand for, when `text` is drawn from `column` on.
#[must_use]
pub fn expand_tabs(text: &str, column: usize) -> Cow<'_, str> {
    if !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = column;
    for grapheme in graphemes(text) {
        let columns = grapheme_width(grapheme, column);
        if grapheme == "\t" {
            out.extend(std::iter::repeat_n(' ', columns));
        } else {
            out.push_str(grapheme);
        }
        column += columns;
    }
    Cow::Owned(out)
}

/// Cuts `text` to at most `columns` columns, the last of them an ellipsis where it was cut.
///
/// A grapheme cluster is never split, so the result may be a column narrower.
#[must_use]
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    // The end of what fits beside an ellipsis.
    let mut keep = 0;
    let mut column = 0;
    let mut offset = 0;
    for grapheme in graphemes(text) {
        column += grapheme_width(grapheme, column);
        offset += grapheme.len();
        if column < columns {
            keep = offset;
        } else if column > columns {
            let ellipsis = if columns == 0 { "" } else { "…" };
            return Cow::Owned(format!("{}{ellipsis}", &text[..keep]));
        }
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::{Buffer, CellWidth};
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// Text in which wide, joined, combining, flagged and half-width clusters are common.
    pub(in crate::text) fn mixed_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-z]{1,8}",
            4 => Just(" ".to_owned()),
            1 => Just("\t".to_owned()),
            1 => "[一-龥、。（）ぁ-ん]{1,5}",
            1 => "[가-힣]{1,3}",
            1 => prop::sample::select(vec![
                "👩‍👩‍👧", "❤\u{FE0F}", "👍🏽", "🇩🇪🇫🇷", "e\u{301}", "ｶﾞ", "नमस्ते", "א", "\u{200D}", "\u{301}", "—",
            ])
            .prop_map(str::to_owned),
            1 => "\\PC{0,4}",
        ];
        proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    #[test]
    fn widths_are_those_of_what_is_seen() {
        let table = [
            ("", 0),
            ("abc", 3),
            ("日本", 4),
            ("e\u{301}", 1),
            ("é", 1),
            ("👩‍👩‍👧", 2),
            ("❤\u{FE0F}", 2),
            ("🇩🇪", 2),
            ("👍🏽", 2),
            ("\u{E0B0}", 1),
            ("\t", 4),
            ("abc\td", 5),
            ("abcd\t", 8),
            ("\r\n\u{1B}", 0),
        ];
        for (text, columns) in table {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn fitting_marks_the_cut_and_splits_no_cluster() {
        let table = [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 4, "abc…"),
            ("abcdef", 1, "…"),
            ("abcdef", 0, ""),
            ("", 0, ""),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("a👩‍👩‍👧b", 3, "a…"),
            ("ae\u{301}\u{301}b", 2, "a…"),
        ];
        for (text, columns, fitted) in table {
            assert_eq!(fit(text, columns), fitted, "{text:?} in {columns}");
        }
    }

    #[test]
    fn a_tab_reaches_to_the_next_stop() {
        assert_eq!(expand_tabs("a\tb\t\tc", 0), "a   b       c");
        assert_eq!(expand_tabs("\tx", 3), " x");
        assert_eq!(expand_tabs("日\tx", 0), "日  x");
    }

    proptest! {
        #[test]
        fn the_fast_way_finds_the_same_clusters(text in any::<String>(), mixed in mixed_text()) {
            for text in [&text, &mixed] {
                let fast: Vec<_> = graphemes(text).collect();
                prop_assert_eq!(fast, text.graphemes(true).collect::<Vec<_>>());
            }
        }

        #[test]
        fn width_is_what_ratatui_draws(text in mixed_text()) {
            let text = expand_tabs(&text, 0);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
            let (end, _) = buffer.set_stringn(0, 0, &text, 2000, Style::new());
            prop_assert_eq!(usize::from(end), width(&text));
            let cells: u16 = text
                .graphemes(true)
                .filter(|grapheme| !grapheme.contains(char::is_control))
                .map(CellWidth::cell_width)
                .sum();
            prop_assert_eq!(usize::from(cells), width(&text));
        }

        #[test]
        fn expanding_tabs_keeps_the_width(text in mixed_text(), column in 0_usize..9) {
            let expanded = expand_tabs(&text, column);
            prop_assert!(!expanded.contains('\t'));
            prop_assert_eq!(advance(column, &text), advance(column, &expanded));
        }

        #[test]
        fn what_was_fitted_fits(text in mixed_text(), columns in 0_usize..20) {
            let fitted = fit(&text, columns);
            prop_assert!(width(&fitted) <= columns);
            prop_assert_eq!(fitted == text, width(&text) <= columns);
        }
    }
}
