//! Where the model looked at the token under the cursor.

use super::Request;
use crate::chat::Session;
use crate::tui::app::{App, answer_of};
use crate::tui::overlay::Layer;
use crate::tui::walk::Place;
use crate::words::tui::attention as words;

/// Opens the view, and has it computed.
pub fn open(app: &mut App, session: &Session) -> Vec<Request> {
    let Some(at) = app.shown_token(session) else {
        let says = words::NO_TOKENS;
        app.notices.info(says, app.now);
        return Vec::new();
    };
    let index = match at.place {
        Place::Read(_) if answer_of(session, at.message).is_some() => {
            let says = words::WAS_TYPED;
            app.notices.info(says, app.now);
            return Vec::new();
        }
        Place::Written(index) | Place::Read(index) => index,
    };
    match session.attend(at.message, index) {
        Ok(attend) => {
            app.layers.push(Layer::Attention(Box::default()));
            vec![Request::Attend(Box::new(attend))]
        }
        Err(says) => {
            app.notices.info(says, app.now);
            Vec::new()
        }
    }
}
