//! Panes: which has the room, which is hidden, and where the borders are.

use super::Request;
use crate::chat::Session;
use crate::config::{Action, Context, Panes};
use crate::tui::app::{App, Focus, Pointer};
use crate::tui::layout::{Border, Pane, is_hidden};
use crate::tui::pane::status::key_of;
use crate::words::tui::notices as words;

/// Columns and rows that a key moves a border by.
const COLUMNS: i32 = 2;
const ROWS: i32 = 1;

/// Gives the pane that has the keys the room of all, or the others theirs back. The token
/// cursor works in two panes: the conversation comes first, then its token, then all again.
pub fn zoom(app: &mut App) {
    if !app.zoomed {
        app.zoomed = true;
        if let Focus::Pane(pane) = app.focus {
            app.pane = pane;
        }
        return;
    }
    let token_next = app.cursor.is_some() && !app.panes.tokens_hidden;
    if token_next && app.pane == Pane::Conversation {
        app.pane = Pane::Tokens;
        return;
    }
    app.zoomed = false;
    if app.focus == Focus::Input {
        app.pane = Pane::Conversation;
    }
}

/// Hides a pane, or shows it again.
pub fn toggle(app: &mut App, pane: Pane, action: Action) {
    let hidden = match pane {
        Pane::Conversation => return,
        Pane::Tokens => &mut app.panes.tokens_hidden,
        Pane::Throughput => &mut app.panes.throughput_hidden,
    };
    *hidden = !*hidden;
    if !*hidden {
        let says = words::pane_shown(pane.title());
        app.notices.info(says, app.now);
        return;
    }
    if app.focus == Focus::Pane(pane) {
        app.focus = Focus::Input;
    }
    if app.pane == pane {
        app.pane = Pane::Conversation;
    }
    let says = match key_of(&app.keymap, Context::Global, action) {
        Some(key) => words::pane_hidden(pane.title(), key),
        None => words::pane_hidden_without_key(pane.title()),
    };
    app.notices.info(says, app.now);
}

/// Moves a border by as much as a key does; `towards` is -1 for left and up, 1 for right and
/// down.
pub fn move_border(app: &mut App, session: &Session, border: Border, towards: i32) {
    let areas = app.areas(session);
    let at = match border {
        Border::Beside => areas
            .conversation
            .and(areas.tokens.or(areas.throughput))
            .filter(|_| !areas.tabbed)
            .map(|area| i32::from(area.x) + COLUMNS * towards),
        Border::Above => areas
            .lower()
            .map(|(_, area)| i32::from(area.y) + ROWS * towards),
    };
    let Some(at) = at else {
        let says = match border {
            Border::Beside => words::NO_PANE_BESIDE,
            Border::Above => words::NO_PANE_BELOW,
        };
        app.notices.info(says, app.now);
        return;
    };
    let at = u16::try_from(at).unwrap_or(0);
    app.panes = areas.moved(border, at, app.panes);
}

/// All panes in their usual sizes.
pub fn reset(app: &mut App) {
    app.panes = Panes::default();
    app.zoomed = false;
    app.notices.info(words::PANES_RESET, app.now);
}

/// Takes the mouse, or leaves it to the terminal, which can select text with it.
pub fn toggle_mouse(app: &mut App) -> Vec<Request> {
    app.mouse = !app.mouse;
    app.pointer = Pointer::default();
    app.notices.info(
        if app.mouse {
            words::MOUSE_IS_OURS
        } else {
            words::MOUSE_IS_TERMINALS
        },
        app.now,
    );
    vec![Request::Mouse(app.mouse)]
}

/// The next place that can have the keys: input, conversation, tokens, throughput, as far as
/// they are not hidden.
pub fn turn(app: &mut App, by: isize) {
    const ORDER: [Focus; 4] = [
        Focus::Input,
        Focus::Pane(Pane::Conversation),
        Focus::Pane(Pane::Tokens),
        Focus::Pane(Pane::Throughput),
    ];
    app.cursor = None;
    let order: Vec<Focus> = ORDER
        .into_iter()
        .filter(|focus| !matches!(focus, Focus::Pane(pane) if is_hidden(&app.panes, *pane)))
        .collect();
    let at = order.iter().position(|&focus| focus == app.focus);
    let next = at.unwrap_or(0).wrapping_add_signed(by);
    // Going back from the first one wraps below zero.
    let next = if next >= order.len() {
        if by < 0 { order.len() - 1 } else { 0 }
    } else {
        next
    };
    focus(app, order[next]);
}

/// Gives the keys to a place.
pub fn focus(app: &mut App, focus: Focus) {
    app.focus = focus;
    app.pane = match focus {
        Focus::Pane(pane) => pane,
        // Back at the input, back at what is being talked about.
        Focus::Input => Pane::Conversation,
    };
}
