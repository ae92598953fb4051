//! Every word that the program says to people, in each language it speaks, side by side.
//!
//! A file for each room that speaks. What is fixed is a [`Phrase`]; what has values in it is a
//! function of them, so a sentence that one language lacks, or that names a value nobody gives,
//! does not compile:
//!
//! ```ignore
//! phrases! {
//!     NO_MODEL = "no model is loaded", "没有加载模型";
//! }
//! sentences! {
//!     loading(path, percent) = "loading {path}, {percent:.0} %", "正在加载 {path}，{percent:.0} %";
//! }
//! ```
//!
//! What is read in another program than the one that says it, as with a resident engine, is a
//! [`Said`]: the sentence in every language.
//!
//! Names that programs read (settings, flags, commands, fields of JSON), words that a model is
//! sent, and the manual pages are the same in every language.

pub mod actions;
pub mod chat;
pub mod commands;
pub mod common;
pub mod config;
pub mod copying;
pub mod driver;
pub mod engine;
pub mod help;
pub mod inference;
mod language;
pub mod metrics;
pub mod model;
pub mod nouns;
pub mod offer;
pub mod pipe;
pub mod repl;
mod said;
pub mod settings;
pub mod text;
pub mod thinking;
pub mod tui;
pub mod usage;

pub use language::{LANGUAGE_VARIABLE, Language, language, speak};
pub use said::Said;

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::ops::Deref;

use unicode_width::UnicodeWidthStr;

/// Fixed words. They deref to those of the language that is spoken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    english: &'static str,
    chinese: &'static str,
}

impl Phrase {
    #[must_use]
    pub const fn new(english: &'static str, chinese: &'static str) -> Self {
        Self { english, chinese }
    }

    /// In the language that is spoken.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.in_language(language())
    }

    #[must_use]
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Chinese => self.chinese,
        }
    }
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        self.text()
    }
}

/// A width counts columns, not characters: Chinese ones take two.
impl Display for Phrase {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let text = self.text();
        formatter.write_str(text)?;
        let missing = formatter.width().unwrap_or(0).saturating_sub(text.width());
        (0..missing).try_for_each(|_| formatter.write_str(" "))
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text(), formatter)
    }
}

impl From<Phrase> for &'static str {
    fn from(phrase: Phrase) -> Self {
        phrase.text()
    }
}

impl From<Phrase> for Cow<'_, str> {
    fn from(phrase: Phrase) -> Self {
        Self::Borrowed(phrase.text())
    }
}

impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        phrase.text().to_owned()
    }
}

/// Fixed words: `NAME = "English", "中文";`
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $english:literal, $chinese:literal;)+) => {
        $($(#[$doc])* pub const $name: $crate::words::Phrase =
            $crate::words::Phrase::new($english, $chinese);)+
    };
}

/// Words with values in them: `name(value, other) = "English {value}", "中文 {value}";`
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident($($value:ident),+) = $english:literal, $chinese:literal;)+) => {
        $($(#[$doc])* #[must_use]
        pub fn $name($($value: impl std::fmt::Display),+) -> String {
            match $crate::words::language() {
                $crate::words::Language::English => format!($english),
                $crate::words::Language::Chinese => format!($chinese),
            }
        })+
    };
}

pub(crate) use {phrases, sentences};

#[cfg(test)]
mod tests;
