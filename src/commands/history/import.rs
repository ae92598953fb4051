//! `limpid history import`: conversations from limpid's own jsonl and from other programs.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use zip::ZipArchive;

use super::{failure, reading, say};
use crate::chat::conversation::Growth;
use crate::chat::import::{self as foreign, ForeignError, Import};
use crate::chat::{Conversation, ConversationId};
use crate::cli::{ExitStatus, Failure};
use crate::commands::print;
use crate::driver::Store;
use crate::driver::history::import::{self, ImportError};
use crate::text;
use crate::words::commands::history as words;
use crate::words::nouns::{self, Noun};

/// Bytes of a file at most, packed or not.
const LARGEST: u64 = 4 << 30;
/// How a record of limpid's own begins, and how a zip does.
const RECORD: &[u8] = br#"{"v":"#;
const ZIP: &[u8] = b"PK\x03\x04";

/// Takes each file whole or not at all.
pub(super) fn run(store: &Store, files: &[PathBuf]) -> anyhow::Result<()> {
    for file in files {
        let bytes = bytes(file)?;
        if bytes.starts_with(RECORD) {
            own(store, file, &bytes)?;
        } else if bytes.starts_with(ZIP) {
            let fail = |error: zip::result::ZipError| refuse(file, &error);
            let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(fail)?;
            for part in parts(file, &mut archive)? {
                other(store, file, &part)?;
            }
        } else {
            other(store, file, &bytes)?;
        }
    }
    Ok(())
}

fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(LARGEST).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|opened| opened.take(LARGEST).read_to_end(&mut bytes))
    };
    let count = read.with_context(|| file.display().to_string())?;
    if count as u64 == LARGEST {
        return Err(refuse(file, &words::TOO_LARGE).into());
    }
    Ok(bytes)
}

/// What is in the archive of an export: the files of conversations.
fn parts<R: Read + Seek>(file: &Path, archive: &mut ZipArchive<R>) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut names: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .filter(|name| is_part(name))
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        return Err(refuse(file, &words::NO_CONVERSATIONS_FILE).into());
    }
    let mut parts = Vec::new();
    for name in names {
        let mut bytes = Vec::new();
        let packed = archive
            .by_name(&name)
            .map_err(|error| refuse(file, &error))?;
        let count = packed
            .take(LARGEST)
            .read_to_end(&mut bytes)
            .with_context(|| file.display().to_string())?;
        if count as u64 == LARGEST {
            return Err(refuse(file, &words::PACKED_TOO_LARGE).into());
        }
        parts.push(bytes);
    }
    Ok(parts)
}

/// `conversations.json`, which large exports have in several parts.
fn is_part(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.strip_suffix(".json")
        .is_some_and(|stem| stem.starts_with("conversations"))
}

/// limpid's own records, with every token's odds.
fn own(store: &Store, file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let conversation = import::read(bytes).map_err(|error| {
        let failure = refuse(file, &error);
        match error {
            ImportError::Io(_) => failure,
            ImportError::Line { .. } | ImportError::Empty => failure.hint(words::OWN_FILES),
        }
    })?;
    let told = size(&conversation);
    let id = store.import(conversation, now()).map_err(failure)?;
    say(&told);
    print(&format!("{id}\n"))
}

fn other(store: &Store, file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let found = foreign::read(bytes).map_err(|error| {
        let failure = refuse(file, &error);
        match error {
            ForeignError::Unknown | ForeignError::NotText => failure.hint(words::KNOWN_FILES),
            _ => failure,
        }
    })?;
    let Import {
        from,
        conversations,
        nameless,
        left_out,
    } = found;
    let list = reading(|progress| store.list_with(progress)).map_err(failure)?;
    let mut known: HashMap<String, Vec<ConversationId>> = HashMap::new();
    for one in list {
        if let Some(source) = one.keeping.source {
            known.entry(source).or_default().push(one.id);
        }
    }
    let (mut imported, mut grown, mut twice) = (0, 0, 0);
    for conversation in conversations {
        let source = conversation.keeping.source.clone().unwrap_or_default();
        let earlier = known.entry(source).or_default();
        let title = conversation.title_or_first_words();
        let title = text::visible_line(&title);
        if let Some((id, growth)) = grow(store, earlier, &conversation, nameless)? {
            if growth.messages == 0 {
                twice += 1;
                continue;
            }
            grown += 1;
            let messages = counted(nouns::MESSAGE, growth.messages);
            say(&if growth.beside {
                words::grown_beside(title, messages)
            } else {
                words::grown(title, messages)
            });
            print(&format!("{id}\n"))?;
            continue;
        }
        let told = words::titled(title, size(&conversation));
        let id = store.import(conversation, now()).map_err(failure)?;
        imported += 1;
        say(&told);
        print(&format!("{id}\n"))?;
        earlier.push(id);
    }
    say(&words::imported(
        from,
        counted(nouns::CONVERSATION, imported),
    ));
    if grown > 0 {
        say(&words::have_grown(counted(nouns::CONVERSATION, grown)));
    }
    if twice > 0 {
        say(&words::here_already(counted(nouns::CONVERSATION, twice)));
    }
    for (what, count) in left_out {
        say(&words::left_out(count, what));
    }
    Ok(())
}

/// Adds to an earlier import of a conversation what is new in it; `None` where there is none.
fn grow(
    store: &Store,
    earlier: &[ConversationId],
    conversation: &Conversation,
    nameless: bool,
) -> anyhow::Result<Option<(ConversationId, Growth)>> {
    for id in earlier {
        let here = store.read(id).map_err(failure)?.conversation;
        let mut growth = here.grown_to(conversation);
        if nameless && !growth.whole && growth.messages > 0 {
            // Another one that begins alike.
            continue;
        }
        if growth.messages > 0 {
            store
                .amend(id, |here| {
                    growth = here.grown_to(conversation);
                    growth.records.clone()
                })
                .map_err(failure)?;
        }
        return Ok(Some((id.clone(), growth)));
    }
    Ok(None)
}

fn size(conversation: &Conversation) -> String {
    let branches = conversation.leaves().count();
    words::size(
        counted(nouns::MESSAGE, conversation.len()),
        counted(nouns::BRANCH, branches),
    )
}

fn counted(noun: Noun, count: usize) -> String {
    noun.count(count as u64, count)
}

fn refuse(file: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::new(ExitStatus::Failed, words::refused(file.display(), reason))
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}
