//! What is counted, and how a number goes with it.

use std::fmt::Display;

use super::{Language, language};

/// Something that can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    one: &'static str,
    many: &'static str,
    /// With its measure word.
    chinese: &'static str,
}

impl Noun {
    /// A number of them; `shown` is how the number is written: `1 token`, `4,096 tokens`.
    #[must_use]
    pub fn count(self, number: u64, shown: impl Display) -> String {
        match (language(), number) {
            (Language::Chinese, _) => format!("{shown} {}", self.chinese),
            (Language::English, 1) => format!("{shown} {}", self.one),
            (Language::English, _) => format!("{shown} {}", self.many),
        }
    }
}

macro_rules! nouns {
    ($($name:ident = $one:literal, $many:literal, $chinese:literal;)+) => {
        $(pub const $name: Noun = Noun { one: $one, many: $many, chinese: $chinese };)+
    };
}

nouns! {
    BRANCH = "branch", "branches", "个分支";
    CHARACTER = "character", "characters", "个字符";
    CONTINUATION = "continuation", "continuations", "种续写";
    CONVERSATION = "conversation", "conversations", "个对话";
    DAY = "day", "days", "天";
    DECODE = "decode", "decodes", "次解码";
    FILE = "file", "files", "个文件";
    LINE = "line", "lines", "行";
    MESSAGE = "message", "messages", "条消息";
    MORE_CHARACTER = "more character", "more characters", "个字符未显示";
    MORE_LINE = "more line", "more lines", "行未显示";
    PROMPT_TOKEN = "prompt token", "prompt tokens", "个提示词元";
    THREAD = "thread", "threads", "个线程";
    TOKEN = "token", "tokens", "个词元";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!(TOKEN.count(1, 1), "1 token");
        assert_eq!(TOKEN.count(4096, "4,096"), "4,096 tokens");
        assert_eq!(TOKEN.count(0, 0), "0 tokens");
    }
}
