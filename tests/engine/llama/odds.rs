//! Every token's odds, and that they are told in full.

use limpid::inference::{Prompt, SamplerLink, SamplerSettings, StopReason, TokenKind};

use super::support::{Engine, chat, greedy, request, text};
use limpid::inference::Role;

#[test]
fn greedy_text_is_the_same_twice() {
    let one = Engine::load().complete("The capital of France is", 24);
    let mut engine = Engine::load();
    let two = engine.complete("The capital of France is", 24);
    assert_eq!(one.ids(), two.ids());
    assert_eq!(one.text(), two.text());
    assert!(one.text().contains("Paris"), "{}", one.text());
    assert_eq!(one.stop, StopReason::Length);
    assert_eq!(one.stats.predicted_tokens, 24);
}

#[test]
fn each_token_comes_with_odds_that_add_up() {
    let answer = Engine::load().complete("Once upon a time", 12);
    for token in &answer.tokens {
        let trace = &token.trace;
        assert_eq!(trace.candidates.len(), 10);
        let listed: f64 = trace
            .candidates
            .iter()
            .map(|c| f64::from(c.logprob).exp())
            .sum();
        assert!((listed + f64::from(trace.outside) - 1.0).abs() < 1e-4);
        assert!(trace.candidates.is_sorted_by(|a, b| a.logprob >= b.logprob));
        let entropy = trace.entropy.expect("it was collected");
        assert!(entropy > 0.0 && entropy < (49_152_f32).ln());
        // Greedy: the best one, alone.
        assert_eq!(trace.rank, Some(1));
        assert_eq!(trace.id, trace.candidates[0].id);
        assert_eq!(trace.logprob, trace.candidates[0].logprob);
        assert_eq!(trace.candidates[0].link, SamplerLink::Kept);
        assert_eq!(trace.candidates[0].final_probability, 1.0);
        assert!(
            trace.candidates[1..]
                .iter()
                .all(|c| c.link == SamplerLink::Greedy)
        );
    }
}

#[test]
fn the_bytes_of_every_token_named_are_told_once() {
    let answer = Engine::load().complete("Once upon a time", 12);
    let mut told = std::collections::BTreeMap::new();
    for token in &answer.tokens {
        for piece in &token.pieces {
            assert!(
                told.insert(piece.id, piece.bytes.clone()).is_none(),
                "told twice"
            );
        }
        let named = token.trace.candidates.iter().map(|candidate| candidate.id);
        for id in named.chain([token.trace.id]) {
            assert!(told.contains_key(&id), "token {} was not told", id.0);
        }
        assert_eq!(told[&token.trace.id], token.text);
        assert_eq!(token.trace.text_len as usize, token.text.len());
    }
}

#[test]
fn nothing_is_collected_where_nothing_is_wanted() {
    let mut engine = Engine::load();
    let mut plain = greedy(text("Once upon a time"), 8);
    plain.candidates = 0;
    let plain = engine.generate(plain).unwrap();
    let full = engine.complete("Once upon a time", 8);
    assert_eq!(plain.ids(), full.ids());
    for token in &plain.tokens {
        assert!(token.trace.candidates.is_empty());
        assert_eq!((token.trace.rank, token.trace.entropy), (None, None));
        assert_eq!(token.trace.outside, 1.0);
    }
}

#[test]
fn the_token_that_ends_an_answer_is_told_and_has_no_text() {
    let mut engine = Engine::load();
    let prompt = chat(&[(Role::User, "Answer with the one word Yes.")]);
    let answer = engine.generate(greedy(prompt, 200)).unwrap();
    assert_eq!(answer.stop, StopReason::EndOfGeneration);
    let last = answer.tokens.last().unwrap();
    assert_eq!(last.trace.kind, TokenKind::EndOfGeneration);
    assert!(last.text.is_empty());
    let piece = last.pieces.iter().find(|piece| piece.id == last.trace.id);
    assert!(piece.is_none_or(|piece| piece.bytes == b"<|im_end|>"));
    assert_eq!(answer.stats.predicted_tokens as usize, answer.tokens.len());
}

#[test]
fn a_seed_repeats_its_text_and_another_gives_another() {
    let mut engine = Engine::load();
    let mut answer = |seed| {
        let settings = SamplerSettings {
            seed,
            temperature: 1.2,
            ..SamplerSettings::default()
        };
        engine
            .generate(request(text("My favourite thing is"), 24, settings))
            .unwrap()
    };
    // The first computes the whole prompt, the others its last token: other batches.
    answer(Some(0));
    let (one, same, other) = (answer(Some(7)), answer(Some(7)), answer(Some(8)));
    assert_eq!(one.ids(), same.ids());
    assert_ne!(one.ids(), other.ids());
    assert_eq!(one.stats.seed, 7);
    let (drawn, drawn_again) = (answer(None), answer(None));
    assert_ne!(drawn.stats.seed, drawn_again.stats.seed);
    assert_eq!(answer(Some(drawn.stats.seed)).ids(), drawn.ids());
}

#[test]
fn statistics_count_what_was_done() {
    let mut engine = Engine::load();
    let first = engine.complete("One two three four five six seven", 10);
    let stats = first.stats;
    let prompt = engine.ids("One two three four five six seven").len() as u32;
    assert_eq!(stats.prompt_tokens, prompt);
    assert_eq!(stats.cached_tokens, 0);
    assert!(
        stats.load_ms > 0.0,
        "the first request waited for the model"
    );
    assert!(stats.prompt_ms > 0.0 && stats.predicted_ms > 0.0);
    assert!(stats.ttft_ms >= stats.prompt_ms);
    assert_eq!(stats.context_size, 512);
    // The last token was chosen, and not read.
    assert_eq!(stats.context_used, prompt + 9);
    assert!(stats.engine_memory > 64 << 20);
    let second = engine.complete("One two three four five six seven", 10);
    assert_eq!(second.stats.load_ms, 0.0);
    assert_eq!(second.stats.cached_tokens, prompt - 1);
    let tokens = Prompt::Tokens(engine.ids("One two three four five six seven"));
    let third = engine.generate(greedy(tokens, 10)).unwrap();
    assert_eq!(third.ids(), second.ids());
}
