//! The mouse: the wheel scrolls what is under it, a click chooses what it is on, dragging moves
//! a border or marks text.

use std::time::Duration;

use ratatui::layout::Rect;

use super::{Names, Request, layered, panes, tokens};
use crate::chat::{MessageId, Session};
use crate::tui::app::{App, Focus, Held};
use crate::tui::flow;
use crate::tui::layout::{Areas, Border, Pane};
use crate::tui::selection::{End, Selection};
use crate::tui::transcript::{BodyRow, FoldId, Key, Line};
use crate::tui::view::tab_at;
use crate::tui::walk::{Place, Tokens};

/// Two clicks on one cell within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Scrolls what is under the pointer.
pub fn wheel(app: &mut App, session: &Session, rows: i32, (column, row): (u16, u16)) {
    let rows = rows as isize;
    if let Some(layer) = app.layers.last_mut() {
        layer.scroll(rows as i32);
        return;
    }
    match app.areas(session).pane_at(column, row) {
        Some(Pane::Tokens) if app.cursor.is_some_and(|cursor| cursor.candidate.is_some()) => {
            tokens::step_candidate(app, session, rows.signum());
        }
        Some(Pane::Tokens) => app.candidates.by(rows),
        Some(Pane::Throughput) => app.throughput.by(rows),
        Some(Pane::Conversation) | None => app.transcript.scroll(session, rows),
    }
}

/// Takes a click.
pub fn click(
    app: &mut App,
    session: &Session,
    names: &dyn Names,
    (column, row): (u16, u16),
) -> Vec<Request> {
    let double = is_double(app, column, row);
    if let Some(layer) = app.layers.last_mut() {
        let outcome = layer.click((column, row).into(), double, session);
        return layered(app, outcome, session, names);
    }
    if app.asking.is_some() {
        return Vec::new();
    }
    let areas = app.areas(session);
    if let Some(border) = areas.border_at(column, row) {
        app.pointer.held = Some(Held::Border(border));
        return Vec::new();
    }
    if let Some(pane) = tab_at(app, &areas, column, row) {
        app.cursor = None;
        panes::focus(app, Focus::Pane(pane));
        return Vec::new();
    }
    if !is_inside(&areas, column, row) {
        return Vec::new();
    }
    match areas.pane_at(column, row) {
        _ if areas.input.contains((column, row).into()) => {
            app.cursor = None;
            panes::focus(app, Focus::Input);
        }
        Some(Pane::Conversation) => on_conversation(app, session, &areas, (column, row)),
        Some(Pane::Tokens) => return on_token(app, session, areas.tokens, row, double),
        Some(Pane::Throughput) => {
            app.cursor = None;
            panes::focus(app, Focus::Pane(Pane::Throughput));
        }
        None => {}
    }
    Vec::new()
}

/// Takes in that the pointer moved while the button was down.
pub fn drag(app: &mut App, session: &Session, (column, row): (u16, u16)) {
    let areas = app.areas(session);
    match app.pointer.held.clone() {
        Some(Held::Border(border)) => {
            let to = match border {
                Border::Beside => column,
                Border::Above => row,
            };
            app.panes = areas.moved(border, to, app.panes);
        }
        Some(Held::Text(from)) => {
            let area = App::conversation_text(&areas);
            // Beyond the window it scrolls.
            if row < area.y {
                app.transcript.scroll(session, -1);
            } else if row >= area.bottom() {
                app.transcript.scroll(session, 1);
            }
            let row = row.clamp(area.y, area.bottom().saturating_sub(1).max(area.y));
            let column = column.clamp(area.x, area.right().saturating_sub(1).max(area.x));
            let Some(to) = text_at(app, session, &areas, (column, row)) else {
                return;
            };
            app.cursor = None;
            panes::focus(app, Focus::Pane(Pane::Conversation));
            app.selection = Some(Selection::Text {
                from,
                to,
                lines: false,
            });
        }
        None => {}
    }
}

/// The button was let go.
pub fn release(app: &mut App) {
    app.pointer.held = None;
}

/// Whether a cell is within the frame around it, where there are frames.
fn is_inside(areas: &Areas, column: u16, row: u16) -> bool {
    let shown = [areas.conversation, areas.tokens, areas.throughput];
    let mut shown = shown.into_iter().flatten().chain([areas.input]);
    let edge = u16::from(areas.framed);
    shown.any(|area| {
        let columns = area.x + edge..area.right().saturating_sub(edge);
        let rows = area.y + edge..area.bottom().saturating_sub(edge);
        columns.contains(&column) && rows.contains(&row)
    })
}

fn is_double(app: &mut App, column: u16, row: u16) -> bool {
    let now = app.now;
    let before = app.pointer.clicked.replace((column, row, now));
    let double = before.is_some_and(|(before_column, before_row, then)| {
        (before_column, before_row) == (column, row) && now.saturating_sub(then) <= DOUBLE
    });
    if double {
        app.pointer.clicked = None;
    }
    double
}

/// Looks at the token under a cell, or gives the pane the keys where there is none.
fn on_conversation(app: &mut App, session: &Session, areas: &Areas, at: (u16, u16)) {
    app.selection = None;
    if let Some((message, fold)) = fold_at(app, areas, at) {
        app.cursor = None;
        app.transcript.turn(session, message, fold);
        return;
    }
    let Some((message, raw)) = byte_at(app, session, areas, at) else {
        app.cursor = None;
        panes::focus(app, Focus::Pane(Pane::Conversation));
        return;
    };
    app.pointer.held = text_at(app, session, areas, at).map(Held::Text);
    let token = Tokens::of(session, message).and_then(|tokens| tokens.covering(raw));
    app.pane = Pane::Conversation;
    tokens::place(app, message, token.unwrap_or(Place::Read(0)));
    app.aim = token.is_none().then_some((message, raw));
}

/// Chooses the alternative under a row; the second click goes on from it.
fn on_token(
    app: &mut App,
    session: &Session,
    area: Option<Rect>,
    row: u16,
    double: bool,
) -> Vec<Request> {
    let top = area.map_or(0, |area| area.y + 1);
    let candidate = row.checked_sub(top).and_then(|row| {
        let rows = app.candidate_rows.borrow();
        *rows.get(usize::from(row))?
    });
    let Some(candidate) = candidate else {
        if app.cursor.is_none() {
            panes::focus(app, Focus::Pane(Pane::Tokens));
        }
        return Vec::new();
    };
    if app.cursor.is_none()
        && let Some(shown) = app.shown_token(session)
    {
        tokens::place(app, shown.message, shown.place);
    }
    if let Some(cursor) = &mut app.cursor {
        cursor.candidate = Some(candidate);
    }
    if double {
        return tokens::branch(app, session);
    }
    Vec::new()
}

/// What opens or closes with a click on a cell: the line that stands for it.
fn fold_at(app: &App, areas: &Areas, (column, row): (u16, u16)) -> Option<(MessageId, FoldId)> {
    let area = App::conversation_text(areas);
    areas.conversation?;
    if !area.contains((column, row).into()) {
        return None;
    }
    let seen = app.transcript.seen().get(usize::from(row - area.y))?;
    let (Key::Message(message), Line::Body(index)) = (seen.key, seen.line) else {
        return None;
    };
    let block = app.transcript.block(seen.key)?;
    if block.thought(index).is_some() {
        return Some((message, FoldId::Thought));
    }
    let fold = block.fold(index)?;
    Some((message, FoldId::At(fold.start)))
}

/// The byte of a message that is shown at a cell.
fn byte_at(
    app: &App,
    session: &Session,
    areas: &Areas,
    (column, row): (u16, u16),
) -> Option<(MessageId, usize)> {
    let area = App::conversation_text(areas);
    areas.conversation?;
    if !area.contains((column, row).into()) {
        return None;
    }
    let seen = app
        .transcript
        .seen()
        .get(usize::from(row - area.y))
        .copied()?;
    let Key::Message(message) = seen.key else {
        return None;
    };
    let node = session.conversation().node(message)?;
    match seen.line {
        Line::Header => Some((message, 0)),
        Line::Body(index) => {
            let column = usize::from(column - area.x);
            let raw = match app.transcript.block(seen.key)?.row(index)? {
                BodyRow::Raw(row) => flow::raw_at(&node.content, row, column),
                BodyRow::Rendered(row, _) => row.raw_at(column),
            };
            Some((message, raw))
        }
        Line::Footer(_) | Line::Blank => None,
    }
}

/// The character at a cell, as an end of a mark.
fn text_at(app: &App, session: &Session, areas: &Areas, at: (u16, u16)) -> Option<End> {
    let (message, raw) = byte_at(app, session, areas, at)?;
    let content = &session.conversation().node(message)?.content;
    let rest = content.get(raw..).filter(|rest| !rest.is_empty())?;
    Some(End {
        message,
        bytes: raw..raw + flow::unit_len(rest),
    })
}
