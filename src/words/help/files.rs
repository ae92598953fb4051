//! What the themes and tasks that come with limpid say of themselves and of their parameters.

use crate::words::Phrase;

/// Sorted by the English.
pub(super) const FILES: &[Phrase] = &[
    Phrase::new("Answer a question about a text", "回答关于文本的问题"),
    Phrase::new(
        "Choose the label that fits a text best, and show each label's share",
        "选出最适合文本的标签，并显示各标签的占比",
    ),
    Phrase::new("Explain code or a command", "解释代码或命令"),
    Phrase::new(
        "Extract names and facts from a text, as JSON",
        "从文本中提取名称和事实，输出为 JSON",
    ),
    Phrase::new("How long the summary is to be", "总结应有多长"),
    Phrase::new("How the new text is to be", "新文本应是怎样的"),
    Phrase::new("Rewrite a text in another style", "用另一种风格改写文本"),
    Phrase::new("Summarise a text", "总结文本"),
    Phrase::new("The language of the explanation", "用什么语言解释"),
    Phrase::new("The language of the summary", "用什么语言总结"),
    Phrase::new("The language to translate into", "译成什么语言"),
    Phrase::new("Translate a text", "翻译文本"),
    Phrase::new("What to find out", "要弄清什么"),
    Phrase::new("What to look for", "要找什么"),
    Phrase::new("Write a commit message for a diff", "为 diff 写提交说明"),
    Phrase::new(
        "no colour at all: bold, underline and dim tell things apart",
        "完全不用颜色：以粗体、下划线和暗淡区分",
    ),
    Phrase::new(
        "pure colours on a black ground, at least 7:1",
        "黑色背景上的纯色，对比度至少 7:1",
    ),
    Phrase::new("quiet colours on a light ground", "浅色背景上的淡雅颜色"),
    Phrase::new(
        "safe for colour-blind eyes, on a dark ground (Okabe and Ito's colours)",
        "色盲友好，深色背景（Okabe 与 Ito 的配色）",
    ),
    Phrase::new(
        "safe for colour-blind eyes, on a light ground (Okabe and Ito's colours)",
        "色盲友好，浅色背景（Okabe 与 Ito 的配色）",
    ),
    Phrase::new("soft colours on a dark ground", "深色背景上的柔和颜色"),
    Phrase::new(
        "the terminal's own 16 colours, whatever they are",
        "终端自己的 16 种颜色，不论它们是什么",
    ),
];
