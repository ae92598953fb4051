//! Branches: typed, as a tree, two of them side by side, a message on its way out.

use super::Request;
use crate::chat::{MessageId, Session, UserEvent, odds};
use crate::config::{Action, Context};
use crate::inference::Role;
use crate::tui::app::{App, TokenCursor, newest_answer};
use crate::tui::asking::{self, Question};
use crate::tui::overlay::{CompareLayer, FanLayer, Layer, TreeLayer};
use crate::tui::walk::{Place, Tokens};
use crate::words::tui::notices as words;

/// Asks for the words the answer is to go on with, from the token under the cursor on; without
/// a cursor, from its end on.
pub fn continue_with(app: &mut App, session: &Session) {
    let place = match app.cursor {
        Some(cursor) => Some((cursor.message, typed_at(session, cursor))),
        None => newest_answer(session).map(|(message, answer)| (message, answer.traces.len())),
    };
    let Some((message, index)) = place else {
        app.notices.info(words::NO_ANSWER_TO_CONTINUE, app.now);
        return;
    };
    let is_answer = session
        .conversation()
        .node(message)
        .is_some_and(|node| node.answer.is_some() && node.role == Role::Assistant);
    if !is_answer {
        app.notices.info(words::ONLY_ANSWERS_CONTINUE, app.now);
        return;
    }
    asking::ask(app, Question::ContinueWith { message, index }, "");
}

/// The first of the answer's own tokens at or after the cursor.
fn typed_at(session: &Session, cursor: TokenCursor) -> usize {
    let after = Tokens::of(session, cursor.message).and_then(|tokens| {
        let number = tokens.number(cursor.place)?;
        let mut rest = (number..tokens.len()).filter_map(|number| tokens.nth(number));
        rest.find_map(|token| match token.place {
            Place::Written(index) => Some(index),
            Place::Read(_) => None,
        })
    });
    after.or(cursor.written()).unwrap_or(usize::MAX)
}

/// Has several continuations written from the token under the cursor on, and shows them; those
/// that were asked for there last are shown again.
pub fn fan_out(app: &mut App, session: &Session) -> Vec<Request> {
    let Some(cursor) = app.cursor else {
        return Vec::new();
    };
    let Some(index) = cursor.written() else {
        let says = words::ONLY_WRITTEN_FANS;
        app.notices.info(says, app.now);
        return Vec::new();
    };
    let message = cursor.message;
    let mut requests = Vec::new();
    if session.fan_at(message, index).is_none() {
        if let Err(says) = session.can_fan_out(message, index) {
            app.notices.info(says, app.now);
            return Vec::new();
        }
        requests.push(Request::User(UserEvent::FanOut {
            message,
            index,
            branches: app.fan_out,
        }));
    }
    app.notices.dismiss();
    app.layers.push(Layer::Fan(FanLayer::default()));
    requests
}

/// Shows all branches as a tree.
pub fn tree(app: &mut App, session: &Session) {
    if session.conversation().is_empty() {
        app.notices.info(words::NO_BRANCHES_YET, app.now);
        return;
    }
    let tree = TreeLayer::new(session.conversation());
    app.layers.push(Layer::Tree(tree));
}

/// Shows the message at the cursor beside its next sibling; the last one beside the one before.
pub fn compare_siblings(app: &mut App, session: &Session) {
    let newest = || newest_answer(session).map(|(message, _)| message);
    let message = app.at_hand().or_else(newest);
    let siblings = message.and_then(|message| session.conversation().siblings(message));
    let pair = siblings.and_then(|(all, index)| match all.get(index + 1) {
        Some(&next) => Some((all[index], next)),
        None => Some((*all.get(index.checked_sub(1)?)?, all[index])),
    });
    match pair {
        Some((one, other)) => compare(app, session, one, other),
        None => {
            let branch = app.key_in(Context::Token, Action::BranchHere);
            let says = words::no_branch_to_compare(branch);
            app.notices.info(says, app.now);
        }
    }
}

/// Shows two branches side by side.
pub fn compare(app: &mut App, session: &Session, one: MessageId, other: MessageId) {
    match CompareLayer::new(session.conversation(), one, other) {
        Some(layer) => app.layers.push(Layer::Compare(Box::new(layer))),
        None => app.notices.info(words::ON_SAME_BRANCH, app.now),
    }
}

/// The message at the cursor or the chosen one, else the newest answer.
fn message(app: &mut App, session: &Session) -> Option<MessageId> {
    let newest = || newest_answer(session).map(|(message, _)| message);
    let message = app.at_hand().or_else(newest);
    let known = message.filter(|&message| odds::are_known(session.conversation(), message));
    if known.is_none() {
        let says = words::no_odds_to_copy(app.key_in(Context::Pane, Action::Copy));
        app.notices.info(says, app.now);
    }
    known
}

/// Copies a message with its odds.
pub fn copy_odds(app: &mut App, session: &Session) -> Vec<Request> {
    let message = message(app, session);
    message.map(Request::CopyOdds).into_iter().collect()
}

/// Asks where a message is to go with its odds.
pub fn export_message(app: &mut App, session: &Session) {
    if let Some(message) = message(app, session) {
        let name = odds::file_name(session.conversation(), message, odds::Form::JsonLines);
        asking::ask(app, Question::ExportMessage(message), &name);
    }
}
