//! The token under the cursor, asked of again with the settings of now.

use super::Request;
use crate::chat::{EngineStatus, MessageId, Session, UserEvent};
use crate::config::{Action, Context};
use crate::tui::app::{App, TokenCursor};
use crate::tui::asking::{self, Question};
use crate::tui::walk::Place;
use crate::words::tui::notices as words;

/// What a command that is typed at a token most often begins with.
const SETTING: &str = "/set ";

/// Has the engine asked; where it was, goes between what it said and what is stored.
pub fn again(app: &mut App, session: &Session) -> Vec<Request> {
    let Some(at) = app.shown_token(session) else {
        let says = words::NO_TOKENS;
        app.notices.info(says, app.now);
        return Vec::new();
    };
    let Place::Written(index) = at.place else {
        let says = words::not_sampled(app.key_in(Context::Token, Action::Score));
        app.notices.info(says, app.now);
        return Vec::new();
    };
    if session.reconsidered(at.message, index).is_some() {
        app.stored = !app.stored;
        return Vec::new();
    }
    app.stored = false;
    vec![ask(at.message, index)]
}

/// Has a command typed while the cursor stays.
pub fn command(app: &mut App) {
    asking::ask(app, Question::Command, SETTING);
}

/// Asks again about the token under the cursor where a sampler setting changes.
pub fn follow(app: &mut App, session: &Session, requests: &[Request]) -> Option<Request> {
    let changes = |request: &Request| {
        matches!(
            request,
            Request::User(UserEvent::Sampling(_) | UserEvent::Candidates(_))
        )
    };
    if !requests.iter().any(changes) {
        return None;
    }
    app.stored = false;
    let TokenCursor { message, place, .. } = app.cursor?;
    let Place::Written(index) = place else {
        return None;
    };
    // Without a model the stored odds are shown, which say so themselves.
    matches!(session.engine(), EngineStatus::Ready(_)).then(|| ask(message, index))
}

fn ask(message: MessageId, index: usize) -> Request {
    Request::User(UserEvent::Reconsider { message, index })
}
