//! Deaths and cancellations in the middle of real work, on the default model.

use std::path::Path;

use limpid::engine::{Engine as _, ProcessEngine};
use limpid::inference::{
    EngineCommand, EngineEvent, GenerateRequest, Keep, Prompt, RequestId, SamplerSettings,
    StopReason,
};
use rustix::process::Signal;

use super::support::{engine, find, kill, load, pid, wait_until_gone};
use crate::support::pty::test_model;

pub(super) fn generate(id: u64, max_tokens: Option<u32>) -> EngineCommand {
    EngineCommand::Generate(Box::new(GenerateRequest {
        request: RequestId(id),
        prompt: Prompt::Text("Once upon a time".into()),
        sampling: SamplerSettings {
            temperature: 0.0,
            ..SamplerSettings::default()
        },
        max_tokens,
        stop: Vec::new(),
        candidates: 5,
        chat_template: None,
        conversation: None,
        keep: Keep::Nothing,
    }))
}

fn loaded() -> ProcessEngine {
    loaded_from(&test_model())
}

/// An engine that has loaded this file.
pub(super) fn loaded_from(path: &Path) -> ProcessEngine {
    let engine = engine();
    engine.send(load(1, path)).unwrap();
    find(&engine, |event| match event {
        EngineEvent::Loaded { .. } => Some(()),
        EngineEvent::Failed { error, .. } => panic!("{error}"),
        _ => None,
    });
    engine
}

/// Waits for a token of this request.
fn token(engine: &ProcessEngine, id: u64) {
    find(engine, |event| match event {
        EngineEvent::Token(token) if token.request == RequestId(id) => Some(()),
        EngineEvent::Failed { error, .. } => panic!("{error}"),
        EngineEvent::Finished { .. } => panic!("finished without a token"),
        _ => None,
    });
}

fn finished(engine: &ProcessEngine, id: u64) -> StopReason {
    find(engine, |event| match event {
        EngineEvent::Finished { request, stop, .. } if request == RequestId(id) => Some(stop),
        EngineEvent::Failed { error, .. } => panic!("{error}"),
        _ => None,
    })
}

#[test]
fn an_engine_killed_in_mid_answer_is_restarted_by_the_next_request() {
    for signal in [Signal::KILL, Signal::SEGV, Signal::ABORT] {
        let engine = loaded();
        engine.send(generate(2, None)).unwrap();
        token(&engine, 2);
        let exit = kill(&engine, signal);
        assert_eq!(exit.signal, Some(signal.as_raw()));
        assert_eq!(exit.model, Some(test_model()));
        engine.send(generate(3, Some(4))).unwrap();
        assert_eq!(finished(&engine, 3), StopReason::Length);
    }
}

#[test]
fn a_model_that_killed_three_engines_is_refused() {
    let engine = loaded();
    for id in 2..5 {
        engine.send(generate(id, None)).unwrap();
        token(&engine, id);
        kill(&engine, Signal::KILL);
    }
    engine.send(generate(5, Some(1))).unwrap();
    let error = find(&engine, |event| match event {
        EngineEvent::Failed {
            request: Some(RequestId(5)),
            error,
        } => Some(error.to_string()),
        EngineEvent::Token(_) => panic!("the model was used a fourth time"),
        _ => None,
    });
    assert!(error.contains(test_model().to_str().unwrap()), "{error}");
}

#[test]
fn an_engine_in_mid_answer_ends_with_its_channel() {
    let engine = loaded();
    engine.send(generate(2, None)).unwrap();
    token(&engine, 2);
    let pid = pid(&engine);
    drop(engine);
    wait_until_gone(pid);
}

#[test]
fn a_cancelled_answer_keeps_its_engine() {
    let engine = loaded();
    let pid_before = pid(&engine);
    engine.send(generate(2, None)).unwrap();
    token(&engine, 2);
    engine.send(EngineCommand::Cancel(RequestId(2))).unwrap();
    assert_eq!(finished(&engine, 2), StopReason::Cancelled);
    engine.send(generate(3, Some(2))).unwrap();
    assert_eq!(finished(&engine, 3), StopReason::Length);
    assert_eq!(pid(&engine), pid_before);
}

#[test]
fn a_new_model_ends_the_running_answer_as_cancelled() {
    let engine = loaded();
    engine.send(generate(2, None)).unwrap();
    token(&engine, 2);
    engine.send(load(3, test_model())).unwrap();
    let mut closed = false;
    loop {
        match super::support::event(&engine) {
            EngineEvent::Failed {
                request: Some(RequestId(2)),
                ..
            } => closed = true,
            EngineEvent::Loaded {
                request: RequestId(3),
                ..
            } => break,
            EngineEvent::Exited(exit) => panic!("{exit}"),
            _ => {}
        }
    }
    assert!(closed);
}
