//! Models whose cache cannot go back to every place: recurrent ones, hybrids, sliding windows.
//! Whatever is asked of them is answered as by an engine that knows nothing.

mod disk;

use limpid::inference::{
    CacheType, CacheUse, ConversationKey, FlashAttention, GenerateRequest, Keep, LoadRequest,
    LogitBias, Prompt, Recomputed, SamplerSettings, StopReason, TokenId,
};

use super::reconsider;
use super::support::{Answer, Engine, assert_agree_within, endless, greedy};
use crate::support::raw_logits::{log_sum_exp, raw_logits_of};
use crate::support::tiny_models::Tiny;

/// How far log-probabilities may differ where a prompt was cut into other batches, or lies in
/// other cells, nats: weights and cache are 32-bit floats here.
const TOLERANCE: f32 = 0.01;

/// The same where keys and values are 16-bit floats in one of two runs.
const TOLERANCE_F16: f64 = 0.1;

fn tiny(model: Tiny) -> impl FnOnce(&mut LoadRequest) {
    // Shown where the test fails.
    println!("{model:?}");
    move |load| {
        load.path = model.path();
        load.flash_attention = FlashAttention::Off;
        (load.cache_type_k, load.cache_type_v) = (CacheType::F32, CacheType::F32);
        load.speculate = None;
    }
}

fn engine(model: Tiny) -> Engine {
    Engine::load_with(tiny(model))
}

/// Tokens that no other number gives.
fn ids(number: u32, count: u32) -> Vec<TokenId> {
    let id = |place| 500 + (number * 7919 + place * 104_729) % 40_000;
    (0..count).map(|place| TokenId(id(place))).collect()
}

/// A greedy answer of a conversation that may be kept.
fn of(conversation: &str, prompt: &[TokenId], length: u32) -> GenerateRequest {
    GenerateRequest {
        conversation: ConversationKey::new(conversation),
        keep: Keep::Conversation,
        ..plain(prompt, length)
    }
}

fn plain(prompt: &[TokenId], length: u32) -> GenerateRequest {
    endless(greedy(Prompt::Tokens(prompt.to_vec()), length))
}

/// What an engine answers that knows nothing.
fn fresh(model: Tiny, prompt: &[TokenId], length: u32) -> Answer {
    engine(model).generate(plain(prompt, length)).unwrap()
}

/// The prompt of the next turn.
fn on(prompt: &[TokenId], answer: &Answer, more: Vec<TokenId>) -> Vec<TokenId> {
    [prompt.to_vec(), answer.ids(), more].concat()
}

fn assert_agree(one: &Answer, other: &Answer) {
    assert_agree_within(TOLERANCE, one, other);
}

/// Holds an answer against one that was computed in the same batches.
fn assert_same(one: &Answer, other: &Answer) {
    let odds = |answer: &Answer| -> Vec<_> {
        let traces = answer.tokens.iter().map(|token| &token.trace);
        traces.map(|it| (it.id, it.logprob.to_bits())).collect()
    };
    assert_eq!(odds(one), odds(other));
}

/// Whether the model can go back to some places at least.
fn goes_back(model: Tiny) -> bool {
    model == Tiny::SlidingWindow
}

#[test]
fn the_models_are_what_they_are_made_for() {
    for model in Tiny::ALL {
        let engine = engine(model);
        assert_eq!(engine.info.can_rewind, goes_back(model), "{model:?}");
        // What they say hangs on what was read long ago, so that an answer tells whether the
        // cache is right.
        let mut other = ids(1, 120);
        other[..60].copy_from_slice(&ids(2, 60));
        let one = fresh(model, &ids(1, 120), 8);
        let other = fresh(model, &other, 8);
        let first = |answer: &Answer| answer.tokens[0].trace.clone();
        let (one, other) = (first(&one), first(&other));
        let apart = one.candidates.iter().any(|candidate| {
            let mut others = other.candidates.iter();
            let same = others.find(|it| it.id == candidate.id);
            same.is_some_and(|it| (it.logprob - candidate.logprob).abs() > 20.0 * TOLERANCE)
        });
        assert!(one.id != other.id || apart, "{model:?}: {one:?} {other:?}");
    }
}

#[test]
fn a_second_turn_goes_on_where_the_first_ended() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompt = ids(1, 90);
        let first = engine.generate(of("one", &prompt, 20)).unwrap();
        let next = on(&prompt, &first, ids(2, 30));
        let second = engine.generate(of("one", &next, 20)).unwrap();
        assert_eq!(second.stats.cached_tokens, first.stats.context_used);
        assert_eq!(second.stats.cache, CacheUse::default());
        assert_agree(&second, &fresh(model, &next, 20));
    }
}

#[test]
fn an_edited_message_is_read_anew_from_where_the_model_can_go_back_to() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompt = ids(1, 90);
        engine.generate(of("one", &prompt, 20)).unwrap();
        let edited = [&prompt[..70], &ids(2, 40)].concat();
        let answer = engine.generate(of("one", &edited, 20)).unwrap();
        let (cached, again) = (answer.stats.cached_tokens, answer.stats.cache.again);
        if goes_back(model) {
            assert_eq!(cached, 70);
            assert_eq!(again, Some(Recomputed::Changed { from: 70 }));
        } else {
            assert_eq!((cached, again), (0, Some(Recomputed::CannotRewind)));
        }
        assert_agree(&answer, &fresh(model, &edited, 20));
    }
}

#[test]
fn an_answer_again_is_the_same() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompt = ids(1, 90);
        let first = engine.generate(of("one", &prompt, 40)).unwrap();
        let again = engine.generate(of("one", &prompt, 40)).unwrap();
        if goes_back(model) {
            assert_eq!(again.stats.cached_tokens, 89);
            assert_eq!(again.stats.cache.again, None);
            assert_agree(&again, &first);
        } else {
            assert_eq!(again.stats.cached_tokens, 0);
            assert_eq!(again.stats.cache.again, Some(Recomputed::CannotRewind));
            assert_same(&again, &first);
        }
    }
}

#[test]
fn several_answers_are_as_many_as_the_model_can_write_side_by_side() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompt = ids(1, 90);
        let fan = engine.fan_out(plain(&prompt, 16), 3);
        let (branches, notices) = if goes_back(model) { (3, 0) } else { (1, 1) };
        assert_eq!(fan.branches.len(), branches, "{:?}", fan.notices);
        assert_eq!(fan.notices.len(), notices, "{:?}", fan.notices);
        for mut branch in fan.branches {
            let begun = [&prompt[..], &branch.ids()[..1]].concat();
            branch.tokens.remove(0);
            assert_agree(&branch, &fresh(model, &begun, 15));
        }
    }
}

#[test]
fn labels_are_weighed_as_the_raw_logits_weigh_them() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let base = ids(1, 60);
        let labels = ["yes", "no", "maybe not at all"];
        let prompt = Prompt::Tokens(base.clone());
        let found = engine.classify(prompt, &labels).unwrap();
        for odds in found.labels {
            let label = engine.ids(&odds.label);
            let all = [&base[..], &label].concat();
            let numbers: Vec<u32> = all.iter().map(|id| id.0).collect();
            let rows = raw_logits_of(&model.path(), &numbers);
            let log = |row: &[f32], id: u32| f64::from(row[id as usize]) - log_sum_exp(row);
            let mut logprob: f64 = (base.len()..all.len())
                .map(|place| log(&rows[place - 1], numbers[place]))
                .sum();
            let end = rows.last().unwrap();
            let ends = engine.info.end_tokens.iter();
            logprob += ends.map(|id| log(end, id.0).exp()).sum::<f64>().ln();
            let off = (odds.logprob - logprob).abs();
            assert!(off < TOLERANCE_F16, "{}: {off}", odds.label);
        }
        // The prompt is in the cache as it was.
        let next = [base, ids(2, 20)].concat();
        let answer = engine.generate(plain(&next, 12)).unwrap();
        assert_eq!(answer.stats.cached_tokens, 60);
        assert_agree(&answer, &fresh(model, &next, 12));
    }
}

/// An answer that repeats itself: of three words, whichever the model prefers.
fn repeating(prompt: &[TokenId]) -> GenerateRequest {
    let mut request = plain(prompt, 120);
    let bias = 1000.0;
    let wanted = [700, 701, 702].map(TokenId);
    request.sampling.logit_bias = wanted.map(|id| LogitBias { id, bias }).to_vec();
    request
}

#[test]
fn wrong_guesses_leave_no_trace() {
    for model in Tiny::ALL {
        let mut engine = Engine::load_with(|load| {
            tiny(model)(load);
            load.speculate = Some(0.0);
        });
        let prompt = ids(1, 90);
        let guessed = engine.generate(repeating(&prompt)).unwrap();
        let stats = guessed.stats.speculation;
        if goes_back(model) {
            assert!(
                stats.accepted > 0 && stats.accepted < stats.guessed,
                "{stats:?}"
            );
        } else {
            assert_eq!(stats.guessed, 0);
        }
        let alone = Engine::load_with(tiny(model))
            .generate(repeating(&prompt))
            .unwrap();
        assert_eq!(guessed.ids(), alone.ids());
        for (one, other) in guessed.tokens.iter().zip(&alone.tokens) {
            assert!((one.trace.logprob - other.trace.logprob).abs() < TOLERANCE);
        }
        let next = on(&prompt, &guessed, ids(2, 20));
        let second = engine.generate(plain(&next, 12)).unwrap();
        assert_eq!(second.stats.cached_tokens, guessed.stats.context_used);
        assert_agree(&second, &fresh(model, &next, 12));
    }
}

#[test]
fn two_at_once_are_each_what_they_are_alone() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompts = [ids(1, 60), ids(2, 80)];
        let requests = [("one", 0), ("two", 1)].map(|(key, place)| of(key, &prompts[place], 16));
        let together = engine.generate_all(requests.to_vec());
        let ends = together.ends.into_iter().map(Result::unwrap);
        let ends: Vec<_> = ends.collect();
        for (prompt, end) in prompts.iter().zip(&ends) {
            assert_agree(end, &fresh(model, prompt, 16));
        }
        let next = on(&prompts[0], &ends[0], ids(3, 20));
        let second = engine.generate(of("one", &next, 16)).unwrap();
        let (cached, again) = (second.stats.cached_tokens, second.stats.cache.again);
        if goes_back(model) {
            assert_eq!((cached, again), (ends[0].stats.context_used, None));
        } else {
            // There is one place, and the other one has it.
            assert_eq!((cached, again), (0, Some(Recomputed::Evicted)));
        }
        assert_agree(&second, &fresh(model, &next, 16));
    }
}

#[test]
fn a_place_is_asked_about_again_and_nothing_that_is_cached_goes() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompt = ids(1, 90);
        let written = engine.generate(plain(&prompt, 60)).unwrap();
        let settings = SamplerSettings {
            temperature: 0.0,
            ..SamplerSettings::default()
        };
        for place in [0, 7, 59] {
            let tokens = Prompt::Tokens(prompt.clone());
            let about = reconsider::about(&tokens, &written.ids(), place, &settings);
            let now = reconsider::ask(&mut engine, about).unwrap();
            let then = &written.tokens[place].trace;
            assert!(
                (now.trace.logprob - then.logprob).abs() < TOLERANCE,
                "{place}"
            );
        }
        let next = on(&prompt, &written, ids(2, 10));
        let second = engine.generate(plain(&next, 12)).unwrap();
        assert_eq!(second.stats.cached_tokens, written.stats.context_used);
        assert_agree(&second, &fresh(model, &next, 12));
    }
}

#[test]
fn what_is_cached_moves_to_a_larger_context() {
    for model in Tiny::ALL {
        let mut engine = engine(model);
        let prompt = ids(1, 480);
        let answer = engine.generate(plain(&prompt, 60)).unwrap();
        assert_eq!(answer.grown, [1024]);
        let mut large = Engine::load_with(|load| {
            tiny(model)(load);
            load.context_size = Some(1024);
        });
        assert_agree(&answer, &large.generate(plain(&prompt, 60)).unwrap());
    }
}

#[test]
fn a_first_prompt_that_is_cancelled_in_the_middle_leaves_nothing_behind() {
    for model in Tiny::ALL {
        // One decode of many parts, so that some are computed when it ends.
        let mut engine = Engine::load_with(|load| {
            tiny(model)(load);
            (load.batch_size, load.ubatch_size) = (4096, 16);
            load.context_size = Some(4096);
        });
        let mut told = false;
        let cancelled = engine
            .generate_until(plain(&ids(1, 3000), 8), |_| {
                !std::mem::replace(&mut told, true)
            })
            .unwrap();
        assert_eq!(cancelled.stop, StopReason::Cancelled);
        assert!(cancelled.tokens.is_empty());
        let answer = engine.generate(plain(&ids(2, 40), 12)).unwrap();
        assert_eq!(answer.stats.cached_tokens, 0);
        assert_agree(&answer, &fresh(model, &ids(2, 40), 12));
    }
}

#[test]
fn what_a_window_no_longer_sees_may_go_and_is_missed_only_where_it_is_seen_again() {
    let model = Tiny::SlidingWindow;
    let mut engine = Engine::load_with(|load| {
        tiny(model)(load);
        load.context_size = Some(512);
    });
    engine.generate(plain(&ids(1, 200), 1)).unwrap();
    let prompt = ids(2, 100);
    let first = engine.generate(of("two", &prompt, 11)).unwrap();
    assert_eq!(first.stats.context_used, 110);
    // The first one makes room for these, and so does all of the second one that lies behind
    // its window.
    engine.generate(plain(&ids(3, 290), 1)).unwrap();
    let next = on(&prompt, &first, ids(4, 8));
    let second = engine.generate(of("two", &next, 1)).unwrap();
    assert_eq!(second.stats.cached_tokens, 110, "{:?}", second.stats);
    assert_agree(&second, &fresh(model, &next, 1));
    // What the token after 70 others looks at is gone: the window is of 32.
    let edited = [&prompt[..70], &ids(5, 20)].concat();
    let answer = engine.generate(of("two", &edited, 8)).unwrap();
    assert_eq!(answer.stats.cached_tokens, 0);
    assert_eq!(answer.stats.cache.again, Some(Recomputed::CannotRewind));
    assert_agree(&answer, &fresh(model, &edited, 8));
}
