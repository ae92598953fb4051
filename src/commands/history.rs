//! `limpid history list|search|show|export|import|rm|purge`.

mod date;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Write as _};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use serde::Serialize;

use super::confirm::confirmed;
use super::print;
use super::status_line::StatusLine;
use crate::chat::{Conversation, ConversationId, ExportFormat, export};
use crate::cli::command::{ExportFormat as Wanted, HistoryCommand, ListFormat};
use crate::cli::{ExitStatus, Failure};
use crate::config::paths;
use crate::driver::history::import::{self, ImportError};
use crate::driver::history::scan::Scan;
use crate::driver::history::search::{Found, Query};
use crate::driver::{Store, StoreError, Summary};
use crate::engine::States;
use crate::inference::ConversationKey;
use crate::text;

/// A list that takes less needs no word on how far it is.
const PATIENCE: Duration = Duration::from_millis(300);

/// Stands for the conversation that was last written to or opened.
const LAST: &str = "last";

/// Carries out one of the commands; `states` is where the KV cache of conversations is kept.
///
/// # Errors
/// The conversation is not there, is in use, or cannot be read or written.
pub fn run(command: &HistoryCommand, store: &Store, states: Option<&States>) -> anyhow::Result<()> {
    match command {
        HistoryCommand::List { format, limit } => {
            let mut list = reading(|progress| store.list_with(progress)).map_err(failure)?;
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
        HistoryCommand::Export { id, format, output } => {
            let (_, scan) = read(store, id)?;
            let text = export(&scan.conversation, form(*format));
            match output {
                None => print(&for_stdout(text)),
                Some(path) => write(path, &text),
            }
        }
        HistoryCommand::Import { file } => import(store, file),
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
            line.draw(|| format!("reading conversations: {read} of {all}"));
        }
    });
    line.clear();
    result
}

fn found(store: &Store, words: &[String], limit: usize) -> anyhow::Result<Vec<Found>> {
    let query = Query::new(words.iter().map(String::as_str))
        .ok_or_else(|| Failure::usage("there is no word to look for"))?;
    let mut found = reading(|progress| store.search(&query, progress)).map_err(failure)?;
    found.truncate(limit);
    Ok(found)
}

fn form(wanted: Wanted) -> ExportFormat {
    match wanted {
        Wanted::Md => ExportFormat::Markdown,
        Wanted::Text => ExportFormat::Text,
        Wanted::Json => ExportFormat::Json,
        Wanted::Jsonl => ExportFormat::Jsonl,
    }
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
        say(&format!(
            "warning: {}: line {}: {reason}",
            store.path_of(&id).display(),
            damage.line
        ));
    }
    if let Some(version) = scan.newer {
        say(&format!(
            "warning: a newer limpid wrote parts of this (format {version}); they are not shown"
        ));
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
        export(conversation, ExportFormat::Text)
    );
    let others = conversation.leaves().count().saturating_sub(1);
    if others > 0 {
        let plural = if others == 1 { "" } else { "es" };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "\n({others} other branch{plural}; --format json and jsonl export all)"
        );
    }
    text
}

fn table(list: &[Summary], terminal: bool) -> String {
    if list.is_empty() {
        return "No conversation is stored.\n".to_owned();
    }
    let mut out = String::new();
    for one in list {
        let title = match &one.damage {
            Some(damage) => format!("({damage}) {}", one.title),
            None => one.title.clone(),
        };
        let title = if terminal {
            text::visible_line(&title).into_owned()
        } else {
            // One line each, whatever a title holds.
            title.replace(['\n', '\r'], " ")
        };
        let _ = writeln!(
            out,
            "{}  {}  {:>4} messages  {}",
            one.id,
            date::of(one.created),
            one.messages,
            title
        );
    }
    out
}

/// Each conversation with the first place where something was found.
fn hits(found: &[Found], terminal: bool) -> String {
    if found.is_empty() {
        return "Nothing was found.\n".to_owned();
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
        let times = match one.hits {
            1 => "1 place".to_owned(),
            more => format!("{more} places"),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{}  {}  {times:>10}  {}",
            summary.id,
            date::of(summary.created),
            line(&summary.title)
        );
        if let Some(hit) = &one.first {
            let _ = writeln!(out, "    {}: {}", hit.role.as_str(), line(&one.place()));
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
    let mut text = serde_json::to_string_pretty(&listed).context("cannot make JSON of it")?;
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
            damage: one.damage.as_deref(),
        }
    }
}

fn json(list: &[Summary]) -> anyhow::Result<String> {
    let listed: Vec<_> = list.iter().map(Listed::of).collect();
    let mut text = serde_json::to_string_pretty(&listed).context("cannot make JSON of the list")?;
    text.push('\n');
    Ok(text)
}

/// For the user alone, as the history is.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    paths::create_private(path, text)?;
    say(&format!("written to {}", path.display()));
    Ok(())
}

/// Takes a file whole or not at all.
fn import(store: &Store, file: &Path) -> anyhow::Result<()> {
    let shown = file.display();
    let fail = |error: ImportError| {
        let failure = Failure::new(ExitStatus::Failed, anyhow::anyhow!("{shown}: {error}"));
        match error {
            ImportError::Io(_) => failure,
            ImportError::Line { .. } | ImportError::Empty => failure.hint(
                "what is imported was written by `limpid history export ID --format jsonl` or \
                 /export FILE.jsonl",
            ),
        }
    };
    let read = if file == Path::new("-") {
        import::read(io::stdin().lock())
    } else {
        File::open(file)
            .map_err(ImportError::from)
            .and_then(|opened| import::read(BufReader::new(opened)))
    };
    let conversation = read.map_err(fail)?;
    let (messages, branches) = (conversation.len(), conversation.leaves().count());
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64);
    let id = store.import(conversation, now).map_err(failure)?;
    say(&format!("{messages} messages in {branches} branches"));
    print(&format!("{id}\n"))
}

fn remove(store: &Store, states: Option<&States>, ids: &[String]) -> anyhow::Result<()> {
    // All are found before any goes: a mistyped one deletes nothing.
    let found: Vec<_> = ids
        .iter()
        .map(|id| find(store, id))
        .collect::<Result<_, _>>()?;
    for id in found {
        store.remove(&id).map_err(failure)?;
        if let (Some(states), Some(key)) = (states, ConversationKey::new(id.0.clone())) {
            states
                .forget(&key)
                .context("its KV cache cannot be deleted")?;
        }
        print(&format!("deleted {id}\n"))?;
    }
    Ok(())
}

fn purge(store: &Store, states: Option<&States>, yes: bool) -> anyhow::Result<()> {
    let count = store.ids().map_err(failure)?.len();
    let question = format!("Delete all {count} conversations for good");
    if count > 0 && !yes && !confirmed(&question)? {
        say("nothing was deleted");
        return Ok(());
    }
    let (removed, kept) = store.purge().map_err(failure)?;
    if let Some(states) = states {
        states
            .forget_all()
            .context("their KV caches cannot be deleted")?;
    }
    print(&format!("deleted {removed} conversations\n"))?;
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
        failure.hint("`limpid history list` shows what is stored")
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
