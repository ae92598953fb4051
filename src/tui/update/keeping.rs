//! What a person thinks of an answer.

use super::Request;
use crate::chat::{Node, Rating, Session, UserEvent};
use crate::config::{Action, Context};
use crate::inference::Role;
use crate::tui::app::{App, Focus};
use crate::words::tui::notices as words;

/// The answer that is chosen or under the token cursor, or the last one.
fn answer<'a>(app: &mut App, session: &'a Session) -> Option<&'a Node> {
    let conversation = session.conversation();
    let node = match app.at_hand() {
        Some(message) => conversation.node(message),
        None => conversation.last_of(Role::Assistant),
    };
    let answer = node.filter(|node| node.role == Role::Assistant);
    if answer.is_none() {
        let says = match node {
            Some(_) => words::ONLY_ANSWERS_RATED,
            None => words::NO_ANSWER,
        };
        app.notices.info(says, app.now);
    }
    answer
}

/// Rates it; the same rating once more takes it back.
pub fn rate(app: &mut App, session: &Session, rating: Rating) -> Vec<Request> {
    let Some(node) = answer(app, session) else {
        return Vec::new();
    };
    let rating = Some(rating).filter(|_| node.rating != Some(rating));
    let message = node.id;
    vec![Request::User(UserEvent::Rate { message, rating })]
}

/// The answer comes into the input; sending it keeps it as a branch.
pub fn correct(app: &mut App, session: &Session) {
    let Some(node) = answer(app, session) else {
        return;
    };
    if node.answer.as_ref().is_some_and(|answer| answer.is_open()) {
        let stop = app.key_in(app.context(), Action::Interrupt);
        app.notices.info(words::answer_being_written(stop), app.now);
        return;
    }
    app.composer.replace(&node.text());
    app.editing = Some(node.id);
    app.correcting = true;
    app.focus = Focus::Input;
    app.cursor = None;
    let key = |action| app.key_in(Context::Input, action);
    let says = words::correcting(key(Action::Send), key(Action::Back));
    app.notices.info(says, app.now);
}
