//! Sending a message and getting an answer.

use super::harness::*;
use crate::chat::session::{Activity, EngineStatus, SessionOptions};
use crate::chat::{AnswerState, Effect, RecordBody, UserEvent};
use crate::inference::*;

#[test]
fn a_message_is_on_disk_before_the_engine_hears_of_it() {
    let mut h = Harness::new();
    h.submit("Hi");
    let synced = h.effects.iter().position(|effect| {
        matches!(effect, Effect::Append { sync: true, records, .. } if records.iter().any(
            |record| matches!(record, RecordBody::Message { content, .. } if content == b"Hi")
        ))
    });
    let asked = h
        .effects
        .iter()
        .position(|effect| matches!(effect, Effect::Engine(EngineCommand::Generate(_))));
    assert!(synced.unwrap() < asked.unwrap());
}

#[test]
fn a_message_is_shown_at_once() {
    let mut h = Harness::bare(SessionOptions::default());
    h.submit("Hi");
    assert_eq!(h.shown(), ["Hi"]);
}

#[test]
fn an_answer_streams_into_its_message() {
    let mut h = Harness::new();
    h.submit("Hi").tokens(&["Hel", "lo"]);
    assert_eq!(h.shown(), ["Hi", "Hello"]);
    assert_eq!(
        h.last().answer.as_ref().unwrap().state,
        AnswerState::Streaming
    );
    h.finish(StopReason::EndOfGeneration);
    let answer = h.last().answer.clone().unwrap();
    assert_eq!(
        answer.state,
        AnswerState::Ended(StopReason::EndOfGeneration)
    );
    assert_eq!(answer.model, "tiny");
    assert_eq!(answer.stats, Some(stats()));
    assert_eq!(h.session.last_stats(), Some(&stats()));
    assert!(h.is_idle());
}

#[test]
fn the_activity_goes_from_waiting_over_prefill_to_generating() {
    let mut h = Harness::new();
    h.submit("Hi");
    let since = h.now.monotonic;
    assert_eq!(h.session.activity(), &Activity::Waiting { since });
    let request = h.running();
    h.engine(EngineEvent::Prefill {
        request,
        done: 0,
        total: 9,
        reused: 3,
    });
    h.engine(EngineEvent::Prefill {
        request,
        done: 5,
        total: 9,
        reused: 3,
    });
    let prefill = Activity::Prefill {
        done: 5,
        total: 9,
        reused: 3,
        since,
    };
    assert_eq!(h.session.activity(), &prefill);
    h.tokens(&["a", "b"]);
    let message = h.session.running().unwrap();
    assert_eq!(
        h.session.activity(),
        &Activity::Generating {
            message,
            tokens: 2,
            since
        }
    );
}

#[test]
fn an_empty_message_is_refused() {
    let mut h = Harness::new();
    h.submit(" \n\t");
    assert!(h.said().contains("empty"), "{}", h.said());
    assert!(h.conversation().is_empty());
    assert!(h.is_idle());
}

#[test]
fn a_message_while_an_answer_runs_is_queued_and_said_so() {
    let mut h = Harness::new();
    h.submit("one").submit("two");
    assert!(h.said().contains("Queued"), "{}", h.said());
    assert!(h.sent().is_none());
    assert_eq!(h.session.queued(), Some("two"));
    assert_eq!(h.shown(), ["one", ""]);
}

#[test]
fn queued_messages_are_sent_in_their_order() {
    let mut h = Harness::new();
    h.submit("one").submit("two").submit("three");
    h.token("1").finish(StopReason::EndOfGeneration);
    assert_eq!(h.prompt(), [user("one"), assistant("1"), user("two")]);
    assert_eq!(h.session.queue().collect::<Vec<_>>(), ["three"]);
    h.token("2").finish(StopReason::EndOfGeneration);
    h.token("3").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["one", "1", "two", "2", "three", "3"]);
    assert!(h.is_idle());
}

#[test]
fn the_last_queued_message_can_be_taken_back() {
    let mut h = Harness::new();
    h.submit("one").submit("two").submit("three");
    h.user(UserEvent::Unqueue);
    assert_eq!(h.session.queue().collect::<Vec<_>>(), ["two"]);
}

#[test]
fn a_message_waits_for_the_model_that_is_being_loaded() {
    let mut h = Harness::bare(SessionOptions::default());
    h.user(UserEvent::LoadModel(MODEL.into()));
    let load = h.sent_load().request;
    h.engine(EngineEvent::Loading {
        request: load,
        fraction: 0.5,
    });
    assert!(
        matches!(h.session.engine(), EngineStatus::Loading { fraction, .. } if (*fraction - 0.5).abs() < 1e-6)
    );
    h.submit("Hi");
    assert!(h.sent().is_none());
    assert!(matches!(h.session.activity(), Activity::Waiting { .. }));
    h.engine(EngineEvent::Loaded {
        request: load,
        model: Box::new(model(MODEL)),
    });
    assert_eq!(h.prompt(), [user("Hi")]);
}

#[test]
fn a_message_without_any_model_waits_and_says_what_to_do() {
    let mut h = Harness::bare(SessionOptions::default());
    h.submit("Hi");
    assert!(h.said().contains("/model"), "{}", h.said());
    assert_eq!(h.shown(), ["Hi"]);
    h.load(MODEL);
    assert_eq!(h.prompt(), [user("Hi")]);
}

#[test]
fn a_request_carries_the_settings_in_force() {
    let mut h = Harness::with(SessionOptions {
        max_tokens: Some(5),
        stop: vec!["END".into()],
        candidates: 12,
        chat_template: Some("{{ messages }}".into()),
        ..Default::default()
    });
    let sampling = SamplerSettings {
        temperature: 0.1,
        ..Default::default()
    };
    h.user(UserEvent::Sampling(Box::new(sampling.clone())));
    h.user(UserEvent::MaxTokens(Some(6)));
    h.submit("Hi");
    let request = h.sent().unwrap();
    assert_eq!(request.sampling, sampling);
    assert_eq!(request.max_tokens, Some(6));
    assert_eq!(request.stop, ["END"]);
    assert_eq!(request.candidates, 12);
    assert_eq!(request.chat_template.as_deref(), Some("{{ messages }}"));
    assert_eq!(h.last().answer.as_ref().unwrap().sampling, sampling);
}

#[test]
fn answers_go_back_as_the_tokens_they_were() {
    let mut h = Harness::new();
    h.submit("one").tokens(&["a", "b"]);
    let request = h.running();
    h.engine(end_token(request))
        .finish(StopReason::EndOfGeneration);
    h.submit("two");
    let Prompt::Chat { messages, .. } = &h.sent().unwrap().prompt else {
        panic!()
    };
    assert_eq!(messages[1].parts, [tokens(&[b"a", b"b"])]);
    assert!(messages[0].parts.is_empty());
}

#[test]
fn the_tokens_of_another_model_do_not_go_back() {
    let mut h = Harness::new();
    h.exchange("one", &["a"]).load(OTHER_MODEL).submit("two");
    let Prompt::Chat { messages, .. } = &h.sent().unwrap().prompt else {
        panic!()
    };
    assert_eq!(messages[1].content, "a");
    assert!(messages[1].parts.is_empty());
}

#[test]
fn the_system_prompt_is_the_root_of_the_tree_and_comes_first() {
    let mut h = Harness::with(SessionOptions {
        system: Some("Be brief.".into()),
        ..Default::default()
    });
    assert_eq!(h.session.system().as_deref(), Some("Be brief."));
    h.submit("Hi");
    assert_eq!(h.prompt(), [system("Be brief."), user("Hi")]);
    let root = h.node(h.conversation().roots[0]);
    assert_eq!(
        (root.role, &root.content[..]),
        (Role::System, &b"Be brief."[..])
    );
}

#[test]
fn a_changed_system_prompt_holds_from_the_next_message_on() {
    let mut h = Harness::with(SessionOptions {
        system: Some("Be brief.".into()),
        ..Default::default()
    });
    h.exchange("one", &["1"]);
    h.user(UserEvent::System(Some("Be long.".into())));
    assert_eq!(h.session.system().as_deref(), Some("Be long."));
    h.exchange("two", &["2"]);
    h.submit("three");
    assert_eq!(
        h.prompt(),
        [
            system("Be long."),
            user("one"),
            assistant("1"),
            user("two"),
            assistant("2"),
            user("three")
        ]
    );
}

#[test]
fn a_system_prompt_can_be_removed() {
    let mut h = Harness::with(SessionOptions {
        system: Some("Be brief.".into()),
        ..Default::default()
    });
    h.exchange("one", &["1"]);
    h.user(UserEvent::System(None)).submit("two");
    assert_eq!(h.prompt(), [user("one"), assistant("1"), user("two")]);
    assert_eq!(h.session.system(), None);
}

#[test]
fn the_same_system_prompt_twice_adds_nothing() {
    let mut h = Harness::with(SessionOptions {
        system: Some("Be brief.".into()),
        ..Default::default()
    });
    h.exchange("one", &["1"]);
    h.user(UserEvent::System(Some("Be brief.".into())))
        .submit("two");
    let systems = h
        .conversation()
        .nodes
        .values()
        .filter(|node| node.role == Role::System);
    assert_eq!(systems.count(), 1);
}

#[test]
fn questions_without_an_answer_are_joined_with_the_next() {
    let mut h = Harness::new();
    h.submit("one")
        .user(UserEvent::Stop)
        .finish(StopReason::Cancelled);
    h.submit("two");
    assert_eq!(h.prompt(), [user("one\n\ntwo")]);
}

#[test]
fn without_a_template_the_prompt_is_the_plain_text() {
    let mut h = Harness::with(SessionOptions {
        raw: true,
        ..Default::default()
    });
    h.exchange("Once upon", &[" a time"]).submit(", there");
    assert_eq!(
        h.sent().unwrap().prompt,
        Prompt::Text("Once upon a time, there".into())
    );
}

#[test]
fn the_exact_prompt_can_be_asked_for() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Hello"]);
    h.user(UserEvent::ShowPrompt);
    let [
        EngineCommand::Render {
            request,
            prompt: Prompt::Chat { messages, .. },
            ..
        },
    ] = h.commands()[..]
    else {
        panic!("{:?}", h.effects)
    };
    assert_eq!(messages.len(), 2);
    let pieces = vec![RenderedPiece {
        id: TokenId(1),
        bytes: b"Hi".to_vec(),
        kind: TokenKind::Text,
    }];
    let request = *request;
    h.engine(EngineEvent::Rendered {
        request,
        pieces: pieces.clone(),
    });
    assert_eq!(h.effects, [Effect::Prompt(pieces)]);
}

#[test]
fn events_of_requests_that_are_over_are_ignored() {
    let mut h = Harness::new();
    h.submit("one");
    let old = h.running();
    h.token("1").finish(StopReason::EndOfGeneration);
    h.submit("two");
    let before = h.conversation().clone();
    h.engine(token(old, b"late"));
    h.engine(EngineEvent::Prefill {
        request: old,
        done: 1,
        total: 1,
        reused: 0,
    });
    h.engine(EngineEvent::Finished {
        request: old,
        stop: StopReason::Length,
        stats: Box::new(stats()),
    });
    h.engine(EngineEvent::Failed {
        request: Some(old),
        error: EngineError::NoModel,
    });
    assert_eq!(h.conversation(), &before);
    assert!(h.session.is_busy());
}
