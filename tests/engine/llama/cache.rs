//! What is computed once is not computed again, and changes nothing.

use limpid::inference::{EngineEvent, Prompt, StopReason};

use super::support::{Answer, Engine, assert_agree, greedy, story, text};

fn fresh(prompt: &Prompt, length: u32) -> Answer {
    Engine::load()
        .generate(greedy(prompt.clone(), length))
        .unwrap()
}

#[test]
fn a_reused_prefix_agrees_with_a_fresh_run() {
    let mut engine = Engine::load();
    let (beginning, whole) = (story(200), story(300));
    engine.complete(&beginning, 4);
    let reused = engine.complete(&whole, 16);
    let shared = engine.ids(&beginning).len() as u32;
    assert!(
        reused.stats.cached_tokens + 2 >= shared,
        "{:?}",
        reused.stats
    );
    assert_agree(&reused, &fresh(&text(&whole), 16));
}

#[test]
fn branches_keep_their_tokens_side_by_side() {
    let mut engine = Engine::load();
    let stem = story(150);
    let (one, other) = (
        format!("{stem}One day the {}", story(40)),
        format!("{stem}Then {}", story(60)),
    );
    let first = engine.complete(&one, 30);
    let second = engine.complete(&other, 30);
    let stem = engine.ids(&stem).len() as u32;
    assert!(second.stats.cached_tokens + 1 >= stem, "{:?}", second.stats);
    // Back to the first: all but its last token is there.
    let again = engine.complete(&one, 30);
    assert_eq!(again.stats.cached_tokens, again.stats.prompt_tokens - 1);
    assert_agree(&again, &first);
    assert_agree(&second, &fresh(&text(&other), 30));
}

#[test]
fn more_conversations_than_sequences_are_all_answered_rightly() {
    let mut engine = Engine::load();
    let prompt = |number: usize| format!("Story {number}: {}", story(30 + number));
    let first = engine.complete(&prompt(0), 8);
    for number in 1..12 {
        engine.complete(&prompt(number), 2);
    }
    let forgotten = engine.complete(&prompt(0), 8);
    assert!(
        forgotten.stats.cached_tokens < 8,
        "another one took its place"
    );
    assert_eq!(
        forgotten.ids(),
        first.ids(),
        "the same batches, the same numbers"
    );
}

#[test]
fn a_cancelled_prefill_leaves_what_it_computed() {
    let mut engine = Engine::load();
    let prompt = text(&story(1500));
    let cancelled = engine
        .generate_until(greedy(prompt.clone(), 8), |event| {
            matches!(event, EngineEvent::Prefill { done: 1.., .. })
        })
        .unwrap();
    assert_eq!(cancelled.stop, StopReason::Cancelled);
    assert!(cancelled.tokens.is_empty());
    let (done, total, _) = *cancelled.prefill.last().unwrap();
    assert!(done > 0 && done < total, "{done} of {total}");
    assert_eq!(cancelled.stats.context_used, done);
    let next = engine.generate(greedy(prompt.clone(), 12)).unwrap();
    assert_eq!(next.stats.cached_tokens, done);
    assert_agree(&next, &fresh(&prompt, 12));
}

#[test]
fn a_cancelled_prefill_ends_within_a_chunk() {
    let mut engine = Engine::load_with(|load| {
        (load.batch_size, load.ubatch_size) = (2048, 512);
    });
    let cancelled = engine
        .generate_until(greedy(text(&story(1500)), 8), |event| {
            matches!(event, EngineEvent::Prefill { done: 1.., .. })
        })
        .unwrap();
    let [(0, _, 0), (done, total, 0)] = cancelled.prefill[..] else {
        panic!(
            "no chunk ends after the cancellation: {:?}",
            cancelled.prefill
        )
    };
    assert!(total - done > done, "there was another whole chunk to read");
    assert_eq!(cancelled.stats.context_used, done);
}

#[test]
fn a_cancelled_answer_leaves_a_cache_that_the_next_request_reuses() {
    let mut engine = Engine::load();
    let prompt = story(60);
    let mut tokens = 0;
    let cancelled = engine
        .generate_until(greedy(text(&prompt), 4000), |event| {
            tokens += u32::from(matches!(event, EngineEvent::Token(_)));
            tokens == 12
        })
        .unwrap();
    assert_eq!(cancelled.stop, StopReason::Cancelled);
    let mut ids = engine.ids(&prompt);
    ids.extend(cancelled.ids());
    let on = Prompt::Tokens(ids);
    let next = engine.generate(greedy(on.clone(), 12)).unwrap();
    assert_eq!(next.stats.cached_tokens, cancelled.stats.context_used);
    assert_agree(&next, &fresh(&on, 12));
}
