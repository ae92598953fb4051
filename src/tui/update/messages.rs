//! The chosen message: which it is, and what can be done with it.

use super::{Request, panes};
use crate::chat::{MessageId, Session, UserEvent, show};
use crate::config::{Action, Context};
use crate::inference::Role;
use crate::tui::app::{App, Focus};
use crate::tui::format;
use crate::tui::layout::Pane;
use crate::tui::overlay::{Choice, Item, Layer, Picker};
use crate::words::nouns;
use crate::words::tui::notices as words;

/// Chooses the next message in a direction; the first time one that is in the window.
pub fn step(app: &mut App, session: &Session, by: isize) {
    let path = session.conversation().path();
    let at = app
        .chosen
        .and_then(|chosen| path.iter().position(|&message| message == chosen));
    let next = match at {
        Some(at) => at
            .checked_add_signed(by)
            .and_then(|next| path.get(next).copied()),
        None if by < 0 => app.transcript.messages().next_back(),
        None => app.transcript.messages().next(),
    };
    let Some(next) = next.or(path.last().copied().filter(|_| at.is_none())) else {
        match (path.is_empty(), by > 0) {
            (true, _) => app.notices.info(words::NOTHING_SAID, app.now),
            (false, true) => app.transcript.go_to_end(session),
            (false, false) => {}
        }
        return;
    };
    app.cursor = None;
    panes::focus(app, Focus::Pane(Pane::Conversation));
    app.chosen = Some(next);
    app.transcript.reveal_start(session, next);
}

/// The last message of the user comes back into the input; sending it makes a branch.
pub fn edit_last(app: &mut App, session: &Session) {
    match session.conversation().last_of(Role::User) {
        Some(node) => edit(app, session, node.id),
        None => app.notices.info(words::NO_MESSAGE_TO_EDIT, app.now),
    }
}

/// The chosen message, else the last one of the user, comes into the input.
pub fn edit_chosen(app: &mut App, session: &Session) {
    match app.at_hand() {
        Some(message) => edit(app, session, message),
        None => edit_last(app, session),
    }
}

/// A message comes into the input; sending it makes a branch.
pub fn edit(app: &mut App, session: &Session, message: MessageId) {
    let Some(node) = session.conversation().node(message) else {
        return;
    };
    let key = |action| app.key_in(Context::Input, action);
    let (send, back) = (key(Action::Send), key(Action::Back));
    let says = match node.role {
        Role::User => words::editing_message(send, back),
        Role::Assistant => words::editing_answer(send, back),
        Role::System => {
            let says = words::SYSTEM_BY_COMMAND;
            app.notices.info(says, app.now);
            return;
        }
    };
    // What was being typed can be recalled.
    app.composer.clear();
    app.composer.replace(&node.text());
    app.editing = Some(message);
    app.correcting = false;
    app.focus = Focus::Input;
    app.cursor = None;
    app.notices.info(says, app.now);
}

/// Another answer to the chosen message, or than it; else to the last one.
pub fn answer_again(app: &mut App, session: &Session) -> Vec<Request> {
    let event = match app.at_hand() {
        Some(message) => UserEvent::AnswerAgain(message),
        None => UserEvent::Regenerate,
    };
    app.cursor = None;
    app.chosen = None;
    app.transcript.go_to_end(session);
    vec![Request::User(event)]
}

/// Asks whether the chosen message is to go, with what follows it.
pub fn ask_to_delete(app: &mut App, session: &Session) {
    let conversation = session.conversation();
    let node = app.at_hand().and_then(|message| conversation.node(message));
    let Some(node) = node else {
        let key = app.key_in(Context::Pane, Action::PreviousMessage);
        app.notices.info(words::choose_message(key), app.now);
        return;
    };
    let after = conversation.following(node.id) - 1;
    let label = match after {
        0 => words::DELETE_IT.into(),
        after => words::delete_with(format::count(after as u64, nouns::MESSAGE)),
    };
    let items = vec![
        Item::new(&label, &words::RESTORE_BRINGS_BACK, Choice::Delete(node.id)),
        Item::new(&words::LEAVE_IT, "", Choice::Nothing),
    ];
    let title = words::delete(show::first_words(node));
    app.layers
        .push(Layer::Picker(Picker::new(title, items, "")));
}

/// Deletes a message; the one before it is chosen then.
pub fn delete(app: &mut App, session: &Session, message: MessageId) -> Vec<Request> {
    let node = session.conversation().node(message);
    app.cursor = None;
    app.chosen = node.and_then(|node| node.parent);
    if app.editing.is_some_and(|edited| {
        let path = session.conversation().path_to(edited);
        path.contains(&message)
    }) {
        app.editing = None;
    }
    vec![Request::User(UserEvent::Delete(message))]
}
