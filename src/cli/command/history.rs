//! `limpid history …`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::ListFormat;

/// How a conversation is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Markdown
    Md,
    /// One page for a browser
    Html,
    /// Plain text
    Text,
    /// The messages as an OpenAI-style JSON array
    Json,
    /// The records as they are stored
    Jsonl,
    /// Of rated answers: chats to learn from
    Sft,
    /// Of rated answers: pairs of a better and a worse one
    Preference,
}

#[derive(Debug, Clone, Subcommand)]
pub enum HistoryCommand {
    /// Stored conversations: the pinned ones, then the others, the latest first
    List {
        /// Only those with this tag; given several times, with all of them
        #[arg(long, value_name = "TAG")]
        tag: Vec<String>,
        /// The archived ones, which are left out otherwise
        #[arg(long)]
        archived: bool,
        /// How to print the list
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        /// At most this many
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Find words in what was said, the latest conversation first
    Search {
        /// Words or phrases, each of which must be in a conversation
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
        /// How to print what was found
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        /// At most this many conversations
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Print a conversation
    Show {
        /// An id or the beginning of one; `last` is the latest
        #[arg(value_name = "ID", default_value = "last")]
        id: String,
    },
    /// Write a conversation in another form, or rated answers to train on
    #[command(after_long_help = RATED_FORMS)]
    Export {
        /// An id or the beginning of one; without any the latest, and with --rated all
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// The answers that were rated or corrected, as JSON Lines
        #[arg(long)]
        rated: bool,
        /// With --rated: of all conversations
        #[arg(long, requires = "rated", conflicts_with = "ids")]
        all: bool,
        /// The form; without it as the file's ending says, else md, or sft with --rated
        #[arg(long, value_enum)]
        format: Option<ExportFormat>,
        /// Where to; without it, standard output
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Keep conversations from limpid's jsonl, ChatGPT, aichat, llm, or a list of messages
    ///
    /// What a file is, is told by what is in it: limpid's own jsonl, ChatGPT's
    /// conversations.json or the zip it came in, a session or the messages.md of aichat, the
    /// output of `llm logs --json`, messages as in the OpenAI API (JSON, or JSON Lines). What was
    /// imported before is left alone, but for messages that are new since: they are added to it.
    Import {
        /// The files; `-` is standard input
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Keep conversations on top of the list
    Pin(Which),
    /// Pin them no more
    Unpin(Which),
    /// Give a conversation tags
    Tag(Tagging),
    /// Take tags off a conversation
    Untag(Tagging),
    /// Name a conversation
    Rename {
        /// An id or the beginning of one; `last` is the latest
        #[arg(value_name = "ID")]
        id: String,
        /// The title; without one its first words stand for it
        #[arg(value_name = "TITLE")]
        title: Vec<String>,
    },
    /// Leave conversations out of the list, unless it is asked for them
    Archive(Which),
    /// Take them back into the list
    Unarchive(Which),
    /// Bring back what was deleted in the list of conversations; without an ID, say what is there
    Restore {
        /// Ids, or the beginnings of ids
        #[arg(value_name = "ID")]
        ids: Vec<String>,
    },
    /// Delete conversations for good
    Rm {
        /// Ids, or the beginnings of ids
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Delete every conversation for good
    Purge {
        /// Do not ask
        #[arg(short, long)]
        yes: bool,
    },
}

/// What the forms of rated answers look like.
const RATED_FORMS: &str = r#"Rated answers:
  sft         a line for each answer that was rated up, and for each correction:
              {"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}
  preference  a line for each two answers to the same message of which one is better: a
              correction than what it corrects, one that was rated up than one rated down:
              {"prompt": [{"role": "user", "content": "…"}], "chosen": [{"role": "assistant",
              "content": "…"}], "rejected": [{"role": "assistant", "content": "…"}]}
No export writes over a file."#;

#[derive(Debug, Clone, Args)]
pub struct Which {
    /// Ids, or the beginnings of ids; `last` is the latest
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub struct Tagging {
    /// An id or the beginning of one; `last` is the latest
    #[arg(value_name = "ID")]
    pub id: String,
    /// Tags, each one word, with or without a # before it
    #[arg(required = true, value_name = "TAG")]
    pub tags: Vec<String>,
}
