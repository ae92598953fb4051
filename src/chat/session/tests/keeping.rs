//! Ratings, corrections, and how the conversation is kept.

use super::harness::*;
use crate::chat::{Keeping, MessageId, Rating, RecordBody, UserEvent};

#[test]
fn a_rating_is_written_and_taken_back() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Hello"]);
    let message = h.last().id;
    let rate = |rating| UserEvent::Rate { message, rating };
    h.user(rate(Some(Rating::Up)));
    assert_eq!(h.last().rating, Some(Rating::Up));
    h.user(rate(Some(Rating::Up))).user(rate(None));
    assert_eq!(h.last().rating, None);
    let written = h.records.iter().filter_map(|record| match record {
        RecordBody::Rating { rating, .. } => Some(*rating),
        _ => None,
    });
    assert_eq!(written.collect::<Vec<_>>(), [Some(Rating::Up), None]);
}

#[test]
fn only_answers_are_rated_and_corrected() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Hello"]);
    let before = h.records.len();
    let message = MessageId(1);
    h.user(UserEvent::Rate {
        message,
        rating: Some(Rating::Down),
    });
    assert!(h.said().contains("Only answers"), "{}", h.said());
    let text = "Ho".to_owned();
    h.user(UserEvent::Correct { message, text });
    assert!(h.said().contains("Only answers"), "{}", h.said());
    assert_eq!(h.records.len(), before);
}

#[test]
fn a_correction_is_a_sibling_that_no_model_writes() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Helo"]);
    let wrong = h.last().id;
    let correct = |message, text: &str| UserEvent::Correct {
        message,
        text: text.to_owned(),
    };
    h.user(correct(wrong, "Hello"));
    assert_eq!(h.sent(), None);
    assert!(!h.session.is_busy());
    assert_eq!(h.shown(), ["Hi", "Hello"]);
    assert_eq!(h.last().corrects, Some(wrong));
    assert!(h.last().answer.is_none());
    let first = h.last().id;
    h.user(correct(first, "Hello!"));
    assert_eq!(
        h.last().corrects,
        Some(wrong),
        "it is the model's that counts"
    );
    assert_eq!(h.conversation().siblings(wrong).unwrap().0.len(), 3);

    h.submit("How are you?");
    assert_eq!(
        h.prompt(),
        [user("Hi"), assistant("Hello!"), user("How are you?")]
    );
}

#[test]
fn a_correction_that_says_the_same_or_nothing_changes_nothing() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Hello"]);
    let message = h.last().id;
    for text in ["Hello", " \n"] {
        let text = text.to_owned();
        h.user(UserEvent::Correct { message, text });
        assert!(h.said().contains("nothing changed"), "{}", h.said());
    }
    assert_eq!(h.conversation().leaves().count(), 1);
}

#[test]
fn what_was_rated_corrected_and_tagged_is_the_same_when_it_is_read_again() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Helo"]);
    let message = h.last().id;
    h.user(UserEvent::Rate {
        message,
        rating: Some(Rating::Down),
    });
    let text = "Hello".to_owned();
    h.user(UserEvent::Correct { message, text });
    let keeping = Keeping {
        pinned: true,
        ..Keeping::default().tagged(["work".to_owned()])
    };
    h.user(UserEvent::Keep(keeping.clone()));
    for records in [h.records.clone(), h.conversation().to_records(20)] {
        let mut read = crate::chat::Conversation::new(h.conversation().id.clone(), 0);
        for record in &records {
            read.apply(record).expect("it fits");
        }
        assert_eq!(read.keeping, keeping);
        assert_eq!(read.nodes[&message].rating, Some(Rating::Down));
        let last = read.head.expect("something is shown");
        assert_eq!(read.nodes[&last].corrects, Some(message));
    }
}

#[test]
fn what_does_not_change_is_not_written() {
    let mut h = Harness::new();
    h.exchange("Hi", &["Hello"]);
    let before = h.records.len();
    h.user(UserEvent::Keep(Keeping::default()));
    assert_eq!(h.records.len(), before);
}
