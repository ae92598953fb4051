//! What an answer thinks before it says anything.

use std::time::Duration;

use super::harness::*;
use crate::chat::session::SessionOptions;
use crate::chat::{Answer, Conversation, ConversationId, Event, MessageId, RecordBody, UserEvent};
use crate::inference::*;

const ANSWER: MessageId = MessageId(2);

fn answer(conversation: &Conversation) -> &Answer {
    let node = conversation.node(ANSWER).expect("it was answered");
    node.answer.as_deref().expect("a model wrote it")
}

fn reopened(h: &Harness) -> Conversation {
    let mut stored = Conversation::new(ConversationId("FIRST".into()), 0);
    for record in &h.records {
        stored.apply(record).expect("the records fit");
    }
    stored
}

fn milliseconds(h: &mut Harness, count: u64) -> &mut Harness {
    h.wait(Duration::from_millis(count))
}

fn think_of(prompt: &Prompt) -> Option<bool> {
    match prompt {
        Prompt::Chat { think, .. } => *think,
        _ => panic!("it is a chat"),
    }
}

/// A model whose template asks whether it is to think.
fn asking(think: Option<bool>) -> Harness {
    let mut h = Harness::bare(SessionOptions {
        think,
        ..SessionOptions::default()
    });
    h.user(UserEvent::LoadModel(MODEL.into()));
    let request = h.sent_load().request;
    h.engine(EngineEvent::Loaded {
        request,
        model: Box::new(ModelInfo {
            reads_thinking: true,
            ..model(MODEL)
        }),
    });
    h
}

#[test]
fn the_time_that_an_answer_thought_is_known_when_it_is_opened_again() {
    let mut h = Harness::new();
    h.submit("Why?");
    h.token("<think>");
    milliseconds(&mut h, 1400).tokens(&["\n", "Hm"]);
    let now = h.now.monotonic + Duration::from_millis(100);
    let lasts = h.session.thinks_for(ANSWER, now);
    assert_eq!(lasts, Some(Duration::from_millis(1500)));
    milliseconds(&mut h, 1000).tokens(&["</think>", "\n\n"]);
    assert_eq!(h.session.thinks_for(ANSWER, now), None);
    milliseconds(&mut h, 5000).token("So.");
    h.finish(StopReason::EndOfGeneration);
    let stored = reopened(&h);
    super::replay::assert_replays(&h);
    assert_eq!(answer(&stored).thinking.ms(), Some(2400));
    assert_eq!(answer(&stored).thinking.tokens(), 4);
    assert_eq!(stored.nodes[&ANSWER].said(), b"So.");
    let again = stored.to_records(8);
    let mut copy = Conversation::new(ConversationId("FIRST".into()), 0);
    for record in &again {
        copy.apply(record).expect("the records fit");
    }
    assert_eq!(answer(&copy).thinking, answer(&stored).thinking);
}

#[test]
fn that_the_prompt_opened_the_reasoning_is_known_when_it_is_opened_again() {
    let mut h = Harness::new();
    h.submit("Why?");
    let request = h.running();
    h.engine(EngineEvent::BeginsThinking { request });
    h.tokens(&["Hm", "</think>", "So."]);
    h.finish(StopReason::EndOfGeneration);
    let stored = reopened(&h);
    assert!(answer(&stored).thinking.is_opened());
    assert_eq!(stored.nodes[&ANSWER].reasoning(), Some(&b"Hm"[..]));
    // A branch within it knows it too.
    h.user(UserEvent::ContinueWith {
        message: ANSWER,
        index: 1,
        text: ", well".into(),
    });
    let branch = h.conversation().head.expect("there is a branch");
    let branch = h.conversation().node(branch).expect("it is there");
    assert_eq!(branch.reasoning(), Some(&b"Hm, well"[..]));
    assert_eq!(branch.said(), b"");
}

#[test]
fn a_mark_that_was_typed_is_not_opened_twice() {
    let mut h = Harness::new();
    h.user(UserEvent::Prefill(Some("<think>".into())));
    h.submit("Why?");
    let request = h.running();
    h.engine(EngineEvent::BeginsThinking { request });
    h.tokens(&["Hm", "</think>", "So."]);
    let answer = answer(h.conversation());
    assert!(!answer.thinking.is_opened());
    assert_eq!(
        h.conversation().nodes[&ANSWER].reasoning(),
        Some(&b"Hm"[..])
    );
}

#[test]
fn an_answer_that_is_stopped_while_it_thinks_keeps_its_time() {
    let mut h = Harness::new();
    h.submit("Why?");
    h.tokens(&["<think>", "Hm"]);
    milliseconds(&mut h, 700);
    h.finish(StopReason::Cancelled);
    assert_eq!(answer(h.conversation()).thinking.ms(), Some(700));
    milliseconds(&mut h, 60_000).user(UserEvent::Continue);
    h.token(" hm");
    milliseconds(&mut h, 300).token("</think>");
    assert_eq!(answer(h.conversation()).thinking.ms(), Some(1000));
}

#[test]
fn a_model_is_asked_to_think_and_each_answer_keeps_what_it_was_asked_with() {
    let mut h = asking(Some(false));
    assert_eq!(h.said(), "");
    h.exchange("Why?", &["So."]);
    let begun = |record: &&RecordBody| matches!(record, RecordBody::Begin { .. });
    let RecordBody::Begin { think, .. } = h.records.iter().find(begun).expect("it began") else {
        unreachable!()
    };
    assert_eq!(*think, Some(false));
    h.user(UserEvent::Think(Some(true)));
    assert!(h.said().contains("asked to think"), "{}", h.said());
    // What is asked about the first answer is asked as it was.
    h.user(UserEvent::Reconsider {
        message: ANSWER,
        index: 0,
    });
    let asked = h.effects.iter().find_map(|effect| match effect {
        crate::chat::Effect::Engine(EngineCommand::Reconsider(request)) => Some(&request.prompt),
        _ => None,
    });
    assert_eq!(think_of(asked.expect("it is asked")), Some(false));
    h.submit("And?");
    assert_eq!(think_of(&h.sent().expect("it is sent").prompt), Some(true));
    h.finish(StopReason::EndOfGeneration);
    h.user(UserEvent::Think(None)).submit("And?");
    assert_eq!(think_of(&h.sent().expect("it is sent").prompt), None);
}

#[test]
fn a_template_that_cannot_be_asked_is_said_so_once() {
    let mut h = Harness::bare(SessionOptions {
        think: Some(false),
        ..SessionOptions::default()
    });
    h.load(MODEL);
    assert!(
        h.said().contains("does not read enable_thinking"),
        "{}",
        h.said()
    );
    h.submit("Why?");
    assert_eq!(h.said(), "");
    h.token("So.").finish(StopReason::EndOfGeneration);
    h.user(UserEvent::Think(Some(true)));
    assert!(
        h.said().contains("does not read enable_thinking"),
        "{}",
        h.said()
    );
    h.user(UserEvent::Think(None));
    assert!(h.said().contains("left to its template"), "{}", h.said());
}

#[test]
fn a_title_is_asked_for_without_thinking_and_found_behind_what_is_thought() {
    let mut h = asking(None);
    h.exchange("Why?", &["<think>", "secret", "</think>", "So."]);
    h.user(UserEvent::AskTitle);
    let sent = h.sent().expect("it is asked");
    assert_eq!(think_of(&sent.prompt), Some(false));
    let Prompt::Chat { messages, .. } = &sent.prompt else {
        unreachable!()
    };
    assert!(!messages[0].content.contains("secret"));
    let request = sent.request;
    for text in ["<think>", "Hm", "</think>", "Blue"] {
        h.engine(token(request, text.as_bytes()));
    }
    h.handle(Event::Engine(EngineEvent::Finished {
        request,
        stop: StopReason::EndOfGeneration,
        stats: Box::new(stats()),
    }));
    assert_eq!(h.conversation().title.as_deref(), Some("Blue"));
}
