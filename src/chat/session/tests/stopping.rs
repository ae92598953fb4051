//! Stopping, at every moment at which one can.

use super::harness::*;
use crate::chat::session::{Activity, EngineStatus, SessionOptions};
use crate::chat::{AnswerState, UserEvent};
use crate::inference::*;

fn cancelled() -> AnswerState {
    AnswerState::Ended(StopReason::Cancelled)
}

#[test]
fn stop_cancels_and_keeps_what_came() {
    let mut h = Harness::new();
    h.submit("Hi").token("Hel");
    let request = h.running();
    h.user(UserEvent::Stop);
    assert_eq!(h.cancelled(), Some(request));
    assert!(matches!(h.session.activity(), Activity::Stopping { .. }));
    h.token("lo").finish(StopReason::Cancelled);
    assert_eq!(h.shown(), ["Hi", "Hello"]);
    assert_eq!(h.last().answer.as_ref().unwrap().state, cancelled());
    assert!(h.is_idle());
}

#[test]
fn stop_works_while_the_prompt_is_read() {
    let mut h = Harness::new();
    h.submit("Hi");
    let request = h.running();
    h.engine(EngineEvent::Prefill {
        request,
        done: 0,
        total: 900,
        reused: 0,
    });
    h.user(UserEvent::Stop);
    assert_eq!(h.cancelled(), Some(request));
    h.engine(EngineEvent::Prefill {
        request,
        done: 512,
        total: 900,
        reused: 0,
    });
    assert!(matches!(h.session.activity(), Activity::Stopping { .. }));
    h.engine(EngineEvent::Failed {
        request: Some(request),
        error: EngineError::Cancelled,
    });
    assert_eq!(h.last().answer.as_ref().unwrap().state, cancelled());
    assert!(h.is_idle());
    assert_eq!(h.said(), "");
}

#[test]
fn a_second_stop_does_not_wait_for_the_engine() {
    let mut h = Harness::new();
    h.submit("Hi").token("a").user(UserEvent::Stop);
    let request = h.running();
    h.user(UserEvent::Stop);
    assert!(h.is_idle());
    assert_eq!(h.cancelled(), None, "it was asked once already");
    h.engine(token(request, b"late"));
    assert_eq!(h.shown(), ["Hi", "a"]);
}

#[test]
fn stop_takes_back_a_message_that_waits_for_a_model() {
    let mut h = Harness::bare(SessionOptions::default());
    h.user(UserEvent::LoadModel(MODEL.into()));
    let load = h.sent_load().request;
    h.submit("Hi").user(UserEvent::Stop);
    assert!(h.is_idle());
    assert_eq!(h.cancelled(), None, "the loading goes on");
    h.engine(EngineEvent::Loaded {
        request: load,
        model: Box::new(model(MODEL)),
    });
    assert!(h.sent().is_none());
    assert_eq!(h.shown(), ["Hi"]);
    h.user(UserEvent::Regenerate);
    assert_eq!(h.prompt(), [user("Hi")]);
}

#[test]
fn stop_with_nothing_waiting_cancels_the_loading() {
    let mut h = Harness::bare(SessionOptions::default());
    h.user(UserEvent::LoadModel(MODEL.into()));
    let load = h.sent_load().request;
    h.user(UserEvent::Stop);
    assert_eq!(h.cancelled(), Some(load));
    h.engine(EngineEvent::Failed {
        request: Some(load),
        error: EngineError::Cancelled,
    });
    assert_eq!(h.session.engine(), &EngineStatus::NoModel);
}

#[test]
fn stop_with_nothing_to_stop_does_nothing() {
    let mut h = Harness::new();
    h.user(UserEvent::Stop);
    assert_eq!(h.effects, []);
}

#[test]
fn what_is_queued_is_sent_after_a_stop() {
    let mut h = Harness::new();
    h.submit("one").submit("two").user(UserEvent::Stop);
    h.finish(StopReason::Cancelled);
    assert_eq!(h.prompt(), [user("one\n\ntwo")]);
}

#[test]
fn a_stopped_branch_that_waited_for_its_model_is_closed() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a", "b"]);
    h.user(UserEvent::LoadModel(OTHER_MODEL.into()));
    let message = h.last().id;
    h.user(UserEvent::BranchAt {
        message,
        index: 1,
        candidate: id_of(b"!"),
    });
    assert!(h.sent().is_none());
    h.user(UserEvent::Stop);
    assert_eq!(h.shown(), ["Hi", "a!"]);
    assert_eq!(h.last().answer.as_ref().unwrap().state, cancelled());
}
