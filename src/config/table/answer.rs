//! What is asked of an answer, apart from its sampling.

use super::{Flag, Kind, Setting, count, count_or};
use crate::config::settings::{ContextFull, ReasoningShown, Thinking};

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "answer.predict",
        count_or(0, u32::MAX as i64, &["unlimited"]),
        |s| &mut s.answer.predict,
        "Tokens an answer may have. unlimited: until the model ends it or the context is full.",
    )
    .flags(&[Flag::value("predict", "N")
        .short('n')
        .aliases(&["n-predict", "num-predict", "max-tokens"])])
    .llama("LLAMA_ARG_N_PREDICT"),
    Setting::new(
        "answer.stop",
        Kind::List { separator: None },
        |s| &mut s.answer.stop,
        "Texts that end an answer; they are not part of it.",
    )
    .flags(&[Flag::value("stop", "TEXT")
        .short('r')
        .aliases(&["reverse-prompt"])
        .help("A text that ends the answer and is not part of it. Repeatable")]),
    Setting::new(
        "answer.system",
        Kind::Text,
        |s| &mut s.answer.system,
        "The system message of new conversations, or @FILE, or @NAME of a system prompt; @@ begins a text with @.",
    )
    .flags(&[
        Flag::value("system", "TEXT|@FILE|@NAME").aliases(&["system-prompt"]).help(
            "The system message; @FILE reads it from a file, @NAME takes a named one: concise, teacher, translator, reviewer, or your own. Short: -sys",
        ),
        Flag::file("system-prompt-file", "Read the system message from a file. Short: -sysf"),
    ])
    .reads_files(),
    Setting::new(
        "answer.chat_template",
        Kind::Text,
        |s| &mut s.answer.chat_template,
        "A Jinja chat template instead of the model's own, or @FILE.",
    )
    .flags(&[
        Flag::value("chat-template", "JINJA").rare(),
        Flag::file("chat-template-file", "Read the chat template from a file"),
    ])
    .llama("LLAMA_ARG_CHAT_TEMPLATE_FILE")
    .reads_files(),
    Setting::new(
        "answer.candidates",
        count(0, 1000),
        |s| &mut s.answer.candidates,
        "Alternatives collected for each token; 0 collects none, and neither rank nor entropy.",
    )
    .flags(&[Flag::value("candidates", "N").rare()]),
    Setting::new(
        "answer.reasoning",
        Kind::Choice(ReasoningShown::NAMES),
        |s| &mut s.answer.reasoning,
        "What is shown of the reasoning of a model. In a chat auto: a line that opens; on: all of it; off: only while it thinks. In pipes auto: it goes to standard error; on: with -q too; off: nowhere; only: it changes places with the answer.",
    )
    .flags(&[Flag::value("reasoning", "SHOWN")]),
    Setting::new(
        "answer.thinking",
        Kind::Choice(Thinking::NAMES),
        |s| &mut s.answer.thinking,
        "Whether a model that can think before it answers is asked to. auto: as its template has it; on, off: the template is told so, by enable_thinking.",
    )
    .flags(&[Flag::value("thinking", "WHETHER")]),
    Setting::new(
        "answer.context_full",
        Kind::Choice(ContextFull::NAMES),
        |s| &mut s.answer.context_full,
        "When the context is full: stop and say so, drop the oldest turns (the system message stays), or have the model summarise them and send that instead.",
    )
    .flags(&[Flag::value("context-full", "POLICY").rare()]),
];
