//! A click: puts the token cursor on what was clicked.

use ratatui::layout::Position;

use crate::chat::Session;
use crate::tui::app::App;
use crate::tui::flow;
use crate::tui::layout::Pane;
use crate::tui::transcript::{Key, Line};
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
    let rows = app
        .transcript
        .block(seen.key)
        .map_or(&[][..], |block| block.rows());
    let raw = match seen.line {
        Line::Header => Some(0),
        Line::Body(index) => rows
            .get(index)
            .map(|&row| flow::raw_at(&node.content, row, usize::from(column - area.x))),
        Line::Footer(_) | Line::Blank => None,
    };
    let Some(raw) = raw else { return };
    let token = Tokens::of(session, message).and_then(|tokens| tokens.covering(raw));
    app.pane = Pane::Conversation;
    super::tokens::place(app, message, token.unwrap_or(Place::Read(0)));
    app.aim = token.is_none().then_some((message, raw));
}
