//! Marking a stretch of the conversation, and what is done with it.

use super::{Clip, Request};
use crate::chat::{Session, UserEvent};
use crate::config::Action;
use crate::tui::app::{App, Focus};
use crate::tui::format;
use crate::tui::layout::Pane;
use crate::tui::overlay::scrolled_by;
use crate::tui::selection::{End, Selection};
use crate::words::nouns;
use crate::words::tui::notices as words;

/// Begins a stretch at the token cursor, or at the first line of the window; ends one.
pub fn mark(app: &mut App, session: &Session) {
    if app.selection.take().is_some() {
        return;
    }
    app.selection = match app.cursor {
        Some(cursor) => Some(Selection::Tokens {
            message: cursor.message,
            from: cursor.place,
        }),
        None => app
            .transcript
            .first_text_seen(session)
            .map(|end| Selection::Text {
                from: end.clone(),
                to: end,
                lines: true,
            }),
    };
    if app.selection.is_none() {
        app.notices.info(words::NOTHING_TO_MARK, app.now);
    } else if app.cursor.is_none() {
        app.focus = Focus::Pane(Pane::Conversation);
        app.pane = Pane::Conversation;
    }
}

/// Moves the end of a stretch that goes by lines; `false` where there is none, or the action
/// does not move.
pub fn extend(app: &mut App, session: &Session, action: Action) -> bool {
    let Some(Selection::Text { from, to, .. }) = &app.selection else {
        return false;
    };
    if app.cursor.is_some() || app.focus == Focus::Input {
        return false;
    }
    let (from, to) = (from.clone(), to.clone());
    let Some(rows) = scrolled_by(action, app.transcript.page()) else {
        return false;
    };
    // One that was drawn with the mouse goes by lines from here on.
    let whole = |app: &mut App, end: End| {
        let row = app
            .transcript
            .text_at(session, end.message, end.bytes.start);
        row.unwrap_or(end)
    };
    let from = whole(app, from);
    let to = match app.transcript.text_beyond(session, &to, rows) {
        Some(next) => next,
        None => whole(app, to),
    };
    app.transcript.reveal(session, to.message, to.bytes.start);
    app.selection = Some(Selection::Text {
        from,
        to,
        lines: true,
    });
    true
}

/// Takes what is marked, to be copied; `None` where nothing is.
pub fn take(app: &mut App, session: &Session) -> Option<Clip> {
    let text = app.marked_text(session);
    let tokens = app.marked_tokens(session).map(|tokens| tokens.len());
    let what = match (app.selection.take()?, tokens) {
        (_, Some(tokens)) => format::count(tokens as u64, nouns::TOKEN),
        (Selection::Text { lines: true, .. }, _) => words::MARKED_LINES.into(),
        (_, None) => words::MARKED_TEXT.into(),
    };
    Some(Clip::new(what, text))
}

/// Says what the marked tokens add up to, and has those scored whose odds are not known. `None`
/// where no tokens are marked.
pub fn sum(app: &mut App, session: &Session) -> Option<Vec<Request>> {
    let tokens = app.marked_tokens(session)?;
    let message = app.cursor?.message;
    let count = format::count(tokens.len() as u64, nouns::TOKEN);
    let Some(sum) = app.marked_sum(session) else {
        let unknown = tokens.iter().any(|token| token.logprob.is_none());
        if !unknown {
            let says = words::no_text_to_add_up(count);
            app.notices.info(says, app.now);
            return Some(Vec::new());
        }
        app.notices.info(words::odds_asked_for(count), app.now);
        return Some(vec![Request::User(UserEvent::Score(message))]);
    };
    let units = app.units;
    let says = words::sum(
        count,
        format::percent(sum.probability() as f32),
        1.0 / sum.per_token(),
        units.of_nats(0.0 - sum.logprob) + 0.0,
        format::unit(units),
    );
    app.notices.info(says, app.now);
    Some(Vec::new())
}
