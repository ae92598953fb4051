//! Getting the model that is offered, while the interface goes on.

use super::run::Loop;
use crate::chat::UserEvent;
use crate::driver::PullEvent;

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
            Err(error) => self.complain(format!("the model cannot be got: {error}")),
        }
    }

    /// Takes in how far it is; `None`: nothing more will be said.
    pub(super) fn on_pull(&mut self, event: Option<PullEvent>) {
        let event = event.unwrap_or_else(|| PullEvent::Failed("it broke off".to_owned()));
        if let PullEvent::Done(path) = event {
            self.pulling = None;
            let name = self.app.offering.take().map(|offering| offering.offer.name);
            self.inform(format!("{} is here.", name.unwrap_or_default()));
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
