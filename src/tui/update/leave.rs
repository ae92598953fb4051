//! Ways back: Esc, Ctrl-C.

use super::{Request, panes};
use crate::chat::session::Activity;
use crate::chat::{Session, UserEvent};
use crate::config::Action;
use crate::tui::app::{App, Focus};
use crate::tui::asking;
use crate::tui::layout::Pane;
use crate::tui::offering::Offering;
use crate::tui::pane::status::key_of;
use crate::words::tui::notices as words;

/// Closes what is open, one thing at a time, and comes back to the input.
pub fn back(app: &mut App, session: &Session) {
    if asking::cancel(app) || app.selection.take().is_some() {
        app.notices.dismiss();
    } else if app.cursor.take().is_some() {
        app.pane = Pane::Conversation;
        app.transcript.go_to_end(session);
    } else if app.focus != Focus::Input {
        // The pane that had all the room first gives it back.
        if !std::mem::take(&mut app.zoomed) {
            if app.chosen.take().is_some() {
                app.transcript.go_to_end(session);
            }
            panes::focus(app, Focus::Input);
        }
    } else if app.composer.editor.deselect() || app.composer.offers().is_some() {
        app.composer.touched();
    } else if app.editing.take().is_some() {
        app.composer.clear();
        app.notices.dismiss();
    } else if !app.notices.dismiss() {
        app.transcript.go_to_end(session);
    }
}

/// Stops the answer; else empties the input; else leaves at the second time.
pub fn interrupt(app: &mut App, session: &Session) -> Vec<Request> {
    if app.shell.is_some() {
        return vec![Request::StopShell];
    }
    if session.is_busy() {
        app.leaving = false;
        let stopping = matches!(session.activity(), Activity::Stopping { .. });
        return if stopping {
            Vec::new()
        } else {
            vec![Request::User(UserEvent::Stop)]
        };
    }
    if app.offering.as_ref().is_some_and(Offering::is_getting) {
        app.leaving = false;
        return vec![Request::StopGetting];
    }
    if session.scoring().is_some() {
        app.leaving = false;
        return vec![Request::User(UserEvent::Stop)];
    }
    if asking::cancel(app) {
        app.leaving = false;
        return Vec::new();
    }
    if !app.composer.editor.is_empty() || app.editing.is_some() {
        app.composer.clear();
        app.editing = None;
        app.leaving = false;
        return Vec::new();
    }
    if app.leaving {
        return vec![Request::Leave];
    }
    app.leaving = true;
    let key = key_of(&app.keymap, app.context(), Action::Interrupt);
    let says = match key {
        Some(key) => words::press_again(key),
        None => words::PRESS_AGAIN.into(),
    };
    app.notices.info(says, app.now);
    Vec::new()
}
