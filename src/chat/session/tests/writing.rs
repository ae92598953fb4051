//! What is written, and when.

use std::time::Duration;

use super::harness::*;
use crate::chat::session::SessionOptions;
use crate::chat::{Effect, Event, RecordBody, UserEvent};
use crate::inference::*;

fn chunks(records: &[&RecordBody]) -> Vec<Vec<u8>> {
    records
        .iter()
        .filter_map(|record| match record {
            RecordBody::Chunk { content, .. } => Some(content.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_file_begins_with_one_header_and_not_before_the_first_message() {
    let mut h = Harness::new();
    assert!(h.records.is_empty());
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    let headers = h
        .records
        .iter()
        .filter(|record| matches!(record, RecordBody::Header { .. }))
        .count();
    assert!(matches!(h.records[0], RecordBody::Header { .. }));
    assert_eq!(headers, 1);
}

#[test]
fn a_stream_is_written_every_two_seconds_and_no_oftener() {
    let mut h = Harness::new();
    h.submit("Hi");
    h.wait(Duration::from_secs(1)).token("a");
    h.wait(Duration::from_millis(999)).token("b");
    assert_eq!(h.effects, []);
    h.wait(Duration::from_millis(1)).token("c");
    assert_eq!(chunks(&h.appended()), [b"abc"]);
    assert!(matches!(h.effects[0], Effect::Append { sync: true, .. }));
    h.wait(Duration::from_millis(1999)).token("d");
    assert_eq!(h.effects, []);
    h.finish(StopReason::EndOfGeneration);
    assert_eq!(chunks(&h.appended()), [b"d"]);
}

#[test]
fn what_came_is_written_though_the_next_token_is_slow() {
    let mut h = Harness::new();
    h.submit("Hi").token("a");
    h.handle(Event::Tick);
    assert_eq!(h.effects, []);
    h.wait(Duration::from_secs(2)).handle(Event::Tick);
    assert_eq!(chunks(&h.appended()), [b"a"]);
    h.wait(Duration::from_secs(2)).handle(Event::Tick);
    assert_eq!(h.effects, [], "nothing came since");
}

#[test]
fn the_wall_clock_set_back_changes_nothing() {
    let mut h = Harness::new();
    h.submit("Hi").token("a");
    h.wait(Duration::from_secs(2));
    h.now.wall -= 31_536_000_000;
    h.token("b");
    assert_eq!(chunks(&h.appended()), [b"ab"]);
}

#[test]
fn a_chunk_ends_with_a_whole_character() {
    let mut h = Harness::new();
    h.submit("Hi");
    h.wait(Duration::from_secs(2)).bytes(b"a\xF0\x9F");
    assert_eq!(chunks(&h.appended()), [b""; 0]);
    h.wait(Duration::from_secs(2)).bytes(b"\x98\x80");
    assert_eq!(chunks(&h.appended()), ["a😀".as_bytes()]);
    h.wait(Duration::from_secs(2)).bytes(b"b").bytes(b"\xE2");
    h.wait(Duration::from_secs(2)).bytes(b"\x82");
    h.finish(StopReason::Length);
    assert_eq!(
        chunks(&h.appended()),
        [b"\xE2\x82"],
        "at the end, all that came"
    );
    assert_eq!(h.last().content, b"a\xF0\x9F\x98\x80b\xE2\x82");
}

#[test]
fn the_end_is_written_and_synced_with_what_came_last() {
    let mut h = Harness::new();
    h.submit("Hi")
        .token("a")
        .finish(StopReason::EndOfGeneration);
    let [
        Effect::Append {
            records,
            sync: true,
            ..
        },
    ] = &h.effects[..]
    else {
        panic!("{:?}", h.effects)
    };
    assert!(matches!(
        records[..],
        [
            RecordBody::Pieces { .. },
            RecordBody::Chunk { .. },
            RecordBody::End {
                stop: Some(StopReason::EndOfGeneration),
                stats: Some(_),
                ..
            }
        ]
    ));
}

#[test]
fn a_piece_is_written_once_a_file() {
    let mut h = Harness::new();
    h.exchange("one", &["a", "b"]).exchange("two", &["b", "c"]);
    let mut named: Vec<&[u8]> = Vec::new();
    for record in &h.records {
        if let RecordBody::Pieces { vocabulary, pieces } = record {
            assert_eq!(vocabulary, MODEL);
            named.extend(pieces.iter().map(|piece| &piece.bytes[..]));
        }
    }
    assert_eq!(named, [&b"a"[..], b"!", b"b", b"c"]);
}

#[test]
fn as_many_candidates_are_stored_as_asked_and_the_others_weigh_outside() {
    let mut h = Harness::with(SessionOptions {
        stored_candidates: 1,
        ..Default::default()
    });
    h.exchange("Hi", &["a"]);
    let stored = h.records.iter().find_map(|record| match record {
        RecordBody::Chunk { traces, .. } => Some(traces[0].clone()),
        _ => None,
    });
    let stored = stored.unwrap();
    assert_eq!(stored.candidates.len(), 1);
    assert!((stored.outside - (0.25 + (-2.0_f32).exp())).abs() < 1e-6);
    let live = &h.last().answer.as_ref().unwrap().traces[0];
    assert_eq!(live.candidates.len(), 2, "the live one keeps all");
}

#[test]
fn incognito_writes_nothing() {
    let mut h = Harness::with(SessionOptions {
        record: false,
        ..Default::default()
    });
    h.exchange("secret", &["a"])
        .user(UserEvent::Rename("title".into()));
    h.user(UserEvent::New(crate::chat::ConversationId("SECOND".into())));
    assert!(h.records.is_empty());
    assert!(!h.session.is_recording());
}

#[test]
fn incognito_ended_writes_what_was_said_meanwhile() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).user(UserEvent::Incognito(true));
    assert!(h.said().contains("stays on disk"), "{}", h.said());
    let before = h.records.len();
    h.exchange("two", &["2"]);
    assert_eq!(h.records.len(), before);
    h.user(UserEvent::Incognito(false));
    assert!(h.said().contains("meanwhile"), "{}", h.said());
    assert!(matches!(h.effects[0], Effect::Append { sync: true, .. }));
    h.exchange("three", &["3"]);
    super::replay::assert_replays(&h);
}

#[test]
fn incognito_from_the_start_can_still_be_kept() {
    let mut h = Harness::with(SessionOptions {
        record: false,
        ..Default::default()
    });
    h.exchange("one", &["1"]).user(UserEvent::Incognito(false));
    assert!(matches!(h.records[0], RecordBody::Header { .. }));
    super::replay::assert_replays(&h);
}

#[test]
fn incognito_in_the_middle_of_an_answer_holds_back_the_rest_of_it() {
    let mut h = Harness::new();
    h.submit("Hi")
        .token("a")
        .wait(Duration::from_secs(2))
        .token("b");
    h.user(UserEvent::Incognito(true));
    let before = h.records.len();
    h.token("c").finish(StopReason::EndOfGeneration);
    assert_eq!(h.records.len(), before);
    h.user(UserEvent::Incognito(false));
    super::replay::assert_replays(&h);
}

#[test]
fn what_is_computed_incognito_is_not_kept_either() {
    let kept = |h: &mut Harness| {
        let keep = h.submit("one").sent().map(|asked| asked.keep);
        h.finish(StopReason::EndOfGeneration);
        keep
    };
    let mut h = Harness::new();
    assert_eq!(kept(&mut h), Some(Keep::Conversation));
    h.user(UserEvent::Incognito(true));
    assert_eq!(kept(&mut h), Some(Keep::Nothing));
    let mut h = Harness::with(SessionOptions {
        record: false,
        keep_opening: true,
        ..Default::default()
    });
    assert_eq!(kept(&mut h), Some(Keep::Opening));
}

#[test]
fn incognito_twice_says_how_it_is() {
    let mut h = Harness::new();
    h.user(UserEvent::Incognito(false));
    assert_eq!(h.said(), "This is being written.");
}

#[test]
fn what_cannot_be_saved_is_said_once_and_shown_until_it_is() {
    let mut h = Harness::new();
    let full = || Event::NotSaved {
        reason: "no space left on device".into(),
    };
    h.submit("Hi").handle(full());
    assert_eq!(h.said(), "Not saved: no space left on device");
    h.handle(full());
    assert_eq!(h.said(), "");
    assert_eq!(h.session.unsaved(), Some("no space left on device"));
    assert!(h.session.is_busy(), "the answer goes on");
    h.handle(Event::SavedAgain);
    assert!(h.said().contains("Saved again"), "{}", h.said());
    assert_eq!(h.session.unsaved(), None);
}

#[test]
fn a_title_is_a_record_and_an_empty_one_takes_it_away() {
    let mut h = Harness::new();
    h.exchange("Why is the sky blue?", &["a"]);
    assert_eq!(
        h.conversation().title_or_first_words(),
        "Why is the sky blue?"
    );
    h.user(UserEvent::Rename(" Sky ".into()));
    assert_eq!(h.conversation().title_or_first_words(), "Sky");
    h.user(UserEvent::Rename(String::new()));
    assert_eq!(h.appended(), [&RecordBody::Title { title: None }]);
}
