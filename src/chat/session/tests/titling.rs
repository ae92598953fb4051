//! A title that the model finds, beside the conversation.

use super::harness::*;
use crate::chat::session::SessionOptions;
use crate::chat::{RecordBody, UserEvent};
use crate::inference::*;

/// A conversation whose title is being looked for, and the request that does.
fn asked() -> (Harness, RequestId) {
    let mut h = Harness::new();
    h.exchange("Why is the sky blue?", &["Rayleigh."]);
    h.user(UserEvent::AskTitle);
    let request = h.sent().expect("a request was sent").request;
    (h, request)
}

fn write(h: &mut Harness, request: RequestId, text: &str) {
    h.engine(token(request, text.as_bytes()));
}

fn end(h: &mut Harness, request: RequestId, stop: StopReason) {
    h.engine(EngineEvent::Finished {
        request,
        stop,
        stats: Box::new(stats()),
    });
}

#[test]
fn nothing_of_it_comes_into_the_tree_but_the_title() {
    let (mut h, request) = asked();
    let (messages, [(_, asks)]) = (h.conversation().len(), &h.prompt()[..]) else {
        panic!("one message asks")
    };
    assert!(
        asks.contains("Why is the sky blue?") && asks.contains("title"),
        "{asks}"
    );
    assert!(h.session.is_busy());
    write(&mut h, request, "\"Blue");
    write(&mut h, request, " light\"\n");
    end(&mut h, request, StopReason::EndOfGeneration);
    assert!(h.is_idle());
    assert_eq!(h.conversation().title.as_deref(), Some("Blue light"));
    assert_eq!(h.conversation().len(), messages);
    assert!(matches!(h.appended()[..], [RecordBody::Title { .. }]));
}

#[test]
fn it_can_be_stopped_and_what_was_queued_is_sent() {
    let (mut h, request) = asked();
    write(&mut h, request, "Blue");
    h.submit("And red?").user(UserEvent::Stop);
    assert_eq!(h.cancelled(), Some(request));
    end(&mut h, request, StopReason::Cancelled);
    assert_eq!(h.conversation().title, None);
    assert_eq!(h.shown().last().map(String::as_str), Some(""));
    assert!(h.shown().contains(&"And red?".to_owned()));
}

#[test]
fn where_the_model_finds_none_the_first_words_stay() {
    let (mut h, request) = asked();
    end(&mut h, request, StopReason::EndOfGeneration);
    assert_eq!(h.conversation().title, None);
    assert!(h.said().contains("Why is the sky blue?"), "{}", h.said());
    h.user(UserEvent::AskTitle);
    h.engine(died());
    assert!(h.is_idle());
    let mut bare = Harness::bare(SessionOptions::default());
    bare.user(UserEvent::AskTitle);
    assert!(bare.said().contains("nothing to name"), "{}", bare.said());
}

#[test]
fn another_conversation_ends_the_search() {
    let (mut h, request) = asked();
    h.user(UserEvent::New(crate::chat::ConversationId("NEXT".into())));
    assert_eq!(h.cancelled(), Some(request));
    write(&mut h, request, "Blue");
    end(&mut h, request, StopReason::EndOfGeneration);
    assert_eq!(h.conversation().title, None);
    assert!(h.conversation().is_empty());
}
