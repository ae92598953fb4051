//! A sentence that is read in another program than the one that says it.

use std::fmt::{self, Display, Formatter};
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::language::speaking;
use super::{Language, Phrase, language};

/// A sentence in every language. It derefs to that of the language that is spoken where it is
/// read: a resident engine and the programs that use it may speak different ones.
///
/// There is no way to make one of a `String` but [`verbatim`](Self::verbatim), so that words of
/// ours are not sent in one language by mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said {
    english: Box<str>,
    /// `None`: the same.
    chinese: Option<Box<str>>,
}

impl Said {
    /// What `say` says, in each language. It is called once for each, and all that it calls
    /// speaks that language, errors that it displays included.
    pub fn new(say: impl Fn() -> String) -> Self {
        let spoken = [Language::English, Language::Chinese].map(|it| speaking(it, &say));
        let [english, chinese] = spoken;
        Self {
            chinese: (chinese != english).then(|| chinese.into()),
            english: english.into(),
        }
    }

    /// What is said of `it`, such as an error.
    pub fn of(it: &impl Display) -> Self {
        Self::new(|| it.to_string())
    }

    /// Words that are not ours, such as the system's or llama.cpp's.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self {
            english: words.into().into(),
            chinese: None,
        }
    }

    /// In the language that is spoken.
    #[must_use]
    pub fn text(&self) -> &str {
        match (language(), &self.chinese) {
            (Language::Chinese, Some(chinese)) => chinese,
            (Language::English | Language::Chinese, _) => &self.english,
        }
    }
}

impl Deref for Said {
    type Target = str;

    fn deref(&self) -> &str {
        self.text()
    }
}

impl Display for Said {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self.text(), formatter)
    }
}

impl From<Phrase> for Said {
    fn from(phrase: Phrase) -> Self {
        Self::new(|| phrase.into())
    }
}

impl From<Said> for String {
    fn from(said: Said) -> Self {
        said.text().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::inference::{EMPTY_PROMPT, cannot_load, channel_broke};

    const EMPTY: [&str; 2] = ["the prompt is empty", "提示为空"];

    /// What a reader of each language reads.
    fn read(said: &Said) -> [String; 2] {
        Language::ALL.map(|language| speaking(language, || said.to_string()))
    }

    #[derive(Debug, thiserror::Error)]
    #[error("{EMPTY_PROMPT}")]
    struct Empty;

    #[test]
    fn each_reader_reads_its_own_language() {
        assert_eq!(read(&EMPTY_PROMPT.into()), EMPTY);
        assert_eq!(read(&Said::of(&Empty)), EMPTY);
        let said = Said::new(|| channel_broke(Empty));
        let expected = [
            "the engine's channel broke: the prompt is empty",
            "与引擎的通道中断：提示为空",
        ];
        assert_eq!(read(&said), expected);
        let around = Said::new(|| cannot_load("m.gguf", &said));
        let expected = [
            "cannot load m.gguf: the engine's channel broke: the prompt is empty",
            "无法加载 m.gguf：与引擎的通道中断：提示为空",
        ];
        assert_eq!(read(&around), expected);
    }

    #[test]
    fn words_that_are_not_ours_stay_as_they_are() {
        let said = Said::verbatim("No such file");
        assert_eq!(read(&said), ["No such file"; 2]);
        let around = Said::new(|| channel_broke(&said));
        assert_eq!(read(&around)[1], "与引擎的通道中断：No such file");
    }

    #[test]
    fn who_speaks_one_language_sends_all() {
        for language in Language::ALL {
            let said = speaking(language, || Said::of(&Empty));
            let frame = postcard::to_stdvec(&said).unwrap();
            let received: Said = postcard::from_bytes(&frame).unwrap();
            assert_eq!(received, said);
            assert_eq!(read(&received), EMPTY);
        }
    }
}
