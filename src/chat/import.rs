//! Conversations from other programs' exports.
//!
//! What a file is, is told by what is in it, never by its name. Every text in it is untrusted
//! and kept raw. What has no place here (images, calls of tools) is left out, counted by name.
//!
//! | file | what other programs write |
//! |---|---|
//! | `chatgpt.rs` | ChatGPT's `conversations.json`, with its branches |
//! | `aichat.rs` | aichat's sessions and `messages.md` |
//! | `llm.rs` | `llm logs --json` |
//! | `messages.rs` | messages as in the OpenAI API, one conversation or one a line |

mod aichat;
mod chatgpt;
mod llm;
mod messages;

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Answer, AnswerState, Conversation, ConversationId, MessageId};
use crate::inference::{Role, StopReason};
use crate::words::chat::files as words;

/// What a file held.
#[derive(Debug, Default)]
pub struct Import {
    /// The program that wrote it, or the form, for people.
    pub from: &'static str,
    /// Each with what it was called there, in `keeping.source`.
    pub conversations: Vec<Conversation>,
    /// They have no names there: each is called by how it begins, and another may begin alike.
    pub nameless: bool,
    /// What has no place here, by name.
    pub left_out: BTreeMap<String, usize>,
}

/// Why a file is none that can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForeignError {
    #[error("{}", words::NO_UTF8)]
    NotText,
    #[error("{}", words::A_DATABASE)]
    Database,
    #[error("{}", words::broken(form, reason))]
    Broken { form: &'static str, reason: String },
    #[error("{}", words::UNKNOWN_EXPORT)]
    Unknown,
    #[error("{}", words::NO_CONVERSATION)]
    Empty,
}

/// Reads what another program exported.
///
/// # Errors
/// It is none of the known forms, or is broken.
pub fn read(bytes: &[u8]) -> Result<Import, ForeignError> {
    if bytes.starts_with(b"SQLite format 3\0") {
        return Err(ForeignError::Database);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ForeignError::NotText)?;
    let text = text.trim_start_matches('\u{feff}');
    let import = match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => json(text)?,
        Some(_) if aichat::is_log(text) => aichat::log(text),
        Some(_) => aichat::session(text)?,
        None => return Err(ForeignError::Empty),
    };
    if import.conversations.is_empty() {
        return Err(ForeignError::Empty);
    }
    Ok(import)
}

fn json(text: &str) -> Result<Import, ForeignError> {
    // ChatGPT's exports are large: they are read into what is needed of them alone.
    if text.contains("\"mapping\"")
        && let Some(import) = chatgpt::read(text)
    {
        return import;
    }
    let values = match serde_json::from_str::<Value>(text) {
        Ok(value) => vec![value],
        Err(error) => match lines(text) {
            Some(values) => values,
            None => {
                return Err(ForeignError::Broken {
                    form: "JSON",
                    reason: error.to_string(),
                });
            }
        },
    };
    let found = match values.as_slice() {
        [Value::Array(items)] if items.iter().any(llm::is_one) => Some(llm::read(items)),
        _ => messages::read(&values),
    };
    found.ok_or(ForeignError::Unknown)
}

/// JSON Lines, if each line is an object.
fn lines(text: &str) -> Option<Vec<Value>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let values = lines.map(|line| {
        let value: Value = serde_json::from_str(line).ok()?;
        value.is_object().then_some(value)
    });
    values.collect()
}

impl Import {
    fn new(from: &'static str) -> Self {
        Self {
            from,
            ..Self::default()
        }
    }

    fn leave_out(&mut self, what: impl Into<String>) {
        *self.left_out.entry(what.into()).or_default() += 1;
    }

    /// Takes a conversation in, if something was said in it.
    fn add(&mut self, mut conversation: Conversation, source: String) {
        if conversation.is_empty() {
            self.leave_out(words::WITHOUT_MESSAGE);
            return;
        }
        conversation.keeping.source = Some(source);
        self.conversations.push(conversation);
    }
}

/// A conversation that has no name here yet; `created` in milliseconds since the Unix epoch.
fn begin(title: Option<&str>, created: u64) -> Conversation {
    let mut conversation = Conversation::new(ConversationId(String::new()), created);
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    conversation.set_title(title.map(str::to_owned));
    conversation
}

/// Adds a message, with the name of the model that wrote it.
fn say(
    conversation: &mut Conversation,
    parent: Option<MessageId>,
    (role, text): (Role, &str),
    created: u64,
    model: Option<&str>,
) -> Option<MessageId> {
    let content = text.as_bytes().to_vec();
    let id = conversation.append_message(parent, role, content, created)?;
    if let (Role::Assistant, Some(model)) = (role, model) {
        conversation.begin_answer(id, Answer::waiting(model, ""));
        let ended = AnswerState::Ended(StopReason::EndOfGeneration);
        conversation.end_answer(id, ended, None);
    }
    Some(id)
}

/// A role by the name that other programs use.
fn role(name: &str) -> Option<Role> {
    Some(match name {
        "system" | "developer" => Role::System,
        "user" | "human" => Role::User,
        "assistant" | "model" | "ai" => Role::Assistant,
        _ => return None,
    })
}

/// Milliseconds since the Unix epoch; 0 for a time that is none.
fn milliseconds(seconds: f64) -> u64 {
    // Negative, too large or no number: a conversion of floats saturates.
    (seconds * 1000.0) as u64
}

/// Milliseconds since the Unix epoch of a time as in RFC 3339, UTC where it names no zone.
fn moment(text: &str) -> Option<u64> {
    let text = text.trim().replacen(' ', "T", 1);
    let parsed = OffsetDateTime::parse(&text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(&format!("{text}Z"), &Rfc3339));
    u64::try_from(parsed.ok()?.unix_timestamp_nanos() / 1_000_000).ok()
}

/// Names a conversation that has no name of its own by how it begins: up to the first answer,
/// so that it is the same when it has grown.
fn beginning(conversation: &Conversation) -> String {
    let mut text = String::new();
    for id in conversation.path() {
        let Some(node) = conversation.node(id) else {
            continue;
        };
        text.push_str(node.role.as_str());
        text.push('\n');
        text.push_str(&node.text());
        text.push('\n');
        if node.role == Role::Assistant {
            break;
        }
    }
    digest(&text)
}

/// Names what has no name of its own by what is in it.
fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests;
