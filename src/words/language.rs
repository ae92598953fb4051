//! Which language is spoken.

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

/// The variable by which a program tells the processes that it starts which language to speak;
/// it is that of the setting too.
pub const LANGUAGE_VARIABLE: &str = "LIMPID_LANGUAGE";

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The name in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The language of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.name() == name)
    }

    /// What the environment asks for, by the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
    /// set. Chinese needs characters: UTF-8, and no Linux console, whose font has none. Readers
    /// of traditional characters are served better by English.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
        let locale = locale.unwrap_or_default().to_ascii_lowercase();
        let (name, charset) = locale.split_once('.').unwrap_or((&locale, ""));
        let simplified =
            matches!(name, "zh" | "zh_cn" | "zh_sg" | "zh_my") || name.starts_with("zh_hans");
        let letters = matches!(charset.split('@').next(), Some("utf-8" | "utf8"))
            && set("TERM").is_none_or(|terminal| !terminal.starts_with("linux"));
        if simplified && letters {
            Self::Chinese
        } else {
            Self::English
        }
    }
}

static SPOKEN: AtomicU8 = AtomicU8::new(Language::English as u8);

thread_local! {
    /// What this thread speaks for a moment, whatever is spoken elsewhere.
    static MEANWHILE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// The language that is spoken.
#[must_use]
pub fn language() -> Language {
    if let Some(language) = MEANWHILE.get() {
        return language;
    }
    if SPOKEN.load(Ordering::Relaxed) == Language::Chinese as u8 {
        Language::Chinese
    } else {
        Language::English
    }
}

/// Speaks a language from now on: for the beginning of the program, before anything is said.
pub fn speak(language: Language) {
    SPOKEN.store(language as u8, Ordering::Relaxed);
}

/// Speaks a language on this thread for as long as `say` runs.
pub(super) fn speaking<T>(language: Language, say: impl FnOnce() -> T) -> T {
    /// Restores what was spoken, though `say` panics.
    struct Before(Option<Language>);

    impl Drop for Before {
        fn drop(&mut self) {
            MEANWHILE.set(self.0);
        }
    }

    let _before = Before(MEANWHILE.replace(Some(language)));
    say()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_chooses_where_its_characters_can_be_shown() {
        use Language::{Chinese, English};
        let table: [(&[(&str, &str)], Language); 10] = [
            (&[], English),
            (&[("LANG", "zh_CN.UTF-8")], Chinese),
            (&[("LANG", "zh_CN.utf8@pinyin")], Chinese),
            (&[("LANG", "zh_Hans_SG.UTF-8")], Chinese),
            (&[("LANG", "zh_TW.UTF-8")], English),
            (&[("LANG", "zh_CN.GB18030")], English),
            (&[("LANG", "zh_CN")], English),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], English),
            (
                &[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_CN.UTF-8")],
                Chinese,
            ),
            (&[("LANG", "zh_CN.UTF-8"), ("TERM", "linux")], English),
        ];
        for (variables, expected) in table {
            let find = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Language::of_environment(find), expected, "{variables:?}");
        }
    }

    #[test]
    fn a_language_is_spoken_for_a_moment_on_one_thread() {
        let outside = language();
        let inside = speaking(Language::Chinese, || {
            let elsewhere = std::thread::spawn(language).join().unwrap();
            let nested = speaking(Language::English, language);
            (language(), nested, elsewhere)
        });
        assert_eq!(inside, (Language::Chinese, Language::English, outside));
        assert_eq!(language(), outside);
    }

    #[test]
    fn what_was_spoken_is_spoken_again_after_a_panic() {
        let outside = language();
        for language in Language::ALL {
            let panicked = std::panic::catch_unwind(|| {
                speaking(language, || std::panic::resume_unwind(Box::new(())));
            });
            assert!(panicked.is_err());
        }
        assert_eq!(language(), outside);
    }
}
