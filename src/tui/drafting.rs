//! What is typed and not sent: kept for its conversation, and brought back there.
//!
//! ```text
//!  typed --> a second later --> `<id>.draft` --> opened again, or the program died
//!  sent, cleared --> at once --> gone
//! ```
//!
//! A conversation that never began has no other trace than its draft: that comes back in the
//! next new one.

use super::run::Loop;
use crate::chat::draft::Draft;
use crate::chat::{ConversationId, UserEvent};
use crate::words::tui::attaching as words;

/// Bytes of a text that is counted; of a longer one the estimate stays.
const MOST_WEIGHED: usize = 1 << 20;

/// The conversation that was shown before, as far as its draft goes.
pub(super) struct Left {
    id: ConversationId,
    began: bool,
    recording: bool,
}

/// How the conversation that is shown now came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    New,
    /// It is a copy of the other one.
    Forked,
    Opened,
}

impl Left {
    pub(super) fn id(&self) -> &ConversationId {
        &self.id
    }
}

impl Loop {
    /// What is to be known of this conversation once another one is shown.
    pub(super) fn before_leaving(&self) -> Left {
        let session = self.driver.session();
        Left {
            id: session.conversation().id.clone(),
            began: !session.conversation().is_empty(),
            recording: session.is_recording(),
        }
    }

    /// Another conversation is shown: what was typed stays with the one it was typed in, or
    /// comes along where that one has nothing else.
    pub(super) fn arrive(&mut self, left: Left, arrival: Arrival) {
        let comes_along = match arrival {
            Arrival::New => !left.began,
            Arrival::Forked => true,
            Arrival::Opened => false,
        };
        let draft = self.app.composer.editor.draft();
        if !comes_along {
            self.app.composer.leave();
        }
        if left.recording {
            let stays = if comes_along { Draft::default() } else { draft };
            self.driver.keep_draft(left.id, stays);
        }
        if arrival == Arrival::New && !comes_along {
            self.driver.adopt_draft();
        }
        self.drafted = None;
        self.follow_draft();
    }

    /// Sees to it that what is typed is kept, where it has changed.
    pub(super) fn follow_draft(&mut self) {
        // What answers a question is no message.
        if self.app.asking.is_some() {
            return;
        }
        let recording = self.driver.session().is_recording();
        let now = (self.app.composer.editor.version(), recording);
        if self.drafted == Some(now) {
            return;
        }
        self.drafted = Some(now);
        self.weighing.request();
        if recording && !self.app.composer.editor.is_empty() {
            self.drafting.request();
        } else {
            self.keep_draft();
        }
    }

    /// Hands over what is typed; nothing where nothing of it is to be written.
    pub(super) fn keep_draft(&mut self) {
        let session = self.driver.session();
        if session.is_read_only() || self.app.asking.is_some() {
            return;
        }
        let draft = if session.is_recording() {
            self.app.composer.editor.draft()
        } else {
            Draft::default()
        };
        let id = session.conversation().id.clone();
        self.driver.keep_draft(id, draft);
    }

    /// Asks for the tokens of what is typed.
    pub(super) fn weigh(&mut self) {
        let editor = &self.app.composer.editor;
        let text = editor.text();
        let message = self.app.asking.is_none() && !text.trim().is_empty();
        // A count of a book would keep the engine from answering, to be wrong by a word.
        if message && !text.starts_with('/') && text.len() <= MOST_WEIGHED {
            let text = text.into_owned();
            let notices = self.driver.user(UserEvent::Weigh(text));
            self.show(notices);
        }
    }

    /// Brings back what was typed in the conversation that is shown.
    pub(super) fn bring_back_draft(&mut self) {
        let Some((id, draft)) = self.driver.take_draft() else {
            return;
        };
        let shown = self.shown_conversation() == id && self.app.asking.is_none();
        if shown && self.app.composer.bring_back(draft) {
            self.inform(words::DRAFT_IS_BACK.into());
        }
        self.follow_draft();
    }
}
