//! What the loop does for the list of conversations.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::chores::Done;
use super::drafting::Arrival;
use super::overlay::{Change, ConversationsLayer, Layer};
use super::run::Loop;
use crate::chat::{ConversationId, Notice, UserEvent};
use crate::config::{Action, Context};
use crate::driver::{StoreError, Summary};
use crate::words::tui::lists as words;

impl Loop {
    pub(super) fn pick_conversation(&mut self) {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(Duration::ZERO, |since| since);
        let layer = ConversationsLayer::awaiting(now.as_millis() as u64);
        self.app.layers.push(Layer::Conversations(Box::new(layer)));
        let store = self.driver.store().cloned();
        self.begin("conversations", move |report| {
            let list = store.map_or(Ok(Vec::new()), |store| store.list());
            report(Done::Conversations(list.map_err(|error| error.to_string())));
        });
    }

    /// The list that was asked for is there, if it is still wanted.
    pub(super) fn on_conversations(&mut self, list: Result<Vec<Summary>, String>) {
        match list {
            Ok(list) => {
                if let Some(layer) = self.listed() {
                    layer.fill(list);
                }
                self.look_at_selected();
            }
            Err(reason) => self.complain(reason),
        }
    }

    pub(super) fn on_preview(&mut self, id: ConversationId, text: String) {
        if let Some(layer) = self.listed() {
            layer.preview(id, text);
        }
    }

    fn listed(&mut self) -> Option<&mut ConversationsLayer> {
        match self.app.layers.last_mut() {
            Some(Layer::Conversations(layer)) => Some(layer),
            _ => None,
        }
    }

    fn look_at_selected(&mut self) {
        let columns = self.app.screen.width;
        let wanted = self
            .listed()
            .and_then(|layer| layer.wants_preview(columns).cloned());
        if let Some(id) = wanted {
            self.preview(id);
        }
    }

    pub(super) fn preview(&mut self, id: ConversationId) {
        let Some(store) = self.driver.store().cloned() else {
            return;
        };
        // Until it is there it is not asked for again.
        if let Some(layer) = self.listed() {
            layer.preview(id.clone(), String::new());
        }
        self.begin("preview", move |report| {
            let text = store.beginning(&id);
            let text = text.unwrap_or_else(|error| error.to_string());
            report(Done::Preview(id, text));
        });
    }

    /// Changes a stored conversation. The one that is open is changed through its session,
    /// which holds its file.
    pub(super) fn keep(&mut self, change: Change) {
        let outcome = self.change(&change);
        if let Some(layer) = self.listed() {
            layer.done(change, outcome);
        }
        self.look_at_selected();
    }

    fn change(&mut self, change: &Change) -> Result<String, String> {
        let open = self.driver.session().conversation().id.clone();
        match change {
            Change::Keep(id, keeping) if *id == open => {
                said(&self.driver.user(UserEvent::Keep(keeping.clone())))
            }
            Change::Rename(id, title) if *id == open => {
                said(&self.driver.user(UserEvent::Rename(title.clone())))?;
                Ok(renamed(title))
            }
            Change::Delete(id) if *id == open => {
                let left = self.before_leaving();
                let notices = self.driver.new_conversation();
                self.show(notices);
                self.conversation_changed(left, Arrival::New);
                let notices = self.driver.wait_for_disk();
                self.show(notices);
                self.in_store(change)
            }
            other => self.in_store(other),
        }
    }

    fn in_store(&self, change: &Change) -> Result<String, String> {
        let Some(store) = self.driver.store() else {
            return Err(words::NOT_KEPT_HERE.into());
        };
        let done = match change {
            Change::Keep(id, keeping) => store.keep(id, |_| keeping.clone()).map(|it| it.says()),
            Change::Rename(id, title) => store.rename(id, title).map(|()| renamed(title)),
            Change::Delete(id) => store.set_aside(id).map(|()| {
                let key = self.app.key_in(Context::Deleted, Action::RestoreDeleted);
                words::deleted(key)
            }),
            Change::Restore(id) => store.restore(id).map(|()| words::RESTORED.into()),
        };
        done.map_err(|error| match error {
            StoreError::InUse { .. } => words::OPEN_ELSEWHERE.into(),
            StoreError::ReadOnly { reason, .. } => words::cannot_be_changed(reason),
            other => other.to_string(),
        })
    }
}

/// What a session said, as an outcome: a warning or an error is a refusal.
fn said(notices: &[Notice]) -> Result<String, String> {
    use crate::chat::Severity;
    let refused = notices
        .iter()
        .find(|notice| notice.severity > Severity::Info);
    match (refused, notices.first()) {
        (Some(refused), _) => Err(refused.text.clone()),
        (None, Some(first)) => Ok(first.text.clone()),
        (None, None) => Ok(String::new()),
    }
}

fn renamed(title: &str) -> String {
    if title.is_empty() {
        words::FIRST_WORDS_STAND.into()
    } else {
        words::renamed(title)
    }
}
