//! An engine that fails, dies and comes back.

use super::harness::*;
use crate::chat::session::{EngineStatus, SessionOptions};
use crate::chat::{AnswerState, Effect, RecordBody, UserEvent};
use crate::inference::*;
use crate::words::Said;

fn failed(request: RequestId, error: EngineError) -> EngineEvent {
    EngineEvent::Failed {
        request: Some(request),
        error,
    }
}

fn not_loadable() -> EngineError {
    EngineError::ModelNotLoadable {
        path: MODEL.into(),
        reason: Said::verbatim("it is a text file"),
    }
}

#[test]
fn when_the_engine_dies_the_partial_answer_stays_and_the_reason_is_shown() {
    let mut h = Harness::new();
    h.submit("Hi").token("Hel").engine(died());
    assert_eq!(h.shown(), ["Hi", "Hel"]);
    assert!(matches!(
        &h.last().answer.as_ref().unwrap().state,
        AnswerState::Failed(sentence) if sentence.contains("SIGSEGV")
    ));
    let said = h.said();
    assert!(
        said.contains("SIGSEGV") && said.contains("GGML_ASSERT"),
        "{said}"
    );
    assert!(said.contains("next message"), "{said}");
    assert!(matches!(h.session.engine(), EngineStatus::Died(_)));
    assert!(h.is_idle());
}

#[test]
fn what_came_before_a_death_is_on_disk() {
    let mut h = Harness::new();
    h.submit("Hi").token("Hel").engine(died());
    let appended = h.appended();
    assert!(
        appended
            .iter()
            .any(|record| matches!(record, RecordBody::Chunk { content, .. } if content == b"Hel"))
    );
    assert!(
        matches!(appended.last(), Some(RecordBody::End { failure: Some(reason), .. }) if reason.contains("SIGSEGV"))
    );
    let synced = |effect: &Effect| matches!(effect, Effect::Append { sync: true, .. });
    assert!(h.effects.iter().any(synced));
}

#[test]
fn the_next_message_starts_a_dead_engine_again() {
    let mut h = Harness::new();
    let load = h.session.load.unwrap();
    h.submit("Hi").engine(died());
    h.submit("again");
    assert_eq!(h.prompt(), [user("Hi\n\nagain")]);
    h.engine(EngineEvent::Loading {
        request: load,
        fraction: 0.5,
    });
    assert!(matches!(h.session.engine(), EngineStatus::Loading { .. }));
    h.engine(EngineEvent::Loaded {
        request: load,
        model: Box::new(model(MODEL)),
    });
    assert!(h.sent().is_none(), "it was asked already");
    h.token("Hello").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["Hi", "", "again", "Hello"]);
}

#[test]
fn a_death_while_loading_is_tried_again_by_the_next_message() {
    let mut h = Harness::bare(SessionOptions::default());
    h.user(UserEvent::LoadModel(MODEL.into()))
        .submit("Hi")
        .engine(died());
    assert!(h.is_idle());
    assert!(h.said().contains("/regen"), "{}", h.said());
    h.user(UserEvent::Regenerate);
    let load = h.sent_load();
    assert_eq!(load.path.to_str(), Some(MODEL));
    h.engine(EngineEvent::Loaded {
        request: load.request,
        model: Box::new(model(MODEL)),
    });
    assert_eq!(h.prompt(), [user("Hi")]);
}

#[test]
fn what_is_queued_waits_after_a_failure_and_goes_before_the_next() {
    let mut h = Harness::new();
    h.submit("one").submit("two").engine(died());
    assert!(h.sent().is_none());
    assert!(h.said().contains("queued waits"), "{}", h.said());
    h.submit("three");
    assert_eq!(h.prompt(), [user("one\n\ntwo")]);
    assert_eq!(h.session.queued(), Some("three"));
}

#[test]
fn a_refused_model_is_said_and_stays_so() {
    let mut h = Harness::new();
    h.engine(died()).submit("Hi");
    let request = h.running();
    let refused = EngineError::Refused {
        reason: Said::verbatim("the engine died 3 times on it"),
    };
    h.engine(failed(request, refused.clone()));
    assert_eq!(h.session.engine(), &EngineStatus::Refused(refused));
    assert!(h.said().contains("died 3 times"), "{}", h.said());
    h.submit("again");
    assert!(h.sent().is_none());
    assert!(h.said().contains("/model"), "{}", h.said());
    h.load(OTHER_MODEL);
    assert_eq!(h.prompt(), [user("Hi\n\nagain")]);
}

#[test]
fn a_model_that_does_not_load_is_said_and_the_message_waits_for_another() {
    let mut h = Harness::bare(SessionOptions::default());
    h.user(UserEvent::LoadModel(MODEL.into()));
    let load = h.sent_load().request;
    h.submit("Hi").engine(failed(load, not_loadable()));
    assert!(
        h.said().contains("text file") && h.said().contains("/model"),
        "{}",
        h.said()
    );
    assert_eq!(h.session.engine(), &EngineStatus::Refused(not_loadable()));
    h.load(OTHER_MODEL);
    assert_eq!(h.prompt(), [user("Hi")]);
}

#[test]
fn a_request_that_fails_says_why_and_the_engine_stays() {
    let mut h = Harness::new();
    h.submit("Hi");
    let request = h.running();
    h.engine(failed(
        request,
        EngineError::Template {
            reason: Said::verbatim("line 3"),
        },
    ));
    assert_eq!(h.said(), "The chat template failed: line 3.");
    assert!(matches!(h.session.engine(), EngineStatus::Ready(_)));
    assert!(matches!(
        &h.last().answer.as_ref().unwrap().state,
        AnswerState::Failed(sentence) if sentence.contains("line 3")
    ));
    h.submit("again");
    assert!(h.sent().is_some());
}

#[test]
fn a_restart_that_cannot_load_says_why_the_answer_failed() {
    let mut h = Harness::new();
    let load = h.session.load.unwrap();
    h.engine(died()).submit("Hi");
    let request = h.running();
    h.engine(failed(load, not_loadable()));
    h.engine(failed(request, EngineError::NoModel));
    assert!(h.said().contains("text file"), "{}", h.said());
    assert!(h.is_idle());
}

#[test]
fn loading_another_model_ends_the_answer_and_asks_nothing_again() {
    let mut h = Harness::new();
    h.submit("Hi").token("a");
    let request = h.running();
    h.user(UserEvent::LoadModel(OTHER_MODEL.into()));
    assert_eq!(h.cancelled(), Some(request));
    let load = h.sent_load().request;
    h.engine(EngineEvent::Loaded {
        request: load,
        model: Box::new(model(OTHER_MODEL)),
    });
    assert!(h.sent().is_none());
    assert!(h.is_idle());
    assert_eq!(h.shown(), ["Hi", "a"]);
}

#[test]
fn of_two_loads_only_the_last_one_counts() {
    let mut h = Harness::bare(SessionOptions::default());
    h.user(UserEvent::LoadModel(MODEL.into()));
    let first = h.sent_load().request;
    h.user(UserEvent::LoadModel(OTHER_MODEL.into()));
    let second = h.sent_load().request;
    h.engine(failed(first, EngineError::Cancelled));
    h.engine(EngineEvent::Loaded {
        request: first,
        model: Box::new(model(MODEL)),
    });
    assert!(matches!(h.session.engine(), EngineStatus::Loading { .. }));
    h.engine(EngineEvent::Loaded {
        request: second,
        model: Box::new(model(OTHER_MODEL)),
    });
    assert_eq!(h.session.model().unwrap().path.to_str(), Some(OTHER_MODEL));
}

#[test]
fn a_load_uses_the_options_with_its_own_path_and_request() {
    let mut template = LoadRequest::new(RequestId(0), "unused".into());
    template.context_size = Some(4096);
    let mut h = Harness::bare(SessionOptions {
        load: Some(template),
        ..Default::default()
    });
    h.user(UserEvent::LoadModel(MODEL.into()));
    let load = h.sent_load();
    assert_eq!(load.context_size, Some(4096));
    assert_eq!(load.path.to_str(), Some(MODEL));
    assert_eq!(load.request, h.session.options().first_request);
}

#[test]
fn a_grown_context_shows_in_the_model() {
    let mut h = Harness::new();
    h.engine(EngineEvent::ContextGrown { size: 4096 });
    assert_eq!(h.session.model().unwrap().context_size, 4096);
}

#[test]
fn what_the_engine_wants_said_is_said() {
    let mut h = Harness::new();
    h.engine(EngineEvent::Notice {
        request: None,
        text: Said::verbatim("no template: ChatML is used"),
    });
    assert_eq!(h.said(), "no template: ChatML is used");
}
