//! A click: puts the token cursor on what was clicked.

use ratatui::layout::Position;

use crate::chat::Session;
use crate::tui::app::App;
use crate::tui::flow;
use crate::tui::layout::Pane;
use crate::tui::transcript::{BodyRow, Key, Line};
use crate::tui::walk::{Place, Tokens};

/// Looks at the token under a cell of the conversation.
pub fn click(app: &mut App, session: &Session, column: u16, row: u16) {
    if !app.layers.is_empty() || app.asking.is_some() {
        return;
    }
    let areas = app.areas(session);
    let area = App::conversation_text(&areas);
    if areas.conversation.is_none() || !area.contains(Position::new(column, row)) {
        return;
    }
    let seen = app
        .transcript
        .seen()
        .get(usize::from(row - area.y))
        .copied();
    let Some((seen, Key::Message(message))) = seen.map(|seen| (seen, seen.key)) else {
        return;
    };
    let Some(node) = session.conversation().node(message) else {
        return;
    };
    let block = app.transcript.block(seen.key);
    let column = usize::from(column - area.x);
    let raw = match seen.line {
        Line::Header => Some(0),
        Line::Body(index) => match block.and_then(|block| block.row(index)) {
            Some(BodyRow::Raw(row)) => Some(flow::raw_at(&node.content, row, column)),
            Some(BodyRow::Rendered(row, _)) => Some(row.raw_at(column)),
            None => None,
        },
        Line::Footer(_) | Line::Blank => None,
    };
    let Some(raw) = raw else { return };
    let token = Tokens::of(session, message).and_then(|tokens| tokens.covering(raw));
    app.pane = Pane::Conversation;
    super::tokens::place(app, message, token.unwrap_or(Place::Read(0)));
    app.aim = token.is_none().then_some((message, raw));
}
