//! From one conversation to another.

use super::harness::*;
use crate::chat::session::SessionOptions;
use crate::chat::{
    AnswerState, Conversation, ConversationId, Effect, Event, Notice, RecordBody, Severity,
    UserEvent,
};
use crate::inference::*;

fn id(text: &str) -> ConversationId {
    ConversationId(text.into())
}

/// What another session wrote, up to and without its last `cut` records.
fn stored(cut: usize) -> Conversation {
    let mut other = Harness::new();
    other.exchange("stored question", &["stored", " answer"]);
    let mut conversation = Conversation::new(id("STORED"), 0);
    for record in &other.records[..other.records.len() - cut] {
        conversation.apply(record).unwrap();
    }
    conversation.id = id("STORED");
    conversation
}

fn opened(conversation: Conversation, read_only: bool) -> Event {
    Event::Opened {
        conversation: Box::new(conversation),
        read_only,
        notices: Vec::new(),
    }
}

#[test]
fn a_new_conversation_lets_go_of_the_old_one() {
    let mut h = Harness::with(SessionOptions {
        system: Some("S".into()),
        ..Default::default()
    });
    h.exchange("one", &["1"])
        .user(UserEvent::System(Some("T".into())));
    h.user(UserEvent::New(id("SECOND")));
    assert_eq!(h.effects, [Effect::Close(id("FIRST"))]);
    assert!(h.conversation().is_empty());
    assert_eq!(
        h.session.system().as_deref(),
        Some("S"),
        "a system prompt is its conversation's"
    );
    h.submit("two");
    assert!(
        matches!(h.appended()[0], RecordBody::Header { conversation, .. } if *conversation == id("SECOND"))
    );
}

#[test]
fn a_new_conversation_ends_the_answer_that_runs() {
    let mut h = Harness::new();
    h.submit("one").token("1");
    let request = h.running();
    h.user(UserEvent::New(id("SECOND")));
    assert_eq!(h.cancelled(), Some(request));
    assert!(
        h.appended()
            .iter()
            .any(|record| matches!(record, RecordBody::End { .. }))
    );
    assert_eq!(h.effects.last(), Some(&Effect::Close(id("FIRST"))));
    h.engine(token(request, b"late"));
    assert!(h.conversation().is_empty());
}

#[test]
fn a_queued_message_does_not_leave_its_conversation_unseen() {
    let mut h = Harness::new();
    h.submit("one")
        .submit("two")
        .user(UserEvent::New(id("SECOND")));
    assert!(h.said().contains("Not sent: two"), "{}", h.said());
    assert_eq!(h.session.queued(), None);
}

#[test]
fn opening_keeps_the_old_one_until_the_new_one_was_read() {
    let mut h = Harness::new();
    h.exchange("one", &["1"])
        .user(UserEvent::Open(id("STORED")));
    assert_eq!(h.effects, [Effect::Open(id("STORED"))]);
    assert_eq!(h.shown(), ["one", "1"]);
    h.handle(opened(stored(0), false));
    assert_eq!(h.effects, [Effect::Close(id("FIRST"))]);
    assert_eq!(h.shown(), ["stored question", "stored answer"]);
}

#[test]
fn what_is_said_while_a_conversation_is_read_is_said_in_it() {
    let mut h = Harness::new();
    h.user(UserEvent::Open(id("STORED")))
        .submit("more")
        .submit("and more");
    assert!(h.session.is_busy());
    assert_eq!(h.session.queue().collect::<Vec<_>>(), ["more", "and more"]);
    assert_eq!(h.effects, []);
    h.handle(opened(stored(0), false));
    assert_eq!(h.prompt().last(), Some(&user("more")));
    assert_eq!(h.session.queued(), Some("and more"));
}

#[test]
fn of_two_that_are_read_the_last_one_takes_what_is_said() {
    let mut h = Harness::new();
    h.user(UserEvent::Open(id("OTHER")))
        .user(UserEvent::Open(id("STORED")))
        .submit("more");
    let other = Conversation::new(id("OTHER"), 0);
    h.handle(opened(other, false));
    assert!(h.sent().is_none());
    h.handle(opened(stored(0), false));
    assert_eq!(h.prompt().len(), 3);
}

#[test]
fn what_is_said_while_a_conversation_is_read_can_be_taken_back() {
    let mut h = Harness::new();
    h.user(UserEvent::Open(id("STORED")))
        .submit("more")
        .user(UserEvent::Unqueue);
    assert!(h.is_idle());
    h.submit("more").user(UserEvent::Stop);
    assert!(h.said().contains("Not sent: more"), "{}", h.said());
    assert!(h.is_idle());
    h.handle(opened(stored(0), false));
    assert!(h.sent().is_none());
}

#[test]
fn a_conversation_that_cannot_be_read_leaves_the_current_one() {
    let mut h = Harness::new();
    h.exchange("one", &["1"])
        .user(UserEvent::Open(id("STORED")))
        .submit("more");
    h.handle(Event::OpenFailed {
        conversation: id("STORED"),
        reason: "no such file".into(),
    });
    let said = h.said();
    assert!(
        said.contains("STORED: no such file") && said.contains("Not sent: more"),
        "{said}"
    );
    assert_eq!(h.shown(), ["one", "1"]);
    assert!(h.is_idle());
    h.submit("two");
    assert_eq!(h.prompt().len(), 3);
}

#[test]
fn what_was_to_be_said_in_a_read_only_conversation_is_given_back() {
    let mut h = Harness::new();
    h.user(UserEvent::Open(id("STORED"))).submit("more");
    h.handle(opened(stored(0), true));
    assert!(h.said().contains("Not sent: more"), "{}", h.said());
    assert!(h.is_idle());
}

#[test]
fn an_imported_conversation_is_written_whole() {
    let mut h = Harness::new();
    h.handle(Event::Imported(Box::new(stored(0))));
    assert!(matches!(h.records[0], RecordBody::Header { .. }));
    h.exchange("more", &["of it"]);
    super::replay::assert_replays(&h);
}

#[test]
fn an_imported_conversation_in_incognito_can_still_be_kept() {
    let mut h = Harness::with(SessionOptions {
        record: false,
        ..Default::default()
    });
    h.handle(Event::Imported(Box::new(stored(0))))
        .exchange("more", &["of it"]);
    assert!(h.records.is_empty());
    h.user(UserEvent::Incognito(false));
    super::replay::assert_replays(&h);
}

#[test]
fn opening_the_one_that_is_shown_does_nothing() {
    let mut h = Harness::new();
    h.user(UserEvent::Open(id("FIRST")));
    assert!(matches!(h.effects[..], [Effect::Notify(_)]));
}

#[test]
fn a_stored_conversation_goes_on_without_a_second_header() {
    let mut h = Harness::new();
    h.handle(opened(stored(0), false)).submit("more");
    assert_eq!(
        h.prompt(),
        [
            user("stored question"),
            assistant("stored answer"),
            user("more")
        ]
    );
    assert!(
        !h.records
            .iter()
            .any(|record| matches!(record, RecordBody::Header { .. }))
    );
}

#[test]
fn a_stored_conversation_keeps_its_own_system_prompt() {
    let mut h = Harness::with(SessionOptions {
        system: Some("S".into()),
        ..Default::default()
    });
    h.handle(opened(stored(0), false));
    assert_eq!(h.session.system(), None);
    h.submit("more");
    assert_eq!(h.prompt()[0], user("stored question"));
}

#[test]
fn what_the_reader_had_to_say_is_said() {
    let mut h = Harness::new();
    let notice = Notice {
        severity: Severity::Warning,
        text: "line 7 is damaged".into(),
    };
    h.handle(Event::Opened {
        conversation: Box::new(stored(0)),
        read_only: false,
        notices: vec![notice.clone()],
    });
    assert!(h.effects.contains(&Effect::Notify(notice)));
}

#[test]
fn an_answer_without_an_end_was_cut_off_and_can_be_gone_on_with() {
    let mut h = Harness::new();
    h.handle(opened(stored(1), false));
    assert!(
        h.said().contains("cut off") && h.said().contains("/continue"),
        "{}",
        h.said()
    );
    assert!(matches!(
        h.last().answer.as_ref().unwrap().state,
        AnswerState::Failed(_)
    ));
    h.user(UserEvent::Continue);
    assert_eq!(h.prefix().unwrap().content, "stored answer");
    h.token(" goes on").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["stored question", "stored answer goes on"]);
}

#[test]
fn what_is_read_only_takes_nothing_and_says_so() {
    let mut h = Harness::new();
    h.handle(opened(stored(0), true));
    assert!(h.session.is_read_only() && !h.session.is_recording());
    for event in [
        UserEvent::Submit("more".into()),
        UserEvent::Regenerate,
        UserEvent::Continue,
        UserEvent::Rename("title".into()),
        UserEvent::Delete(h.conversation().roots[0]),
    ] {
        h.user(event);
        assert!(h.said().contains("/fork"), "{}", h.said());
        assert!(h.sent().is_none());
    }
    h.user(UserEvent::Undo);
    assert!(h.records.is_empty(), "looking around writes nothing");
}

#[test]
fn a_copy_of_what_is_read_only_can_be_gone_on_with() {
    let mut h = Harness::new();
    h.handle(opened(stored(0), true))
        .user(UserEvent::Fork(id("COPY")));
    assert!(h.effects.contains(&Effect::Close(id("STORED"))));
    assert!(!h.session.is_read_only());
    h.exchange("more", &["of it"]);
    assert_eq!(
        h.shown(),
        ["stored question", "stored answer", "more", "of it"]
    );
    super::replay::assert_replays(&h);
}

#[test]
fn a_copy_in_incognito_is_not_written() {
    let mut h = Harness::with(SessionOptions {
        record: false,
        ..Default::default()
    });
    h.handle(opened(stored(0), true))
        .user(UserEvent::Fork(id("COPY")));
    assert!(h.records.is_empty());
}
