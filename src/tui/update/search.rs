//! Search: from the token cursor on through the shown messages, and round.

use crate::chat::{MessageId, Session};
use crate::tui::app::App;
use crate::tui::asking::{self, Question};
use crate::tui::walk::{Place, Tokens};
use crate::words::tui::notices as words;

/// Asks what is to be found.
pub fn ask(app: &mut App) {
    asking::ask(app, Question::Search, "");
}

/// Takes what was typed and goes to it; nothing typed means what was sought last. `false` where
/// nothing was asked for.
pub fn answer(app: &mut App, session: &Session) -> bool {
    let asked = app.asking.as_ref().map(|asking| asking.question);
    if asked != Some(Question::Search) {
        return false;
    }
    let typed = app.composer.editor.text().into_owned();
    asking::cancel(app);
    app.notices.dismiss();
    if !typed.is_empty() {
        app.sought = typed;
    }
    if app.sought.is_empty() {
        app.notices.info(words::NOTHING_SOUGHT, app.now);
    } else {
        go(app, session);
    }
    true
}

/// Puts the cursor on the token in which the next place begins that reads so. Letters of ASCII
/// match in either case.
fn go(app: &mut App, session: &Session) {
    let path = session.conversation().path();
    let cursor = app.cursor;
    let here = cursor.and_then(|cursor| path.iter().position(|&id| id == cursor.message));
    let after = cursor.map_or(0, |cursor| {
        let tokens = Tokens::of(session, cursor.message);
        let token = tokens.and_then(|tokens| tokens.at(cursor.place));
        token.map_or(0, |token| token.span.end.max(token.span.start + 1))
    });
    let here = here.unwrap_or(0);
    // Its own message comes twice: behind the cursor first, from its beginning at last.
    let from_here = path[here..].iter().chain(&path[..here]).copied();
    let order = from_here.chain(path.get(here).copied());
    for (turn, message) in order.enumerate() {
        let from = if turn == 0 { after } else { 0 };
        let Some(at) = find(session, message, from, &app.sought) else {
            continue;
        };
        let round = turn >= path.len() - here;
        place(app, session, message, at);
        if round {
            app.notices.info(words::FOUND_FROM_BEGINNING, app.now);
        }
        return;
    }
    let says = words::not_found(&app.sought);
    app.notices.info(says, app.now);
}

fn find(session: &Session, message: MessageId, from: usize, sought: &str) -> Option<usize> {
    let content = &session.conversation().node(message)?.content;
    let rest = content.get(from..)?;
    let found = rest
        .windows(sought.len())
        .position(|window| window.eq_ignore_ascii_case(sought.as_bytes()));
    found.map(|at| from + at)
}

fn place(app: &mut App, session: &Session, message: MessageId, at: usize) {
    let token = Tokens::of(session, message).and_then(|tokens| tokens.covering(at));
    super::tokens::place(app, message, token.unwrap_or(Place::Read(0)));
    // A message that is not cut yet has its tokens in a moment.
    app.aim = token.is_none().then_some((message, at));
}
