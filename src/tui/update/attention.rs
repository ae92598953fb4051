//! Where the model looked at the token under the cursor.

use super::Request;
use crate::chat::Session;
use crate::tui::app::App;
use crate::tui::overlay::Layer;

/// Opens the view, and has it computed.
pub fn open(app: &mut App, session: &Session) -> Vec<Request> {
    let Some(at) = app.shown_token(session) else {
        let says = "There are no tokens to look at yet: ask something first.";
        app.notices.info(says, app.now);
        return Vec::new();
    };
    match session.attend(at.message, at.index) {
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
