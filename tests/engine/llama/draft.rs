//! A second model that guesses: the same answers, in fewer decodes.

use std::path::{Path, PathBuf};

use limpid::inference::{EngineEvent, LoadRequest, RequestId, StopReason};

use super::draws::assert_drawn_alike;
use super::support::{
    Engine, TEMPERATURE, assert_agree, drawn, endless, greedy, options, story, text,
};
use crate::support::other_models::{requantized, with_another_token};
use crate::support::pty::test_model;

const LENGTH: u32 = 60;

/// An engine that guesses whatever that costs here.
fn drafted_by(draft: &Path) -> Engine {
    Engine::load_with(|load| {
        load.draft = Some(draft.to_owned());
        load.speculate = Some(0.0);
    })
}

fn plain() -> Engine {
    Engine::load_with(|load| load.speculate = None)
}

/// A text in which nothing comes twice, so that only a draft has guesses.
fn free() -> String {
    "In the morning the harbour was quiet and".to_owned()
}

#[test]
fn an_answer_is_written_as_it_would_be_without_a_draft() {
    let prompt = text(&free());
    let wanted = || endless(greedy(prompt.clone(), LENGTH));
    let drafted = drafted_by(&requantized()).generate(wanted()).unwrap();
    let alone = plain().generate(wanted()).unwrap();
    let guesses = drafted.stats.speculation;
    assert!(guesses.accepted > 0, "{guesses:?}");
    assert!(guesses.accepted <= guesses.guessed, "{guesses:?}");
    assert_agree(&alone, &drafted);
    assert_eq!(drafted.tokens.len(), LENGTH as usize);
    assert_eq!(
        drafted.stats.context_used,
        drafted.stats.prompt_tokens + LENGTH - 1
    );
}

#[test]
fn what_is_drawn_is_what_would_be_drawn_without_a_draft() {
    // In another format it guesses well and not always.
    let (mut drafting, mut plain) = (drafted_by(&requantized()), plain());
    let mut came = (0, 0);
    for seed in [1, 2, 3] {
        let wanted = drawn(text(&free()), 40, seed);
        let drafted = drafting.generate(wanted.clone()).unwrap();
        let alone = plain.generate(wanted).unwrap();
        let guesses = drafted.stats.speculation;
        came = (came.0 + guesses.accepted, came.1 + guesses.guessed);
        assert_drawn_alike(&drafted, &alone, seed, TEMPERATURE);
    }
    assert!(0 < came.0 && came.0 < came.1, "{came:?}");
}

#[test]
fn a_context_is_filled_to_its_last_cell_whatever_was_drafted() {
    let mut engine = Engine::load_with(|load| {
        load.context_size = Some(256);
        load.draft = Some(requantized());
        load.speculate = Some(0.0);
    });
    let answer = engine
        .generate(endless(greedy(text(&story(60)), 4000)))
        .unwrap();
    assert_eq!(answer.stop, StopReason::ContextFull);
    assert_eq!(answer.stats.context_used, 256);
}

/// What is said while a model with this draft is loaded, and its answer.
fn told(draft: PathBuf) -> String {
    let mut load = LoadRequest::new(RequestId(0), test_model());
    load.threads = Some(1);
    load.draft = Some(draft);
    let mut notice = None;
    let mut engine = Engine::try_start_hearing(options(), load, |event| {
        if let EngineEvent::Notice { text, .. } = event {
            notice = Some(text.to_string());
        }
    })
    .unwrap();
    let answer = engine.complete("Once upon a time", 4);
    assert_eq!(answer.tokens.len(), 4);
    notice.expect("it is told")
}

#[test]
fn a_draft_that_cannot_guess_is_named_and_nothing_is_drafted() {
    let other = with_another_token();
    let notice = told(other.clone());
    assert!(notice.contains(&other.display().to_string()), "{notice}");
    assert!(notice.contains("its vocabulary is another one"), "{notice}");
    let notice = told("/nowhere/draft.gguf".into());
    assert!(notice.contains("/nowhere/draft.gguf"), "{notice}");
}

#[test]
fn a_cancelled_answer_leaves_the_draft_usable() {
    let mut engine = drafted_by(&requantized());
    let cancelled = engine
        .generate_until(endless(greedy(text(&free()), 5000)), |event| {
            matches!(event, EngineEvent::Token(_))
        })
        .unwrap();
    assert!(!cancelled.tokens.is_empty());
    let again = engine
        .generate(endless(greedy(text(&free()), LENGTH)))
        .unwrap();
    assert!(again.stats.speculation.accepted > 0);
}
