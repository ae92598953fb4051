//! The context begins small and grows.

use limpid::inference::{EngineError, LoadRequest, Prompt, RequestId, StopReason};

use super::support::{Engine, assert_agree, greedy, story, text};
use crate::support::pty::test_model;

#[test]
fn a_conversation_grows_where_it_is_full_and_goes_on() {
    let mut engine = Engine::load();
    assert_eq!(
        (engine.info.context_size, engine.info.context_limit),
        (512, 8192)
    );
    let ids = engine.ids(&story(3000))[..2030].to_vec();
    let grown = engine
        .generate(greedy(Prompt::Tokens(ids.clone()), 60))
        .unwrap();
    assert_eq!(grown.grown, [2048, 4096]);
    assert_eq!(grown.stats.context_size, 4096);
    assert!(grown.tokens.len() > 40, "{:?}", grown.stop);
    // The cache came along, and says the same as one that was large from the beginning.
    let mut large = Engine::load_with(|request| request.context_size = Some(4096));
    let fixed = large.generate(greedy(Prompt::Tokens(ids), 60)).unwrap();
    assert!(fixed.grown.is_empty());
    assert_agree(&grown, &fixed);
}

#[test]
fn a_long_prompt_grows_the_context_before_it_is_read() {
    let mut engine = Engine::load();
    engine.complete("Something short that is cached", 2);
    let answer = engine.generate(greedy(text(&story(2800)), 4)).unwrap();
    assert_eq!(answer.grown, [4096]);
    let short = engine.complete("Something short that is cached", 2);
    assert_eq!(
        short.stats.cached_tokens,
        short.stats.prompt_tokens - 1,
        "it came along"
    );
}

#[test]
fn a_fixed_context_fills_up_and_says_so() {
    let mut engine = Engine::load_with(|request| request.context_size = Some(64));
    assert_eq!(
        (engine.info.context_size, engine.info.context_limit),
        (64, 64)
    );
    let answer = engine.complete("1, 2, 3, 4, 5,", 500);
    assert_eq!(answer.stop, StopReason::ContextFull);
    assert_eq!(answer.stats.context_used, 64);
    assert!(answer.grown.is_empty());
    engine.complete("And on it goes", 4);
}

#[test]
fn a_context_beyond_memory_is_refused_with_what_would_fit() {
    let mut request = LoadRequest::new(RequestId(0), test_model());
    request.context_size = Some(1 << 30);
    let Err(EngineError::ModelNotLoadable { reason, .. }) = Engine::try_load(request) else {
        panic!("an EiB of cache was made");
    };
    assert!(reason.contains("would"), "{reason}");
}

#[test]
fn a_compressed_cache_answers_too() {
    let mut engine = Engine::load_with(|request| {
        request.cache_type_k = limpid::inference::CacheType::Q8_0;
        request.cache_type_v = limpid::inference::CacheType::Q8_0;
    });
    let answer = engine.complete("The capital of France is", 12);
    assert!(answer.text().contains("Paris"), "{}", answer.text());
}

#[test]
fn a_context_and_a_batch_of_one_token_serve_what_fits_into_them() {
    let mut engine = Engine::load_with(|load| {
        load.batch_size = 1;
        load.context_size = Some(3);
    });
    let mut request = greedy(Prompt::Text("a".to_owned()), 1);
    request.candidates = 1;
    let answer = engine.generate(request).unwrap();
    assert_eq!(answer.tokens.len(), 1);
}
