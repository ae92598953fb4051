//! The tree is what the records add up to.

use std::time::Duration;

use proptest::prelude::*;

use super::harness::*;
use crate::chat::{Conversation, ConversationId, Event, MessageId, Record, UserEvent, record};
use crate::inference::*;

/// Without the counters that tell a view what changed, and with the stored candidates only.
fn essence(conversation: &Conversation) -> Conversation {
    let mut conversation = conversation.clone();
    conversation.version = 0;
    for node in conversation.nodes.values_mut() {
        node.version = 0;
    }
    conversation
}

fn replayed(h: &Harness) -> Conversation {
    let mut conversation = Conversation::new(ConversationId(String::new()), 0);
    for (sequence, body) in (1..).zip(&h.records) {
        let line = record::encode(&Record {
            sequence,
            body: body.clone(),
        });
        let read = record::decode(&line).unwrap();
        assert_eq!(read.sequence, sequence);
        conversation.apply(&read.body).unwrap();
    }
    conversation
}

/// What was written, read back, is the live conversation.
pub fn assert_replays(h: &Harness) {
    assert_eq!(essence(&replayed(h)), essence(h.conversation()));
}

#[derive(Debug, Clone)]
enum Step {
    Submit(String),
    Token(Vec<u8>),
    Finish,
    Die,
    Stop,
    Regenerate,
    Continue,
    Undo,
    Wait(u64),
    Load(bool),
    Branch(usize, usize),
    Sibling(usize, isize),
    Edit(usize, String),
    Show(usize),
    Delete(usize),
    Restore,
    AnswerAgain(usize),
    Rename(String),
    System(Option<String>),
    Incognito(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let token = prop_oneof![
        "[a-c]{1,3}".prop_map(String::into_bytes),
        Just("é😀".as_bytes()[..3].to_vec()),
        Just("é😀".as_bytes()[3..].to_vec()),
        proptest::collection::vec(any::<u8>(), 0..4),
    ];
    let step = prop_oneof![
        4 => "[a-z ]{0,6}".prop_map(Step::Submit),
        12 => token.prop_map(Step::Token),
        5 => Just(Step::Finish),
        1 => Just(Step::Die),
        1 => Just(Step::Stop),
        2 => Just(Step::Regenerate),
        2 => Just(Step::Continue),
        1 => Just(Step::Undo),
        3 => (0_u64..3000).prop_map(Step::Wait),
        1 => any::<bool>().prop_map(Step::Load),
        2 => (0_usize..20, 0_usize..5).prop_map(|(m, i)| Step::Branch(m, i)),
        1 => (0_usize..20, -2_isize..3).prop_map(|(m, o)| Step::Sibling(m, o)),
        1 => (0_usize..20, "[a-z]{0,3}").prop_map(|(m, t)| Step::Edit(m, t)),
        1 => (0_usize..20).prop_map(Step::Show),
        1 => (0_usize..40).prop_map(Step::Delete),
        1 => Just(Step::Restore),
        1 => (0_usize..20).prop_map(Step::AnswerAgain),
        1 => "[a-z]{0,3}".prop_map(Step::Rename),
        1 => proptest::option::of("[a-z]{0,3}").prop_map(Step::System),
        1 => any::<bool>().prop_map(Step::Incognito),
    ];
    proptest::collection::vec(step, 0..60)
}

fn take(h: &mut Harness, step: Step) {
    let message = |number: usize| MessageId(number as u64);
    let runs = h.session.running.is_some();
    match step {
        Step::Submit(text) => h.submit(&text),
        Step::Token(text) if runs => h.bytes(&text),
        Step::Finish if runs => h.finish(StopReason::EndOfGeneration),
        Step::Token(_) | Step::Finish => h,
        Step::Die => h.engine(died()),
        Step::Stop => h.user(UserEvent::Stop),
        Step::Regenerate => h.user(UserEvent::Regenerate),
        Step::Continue => h.user(UserEvent::Continue),
        Step::Undo => h.user(UserEvent::Undo),
        Step::Wait(ms) => h.wait(Duration::from_millis(ms)).handle(Event::Tick),
        Step::Load(other) => h.load(if other { OTHER_MODEL } else { MODEL }),
        Step::Branch(number, index) => {
            let message = message(number);
            h.user(UserEvent::BranchAt {
                message,
                index,
                candidate: id_of(b"!"),
            })
        }
        Step::Sibling(number, offset) => h.user(UserEvent::Sibling {
            message: message(number),
            offset,
        }),
        Step::Edit(number, text) => h.user(UserEvent::Edit {
            message: message(number),
            text,
        }),
        Step::Show(number) => h.user(UserEvent::Show(message(number))),
        Step::Delete(number) => h.user(UserEvent::Delete(message(number))),
        Step::Restore => h.user(UserEvent::Restore),
        Step::AnswerAgain(number) => h.user(UserEvent::AnswerAgain(message(number))),
        Step::Rename(title) => h.user(UserEvent::Rename(title)),
        Step::System(system) => h.user(UserEvent::System(system)),
        Step::Incognito(on) => h.user(UserEvent::Incognito(on)),
    };
}

proptest! {
    #[test]
    fn whatever_happens_the_file_replays_to_the_live_conversation(steps in steps()) {
        let mut h = Harness::new();
        for step in steps {
            take(&mut h, step);
            prop_assert!(!h.said().contains("inconsistent"), "{}", h.said());
        }
        h.user(UserEvent::Incognito(false));
        // What runs is written when it ends.
        h.session.queue.clear();
        h.user(UserEvent::Stop).user(UserEvent::Stop);
        h.user(UserEvent::Rename("end".into()));
        assert_replays(&h);
        let mut copy = Conversation::new(ConversationId(String::new()), 0);
        for body in h.conversation().to_records(20) {
            copy.apply(&body).unwrap();
        }
        // The shortest sequence leaves the numbers of deleted messages free at the end.
        let next = h.conversation().next_id().0.saturating_sub(1);
        if h.conversation().nodes.contains_key(&MessageId(next)) {
            assert_eq!(essence(&copy), essence(h.conversation()));
        }
    }
}
