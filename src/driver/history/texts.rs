//! What was said in all conversations, kept so that a search need not read their files, nine
//! tenths of which are odds.
//!
//! The conversations' own files are the truth, as for the list: an entry counts as long as its
//! file has the size and the time of its last change that it had when it was read. The file may
//! be deleted at any time. What is forgotten leaves it too.
//!
//! ```text
//! limpid-texts 1 5d41402a 134                      version; CRC-32 of what follows; bytes of the heads
//! {"id":"01ARZ…","bytes":812,"modified":1700000000123456789,"length":95}
//! u1␟Why is the sky blue?␞a2␟The sky is blue …      texts one after the other, as long as told
//! ```

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use serde::{Deserialize, Serialize};

use super::index::{Stamp, file_name, read_kept, stamp};
use super::scan::scan;
use crate::chat::{Conversation, ConversationId, MessageId};
use crate::inference::Role;

/// Its name in the folder of conversations.
pub(super) const NAME: &str = "texts";

const HEAD: &str = "limpid-texts 1 ";

/// Between messages, and between a message's number and its text. In a text they are spaces.
const BETWEEN: char = '\u{1e}';
const NUMBER: char = '\u{1f}';

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    id: ConversationId,
    bytes: u64,
    modified: i128,
    length: usize,
}

/// One conversation's text, and how its file was when it was read.
#[derive(Debug)]
struct Kept {
    stamp: Stamp,
    text: String,
}

/// The texts by conversation.
#[derive(Debug, Default)]
pub(super) struct Texts {
    entries: HashMap<ConversationId, Kept>,
}

impl Texts {
    /// Reads it; one that is missing or damaged is empty.
    pub fn read(folder: &Path) -> Self {
        read_kept(&folder.join(NAME), Self::parse)
    }

    fn parse(text: &str) -> Option<Self> {
        let (head, rest) = text.strip_prefix(HEAD)?.split_once('\n')?;
        let (crc, heads) = head.split_once(' ')?;
        if crc != format!("{:08x}", crc32fast::hash(rest.as_bytes())) {
            return None;
        }
        let (heads, mut body) = rest.split_at_checked(heads.parse().ok()?)?;
        let mut entries = HashMap::new();
        for line in heads.lines() {
            let entry: Entry = serde_json::from_str(line).ok()?;
            let (text, others) = body.split_at_checked(entry.length)?;
            body = others;
            let kept = Kept {
                stamp: Stamp {
                    bytes: entry.bytes,
                    modified: entry.modified,
                },
                text: text.to_owned(),
            };
            entries.insert(entry.id, kept);
        }
        Some(Self { entries })
    }

    /// Writes it whole, under another name first.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let (mut rest, mut body) = (String::new(), String::new());
        for (id, kept) in &self.entries {
            let entry = Entry {
                id: id.clone(),
                bytes: kept.stamp.bytes,
                modified: kept.stamp.modified,
                length: kept.text.len(),
            };
            rest.push_str(&serde_json::to_string(&entry)?);
            rest.push('\n');
            body.push_str(&kept.text);
        }
        let heads = rest.len();
        rest.push_str(&body);
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let crc = crc32fast::hash(rest.as_bytes());
        writeln!(file, "{HEAD}{crc:08x} {heads}")?;
        file.write_all(rest.as_bytes())?;
        file.persist(folder.join(NAME))
            .map_err(|error| error.error)?;
        Ok(())
    }

    /// Forgets a conversation; whether it was known.
    pub fn forget(&mut self, id: &ConversationId) -> bool {
        self.entries.remove(id).is_some()
    }

    /// Reads what has changed among `ids`, and forgets all others. `progress` is told how many
    /// files are read and how many are to be. Says whether anything is new.
    pub fn bring_up_to_date(
        &mut self,
        folder: &Path,
        ids: &[ConversationId],
        progress: &mut dyn FnMut(usize, usize),
    ) -> bool {
        let known = self.entries.len();
        let opened = rustix::fs::open(folder, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty());
        let Ok(opened) = opened else { return false };
        let mut before = std::mem::take(&mut self.entries);
        let mut to_read = Vec::new();
        for id in ids {
            // One that is gone by now has no text.
            let Some(stamp) = stamp(&opened, id) else {
                continue;
            };
            match before.remove(id).filter(|kept| kept.stamp == stamp) {
                Some(kept) => drop(self.entries.insert(id.clone(), kept)),
                None => to_read.push((id, stamp)),
            }
        }
        for (number, (id, stamp)) in to_read.iter().enumerate() {
            progress(number, to_read.len());
            match fs::read(folder.join(file_name(id))) {
                Ok(bytes) => {
                    let text = text_of(&scan(&bytes, id).conversation);
                    let stamp = *stamp;
                    self.entries.insert((*id).clone(), Kept { stamp, text });
                }
                Err(error) => tracing::warn!("{}: {error}", file_name(id)),
            }
        }
        !to_read.is_empty() || self.entries.len() != known
    }

    /// The text of a conversation, to be taken apart by [`messages`].
    pub fn of(&self, id: &ConversationId) -> Option<&str> {
        Some(&self.entries.get(id)?.text)
    }
}

/// All messages of all branches, in the order they were said.
fn text_of(conversation: &Conversation) -> String {
    let mut out = String::new();
    for (id, node) in &conversation.nodes {
        let role = match node.role {
            Role::System => 's',
            Role::User => 'u',
            Role::Assistant => 'a',
        };
        out.push(role);
        out.push_str(&id.0.to_string());
        out.push(NUMBER);
        let text = node.text();
        out.extend(text.chars().map(|it| match it {
            BETWEEN | NUMBER => ' ',
            other => other,
        }));
        out.push(BETWEEN);
    }
    out
}

/// A message in a conversation's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said<'a> {
    pub role: Role,
    pub message: MessageId,
    pub text: &'a str,
}

/// The messages of a text, in order.
pub(super) fn messages(whole: &str) -> impl Iterator<Item = Said<'_>> {
    whole.split_terminator(BETWEEN).filter_map(|part| {
        let (head, text) = part.split_once(NUMBER)?;
        let role = match head.as_bytes().first()? {
            b's' => Role::System,
            b'u' => Role::User,
            _ => Role::Assistant,
        };
        Some(Said {
            role,
            message: MessageId(head.get(1..)?.parse().ok()?),
            text,
        })
    })
}
