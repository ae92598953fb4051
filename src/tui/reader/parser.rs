//! Bytes from a terminal to keys, pastes and replies.
//!
//! crossterm's own parser cannot be used here: it is private to a reader that spins on a
//! closed terminal and keeps the bytes of a paste that never ends for ever (crossterm#793,
//! #1060). The keys that come out are crossterm's all the same.
//!
//! The grammar is ECMA-48 as xterm speaks it, with the keyboard protocol of kitty (`CSI u`)
//! and xterm's `modifyOtherKeys`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::paste::Paste;
use crate::config::theme::Background;
use crate::text::clipboard::Through;

/// What a terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(KeyEvent),
    /// Pasted text: line ends are `\n`, other bytes as they came (what is no UTF-8 is U+FFFD).
    Paste(String),
    /// The wheel, over a cell. This and the next three only where the mouse was asked for; cells
    /// are counted from 0.
    Wheel {
        /// To scroll by, negative is up.
        rows: i32,
        column: u16,
        row: u16,
    },
    /// The left button went down on a cell.
    Click {
        column: u16,
        row: u16,
    },
    /// The pointer is on another cell, and the left button still down.
    Drag {
        column: u16,
        row: u16,
    },
    /// The left button was let go.
    Release,
    /// The terminal speaks kitty's keyboard protocol.
    KittyKeyboard,
    /// What the terminal's background is, asked for or changed.
    Background(Background),
    /// tmux or screen stands between, asked for (DA2).
    Multiplexer(Through),
}

/// A sequence longer than this is none.
const LONGEST_SEQUENCE: usize = 4096;

/// Takes bytes as they come and gives what they mean.
#[derive(Debug, Default)]
pub struct Parser {
    /// The beginning of a sequence that is not complete.
    pending: Vec<u8>,
    paste: Option<Paste>,
}

/// How a beginning of `pending` was understood.
enum Parsed {
    /// More bytes are needed.
    Incomplete,
    /// So many bytes are done with, and meant this.
    Took(usize, Option<Input>),
    /// So many bytes are done with, and a paste begins.
    PasteBegins(usize),
}

impl Parser {
    /// Whether bytes wait for more; a caller then calls [`flush`](Self::flush) after a silence.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.pending.is_empty() || self.paste.is_some()
    }

    /// Whether the silence is to end a paste, which is given more time than a key.
    #[must_use]
    pub fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        let mut bytes = bytes;
        loop {
            if let Some(paste) = &mut self.paste {
                let Some(after) = paste.push(bytes) else {
                    return;
                };
                out.push(Input::Paste(paste.take()));
                self.paste = None;
                self.pending.extend_from_slice(&after);
            } else {
                self.pending.extend_from_slice(bytes);
            }
            bytes = &[];
            if !self.parse_pending(out) {
                return;
            }
        }
    }

    /// Ends what a silence ends: a lone Escape is the key, a paste without its end mark is
    /// what came, a sequence cut off is dropped.
    pub fn flush(&mut self, out: &mut Vec<Input>) {
        if let Some(mut paste) = self.paste.take() {
            out.push(Input::Paste(paste.take()));
        }
        match self.pending.as_slice() {
            [0x1B] => out.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            [0x1B, 0x1B] => out.push(key(KeyCode::Esc, KeyModifiers::ALT)),
            [0x1B, byte @ 0x20..=0x7E] => out.push(char_key(char::from(*byte), KeyModifiers::ALT)),
            _ => {}
        }
        self.pending.clear();
    }

    /// Parses what is pending; `true` when a paste began and the rest belongs to it.
    fn parse_pending(&mut self, out: &mut Vec<Input>) -> bool {
        let mut at = 0;
        while at < self.pending.len() {
            match parse(&self.pending[at..]) {
                Parsed::Took(len, input) => {
                    out.extend(input);
                    at += len;
                }
                Parsed::PasteBegins(len) => {
                    let mut paste = Paste::default();
                    let rest = self.pending.split_off(at + len);
                    self.pending.clear();
                    if let Some(after) = paste.push(&rest) {
                        out.push(Input::Paste(paste.take()));
                        self.pending = after;
                        return true;
                    }
                    self.paste = Some(paste);
                    return false;
                }
                Parsed::Incomplete if self.pending.len() - at > LONGEST_SEQUENCE => {
                    at = self.pending.len();
                }
                Parsed::Incomplete => break,
            }
        }
        self.pending.drain(..at);
        false
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}

fn char_key(character: char, modifiers: KeyModifiers) -> Input {
    let shift = if character.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    key(KeyCode::Char(character), modifiers | shift)
}

fn parse(bytes: &[u8]) -> Parsed {
    match bytes {
        [0x1B] | [0x1B, b'O'] | [0x1B, b'[', b'['] => Parsed::Incomplete,
        // F1 to F5 of a Linux console.
        [0x1B, b'[', b'[', number @ b'A'..=b'E', ..] => Parsed::Took(
            4,
            Some(key(KeyCode::F(number - b'A' + 1), KeyModifiers::NONE)),
        ),
        [0x1B, b'[', rest @ ..] => parse_csi(rest),
        [0x1B, b'O', final_byte, ..] => Parsed::Took(3, single_shift(*final_byte)),
        [0x1B, b']', rest @ ..] => match string_end(rest) {
            Some(len) => Parsed::Took(2 + len, report(&rest[..len])),
            None => Parsed::Incomplete,
        },
        // DCS, APC, PM, SOS: replies to questions nobody asked.
        [0x1B, b'P' | b'_' | b'^' | b'X', rest @ ..] => match string_end(rest) {
            Some(len) => Parsed::Took(2 + len, None),
            None => Parsed::Incomplete,
        },
        [0x1B, rest @ ..] => match parse(rest) {
            Parsed::Took(len, Some(Input::Key(event))) => Parsed::Took(
                len + 1,
                Some(key(event.code, event.modifiers | KeyModifiers::ALT)),
            ),
            Parsed::Took(len, input) => Parsed::Took(len + 1, input),
            Parsed::PasteBegins(len) => Parsed::PasteBegins(len + 1),
            Parsed::Incomplete => Parsed::Incomplete,
        },
        [byte @ 0..=0x7F, ..] => Parsed::Took(1, Some(ascii(*byte))),
        _ => parse_utf8(bytes),
    }
}

fn ascii(byte: u8) -> Input {
    let control = KeyModifiers::CONTROL;
    match byte {
        b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        // Ctrl-H cannot be told from an old terminal's Backspace.
        0x7F | 0x08 => key(KeyCode::Backspace, KeyModifiers::NONE),
        0 => key(KeyCode::Char(' '), control),
        0x01..=0x1A => key(KeyCode::Char(char::from(byte - 1 + b'a')), control),
        // As crossterm names them.
        0x1C..=0x1F => key(KeyCode::Char(char::from(byte - 0x1C + b'4')), control),
        _ => char_key(char::from(byte), KeyModifiers::NONE),
    }
}

fn parse_utf8(bytes: &[u8]) -> Parsed {
    let head = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => {
            return match error.error_len() {
                Some(len) => Parsed::Took(len, None),
                None => Parsed::Incomplete,
            };
        }
    };
    match valid.chars().next() {
        Some(character) => Parsed::Took(
            character.len_utf8(),
            Some(char_key(character, KeyModifiers::NONE)),
        ),
        None => Parsed::Took(1, None),
    }
}

/// An operating system command, after its `ESC ]` and with its terminator. The background's
/// colour is asked for; others are replies to questions nobody asked.
fn report(bytes: &[u8]) -> Option<Input> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_end_matches(['\x07', '\x1b', '\\']);
    Background::reported(text.strip_prefix("11;")?).map(Input::Background)
}

/// The length of a control string up to and with its terminator.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let bell = bytes.iter().position(|&byte| byte == 0x07).map(|at| at + 1);
    let terminator = bytes
        .windows(2)
        .position(|pair| pair == b"\x1b\\")
        .map(|at| at + 2);
    bell.into_iter().chain(terminator).min()
}

fn single_shift(final_byte: u8) -> Option<Input> {
    let code = match final_byte {
        b'P'..=b'S' => KeyCode::F(final_byte - b'P' + 1),
        b'M' => KeyCode::Enter,
        other => cursor_key(other)?,
    };
    Some(key(code, KeyModifiers::NONE))
}

fn cursor_key(final_byte: u8) -> Option<KeyCode> {
    Some(match final_byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

/// A control sequence, after its `ESC [`.
fn parse_csi(bytes: &[u8]) -> Parsed {
    // X10 mouse reports carry three bytes after their final one.
    if bytes.first() == Some(&b'M') {
        return if bytes.len() < 4 {
            Parsed::Incomplete
        } else {
            Parsed::Took(6, None)
        };
    }
    let Some(end) = bytes.iter().position(|byte| !matches!(byte, 0x20..=0x3F)) else {
        return Parsed::Incomplete;
    };
    let took = end + 3;
    let final_byte = bytes[end];
    if !matches!(final_byte, 0x40..=0x7E) {
        // Not a sequence after all: the byte that broke it starts anew.
        return Parsed::Took(took - 1, None);
    }
    let text = String::from_utf8_lossy(&bytes[..end]);
    if let Some(reply) = text.strip_prefix('?') {
        let meant = match (reply, final_byte) {
            ("", b'u') => None,
            (_, b'u') => Some(Input::KittyKeyboard),
            // Mode 2031: the desktop went over to its dark or light colours.
            ("997;1", b'n') => Some(Input::Background(Background::Dark)),
            ("997;2", b'n') => Some(Input::Background(Background::Light)),
            _ => None,
        };
        return Parsed::Took(took, meant);
    }
    if let Some(reply) = text.strip_prefix('>') {
        let number = reply.split(';').next().filter(|_| final_byte == b'c');
        let found = number.and_then(Through::answered);
        return Parsed::Took(took, found.map(Input::Multiplexer));
    }
    if let Some(report) = text.strip_prefix('<') {
        return Parsed::Took(took, mouse(report, final_byte));
    }
    // Sub-parameters after a colon (alternate keys, event types) are not needed.
    let numbers: Vec<u32> = text
        .split(';')
        .map(|part| part.split(':').next().unwrap_or("").parse().unwrap_or(0))
        .collect();
    let first = numbers.first().copied().unwrap_or(0);
    let modifiers = modifiers(numbers.get(1).copied().unwrap_or(1));
    if is_release(&text) {
        return Parsed::Took(took, None);
    }
    let code = match final_byte {
        b'~' if first == 200 => return Parsed::PasteBegins(took),
        b'~' if first == 27 => numbers.get(2).copied().and_then(code_point),
        b'~' => numbered_key(first),
        b'u' => code_point(first),
        b'Z' => {
            return Parsed::Took(took, Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)));
        }
        b'P' | b'Q' | b'S' => Some(KeyCode::F(final_byte - b'P' + 1)),
        other => cursor_key(other),
    };
    let input = code.map(|code| match code {
        KeyCode::Char(character) => shifted_char(character, modifiers),
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => {
            key(KeyCode::BackTab, KeyModifiers::SHIFT)
        }
        code => key(code, modifiers),
    });
    Parsed::Took(took, input)
}

/// A key that is let go; kitty reports it as `…:3`.
fn is_release(text: &str) -> bool {
    text.split(';')
        .nth(1)
        .and_then(|part| part.split(':').nth(1))
        == Some("3")
}

/// kitty names a key by its unshifted character.
fn shifted_char(character: char, modifiers: KeyModifiers) -> Input {
    if modifiers == KeyModifiers::SHIFT && character.is_lowercase() {
        let upper = character.to_uppercase().next().unwrap_or(character);
        return key(KeyCode::Char(upper), KeyModifiers::SHIFT);
    }
    key(KeyCode::Char(character), modifiers)
}

/// xterm's modifier parameter: 1 plus a bit field.
fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let table = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
    ];
    table
        .into_iter()
        .filter(|(bit, _)| bits & bit != 0)
        .fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

fn numbered_key(number: u32) -> Option<KeyCode> {
    let function = |base: u32, first: u8| {
        u8::try_from(number - base)
            .ok()
            .map(|n| KeyCode::F(n + first))
    };
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=24 => function(23, 11),
        _ => None,
    }
}

/// A key by its code point, as `CSI u` and `modifyOtherKeys` give it.
fn code_point(number: u32) -> Option<KeyCode> {
    Some(match number {
        13 | 57414 => KeyCode::Enter,
        9 => KeyCode::Tab,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        // kitty's private numbers of the keypad: digits, operators, movement.
        57399..=57408 => KeyCode::Char(char::from(b'0' + u8::try_from(number - 57399).ok()?)),
        57409 => KeyCode::Char('.'),
        57410 => KeyCode::Char('/'),
        57411 => KeyCode::Char('*'),
        57412 => KeyCode::Char('-'),
        57413 => KeyCode::Char('+'),
        57417 => KeyCode::Left,
        57418 => KeyCode::Right,
        57419 => KeyCode::Up,
        57420 => KeyCode::Down,
        57421 => KeyCode::PageUp,
        57422 => KeyCode::PageDown,
        57423 => KeyCode::Home,
        57424 => KeyCode::End,
        57426 => KeyCode::Delete,
        // The rest of the private area: locks, media and modifier keys by themselves.
        57344..=63743 => return None,
        _ => KeyCode::Char(char::from_u32(number).filter(|character| !character.is_control())?),
    })
}

/// An SGR mouse report: the wheel and the left button are of use, whatever else is held.
fn mouse(report: &str, final_byte: u8) -> Option<Input> {
    const ROWS: i32 = 3;
    /// Shift, Meta and Ctrl.
    const HELD: u16 = 4 | 8 | 16;
    const MOTION: u16 = 32;
    const WHEEL: u16 = 64;
    let mut numbers = report.split(';').map(str::parse::<u16>);
    let button = numbers.next()?.ok()? & !HELD;
    let column = numbers.next()?.ok()?.checked_sub(1)?;
    let row = numbers.next()?.ok()?.checked_sub(1)?;
    let wheel = |rows| Some(Input::Wheel { rows, column, row });
    match button {
        0 if final_byte == b'm' => Some(Input::Release),
        0 => Some(Input::Click { column, row }),
        MOTION => Some(Input::Drag { column, row }),
        WHEEL => wheel(-ROWS),
        button if button == WHEEL + 1 => wheel(ROWS),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
