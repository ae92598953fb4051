//! Records added to a conversation that is not open here: its title, how it is kept.

use super::disk::RealDisk;
use super::log::{Log, Opened};
use super::store::{Store, StoreError};
use crate::chat::record::MetaChange;
use crate::chat::{Conversation, ConversationId, Keeping, RecordBody};

impl Store {
    /// Appends what `records` makes of a conversation to its file, on disk when this returns.
    ///
    /// # Errors
    /// It is not there, open in another program, or cannot be written.
    pub fn amend(
        &self,
        id: &ConversationId,
        records: impl FnOnce(&Conversation) -> Vec<RecordBody>,
    ) -> Result<(), StoreError> {
        let path = self.path_of(id);
        match Log::open(&RealDisk, &path, id)? {
            Opened::ReadOnly { reason, .. } => Err(StoreError::ReadOnly { path, reason }),
            Opened::Writable { mut log, scan, .. } => {
                let records = records(&scan.conversation);
                if records.is_empty() {
                    return Ok(());
                }
                log.push(records);
                Ok(log.sync(&RealDisk)?)
            }
        }
    }

    /// Changes how a conversation is kept; what changed.
    ///
    /// # Errors
    /// As [`amend`](Self::amend).
    pub fn keep(
        &self,
        id: &ConversationId,
        change: impl FnOnce(&Keeping) -> Keeping,
    ) -> Result<MetaChange, StoreError> {
        let mut changed = MetaChange::default();
        self.amend(id, |conversation| {
            changed = MetaChange::between(&conversation.keeping, &change(&conversation.keeping));
            if changed == MetaChange::default() {
                return Vec::new();
            }
            vec![RecordBody::Meta(changed.clone())]
        })?;
        Ok(changed)
    }

    /// Names a conversation; a title without words takes its name away.
    ///
    /// # Errors
    /// As [`amend`](Self::amend).
    pub fn rename(&self, id: &ConversationId, title: &str) -> Result<(), StoreError> {
        let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        self.amend(id, |_| vec![RecordBody::Title { title }])
    }
}
