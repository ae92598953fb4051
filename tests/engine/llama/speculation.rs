//! Guessing ahead: the same answer, in fewer decodes.

use std::ops::Range;

use limpid::inference::{Prompt, SamplerSettings, StopReason, TokenId};

use super::draws::assert_drawn_alike;
use super::support::{
    Answer, Engine, TEMPERATURE, assert_agree, drawn, endless, greedy, request, story, text,
};
use crate::support::counts::{Counts, counts, look_alike};

/// Tosses of a coin: each run of three came before, so that the next is always guessed, and
/// nobody knows it.
const TOSSES: &str = "0110100110010110100101100110100110010110011010010110100110010110";

/// How often three are drawn.
const DRAWS: u32 = 300;

/// An engine that guesses whatever that costs here: what gains depends on the machine, and on
/// what else it does.
fn guessing() -> Engine {
    Engine::load_with(|load| load.speculate = Some(0.0))
}

fn plain() -> Engine {
    Engine::load_with(|load| load.speculate = None)
}

/// A text that was copied once, and whose next copy has begun.
fn copying() -> String {
    let text = story(120);
    format!("{text}\n\n{text}\n\n{}", &text[..text.len() / 2])
}

fn assert_guessed(answer: &Answer) {
    let guesses = answer.stats.speculation;
    assert!(guesses.accepted > 0, "{guesses:?}");
    assert!(guesses.accepted <= guesses.guessed);
    assert!(guesses.accepted < answer.stats.predicted_tokens);
}

#[test]
fn a_copy_is_written_as_it_would_be_without_guesses() {
    let prompt = text(&copying());
    let guessed = guessing()
        .generate(endless(greedy(prompt.clone(), 100)))
        .unwrap();
    let alone = plain().generate(endless(greedy(prompt, 100))).unwrap();
    assert_guessed(&guessed);
    assert_eq!(alone.stats.speculation.guessed, 0);
    assert_agree(&alone, &guessed);
    assert_eq!(guessed.tokens.len(), 100);
    // The last token is never computed.
    assert_eq!(guessed.stats.context_used, guessed.stats.prompt_tokens + 99);
}

#[test]
fn what_is_drawn_is_what_would_be_drawn_without_guesses() {
    let (mut guessing, mut plain) = (guessing(), plain());
    for prompt in [&copying(), TOSSES] {
        for seed in [1, 2, 3] {
            let wanted = drawn(text(prompt), 60, seed);
            let guessed = guessing.generate(wanted.clone()).unwrap();
            let alone = plain.generate(wanted).unwrap();
            assert_guessed(&guessed);
            assert_drawn_alike(&guessed, &alone, seed, TEMPERATURE);
        }
    }
}

/// Answers of three tosses, each of another seed, and how many guesses were made and came true.
fn tosses(mut engine: Engine, seeds: Range<u32>) -> (Counts<Vec<TokenId>>, (u32, u32)) {
    let mut guesses = (0, 0);
    let answers = seeds.map(|seed| {
        let sampling = SamplerSettings {
            seed: Some(seed),
            temperature: 1.0,
            top_k: 2,
            top_p: 1.0,
            min_p: 0.0,
            ..SamplerSettings::default()
        };
        let answer = engine
            .generate(endless(request(text(TOSSES), 3, sampling)))
            .unwrap();
        let made = answer.stats.speculation;
        guesses = (guesses.0 + made.guessed, guesses.1 + made.accepted);
        answer.ids()
    });
    (counts(answers.collect::<Vec<_>>()), guesses)
}

#[test]
fn many_draws_are_distributed_as_without_guesses() {
    // Of other seeds, so that nothing makes them alike but the odds.
    let (guessed, alone) = std::thread::scope(|scope| {
        let guessed = scope.spawn(|| tosses(guessing(), 0..DRAWS));
        let alone = scope.spawn(|| tosses(plain(), DRAWS..2 * DRAWS));
        (guessed.join().unwrap(), alone.join().unwrap())
    });
    let ((guessed, (made, true_ones)), (alone, (none, _))) = (guessed, alone);
    assert_eq!(none, 0);
    // Nearly each answer had one, and a good part of them was not what was drawn.
    assert!(made > DRAWS * 3 / 4, "{made}");
    assert!(
        true_ones > made / 10 && true_ones < made * 9 / 10,
        "{true_ones} of {made}"
    );
    assert!(look_alike(&guessed, &alone), "{guessed:?}\n{alone:?}");
}

#[test]
fn what_was_guessed_beyond_the_end_is_forgotten() {
    let prompt = text(&copying());
    let whole = guessing()
        .generate(endless(greedy(prompt.clone(), 80)))
        .unwrap();
    let words = whole.text();
    let stop = words.split_whitespace().nth(20).unwrap().to_owned();
    let mut until = endless(greedy(prompt.clone(), 80));
    until.stop = vec![stop.clone()];
    let mut engine = guessing();
    let stopped = engine.generate(until).unwrap();
    assert_eq!(stopped.stop, StopReason::StopString(stop));
    assert!(words.starts_with(&stopped.text()));
    assert!(
        stopped.stats.context_used < stopped.stats.prompt_tokens + stopped.stats.predicted_tokens
    );
    // What is cached is the prompt and the answer, and nothing else.
    let mut ids = engine.ids(&copying());
    ids.extend(stopped.ids());
    let on = Prompt::Tokens(ids);
    let next = engine.generate(endless(greedy(on.clone(), 12))).unwrap();
    assert!(next.stats.cached_tokens >= stopped.stats.prompt_tokens);
    assert_agree(&next, &plain().generate(endless(greedy(on, 12))).unwrap());
}

#[test]
fn a_context_is_filled_to_its_last_cell() {
    let prompt = text(&story(60).repeat(2));
    let full = |mut engine: Engine| {
        engine
            .generate(endless(greedy(prompt.clone(), 4000)))
            .unwrap()
    };
    let small = |speculate| {
        full(Engine::load_with(|load| {
            load.context_size = Some(256);
            load.speculate = speculate;
        }))
    };
    let (guessed, alone) = (small(Some(0.0)), small(None));
    assert_eq!(guessed.stop, StopReason::ContextFull);
    assert_eq!(guessed.stats.context_used, 256);
    assert_eq!(guessed.tokens.len(), alone.tokens.len());
}
