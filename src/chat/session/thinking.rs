//! How long an answer thinks, and that its prompt had it begin so.

use std::time::Duration;

use super::Session;
use crate::chat::{Answer, MessageId, RecordBody, Severity};
use crate::inference::{ENABLE_THINKING, ModelInfo, RequestId, reads_thinking};
use crate::words::thinking as words;

impl Session {
    /// From now on the model is asked to think before it answers, or not to; `None` leaves it to
    /// its template.
    pub(super) fn ask_to_think(&mut self, think: Option<bool>) {
        self.options.think = think;
        let refused = self
            .model
            .as_deref()
            .and_then(|model| self.cannot_be_asked(model));
        let sentence = refused.unwrap_or_else(|| {
            match think {
                Some(true) => words::WILL_THINK,
                Some(false) => words::WILL_NOT_THINK,
                None => words::THINKS_AS_TEMPLATE,
            }
            .into()
        });
        self.notify(Severity::Info, sentence);
    }

    /// Why what is asked of this model about its thinking makes no difference; `None` where it does,
    /// or nothing is asked.
    pub(super) fn cannot_be_asked(&self, model: &ModelInfo) -> Option<String> {
        self.options.think?;
        let told = if self.options.raw {
            false
        } else {
            match &self.options.chat_template {
                Some(template) => reads_thinking(template),
                None => model.reads_thinking,
            }
        };
        (!told).then(|| words::cannot_be_asked(model.title(), ENABLE_THINKING))
    }

    /// What a request is asked with that has no use for thoughts.
    pub(super) fn thoughtless(&self) -> Option<bool> {
        let reads = self
            .model
            .as_ref()
            .is_some_and(|model| model.reads_thinking);
        reads.then_some(false)
    }

    /// How long the running answer has thought, while it does; `now` is by the monotonic clock.
    #[must_use]
    pub fn thinks_for(&self, message: MessageId, now: Duration) -> Option<Duration> {
        let running = self.running.as_ref();
        let running = running.filter(|running| running.message == message)?;
        if !self.thinks(message) {
            return None;
        }
        let lasts = running.first.map(|first| now.saturating_sub(first));
        Some(lasts.unwrap_or_default() + Duration::from_millis(running.thought))
    }

    /// The prompt of a request ends inside the reasoning of its answer.
    pub(super) fn begins_inside(&mut self, request: RequestId) {
        let summarises = self.summarises(request);
        let running = self.running.as_mut();
        let Some(running) = running.filter(|running| running.request == request) else {
            return;
        };
        running.thinks = true;
        let message = running.message;
        // What it begins with may hold the mark that the prompt is seen to end with.
        let begun = self.conversation.node(message);
        let begun = begun.is_none_or(|node| !node.content.is_empty());
        if !summarises && !begun {
            self.commit(
                vec![RecordBody::Thinking {
                    message,
                    opened: true,
                    ms: None,
                }],
                false,
            );
        }
    }

    /// Whether what comes next to `message` is reasoning.
    pub(super) fn thinks(&self, message: MessageId) -> bool {
        self.answer_of(message)
            .is_some_and(|answer| answer.thinking.is_inside())
    }

    /// Whether the reasoning of an answer began and ended with its last token.
    pub(super) fn thought_at_once(&self, message: MessageId) -> bool {
        self.answer_of(message).is_some_and(|answer| {
            let thinking = &answer.thinking;
            thinking.thought().is_some()
                && thinking.ms().is_none()
                && thinking.tokens() == answer.traces.len()
        })
    }

    /// An answer stops thinking, or being written, which began at `since`; it had thought so many
    /// milliseconds before.
    pub(super) fn thought_for(&mut self, message: MessageId, since: Duration, before: u64) {
        let opened = self
            .answer_of(message)
            .is_some_and(|answer| answer.thinking.is_opened());
        let took = self.now.monotonic.saturating_sub(since).as_millis();
        let ms = before.saturating_add(u64::try_from(took).unwrap_or(u64::MAX));
        let thinking = RecordBody::Thinking {
            message,
            opened,
            ms: Some(ms),
        };
        self.commit(vec![thinking], false);
    }

    /// As [`thought_for`](Self::thought_for), of an answer that ends within its reasoning.
    pub(super) fn thought_until_now(&mut self, message: MessageId, since: Duration, before: u64) {
        if self.thinks(message) {
            self.thought_for(message, since, before);
        }
    }

    fn answer_of(&self, message: MessageId) -> Option<&Answer> {
        self.conversation.node(message)?.answer.as_deref()
    }
}
