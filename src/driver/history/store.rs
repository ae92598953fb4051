//! The folder of conversations: what is there, and taking things away.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Lock, RealDisk};
use super::drafts;
use super::index::{self, Index};
use super::log::{Log, LogError, patient_lock, unborn_name};
use super::scan::{Scan, scan, scan_file};
use super::search::{Found, Query};
use super::summary::Summary;
use super::texts::{self, Texts};
use crate::chat::{Conversation, ConversationId, Notice, Severity, record};
use crate::driver::ulid;
use crate::words::{common, driver as words};

/// Names the conversation that was last written to or opened: by what was done, not by a clock.
const LATEST: &str = "latest";

/// Bytes of a file that are read to show how a conversation begins.
const BEGINNING: u64 = 256 << 10;
/// Characters of a message that are shown of it.
const PREVIEWED: usize = 1000;

/// Why a conversation cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{}", words::at_path(path.display(), source))]
    Io { path: PathBuf, source: io::Error },
    #[error("{}", words::no_conversations(folder.display()))]
    Empty { folder: PathBuf },
    #[error("{}", not_found(wanted, nearest.as_deref()))]
    NotFound {
        wanted: String,
        nearest: Option<String>,
    },
    #[error("{}", words::ambiguous(wanted, matches.join(&common::LIST_SEPARATOR)))]
    Ambiguous {
        wanted: String,
        matches: Vec<String>,
    },
    #[error("{}", words::in_use(path.display()))]
    InUse { path: PathBuf },
    #[error("{}", words::exists(path.display()))]
    Exists { path: PathBuf },
    #[error("{}", words::cannot_be_changed(path.display(), reason))]
    ReadOnly { path: PathBuf, reason: String },
    #[error(transparent)]
    Log(#[from] LogError),
}

fn not_found(wanted: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => words::not_found_but(wanted, nearest),
        None => words::not_found(wanted),
    }
}

/// A folder of `<id>.jsonl` files.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The conversations in `folder`, which need not exist yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of a conversation.
    #[must_use]
    pub fn path_of(&self, id: &ConversationId) -> PathBuf {
        self.folder.join(index::file_name(id))
    }

    /// The ids of all conversations, oldest first.
    pub fn ids(&self) -> Result<Vec<ConversationId>, StoreError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(self.error(&self.folder, source)),
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry
                .map_err(|source| self.error(&self.folder, source))?
                .file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".jsonl"));
            if let Some(id) = id.filter(|id| ulid::is_ulid(id)) {
                ids.push(ConversationId(id.to_owned()));
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// The tags that any conversation has, in their order; none where they cannot be read.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let listed = self.list().unwrap_or_default().into_iter();
        let tags: BTreeSet<String> = listed.flat_map(|one| one.keeping.tags).collect();
        tags.into_iter().collect()
    }

    /// What there is: what is pinned, then the others, newest first. A file that cannot be
    /// read is listed as such.
    pub fn list(&self) -> Result<Vec<Summary>, StoreError> {
        self.list_with(&mut |_, _| {})
    }

    /// As [`list`](Self::list); `progress` is told how many files were read and how many are to
    /// be: those that have changed since the last list, mostly none.
    pub fn list_with(
        &self,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<Summary>, StoreError> {
        let mut ids = self.ids()?;
        ids.reverse();
        let mut index = Index::read(&self.folder);
        let (mut list, changed) = index.bring_up_to_date(&self.folder, &ids, progress);
        if changed {
            self.keep_index(&index);
        }
        list.sort_by_key(|one| !one.keeping.pinned);
        Ok(list)
    }

    /// The conversations in which everything that `query` names was said, newest first.
    /// `progress` is told how many files were read and how many are to be: those that have
    /// changed since the last search.
    pub fn search(
        &self,
        query: &Query,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<Found>, StoreError> {
        let list = self.list_with(progress)?;
        let ids: Vec<_> = list.iter().map(|one| one.id.clone()).collect();
        let mut texts = Texts::read(&self.folder);
        if texts.bring_up_to_date(&self.folder, &ids, progress) {
            self.keep_texts(&texts);
        }
        let found = list
            .iter()
            .filter_map(|one| query.look(one, texts.of(&one.id)?));
        Ok(found.collect())
    }

    /// A search can be made without, more slowly, so a failure is only logged.
    fn keep_texts(&self, texts: &Texts) {
        if let Err(error) = texts.write(&self.folder) {
            let path = self.folder.join(texts::NAME);
            tracing::warn!("{}: {error}", path.display());
        }
    }

    /// A list can be made without, more slowly, so a failure is only logged.
    fn keep_index(&self, index: &Index) {
        if let Err(error) = index.write(&self.folder) {
            let path = self.folder.join(index::NAME);
            tracing::warn!("{}: {error}", path.display());
        }
    }

    /// The conversation that was written to or opened last.
    ///
    /// # Errors
    /// There is none.
    pub fn latest(&self) -> Result<ConversationId, StoreError> {
        let ids = self.ids()?;
        let named = fs::read_to_string(self.folder.join(LATEST)).unwrap_or_default();
        ids.iter()
            .find(|id| id.0 == named.trim())
            .or(ids.last())
            .cloned()
            .ok_or_else(|| StoreError::Empty {
                folder: self.folder.clone(),
            })
    }

    /// The one conversation whose id begins with `prefix`, in capitals or not.
    ///
    /// # Errors
    /// There is none (the nearest is named) or more than one.
    pub fn find(&self, prefix: &str) -> Result<ConversationId, StoreError> {
        find_among(prefix, &self.ids()?)
    }

    /// Reads a conversation without opening it for writing; a running program may write on.
    pub fn read(&self, id: &ConversationId) -> Result<Scan, StoreError> {
        let path = self.path_of(id);
        let bytes = fs::read(&path).map_err(|source| self.error(&path, source))?;
        Ok(scan(&bytes, id))
    }

    /// How a conversation begins, in some thousand bytes at most: who says what, raw.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn beginning(&self, id: &ConversationId) -> Result<String, StoreError> {
        let path = self.path_of(id);
        let mut bytes = Vec::new();
        fs::File::open(&path)
            .and_then(|file| file.take(BEGINNING).read_to_end(&mut bytes))
            .map_err(|source| self.error(&path, source))?;
        // What is cut off at the end is a torn tail.
        let conversation = scan(&bytes, id).conversation;
        let mut text = String::new();
        for node in conversation
            .path()
            .into_iter()
            .filter_map(|id| conversation.node(id))
        {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(match &node.answer {
                Some(answer) => &answer.model,
                None => super::said_by(node.role).text(),
            });
            text.push('\n');
            let said = node.text();
            text.extend(said.trim_end().chars().take(PREVIEWED));
            if text.len() >= 4 * PREVIEWED {
                break;
            }
        }
        Ok(text)
    }

    /// Reads a conversation in which an answer is rated or corrected; `None` of any other,
    /// whose records are not taken apart.
    pub fn read_rated(&self, id: &ConversationId) -> Result<Option<Scan>, StoreError> {
        let path = self.path_of(id);
        let bytes = fs::read(&path).map_err(|source| self.error(&path, source))?;
        let kinds: [&[u8]; 2] = [br#""type":"rating""#, br#""type":"correction""#];
        let is_rated = kinds
            .iter()
            .any(|kind| memchr::memmem::find(&bytes, kind).is_some());
        Ok(is_rated.then(|| scan(&bytes, id)))
    }

    /// Keeps a conversation from elsewhere under a new id; `now` in milliseconds since the Unix
    /// epoch.
    ///
    /// # Errors
    /// The folder cannot be read or written.
    pub fn import(
        &self,
        mut conversation: Conversation,
        now: u64,
    ) -> Result<ConversationId, StoreError> {
        let created = conversation.created;
        // One from another program has its place in the list by when it was begun.
        let elsewhere = conversation.keeping.source.is_some();
        let id = match created {
            1.. if elsewhere && created < now => ulid::next(created, None),
            _ => ulid::next(now, self.ids()?.last()),
        };
        // What has no time was begun when it came here.
        let created = if created == 0 { now } else { created };
        conversation.rename_to(id.clone(), created);
        let mut log = Log::to_be_created(self.path_of(&id));
        log.push(conversation.to_records(record::MAX_CANDIDATES));
        log.sync(&RealDisk)?;
        Ok(id)
    }

    /// Deletes a conversation's file.
    ///
    /// # Errors
    /// It is not there, or open in another program.
    pub fn remove(&self, id: &ConversationId) -> Result<(), StoreError> {
        let path = self.path_of(id);
        let fail = |source| self.error(&path, source);
        let file = RealDisk.open(&path).map_err(fail)?;
        if patient_lock(file.as_ref()).map_err(fail)? == Lock::Taken {
            return Err(StoreError::InUse { path });
        }
        fs::remove_file(&path).map_err(fail)?;
        drafts::remove(&self.folder, id).map_err(fail)?;
        self.forget(id);
        Ok(())
    }

    /// The title and the words of a conversation that is gone go with it.
    pub(super) fn forget(&self, id: &ConversationId) {
        let mut index = Index::read(&self.folder);
        if index.forget(id) {
            self.keep_index(&index);
        }
        let mut texts = Texts::read(&self.folder);
        if texts.forget(id) {
            self.keep_texts(&texts);
        }
    }

    /// Deletes every conversation and what belongs to them. Returns how many went and which
    /// stayed because a program has them open.
    pub fn purge(&self) -> Result<(usize, Vec<ConversationId>), StoreError> {
        let (mut removed, mut kept) = (0, Vec::new());
        // First, so that it is not written again for each that goes.
        for name in [index::NAME, texts::NAME] {
            let path = self.folder.join(name);
            remove_if_there(&path).map_err(|source| self.error(&path, source))?;
        }
        removed += self.purge_deleted()?;
        for id in self.ids()? {
            match self.remove(&id) {
                Ok(()) => removed += 1,
                Err(StoreError::InUse { .. }) => kept.push(id),
                Err(error) => return Err(error),
            }
        }
        drafts::purge(&self.folder).map_err(|source| self.error(&self.folder, source))?;
        for path in self.unborn()?.into_iter().chain([self.folder.join(LATEST)]) {
            remove_if_there(&path).map_err(|source| self.error(&path, source))?;
        }
        Ok((removed, kept))
    }

    /// Notes which conversation is the last one. It can be found without, less exactly, so a
    /// failure is only logged.
    pub(super) fn remember_latest(&self, id: &ConversationId) {
        let path = self.folder.join(LATEST);
        let written = (|| {
            RealDisk.create_folder(&self.folder)?;
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(id.0.as_bytes())?;
            file.persist(&path).map_err(|error| error.error)
        })();
        if let Err(error) = written {
            tracing::warn!("{}: {error}", path.display());
        }
    }

    /// Files whose program died between their first bytes and their name get their name, if
    /// what they hold is a conversation.
    pub(super) fn adopt_unborn(&self) {
        for path in self.unborn().unwrap_or_default() {
            let outcome = (|| {
                let mut file = RealDisk.open(&path)?;
                if patient_lock(file.as_ref())? != Lock::Held {
                    return Ok(());
                }
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let id = name.trim_start_matches('.').split('.').next();
                let id = ConversationId(id.unwrap_or_default().to_owned());
                let scan = scan_file(file.as_ref(), &id, None)?;
                if scan.conversation.is_empty() || self.path_of(&id).exists() {
                    return fs::remove_file(&path);
                }
                file.sync()?;
                fs::rename(&path, self.path_of(&id))?;
                RealDisk.sync_folder(&self.folder)
            })();
            if let Err(error) = outcome {
                tracing::warn!("{}: {error}", path.display());
            }
        }
    }

    fn unborn(&self) -> Result<Vec<PathBuf>, StoreError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(self.error(&self.folder, source)),
        };
        Ok(entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let id = name
                    .strip_prefix('.')
                    .and_then(|name| name.strip_suffix(".jsonl.new"));
                id.is_some_and(ulid::is_ulid)
                    && Some(path.as_path())
                        == id
                            .map(|id| unborn_name(&self.path_of(&ConversationId(id.to_owned()))))
                            .as_deref()
            })
            .collect())
    }

    #[allow(clippy::unused_self)]
    pub(super) fn error(&self, path: &Path, source: io::Error) -> StoreError {
        StoreError::Io {
            path: path.to_owned(),
            source,
        }
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The one of `ids` that begins with `prefix`, in capitals or not.
pub(super) fn find_among(
    prefix: &str,
    ids: &[ConversationId],
) -> Result<ConversationId, StoreError> {
    let wanted = prefix.trim().to_ascii_uppercase();
    let mut matches: Vec<_> = ids.iter().filter(|id| id.0.starts_with(&wanted)).collect();
    match (matches.pop(), matches.as_slice()) {
        (Some(id), []) if !wanted.is_empty() => Ok(id.clone()),
        (None, _) => Err(StoreError::NotFound {
            wanted: prefix.to_owned(),
            nearest: nearest(&wanted, ids),
        }),
        (Some(last), others) => Err(StoreError::Ambiguous {
            wanted: prefix.to_owned(),
            matches: others
                .iter()
                .chain([&last])
                .map(|id| id.0.clone())
                .collect(),
        }),
    }
}

fn nearest(wanted: &str, ids: &[ConversationId]) -> Option<String> {
    ids.iter()
        .map(|id| {
            let head: String = id.0.chars().take(wanted.chars().count()).collect();
            (strsim::levenshtein(wanted, &head), &id.0)
        })
        .filter(|(distance, _)| *distance <= wanted.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, id)| id.clone())
}

/// What a reader had to say about a file, for the user.
pub(super) fn damage_notice(scan: &Scan) -> Vec<Notice> {
    let mut notices = Vec::new();
    let mut warn = |text: String| {
        notices.push(Notice {
            severity: Severity::Warning,
            text,
        });
    };
    if scan.torn > 0 {
        warn(words::torn(scan.torn));
    }
    if let Some(first) = scan.damage.first() {
        warn(match scan.damage.len() {
            1 => words::damaged(first.line, &first.reason),
            count => words::damaged_in_places(first.line, &first.reason, count - 1),
        });
    }
    notices
}
