//! A conversation as a text for other programs and for people.

mod html;
pub mod rated;

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{AnswerState, Conversation, Node, Record, record, show};
use crate::inference::Role;
use crate::words::{Phrase, chat::files as words};

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// The shown path, with headings; reasoning is folded.
    Markdown,
    /// The shown path as one page for a browser, which loads nothing.
    Html,
    /// The shown path as plain text, without reasoning.
    Text,
    /// The shown path as OpenAI-style `messages`, with `reasoning_content`, and the whole `tree`,
    /// whose contents are as they were written.
    Json,
    /// The records, as the history keeps them: all branches, and every token's odds.
    Jsonl,
}

impl ExportFormat {
    pub const ALL: [Self; 5] = [
        Self::Markdown,
        Self::Html,
        Self::Text,
        Self::Json,
        Self::Jsonl,
    ];

    /// The endings of files that ask for a form, for people.
    pub const ENDINGS: Phrase = words::ENDINGS;

    /// Its name, as in `--format`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// The form that the ending of a file's name asks for.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "txt" | "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// Writes a conversation. The text is raw: what a model wrote is in it as it was, except that
/// bytes which are no UTF-8 are replaced (not in JSONL).
#[must_use]
pub fn export(conversation: &Conversation, format: ExportFormat) -> String {
    match format {
        ExportFormat::Markdown => markdown(conversation),
        ExportFormat::Html => html::page(conversation),
        ExportFormat::Text => text(conversation),
        ExportFormat::Json => {
            let mut text = format!("{:#}", json_value(conversation));
            text.push('\n');
            text
        }
        ExportFormat::Jsonl => jsonl(conversation),
    }
}

fn shown(conversation: &Conversation) -> impl Iterator<Item = &Node> {
    conversation
        .path()
        .into_iter()
        .filter_map(|id| conversation.node(id))
}

fn markdown(conversation: &Conversation) -> String {
    let mut text = format!("# {}\n", conversation.title_or_first_words());
    for node in shown(conversation) {
        let who = speaker(node);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {who}\n\n");
        if let Some((summary, reasoning)) = folded(node) {
            let _ = write!(
                text,
                "<details><summary>{summary}</summary>\n\n{reasoning}\n\n</details>\n\n"
            );
        }
        let _ = writeln!(text, "{}", said(node).trim_end());
        if let Some(AnswerState::Failed(reason)) = node.answer.as_ref().map(|answer| &answer.state)
        {
            let _ = write!(text, "\n*({reason})*\n");
        }
    }
    text
}

/// A message without its reasoning.
fn said(node: &Node) -> Cow<'_, str> {
    String::from_utf8_lossy(node.said())
}

/// The reasoning of an answer, and a line that stands for it.
fn folded(node: &Node) -> Option<(String, Cow<'_, str>)> {
    let reasoning = String::from_utf8_lossy(node.reasoning()?);
    Some((show::thinking(node, None)?, reasoning))
}

/// A message as chats are exchanged: what was thought stands beside what was said.
fn message(node: &Node) -> Value {
    let mut message = json!({ "role": node.role.as_str(), "content": said(node) });
    if let Some(reasoning) = node.reasoning() {
        message["reasoning_content"] = json!(String::from_utf8_lossy(reasoning));
    }
    message
}

/// Who says a message, as a heading.
fn speaker(node: &Node) -> String {
    match (node.role, &node.answer) {
        (Role::System, _) => words::SYSTEM.into(),
        (Role::User, _) => words::YOU.into(),
        (Role::Assistant, Some(answer)) => one_line(&answer.model),
        (Role::Assistant, None) if node.corrects.is_some() => words::CORRECTED_ANSWER.into(),
        (Role::Assistant, None) => words::ASSISTANT.into(),
    }
}

/// A model's name comes from a file, and a heading is one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(conversation: &Conversation) -> String {
    let parts: Vec<String> = shown(conversation)
        .map(|node| format!("{}: {}\n", node.role.as_str(), said(node).trim_end()))
        .collect();
    parts.join("\n")
}

fn json_value(conversation: &Conversation) -> Value {
    let messages: Vec<Value> = shown(conversation)
        .filter(|node| !(node.role == Role::System && node.content.is_empty()))
        .map(message)
        .collect();
    let tree: Vec<Value> = conversation
        .nodes
        .values()
        .map(|node| branch(conversation, node))
        .collect();
    json!({
        "id": conversation.id,
        "title": conversation.title_or_first_words(),
        "created": conversation.created,
        "tags": conversation.keeping.tags,
        "messages": messages,
        "head": conversation.head,
        "tree": tree,
    })
}

fn branch(conversation: &Conversation, node: &Node) -> Value {
    let mut value = json!({
        "id": node.id,
        "parent": node.parent,
        "role": node.role.as_str(),
        "created": node.created,
        "content": node.text(),
    });
    if let Some(rating) = node.rating {
        value["rating"] = json!(rating.name());
    }
    if let Some(corrects) = node.corrects {
        value["corrects"] = json!(corrects);
    }
    if let Some(answer) = &node.answer {
        let spans = conversation.token_spans(node.id);
        let tokens: Vec<Value> = answer
            .traces
            .iter()
            .zip(spans)
            .map(|(trace, span)| {
                json!({
                    "id": trace.id,
                    "token": String::from_utf8_lossy(&node.content[span]),
                    "logprob": trace.logprob,
                    "rank": trace.rank,
                    "entropy": trace.entropy,
                })
            })
            .collect();
        let finish = match &answer.state {
            AnswerState::Ended(stop) => Some(stop.finish_reason()),
            AnswerState::Failed(_) => Some("error"),
            AnswerState::Waiting | AnswerState::Streaming => None,
        };
        value["model"] = json!(answer.model);
        value["finish_reason"] = json!(finish);
        value["tokens"] = json!(tokens);
        value["stats"] = json!(answer.stats);
    }
    value
}

fn jsonl(conversation: &Conversation) -> String {
    let records = conversation.to_records(record::MAX_CANDIDATES);
    let lines = (1..).zip(records).map(|(sequence, body)| {
        let mut line = record::encode(&Record { sequence, body });
        line.push('\n');
        line
    });
    lines.collect()
}

#[cfg(test)]
mod tests;
