//! What the model is given to read.

use crate::chat::{Conversation, MessageId, Node};
use crate::inference::{Message, Prompt, Role};

/// Which part of a conversation goes into a prompt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'a> {
    /// The last message of the prompt.
    pub to: Option<MessageId>,
    /// The answer to go on with, where there is one.
    pub prefix: Option<MessageId>,
    /// What is not sent, since it does not fit.
    pub left_out: Option<&'a LeftOut>,
}

/// The beginning of a conversation that is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// The first message that is sent: a user's.
    pub kept_from: MessageId,
    /// What is sent instead of those before it.
    pub summary: Option<String>,
}

/// Messages, and characters of each, that a title is made of.
const TITLED: usize = 4;
const TITLED_CHARS: usize = 600;
const TITLE: &str =
    "Write a title of three to six words for the conversation above. Answer with the title alone.";

/// What the model is asked for where the beginning of a conversation is summarised.
const SUMMARISE: &str = "Summarise our conversation so far in at most 150 words, so that it can be \
                         gone on with from the summary alone: who wants what, names, numbers, \
                         facts, what was decided and what is still open. Write only the summary.";

/// The turns of `span`, without system messages and without those that were left out.
pub(super) fn turns<'a>(conversation: &'a Conversation, span: Span<'_>) -> Vec<&'a Node> {
    let path = span.to.map_or_else(Vec::new, |to| conversation.path_to(to));
    let start = span
        .left_out
        .and_then(|left_out| path.iter().position(|&id| id == left_out.kept_from))
        .unwrap_or(0);
    path[start..]
        .iter()
        .filter_map(|&id| conversation.node(id))
        .filter(|node| node.role != Role::System)
        .collect()
}

/// What stands for the turns before the first of `turns`, where they are left out on this path.
fn summary<'a>(span: Span<'a>, turns: &[&Node]) -> Option<&'a str> {
    let left_out = span.left_out?;
    let first = turns.first()?;
    let summary = left_out.summary.as_deref()?;
    (first.id == left_out.kept_from && first.role == Role::User).then_some(summary)
}

/// A prompt for the model's chat template.
///
/// The system message in force comes first. An answer's token ids go along only where they are
/// those of the loaded `vocabulary`. Questions that got no answer are joined with the one after
/// them, by a blank line, since many templates insist that the roles alternate. A summary of what
/// is left out stands at the beginning of the first question: not every template has a place
/// for it elsewhere.
pub(super) fn chat(
    conversation: &Conversation,
    span: Span<'_>,
    vocabulary: Option<&str>,
    think: Option<bool>,
) -> Prompt {
    let mut messages: Vec<Message> = system(conversation, span)
        .map(|node| Message::new(Role::System, node.text()))
        .into_iter()
        .collect();
    let turns = turns(conversation, span);
    if let Some(summary) = summary(span, &turns) {
        let content = format!("(What we talked about before, in short: {summary})");
        messages.push(Message::new(Role::User, content));
    }
    for node in turns {
        if node.role == Role::Assistant && node.content.is_empty() {
            continue;
        }
        match messages.last_mut() {
            Some(last) if last.role == Role::User && node.role == Role::User => {
                last.content.push_str("\n\n");
                last.content.push_str(&node.text());
            }
            _ => messages.push(message(node, vocabulary)),
        }
    }
    let answer_prefix = span
        .prefix
        .and_then(|id| conversation.node(id))
        .filter(|node| !node.content.is_empty())
        .map(|node| message(node, vocabulary));
    Prompt::Chat {
        messages,
        answer_prefix,
        think,
    }
}

/// A prompt that asks for a summary of the turns up to `span`'s end.
pub(super) fn summarise(
    conversation: &Conversation,
    span: Span<'_>,
    vocabulary: Option<&str>,
    think: Option<bool>,
) -> Prompt {
    let mut prompt = chat(conversation, span, vocabulary, think);
    if let Prompt::Chat { messages, .. } = &mut prompt {
        match messages.last_mut() {
            Some(last) if last.role == Role::User => {
                last.content.push_str("\n\n");
                last.content.push_str(SUMMARISE);
            }
            _ => messages.push(Message::new(Role::User, SUMMARISE)),
        }
    }
    prompt
}

/// A prompt that asks for a title of the conversation up to `span`'s end: its first messages
/// alone, which a title is about.
pub(super) fn title(conversation: &Conversation, span: Span<'_>, think: Option<bool>) -> Prompt {
    let said: Vec<String> = turns(conversation, span)
        .into_iter()
        .filter(|node| !node.said().is_empty())
        .take(TITLED)
        .map(|node| {
            let text = String::from_utf8_lossy(node.said());
            let beginning: String = text.trim().chars().take(TITLED_CHARS).collect();
            format!("{}: {beginning}", node.role.as_str())
        })
        .collect();
    let content = format!("{}\n\n{TITLE}", said.join("\n\n"));
    Prompt::Chat {
        messages: vec![Message::new(Role::User, content)],
        answer_prefix: None,
        think,
    }
}

/// The plain text of the conversation, for a base model that goes on with it: system prompt,
/// messages and answers one after the other with nothing between them.
pub(super) fn raw(conversation: &Conversation, span: Span<'_>) -> Prompt {
    let prefix = span.prefix.and_then(|id| conversation.node(id));
    let mut bytes = Vec::new();
    for node in system(conversation, span)
        .into_iter()
        .chain(turns(conversation, span))
        .chain(prefix)
    {
        bytes.extend_from_slice(&node.content);
    }
    Prompt::Text(String::from_utf8_lossy(&bytes).into_owned())
}

fn system<'a>(conversation: &'a Conversation, span: Span<'_>) -> Option<&'a Node> {
    conversation.system_at(span.to?)
}

fn message(node: &Node, vocabulary: Option<&str>) -> Message {
    let parts = node
        .answer
        .as_ref()
        .filter(|answer| Some(answer.vocabulary.as_str()) == vocabulary)
        .map_or_else(Vec::new, |answer| answer.parts(&node.content));
    Message {
        role: node.role,
        content: node.text().into_owned(),
        parts,
    }
}
