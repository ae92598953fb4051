//! What the model is given to read.

use crate::chat::{Conversation, MessageId, Node};
use crate::inference::{Message, Prompt, Role};

/// Which part of a conversation goes into a prompt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// The last message of the prompt.
    pub to: Option<MessageId>,
    /// The answer to go on with, where there is one.
    pub prefix: Option<MessageId>,
    /// The first message that is sent, where those before it do not fit.
    pub kept_from: Option<MessageId>,
}

/// The turns of `span`, without system messages and without those that were left out.
pub(super) fn turns(conversation: &Conversation, span: Span) -> Vec<&Node> {
    let path = span.to.map_or_else(Vec::new, |to| conversation.path_to(to));
    let start = span
        .kept_from
        .and_then(|kept| path.iter().position(|&id| id == kept))
        .unwrap_or(0);
    path[start..]
        .iter()
        .filter_map(|&id| conversation.node(id))
        .filter(|node| node.role != Role::System)
        .collect()
}

/// A prompt for the model's chat template.
///
/// The system message in force comes first. An answer's token ids go along only where they are
/// those of the loaded `vocabulary`. Questions that got no answer are joined with the one after
/// them, by a blank line, since many templates insist that the roles alternate.
pub(super) fn chat(conversation: &Conversation, span: Span, vocabulary: Option<&str>) -> Prompt {
    let mut messages: Vec<Message> = system(conversation, span)
        .map(|node| Message::new(Role::System, node.text()))
        .into_iter()
        .collect();
    for node in turns(conversation, span) {
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
    }
}

/// The plain text of the conversation, for a base model that goes on with it: system prompt,
/// messages and answers one after the other with nothing between them.
pub(super) fn raw(conversation: &Conversation, span: Span) -> Prompt {
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

fn system(conversation: &Conversation, span: Span) -> Option<&Node> {
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
