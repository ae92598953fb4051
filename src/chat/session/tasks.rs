//! Messages that are put to the model as a task.
//!
//! A task has its own system message, examples and settings, which hold for one message and its
//! answers. What the model reads of it is in the tree as any other message is.

use super::ask::Ask;
use super::{Session, SystemPrompt};
use crate::chat::{MessageId, Severity};
use crate::inference::{GenerateRequest, Role, SamplerSettings, Task};
use crate::words::chat::session as words;

/// A message that is not in the tree yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unsent {
    pub text: String,
    /// What it is put as.
    pub task: Option<Box<Task>>,
}

impl Session {
    /// What the next message is put as.
    #[must_use]
    pub fn task(&self) -> Option<&Task> {
        self.task.as_deref()
    }

    pub(super) fn set_task(&mut self, task: Option<Box<Task>>) {
        let text = match (&task, &self.task) {
            (Some(task), _) => words::as_task(&task.name),
            (None, Some(task)) => words::not_as_task(&task.name),
            (None, None) => words::AS_IT_IS.into(),
        };
        self.task = task;
        self.notify(Severity::Info, text);
    }

    /// Says what was typed or queued, and asks for its answer.
    pub(super) fn send_unsent(&mut self, unsent: Unsent) {
        let parent = self.conversation.head;
        let said = match unsent.task {
            Some(task) => self.say_task(parent, &unsent.text, task),
            None => self.say(parent, unsent.text),
        };
        self.ask(Ask::Answer(said));
    }

    /// Adds the task's system message and examples, and the text as it puts it.
    fn say_task(&mut self, parent: Option<MessageId>, text: &str, task: Box<Task>) -> MessageId {
        if let Some(system) = &task.system {
            // What is in force for other messages comes back with the next one.
            let before =
                std::mem::replace(&mut self.system, SystemPrompt::Next(Some(system.clone())));
            let others = match before {
                SystemPrompt::Next(prompt) => prompt,
                SystemPrompt::InTree => parent
                    .and_then(|parent| self.conversation.system_at(parent))
                    .map(|node| node.text().into_owned()),
            };
            let said = self.say_under(parent, text, task);
            self.system = SystemPrompt::Next(others);
            return said;
        }
        self.say_under(parent, text, task)
    }

    fn say_under(&mut self, parent: Option<MessageId>, text: &str, task: Box<Task>) -> MessageId {
        let (mut records, mut parent, mut id) = self.system_records(parent);
        for (role, content) in self.examples(parent, &task) {
            records.push(self.message(id, parent, role, content.into_bytes()));
            parent = Some(id);
            id.0 += 1;
        }
        let text = task.message(text).into_bytes();
        records.push(self.message(id, parent, Role::User, text));
        self.commit(records, true);
        self.tasks.insert(id, task);
        id
    }

    /// The task's examples, unless the conversation holds them already.
    fn examples(&self, parent: Option<MessageId>, task: &Task) -> Vec<(Role, String)> {
        let examples: Vec<_> = task
            .examples
            .iter()
            .flat_map(|example| {
                [
                    (Role::User, task.message(&example.user)),
                    (Role::Assistant, example.assistant.clone()),
                ]
            })
            .collect();
        let path = parent.map_or_else(Vec::new, |parent| self.conversation.path_to(parent));
        let is_there = examples.first().is_some_and(|(_, first)| {
            let mut nodes = path.iter().filter_map(|&id| self.conversation.node(id));
            nodes.any(|node| node.role == Role::User && node.content == first.as_bytes())
        });
        if is_there { Vec::new() } else { examples }
    }

    /// A message that was said differently is put as it was before.
    pub(super) fn inherit_task(&mut self, from: MessageId, to: MessageId) {
        if let Some(task) = self.tasks.get(&from).cloned() {
            self.tasks.insert(to, task);
        }
    }

    /// How the answer to this message is sampled.
    pub(super) fn sampling_for(&self, question: Option<MessageId>) -> SamplerSettings {
        let task = question.and_then(|question| self.tasks.get(&question));
        task.map_or(&self.options.sampling, |task| &task.sampling)
            .clone()
    }

    /// Ends the answer to this message where its task says.
    pub(super) fn limit_as_task(
        &self,
        question: Option<MessageId>,
        generate: &mut GenerateRequest,
    ) {
        if let Some(task) = question.and_then(|question| self.tasks.get(&question)) {
            generate.max_tokens = task.max_tokens;
            generate.stop.clone_from(&task.stop);
        }
    }

    /// Whether the answer to this message is one of some labels.
    pub(super) fn classifies(&self, question: MessageId) -> bool {
        let task = self.tasks.get(&question);
        task.is_some_and(|task| task.labels.is_some())
    }

    /// The labels that the answer to this message is chosen from.
    pub(super) fn labels_for(&self, question: MessageId) -> Vec<String> {
        let task = self.tasks.get(&question);
        task.and_then(|task| task.labels.clone())
            .unwrap_or_default()
    }
}
