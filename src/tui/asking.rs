//! The input asks for something else than a message: how an answer is to go on, where a file
//! is to go.
//!
//! What was being typed comes back afterwards, and the token cursor stays where it is.

use std::path::PathBuf;

use super::app::App;
use super::editor::Editor;
use super::pane::status::key_or_name;
use super::update::Request;
use crate::chat::{MessageId, UserEvent};
use crate::config::{Action, Context, Keymap};
use crate::words::Phrase;
use crate::words::tui::asking as words;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The words an answer goes on with, in place of the token `index`.
    ContinueWith { message: MessageId, index: usize },
    /// What is to be found in the tokens' text.
    Search,
    /// A command, while the token cursor stays.
    Command,
    /// What the next answer begins with.
    Prefill,
    /// The file that a message goes to with its odds.
    ExportMessage(MessageId),
}

/// A question in the input, and what was typed before it came.
#[derive(Debug)]
pub struct Asking {
    pub question: Question,
    draft: Editor,
}

impl Question {
    /// What stands over the input.
    #[must_use]
    pub fn title(self) -> Phrase {
        match self {
            Self::ContinueWith { .. } => words::CONTINUE_WITH,
            Self::Search => words::SEARCH,
            Self::Command => words::COMMAND,
            Self::Prefill => words::PREFILL,
            Self::ExportMessage(_) => words::EXPORT,
        }
    }

    /// What stands in it while it is empty.
    #[must_use]
    pub fn hint(self, keymap: &Keymap) -> String {
        let key = |action| key_or_name(keymap, Context::Input, action);
        let (send, back) = (key(Action::Send), key(Action::Back));
        match self {
            Self::ContinueWith { .. } => words::continue_with_hint(send, back),
            Self::Search => words::search_hint(send, back),
            Self::Command => words::command_hint(back),
            Self::Prefill => words::prefill_hint(send, back),
            Self::ExportMessage(_) => words::export_hint(back),
        }
    }
}

/// Asks in the input, with an answer to begin with.
pub fn ask(app: &mut App, question: Question, prefilled: &str) {
    let draft = match app.asking.take() {
        Some(asking) => asking.draft,
        None => app.composer.set_aside(),
    };
    app.asking = Some(Asking { question, draft });
    app.focus = super::app::Focus::Input;
    app.composer.replace(prefilled);
}

/// Takes the question back; `false` where there was none.
pub fn cancel(app: &mut App) -> bool {
    let Some(asking) = app.asking.take() else {
        return false;
    };
    app.composer.come_back(asking.draft);
    true
}

/// Takes the answer; `None` where nothing is asked for.
pub fn answer(app: &mut App) -> Option<Vec<Request>> {
    let question = app.asking.as_ref()?.question;
    let text = app.composer.editor.text().into_owned();
    let request = match question {
        // White space is a continuation too, nothing is none.
        Question::ContinueWith { .. } if text.is_empty() => return Some(Vec::new()),
        Question::ContinueWith { message, index } => {
            app.cursor = None;
            Request::User(UserEvent::ContinueWith {
                message,
                index,
                text,
            })
        }
        Question::Prefill => Request::User(UserEvent::Prefill(Some(text))),
        // The update finds it, or does it: it needs the conversation.
        Question::Search | Question::Command => return None,
        Question::ExportMessage(_) if text.trim().is_empty() => return Some(Vec::new()),
        Question::ExportMessage(message) => Request::ExportMessage {
            message,
            path: PathBuf::from(text.trim()),
        },
    };
    cancel(app);
    app.notices.dismiss();
    Some(vec![request])
}
