//! What stands for a character on a Linux console.
//!
//! A console draws with one font of 256 or 512 glyphs, and a box for all else. Which font that
//! is a program is not told by anything that it may ask without unsafe code, so a frame keeps to
//! what these have in common, read from their tables of characters: the kernel's own font
//! (code page 437, `drivers/tty/vt/cp437.uni`), and the Fixed, VGA and Terminus fonts of
//! Debian's console-setup 1.221 for Latin scripts (`Lat15-*`, its default, and `Uni2-*`). The
//! halves of blocks (▄ ▌) are in the former alone, ● and ▸ in the latter alone. Letters are left
//! as they are: who writes in a script has a font for it.

use super::ascii;

/// Beside ASCII, Latin-1 and letters.
const SIGNS: &str = "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬█▒░■▲▼▶◀←↑→↓•";

/// General punctuation, signs, arrows, frames, and enclosed letters, which are letters too.
const NO_LETTERS: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{2BFF}';

/// What one column of a frame shows instead; `None` where it stays.
pub fn replacement(symbol: &str) -> Option<&str> {
    let mut characters = symbol.char_indices();
    let (_, first) = characters.next()?;
    if is_shown(first) {
        // A console gives what combines with it a column of its own.
        return characters.next().map(|(end, _)| &symbol[..end]);
    }
    Some(match symbol {
        // Heights and lengths are told by density.
        "▇" | "▉" | "▊" => "█",
        "▅" | "▆" | "▋" | "▌" => "▒",
        "▃" | "▄" | "▍" | "▎" => "░",
        "▁" | "▂" => "_",
        "▏" => "│",
        "┃" => "║",
        "▸" => "▶",
        "◂" => "◀",
        "▾" => "▼",
        "∎" | "▪" => "■",
        "●" => "•",
        "◦" | "◌" => "°",
        "⏎" => "¶",
        _ => ascii::replacement(symbol),
    })
}

fn is_shown(character: char) -> bool {
    match character {
        '\u{AD}' => false,
        ' '..='~' | '\u{A0}'..='ÿ' => true,
        _ if SIGNS.contains(character) => true,
        _ => character.is_alphabetic() && !NO_LETTERS.contains(&character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_another_is_in_the_fonts() {
        for code in 0x80..0x3000 {
            let Some(character) = char::from_u32(code) else {
                continue;
            };
            let symbol = character.to_string();
            let shown = replacement(&symbol).unwrap_or(&symbol);
            assert_eq!(shown.chars().count(), 1, "{symbol}");
            assert!(shown.chars().all(is_shown), "{symbol} becomes {shown}");
        }
    }

    #[test]
    fn letters_and_frames_stay() {
        for symbol in ["é", "ß", "Å", "ł", "ж", "λ", "ש", "«", "¶", "×", "┼", "█"] {
            assert_eq!(replacement(symbol), None, "{symbol}");
        }
        for symbol in ["Ⓐ", "☃", "\u{FFFD}", "\u{AD}"] {
            assert_eq!(replacement(symbol), Some("?"), "{symbol}");
        }
    }

    #[test]
    fn a_letter_loses_what_combines_with_it() {
        assert_eq!(replacement("e\u{301}"), Some("e"));
        assert_eq!(replacement("☎\u{FE0E}"), Some("?"));
    }

    /// A rising line never falls, and a longer bar is never the thinner one.
    #[test]
    fn bars_keep_their_order() {
        let density = |symbol: &str| "_│░▒█".chars().position(|one| symbol.starts_with(one));
        for row in ["▁▂▃▄▅▆▇█", "▏▎▍▌▋▊▉█"] {
            let densities: Vec<_> = row
                .chars()
                .map(|one| {
                    let symbol = one.to_string();
                    density(replacement(&symbol).unwrap_or(&symbol))
                })
                .collect();
            assert!(densities.iter().all(Option::is_some), "{densities:?}");
            assert!(densities.is_sorted(), "{densities:?}");
            let mut kinds = densities;
            kinds.dedup();
            assert_eq!(kinds.len(), 4, "{row}");
        }
    }
}
