//! A place in an answer, asked of again: the model's numbers, the settings of now, the cache.

use limpid::inference::{
    Candidate, DryPenalty, EngineCommand, EngineError, EngineEvent, LogitBias, LogitChanger,
    Mirostat, Prompt, ReconsiderRequest, Reconsidered, RequestId, Role, SamplerKind, SamplerLink,
    SamplerSettings, SamplerState, StopReason, TokenId,
};

use super::support::{Answer, Engine, TOLERANCE, chat, endless, request, story, text};

/// How far probabilities may differ where log-probabilities differ by the tolerance.
const SHARE: f32 = 0.06;

fn drawn() -> SamplerSettings {
    SamplerSettings {
        seed: Some(11),
        ..SamplerSettings::default()
    }
}

fn question() -> Prompt {
    chat(&[
        (Role::System, "You answer in whole sentences."),
        (Role::User, "Why is the sky blue?"),
    ])
}

/// Asks about the token `place` of an answer.
pub fn about(
    prompt: &Prompt,
    ids: &[TokenId],
    place: usize,
    now: &SamplerSettings,
) -> ReconsiderRequest {
    ReconsiderRequest {
        request: RequestId(0),
        prompt: prompt.clone(),
        written: ids[..place].to_vec(),
        chosen: ids[place],
        sampling: now.clone(),
        recorded: SamplerState::default(),
        candidates: 20,
        chat_template: None,
    }
}

pub fn ask(engine: &mut Engine, request: ReconsiderRequest) -> Result<Reconsidered, EngineError> {
    ask_until(engine, request, |_, _| false).0
}

/// Asks, and cancels at the first progress for which `cancel` is true; tells the last of it.
fn ask_until(
    engine: &mut Engine,
    mut request: ReconsiderRequest,
    cancel: impl Fn(u32, u32) -> bool,
) -> (Result<Reconsidered, EngineError>, (u32, u32)) {
    let id = engine.request();
    request.request = id;
    engine.tell(EngineCommand::Reconsider(Box::new(request)));
    let mut progress = (0, 0);
    loop {
        let event = engine.wait(Some);
        assert_eq!(event.request().unwrap_or(id), id);
        match event {
            EngineEvent::Reconsidered(found) => return (Ok(*found), progress),
            EngineEvent::Failed { error, .. } => return (Err(error), progress),
            EngineEvent::Prefill { done, total, .. } => {
                progress = (done, total);
                if cancel(done, total) {
                    engine.tell(EngineCommand::Cancel(id));
                }
            }
            _ => {}
        }
    }
}

fn find(candidates: &[Candidate], id: TokenId) -> Option<&Candidate> {
    candidates.iter().find(|candidate| candidate.id == id)
}

/// Holds candidates against those of a real generation.
fn assert_same(now: &[Candidate], real: &[Candidate], what: &str) {
    let mut compared = 0;
    for real in real {
        // What is near the end of one list may be beyond the other's.
        let Some(now) = find(now, real.id) else {
            continue;
        };
        compared += 1;
        assert!(
            (now.logprob - real.logprob).abs() < TOLERANCE,
            "{what}: {now:?} and {real:?}"
        );
        assert!(
            (now.final_probability - real.final_probability).abs() < SHARE,
            "{what}: {now:?} and {real:?}"
        );
        let boundary = now.final_probability.max(real.final_probability) < SHARE;
        assert!(
            now.link == real.link || boundary,
            "{what}: {now:?} and {real:?}"
        );
    }
    assert!(compared >= 8, "{what}: {compared} candidates are in both");
}

fn answer(engine: &mut Engine, sampling: SamplerSettings, length: u32) -> Answer {
    let mut request = request(question(), length, sampling);
    request.candidates = 20;
    engine.generate(request).unwrap()
}

#[test]
fn every_place_of_an_answer_is_as_it_was_when_it_was_written_and_costs_one_decode() {
    let mut engine = Engine::load();
    let written = answer(&mut engine, drawn(), 40);
    let ids = written.ids();
    for (place, token) in written.tokens.iter().enumerate() {
        let now = ask(&mut engine, about(&question(), &ids, place, &drawn())).unwrap();
        let what = format!("token {place} of {}", ids.len());
        assert_eq!(now.decodes, 1, "{what}");
        assert_eq!(now.cached_tokens, now.prompt_tokens - 1, "{what}");
        assert_eq!(now.trace.id, token.trace.id);
        assert_eq!(now.trace.kind, token.trace.kind);
        assert!(
            (now.trace.logprob - token.trace.logprob).abs() < TOLERANCE,
            "{what}"
        );
        assert_same(&now.trace.candidates, &token.trace.candidates, &what);
        for candidate in &now.trace.candidates {
            assert!(now.piece(candidate.id).is_some(), "{what}");
        }
    }
}

#[test]
fn asking_again_throws_nothing_away_that_is_cached() {
    let mut engine = Engine::load();
    let written = answer(&mut engine, drawn(), 40);
    let ids = written.ids();
    for place in [0, 3, ids.len() / 2, ids.len() - 2, ids.len() - 1] {
        ask(&mut engine, about(&question(), &ids, place, &drawn())).unwrap();
    }
    let mut on: Vec<TokenId> = engine
        .render(question())
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    on.extend(written.text_ids());
    // All that the answer had computed is there still, to its last token.
    let next = engine
        .generate(request(Prompt::Tokens(on.clone()), 4, drawn()))
        .unwrap();
    let computed = written.stats.context_used.min(on.len() as u32 - 1);
    assert_eq!(next.stats.cached_tokens, computed, "{:?}", next.stats);
}

#[test]
fn the_second_column_is_what_a_generation_with_these_settings_reports_there() {
    let mut engine = Engine::load();
    let written = answer(&mut engine, drawn(), 24);
    let ids = written.ids();
    let prompt: Vec<TokenId> = engine
        .render(question())
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let forced = ids[10];
    let changed: [(&str, SamplerSettings); 5] = [
        (
            "temperature and top-k",
            SamplerSettings {
                temperature: 0.4,
                top_k: 5,
                ..drawn()
            },
        ),
        (
            "min-p alone",
            SamplerSettings {
                min_p: 0.2,
                order: vec![SamplerKind::MinP],
                ..drawn()
            },
        ),
        (
            "penalties",
            SamplerSettings {
                repeat_penalty: 1.5,
                frequency_penalty: 0.5,
                presence_penalty: 0.3,
                ..drawn()
            },
        ),
        (
            "DRY over the whole context",
            SamplerSettings {
                dry: DryPenalty {
                    multiplier: 2.0,
                    ..DryPenalty::default()
                },
                ..drawn()
            },
        ),
        (
            "bias",
            SamplerSettings {
                logit_bias: vec![LogitBias {
                    id: forced,
                    bias: 3.0,
                }],
                ..drawn()
            },
        ),
    ];
    for (name, settings) in &changed {
        for place in [1, 10, ids.len() - 1] {
            let now = ask(&mut engine, about(&question(), &ids, place, settings)).unwrap();
            let before = [&prompt[..], &ids[..place]].concat();
            let mut real = request(Prompt::Tokens(before), 1, settings.clone());
            real.candidates = 20;
            let real = engine.generate(real).unwrap();
            let what = format!("{name} at {place}");
            assert_same(
                &now.trace.candidates,
                &real.tokens[0].trace.candidates,
                &what,
            );
        }
    }
}

#[test]
fn a_grammar_is_where_it_was_when_the_place_was_written() {
    let mut engine = Engine::load();
    let strict = SamplerSettings {
        grammar: Some("root ::= \"maybe tomorrow\" | \"perhaps never\"".to_owned()),
        ..drawn()
    };
    let written = answer(&mut engine, strict.clone(), 20);
    assert_eq!(written.stop, StopReason::EndOfGeneration);
    let ids = written.ids();
    for (place, token) in written.tokens.iter().enumerate() {
        let now = ask(&mut engine, about(&question(), &ids, place, &strict)).unwrap();
        let candidates = &now.trace.candidates;
        assert_same(
            candidates,
            &token.trace.candidates,
            &format!("token {place}"),
        );
        let kept = |one: &&Candidate| one.link == SamplerLink::Kept;
        assert!(candidates.iter().filter(kept).count() <= 8);
    }
    let free = answer(&mut engine, drawn(), 6).ids();
    let error = ask(&mut engine, about(&question(), &free, 5, &strict)).unwrap_err();
    assert!(error.to_string().contains("grammar"), "{error}");
}

#[test]
fn samplers_that_draw_or_remember_do_what_they_did() {
    let mut engine = Engine::load();
    let plain = || SamplerSettings {
        top_k: 40,
        top_p: 1.0,
        min_p: 0.0,
        ..drawn()
    };
    let cases = [
        SamplerSettings {
            xtc_probability: 0.5,
            xtc_threshold: 0.08,
            ..plain()
        },
        SamplerSettings {
            mirostat: Mirostat::V2,
            mirostat_tau: 2.0,
            mirostat_eta: 0.3,
            ..plain()
        },
        SamplerSettings {
            mirostat: Mirostat::V1,
            mirostat_tau: 2.0,
            mirostat_eta: 0.3,
            ..plain()
        },
    ];
    for settings in &cases {
        let written = answer(&mut engine, settings.clone(), 24);
        let ids = written.ids();
        let mut states = Vec::new();
        for (place, token) in written.tokens.iter().enumerate() {
            let recorded = token.trace.state;
            states.push(recorded);
            let request = ReconsiderRequest {
                recorded,
                ..about(&question(), &ids, place, settings)
            };
            let now = ask(&mut engine, request).unwrap();
            let what = format!("token {place} under {recorded:?}");
            assert_same(&now.trace.candidates, &token.trace.candidates, &what);
        }
        let differ = |one: &SamplerState| *one != states[0];
        assert!(states.iter().any(differ), "{states:?}");
        assert!(
            states
                .iter()
                .all(|state| state.xtc.is_some() != state.mirostat_mu.is_some())
        );
    }
}

#[test]
fn what_changes_logits_is_told_link_by_link() {
    let mut engine = Engine::load();
    let plain = SamplerSettings {
        top_k: 0,
        top_p: 1.0,
        min_p: 0.0,
        temperature: 0.5,
        ..drawn()
    };
    let prompt = text("red blue red blue red blue red");
    let ids = engine
        .generate(request(prompt.clone(), 2, plain.clone()))
        .unwrap()
        .ids();
    let likely = ask(&mut engine, about(&prompt, &ids, 0, &plain)).unwrap();
    let biased = likely.trace.candidates[1].id;
    let settings = SamplerSettings {
        logit_bias: vec![LogitBias {
            id: biased,
            bias: 1.5,
        }],
        presence_penalty: 0.75,
        dry: DryPenalty {
            multiplier: 1.0,
            ..DryPenalty::default()
        },
        ..plain
    };
    let now = ask(&mut engine, about(&prompt, &ids, 0, &settings)).unwrap();
    let order: Vec<_> = now.changes.iter().map(|change| change.by).collect();
    assert_eq!(
        order,
        [
            LogitChanger::Bias,
            LogitChanger::Penalties,
            LogitChanger::Dry,
            LogitChanger::Temperature
        ]
    );
    let mut logits = now.logits.clone();
    let mut by_penalties = 0;
    for change in &now.changes {
        assert_eq!(change.logits.len(), now.trace.candidates.len());
        for ((candidate, logit), changed) in now
            .trace
            .candidates
            .iter()
            .zip(&mut logits)
            .zip(&change.logits)
        {
            let (before, after) = changed.expect("nothing is dropped here");
            assert_eq!(before, *logit, "each begins where the one before ended");
            match change.by {
                LogitChanger::Bias => {
                    let bias = if candidate.id == biased { 1.5 } else { 0.0 };
                    assert!((after - before - bias).abs() < 1e-4);
                }
                LogitChanger::Penalties => {
                    assert!(after == before || (before - after - 0.75).abs() < 1e-4);
                    by_penalties += u32::from(after != before);
                }
                LogitChanger::Dry => assert!(after <= before),
                LogitChanger::Temperature => assert!((after - before / 0.5).abs() < 1e-3),
            }
            *logit = after;
        }
    }
    assert!(by_penalties > 0, "a colour that came is likely again");
    // With nothing dropped the last logits are those of the probabilities that are told.
    let (one, other) = (&now.trace.candidates[0], &now.trace.candidates[1]);
    let ratio = (one.final_probability / other.final_probability).ln();
    assert!((ratio - (logits[0] - logits[1])).abs() < 1e-2);
}

#[test]
fn what_is_not_cached_is_read_once_with_progress_and_then_costs_one_decode() {
    let mut engine = Engine::load();
    let prompt = text(&story(800));
    let ids = vec![TokenId(28), TokenId(339), TokenId(260)];
    let long = about(&prompt, &ids, 2, &drawn());
    let (cancelled, (done, total)) = ask_until(&mut engine, long.clone(), |done, _| done > 0);
    assert_eq!(cancelled, Err(EngineError::Cancelled));
    assert!(done < total, "{done} of {total}");
    let (read, progress) = ask_until(&mut engine, long.clone(), |_, _| false);
    let read = read.unwrap();
    assert_eq!(read.cached_tokens, done, "what was read stays");
    assert_eq!(progress, (total, total));
    let again = ask(&mut engine, long).unwrap();
    assert_eq!((again.decodes, again.cached_tokens), (1, total - 1));
    assert_same(&again.trace.candidates, &read.trace.candidates, "again");
    let earlier = ask(&mut engine, about(&prompt, &ids, 1, &drawn())).unwrap();
    assert_eq!(earlier.decodes, 1);
}

#[test]
fn a_context_without_a_free_cell_keeps_what_it_has() {
    let mut engine = Engine::load_with(|load| load.context_size = Some(256));
    let prompt = text(&story(60));
    let written = engine
        .generate(endless(request(prompt.clone(), 2000, drawn())))
        .unwrap();
    assert_eq!(written.stop, StopReason::ContextFull);
    let ids = written.ids();
    for place in [4, ids.len() - 1] {
        let now = ask(&mut engine, about(&prompt, &ids, place, &drawn())).unwrap();
        let difference = now.trace.logprob - written.tokens[place].trace.logprob;
        assert!(difference.abs() < TOLERANCE, "{difference} at {place}");
    }
    let mut all = engine.ids(&story(60));
    all.extend(&ids[..ids.len() - 5]);
    let next = engine
        .generate(request(Prompt::Tokens(all.clone()), 2, drawn()))
        .unwrap();
    assert_eq!(next.stats.cached_tokens, all.len() as u32 - 1);
}
