//! Messages that are put as a task, and answers that are one of some labels.

use super::harness::*;
use crate::chat::{AnswerState, UserEvent};
use crate::inference::*;

fn task() -> Task {
    Task {
        name: "translate".to_owned(),
        system: Some("You are a translator.".to_owned()),
        examples: vec![Example {
            user: "eins".to_owned(),
            assistant: "one".to_owned(),
        }],
        around: vec!["Translate: ".to_owned(), ".".to_owned()],
        sampling: SamplerSettings {
            temperature: 0.25,
            ..SamplerSettings::default()
        },
        max_tokens: Some(7),
        stop: vec!["#".to_owned()],
        labels: None,
    }
}

fn set(harness: &mut Harness, task: Task) {
    harness.user(UserEvent::Task(Some(Box::new(task))));
}

fn sent(harness: &Harness) -> GenerateRequest {
    harness.sent().expect("an answer is asked for").clone()
}

/// Roles and texts of a request's prompt.
fn said(prompt: &Prompt) -> Vec<(Role, String)> {
    let Prompt::Chat { messages, .. } = prompt else {
        panic!("a chat was asked for: {prompt:?}");
    };
    let said = messages.iter().map(|one| (one.role, one.content.clone()));
    said.collect()
}

fn lines(said: &[(Role, &str)]) -> Vec<(Role, String)> {
    let lines = said.iter().map(|(role, text)| (*role, (*text).to_owned()));
    lines.collect()
}

#[test]
fn a_task_holds_for_one_message_with_its_system_message_examples_and_settings() {
    let mut harness = Harness::new();
    harness.user(UserEvent::System(Some("Be brief.".to_owned())));
    set(&mut harness, task());
    harness.submit("zwei");
    let asked = sent(&harness);
    assert_eq!(
        said(&asked.prompt),
        lines(&[
            (Role::System, "You are a translator."),
            (Role::User, "Translate: eins."),
            (Role::Assistant, "one"),
            (Role::User, "Translate: zwei."),
        ])
    );
    assert_eq!(asked.sampling.temperature, 0.25);
    assert_eq!(
        (asked.max_tokens, asked.stop),
        (Some(7), vec!["#".to_owned()])
    );
    harness.tokens(&["two"]).finish(StopReason::EndOfGeneration);

    harness.submit("And now?");
    let asked = sent(&harness);
    let next = said(&asked.prompt);
    assert_eq!(next.first(), Some(&(Role::System, "Be brief.".to_owned())));
    assert_eq!(next.last(), Some(&(Role::User, "And now?".to_owned())));
    assert_eq!(asked.sampling, SamplerSettings::default());
    assert_eq!((asked.max_tokens, asked.stop), (None, Vec::new()));
}

#[test]
fn another_answer_to_a_tasks_message_has_its_settings_too() {
    let mut harness = Harness::new();
    set(&mut harness, task());
    harness.exchange("zwei", &["two"]);
    harness.user(UserEvent::Regenerate);
    assert_eq!(sent(&harness).sampling.temperature, 0.25);
    harness.tokens(&["too"]).finish(StopReason::Length);
    harness.user(UserEvent::Continue);
    assert_eq!(sent(&harness).max_tokens, Some(7));
}

#[test]
fn examples_that_were_shown_are_not_shown_again() {
    let mut harness = Harness::new();
    set(&mut harness, task());
    harness.exchange("zwei", &["two"]);
    set(&mut harness, task());
    harness.submit("drei");
    let asked = said(&sent(&harness).prompt);
    let shown = asked.iter().filter(|(_, text)| text == "Translate: eins.");
    assert_eq!(shown.count(), 1, "{asked:?}");
}

#[test]
fn a_queued_message_keeps_its_task_and_one_that_is_taken_back_gives_it_back() {
    let mut harness = Harness::new();
    harness.submit("hello");
    set(&mut harness, task());
    harness.submit("zwei");
    assert_eq!(harness.session.queued(), Some("zwei"));
    assert!(harness.session.task().is_none());
    harness.user(UserEvent::Unqueue);
    assert_eq!(
        harness.session.task().map(|task| task.name.as_str()),
        Some("translate")
    );
    harness.user(UserEvent::Task(None));
    assert!(harness.session.task().is_none());
}

fn classification() -> Task {
    Task {
        examples: Vec::new(),
        labels: Some(vec!["good".to_owned(), "bad".to_owned()]),
        ..task()
    }
}

fn classified(request: RequestId) -> EngineEvent {
    EngineEvent::Classified(Box::new(Classified {
        request,
        labels: LabelOdds::shares(vec![
            ("good".to_owned(), -2.0, 1),
            ("bad".to_owned(), -0.5, 1),
        ]),
        stats: stats(),
    }))
}

#[test]
fn a_classification_weighs_the_labels_and_answers_with_the_likeliest() {
    let mut harness = Harness::new();
    set(&mut harness, classification());
    harness.submit("meh");
    let asked = harness.effects.iter().find_map(|effect| match effect {
        crate::chat::Effect::Engine(EngineCommand::Classify(request)) => Some(request.clone()),
        _ => None,
    });
    let asked = asked.expect("labels are weighed");
    assert_eq!(asked.labels, ["good", "bad"]);
    assert_eq!(
        said(&asked.prompt).last(),
        Some(&(Role::User, "Translate: meh.".to_owned()))
    );
    harness.engine(classified(asked.request));
    assert!(!harness.session.is_busy());
    let conversation = harness.session.conversation();
    let node = conversation.last_of(Role::Assistant).expect("answered");
    assert_eq!(node.content, b"bad");
    let answer = node.answer.as_ref().expect("has odds");
    assert_eq!(
        answer.state,
        AnswerState::Ended(StopReason::EndOfGeneration)
    );
    assert_eq!(answer.labels.len(), 2);
    assert_eq!(answer.labels[0].label, "bad");
    // What is on disk adds up to the same.
    let mut replayed = crate::chat::Conversation::new(conversation.id.clone(), 0);
    for record in &harness.records {
        let line = crate::chat::record::encode(&crate::chat::record::Record {
            sequence: 1,
            body: record.clone(),
        });
        let record = crate::chat::record::decode(line).expect("can be read");
        replayed.apply(&record.body).expect("fits");
    }
    let again = replayed.last_of(Role::Assistant).expect("is there");
    assert_eq!(
        again.answer.as_ref().map(|it| &it.labels),
        Some(&answer.labels)
    );
    let rewritten = conversation.to_records(5);
    assert!(
        rewritten
            .iter()
            .any(|it| matches!(it, crate::chat::RecordBody::Labels { .. }))
    );
}

#[test]
fn a_classification_that_is_stopped_is_over() {
    let mut harness = Harness::new();
    set(&mut harness, classification());
    harness.submit("meh");
    let request = harness.running();
    harness.user(UserEvent::Stop);
    harness.engine(EngineEvent::Failed {
        request: Some(request),
        error: EngineError::Cancelled,
    });
    assert!(!harness.session.is_busy());
    harness.engine(classified(request));
    let node = harness.session.conversation().last_of(Role::Assistant);
    assert!(node.is_some_and(|node| node.content.is_empty()), "too late");
}
