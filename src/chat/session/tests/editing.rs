//! Messages said differently, answered again, deleted and brought back.

use super::harness::*;
use super::replay::assert_replays;
use crate::chat::{AnswerState, MessageId, RecordBody, UserEvent};
use crate::inference::*;

fn edit(h: &mut Harness, message: MessageId, text: &str) {
    h.user(UserEvent::Edit {
        message,
        text: text.into(),
    });
}

#[test]
fn an_earlier_question_said_differently_is_a_branch_with_an_answer_of_its_own() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    let first = h.conversation().path()[0];
    edit(&mut h, first, "uno");
    assert_eq!(h.prompt(), [user("uno")]);
    h.token("I").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["uno", "I"]);
    h.user(UserEvent::Show(first));
    assert_eq!(h.shown(), ["one", "1", "two", "2"]);
}

#[test]
fn an_answer_that_is_edited_keeps_the_odds_of_what_both_begin_with() {
    let mut h = Harness::new();
    h.exchange("Hi", &["The ", "sky ", "is ", "blue"]);
    let before = h.last().id;
    edit(&mut h, before, "The sky was grey");
    let node = h.last();
    assert_ne!(node.id, before);
    assert_eq!(node.text(), "The sky was grey");
    let answer = node.answer.as_ref().unwrap();
    assert_eq!(answer.traces.len(), 2);
    assert_eq!(h.conversation().token_spans(node.id), [0..4, 4..8]);
    assert_eq!(answer.state, AnswerState::Ended(StopReason::Cancelled));
    assert!(h.is_idle(), "nothing is asked of the model");
    assert_replays(&h);
}

#[test]
fn the_model_goes_on_after_an_edited_answer() {
    let mut h = Harness::new();
    h.exchange("Hi", &["The ", "sky"]);
    let before = h.last().id;
    edit(&mut h, before, "My words");
    assert!(h.last().answer.is_none(), "no token of it is the model's");
    h.user(UserEvent::Continue);
    assert_eq!(h.prefix().unwrap().content, "My words");
    h.token(" and").finish(StopReason::EndOfGeneration);
    assert_eq!(h.last().text(), "My words and");
}

#[test]
fn words_typed_into_an_answer_are_kept_whole_or_not_at_all() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a", "b"]);
    let message = h.last().id;
    h.user(UserEvent::ContinueWith {
        message,
        index: 1,
        text: " typed".into(),
    });
    h.token("c").finish(StopReason::EndOfGeneration);
    assert_eq!(h.last().text(), "a typedc");
    let message = h.last().id;
    edit(&mut h, message, "a typo");
    assert_eq!(h.last().text(), "a typo");
    assert_replays(&h);
    edit(&mut h, message, "a typed, and more");
    assert_eq!(h.last().text(), "a typed, and more");
    assert_eq!(h.last().answer.as_ref().unwrap().traces.len(), 1);
    assert_replays(&h);
}

#[test]
fn a_character_is_not_cut_by_an_edit() {
    let mut h = Harness::new();
    h.submit("Hi");
    for part in ["é".as_bytes(), &[0xC3], &[0xA9]] {
        h.bytes(part);
    }
    h.finish(StopReason::EndOfGeneration);
    let message = h.last().id;
    edit(&mut h, message, "éè");
    assert_eq!(h.last().content, "éè".as_bytes());
    assert_replays(&h);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_branch() {
    let mut h = Harness::new();
    h.exchange("Hi", &["one"]);
    let message = h.last().id;
    edit(&mut h, message, "one");
    assert!(h.said().contains("nothing changed"), "{}", h.said());
    assert_eq!(h.conversation().leaves().count(), 1);
}

#[test]
fn any_message_can_be_answered_again() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    let path = h.conversation().path();
    h.user(UserEvent::AnswerAgain(path[1]));
    assert_eq!(h.prompt(), [user("one")]);
    h.token("uno").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["one", "uno"]);
    h.user(UserEvent::AnswerAgain(path[2]));
    assert_eq!(h.prompt(), [user("one"), assistant("1"), user("two")]);
}

#[test]
fn what_was_deleted_comes_back_with_its_branches_and_odds() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    h.user(UserEvent::Regenerate)
        .token("zwei")
        .finish(StopReason::EndOfGeneration);
    let whole = h.conversation().clone();
    let path = h.conversation().path();
    h.user(UserEvent::Delete(path[2]));
    assert!(h.said().contains("3 messages"), "{}", h.said());
    assert!(h.said().contains("/restore"), "{}", h.said());
    assert_eq!(h.shown(), ["one", "1"]);
    h.user(UserEvent::Restore);
    assert_eq!(h.appended(), [&RecordBody::Restore { message: path[2] }]);
    assert_eq!(h.shown(), ["one", "1", "two", "zwei"]);
    for (id, node) in &whole.nodes {
        assert_eq!(h.node(*id).content, node.content);
        assert_eq!(h.node(*id).answer, node.answer);
        assert_eq!(h.node(*id).children, node.children);
    }
    assert_replays(&h);
}

#[test]
fn deletions_come_back_one_by_one_the_last_one_first() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]);
    for answer in ["uno", "un"] {
        h.user(UserEvent::Regenerate)
            .token(answer)
            .finish(StopReason::EndOfGeneration);
    }
    let question = h.conversation().path()[0];
    let answers = h.node(question).children.clone();
    h.user(UserEvent::Delete(answers[1]));
    h.user(UserEvent::Delete(question));
    assert!(h.conversation().is_empty());
    h.user(UserEvent::Restore);
    assert_eq!(h.node(question).children, [answers[0], answers[2]]);
    h.user(UserEvent::Restore);
    assert_eq!(h.node(question).children, answers);
    h.user(UserEvent::Restore);
    assert!(h.said().contains("Nothing was deleted"), "{}", h.said());
    assert_replays(&h);
}

#[test]
fn an_answer_begins_as_it_was_asked_to_and_the_next_one_does_not() {
    let mut h = Harness::new();
    h.user(UserEvent::Prefill(Some("Sure, ".into())));
    assert_eq!(h.session.prefill(), Some("Sure, "));
    h.submit("Hi");
    assert_eq!(h.prompt(), [user("Hi")]);
    assert_eq!(h.prefix().map(|it| it.content.as_str()), Some("Sure, "));
    assert_eq!(h.session.prefill(), None);
    h.token("why").finish(StopReason::EndOfGeneration);
    let node = h.last();
    assert_eq!(node.text(), "Sure, why");
    let spans = h.conversation().token_spans(node.id);
    assert_eq!(spans.first(), Some(&(6..9)), "what was typed is no token's");
    assert_replays(&h);
    h.submit("And?");
    assert_eq!(h.prefix(), None);
}

#[test]
fn a_beginning_waits_for_the_model_and_can_be_taken_back() {
    let options = crate::chat::SessionOptions {
        prefill: Some("From the start".into()),
        ..Default::default()
    };
    let mut h = Harness::bare(options.clone());
    h.submit("Hi");
    assert_eq!(h.session.prefill(), Some("From the start"));
    h.load(MODEL);
    assert_eq!(h.prefix().unwrap().content, "From the start");
    let mut h = Harness::with(options);
    h.user(UserEvent::Prefill(Some(String::new()))).submit("Hi");
    assert_eq!(h.prefix(), None);
}
