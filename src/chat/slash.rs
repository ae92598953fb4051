//! Slash commands: what a line that begins with `/` asks for.
//!
//! The same in the TUI and the REPL: [`parse()`] reads a line, [`SlashCommand::outcome`] says what
//! is to be done, and the front end does what only it can. [`SPECS`] is the one table that the
//! reader, the help and the completion are made from.
//!
//! | file | idea |
//! |---|---|
//! | `table.rs` | the commands: names, arguments, help |
//! | `parse.rs` | from a line to a command |
//! | `complete.rs` | what Tab offers |
//! | `setting.rs` | what `/set` can set |
//! | `outcome.rs` | what a command does |

mod complete;
mod outcome;
mod parse;
mod setting;
mod table;

use std::path::PathBuf;

pub use complete::{Completions, complete};
pub use outcome::{Outcome, Request};
pub use parse::{Parsed, nearest, parse};
pub use setting::{Assignment, SETTINGS, Setting, SettingError};
pub use table::{Argument, SPECS, SlashSpec, Verb};

use super::Rating;

/// A command with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum SlashCommand {
    /// All commands, or one.
    Help(Option<&'static SlashSpec>),
    Exit,
    New,
    /// Another answer to the message with this number, or than it; `None`: the last one.
    Regenerate(Option<usize>),
    /// A message by its number, else the user's last one, and its new text; without one it is to
    /// be edited.
    Edit {
        message: Option<usize>,
        text: Option<String>,
    },
    /// The message with this number, and what follows it.
    Delete(usize),
    /// Brings back what was deleted last.
    Restore,
    Undo,
    /// The words that the answer is to go on with; `None`: as the model would.
    Continue(Option<String>),
    /// What the next answer begins with.
    Prefill(PrefillChange),
    /// Sampler settings by the name of their preset; `None`: pick one.
    Preset(Option<String>),
    /// Lists them, or shows the one with this number, counted from 1.
    Branches(Option<usize>),
    /// A model by name or path; `None`: pick one.
    Model(Option<String>),
    System(SystemChange),
    Set(Assignment),
    Show(Topic),
    Stats,
    Context,
    /// Attaches a text file to a message.
    Read(PathBuf),
    /// Attaches the text files that a pattern matches.
    Glob(String),
    Copy,
    /// Names the conversation; with no name it only makes sure that it is kept.
    Save(Option<String>),
    /// A conversation by id; `None`: pick one.
    Load(Option<String>),
    /// Words to find in the stored conversations.
    Search(String),
    /// Names the conversation; `None`: the model finds a title.
    Title(Option<String>),
    /// What the last answer is worth; `None`: it is not rated any more.
    Rate(Option<Rating>),
    /// The last answer as it should have been; `None`: it is to be typed.
    Correct(Option<String>),
    /// `None` changes over.
    Pin(Option<bool>),
    Archive(Option<bool>),
    /// Adds tags; with none it shows them.
    Tag(Vec<String>),
    Untag(Vec<String>),
    Fork,
    Export(PathBuf),
    Task(TaskChange),
    /// `None`: pick one.
    Theme(Option<String>),
    /// `None` changes over.
    Incognito(Option<bool>),
    /// Whether the model is asked to think first; `None` in it leaves that to its template. Without
    /// an argument the reasoning of the last answer is shown, or hidden.
    Think(Option<Option<bool>>),
}

/// What `/system` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemChange {
    Show,
    Set(String),
    /// The system prompt of this name.
    Named(String),
    Remove,
}

/// What `/prefill` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrefillChange {
    Show,
    Set(String),
    Remove,
}

/// What `/task` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskChange {
    Pick,
    /// The next message is put as it is.
    Remove,
    /// A task by name, and what stands after the name: parameters, and the text if it is there.
    Named {
        name: String,
        line: String,
    },
}

/// What `/show` can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Info,
    Parameters,
    Messages,
    System,
    Template,
    Prompt,
}

impl Topic {
    pub const ALL: [Self; 6] = [
        Self::Info,
        Self::Parameters,
        Self::Messages,
        Self::System,
        Self::Template,
        Self::Prompt,
    ];

    /// Its name after `/show`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Parameters => "parameters",
            Self::Messages => "messages",
            Self::System => "system",
            Self::Template => "template",
            Self::Prompt => "prompt",
        }
    }
}

#[cfg(test)]
mod tests;
