//! Raw bytes to rows of limited width, with the way back.
//!
//! What a model wrote is kept raw and shown sanitised, so a byte and a cell do not correspond
//! one to one: a control character becomes `^M`, a byte that is no text `\xE2`. A row
//! remembers where in the raw bytes it begins and ends; drawing it gives, for every grapheme
//! cluster, the raw byte it comes from. So a token is found again on the screen.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text;

/// A place in what is shown: a raw byte, and how far into that which is shown for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    pub raw: usize,
    /// Bytes of the shown form that lie before the place; 0 for most characters.
    pub inner: u8,
}

/// One row: from `start` up to `end`. A line break is in no row: the next one starts after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub start: Place,
    pub end: Place,
}

/// Appends the rows of `bytes` from `from` on to `rows`.
///
/// `from` is 0, the start of a line or the start of a row made before: what lies before it does
/// not change the rows after it, so a text that grows is wrapped again only at its end.
pub fn wrap(bytes: &[u8], from: Place, width: usize, rows: &mut Vec<Row>) {
    let mut at = from;
    loop {
        let end = find_newline(bytes, at.raw).unwrap_or(bytes.len());
        wrap_line(bytes, at, end, width, rows);
        if end == bytes.len() {
            return;
        }
        at = Place {
            raw: end + 1,
            inner: 0,
        };
    }
}

fn find_newline(bytes: &[u8], from: usize) -> Option<usize> {
    bytes[from..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map(|at| from + at)
}

fn wrap_line(bytes: &[u8], from: Place, end: usize, width: usize, rows: &mut Vec<Row>) {
    let shown = Shown::new(bytes, from.raw..end);
    let skip = usize::from(from.inner);
    let text = &shown.text[skip..];
    rows.extend(text::wrap(text, width).into_iter().map(|row| Row {
        start: shown.place(skip + row.start),
        end: shown.place(skip + row.end),
    }));
}

/// A grapheme cluster of a row, and the raw byte it begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster<'a> {
    pub text: &'a str,
    pub raw: usize,
    /// The column it begins at.
    pub column: usize,
}

/// Calls `draw` for every grapheme cluster of a row, tabs as spaces.
pub fn clusters(bytes: &[u8], row: Row, mut draw: impl FnMut(Cluster<'_>)) {
    // The character in which the row ends is taken whole and cut in its shown form.
    let end = if row.end.inner > 0 {
        row.end.raw + unit_len(&bytes[row.end.raw..])
    } else {
        row.end.raw
    };
    let shown = Shown::new(bytes, row.start.raw..end);
    let from = usize::from(row.start.inner);
    let to = shown.offset(row.end);
    let mut column = 0;
    let mut offset = from;
    for cluster in text::graphemes(&shown.text[from..to]) {
        let raw = shown.place(offset).raw;
        offset += cluster.len();
        if cluster == "\t" {
            let spaces = text::TAB_STOP - column % text::TAB_STOP;
            draw(Cluster {
                text: &"    "[..spaces.min(4)],
                raw,
                column,
            });
            column += spaces;
        } else {
            draw(Cluster {
                text: cluster,
                raw,
                column,
            });
            column += text::width(cluster);
        }
    }
}

/// Draws a row, as far as it fits; `style` is asked for each raw byte that begins a cluster.
pub fn draw(
    bytes: &[u8],
    row: Row,
    area: Rect,
    buffer: &mut Buffer,
    mut style: impl FnMut(usize) -> Style,
) {
    clusters(bytes, row, |cluster| {
        let style = style(cluster.raw);
        put(buffer, area, cluster.column, cluster.text, style);
    });
}

/// Writes one cluster; what does not fit the row is left out.
pub fn put(buffer: &mut Buffer, area: Rect, column: usize, text: &str, style: Style) {
    let width = usize::from(area.width);
    if column + text::width(text) > width || area.height == 0 {
        return;
    }
    // Both are within the width of the area.
    let x = area.x + column as u16;
    match text.as_bytes() {
        // Most clusters: ratatui would look for where it ends, and measure it again.
        [b' '..=b'~'] => {
            buffer[(x, area.y)].set_symbol(text).set_style(style);
        }
        _ => {
            buffer.set_stringn(x, area.y, text, width - column, style);
        }
    }
}

/// The raw byte that is seen at a column of a row; behind its end, that of its last character.
#[must_use]
pub fn raw_at(bytes: &[u8], row: Row, column: usize) -> usize {
    let mut raw = row.start.raw;
    clusters(bytes, row, |cluster| {
        if cluster.column <= column && text::width(cluster.text) > 0 {
            raw = cluster.raw;
        }
    });
    raw
}

/// The columns that a row takes.
#[must_use]
pub fn row_width(bytes: &[u8], row: Row) -> usize {
    let mut width = 0;
    clusters(bytes, row, |cluster| {
        width = cluster.column + text::width(cluster.text);
    });
    width
}

/// How many bytes at the end are the beginning of a character that is not complete: they are
/// shown when it is.
#[must_use]
pub fn incomplete_tail(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(3);
    // The last three bytes may begin in the middle of a character: look for a first byte.
    let Some(start) = bytes[from..].iter().rposition(|&byte| byte >= 0xC0) else {
        return 0;
    };
    let tail = &bytes[from + start..];
    match std::str::from_utf8(tail) {
        Err(error) if error.error_len().is_none() => tail.len(),
        _ => 0,
    }
}

/// The shown form of a stretch of raw bytes without a line break.
struct Shown<'a> {
    raw: Range<usize>,
    text: Cow<'a, str>,
    /// Where each unit (a character, or a byte that is none) begins: shown offset, raw offset.
    /// Empty where the two are the same.
    units: Vec<(usize, usize)>,
}

impl<'a> Shown<'a> {
    fn new(bytes: &'a [u8], raw: Range<usize>) -> Self {
        let stretch = &bytes[raw.clone()];
        if let Ok(text) = std::str::from_utf8(stretch)
            && let Cow::Borrowed(text) = text::visible(text)
        {
            return Self {
                raw,
                text: Cow::Borrowed(text),
                units: Vec::new(),
            };
        }
        let mut text = String::with_capacity(stretch.len() * 2);
        let mut units = Vec::with_capacity(stretch.len());
        let mut at = raw.start;
        for chunk in stretch.utf8_chunks() {
            for character in chunk.valid().chars() {
                units.push((text.len(), at));
                text.push_str(&text::visible(character.encode_utf8(&mut [0; 4])));
                at += character.len_utf8();
            }
            for byte in chunk.invalid() {
                units.push((text.len(), at));
                text.push_str(&text::visible_bytes(&[*byte]));
                at += 1;
            }
        }
        Self {
            raw,
            text: Cow::Owned(text),
            units,
        }
    }

    /// The place of a shown offset.
    fn place(&self, offset: usize) -> Place {
        if self.units.is_empty() {
            return Place {
                raw: self.raw.start + offset,
                inner: 0,
            };
        }
        if offset >= self.text.len() {
            return Place {
                raw: self.raw.end,
                inner: 0,
            };
        }
        let unit = self.units.partition_point(|&(shown, _)| shown <= offset) - 1;
        let (shown, raw) = self.units[unit];
        Place {
            raw,
            // The longest shown form of one character is `<U+10FFFF>`.
            inner: u8::try_from(offset - shown).unwrap_or(0),
        }
    }

    /// The shown offset of a place.
    fn offset(&self, place: Place) -> usize {
        if place.raw >= self.raw.end {
            return self.text.len();
        }
        if self.units.is_empty() {
            return place.raw - self.raw.start;
        }
        let unit = self.units.partition_point(|&(_, raw)| raw <= place.raw) - 1;
        self.units[unit].0 + usize::from(place.inner)
    }
}

/// The length of the character at the start of `bytes`, or 1 for a byte that is none.
pub fn unit_len(bytes: &[u8]) -> usize {
    // No character is longer, and the rest may be a whole book.
    bytes[..bytes.len().min(4)]
        .utf8_chunks()
        .next()
        .and_then(|chunk| chunk.valid().chars().next())
        .map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(bytes: &[u8], width: usize) -> Vec<String> {
        let mut rows = Vec::new();
        wrap(bytes, Place::default(), width, &mut rows);
        rows.into_iter().map(|row| shown(bytes, row)).collect()
    }

    fn shown(bytes: &[u8], row: Row) -> String {
        let mut text = String::new();
        clusters(bytes, row, |cluster| text.push_str(cluster.text));
        text
    }

    #[test]
    fn plain_text_is_wrapped_at_words_and_line_breaks() {
        assert_eq!(rows(b"the sky is\nblue", 7), ["the sky ", "is", "blue"]);
        assert_eq!(rows(b"", 7), [""]);
        assert_eq!(rows(b"a\n\n", 7), ["a", "", ""]);
    }

    #[test]
    fn what_is_no_text_is_shown_and_found_again() {
        let bytes = b"a\x1b[2J\xE2\x82 b\xFFc\rd";
        assert_eq!(rows(bytes, 80), ["a␛[2J\\xE2\\x82 b\\xFFc^Md"]);
        let mut rows = Vec::new();
        wrap(bytes, Place::default(), 80, &mut rows);
        let mut raws = Vec::new();
        clusters(bytes, rows[0], |cluster| {
            raws.push((cluster.text.to_owned(), cluster.raw));
        });
        assert!(raws.contains(&("␛".to_owned(), 1)));
        assert!(raws.contains(&("c".to_owned(), 10)), "{raws:?}");
        assert_eq!(raws.last(), Some(&("d".to_owned(), 12)));
    }

    #[test]
    fn an_escape_longer_than_the_row_goes_on_in_the_next() {
        let bytes = "x\u{202E}y".as_bytes();
        assert_eq!(rows(bytes, 5), ["x<U+2", "02E>y"]);
        assert_eq!(rows(b"\xFF\xFF", 3), ["\\xF", "F\\x", "FF"]);
    }

    #[test]
    fn the_beginning_of_a_character_waits_for_the_rest() {
        let crab = "🦀".as_bytes();
        assert_eq!(incomplete_tail(b"abc"), 0);
        assert_eq!(incomplete_tail(crab), 0);
        for cut in 1..4 {
            assert_eq!(incomplete_tail(&crab[..cut]), cut);
        }
        assert_eq!(incomplete_tail(b"\xFF\xFF"), 0);
        assert_eq!(incomplete_tail(b"\x80\x80\x80"), 0);
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let part = prop_oneof![
            6 => "[a-z]{1,9} ".prop_map(String::into_bytes),
            1 => Just(b"\n".to_vec()),
            1 => Just(b"\t".to_vec()),
            2 => "\\PC{0,4}".prop_map(String::into_bytes),
            1 => "[一-龥、。]{1,5}".prop_map(String::into_bytes),
            1 => any::<String>().prop_map(String::into_bytes),
            1 => proptest::collection::vec(any::<u8>(), 0..5),
        ];
        proptest::collection::vec(part, 0..20).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn rows_hold_every_byte_but_line_breaks_in_order(bytes in bytes(), width in 1_usize..40) {
            let mut rows = Vec::new();
            wrap(&bytes, Place::default(), width, &mut rows);
            let mut at = Place::default();
            for row in &rows {
                if row.start != at {
                    prop_assert_eq!(bytes[at.raw], b'\n');
                    prop_assert_eq!(row.start, Place { raw: at.raw + 1, inner: 0 });
                }
                prop_assert!(row.end >= row.start);
                at = row.end;
            }
            prop_assert_eq!(at.raw, bytes.len());
            let shown_rows: String = rows.iter().map(|&row| shown(&bytes, row)).collect();
            prop_assert!(!shown_rows.contains(char::is_control));
        }

        #[test]
        fn wrapping_again_from_any_row_gives_the_same_rows(
            bytes in bytes(), width in 1_usize..40, index in any::<prop::sample::Index>(),
        ) {
            let mut whole = Vec::new();
            wrap(&bytes, Place::default(), width, &mut whole);
            let from = index.index(whole.len());
            let mut again = whole[..from].to_vec();
            wrap(&bytes, whole[from].start, width, &mut again);
            prop_assert_eq!(again, whole);
        }
    }
}
