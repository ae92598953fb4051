//! What the environment says of language and characters.

use crate::text::is_linux_console;

/// Which characters a terminal can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    #[default]
    All,
    /// Those that the fonts of a Linux console have.
    Console,
    Ascii,
}

impl Glyphs {
    /// What the environment says of it.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        if !is_utf8(&variable) {
            Self::Ascii
        } else if variable("TERM").is_some_and(|term| is_linux_console(&term)) {
            Self::Console
        } else {
            Self::All
        }
    }
}

/// Whether the environment promises UTF-8: the first of these that is set decides, as POSIX
/// says.
#[must_use]
pub fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()));
    // Nothing set: most often a bare container or ssh, on a terminal that has it.
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_the_first_that_is_set() {
        let table: [(&[(&str, &str)], bool); 6] = [
            (&[], true),
            (&[("LANG", "C")], false),
            (&[("LANG", "de_DE.UTF-8")], true),
            (&[("LANG", "C"), ("LC_ALL", "C.utf8")], true),
            (&[("LANG", "en_US.UTF-8"), ("LC_CTYPE", "POSIX")], false),
            (&[("LC_ALL", ""), ("LANG", "C.UTF-8")], true),
        ];
        for (variables, expected) in table {
            let find = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(is_utf8(find), expected, "{variables:?}");
        }
    }

    #[test]
    fn a_linux_console_has_characters_of_its_own() {
        let glyphs = |lang: &str, term: &str| {
            Glyphs::of_environment(|name| match name {
                "LANG" => Some(lang.to_owned()),
                "TERM" => Some(term.to_owned()),
                _ => None,
            })
        };
        assert_eq!(glyphs("C.UTF-8", "xterm-256color"), Glyphs::All);
        assert_eq!(glyphs("C.UTF-8", "linux"), Glyphs::Console);
        assert_eq!(glyphs("", "linux-16color"), Glyphs::Console);
        assert_eq!(glyphs("C", "linux"), Glyphs::Ascii);
    }
}
