//! Pages that show a text as a heat map: self-contained HTML, and SVG.
//!
//! They hold text from models and files, so everything passes through [`escape`], and a page
//! forbids itself to load or to run anything but its own script.

pub mod html;
pub mod svg;

use std::borrow::Cow;

use crate::text;

/// Steps of the scale from likely to unlikely.
pub const STEPS: usize = 8;

/// The step of a probability, 0 for the likeliest. Each step is another bit of surprise: 0 holds
/// what is likelier than one half, the last all below 1 in 128.
#[must_use]
pub fn step(logprob: f32) -> usize {
    let bits = -logprob / std::f32::consts::LN_2;
    // NaN counts as impossible.
    if bits < (STEPS - 1) as f32 {
        bits.max(0.0) as usize
    } else {
        STEPS - 1
    }
}

/// A text as it may stand in an element or a quoted attribute of HTML and SVG. What is no
/// character of XML 1.0 is replaced.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    let special = |character: char| {
        matches!(
            character,
            '&' | '<' | '>' | '"' | '\'' | '\u{FFFE}' | '\u{FFFF}'
        ) || (character.is_control() && !matches!(character, '\n' | '\t'))
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other if special(other) => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A token's text with its white space as it is; bytes that are a part of a character are
/// spelled out. Not escaped.
#[must_use]
pub fn token_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text::visible(text).into_owned(),
        Err(_) => text::visible_bytes(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_a_bit_of_surprise() {
        let of = |probability: f32| step(probability.ln());
        assert_eq!(of(1.0), 0);
        assert_eq!(of(0.51), 0);
        assert_eq!(of(0.49), 1);
        assert_eq!(of(0.2), 2);
        assert_eq!(of(1e-9), STEPS - 1);
        assert_eq!(step(f32::NEG_INFINITY), STEPS - 1);
        assert_eq!(step(f32::NAN), STEPS - 1);
    }

    #[test]
    fn nothing_in_a_text_can_become_markup() {
        assert_eq!(
            escape("<script>alert('&\"')</script>\u{1}\u{FFFE}\n"),
            "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;\u{FFFD}\u{FFFD}\n"
        );
        assert!(matches!(escape("harmless 你好"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_part_of_a_character_is_spelled_out() {
        assert_eq!(token_text(b" a\n"), " a\n");
        assert_eq!(token_text(&[0xE4, 0xBD]), "\\xE4\\xBD");
    }
}
