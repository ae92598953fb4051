//! What a list shows of each conversation, kept so that a list need not read them all.
//!
//! The conversations' own files are the truth: an entry counts as long as its file has the size
//! and the time of its last change that it had when it was read, and what is missing, damaged or
//! old is read again. The file may be deleted at any time.
//!
//! ```text
//! limpid-list 1 5d41402a        version; CRC-32 of what follows
//! {"id":"01ARZ…","bytes":812,"modified":1700000000123456789,"title":"…",…}
//! ```

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::Path;

use rustix::fs::{AtFlags, Mode, OFlags};
use serde::{Deserialize, Serialize};

use super::summary::Summary;
use crate::chat::record::MetaChange;
use crate::chat::{ConversationId, Keeping};
use crate::words::{Language, language};

/// Its name in the folder of conversations.
pub(super) const NAME: &str = "list";

const HEAD: &str = "limpid-list 1 ";

/// How a file was when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub bytes: u64,
    /// Nanoseconds since the Unix epoch.
    pub modified: i128,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    id: ConversationId,
    bytes: u64,
    modified: i128,
    title: String,
    #[serde(default, skip_serializing_if = "is_plain")]
    keeping: MetaChange,
    created: u64,
    messages: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    damage: Option<String>,
    /// What the damage is told in; English where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

/// Most conversations are neither pinned nor tagged.
fn is_plain(keeping: &MetaChange) -> bool {
    *keeping == MetaChange::default()
}

/// The entries by conversation.
#[derive(Debug, Default)]
pub(super) struct Index {
    entries: HashMap<ConversationId, Entry>,
}

impl Index {
    /// Reads it; one that is missing or damaged is empty.
    pub fn read(folder: &Path) -> Self {
        read_kept(&folder.join(NAME), Self::parse)
    }

    fn parse(text: &str) -> Option<Self> {
        let (crc, body) = text.strip_prefix(HEAD)?.split_once('\n')?;
        if crc != format!("{:08x}", crc32fast::hash(body.as_bytes())) {
            return None;
        }
        let entries = body.lines().map(|line| {
            let entry: Entry = serde_json::from_str(line).ok()?;
            Some((entry.id.clone(), entry))
        });
        let mut entries = entries.collect::<Option<HashMap<_, _>>>()?;
        entries.retain(|_, entry: &mut Entry| entry.is_understood());
        Some(Self { entries })
    }

    /// Writes it whole, under another name first.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut body = String::new();
        for entry in self.entries.values() {
            body.push_str(&serde_json::to_string(entry)?);
            body.push('\n');
        }
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        writeln!(file, "{HEAD}{:08x}", crc32fast::hash(body.as_bytes()))?;
        file.write_all(body.as_bytes())?;
        file.persist(folder.join(NAME))
            .map_err(|error| error.error)?;
        Ok(())
    }

    /// Forgets a conversation; whether it was known.
    pub fn forget(&mut self, id: &ConversationId) -> bool {
        self.entries.remove(id).is_some()
    }

    /// What there is of `ids`, in their order; files that have changed are read, and `progress`
    /// is told how many are and how many are to be. Says whether anything is new.
    pub fn bring_up_to_date(
        &mut self,
        folder: &Path,
        ids: &[ConversationId],
        progress: &mut dyn FnMut(usize, usize),
    ) -> (Vec<Summary>, bool) {
        let known = self.entries.len();
        let opened = rustix::fs::open(folder, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty());
        let stamps: Vec<Option<Stamp>> = match &opened {
            Ok(opened) => ids.iter().map(|id| stamp(opened, id)).collect(),
            Err(_) => vec![None; ids.len()],
        };
        let mut before = std::mem::take(&mut self.entries);
        let sound = |(id, stamp): (&ConversationId, &Option<Stamp>)| {
            let entry = before.get(id)?;
            let now = (*stamp)?;
            let then = Stamp {
                bytes: entry.bytes,
                modified: entry.modified,
            };
            (now == then).then_some(())
        };
        let to_read = ids.len() - ids.iter().zip(&stamps).filter_map(sound).count();
        let mut read = 0;
        let mut summaries = Vec::with_capacity(ids.len());
        for (id, stamp) in ids.iter().zip(stamps) {
            let entry = before.remove(id).filter(|entry| {
                stamp
                    == Some(Stamp {
                        bytes: entry.bytes,
                        modified: entry.modified,
                    })
            });
            let summary = match &entry {
                Some(entry) => entry.summary(),
                None => {
                    progress(read, to_read);
                    read += 1;
                    Summary::read(&folder.join(file_name(id)), id.clone())
                }
            };
            let entry = entry.or_else(|| Some(Entry::new(&summary, stamp?)));
            if let Some(entry) = entry {
                self.entries.insert(id.clone(), entry);
            }
            summaries.push(summary);
        }
        (summaries, read > 0 || self.entries.len() != known)
    }
}

impl Entry {
    fn new(summary: &Summary, stamp: Stamp) -> Self {
        Self {
            id: summary.id.clone(),
            bytes: stamp.bytes,
            modified: stamp.modified,
            title: summary.title.clone(),
            keeping: MetaChange::between(&Keeping::default(), &summary.keeping),
            created: summary.created,
            messages: summary.messages,
            damage: summary.damage.clone(),
            language: (summary.damage.is_some() && language() != Language::English)
                .then(|| language().name().to_owned()),
        }
    }

    /// Whether it can be told as it is: words about damage are of one language.
    fn is_understood(&self) -> bool {
        let told = self.language.as_deref().and_then(Language::from_name);
        self.damage.is_none() || told.unwrap_or_default() == language()
    }

    fn summary(&self) -> Summary {
        Summary {
            id: self.id.clone(),
            title: self.title.clone(),
            keeping: self.keeping.clone().over(&Keeping::default()),
            created: self.created,
            messages: self.messages,
            bytes: self.bytes,
            damage: self.damage.clone(),
        }
    }
}

/// What `parse` makes of a file that can be made again: nothing of one that is missing, and
/// nothing, with a word in the log, of one that is damaged.
pub(super) fn read_kept<T: Default>(path: &Path, parse: impl Fn(&str) -> Option<T>) -> T {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return T::default(),
        Err(error) => {
            tracing::warn!("{}: {error}", path.display());
            return T::default();
        }
    };
    parse(&text).unwrap_or_else(|| {
        tracing::warn!("{}: it is damaged", path.display());
        T::default()
    })
}

/// The file of a conversation, without its folder.
pub(super) fn file_name(id: &ConversationId) -> String {
    format!("{}.jsonl", id.0)
}

/// Taken before the file is read: what is written meanwhile makes the entry old.
pub(super) fn stamp(folder: impl AsFd, id: &ConversationId) -> Option<Stamp> {
    let stat = rustix::fs::statat(folder, file_name(id), AtFlags::empty()).ok()?;
    Some(Stamp {
        bytes: u64::try_from(stat.st_size).ok()?,
        modified: i128::from(stat.st_mtime) * 1_000_000_000 + i128::from(stat.st_mtime_nsec),
    })
}
