use super::harness::*;
use crate::chat::session::{Reconsideration, SessionOptions};
use crate::chat::{ConversationId, MessageId, RecordBody, UserEvent};
use crate::inference::*;
use crate::words::Said;

fn asked(harness: &Harness) -> Option<ReconsiderRequest> {
    let mut commands = harness.commands().into_iter();
    commands.find_map(|command| match command {
        EngineCommand::Reconsider(request) => Some((**request).clone()),
        _ => None,
    })
}

fn sampling(harness: &mut Harness, temperature: f32) {
    let sampling = SamplerSettings {
        temperature,
        ..harness.session.sampling().clone()
    };
    harness.user(UserEvent::Sampling(Box::new(sampling)));
}

/// The engine's answer: besides what was there, `?` could have come.
fn found(request: RequestId) -> EngineEvent {
    let EngineEvent::Token(token) = token(request, b"now") else {
        unreachable!()
    };
    let mut trace = token.trace;
    let other = Candidate {
        id: id_of(b"?"),
        logprob: -3.0,
        final_probability: 0.125,
        link: SamplerLink::Kept,
    };
    trace.candidates.push(other);
    EngineEvent::Reconsidered(Box::new(Reconsidered {
        request,
        logits: vec![9.0, 7.5, 6.0],
        trace,
        changes: Vec::new(),
        pieces: vec![Piece {
            id: id_of(b"?"),
            bytes: b"?".to_vec(),
        }],
        prompt_tokens: 20,
        cached_tokens: 19,
        decodes: 1,
    }))
}

/// An exchange, and the answer's id.
fn answered() -> (Harness, MessageId) {
    let mut harness = Harness::new();
    harness.exchange("Why?", &["Because", " of", " it"]);
    let message = harness.last().id;
    (harness, message)
}

fn reconsider(harness: &mut Harness, message: MessageId, index: usize) -> ReconsiderRequest {
    harness.user(UserEvent::Reconsider { message, index });
    asked(harness).expect("the engine is asked")
}

#[test]
fn the_engine_is_asked_with_what_it_had_read_and_written_and_the_settings_of_now() {
    let (mut harness, message) = answered();
    sampling(&mut harness, 0.25);
    let request = reconsider(&mut harness, message, 2);
    let Prompt::Chat {
        messages,
        answer_prefix: None,
        ..
    } = &request.prompt
    else {
        panic!("{:?}", request.prompt)
    };
    assert_eq!(messages.len(), 1);
    assert_eq!(request.written, [id_of(b"Because"), id_of(b" of")]);
    assert_eq!(request.chosen, id_of(b" it"));
    assert!((request.sampling.temperature - 0.25).abs() < 1e-6);
    assert_eq!(
        harness.session.reconsideration(message, 2),
        Some(Reconsideration::Asked { done: 0, total: 0 })
    );
    harness.engine(EngineEvent::Prefill {
        request: request.request,
        done: 7,
        total: 20,
        reused: 3,
    });
    assert_eq!(
        harness.session.reconsideration(message, 2),
        Some(Reconsideration::Asked { done: 7, total: 20 })
    );
    assert!(harness.is_idle(), "nothing is being written");
    harness.engine(found(request.request));
    assert!(harness.session.reconsidered(message, 2).is_some());
    assert!(harness.session.reconsidered(message, 1).is_none());
    assert_eq!(harness.appended(), Vec::<&RecordBody>::new());
}

#[test]
fn the_engine_is_told_what_the_samplers_were_at() {
    let mut harness = Harness::new();
    harness.submit("Why?");
    let state = SamplerState {
        xtc: Some(true),
        mirostat_mu: None,
    };
    let EngineEvent::Token(mut written) = token(harness.running(), b"So") else {
        unreachable!()
    };
    written.trace.state = state;
    harness.engine(EngineEvent::Token(written));
    harness.finish(StopReason::Length);
    let message = harness.last().id;
    assert_eq!(reconsider(&mut harness, message, 0).recorded, state);
}

#[test]
fn another_number_of_candidates_is_another_question() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 0);
    assert_eq!(request.candidates, 40);
    harness.engine(found(request.request));
    harness.user(UserEvent::Candidates(100));
    assert_eq!(harness.session.reconsideration(message, 0), None);
    assert_eq!(reconsider(&mut harness, message, 0).candidates, 100);
}

#[test]
fn what_was_typed_between_belongs_to_the_prompt() {
    let (mut harness, message) = answered();
    harness.user(UserEvent::ContinueWith {
        message,
        index: 1,
        text: " I say".into(),
    });
    harness.tokens(&[" so", "."]).finish(StopReason::Length);
    let message = harness.last().id;
    let index = 2;
    let request = reconsider(&mut harness, message, index);
    let Prompt::Chat { answer_prefix, .. } = request.prompt else {
        panic!("{:?}", request.prompt)
    };
    let prefix = answer_prefix.expect("the answer has a beginning");
    assert_eq!(prefix.content, "Because I say");
    assert_eq!(
        prefix.parts,
        [tokens(&[b"Because"]), MessagePart::Typed(" I say".into())]
    );
    assert_eq!(request.written, [id_of(b" so")]);
    let first = reconsider(&mut harness, message, 0);
    assert_eq!(first.written, []);
}

#[test]
fn after_an_end_that_was_gone_on_from_the_writing_began_anew() {
    let mut harness = Harness::new();
    harness.submit("Why?").tokens(&["So"]);
    let request = harness.running();
    harness.engine(end_token(request));
    harness.finish(StopReason::EndOfGeneration);
    harness.user(UserEvent::Continue);
    harness.tokens(&[" on", " and"]).finish(StopReason::Length);
    let message = harness.last().id;
    let request = reconsider(&mut harness, message, 3);
    assert_eq!(request.written, [id_of(b" on")]);
    let end = reconsider(&mut harness, message, 1);
    assert_eq!(end.written, [id_of(b"So")]);
    assert_eq!(end.chosen, id_of(b"<end>"));
}

#[test]
fn without_a_template_the_tokens_are_those_that_were_written() {
    let options = SessionOptions {
        raw: true,
        ..SessionOptions::default()
    };
    let mut harness = Harness::with(options);
    harness.exchange("Once", &[" upon", " a"]);
    let message = harness.last().id;
    let request = reconsider(&mut harness, message, 1);
    assert_eq!(request.prompt, Prompt::Text("Once".into()));
    assert_eq!(request.written, [id_of(b" upon")]);
}

#[test]
fn other_settings_hide_what_is_known_and_the_same_ones_show_it_again() {
    let (mut harness, message) = answered();
    let before = harness.session.sampling().temperature;
    let request = reconsider(&mut harness, message, 0);
    harness.engine(found(request.request));
    sampling(&mut harness, 0.1);
    assert_eq!(harness.session.reconsideration(message, 0), None);
    sampling(&mut harness, before);
    assert!(harness.session.reconsidered(message, 0).is_some());
}

#[test]
fn a_newer_question_takes_the_place_of_an_older_one() {
    let (mut harness, message) = answered();
    let first = reconsider(&mut harness, message, 0);
    harness.user(UserEvent::Reconsider { message, index: 0 });
    assert_eq!(asked(&harness), None, "it is asked already");
    let second = reconsider(&mut harness, message, 1);
    assert_eq!(harness.cancelled(), Some(first.request));
    harness.engine(found(first.request));
    assert_eq!(harness.session.reconsideration(message, 0), None);
    sampling(&mut harness, 0.5);
    let third = reconsider(&mut harness, message, 1);
    assert_eq!(harness.cancelled(), Some(second.request));
    harness.engine(EngineEvent::Failed {
        request: Some(second.request),
        error: EngineError::Cancelled,
    });
    assert_eq!(harness.said(), "");
    harness.engine(found(third.request));
    assert!(harness.session.reconsidered(message, 1).is_some());
}

#[test]
fn a_message_that_is_sent_goes_before_a_question() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 0);
    harness.submit("And now?");
    assert_eq!(harness.cancelled(), Some(request.request));
    assert!(harness.sent().is_some(), "the message does not wait");
    assert_eq!(harness.session.reconsideration(message, 0), None);
    harness.user(UserEvent::Reconsider { message, index: 0 });
    assert_eq!(asked(&harness), None);
    assert!(
        harness.said().contains("being written"),
        "{}",
        harness.said()
    );
    harness.token("Yes").finish(StopReason::Length);
    reconsider(&mut harness, message, 0);
}

#[test]
fn stop_drops_a_question_and_nothing_else() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 0);
    harness.user(UserEvent::Stop);
    assert_eq!(harness.cancelled(), Some(request.request));
    assert_eq!(harness.session.reconsideration(message, 0), None);
    assert!(harness.is_idle());
}

#[test]
fn a_failure_is_told_and_the_stored_odds_are_shown_again() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 0);
    let reason = Said::verbatim("what was written does not fit the grammar");
    harness.engine(EngineEvent::Failed {
        request: Some(request.request),
        error: EngineError::Sampling { reason },
    });
    assert!(harness.said().contains("grammar"), "{}", harness.said());
    assert_eq!(harness.session.reconsideration(message, 0), None);
    assert!(harness.is_idle());
}

#[test]
fn when_the_engine_dies_the_question_is_over_and_can_be_asked_again() {
    let (mut harness, message) = answered();
    reconsider(&mut harness, message, 0);
    harness.engine(died());
    assert_eq!(harness.session.reconsideration(message, 0), None);
    harness.user(UserEvent::Reconsider { message, index: 0 });
    assert_eq!(asked(&harness), None);
    assert!(
        harness.said().contains("A model is needed"),
        "{}",
        harness.said()
    );
    harness.load(MODEL);
    reconsider(&mut harness, message, 0);
}

#[test]
fn another_model_says_nothing_of_an_answer_that_it_did_not_write() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 0);
    harness.engine(found(request.request));
    harness.load(OTHER_MODEL);
    assert_eq!(harness.session.reconsideration(message, 0), None);
    harness.user(UserEvent::Reconsider { message, index: 0 });
    assert_eq!(asked(&harness), None);
    assert!(
        harness.said().contains("Another model"),
        "{}",
        harness.said()
    );
}

#[test]
fn another_conversation_has_other_messages_under_the_same_numbers() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 0);
    harness.engine(found(request.request));
    reconsider(&mut harness, message, 1);
    harness.user(UserEvent::New(ConversationId("SECOND".into())));
    assert!(harness.cancelled().is_some());
    harness.exchange("Why?", &["Because"]);
    assert_eq!(harness.last().id, message);
    assert_eq!(harness.session.reconsideration(message, 0), None);
}

#[test]
fn own_words_and_what_is_gone_cannot_be_asked_about() {
    let (mut harness, message) = answered();
    let question = harness.last().parent.expect("it answers something");
    for (message, index, says) in [
        (question, 0, "your own words"),
        (message, 99, "not there"),
        (MessageId(77), 0, "not there"),
    ] {
        harness.user(UserEvent::Reconsider { message, index });
        assert_eq!(asked(&harness), None);
        assert!(harness.said().contains(says), "{}", harness.said());
    }
}

#[test]
fn a_candidate_that_is_known_only_now_can_be_gone_on_from_and_is_written_with_its_bytes() {
    let (mut harness, message) = answered();
    let request = reconsider(&mut harness, message, 1);
    harness.engine(found(request.request));
    harness.user(UserEvent::BranchAt {
        message,
        index: 1,
        candidate: id_of(b"?"),
    });
    assert!(harness.sent().is_some(), "{}", harness.said());
    assert_eq!(harness.last().text(), "Because?");
    let named = harness.records.iter().any(|record| {
        matches!(record, RecordBody::Pieces { pieces, .. }
            if pieces.iter().any(|piece| piece.bytes == b"?"))
    });
    assert!(named, "a file that names the token has its bytes");
}
