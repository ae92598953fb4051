//! A setting's value as files, variables and flags write it, and what is allowed.

use std::fmt::Write;

use super::error::nearest;
use crate::words::{Phrase, common, config as words};

/// A value that has the shape its [`Kind`] asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The kind's first word (`auto`, `random`, `none`), or no text.
    Unset,
    Switch(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    List(Vec<String>),
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Switch,
    /// A whole number, or one of the words. The first word stands for "not set", as llama.cpp's
    /// -1 does where -1 is no value of its own.
    Integer {
        min: i64,
        max: i64,
        words: &'static [&'static str],
    },
    /// A finite number; an infinite bound is no bound.
    Number {
        min: f64,
        max: f64,
    },
    Choice(&'static [&'static str]),
    /// Empty text is "not set".
    Text,
    /// `separator` cuts the text of a flag or variable; without one, a flag is repeated instead.
    List {
        separator: Option<char>,
    },
}

impl Kind {
    /// Reads a flag or an environment variable.
    ///
    /// # Errors
    /// A sentence without a subject: "expected … , found 'x'".
    pub fn parse(&self, text: &str) -> Result<Value, String> {
        let word = text.trim();
        match *self {
            Self::Switch => match word.to_ascii_lowercase().as_str() {
                "true" | "on" | "yes" | "1" => Ok(Value::Switch(true)),
                "false" | "off" | "no" | "0" => Ok(Value::Switch(false)),
                _ => Err(self.expected(words::quoted(text))),
            },
            Self::Integer { .. } => match (self.word(word), word.parse()) {
                (Some(value), _) => Ok(value),
                (None, Ok(number)) => self.integer(number),
                (None, Err(_)) => Err(self.expected(words::quoted(text))),
            },
            Self::Number { .. } => match word.parse() {
                Ok(number) => self.number(number),
                Err(_) => Err(self.expected(words::quoted(text))),
            },
            Self::Choice(_) => self.choice(word),
            Self::Text if text.is_empty() => Ok(Value::Unset),
            Self::Text => Ok(Value::Text(text.to_owned())),
            Self::List { .. } if text.is_empty() => Ok(Value::List(Vec::new())),
            Self::List { separator: None } => Ok(Value::List(vec![text.to_owned()])),
            Self::List {
                separator: Some(mark),
            } => Ok(Value::List(
                text.split(mark)
                    .map(|item| item.trim().to_owned())
                    .collect(),
            )),
        }
    }

    /// Reads a value of a TOML file.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn read_toml(&self, value: &toml_edit::Value) -> Result<Value, String> {
        use toml_edit::Value as Toml;
        match (*self, value) {
            (Self::Switch, Toml::Boolean(on)) => Ok(Value::Switch(*on.value())),
            (Self::Integer { .. }, Toml::Integer(number)) => self.integer(*number.value()),
            (Self::Number { .. }, Toml::Integer(number)) => self.number(*number.value() as f64),
            (Self::Number { .. }, Toml::Float(number)) => self.number(*number.value()),
            (Self::Integer { .. }, Toml::String(text)) => self
                .word(text.value())
                .ok_or_else(|| self.expected(words::quoted(text.value()))),
            (Self::Choice(_), Toml::String(text)) => self.choice(text.value()),
            (Self::Text, Toml::String(text)) => self.parse(text.value()),
            (Self::List { .. }, Toml::Array(items)) => {
                let items: Option<Vec<_>> = items
                    .iter()
                    .map(|item| item.as_str().map(str::to_owned))
                    .collect();
                items
                    .map(Value::List)
                    .ok_or_else(|| self.expected(words::MIXED_LIST))
            }
            (_, other) => Err(self.expected(words::of_type(type_of(other), toml_text(other)))),
        }
    }

    /// The value as it stands in the settings file.
    #[must_use]
    pub fn to_toml(&self, value: &Value) -> toml_edit::Value {
        match value {
            Value::Unset => self.unset_word().into(),
            Value::Switch(on) => (*on).into(),
            Value::Integer(number) => (*number).into(),
            Value::Number(number) => (*number).into(),
            Value::Text(text) => one_line(text),
            Value::List(items) => items
                .iter()
                .map(|item| one_line(item))
                .collect::<toml_edit::Array>()
                .into(),
        }
    }

    /// What is allowed, as a noun: "a number from 0 to 1".
    #[must_use]
    pub fn describe(&self) -> String {
        match *self {
            Self::Switch => words::A_SWITCH.into(),
            Self::Integer { min, max, words } => {
                let (low, high) = (min > i64::from(i32::MIN), max < i64::from(i32::MAX));
                let (low, high) = (low.then_some(min), high.then_some(max));
                let number = within(words::A_WHOLE_NUMBER, low, high);
                words.iter().fold(number, words::or_word)
            }
            Self::Number { min, max } => within(
                words::A_NUMBER,
                min.is_finite().then_some(min),
                max.is_finite().then_some(max),
            ),
            Self::Choice(names) => words::one_of(names.join(&common::LIST_SEPARATOR)),
            Self::Text => words::A_TEXT.into(),
            Self::List { .. } => words::A_LIST.into(),
        }
    }

    fn unset_word(&self) -> &'static str {
        match self {
            Self::Integer { words, .. } => words.first().copied().unwrap_or(""),
            _ => "",
        }
    }

    fn word(&self, text: &str) -> Option<Value> {
        let Self::Integer { words, .. } = self else {
            return None;
        };
        let index = words
            .iter()
            .position(|word| word.eq_ignore_ascii_case(text))?;
        Some(match index {
            0 => Value::Unset,
            other => Value::Text(words[other].to_owned()),
        })
    }

    fn integer(&self, number: i64) -> Result<Value, String> {
        match *self {
            Self::Integer { min, max, .. } if (min..=max).contains(&number) => {
                Ok(Value::Integer(number))
            }
            Self::Integer { words: [_, ..], .. } if number == -1 => Ok(Value::Unset),
            _ => Err(self.expected(words::bare(number))),
        }
    }

    fn number(&self, number: f64) -> Result<Value, String> {
        match *self {
            Self::Number { min, max } if number.is_finite() && (min..=max).contains(&number) => {
                Ok(Value::Number(number))
            }
            _ => Err(self.expected(words::bare(number))),
        }
    }

    fn choice(&self, text: &str) -> Result<Value, String> {
        let Self::Choice(names) = self else {
            return Err(self.expected(words::quoted(text)));
        };
        let plain = text.to_ascii_lowercase().replace('-', "_");
        match names.iter().find(|name| name.replace('-', "_") == plain) {
            Some(name) => Ok(Value::Text((*name).to_owned())),
            None => Err(match nearest(&plain, names.iter().copied()) {
                Some(near) => words::with_hint(
                    self.expected(words::quoted(text)),
                    words::did_you_mean(near),
                ),
                None => self.expected(words::quoted(text)),
            }),
        }
    }

    fn expected(&self, found: impl std::fmt::Display) -> String {
        words::expected(self.describe(), found)
    }
}

fn within<T: std::fmt::Display>(number: Phrase, min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => words::from_to(number, min, max),
        (Some(min), None) => words::at_least(number, min),
        (None, Some(max)) => words::at_most(number, max),
        (None, None) => number.into(),
    }
}

fn type_of(value: &toml_edit::Value) -> Phrase {
    use toml_edit::Value as Toml;
    match value {
        Toml::String(_) => words::THE_TEXT,
        Toml::Integer(_) => words::THE_WHOLE_NUMBER,
        Toml::Float(_) => words::THE_NUMBER,
        Toml::Boolean(_) => words::THE_SWITCH,
        Toml::Datetime(_) => words::THE_DATE,
        Toml::Array(_) => words::THE_LIST,
        Toml::InlineTable(_) => words::THE_TABLE,
    }
}

/// A text with its newlines escaped: left alone, `toml_edit` would write it over several lines.
fn one_line(text: &str) -> toml_edit::Value {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted.parse().unwrap_or_else(|_| text.into())
}

/// The value as written, on one line, without the space around it.
fn toml_text(value: &toml_edit::Value) -> String {
    let text = value.to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREADS: Kind = Kind::Integer {
        min: 1,
        max: 512,
        words: &["auto"],
    };

    #[test]
    fn words_and_minus_one_stand_for_not_set() {
        assert_eq!(THREADS.parse("Auto"), Ok(Value::Unset));
        assert_eq!(THREADS.parse("-1"), Ok(Value::Unset));
        assert_eq!(THREADS.parse(" 8 "), Ok(Value::Integer(8)));
    }

    #[test]
    fn a_wrong_value_says_what_was_expected_and_what_was_found() {
        let number = Kind::Number { min: 0.0, max: 1.0 };
        let free = Kind::Number {
            min: 0.0,
            max: f64::INFINITY,
        };
        let choice = Kind::Choice(&["off", "probability"]);
        let table = [
            (
                THREADS.parse("0"),
                "expected a whole number from 1 to 512 or \"auto\", found 0",
            ),
            (number.parse("2"), "expected a number from 0 to 1, found 2"),
            (
                number.parse("x"),
                "expected a number from 0 to 1, found 'x'",
            ),
            (
                free.parse("nan"),
                "expected a number of at least 0, found NaN",
            ),
            (
                Kind::Switch.parse("maybe"),
                "expected true or false, found 'maybe'",
            ),
            (
                choice.parse("probabilty"),
                "expected one of off, probability, found 'probabilty'; did you mean 'probability'?",
            ),
        ];
        for (result, message) in table {
            assert_eq!(result, Err(message.to_owned()));
        }
    }

    #[test]
    fn a_wrong_type_in_a_file_is_named() {
        let value: toml_edit::Value = "\"warm\"".parse().expect("is TOML");
        let kind = Kind::Number {
            min: 0.0,
            max: f64::INFINITY,
        };
        assert_eq!(
            kind.read_toml(&value),
            Err("expected a number of at least 0, found the text \"warm\"".to_owned())
        );
    }

    #[test]
    fn any_text_is_written_on_one_line_and_read_back() {
        for text in ["a\nb", "\"", "\\n", "\u{7f}\u{85}\r\t", "日本"] {
            let value = Value::Text(text.to_owned());
            let written = Kind::Text.to_toml(&value).to_string();
            assert!(!written.contains('\n'), "{written}");
            let read: toml_edit::Value = written.parse().expect("is TOML");
            assert_eq!(Kind::Text.read_toml(&read), Ok(value));
        }
    }

    #[test]
    fn lists_are_cut_at_their_separator_and_nowhere_else() {
        let samplers = Kind::List {
            separator: Some(';'),
        };
        let stop = Kind::List { separator: None };
        assert_eq!(
            samplers.parse("a; b"),
            Ok(Value::List(vec!["a".into(), "b".into()]))
        );
        assert_eq!(stop.parse("a; b"), Ok(Value::List(vec!["a; b".into()])));
    }
}
