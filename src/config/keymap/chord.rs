//! A key with its modifiers, as the settings file writes it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::error::ConfigError;
use crate::words::config as words;

/// A key with the modifiers held, in the one form all spellings come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

const NAMED: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("space", KeyCode::Char(' ')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
];

const MODIFIERS: &[(&str, KeyModifiers)] = &[
    ("ctrl", KeyModifiers::CONTROL),
    ("alt", KeyModifiers::ALT),
    ("shift", KeyModifiers::SHIFT),
    ("c", KeyModifiers::CONTROL),
    ("a", KeyModifiers::ALT),
    ("m", KeyModifiers::ALT),
    ("s", KeyModifiers::SHIFT),
];

impl Chord {
    /// The chord of a key event.
    #[must_use]
    pub fn of(key: KeyEvent) -> Self {
        Self::normal(key.code, key.modifiers)
    }

    /// Terminals differ in how they tell Shift and capitals: a letter's case says it, and after
    /// Ctrl there is none.
    fn normal(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let code = as_sent(code, modifiers);
        let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let mut modifiers = modifiers & known;
        let code = match code {
            KeyCode::Char(letter) => {
                let shift = modifiers.contains(KeyModifiers::SHIFT);
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::Char(
                    if modifiers.contains(KeyModifiers::CONTROL) && "/7-".contains(letter) {
                        // One byte for all of them, but where a terminal tells more than it must.
                        '_'
                    } else if modifiers.contains(KeyModifiers::CONTROL) {
                        letter.to_ascii_lowercase()
                    } else if shift {
                        letter.to_ascii_uppercase()
                    } else {
                        letter
                    },
                )
            }
            KeyCode::BackTab => {
                modifiers.insert(KeyModifiers::SHIFT);
                KeyCode::Tab
            }
            other => other,
        };
        Self { code, modifiers }
    }

    /// Reads `ctrl-a`, `alt-enter`, `shift-tab`, `f1`, `?`, `G`; `C-a` and `ctrl+a` are read too.
    ///
    /// # Errors
    /// No such key, or one that terminals cannot tell from another.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut rest = text.trim();
        let mut modifiers = KeyModifiers::NONE;
        while let Some((word, after)) = split_modifier(rest) {
            let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) else {
                let error = ConfigError::new(words::unknown_chord(text));
                return Err(error.nearest(&word, ["ctrl", "alt", "shift"]));
            };
            modifiers |= *modifier;
            rest = after;
        }
        let code = code_of(rest).ok_or_else(|| {
            ConfigError::new(words::unknown_chord(text))
                .nearest(rest, NAMED.iter().map(|(name, _)| *name))
                .hint(words::HOW_KEYS_ARE_WRITTEN)
        })?;
        let chord = Self::normal(code, modifiers);
        if matches!(code, KeyCode::Char(letter) if letter.is_alphabetic())
            && modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::SHIFT)
        {
            return Err(ConfigError::new(words::cannot_be_bound(
                words::quoted(text),
                chord,
            )));
        }
        match chord.same_as() {
            Some(other) => Err(ConfigError::new(words::cannot_be_bound(chord, other))),
            None => Ok(chord),
        }
    }

    /// Whether only kitty's keyboard protocol tells this chord from another one, or at all.
    #[must_use]
    pub fn needs_kitty(self) -> bool {
        let plain = self.modifiers.is_empty();
        let control = self.modifiers.contains(KeyModifiers::CONTROL);
        match self.code {
            // Terminals have a byte for these, and for Ctrl with a letter.
            KeyCode::Char(' ' | '_' | '4'..='7') if control => false,
            KeyCode::Char(letter) if control => !letter.is_ascii_alphabetic(),
            KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace | KeyCode::Esc => {
                let shift_tab = self.code == KeyCode::Tab && self.modifiers == KeyModifiers::SHIFT;
                let alt = self.modifiers == KeyModifiers::ALT && self.code != KeyCode::Esc;
                !(plain || shift_tab || alt)
            }
            _ => false,
        }
    }

    /// What a terminal cannot tell this chord from.
    fn same_as(self) -> Option<String> {
        let KeyCode::Char(letter) = self.code else {
            return None;
        };
        // ESC [ and ESC O begin the sequences of the arrow and function keys.
        if self.modifiers == KeyModifiers::ALT && matches!(letter, '[' | 'O') {
            return Some(words::START_OF_AN_ARROW_KEY.into());
        }
        // Alt is an escape before the same byte.
        if self.modifiers - KeyModifiers::ALT != KeyModifiers::CONTROL {
            return None;
        }
        let code = match letter {
            'm' => KeyCode::Enter,
            'i' => KeyCode::Tab,
            '[' | '3' => KeyCode::Esc,
            'h' | '8' | '?' => KeyCode::Backspace,
            _ => return None,
        };
        let modifiers = self.modifiers - KeyModifiers::CONTROL;
        Some(Self { code, modifiers }.to_string())
    }
}

/// With Ctrl, some keys have the same byte: the one that the parser of keys gives for all.
fn as_sent(code: KeyCode, modifiers: KeyModifiers) -> KeyCode {
    match code {
        KeyCode::Char(letter) if modifiers.contains(KeyModifiers::CONTROL) => {
            KeyCode::Char(match letter {
                '@' | '2' => ' ',
                '\\' => '4',
                ']' => '5',
                '^' => '6',
                other => other,
            })
        }
        other => other,
    }
}

/// `ctrl-a` into `ctrl` and `a`; a lone `-` or `+` at the end is the key itself.
fn split_modifier(text: &str) -> Option<(String, &str)> {
    let at = text.find(['-', '+'])?;
    let (word, after) = (&text[..at], &text[at + 1..]);
    (!word.is_empty() && !after.is_empty()).then(|| (word.to_ascii_lowercase(), after))
}

fn code_of(text: &str) -> Option<KeyCode> {
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control()).then_some(KeyCode::Char(letter));
    }
    let name = text.to_ascii_lowercase();
    if let Some(number) = name
        .strip_prefix('f')
        .and_then(|digits| digits.parse().ok())
    {
        return (1..=24).contains(&number).then_some(KeyCode::F(number));
    }
    let name = match name.as_str() {
        "return" => "enter",
        "escape" => "esc",
        "pgup" | "page-up" => "pageup",
        "pgdn" | "page-down" => "pagedown",
        "del" => "delete",
        "ins" => "insert",
        other => other,
    };
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| *code)
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, modifier) in &MODIFIERS[..3] {
            if self.modifiers.contains(*modifier) {
                write!(f, "{name}-")?;
            }
        }
        match self.code {
            KeyCode::F(number) => write!(f, "f{number}"),
            code => match NAMED.iter().find(|(_, known)| *known == code) {
                Some((name, _)) => f.write_str(name),
                None => write!(f, "{code}"),
            },
        }
    }
}
