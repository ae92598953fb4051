//! Why an answer ends.

use limpid::inference::{EngineEvent, StopReason};

use super::support::{Engine, greedy, text};

/// A count that the model goes on with.
const COUNT: &str = "1, 2, 3, 4, 5, 6, 7, 8,";

#[test]
fn a_stop_string_ends_the_answer_and_is_no_part_of_it() {
    let mut engine = Engine::load();
    let whole = engine.complete(COUNT, 40).text();
    assert!(whole.contains(" 12, 13"), "{whole}");
    // It begins and ends in the middle of tokens.
    let mut stopped = greedy(text(COUNT), 40);
    stopped.stop = vec!["never".into(), "2, 13".into()];
    let stopped = engine.generate(stopped).unwrap();
    assert_eq!(stopped.stop, StopReason::StopString("2, 13".into()));
    assert_eq!(stopped.text(), whole.split_once("2, 13").unwrap().0);
    let lengths: usize = stopped
        .tokens
        .iter()
        .map(|t| t.trace.text_len as usize)
        .sum();
    assert_eq!(lengths, stopped.text().len());
}

#[test]
fn a_stop_string_that_does_not_come_changes_nothing() {
    let mut engine = Engine::load();
    let whole = engine.complete(COUNT, 30);
    let mut waiting = greedy(text(COUNT), 30);
    waiting.stop = vec![", 13, 15".into(), "\n\n\n\n".into()];
    let waiting = engine.generate(waiting).unwrap();
    assert_eq!(waiting.text(), whole.text());
    assert_eq!(waiting.stop, StopReason::Length);
}

#[test]
fn cancelling_keeps_what_came() {
    let mut engine = Engine::load();
    let mut tokens = 0;
    let cancelled = engine
        .generate_until(greedy(text(COUNT), 10_000), |event| {
            tokens += u32::from(matches!(event, EngineEvent::Token(_)));
            tokens == 5
        })
        .unwrap();
    assert_eq!(cancelled.stop, StopReason::Cancelled);
    assert!(cancelled.tokens.len() >= 5);
    let whole = engine.complete(COUNT, 5);
    assert!(cancelled.text().starts_with(&whole.text()));
}

#[test]
fn a_length_of_nothing_reads_the_prompt_and_says_nothing() {
    let mut engine = Engine::load();
    let nothing = engine.complete(COUNT, 0);
    assert_eq!(nothing.stop, StopReason::Length);
    assert!(nothing.tokens.is_empty());
    assert_eq!(nothing.stats.prompt_tokens, nothing.stats.context_used);
}
