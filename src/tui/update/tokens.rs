//! The token cursor.

use super::Request;
use crate::chat::{MessageId, Session, UserEvent};
use crate::inference::TokenTrace;
use crate::tui::app::{App, Focus, TokenCursor, answer_of, newest_answer};
use crate::tui::layout::Pane;

/// A token is uncertain where it was chosen with less than half of the probability.
const UNCERTAIN: f32 = 0.5;

/// Puts the cursor on the newest token, or takes it away.
pub fn toggle(app: &mut App, session: &Session) {
    if app.cursor.take().is_some() {
        app.transcript.go_to_end(session);
        return;
    }
    let Some((message, answer)) = newest_answer(session) else {
        app.notices.info(
            "There are no tokens to look at yet: ask something first.",
            app.now,
        );
        return;
    };
    app.focus = Focus::Input;
    app.pane = Pane::Conversation;
    // While it streams the newest token is of interest, afterwards the beginning.
    let index = if session.is_busy() {
        answer.traces.len() - 1
    } else {
        0
    };
    place(app, message, index);
}

fn place(app: &mut App, message: MessageId, index: usize) {
    app.cursor = Some(TokenCursor {
        message,
        index,
        candidate: None,
    });
}

/// Puts the cursor on the first token of another message.
pub fn go_to_message(app: &mut App, session: &Session, message: MessageId) {
    let has_tokens = answer_of(session, message).is_some_and(|answer| !answer.traces.is_empty());
    if has_tokens {
        place(app, message, 0);
    } else {
        app.cursor = None;
    }
}

/// Moves by tokens; past an answer's end into the next one's.
pub fn step(app: &mut App, session: &Session, by: isize) {
    let Some(cursor) = app.cursor else { return };
    let count = traces(session, cursor.message).len();
    match cursor.index.checked_add_signed(by) {
        Some(index) if index < count => place(app, cursor.message, index),
        _ => {
            if let Some(message) = neighbour(session, cursor.message, by) {
                let last = traces(session, message).len() - 1;
                let index = if by < 0 { last } else { 0 };
                place(app, message, index);
            }
        }
    }
}

/// The first or last token of the answer.
pub fn go_to_end(app: &mut App, session: &Session, last: bool) {
    let Some(cursor) = app.cursor else { return };
    let count = traces(session, cursor.message).len();
    let index = if last { count.saturating_sub(1) } else { 0 };
    place(app, cursor.message, index);
}

/// Goes through the alternatives of the token; it begins at the chosen one.
pub fn step_candidate(app: &mut App, session: &Session, by: isize) {
    let Some(cursor) = app.cursor else { return };
    let Some(trace) = traces(session, cursor.message).get(cursor.index) else {
        return;
    };
    let Some(last) = trace.candidates.len().checked_sub(1) else {
        app.notices
            .info("No alternatives are known of this token.", app.now);
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

/// Goes on from the alternative that is looked at, as a new branch.
pub fn branch(app: &mut App, session: &Session) -> Vec<Request> {
    let Some(cursor) = app.cursor else {
        return Vec::new();
    };
    let chosen = traces(session, cursor.message)
        .get(cursor.index)
        .and_then(|trace| Some((trace, trace.candidates.get(cursor.candidate?)?)));
    let Some((trace, candidate)) = chosen else {
        app.notices
            .info("Choose an alternative first, with j and k.", app.now);
        return Vec::new();
    };
    if candidate.id == trace.id {
        app.notices
            .info("That is the one the answer went on with.", app.now);
        return Vec::new();
    }
    app.cursor = None;
    app.notices.dismiss();
    app.transcript.go_to_end(session);
    vec![Request::User(UserEvent::BranchAt {
        message: cursor.message,
        index: cursor.index,
        candidate: candidate.id,
    })]
}

/// The next token in a direction that was far from certain, in this answer.
pub fn uncertain(app: &mut App, session: &Session, by: isize) {
    let Some(cursor) = app.cursor else { return };
    let traces = traces(session, cursor.message);
    let is_uncertain = |trace: &TokenTrace| trace.logprob.exp() < UNCERTAIN;
    let found = if by > 0 {
        traces
            .iter()
            .enumerate()
            .skip(cursor.index + 1)
            .find(|(_, trace)| is_uncertain(trace))
    } else {
        traces
            .iter()
            .enumerate()
            .take(cursor.index)
            .rev()
            .find(|(_, trace)| is_uncertain(trace))
    };
    match found {
        Some((index, _)) => place(app, cursor.message, index),
        None => app
            .notices
            .info("No other token that way had less than 50 %.", app.now),
    }
}

fn traces(session: &Session, message: MessageId) -> &[TokenTrace] {
    answer_of(session, message).map_or(&[], |answer| &answer.traces)
}

/// The next answer with tokens along the shown path.
fn neighbour(session: &Session, message: MessageId, by: isize) -> Option<MessageId> {
    let path = session.conversation().path();
    let at = path.iter().position(|&id| id == message)?;
    let mut candidates: Box<dyn Iterator<Item = &MessageId>> = if by > 0 {
        Box::new(path[at + 1..].iter())
    } else {
        Box::new(path[..at].iter().rev())
    };
    candidates
        .find(|&&id| !traces(session, id).is_empty())
        .copied()
}
