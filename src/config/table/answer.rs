//! What is asked of an answer, apart from its sampling.

use super::{Flag, Kind, Setting, count, count_or};
use crate::config::settings::{ContextFull, ReasoningShown, Thinking};
use crate::words::settings as words;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "answer.predict",
        count_or(0, u32::MAX as i64, &["unlimited"]),
        |s| &mut s.answer.predict,
        words::PREDICT,
    )
    .flags(&[Flag::value("predict", "N").short('n').aliases(&[
        "n-predict",
        "num-predict",
        "max-tokens",
    ])])
    .llama("LLAMA_ARG_N_PREDICT"),
    Setting::new(
        "answer.stop",
        Kind::List { separator: None },
        |s| &mut s.answer.stop,
        words::STOP,
    )
    .flags(&[Flag::value("stop", "TEXT")
        .short('r')
        .aliases(&["reverse-prompt"])
        .help(words::STOP_FLAG)]),
    Setting::new(
        "answer.system",
        Kind::Text,
        |s| &mut s.answer.system,
        words::SYSTEM,
    )
    .flags(&[
        Flag::value("system", "TEXT|@FILE|@NAME")
            .aliases(&["system-prompt"])
            .help(words::SYSTEM_FLAG),
        Flag::file("system-prompt-file", words::SYSTEM_PROMPT_FILE_FLAG),
    ])
    .reads_files(),
    Setting::new(
        "answer.chat_template",
        Kind::Text,
        |s| &mut s.answer.chat_template,
        words::CHAT_TEMPLATE,
    )
    .flags(&[
        Flag::value("chat-template", "JINJA").rare(),
        Flag::file("chat-template-file", words::CHAT_TEMPLATE_FILE_FLAG),
    ])
    .llama("LLAMA_ARG_CHAT_TEMPLATE_FILE")
    .reads_files(),
    Setting::new(
        "answer.candidates",
        count(0, 1000),
        |s| &mut s.answer.candidates,
        words::CANDIDATES,
    )
    .flags(&[Flag::value("candidates", "N").rare()]),
    Setting::new(
        "answer.reasoning",
        Kind::Choice(ReasoningShown::NAMES),
        |s| &mut s.answer.reasoning,
        words::REASONING,
    )
    .flags(&[Flag::value("reasoning", "SHOWN")]),
    Setting::new(
        "answer.thinking",
        Kind::Choice(Thinking::NAMES),
        |s| &mut s.answer.thinking,
        words::THINKING,
    )
    .flags(&[Flag::value("thinking", "WHETHER")]),
    Setting::new(
        "answer.context_full",
        Kind::Choice(ContextFull::NAMES),
        |s| &mut s.answer.context_full,
        words::CONTEXT_FULL,
    )
    .flags(&[Flag::value("context-full", "POLICY").rare()]),
];
