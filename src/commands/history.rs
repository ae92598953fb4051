//! `limpid history …`: what is stored, how it is kept, out of it and into it.
//!
//! | file | commands |
//! |---|---|
//! | `export.rs` | `export` |
//! | `import.rs` | `import` |
//! | `keep.rs` | `pin`, `tag`, `rename`, `archive`, `restore` |

mod date;
mod export;
mod import;
mod keep;

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde::Serialize;

use super::confirm::confirmed;
use super::print;
use super::status_line::StatusLine;
use crate::chat::{Conversation, ConversationId, ExportFormat, Keeping, export as exported};
use crate::cli::command::{HistoryCommand, ListFormat};
use crate::cli::{ExitStatus, Failure};
use crate::driver::history::said_by;
use crate::driver::history::scan::Scan;
use crate::driver::history::search::{Found, Query};
use crate::driver::{Store, StoreError, Summary};
use crate::engine::States;
use crate::inference::ConversationKey;
use crate::text;
use crate::text::columns;
use crate::words::commands::{self as shared, history as words};

/// A list that takes less needs no word on how far it is.
const PATIENCE: Duration = Duration::from_millis(300);

/// Stands for the conversation that was last written to or opened.
const LAST: &str = "last";

/// Carries out one of the commands; `states` is where the KV cache of conversations is kept,
/// and what was deleted can come back for `days`.
///
/// # Errors
/// The conversation is not there, is in use, or cannot be read or written.
pub fn run(
    command: &HistoryCommand,
    store: &Store,
    states: Option<&States>,
    days: u32,
) -> anyhow::Result<()> {
    match command {
        HistoryCommand::List {
            tag,
            archived,
            format,
            limit,
        } => {
            let tags = keep::wanted(tag)?;
            let mut list = reading(|progress| store.list_with(progress)).map_err(failure)?;
            list.retain(|one| {
                let keeping = &one.keeping;
                keeping.archived == *archived && tags.iter().all(|tag| keeping.tags.contains(tag))
            });
            list.truncate(limit.unwrap_or(usize::MAX));
            match format {
                ListFormat::Text => print(&table(&list, io::stdout().is_terminal())),
                ListFormat::Json => print(&json(&list)?),
            }
        }
        HistoryCommand::Search {
            words,
            format,
            limit,
        } => {
            let found = found(store, words, limit.unwrap_or(usize::MAX))?;
            match format {
                ListFormat::Text => print(&hits(&found, io::stdout().is_terminal())),
                ListFormat::Json => print(&hits_json(&found)?),
            }
        }
        HistoryCommand::Show { id } => {
            let (_, scan) = read(store, id)?;
            print(&for_stdout(show(&scan.conversation)))
        }
        HistoryCommand::Export {
            ids,
            rated,
            // It is what no id means.
            all: _,
            format,
            output,
        } => export::run(store, ids, *rated, *format, output.as_deref()),
        HistoryCommand::Import { files } => import::run(store, files),
        HistoryCommand::Pin(which) => pin(store, &which.ids, true),
        HistoryCommand::Unpin(which) => pin(store, &which.ids, false),
        HistoryCommand::Archive(which) => archive(store, &which.ids, true),
        HistoryCommand::Unarchive(which) => archive(store, &which.ids, false),
        HistoryCommand::Tag(tagging) => keep::retag(store, tagging, true),
        HistoryCommand::Untag(tagging) => keep::retag(store, tagging, false),
        HistoryCommand::Rename { id, title } => keep::rename(store, id, title),
        HistoryCommand::Restore { ids } => keep::restore(store, ids, days),
        HistoryCommand::Rm { ids } => remove(store, states, ids),
        HistoryCommand::Purge { yes } => purge(store, states, *yes),
    }
}

/// Has something done, and says how far it is while files have to be read.
fn reading<T>(read: impl FnOnce(&mut dyn FnMut(usize, usize)) -> T) -> T {
    let began = Instant::now();
    let mut line = StatusLine::new(io::stderr().is_terminal());
    let result = read(&mut |read, all| {
        if began.elapsed() >= PATIENCE {
            line.draw(|| words::reading(read, all));
        }
    });
    line.clear();
    result
}

fn found(store: &Store, words: &[String], limit: usize) -> anyhow::Result<Vec<Found>> {
    let query = Query::new(words.iter().map(String::as_str))
        .ok_or_else(|| Failure::usage(words::NO_WORD))?;
    let mut found = reading(|progress| store.search(&query, progress)).map_err(failure)?;
    found.truncate(limit);
    Ok(found)
}

fn pin(store: &Store, ids: &[String], pinned: bool) -> anyhow::Result<()> {
    keep::change(store, ids, |keeping| Keeping {
        pinned,
        ..keeping.clone()
    })
}

fn archive(store: &Store, ids: &[String], archived: bool) -> anyhow::Result<()> {
    keep::change(store, ids, |keeping| Keeping {
        archived,
        ..keeping.clone()
    })
}

/// A terminal gets what models wrote made visible, a pipe the exact text.
fn for_stdout(text: String) -> String {
    if io::stdout().is_terminal() {
        text::visible(&text).into_owned()
    } else {
        text
    }
}

fn find(store: &Store, id: &str) -> Result<ConversationId, Failure> {
    let found = if id == LAST {
        store.latest()
    } else {
        store.find(id)
    };
    found.map_err(failure)
}

/// Reads a conversation, and tells on stderr what is wrong with its file.
fn read(store: &Store, id: &str) -> anyhow::Result<(ConversationId, Scan)> {
    let id = find(store, id)?;
    let mut scan = store.read(&id).map_err(failure)?;
    for damage in &scan.damage {
        let reason = text::visible_line(&damage.reason).into_owned();
        say(&words::damaged_line(
            store.path_of(&id).display(),
            damage.line,
            reason,
        ));
    }
    if let Some(version) = scan.newer {
        say(&words::newer(version));
    }
    scan.conversation.close_open_answers();
    Ok((id, scan))
}

fn show(conversation: &Conversation) -> String {
    let mut text = format!(
        "{}\n{}  {}\n\n{}",
        conversation.title_or_first_words(),
        conversation.id,
        date::of(conversation.created),
        exported(conversation, ExportFormat::Text)
    );
    let others = conversation.leaves().count().saturating_sub(1);
    if others > 0 {
        let says = match others {
            1 => words::one_other_branch(others),
            _ => words::other_branches(others),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n{says}");
    }
    text
}

fn table(list: &[Summary], terminal: bool) -> String {
    if list.is_empty() {
        return format!("{}\n", words::NOTHING_STORED);
    }
    let mut out = String::new();
    for one in list {
        let title = match &one.damage {
            Some(damage) => words::damaged_title(damage, &one.title),
            None => one.title.clone(),
        };
        let tags = one.keeping.tag_line();
        let pin = if one.keeping.pinned { "* " } else { "" };
        let title = format!("{pin}{title} {tags}").trim_end().to_owned();
        let title = if terminal {
            text::visible_line(&title).into_owned()
        } else {
            // One line each, whatever a title holds.
            title.replace(['\n', '\r'], " ")
        };
        let _ = writeln!(
            out,
            "{}  {}  {}  {}",
            one.id,
            date::of(one.created),
            words::messages(one.messages),
            title
        );
    }
    out
}

/// Each conversation with the first place where something was found.
fn hits(found: &[Found], terminal: bool) -> String {
    if found.is_empty() {
        return format!("{}\n", words::NOTHING_FOUND);
    }
    let line = |text: &str| {
        if terminal {
            text::visible_line(text).into_owned()
        } else {
            text.replace(['\n', '\r'], " ")
        }
    };
    let mut out = String::new();
    for one in found {
        let summary = &one.summary;
        let times: String = match one.hits {
            1 => words::ONE_PLACE.into(),
            more => words::places(more),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{}  {}  {}  {}",
            summary.id,
            date::of(summary.created),
            columns::right(&times, 10),
            line(&summary.title)
        );
        if let Some(hit) = &one.first {
            let _ = writeln!(
                out,
                "    {}",
                words::hit(said_by(hit.role), line(&one.place()))
            );
        }
    }
    out
}

#[derive(Serialize)]
struct ListedHit<'a> {
    #[serde(flatten)]
    conversation: Listed<'a>,
    hits: usize,
    first: Option<ListedPlace<'a>>,
}

#[derive(Serialize)]
struct ListedPlace<'a> {
    message: u64,
    role: &'static str,
    before: &'a str,
    found: &'a str,
    after: &'a str,
}

fn hits_json(found: &[Found]) -> anyhow::Result<String> {
    let listed: Vec<_> = found
        .iter()
        .map(|one| ListedHit {
            conversation: Listed::of(&one.summary),
            hits: one.hits,
            first: one.first.as_ref().map(|hit| ListedPlace {
                message: hit.message.0,
                role: hit.role.as_str(),
                before: &hit.before,
                found: &hit.found,
                after: &hit.after,
            }),
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&listed).context(words::NO_JSON)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    created: u64,
    messages: usize,
    bytes: u64,
    pinned: bool,
    archived: bool,
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    damage: Option<&'a str>,
}

impl<'a> Listed<'a> {
    fn of(one: &'a Summary) -> Self {
        Self {
            id: &one.id.0,
            title: &one.title,
            created: one.created,
            messages: one.messages,
            bytes: one.bytes,
            pinned: one.keeping.pinned,
            archived: one.keeping.archived,
            tags: &one.keeping.tags,
            damage: one.damage.as_deref(),
        }
    }
}

fn json(list: &[Summary]) -> anyhow::Result<String> {
    let listed: Vec<_> = list.iter().map(Listed::of).collect();
    let mut text = serde_json::to_string_pretty(&listed).context(words::NO_JSON_LIST)?;
    text.push('\n');
    Ok(text)
}

fn remove(store: &Store, states: Option<&States>, ids: &[String]) -> anyhow::Result<()> {
    // All are found before any goes: a mistyped one deletes nothing.
    let found: Vec<_> = ids
        .iter()
        .map(|id| match find(store, id) {
            Ok(found) => Ok((found, false)),
            // It may have been deleted in a list, and wait there.
            Err(error) => store
                .find_deleted(id)
                .map_err(|_| error)
                .map(|id| (id, true)),
        })
        .collect::<Result<_, _>>()?;
    for (id, waits) in found {
        let removed = if waits {
            store.remove_deleted(&id)
        } else {
            store.remove(&id)
        };
        removed.map_err(failure)?;
        if let (Some(states), Some(key)) = (states, ConversationKey::new(id.0.clone())) {
            states.forget(&key).context(words::STATE_NOT_DELETED)?;
        }
        print(&format!("{}\n", words::deleted(id)))?;
    }
    Ok(())
}

fn purge(store: &Store, states: Option<&States>, yes: bool) -> anyhow::Result<()> {
    let count = store.ids().map_err(failure)?.len() + store.deleted().map_err(failure)?.len();
    let question = words::delete_all(count);
    if count > 0 && !yes && !confirmed(&question)? {
        say(&words::NOTHING_DELETED);
        return Ok(());
    }
    let (removed, kept) = store.purge().map_err(failure)?;
    if let Some(states) = states {
        states.forget_all().context(words::STATES_NOT_DELETED)?;
    }
    print(&format!("{}\n", words::deleted_all(removed)))?;
    match kept.first() {
        None => Ok(()),
        Some(first) => Err(failure(StoreError::InUse {
            path: store.path_of(first),
        })
        .into()),
    }
}

fn failure(error: StoreError) -> Failure {
    let listed = matches!(
        error,
        StoreError::NotFound { .. } | StoreError::Ambiguous { .. }
    );
    let failure = Failure::new(ExitStatus::Failed, error);
    if listed {
        failure.hint(shared::HISTORY_LIST)
    } else {
        failure
    }
}

/// Writes to stderr. Where that fails there is no one left to tell.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", text::visible_line(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(title: &str) -> Summary {
        Summary {
            id: ConversationId("01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned()),
            title: title.to_owned(),
            keeping: Keeping::default(),
            created: 1_700_000_000_000,
            messages: 3,
            bytes: 1234,
            damage: None,
        }
    }

    #[test]
    fn a_list_on_a_terminal_is_made_visible() {
        let list = [summary("why\x1b]0;x\x07\nnot")];
        assert_eq!(
            table(&list, true),
            "01ARZ3NDEKTSV4RRFFQ69G5FAV  2023-11-14 22:13     3 messages  why␛]0;x^G⏎not\n"
        );
    }

    #[test]
    fn a_list_in_a_pipe_has_a_line_for_each() {
        let list = [summary("one\ntwo"), summary("three")];
        assert_eq!(table(&list, false).lines().count(), 2);
    }

    #[test]
    fn an_empty_list_says_so() {
        assert_eq!(table(&[], true), "No conversation is stored.\n");
        assert_eq!(json(&[]).expect("it is JSON"), "[]\n");
    }

    #[test]
    fn the_list_is_json_that_reads_back() {
        let text = json(&[summary("a \"title\"")]).expect("it is JSON");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it reads back");
        assert_eq!(value[0]["title"], "a \"title\"");
        assert_eq!(value[0]["messages"], 3);
        assert!(value[0].get("damage").is_none());
    }
}
