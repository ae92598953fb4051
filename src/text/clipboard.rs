//! A text as the bytes that have a terminal copy it (xterm's OSC 52): the way that works over
//! SSH, where the machine that has the clipboard runs nothing of ours.
//!
//! tmux takes such a sequence itself where its `set-clipboard` is on, and hands on what is
//! wrapped for it where its `allow-passthrough` is on: it gets both, which copies the same text
//! twice at worst. screen hands on what is wrapped for it, in pieces of its own small size; of a
//! longer sequence that is not wrapped it writes the rest on the screen.
//!
//! Over SSH their variables stay behind, and TERM says `screen` for both. A single piece wrapped
//! for screen works in either: to tmux its wrapping is a sequence that breaks off. Longer texts
//! have no form that does, so the terminal is asked which it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::console::is_linux_console;
use crate::words::text as words;

/// Bytes of text at most: xterm and tmux drop sequences of more than 100 kB, and base64 makes
/// four bytes of three.
pub const LIMIT: usize = 74_000;

/// Bytes of a sequence that every version of screen takes.
const SCREEN_PIECE: usize = 250;

/// What the program writes to, as far as copying goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    Terminal,
    Tmux,
    Screen,
    /// One of these two.
    ScreenOrTmux,
    /// A Linux console has no clipboard.
    Console,
    /// No escape sequences are wanted.
    Nothing,
}

/// Has a terminal say what it is (DA2); see [`Through::answered`].
pub const ASK_WHO: &[u8] = b"\x1b[>c";

impl Through {
    /// Finds out by the environment.
    pub fn find(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        // Over SSH the variable stays behind, and the terminal's name does not.
        if set("TMUX") || term.starts_with("tmux") {
            Self::Tmux
        } else if set("STY") || term.starts_with("screen.") {
            // It calls itself after the terminal around it; tmux never does.
            Self::Screen
        } else if term.starts_with("screen") {
            Self::ScreenOrTmux
        } else if is_linux_console(&term) {
            Self::Console
        } else {
            Self::Terminal
        }
    }

    /// What the first number of the answer to [`ASK_WHO`] says: of screen and tmux a letter.
    #[must_use]
    pub fn answered(number: &str) -> Option<Self> {
        match number.parse().map(char::from_u32) {
            Ok(Some('S')) => Some(Self::Screen),
            Ok(Some('T')) => Some(Self::Tmux),
            _ => None,
        }
    }

    /// How a copy goes there, to be said after "Copied …".
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Terminal | Self::Console | Self::Nothing => words::THROUGH_TERMINAL,
            Self::Tmux => words::THROUGH_TMUX,
            Self::Screen => words::THROUGH_SCREEN,
            Self::ScreenOrTmux => words::THROUGH_SCREEN_OR_TMUX,
        }
        .text()
    }
}

/// What is to be sent; `None` where it is more than terminals take, or nothing takes it.
#[must_use]
pub fn sequence(text: &str, through: Through) -> Option<Vec<u8>> {
    if text.len() > LIMIT {
        return None;
    }
    let encoded = STANDARD.encode(text);
    match through {
        Through::Console | Through::Nothing => None,
        Through::Terminal => Some(format!("\x1b]52;c;{encoded}\x1b\\").into_bytes()),
        Through::Tmux => {
            let plain = format!("\x1b]52;c;{encoded}\x07");
            let wrapped = plain.replace('\x1b', "\x1b\x1b");
            Some(format!("{plain}\x1bPtmux;{wrapped}\x1b\\").into_bytes())
        }
        Through::Screen | Through::ScreenOrTmux => {
            let plain = format!("\x1b]52;c;{encoded}\x07").into_bytes();
            if through == Through::ScreenOrTmux && plain.len() > SCREEN_PIECE {
                return None;
            }
            let mut wrapped = Vec::with_capacity(plain.len() + plain.len() / 50 + 8);
            for piece in plain.chunks(SCREEN_PIECE) {
                wrapped.extend_from_slice(b"\x1bP");
                wrapped.extend_from_slice(piece);
                wrapped.extend_from_slice(b"\x1b\\");
            }
            Some(wrapped)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(variables: &[(&str, &str)]) -> Through {
        Through::find(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_is_copied_cannot_end_the_sequence() {
        let bytes = sequence("a\x1b\\\x07b", Through::Terminal);
        assert_eq!(bytes.as_deref(), Some(&b"\x1b]52;c;YRtcB2I=\x1b\\"[..]));
    }

    #[test]
    fn what_stands_between_is_found_by_the_environment() {
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(through(&[xterm]), Through::Terminal);
        assert_eq!(through(&[xterm, ("TMUX", "")]), Through::Terminal);
        assert_eq!(through(&[xterm, ("TMUX", "/tmp/tmux")]), Through::Tmux);
        assert_eq!(through(&[("TERM", "tmux-256color")]), Through::Tmux);
        let screen = ("TERM", "screen");
        assert_eq!(through(&[screen, ("STY", "1.pts")]), Through::Screen);
        assert_eq!(through(&[screen, ("TMUX", "/tmp/tmux")]), Through::Tmux);
        // Over SSH.
        let named = ("TERM", "screen.xterm-256color");
        assert_eq!(through(&[named]), Through::Screen);
        for either in ["screen", "screen-256color", "screen-bce"] {
            assert_eq!(through(&[("TERM", either)]), Through::ScreenOrTmux);
        }
        assert_eq!(through(&[("TERM", "linux")]), Through::Console);
    }

    #[test]
    fn tmux_gets_it_for_itself_and_wrapped_for_the_terminal_around_it() {
        let bytes = sequence("hi", Through::Tmux);
        let expected = b"\x1b]52;c;aGk=\x07\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\";
        assert_eq!(bytes.as_deref(), Some(&expected[..]));
    }

    #[test]
    fn screen_gets_pieces_that_it_takes_and_that_make_the_whole() {
        let text = "日本".repeat(300);
        let bytes = sequence(&text, Through::Screen).expect("is not too long");
        let bytes = String::from_utf8(bytes).expect("is ASCII");
        let pieces: Vec<_> = bytes.split_inclusive("\x1b\\").collect();
        assert!(pieces.len() > 1);
        let inner = |piece: &&str| {
            assert!(piece.len() <= 256, "{}", piece.len());
            let inner = piece.strip_prefix("\x1bP").expect("begins so");
            inner.strip_suffix("\x1b\\").expect("ends so").to_owned()
        };
        let whole: String = pieces.iter().map(inner).collect();
        assert_eq!(whole, format!("\x1b]52;c;{}\x07", STANDARD.encode(&text)));
    }

    #[test]
    fn what_may_be_either_gets_one_piece_or_is_asked() {
        let bytes = sequence("hi", Through::ScreenOrTmux);
        let expected = b"\x1bP\x1b]52;c;aGk=\x07\x1b\\";
        assert_eq!(bytes.as_deref(), Some(&expected[..]));
        let most = (1..300).filter(|&letters| {
            let text = "x".repeat(letters);
            let bytes = sequence(&text, Through::ScreenOrTmux);
            bytes.is_some_and(|bytes| bytes.len() <= SCREEN_PIECE + 4)
        });
        assert_eq!(most.max(), Some(180), "longer ones have none");
        assert_eq!(Through::answered("83"), Some(Through::Screen));
        assert_eq!(Through::answered("84"), Some(Through::Tmux));
        assert_eq!(Through::answered("41"), None);
        assert_eq!(Through::answered(""), None);
    }

    #[test]
    fn a_console_and_a_text_that_is_too_long_have_no_sequence() {
        assert_eq!(sequence("hi", Through::Console), None);
        assert!(sequence(&"x".repeat(LIMIT), Through::Terminal).is_some());
        assert_eq!(sequence(&"x".repeat(LIMIT + 1), Through::Tmux), None);
    }
}
