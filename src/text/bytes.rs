//! Bytes that may not be UTF-8, made visible on one line.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::visible::{push_code_point, stays};
use super::visible_line;

/// Shows bytes on one line: UTF-8 parts as [`visible_line`] does, other bytes as `\xE2`.
///
/// For file names and other bytes that are usually text.
#[must_use]
pub fn visible_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&visible_line(chunk.valid()));
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

/// Shows a token's bytes: like [`visible_bytes`], with each space as `·`.
///
/// A token may begin in the middle of a grapheme cluster. A combining mark at its start sits on
/// a dotted circle (`◌́`), and a joiner or variation selector there is named (`<U+200D>`), so
/// that no token looks empty or changes its neighbour.
#[must_use]
pub fn visible_piece(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 3);
    let mut rest = bytes;
    let first = bytes
        .utf8_chunks()
        .next()
        .and_then(|chunk| chunk.valid().chars().next());
    if let Some(first) = first.filter(|&first| first.width() == Some(0) && stays(first)) {
        if is_invisible(first) {
            push_code_point(&mut out, first);
            rest = &bytes[first.len_utf8()..];
        } else {
            out.push('◌');
        }
    }
    out.push_str(&visible_bytes(rest).replace(' ', "·"));
    out
}

/// The characters that [`super::visible()`] lets stay although they have no shape.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200C}'..='\u{200D}'
        | '\u{180B}'..='\u{180F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::width;

    #[test]
    fn bytes_that_are_no_text_are_shown_in_hex() {
        assert_eq!(visible_bytes(b"a\xE2\x82 b\xFF"), "a\\xE2\\x82 b\\xFF");
        assert_eq!(visible_bytes("日本\n".as_bytes()), "日本⏎");
        assert_eq!(visible_bytes(b"\x1b[2J"), "␛[2J");
        assert_eq!(visible_bytes(b""), "");
    }

    #[test]
    fn a_piece_shows_its_spaces() {
        assert_eq!(visible_piece(b" scattering"), "·scattering");
        assert_eq!(visible_piece(b"    "), "····");
        assert_eq!(visible_piece(b"\n\n"), "⏎⏎");
        assert_eq!(visible_piece(b"\xF0\x9F"), "\\xF0\\x9F");
    }

    #[test]
    fn a_piece_that_starts_inside_a_cluster_stands_alone() {
        assert_eq!(visible_piece("\u{301}x".as_bytes()), "◌\u{301}x");
        assert_eq!(visible_piece("\u{200D}👧".as_bytes()), "<U+200D>👧");
        assert_eq!(visible_piece("\u{FE0F}".as_bytes()), "<U+FE0F>");
        assert_eq!(visible_piece("\u{202E}".as_bytes()), "<U+202E>");
    }

    proptest! {
        #[test]
        fn any_bytes_become_one_harmless_line(bytes in any::<Vec<u8>>()) {
            prop_assert!(!visible_bytes(&bytes).chars().any(char::is_control));
            prop_assert!(!visible_piece(&bytes).chars().any(|c| c.is_control() || c == ' '));
        }

        #[test]
        fn no_piece_looks_empty(text in "\\PC{1,3}") {
            prop_assert!(width(&visible_piece(text.as_bytes())) > 0, "{:?}", text);
        }
    }
}
