//! A conversation that no longer fits.

use super::harness::*;
use crate::chat::session::{ContextPolicy, SessionOptions};
use crate::chat::{AnswerState, UserEvent};
use crate::inference::*;
use crate::words::Said;

fn dropping() -> Harness {
    under(ContextPolicy::DropOldest)
}

fn under(context_full: ContextPolicy) -> Harness {
    let mut h = Harness::with(SessionOptions {
        context_full,
        system: Some("Be brief.".into()),
        ..Default::default()
    });
    for number in 1..=4 {
        h.exchange(
            &format!("question {number}"),
            &[&format!("answer {number}")],
        );
    }
    h
}

fn too_long(h: &Harness, tokens: u32, limit: u32) -> EngineEvent {
    let hint = Said::verbatim("use a larger context");
    let error = EngineError::PromptTooLong {
        tokens,
        limit,
        hint,
    };
    EngineEvent::Failed {
        request: Some(h.running()),
        error,
    }
}

#[test]
fn a_prompt_that_does_not_fit_is_explained_and_nothing_is_dropped() {
    let mut h = Harness::new();
    h.exchange("one", &["1"]).submit("two");
    let event = too_long(&h, 120, 100);
    h.engine(event);
    assert!(h.sent().is_none());
    assert!(h.said().contains("120 tokens and 100 fit"), "{}", h.said());
    assert!(matches!(
        h.last().answer.as_ref().unwrap().state,
        AnswerState::Failed(_)
    ));
}

#[test]
fn the_oldest_turns_are_left_out_and_the_user_is_told() {
    let mut h = dropping();
    h.submit("question 5");
    let (old, event) = (h.running(), too_long(&h, 120, 100));
    h.engine(event);
    assert!(h.said().contains("oldest 4 messages"), "{}", h.said());
    assert_eq!(
        h.prompt(),
        [
            system("Be brief."),
            user("question 3"),
            assistant("answer 3"),
            user("question 4"),
            assistant("answer 4"),
            user("question 5"),
        ]
    );
    assert_ne!(h.running(), old);
    h.token("answer 5").finish(StopReason::EndOfGeneration);
    assert_eq!(h.shown().len(), 10, "they stay in the conversation");
}

#[test]
fn what_was_left_out_stays_out_so_that_the_cache_holds() {
    let mut h = dropping();
    h.submit("question 5");
    let event = too_long(&h, 120, 100);
    h.engine(event)
        .token("answer 5")
        .finish(StopReason::EndOfGeneration);
    h.submit("question 6");
    assert_eq!(h.prompt()[1], user("question 3"));
}

#[test]
fn it_gives_up_when_only_the_last_message_is_left() {
    let mut h = dropping();
    h.submit("question 5");
    let event = too_long(&h, 5000, 100);
    h.engine(event);
    assert_eq!(h.prompt(), [system("Be brief."), user("question 5")]);
    let event = too_long(&h, 110, 100);
    h.engine(event);
    assert!(h.sent().is_none());
    assert!(h.said().contains("110 tokens"), "{}", h.said());
    assert!(h.is_idle());
}

#[test]
fn an_answer_that_fills_the_context_ends_with_a_warning() {
    let mut h = Harness::new();
    h.submit("Hi").token("a").finish(StopReason::ContextFull);
    assert!(
        h.said().contains("context is full (100 tokens)"),
        "{}",
        h.said()
    );
    let state = &h.last().answer.as_ref().unwrap().state;
    assert_eq!(state, &AnswerState::Ended(StopReason::ContextFull));
}

#[test]
fn an_answer_that_fills_the_context_goes_on_without_the_oldest_turns() {
    let mut h = dropping();
    h.submit("question 5")
        .tokens(&["answer", " 5"])
        .finish(StopReason::ContextFull);
    assert!(h.said().contains("no longer sent"), "{}", h.said());
    assert_eq!(h.prefix().unwrap().content, "answer 5");
    assert_eq!(h.prompt()[0], system("Be brief."));
    assert!(h.prompt().len() < 10);
    h.token(" and more").finish(StopReason::EndOfGeneration);
    assert_eq!(h.last().text(), "answer 5 and more");
}

#[test]
fn another_branch_is_sent_whole() {
    let mut h = dropping();
    h.submit("question 5");
    let event = too_long(&h, 120, 100);
    h.engine(event)
        .token("answer 5")
        .finish(StopReason::EndOfGeneration);
    let message = h.conversation().path()[1];
    h.user(UserEvent::Edit {
        message,
        text: "other".into(),
    });
    assert_eq!(h.prompt(), [system("Be brief."), user("other")]);
}

/// Four exchanges, and a fifth question that does not fit: the model is asked for a summary.
fn summarising() -> Harness {
    let mut h = under(ContextPolicy::Summarise);
    h.submit("question 5");
    let event = too_long(&h, 120, 100);
    h.engine(event);
    h
}

#[test]
fn a_summary_of_the_oldest_turns_is_written_and_sent_instead_of_them() {
    let mut h = summarising();
    assert!(h.said().contains("oldest 4 messages"), "{}", h.said());
    let asked = h.prompt();
    assert_eq!(
        asked[..5],
        [
            system("Be brief."),
            user("question 1"),
            assistant("answer 1"),
            user("question 2"),
            assistant("answer 2"),
        ]
    );
    assert!(asked[5].1.starts_with("Summarise our conversation"));
    assert_eq!(asked.len(), 6);

    h.tokens(&[" Two things", " were asked.\n"]);
    assert_eq!(h.last().text(), "", "it is no part of the answer");
    h.finish(StopReason::EndOfGeneration);
    assert!(
        h.said().contains("It says: Two things were asked."),
        "{}",
        h.said()
    );
    let first = "(What we talked about before, in short: Two things were asked.)\n\nquestion 3";
    assert_eq!(
        h.prompt(),
        [
            system("Be brief."),
            user(first),
            assistant("answer 3"),
            user("question 4"),
            assistant("answer 4"),
            user("question 5"),
        ]
    );
    h.token("answer 5").finish(StopReason::EndOfGeneration);
    assert_eq!(h.last().text(), "answer 5");

    // The next summary is of the first one too.
    h.submit("question 6");
    assert_eq!(h.prompt()[1], user(first));
    let event = too_long(&h, 120, 100);
    h.engine(event);
    assert_eq!(h.prompt()[1], user(first));
    assert!(h.prompt().last().unwrap().1.starts_with("Summarise"));
}

#[test]
fn without_a_summary_the_oldest_turns_are_left_out() {
    for fail in [
        |h: &mut Harness| {
            let event = too_long(h, 110, 100);
            h.engine(event);
        },
        |h: &mut Harness| {
            h.token(" \n").finish(StopReason::EndOfGeneration);
        },
    ] {
        let mut h = summarising();
        fail(&mut h);
        assert!(h.said().contains("No summary"), "{}", h.said());
        assert_eq!(h.prompt()[1], user("question 3"));
        h.token("answer 5").finish(StopReason::EndOfGeneration);
        assert_eq!(h.last().text(), "answer 5");
    }
}

#[test]
fn a_summary_can_be_stopped_as_the_answer_that_waits_for_it() {
    let mut h = summarising();
    h.token("Two");
    h.user(UserEvent::Stop);
    h.finish(StopReason::Cancelled);
    assert!(h.is_idle());
    let state = &h.last().answer.as_ref().unwrap().state;
    assert_eq!(state, &AnswerState::Ended(StopReason::Cancelled));
    // The next question is as long as ever.
    h.submit("question 6");
    assert_eq!(h.prompt()[1], user("question 1"));
}

#[test]
fn what_would_not_be_sent_is_known_before_it_is_sent() {
    let forecast = |h: &Harness, text: &str| {
        let head = h.conversation().head;
        h.session.forecast(head, text).expect("a model is loaded")
    };
    let h = dropping();
    // The answers say that 90 tokens are in the context, of 2,048 at most.
    let short = forecast(&h, "Twelve words");
    assert_eq!((short.message, short.limit, short.left_out), (3, 2048, 0));
    assert_eq!(short.tokens, 90 + 3 + 8);
    assert!(short.fits());
    assert_eq!(forecast(&h, "\u{65e5}\u{672c}\u{8a9e}").message, 3);
    let long = forecast(&h, &"word ".repeat(1600));
    assert_eq!(long.message, 2000);
    assert!(!long.fits());
    // All that came before is little beside it.
    assert_eq!(long.left_out, 8);
    let stopping = forecast(&under(ContextPolicy::Stop), &"word ".repeat(1600));
    assert_eq!((stopping.fits(), stopping.left_out), (false, 0));
}
