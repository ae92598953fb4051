//! What a command does.

use std::path::PathBuf;

use super::{PrefillChange, SlashCommand, SystemChange, TaskChange, Topic, setting, table};
use crate::chat::{MessageId, Session, UserEvent, show};
use crate::inference::Role;
use crate::words::chat::slash as words;

/// What a front end does about a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Hand these to the session, in order.
    Events(Vec<UserEvent>),
    /// Show this. It may hold text of models and files: sanitise it.
    Text(String),
    /// Do what a session cannot.
    Request(Request),
}

/// What only a front end can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    Exit,
    /// Begin a new conversation, under a new id.
    New,
    /// Let the user edit this message, and send it with `UserEvent::Edit`.
    Edit(MessageId),
    /// Let the user say the last answer as it should have been, and send it with
    /// `UserEvent::Correct`.
    Correct,
    PickModel,
    /// Find the model by name or path, and load it.
    LoadModel(String),
    /// Attach the file to the message that is being written.
    Read(PathBuf),
    /// Attach the files that match, once the user has seen how many they are.
    Glob(String),
    /// Copy this text.
    Copy(String),
    PickConversation,
    Open(String),
    /// Find these words in the stored conversations.
    Search(String),
    /// Go on in a copy, under a new id.
    Fork,
    /// Show the branches.
    Branches,
    Export(PathBuf),
    PickTask,
    /// Find the task, fill in the parameters that `line` begins with, and hand it to the session;
    /// what is left of the line is the message.
    Task {
        name: String,
        line: String,
    },
    PickTheme,
    Theme(String),
    /// Set the system prompt of this name.
    SystemPrompt(String),
    /// Show the presets of sampler settings.
    PickPreset,
    /// Take the sampler settings of this preset.
    Preset(String),
    /// Show the reasoning of the last answer, or hide it.
    Think,
    /// Show what the last answer cost, and why it was not faster.
    Stats,
}

impl SlashCommand {
    /// What is to be done in this session.
    #[must_use]
    pub fn outcome(&self, session: &Session) -> Outcome {
        match self {
            Self::Help(None) => Outcome::Text(table::help()),
            Self::Help(Some(spec)) => Outcome::Text(table::help_of(spec)),
            Self::Exit => Outcome::Request(Request::Exit),
            Self::New => Outcome::Request(Request::New),
            Self::Regenerate(None) => event(UserEvent::Regenerate),
            Self::Regenerate(Some(number)) => at(session, *number, UserEvent::AnswerAgain),
            Self::Edit { message, text } => edit(session, *message, text.as_deref()),
            Self::Delete(number) => at(session, *number, UserEvent::Delete),
            Self::Restore => event(UserEvent::Restore),
            Self::Undo => event(UserEvent::Undo),
            Self::Continue(None) => event(UserEvent::Continue),
            Self::Continue(Some(text)) => continue_with(text, session),
            Self::Prefill(PrefillChange::Show) => Outcome::Text(match session.prefill() {
                Some(text) => words::begins_with(text),
                None => words::BEGINS_FREELY.into(),
            }),
            Self::Prefill(PrefillChange::Set(text)) => {
                event(UserEvent::Prefill(Some(text.clone())))
            }
            Self::Prefill(PrefillChange::Remove) => event(UserEvent::Prefill(None)),
            Self::Preset(None) => Outcome::Request(Request::PickPreset),
            Self::Preset(Some(name)) => Outcome::Request(Request::Preset(name.clone())),
            Self::Branches(None) => Outcome::Request(Request::Branches),
            Self::Branches(Some(number)) => {
                match session
                    .conversation()
                    .leaves()
                    .nth(number.saturating_sub(1))
                {
                    Some(leaf) => event(UserEvent::Show(leaf.id)),
                    None => Outcome::Text(words::no_branch(number)),
                }
            }
            Self::Model(None) => Outcome::Request(Request::PickModel),
            Self::Model(Some(name)) => Outcome::Request(Request::LoadModel(name.clone())),
            Self::System(SystemChange::Show) | Self::Show(Topic::System) => {
                Outcome::Text(show::system(session))
            }
            Self::System(SystemChange::Set(text)) => event(UserEvent::System(Some(text.clone()))),
            Self::System(SystemChange::Named(name)) => {
                Outcome::Request(Request::SystemPrompt(name.clone()))
            }
            Self::System(SystemChange::Remove) => event(UserEvent::System(None)),
            Self::Set(assignment) => event(assignment.event(session.sampling())),
            Self::Show(Topic::Info) => Outcome::Text(show::info(session)),
            Self::Show(Topic::Parameters) => Outcome::Text(setting::parameters(session)),
            Self::Show(Topic::Messages) => Outcome::Text(show::messages(session)),
            Self::Show(Topic::Template) => Outcome::Text(show::template(session)),
            Self::Show(Topic::Prompt) => event(UserEvent::ShowPrompt),
            Self::Stats => Outcome::Request(Request::Stats),
            Self::Context => Outcome::Text(show::context(session)),
            Self::Read(path) => Outcome::Request(Request::Read(path.clone())),
            Self::Glob(pattern) => Outcome::Request(Request::Glob(pattern.clone())),
            Self::Copy => match session.conversation().last_of(Role::Assistant) {
                Some(node) => Outcome::Request(Request::Copy(
                    String::from_utf8_lossy(node.said()).into_owned(),
                )),
                None => Outcome::Text(words::NOTHING_TO_COPY.into()),
            },
            Self::Save(title) => save(title.as_deref(), session),
            Self::Load(None) => Outcome::Request(Request::PickConversation),
            Self::Load(Some(id)) => Outcome::Request(Request::Open(id.clone())),
            Self::Search(words) => Outcome::Request(Request::Search(words.clone())),
            Self::Title(Some(title)) => event(UserEvent::Rename(title.clone())),
            Self::Title(None) => event(UserEvent::AskTitle),
            Self::Rate(rating) => match session.conversation().last_of(Role::Assistant) {
                Some(node) => event(UserEvent::Rate {
                    message: node.id,
                    rating: *rating,
                }),
                None => Outcome::Text(words::NOTHING_TO_RATE.into()),
            },
            Self::Correct(None) => Outcome::Request(Request::Correct),
            Self::Correct(Some(text)) => match session.conversation().last_of(Role::Assistant) {
                Some(node) => event(UserEvent::Correct {
                    message: node.id,
                    text: text.clone(),
                }),
                None => Outcome::Text(words::NOTHING_TO_CORRECT.into()),
            },
            Self::Pin(_) | Self::Archive(_) | Self::Tag(_) | Self::Untag(_) => keep(self, session),
            Self::Fork => Outcome::Request(Request::Fork),
            Self::Export(path) => Outcome::Request(Request::Export(path.clone())),
            Self::Task(TaskChange::Pick) => Outcome::Request(Request::PickTask),
            Self::Task(TaskChange::Remove) => event(UserEvent::Task(None)),
            Self::Task(TaskChange::Named { name, line }) => Outcome::Request(Request::Task {
                name: name.clone(),
                line: line.clone(),
            }),
            Self::Theme(None) => Outcome::Request(Request::PickTheme),
            Self::Theme(Some(name)) => Outcome::Request(Request::Theme(name.clone())),
            Self::Think(Some(think)) => event(UserEvent::Think(*think)),
            Self::Think(None) => Outcome::Request(Request::Think),
            Self::Incognito(on) => event(UserEvent::Incognito(
                on.unwrap_or_else(|| session.is_recording()),
            )),
        }
    }
}

/// The message that is shown under this number, counted from 1.
fn numbered(session: &Session, number: usize) -> Result<MessageId, Outcome> {
    let path = session.conversation().path();
    let found = number.checked_sub(1).and_then(|at| path.get(at).copied());
    found.ok_or_else(|| Outcome::Text(words::no_message(number)))
}

fn at(session: &Session, number: usize, make: fn(MessageId) -> UserEvent) -> Outcome {
    numbered(session, number).map_or_else(|sentence| sentence, |message| event(make(message)))
}

fn edit(session: &Session, number: Option<usize>, text: Option<&str>) -> Outcome {
    let message = match number {
        Some(number) => match numbered(session, number) {
            Ok(message) => message,
            Err(sentence) => return sentence,
        },
        None => match session.conversation().last_of(Role::User) {
            Some(node) => node.id,
            None => return Outcome::Text(words::NOTHING_TO_EDIT.into()),
        },
    };
    match text {
        Some(text) => event(UserEvent::Edit {
            message,
            text: text.to_owned(),
        }),
        None => Outcome::Request(Request::Edit(message)),
    }
}

/// The answer as it is, then the words, apart from it as words are.
fn continue_with(text: &str, session: &Session) -> Outcome {
    let Some(node) = session.conversation().last_of(Role::Assistant) else {
        return Outcome::Text(words::NOTHING_TO_CONTINUE.into());
    };
    let apart = node
        .content
        .last()
        .is_some_and(|byte| !byte.is_ascii_whitespace())
        && text.starts_with(char::is_alphanumeric);
    event(UserEvent::ContinueWith {
        message: node.id,
        index: usize::MAX,
        text: format!("{}{text}", if apart { " " } else { "" }),
    })
}

fn event(event: UserEvent) -> Outcome {
    Outcome::Events(vec![event])
}

/// What changes in how the conversation is kept.
fn keep(command: &SlashCommand, session: &Session) -> Outcome {
    let before = &session.conversation().keeping;
    let mut keeping = before.clone();
    match command {
        SlashCommand::Pin(on) => keeping.pinned = on.unwrap_or(!before.pinned),
        SlashCommand::Archive(on) => keeping.archived = on.unwrap_or(!before.archived),
        SlashCommand::Tag(tags) if tags.is_empty() => {
            return Outcome::Text(match before.tag_line() {
                line if line.is_empty() => words::NO_TAGS.into(),
                line => line,
            });
        }
        SlashCommand::Tag(tags) => keeping = before.tagged(tags.iter().cloned()),
        SlashCommand::Untag(tags) => {
            if let Some(missing) = tags.iter().find(|tag| !before.tags.contains(tag)) {
                return Outcome::Text(words::no_tag(missing));
            }
            keeping = before.untagged(tags);
        }
        _ => {}
    }
    event(UserEvent::Keep(keeping))
}

/// Every conversation is kept as it is said, so saving is naming it.
fn save(title: Option<&str>, session: &Session) -> Outcome {
    let mut events = Vec::new();
    if !session.is_recording() && !session.is_read_only() {
        events.push(UserEvent::Incognito(false));
    }
    events.extend(title.map(|title| UserEvent::Rename(title.to_owned())));
    if events.is_empty() {
        return Outcome::Text(words::SAVED_ALREADY.into());
    }
    Outcome::Events(events)
}
