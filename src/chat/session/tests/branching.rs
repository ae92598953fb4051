//! Answers once more, gone on with, from another token; stepping about in the tree.

use super::harness::*;
use crate::chat::session::SessionOptions;
use crate::chat::slash::{self, Outcome, Parsed};
use crate::chat::{AnswerState, MessageId, RecordBody, UserEvent};
use crate::inference::*;

#[test]
fn regenerate_makes_a_sibling() {
    let mut h = Harness::new();
    h.exchange("Hi", &["one"]);
    let first = h.last().id;
    h.user(UserEvent::Regenerate);
    assert_eq!(h.prompt(), [user("Hi")]);
    h.token("two").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["Hi", "two"]);
    let (siblings, index) = h.conversation().siblings(h.last().id).unwrap();
    assert_eq!((siblings, index), (&[first, h.last().id][..], 1));
}

#[test]
fn regenerate_counts_a_fixed_seed_up() {
    let sampling = SamplerSettings {
        seed: Some(u32::MAX),
        ..Default::default()
    };
    let mut h = Harness::with(SessionOptions {
        sampling,
        ..Default::default()
    });
    h.submit("Hi");
    assert_eq!(h.sent().unwrap().sampling.seed, Some(u32::MAX));
    h.finish(StopReason::EndOfGeneration)
        .user(UserEvent::Regenerate);
    assert_eq!(h.sent().unwrap().sampling.seed, Some(0));
    assert_eq!(
        h.session.sampling().seed,
        Some(u32::MAX),
        "the setting stays"
    );
}

#[test]
fn regenerate_while_an_answer_runs_replaces_it() {
    let mut h = Harness::new();
    h.submit("Hi").token("no");
    let old = h.running();
    h.user(UserEvent::Regenerate);
    assert_eq!(h.cancelled(), Some(old));
    assert_ne!(h.running(), old);
    h.token("yes").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["Hi", "yes"]);
    assert_eq!(h.conversation().leaves().count(), 2);
}

#[test]
fn regenerate_answers_a_message_that_has_no_answer() {
    let mut h = Harness::bare(SessionOptions::default());
    h.submit("Hi").user(UserEvent::Stop).load(MODEL);
    h.user(UserEvent::Regenerate);
    assert_eq!(h.prompt(), [user("Hi")]);
}

#[test]
fn regenerate_with_nothing_said_says_so() {
    let mut h = Harness::new();
    h.user(UserEvent::Regenerate);
    assert!(h.said().contains("no message"), "{}", h.said());
    assert!(h.is_idle());
}

#[test]
fn continue_goes_on_in_the_same_message() {
    let mut h = Harness::new();
    h.submit("Hi")
        .tokens(&["a", "b"])
        .finish(StopReason::Length);
    let message = h.last().id;
    h.user(UserEvent::Continue);
    assert_eq!(h.prompt(), [user("Hi")]);
    let prefix = h.prefix().unwrap();
    assert_eq!(
        (prefix.role, prefix.content.as_str()),
        (Role::Assistant, "ab")
    );
    assert_eq!(prefix.parts, [tokens(&[b"a", b"b"])]);
    h.token("c").finish(StopReason::EndOfGeneration);
    assert_eq!((h.last().id, &h.last().content[..]), (message, &b"abc"[..]));
    assert_eq!(h.conversation().token_spans(message), [0..1, 1..2, 2..3]);
}

#[test]
fn continue_under_another_model_goes_on_from_the_text_in_a_sibling() {
    let mut h = Harness::new();
    h.submit("Hi")
        .tokens(&["a", "b"])
        .finish(StopReason::Length);
    let before = h.last().id;
    h.load(OTHER_MODEL).user(UserEvent::Continue);
    let prefix = h.prefix().unwrap();
    assert_eq!(prefix.content, "ab");
    assert_eq!(prefix.parts, []);
    h.token("c").finish(StopReason::EndOfGeneration);
    let node = h.last();
    assert_ne!(node.id, before);
    assert_eq!(node.text(), "abc");
    assert_eq!(node.answer.as_ref().unwrap().prefix_len, 2);
    assert_eq!(h.conversation().token_spans(node.id).first(), Some(&(2..3)));
}

#[test]
fn continue_needs_an_answer_that_has_ended() {
    let mut h = Harness::new();
    h.user(UserEvent::Continue);
    assert!(h.said().contains("no answer"), "{}", h.said());
    h.submit("Hi").user(UserEvent::Continue);
    assert!(h.said().contains("still"), "{}", h.said());
}

#[test]
fn edit_makes_a_sibling_with_an_answer_of_its_own() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    let message = h.conversation().path()[2];
    h.user(UserEvent::Edit {
        message,
        text: "three".into(),
    });
    assert_eq!(h.prompt(), [user("one"), assistant("1"), user("three")]);
    h.token("3").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["one", "1", "three", "3"]);
    assert_eq!(h.conversation().leaves().count(), 2);
}

#[test]
fn a_message_cannot_be_edited_into_nothing() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]);
    let question = h.conversation().path()[0];
    h.user(UserEvent::Edit {
        message: question,
        text: " ".into(),
    });
    assert!(h.said().contains("empty"), "{}", h.said());
    h.user(UserEvent::Edit {
        message: MessageId(99),
        text: "x".into(),
    });
    assert!(
        h.said().contains("not in this conversation"),
        "{}",
        h.said()
    );
    assert_eq!(h.shown(), ["one", "1"]);
}

#[test]
fn undo_steps_back_before_the_last_exchange_and_keeps_its_branch() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    h.user(UserEvent::Undo);
    assert_eq!(h.shown(), ["one", "1"]);
    assert_eq!(h.conversation().len(), 4);
    h.user(UserEvent::Undo);
    assert_eq!(h.shown(), [""; 0]);
    h.user(UserEvent::Undo);
    assert!(h.said().contains("nothing to undo"), "{}", h.said());
}

#[test]
fn undo_while_an_answer_runs_stops_it() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).submit("two");
    let request = h.running();
    h.user(UserEvent::Undo);
    assert_eq!(h.cancelled(), Some(request));
    assert_eq!(h.shown(), ["one", "1"]);
    assert!(h.is_idle());
}

#[test]
fn a_branch_shares_what_came_before_the_token_and_goes_on_from_the_other_one() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a", "b", "c"]);
    let message = h.last().id;
    h.user(UserEvent::BranchAt {
        message,
        index: 1,
        candidate: id_of(b"!"),
    });
    let prefix = h.prefix().unwrap();
    assert_eq!(prefix.content, "a!");
    assert_eq!(prefix.parts, [tokens(&[b"a", b"!"])]);
    h.token("d").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["Hi", "a!d"]);
    let (old, new) = (h.node(message), h.last());
    let (old, new) = (old.answer.as_ref().unwrap(), new.answer.as_ref().unwrap());
    assert_eq!(new.traces[0], old.traces[0]);
    // All but the choice is as it was.
    let listed = old.traces[1].candidates[1];
    let expected = TokenTrace {
        id: listed.id,
        logprob: listed.logprob,
        rank: Some(2),
        ..old.traces[1].clone()
    };
    assert_eq!(new.traces[1], expected);
}

#[test]
fn a_branch_from_the_token_that_was_chosen_keeps_it() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a", "b", "c"]);
    let message = h.last().id;
    h.user(UserEvent::BranchAt {
        message,
        index: 1,
        candidate: id_of(b"b"),
    });
    assert_eq!(h.prefix().unwrap().content, "ab");
}

#[test]
fn a_branch_at_the_end_token_ends_there() {
    let mut h = Harness::new();
    h.submit("Hi");
    let request = h.running();
    let EngineEvent::Token(mut last) = token(request, b"b") else {
        unreachable!()
    };
    last.trace.candidates[1].id = id_of(b"<end>");
    h.token("a")
        .engine(EngineEvent::Token(last))
        .finish(StopReason::EndOfGeneration);
    let message = h.last().id;
    h.user(UserEvent::BranchAt {
        message,
        index: 1,
        candidate: id_of(b"<end>"),
    });
    assert!(h.sent().is_none());
    assert_eq!(h.shown(), ["Hi", "a"]);
    let answer = h.last().answer.as_ref().unwrap();
    assert_eq!(
        answer.state,
        AnswerState::Ended(StopReason::EndOfGeneration)
    );
    assert_eq!(answer.traces[1].kind, TokenKind::EndOfGeneration);
    assert_eq!(answer.traces[1].id, id_of(b"<end>"));
}

#[test]
fn without_its_model_a_vocabularys_ends_are_those_that_came() {
    let mut h = Harness::new();
    h.submit("Hi").token("a");
    let ends = |h: &Harness, path| h.session.end_tokens(path).into_iter().collect::<Vec<_>>();
    assert_eq!(ends(&h, MODEL), [id_of(b"<end>")]);
    assert_eq!(ends(&h, OTHER_MODEL), []);
    let request = h.running();
    h.engine(end_token(request))
        .finish(StopReason::EndOfGeneration)
        .load(OTHER_MODEL);
    assert_eq!(ends(&h, MODEL), [id_of(b"<end>")]);
}

#[test]
fn a_branch_needs_a_candidate_that_was_there() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a"]);
    let message = h.last().id;
    h.user(UserEvent::BranchAt {
        message,
        index: 0,
        candidate: TokenId(5),
    });
    assert!(h.said().contains("candidates"), "{}", h.said());
    h.user(UserEvent::BranchAt {
        message,
        index: 7,
        candidate: id_of(b"a"),
    });
    assert!(h.said().contains("no such token"), "{}", h.said());
    assert_eq!(h.conversation().leaves().count(), 1);
}

#[test]
fn a_branch_while_the_answer_runs_stops_it() {
    let mut h = Harness::new();
    h.submit("Hi").tokens(&["a", "b"]);
    let (old, message) = (h.running(), h.last().id);
    h.user(UserEvent::BranchAt {
        message,
        index: 0,
        candidate: id_of(b"!"),
    });
    assert_eq!(h.cancelled(), Some(old));
    assert_eq!(h.prefix().unwrap().content, "!");
    let state = &h.node(message).answer.as_ref().unwrap().state;
    assert_eq!(state, &AnswerState::Ended(StopReason::Cancelled));
}

fn continue_with(message: MessageId, index: usize, text: &str) -> UserEvent {
    UserEvent::ContinueWith {
        message,
        index,
        text: text.into(),
    }
}

#[test]
fn typed_words_take_a_tokens_place_and_the_model_goes_on() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a", "b", "c"]);
    let message = h.last().id;
    h.user(continue_with(message, 2, " well\n"));
    let prefix = h.prefix().unwrap();
    assert_eq!(prefix.content, "ab well\n");
    let typed = MessagePart::Typed(" well\n".into());
    assert_eq!(prefix.parts, [tokens(&[b"a", b"b"]), typed.clone()]);
    h.tokens(&["d", "e"]).finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["Hi", "ab well\nde"]);
    assert_eq!(h.node(message).text(), "abc", "the old one is kept");
    let branch = h.last().id;
    let spans = [0..1, 1..2, 8..9, 9..10];
    assert_eq!(h.conversation().token_spans(branch), spans);
    let old = h.node(message).answer.as_ref().unwrap();
    let new = h.last().answer.as_ref().unwrap();
    assert!(new.traces.range(0..2).eq(old.traces.range(0..2)));
    // And once more from the branch, behind what was typed.
    h.user(continue_with(branch, 3, "!"));
    assert_eq!(
        h.prefix().unwrap().parts,
        [
            tokens(&[b"a", b"b"]),
            typed,
            tokens(&[b"d"]),
            MessagePart::Typed("!".into())
        ]
    );
    h.finish(StopReason::EndOfGeneration);
    h.submit("next");
    let Prompt::Chat { messages, .. } = &h.sent().unwrap().prompt else {
        panic!()
    };
    assert_eq!(messages[1].content, "ab well\nd!");
    assert_eq!(messages[1].parts.len(), 4);
}

#[test]
fn typed_words_can_stand_at_either_end_of_an_answer() {
    let mut h = Harness::new();
    h.submit("Hi").token("a");
    let request = h.running();
    h.engine(end_token(request))
        .finish(StopReason::EndOfGeneration);
    let message = h.last().id;
    h.user(continue_with(message, 0, "No"));
    let prefix = h.prefix().unwrap();
    assert_eq!(
        (prefix.content.as_str(), &prefix.parts[..]),
        ("No", &[][..])
    );
    h.token(".").finish(StopReason::EndOfGeneration);
    let answer = h.last().answer.as_ref().unwrap();
    assert_eq!((answer.prefix_len, &answer.typed[..]), (2, &[][..]));
    // Behind the end token the answer has not ended.
    h.user(continue_with(message, usize::MAX, " b"));
    let typed = MessagePart::Typed(" b".into());
    assert_eq!(h.prefix().unwrap().parts, [tokens(&[b"a"]), typed]);
    assert_eq!(h.last().answer.as_ref().unwrap().traces.len(), 1);
}

#[test]
fn under_another_model_typed_words_follow_the_text_alone() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a", "b"]);
    let message = h.last().id;
    h.load(OTHER_MODEL).user(continue_with(message, 1, "x"));
    let prefix = h.prefix().unwrap();
    assert_eq!(
        (prefix.content.as_str(), &prefix.parts[..]),
        ("ax", &[][..])
    );
    h.token("y").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown(), ["Hi", "axy"]);
    assert_eq!(h.conversation().leaves().count(), 2);
    assert_eq!(
        h.conversation().token_spans(h.last().id).first(),
        Some(&(2..3))
    );
}

#[test]
fn nothing_typed_and_a_message_of_ones_own_change_nothing() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a"]);
    let [question, answer] = h.conversation().path()[..] else {
        panic!()
    };
    h.user(continue_with(answer, 0, ""));
    assert!(h.said().contains("Nothing was typed"), "{}", h.said());
    h.user(continue_with(question, 0, "x"));
    assert!(h.said().contains("Only an answer"), "{}", h.said());
    h.user(continue_with(MessageId(99), 0, "x"));
    assert!(h.said().contains("not in this"), "{}", h.said());
    assert_eq!(h.conversation().len(), 2);
}

#[test]
fn words_after_the_command_are_set_apart_from_the_answer() {
    let mut h = Harness::new();
    h.exchange("Hi", &["a"]);
    let message = h.last().id;
    for (line, text) in [
        ("/continue but no", " but no"),
        ("/continue , or b", ", or b"),
    ] {
        let Parsed::Command(command) = slash::parse(line) else {
            panic!()
        };
        let event = continue_with(message, usize::MAX, text);
        assert_eq!(command.outcome(&h.session), Outcome::Events(vec![event]));
    }
}

#[test]
fn typed_words_stop_the_answer_that_runs() {
    let mut h = Harness::new();
    h.submit("Hi").tokens(&["a", "b"]);
    let (old, message) = (h.running(), h.last().id);
    h.user(continue_with(message, 1, "c"));
    assert_eq!(h.cancelled(), Some(old));
    assert_eq!(h.prefix().unwrap().content, "ac");
    let state = &h.node(message).answer.as_ref().unwrap().state;
    assert_eq!(state, &AnswerState::Ended(StopReason::Cancelled));
}

#[test]
fn siblings_are_stepped_through_without_going_past_the_ends() {
    let mut h = Harness::new();
    h.exchange("Hi", &["one"]);
    h.user(UserEvent::Regenerate)
        .token("two")
        .finish(StopReason::EndOfGeneration);
    let second = h.last().id;
    h.user(UserEvent::Sibling {
        message: second,
        offset: -1,
    });
    assert_eq!(h.shown(), ["Hi", "one"]);
    let first = h.last().id;
    h.user(UserEvent::Sibling {
        message: first,
        offset: -5,
    });
    assert_eq!(h.effects, []);
    h.user(UserEvent::Sibling {
        message: first,
        offset: isize::MAX,
    });
    assert_eq!(h.shown(), ["Hi", "two"]);
}

#[test]
fn a_sibling_is_shown_with_what_followed_it() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    let question = h.conversation().path()[0];
    h.user(UserEvent::Edit {
        message: question,
        text: "other".into(),
    });
    h.token("3").finish(StopReason::EndOfGeneration);
    h.user(UserEvent::Show(question));
    assert_eq!(h.shown(), ["one", "1", "two", "2"]);
    assert!(matches!(h.appended()[..], [RecordBody::Head { .. }]));
}

#[test]
fn an_answer_goes_on_while_another_branch_is_shown() {
    let mut h = Harness::new();
    h.exchange("Hi", &["one"])
        .user(UserEvent::Regenerate)
        .token("t");
    let message = h.last().id;
    h.user(UserEvent::Sibling {
        message,
        offset: -1,
    });
    assert_eq!(h.shown(), ["Hi", "one"]);
    h.token("wo").finish(StopReason::EndOfGeneration);
    assert_eq!(h.node(message).text(), "two");
    assert_eq!(h.shown(), ["Hi", "one"]);
}

#[test]
fn deleting_removes_a_message_with_what_follows() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).exchange("two", &["2"]);
    let message = h.conversation().path()[2];
    h.user(UserEvent::Delete(message));
    assert_eq!(h.shown(), ["one", "1"]);
    assert_eq!(h.conversation().len(), 2);
    assert_eq!(h.appended(), [&RecordBody::Tombstone { message }]);
}

#[test]
fn deleting_the_answer_that_runs_stops_it() {
    let mut h = Harness::new();
    h.submit("one").token("1");
    let request = h.running();
    let question = h.conversation().path()[0];
    h.user(UserEvent::Delete(question));
    assert_eq!(h.cancelled(), Some(request));
    assert!(h.conversation().is_empty());
    h.engine(token(request, b"late"));
    assert!(h.is_idle());
}

#[test]
fn a_number_is_not_given_twice() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]);
    let path = h.conversation().path();
    h.user(UserEvent::Delete(path[0])).submit("two");
    assert!(h.conversation().path()[0] > path[1]);
}
