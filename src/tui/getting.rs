//! Getting the model that is offered, while the interface goes on.

use super::run::Loop;
use crate::chat::UserEvent;
use crate::driver::PullEvent;
use crate::words::tui::{lists as words, run};

impl Loop {
    /// Begins to get it, unless it is on its way.
    pub(super) fn get_model(&mut self) {
        let Some(offering) = &mut self.app.offering else {
            return;
        };
        if self.pulling.is_some() {
            return;
        }
        match self.library.pull(&offering.offer) {
            Ok(pulling) => {
                self.pulling = Some(pulling);
                offering.begin();
            }
            Err(error) => self.complain(words::model_cannot_be_got(error)),
        }
    }

    /// Takes in how far it is; `None`: nothing more will be said.
    pub(super) fn on_pull(&mut self, event: Option<PullEvent>) {
        let event = event.unwrap_or_else(|| PullEvent::Failed(run::BROKE_OFF.into()));
        if let PullEvent::Done(path) = event {
            self.pulling = None;
            let name = self.app.offering.take().map(|offering| offering.offer.name);
            self.inform(words::model_is_here(name.unwrap_or_default()));
            self.user(UserEvent::LoadModel(path));
        } else {
            if matches!(event, PullEvent::Stopped | PullEvent::Failed(_)) {
                self.pulling = None;
            }
            if let Some(offering) = &mut self.app.offering {
                offering.take(&event);
            }
        }
        self.frame.request();
    }
}
