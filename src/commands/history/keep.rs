//! `limpid history pin|tag|rename|archive|restore`: how conversations are kept.

use std::io::{self, IsTerminal as _};

use super::{find, say, table};
use crate::chat::keeping::tag;
use crate::chat::{ConversationId, Keeping};
use crate::cli::command::history::Tagging;
use crate::cli::{ExitStatus, Failure};
use crate::commands::print;
use crate::driver::{Store, StoreError};
use crate::words::commands::history as words;

/// Changes how each conversation is kept.
pub(super) fn change(
    store: &Store,
    ids: &[String],
    change: impl Fn(&Keeping) -> Keeping,
) -> anyhow::Result<()> {
    // All are found before any changes: a mistyped one changes nothing.
    let found: Vec<ConversationId> = ids
        .iter()
        .map(|id| find(store, id))
        .collect::<Result<_, _>>()?;
    for id in found {
        let changed = store.keep(&id, &change).map_err(super::failure)?;
        say(&changed.says());
        print(&format!("{id}\n"))?;
    }
    Ok(())
}

pub(super) fn retag(store: &Store, tagging: &Tagging, add: bool) -> anyhow::Result<()> {
    let tags: Vec<String> = tagging
        .tags
        .iter()
        .map(|text| tag(text))
        .collect::<Result<_, _>>()
        .map_err(Failure::usage)?;
    let ids = std::slice::from_ref(&tagging.id);
    change(store, ids, |keeping| {
        if add {
            keeping.tagged(tags.iter().cloned())
        } else {
            keeping.untagged(&tags)
        }
    })
}

pub(super) fn rename(store: &Store, id: &str, title: &[String]) -> anyhow::Result<()> {
    let id = find(store, id)?;
    store
        .rename(&id, &title.join(" "))
        .map_err(super::failure)?;
    print(&format!("{id}\n"))
}

/// Brings back what was deleted in a list; without ids it says what could come back.
pub(super) fn restore(store: &Store, ids: &[String], days: u32) -> anyhow::Result<()> {
    if ids.is_empty() {
        let deleted = store.deleted().map_err(super::failure)?;
        if deleted.is_empty() {
            return print(&format!("{}\n", words::NOTHING_TO_RESTORE));
        }
        say(&words::restorable(days));
        return print(&table(&deleted, io::stdout().is_terminal()));
    }
    let found: Vec<ConversationId> = ids
        .iter()
        .map(|id| store.find_deleted(id))
        .collect::<Result<_, _>>()
        .map_err(not_deleted)?;
    for id in found {
        store.restore(&id).map_err(super::failure)?;
        print(&format!("{id}\n"))?;
    }
    Ok(())
}

fn not_deleted(error: StoreError) -> Failure {
    match error {
        StoreError::NotFound { .. } | StoreError::Ambiguous { .. } => {
            Failure::new(ExitStatus::Failed, error).hint(words::RESTORE_LIST)
        }
        other => super::failure(other),
    }
}

/// The tags that a list is asked for, as they are kept.
pub(super) fn wanted(tags: &[String]) -> Result<Vec<String>, Failure> {
    let tags = tags.iter().map(|text| tag(text));
    tags.collect::<Result<_, _>>().map_err(Failure::usage)
}
