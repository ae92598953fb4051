//! Whole characters in bytes that a token may have cut in the middle of one.

use std::ops::Range;

/// Bytes of a character at most.
const LONGEST: usize = 4;

/// A range made to begin and end with whole characters: one that it begins or ends inside of is
/// taken in. Bytes that are no character stay as they are.
#[must_use]
pub fn whole_characters(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let start = around(bytes, range.start).map_or(range.start, |it| it.start);
    let end = around(bytes, range.end).map_or(range.end, |it| it.end);
    start..end
}

/// The character that has its first byte before a place, and its last one not.
fn around(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let start = (at.saturating_sub(LONGEST - 1)..at)
        .rev()
        .find(|&start| bytes.get(start).is_some_and(|byte| byte & 0xC0 != 0x80))?;
    let rest = &bytes[start..bytes.len().min(start + LONGEST)];
    let character = rest.utf8_chunks().next()?.valid().chars().next()?;
    let end = start + character.len_utf8();
    (end > at).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_takes_in_the_characters_that_it_cuts() {
        let bytes = "a美b😀".as_bytes();
        for (range, whole) in [
            (0..1, 0..1),
            (1..4, 1..4),
            (2..4, 1..4),
            (3..5, 1..5),
            (0..2, 0..4),
            (3..3, 1..4),
            (7..8, 5..9),
            (9..9, 9..9),
        ] {
            assert_eq!(whole_characters(bytes, range.clone()), whole, "{range:?}");
        }
    }

    #[test]
    fn what_is_no_character_stays() {
        for bytes in [
            &b"\xE4\xBD"[..],
            b"\x80\x80\x80\x80\x80",
            b"\xFF\xFFab",
            b"",
        ] {
            for at in 0..=bytes.len() {
                assert_eq!(whole_characters(bytes, at..at), at..at, "{bytes:?} {at}");
            }
        }
    }
}
