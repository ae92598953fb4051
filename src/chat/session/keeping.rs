//! Ratings, corrections, and how the conversation is kept.

use super::Session;
use crate::chat::record::MetaChange;
use crate::chat::{Keeping, MessageId, Rating, RecordBody, Severity};
use crate::inference::Role;
use crate::words::chat::session as words;

impl Session {
    pub(super) fn keep(&mut self, keeping: &Keeping) {
        let change = MetaChange::between(&self.conversation.keeping, keeping);
        let says = change.says();
        if change != MetaChange::default() {
            self.commit(vec![RecordBody::Meta(change)], true);
        }
        self.notify(Severity::Info, says);
    }

    pub(super) fn rate(&mut self, message: MessageId, rating: Option<Rating>) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        if node.role != Role::Assistant {
            return self.notify(Severity::Info, words::ONLY_ANSWERS_RATED);
        }
        if node.rating != rating {
            self.commit(vec![RecordBody::Rating { message, rating }], true);
        }
        let says = match rating {
            Some(Rating::Up) => words::RATED_UP,
            Some(Rating::Down) => words::RATED_DOWN,
            None => words::NOT_RATED,
        };
        self.notify(Severity::Info, says);
    }

    /// A correction of a correction stands for the same answer of the model.
    pub(super) fn correct(&mut self, message: MessageId, text: String) {
        let Some(node) = self.conversation.node(message) else {
            return self.gone();
        };
        if node.role != Role::Assistant {
            return self.notify(Severity::Info, words::ONLY_ANSWERS_CORRECTED);
        }
        if text.trim().is_empty() {
            return self.notify(Severity::Info, words::EMPTY_CORRECTION);
        }
        if node.content == text.as_bytes() {
            return self.notify(Severity::Info, words::SAME_CORRECTION);
        }
        let (parent, corrects) = (node.parent, node.corrects.unwrap_or(message));
        self.abandon();
        let id = self.conversation.next_id();
        let corrected = self.message(id, parent, Role::Assistant, text.into_bytes());
        let link = RecordBody::Correction {
            message: id,
            corrects,
        };
        self.commit(vec![corrected, link], true);
        self.notify(Severity::Info, words::CORRECTED);
        self.send_queued();
    }
}
