//! Conversations that were deleted and can still come back.
//!
//! Deleting in a list moves the file into the folder `deleted` beside the others and notes the
//! time in its date. After some days it goes for good; `rm` and `purge` do not wait.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::disk::{Disk as _, Lock, RealDisk};
use super::drafts;
use super::index::file_name;
use super::log::patient_lock;
use super::store::{Store, StoreError, find_among};
use super::summary::Summary;
use crate::chat::ConversationId;

/// The folder in the folder of conversations.
const FOLDER: &str = "deleted";

impl Store {
    fn deleted_store(&self) -> Self {
        Self::new(self.folder().join(FOLDER))
    }

    fn deleted_path(&self, id: &ConversationId) -> PathBuf {
        self.folder().join(FOLDER).join(file_name(id))
    }

    /// Takes a conversation out of the list; [`restore`](Self::restore) brings it back.
    ///
    /// # Errors
    /// It is not there, or open in another program.
    pub fn set_aside(&self, id: &ConversationId) -> Result<(), StoreError> {
        let path = self.path_of(id);
        let fail = |source| self.error(&path, source);
        let locked = RealDisk.open(&path).map_err(fail)?;
        if patient_lock(locked.as_ref()).map_err(fail)? == Lock::Taken {
            return Err(StoreError::InUse { path });
        }
        let target = self.deleted_path(id);
        let folder = self.folder().join(FOLDER);
        RealDisk
            .create_folder(&folder)
            .map_err(|source| self.error(&folder, source))?;
        let moved = (|| {
            let file = File::options().append(true).open(&path)?;
            file.set_modified(SystemTime::now())?;
            fs::rename(&path, &target)?;
            RealDisk.sync_folder(&folder)?;
            RealDisk.sync_folder(self.folder())
        })();
        // The list and the search find out by themselves.
        moved.map_err(fail)
    }

    /// Brings a deleted conversation back.
    ///
    /// # Errors
    /// It is not among the deleted ones, or another one has its name by now.
    pub fn restore(&self, id: &ConversationId) -> Result<(), StoreError> {
        let (from, to) = (self.deleted_path(id), self.path_of(id));
        if to.exists() {
            return Err(StoreError::Exists { path: to });
        }
        let moved = (|| {
            fs::rename(&from, &to)?;
            RealDisk.sync_folder(self.folder())
        })();
        moved.map_err(|source| self.error(&from, source))
    }

    /// What was deleted and can come back, the last one first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn deleted(&self) -> Result<Vec<Summary>, StoreError> {
        let deleted = self.deleted_store();
        let mut dated: Vec<(SystemTime, ConversationId)> = deleted
            .ids()?
            .into_iter()
            .map(|id| (when(&self.deleted_path(&id)), id))
            .collect();
        dated.sort();
        dated.reverse();
        let summaries = dated
            .into_iter()
            .map(|(_, id)| Summary::read(&self.deleted_path(&id), id));
        Ok(summaries.collect())
    }

    /// The ids of all conversations that are here or can come back.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn known(&self) -> Result<HashSet<ConversationId>, StoreError> {
        let here = self.ids()?.into_iter();
        Ok(here.chain(self.deleted_store().ids()?).collect())
    }

    /// The one deleted conversation whose id begins with `prefix`.
    ///
    /// # Errors
    /// There is none, or more than one.
    pub fn find_deleted(&self, prefix: &str) -> Result<ConversationId, StoreError> {
        find_among(prefix, &self.deleted_store().ids()?)
    }

    /// Deletes for good what was set aside.
    ///
    /// # Errors
    /// The file cannot be deleted.
    pub fn remove_deleted(&self, id: &ConversationId) -> Result<(), StoreError> {
        let path = self.deleted_path(id);
        let fail = |source| self.error(&path, source);
        fs::remove_file(&path).map_err(fail)?;
        drafts::remove(self.folder(), id).map_err(fail)?;
        self.forget(id);
        Ok(())
    }

    /// Deletes for good what was set aside more than `days` ago. Returns what went.
    ///
    /// # Errors
    /// The folder cannot be read, or a file not deleted.
    pub fn expire_deleted(&self, days: u32) -> Result<Vec<ConversationId>, StoreError> {
        let age = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
        let now = SystemTime::now();
        let mut gone = Vec::new();
        for id in self.deleted_store().ids()? {
            // A clock that was set back makes nothing older.
            let since = now.duration_since(when(&self.deleted_path(&id)));
            if since.is_ok_and(|since| since >= age) {
                self.remove_deleted(&id)?;
                gone.push(id);
            }
        }
        Ok(gone)
    }

    /// Deletes all of it and its folder. Returns how many went.
    pub(super) fn purge_deleted(&self) -> Result<usize, StoreError> {
        let ids = self.deleted_store().ids()?;
        for id in &ids {
            self.remove_deleted(id)?;
        }
        let folder = self.folder().join(FOLDER);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(self.error(&folder, error))
            }
            _ => Ok(ids.len()),
        }
    }
}

/// When it was deleted; one whose date is lost has just been.
fn when(path: &Path) -> SystemTime {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .unwrap_or_else(|_| SystemTime::now())
}
