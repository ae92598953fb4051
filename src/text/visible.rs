//! Control characters and invisible characters, made visible.

use std::borrow::Cow;
use std::fmt::Write;

/// How a character is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    AsItIs,
    /// As another character.
    As(char),
    /// As `^` and this character.
    Caret(char),
    /// As `<U+202E>`.
    CodePoint,
}

/// Makes every character visible that could control a terminal or deceive a reader.
///
/// Newline and tab stay; ESC becomes `␛`, the other C0 controls `^M`, and C1 controls, bidi
/// controls, line separators, tag characters and invisible characters `<U+202E>`. ZWJ, ZWNJ,
/// variation selectors and private-use glyphs stay, since emoji, Indic scripts and icon fonts
/// need them.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    rewrite(text, classify)
}

/// Like [`visible`], and shows newline as `⏎` and tab as `→`: for names, titles and list rows.
#[must_use]
pub fn visible_line(text: &str) -> Cow<'_, str> {
    rewrite(text, |character| match character {
        '\n' => Shown::As('⏎'),
        '\t' => Shown::As('→'),
        other => classify(other),
    })
}

fn rewrite(text: &str, classify: impl Fn(char) -> Shown) -> Cow<'_, str> {
    let Some(first) = text.find(|character| classify(character) != Shown::AsItIs) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for character in text[first..].chars() {
        push(&mut out, character, classify(character));
    }
    Cow::Owned(out)
}

fn push(out: &mut String, character: char, shown: Shown) {
    match shown {
        Shown::AsItIs => out.push(character),
        Shown::As(other) => out.push(other),
        Shown::Caret(letter) => out.extend(['^', letter]),
        Shown::CodePoint => push_code_point(out, character),
    }
}

/// Appends `<U+202E>`, at least four hex digits.
pub(super) fn push_code_point(out: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "<U+{:04X}>", u32::from(character));
}

fn classify(character: char) -> Shown {
    match character {
        ' '..='~' | '\n' | '\t' => Shown::AsItIs,
        '\u{1B}' => Shown::As('␛'),
        // Caret notation: the control character with bit 6 flipped.
        '\0'..='\u{1F}' | '\u{7F}' => Shown::Caret(char::from(character as u8 ^ 0x40)),
        _ if is_deceptive(character) => Shown::CodePoint,
        _ => Shown::AsItIs,
    }
}

/// Whether [`visible`] shows the character as it is.
pub(super) fn stays(character: char) -> bool {
    classify(character) == Shown::AsItIs
}

/// Characters beyond ASCII that control a terminal, reorder what surrounds them, or take part
/// in a text without being seen.
///
/// From Unicode's `Default_Ignorable_Code_Point`, `Bidi_Control`, Zl and Zp, without what
/// [`visible`] lets stay, and with the interlinear and noncharacter code points.
fn is_deceptive(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9F}'          // C1: U+009B is CSI to many terminals
        | '\u{AD}'                   // soft hyphen
        | '\u{34F}'                  // combining grapheme joiner
        | '\u{61C}'                  // Arabic letter mark
        | '\u{115F}'..='\u{1160}'    // Hangul fillers
        | '\u{17B4}'..='\u{17B5}'    // Khmer inherent vowels
        | '\u{180E}'                 // Mongolian vowel separator
        | '\u{200B}'                 // zero width space
        | '\u{200E}'..='\u{200F}'    // left-to-right and right-to-left mark
        | '\u{2028}'..='\u{202E}'    // separators; bidi embeddings and overrides
        | '\u{2060}'..='\u{206F}'    // word joiner, bidi isolates, deprecated format controls
        | '\u{3164}'                 // Hangul filler
        | '\u{FDD0}'..='\u{FDEF}'    // noncharacters
        | '\u{FEFF}'                 // byte order mark
        | '\u{FFA0}'                 // half-width Hangul filler
        | '\u{FFF0}'..='\u{FFFB}'    // unassigned; interlinear annotation
        | '\u{FFFE}'..='\u{FFFF}'    // noncharacters
        | '\u{1BCA0}'..='\u{1BCA3}'  // shorthand format controls
        | '\u{1D173}'..='\u{1D17A}'  // musical format controls
        | '\u{E0000}'..='\u{E00FF}'  // tag characters, unassigned
        | '\u{E01F0}'..='\u{E0FFF}'  // unassigned, ignorable
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_is_borrowed() {
        for text in [
            "",
            "Why is the sky blue?",
            "two\nlines\tand a tab",
            "naïve 日本語 👩‍👩‍👧 नमस्ते",
        ] {
            assert!(
                matches!(visible(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn every_terminal_control_is_shown() {
        let table = [
            ("\u{1B}]52;c;aGk=\u{7}", "␛]52;c;aGk=^G"),
            ("\u{1B}]8;;http://x\u{1B}\\link", "␛]8;;http://x␛\\link"),
            ("\u{1B}P+q\u{1B}\\", "␛P+q␛\\"),
            ("\u{1B}_apc\u{1B}\\", "␛_apc␛\\"),
            ("\u{1B}]0;title\u{7}", "␛]0;title^G"),
            ("\u{1B}[6n", "␛[6n"),
            ("\u{9B}2J", "<U+009B>2J"),
            ("\u{9D}0;t\u{9C}", "<U+009D>0;t<U+009C>"),
            ("\u{85}", "<U+0085>"),
            ("good\rbad", "good^Mbad"),
            ("a\u{8}b", "a^Hb"),
            ("\0\u{7F}\u{E}", "^@^?^N"),
        ];
        for (raw, shown) in table {
            assert_eq!(visible(raw), shown);
        }
    }

    #[test]
    fn reordering_and_invisible_characters_are_named() {
        let table = [
            ("\u{202E}gpj.exe", "<U+202E>gpj.exe"),
            ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"),
            ("a\u{2028}b\u{2029}c", "a<U+2028>b<U+2029>c"),
            ("\u{E0041}", "<U+E0041>"),
            ("pay\u{200B}pal", "pay<U+200B>pal"),
            ("\u{FEFF}x", "<U+FEFF>x"),
        ];
        for (raw, shown) in table {
            assert_eq!(visible(raw), shown);
        }
    }

    #[test]
    fn what_scripts_and_icons_need_stays() {
        for text in [
            "👩‍🚀",
            "\u{200C}",
            "❤\u{FE0F}",
            "\u{E0B0}",
            "葛\u{E0100}",
            "e\u{301}",
            "🇩🇪",
        ] {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn a_line_has_neither_newline_nor_tab() {
        assert_eq!(visible_line("a\n\tb\r\n"), "a⏎→b^M⏎");
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in any::<String>()) {
            let shown = visible(&text);
            let left = shown.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
            prop_assert_eq!(left, None);
            prop_assert!(!visible_line(&text).chars().any(char::is_control));
        }

        #[test]
        fn sanitising_parts_equals_sanitising_the_whole(a in any::<String>(), b in any::<String>()) {
            let whole = format!("{a}{b}");
            prop_assert_eq!(visible(&whole), format!("{}{}", visible(&a), visible(&b)));
            let line = format!("{}{}", visible_line(&a), visible_line(&b));
            prop_assert_eq!(visible_line(&whole), line);
        }

        #[test]
        fn sanitising_twice_changes_nothing(text in any::<String>()) {
            let once = visible(&text);
            prop_assert_eq!(visible(&once), once.clone());
        }
    }
}
