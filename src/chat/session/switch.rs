//! Another conversation, another model, written down or not.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::tasks::Unsent;
use super::{EngineStatus, Session, SystemPrompt};
use crate::chat::{Conversation, ConversationId, Effect, Keeping, Notice, Severity};
use crate::inference::{EngineCommand, LoadRequest};
use crate::words::chat::session as words;

impl Session {
    pub(super) fn new_conversation(&mut self, id: ConversationId) {
        self.leave();
        self.conversation = Conversation::new(id, self.now.wall);
        self.recorder.restart(false);
        self.system = SystemPrompt::Next(self.options.system.clone());
        self.read_only = false;
    }

    pub(super) fn open(&mut self, id: ConversationId) {
        if id == self.conversation.id {
            return self.notify(Severity::Info, words::SHOWN_ALREADY);
        }
        self.opening += 1;
        self.effects.push(Effect::Open(id));
    }

    pub(super) fn open_failed(&mut self, id: &ConversationId, reason: &str) {
        self.notify(Severity::Error, words::cannot_open(id, reason));
        self.opening = self.opening.saturating_sub(1);
        if self.opening == 0 {
            let unsent = std::mem::take(&mut self.upcoming);
            self.not_sent(unsent);
        }
    }

    /// A message that was meant for a conversation in which it cannot be said is given back in
    /// words, and nothing waits for it.
    pub(super) fn not_sent(&mut self, unsent: VecDeque<Unsent>) {
        if unsent.is_empty() {
            return;
        }
        let text: Vec<String> = unsent.into_iter().map(|unsent| unsent.text).collect();
        self.notify(Severity::Warning, words::not_sent(text.join("\n\n")));
        if self.running.is_none() && self.waiting.is_none() {
            self.rest();
        }
    }

    pub(super) fn imported(&mut self, mut conversation: Conversation) {
        self.leave();
        conversation.close_open_answers();
        self.conversation = conversation;
        self.system = SystemPrompt::InTree;
        self.read_only = false;
        self.write_whole();
    }

    fn write_whole(&mut self) {
        self.recorder.restart(false);
        // The new file never had them.
        self.conversation.forget_deleted();
        if !self.conversation.is_empty() {
            let records = self.conversation.to_records(self.options.stored_candidates);
            self.write(records, true);
        }
    }

    /// The current conversation is left only now that the other one could be read.
    pub(super) fn opened(
        &mut self,
        mut conversation: Conversation,
        read_only: bool,
        notices: Vec<Notice>,
    ) {
        self.leave();
        let cut = conversation.close_open_answers();
        self.conversation = conversation;
        self.recorder.restart(true);
        self.system = SystemPrompt::InTree;
        self.read_only = read_only;
        self.opening = self.opening.saturating_sub(1);
        self.effects.extend(notices.into_iter().map(Effect::Notify));
        if cut > 0 && !read_only {
            self.notify(Severity::Info, words::ANSWER_WAS_CUT);
        }
        if self.opening > 0 {
            return;
        }
        let upcoming = std::mem::take(&mut self.upcoming);
        if read_only {
            return self.not_sent(upcoming);
        }
        self.rest();
        self.queue = upcoming;
        self.send_queued();
    }

    /// Everything goes into the copy but what was deleted.
    pub(super) fn fork(&mut self, id: ConversationId) {
        self.abandon();
        self.let_go();
        self.conversation.rename_to(id, self.now.wall);
        self.conversation.keep(&Keeping {
            tags: self.conversation.keeping.tags.clone(),
            ..Keeping::default()
        });
        self.read_only = false;
        self.write_whole();
        self.notify(Severity::Info, words::A_COPY);
    }

    /// Ends what belongs to the current conversation, and lets go of its file.
    fn leave(&mut self) {
        self.abandon();
        let unsent = std::mem::take(&mut self.queue);
        self.not_sent(unsent);
        self.let_go();
        self.left_out = None;
        self.rendering = None;
        self.forget_readings();
        self.forget_reconsidered();
        self.fan = None;
        self.tasks.clear();
    }

    fn let_go(&mut self) {
        if self.recorder.has_file() {
            self.effects
                .push(Effect::Close(self.conversation.id.clone()));
        }
    }

    pub(super) fn incognito(&mut self, on: bool) {
        if on != self.recorder.is_on() {
            let text = if on {
                words::NOTHING_IS_WRITTEN
            } else {
                words::IS_WRITTEN
            };
            return self.notify(Severity::Info, text);
        }
        if on {
            self.recorder.switch_off();
            let text = if self.recorder.has_file() {
                words::NOTHING_WRITTEN_NOW
            } else {
                words::NOTHING_WRITTEN
            };
            return self.notify(Severity::Info, text);
        }
        let held = self.recorder.switch_on(&self.conversation);
        let text = if held.is_some() {
            words::WRITTEN_AGAIN
        } else {
            words::WRITTEN_NOW
        };
        self.effects.extend(held);
        self.notify(Severity::Info, text);
    }

    pub(super) fn not_saved(&mut self, reason: String) {
        if self.unsaved.as_ref() != Some(&reason) {
            self.notify(Severity::Error, words::not_saved(&reason));
        }
        self.unsaved = Some(reason);
    }

    pub(super) fn saved_again(&mut self) {
        if self.unsaved.take().is_some() {
            self.notify(Severity::Info, words::SAVED_AGAIN);
        }
    }

    pub(super) fn load_model(&mut self, path: PathBuf) {
        self.forget_reconsidered();
        let request = self.request();
        let load = match &self.options.load {
            Some(template) => LoadRequest {
                request,
                path: path.clone(),
                ..template.clone()
            },
            None => LoadRequest::new(request, path.clone()),
        };
        self.load = Some(request);
        self.model = None;
        self.engine = EngineStatus::Loading {
            path,
            fraction: 0.0,
            since: self.now.monotonic,
        };
        self.send(EngineCommand::Load(Box::new(load)));
    }
}
