//! Copying through the terminal: OSC 52 works over ssh and in tmux, where no other way does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes of text at most: xterm and tmux drop sequences of more than 100 kB, and base64 makes
/// four bytes of three.
pub const LIMIT: usize = 74_000;

/// What is sent to the terminal, and how many bytes of the text it carries.
#[must_use]
pub fn sequence(text: &str) -> (Vec<u8>, usize) {
    let end = (0..=text.len().min(LIMIT))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let encoded = STANDARD.encode(&text[..end]);
    (format!("\x1b]52;c;{encoded}\x1b\\").into_bytes(), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_cannot_end_the_sequence() {
        let (bytes, copied) = sequence("a\x1b\\\x07b");
        assert_eq!(copied, 5);
        assert_eq!(bytes, b"\x1b]52;c;YRtcB2I=\x1b\\");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let (bytes, copied) = sequence(&"日".repeat(50_000));
        assert!(copied <= LIMIT && copied.is_multiple_of(3));
        assert!(bytes.len() < 100_000);
    }
}
