//! What `--help` says of the commands and their arguments, and what the themes and tasks that come
//! with limpid say of themselves.
//!
//! The English stands elsewhere, as the doc comments of `src/cli` and in files of TOML; it is what
//! finds the other language here.

mod arguments;
mod commands;
mod files;

use self::arguments::ARGUMENTS;
use self::commands::COMMANDS;
use self::files::FILES;
use super::{Language, Phrase, language};

const HELP: [&[Phrase]; 3] = [COMMANDS, ARGUMENTS, FILES];

/// The Chinese of an English text.
#[must_use]
pub fn chinese(english: &str) -> Option<&'static str> {
    HELP.iter().find_map(|texts| {
        let of = |phrase: &Phrase| phrase.in_language(Language::English);
        let found = texts.binary_search_by(|phrase| of(phrase).cmp(english));
        Some(texts[found.ok()?].in_language(Language::Chinese))
    })
}

/// A text in the language that is spoken, or as it is where that has none for it.
#[must_use]
pub fn spoken(english: String) -> String {
    match (language(), chinese(&english)) {
        (Language::Chinese, Some(text)) => text.to_owned(),
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_text_stands_once_and_in_its_place() {
        let english = |it: &Phrase| it.in_language(Language::English);
        for texts in HELP {
            let texts = texts.iter().map(english);
            assert!(texts.is_sorted_by(|one, other| one < other));
        }
        let all: BTreeSet<_> = HELP.iter().flat_map(|it| it.iter().map(english)).collect();
        assert_eq!(
            all.len(),
            HELP.iter().map(|texts| texts.len()).sum::<usize>()
        );
    }
}
