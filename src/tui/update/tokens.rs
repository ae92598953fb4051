//! The token cursor.

use super::Request;
use crate::chat::{MessageId, Session, UserEvent};
use crate::config::{Action, Context};
use crate::inference::TokenTrace;
use crate::tui::app::{App, Focus, TokenCursor, newest_answer};
use crate::tui::layout::Pane;
use crate::tui::walk::{Place, Tokens};
use crate::words::tui::notices as words;

/// Puts the cursor on the newest token, or takes it away.
pub fn toggle(app: &mut App, session: &Session) {
    if app.cursor.take().is_some() {
        app.pane = Pane::Conversation;
        app.transcript.go_to_end(session);
        return;
    }
    if let Some(chosen) = app.chosen.take() {
        app.focus = Focus::Input;
        go_to_message(app, session, chosen);
        return;
    }
    let found = match newest_answer(session) {
        // While it streams the newest token is of interest, afterwards the beginning.
        Some((message, answer)) if session.is_busy() => {
            Some((message, Place::Written(answer.traces.len() - 1)))
        }
        Some((message, _)) => Some((message, Place::Written(0))),
        // Questions are walked too.
        None => session
            .conversation()
            .path()
            .into_iter()
            .rev()
            .find(|&message| has_text(session, message))
            .map(|message| (message, Place::Read(0))),
    };
    let Some((message, at)) = found else {
        app.notices.info(words::NO_TOKENS, app.now);
        return;
    };
    app.focus = Focus::Input;
    app.pane = Pane::Conversation;
    place(app, message, at);
}

pub(super) fn place(app: &mut App, message: MessageId, place: Place) {
    app.aim = None;
    app.candidates.reset();
    app.cursor = Some(TokenCursor {
        message,
        place,
        candidate: None,
    });
}

/// Has the message under the cursor cut into tokens, where nobody generated it.
pub fn ask_to_read(app: &App, session: &Session) -> Option<Request> {
    let message = app.cursor?.message;
    let read = session.can_read(message);
    read.then_some(Request::User(UserEvent::Read(message)))
}

/// Asks for the odds of the message under the cursor.
pub fn score(app: &App) -> Vec<Request> {
    let cursor = app.cursor.iter();
    cursor
        .map(|cursor| Request::User(UserEvent::Score(cursor.message)))
        .collect()
}

/// Puts the cursor on the first token of another message.
pub fn go_to_message(app: &mut App, session: &Session, message: MessageId) {
    match enter(session, message, false) {
        Some(at) => place(app, message, at),
        None => app.cursor = None,
    }
}

/// Moves by tokens; past a message's end into the next one.
pub fn step(app: &mut App, session: &Session, by: isize) {
    let Some(cursor) = app.cursor else { return };
    let Some(tokens) = Tokens::of(session, cursor.message) else {
        return;
    };
    let next = tokens
        .number(cursor.place)
        .and_then(|number| tokens.nth(number.checked_add_signed(by)?));
    match next {
        Some(token) => place(app, cursor.message, token.place),
        // What is marked stays within its message.
        None if app.selection.is_some() => {}
        None => {
            if let Some((message, at)) = neighbour(session, cursor.message, by < 0) {
                place(app, message, at);
            }
        }
    }
}

/// The first or last token of the message.
pub fn go_to_end(app: &mut App, session: &Session, last: bool) {
    let Some(cursor) = app.cursor else { return };
    if let Some(at) = enter(session, cursor.message, last) {
        place(app, cursor.message, at);
    }
}

/// Goes through the alternatives of the token; it begins at the chosen one.
pub fn step_candidate(app: &mut App, session: &Session, by: isize) {
    let Some(cursor) = app.cursor else { return };
    let Some(trace) = odds(app, session, cursor) else {
        let score = app.key_in(Context::Token, Action::Score);
        app.notices
            .info(words::no_alternatives_here(score), app.now);
        return;
    };
    let Some(last) = trace.candidates.len().checked_sub(1) else {
        app.notices.info(words::NO_ALTERNATIVES, app.now);
        return;
    };
    let chosen = trace
        .candidates
        .iter()
        .position(|candidate| candidate.id == trace.id);
    let at = match (cursor.candidate, chosen) {
        (Some(at), _) | (None, Some(at)) => at.saturating_add_signed(by).min(last),
        (None, None) if by > 0 => 0,
        (None, None) => last,
    };
    app.cursor = Some(TokenCursor {
        candidate: Some(at),
        ..cursor
    });
}

/// The odds that are shown of the token under the cursor.
fn odds<'a>(app: &App, session: &'a Session, cursor: TokenCursor) -> Option<&'a TokenTrace> {
    let tokens = Tokens::of(session, cursor.message)?;
    app.odds(&tokens, &tokens.at(cursor.place)?)
}

/// Goes on from the alternative that is looked at, as a new branch.
pub fn branch(app: &mut App, session: &Session) -> Vec<Request> {
    let Some(cursor) = app.cursor else {
        return Vec::new();
    };
    let Some(index) = cursor.written() else {
        app.notices.info(words::ONLY_ANSWERS_BRANCH, app.now);
        return Vec::new();
    };
    let chosen = odds(app, session, cursor)
        .and_then(|trace| Some((trace, trace.candidates.get(cursor.candidate?)?)));
    let Some((trace, candidate)) = chosen else {
        let key = |action| app.key_in(Context::Token, action);
        let (next, previous) = (key(Action::NextCandidate), key(Action::PreviousCandidate));
        app.notices
            .info(words::choose_alternative(next, previous), app.now);
        return Vec::new();
    };
    if candidate.id == trace.id {
        app.notices.info(words::SAME_ALTERNATIVE, app.now);
        return Vec::new();
    }
    app.cursor = None;
    app.notices.dismiss();
    app.transcript.go_to_end(session);
    vec![Request::User(UserEvent::BranchAt {
        message: cursor.message,
        index,
        candidate: candidate.id,
    })]
}

/// The next token in a direction that was far from certain, in this message and those beyond.
pub fn uncertain(app: &mut App, session: &Session, by: isize) {
    let threshold = app.uncertain;
    let found = find(app, session, by < 0, |_, token| {
        token
            .logprob
            .is_some_and(|logprob| logprob.exp() < threshold)
    });
    match found {
        Some((message, at)) => place(app, message, at),
        None => app.notices.info(
            words::no_uncertain_token((threshold * 100.0).round()),
            app.now,
        ),
    }
}

/// The first token beyond the cursor that does; in its own message, then in those after it on
/// the shown path.
pub(super) fn find(
    app: &App,
    session: &Session,
    backwards: bool,
    does: impl Fn(&Tokens<'_>, &crate::tui::walk::Token) -> bool,
) -> Option<(MessageId, Place)> {
    let cursor = app.cursor?;
    let path = session.conversation().path();
    let here = path.iter().position(|&id| id == cursor.message)?;
    let messages: Vec<MessageId> = if backwards {
        path[..=here].iter().rev().copied().collect()
    } else {
        path[here..].to_vec()
    };
    for message in messages {
        let Some(tokens) = Tokens::of(session, message) else {
            continue;
        };
        let from = (message == cursor.message).then(|| tokens.number(cursor.place).unwrap_or(0));
        let numbers: Box<dyn Iterator<Item = usize>> = if backwards {
            Box::new((0..from.unwrap_or(tokens.len())).rev())
        } else {
            Box::new(from.map_or(0, |from| from + 1)..tokens.len())
        };
        let mut found = numbers.filter_map(|number| tokens.nth(number));
        if let Some(token) = found.find(|token| does(&tokens, token)) {
            return Some((message, token.place));
        }
    }
    None
}

/// Where the cursor comes into a message from the front or from behind.
fn enter(session: &Session, message: MessageId, last: bool) -> Option<Place> {
    let tokens = Tokens::of(session, message)?;
    let end = if last {
        tokens.len().checked_sub(1)
    } else {
        Some(0)
    };
    let token = end.and_then(|number| tokens.nth(number));
    match token {
        Some(token) => Some(token.place),
        None if has_text(session, message) => Some(Place::Read(if last { usize::MAX } else { 0 })),
        None => None,
    }
}

fn has_text(session: &Session, message: MessageId) -> bool {
    let node = session.conversation().node(message);
    node.is_some_and(|node| !node.content.is_empty())
}

/// The next message with tokens along the shown path, and where it is entered.
fn neighbour(session: &Session, message: MessageId, before: bool) -> Option<(MessageId, Place)> {
    let path = session.conversation().path();
    let at = path.iter().position(|&id| id == message)?;
    let mut others: Box<dyn Iterator<Item = &MessageId>> = if before {
        Box::new(path[..at].iter().rev())
    } else {
        Box::new(path[at + 1..].iter())
    };
    others.find_map(|&id| Some((id, enter(session, id, before)?)))
}
