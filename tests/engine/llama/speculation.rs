//! Guessing ahead: the same answer, in fewer decodes.

use limpid::inference::{Prompt, SamplerSettings, StopReason};

use super::support::{Answer, Engine, assert_agree, endless, greedy, request, story, text};

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
    let prompt = text(&copying());
    for seed in [1, 2, 3] {
        let drawn = SamplerSettings {
            seed: Some(seed),
            temperature: 0.6,
            ..SamplerSettings::default()
        };
        let wanted = endless(request(prompt.clone(), 60, drawn));
        let guessed = guessing().generate(wanted.clone()).unwrap();
        let alone = plain().generate(wanted).unwrap();
        assert_guessed(&guessed);
        let same = guessed
            .ids()
            .iter()
            .zip(alone.ids())
            .take_while(|(one, other)| **one == *other)
            .count();
        // A draw that falls close to the boundary between two tokens may fall on either side.
        if same < 60 {
            let [one, other] = [&guessed, &alone].map(|answer| &answer.tokens[same].trace);
            let known = one.candidates.iter().find(|it| it.id == other.id);
            assert!(known.is_some_and(|it| it.final_probability > 0.0));
            assert!(same > 5, "they part after {same} tokens");
        }
    }
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
