//! A conversation in a list: read fast, without decoding what its models wrote.

use std::fs;
use std::path::Path;

use crate::chat::record;
use crate::chat::{Conversation, ConversationId, Keeping};
use crate::words::driver as words;

/// The types of records that a list needs. Traces, which make most of a file, stand in others.
const PLAIN: [&[u8]; 6] = [
    br#""type":"header""#,
    br#""type":"message""#,
    br#""type":"title""#,
    br#""type":"meta""#,
    br#""type":"tombstone""#,
    br#""type":"restore""#,
];

/// The type stands within this many bytes of a line's start, behind version and sequence.
const HEAD: usize = 64;

/// What a list shows of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub id: ConversationId,
    /// Its title, or its first words. Raw: sanitise when shown.
    pub title: String,
    /// Pinned, archived, tagged; where it came from.
    pub keeping: Keeping,
    /// Milliseconds since the Unix epoch.
    pub created: u64,
    /// Messages on all branches.
    pub messages: usize,
    /// Size of the file.
    pub bytes: u64,
    /// Why it cannot be read, or what is wrong with the records that a list needs.
    pub damage: Option<String>,
}

impl Summary {
    pub(super) fn read(path: &Path, id: ConversationId) -> Self {
        match fs::read(path) {
            Ok(bytes) => Self::of(&bytes, id),
            Err(error) => Self {
                id,
                title: String::new(),
                keeping: Keeping::default(),
                created: 0,
                messages: 0,
                bytes: fs::metadata(path).map_or(0, |metadata| metadata.len()),
                damage: Some(error.to_string()),
            },
        }
    }

    fn of(bytes: &[u8], id: ConversationId) -> Self {
        let mut conversation = Conversation::new(id.clone(), 0);
        let mut damage = None;
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            // A line without an end is being written, or was cut off before it was promised.
            let Some(line) = line.strip_suffix(b"\n") else {
                break;
            };
            let head = &line[..line.len().min(HEAD)];
            if !PLAIN.iter().any(|kind| contains(head, kind)) {
                continue;
            }
            let applied = record::decode(line)
                .map_err(|error| error.to_string())
                .and_then(|record| {
                    let applied = conversation.apply(&record.body);
                    applied.map_err(|error| error.to_string())
                });
            if let Err(reason) = applied {
                damage.get_or_insert(reason);
            }
        }
        if conversation.created == 0 && damage.is_none() {
            damage = Some(words::NO_HEADER.into());
        }
        Self {
            title: conversation.title_or_first_words(),
            keeping: conversation.keeping.clone(),
            created: conversation.created,
            messages: conversation.len(),
            bytes: bytes.len() as u64,
            damage,
            id,
        }
    }
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}
