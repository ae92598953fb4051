//! ChatGPT's `conversations.json`: each conversation a tree of nodes, of which some hold
//! messages; `current_node` ends the path that was shown.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::Value;

use super::{ForeignError, Import, begin, digest, milliseconds, role, say};
use crate::chat::{Conversation, MessageId};
use crate::inference::Role;
use crate::words::chat::files as words;

#[derive(Debug, Deserialize)]
struct Chat {
    title: Option<String>,
    create_time: Option<f64>,
    mapping: HashMap<String, Entry>,
    current_node: Option<String>,
    conversation_id: Option<String>,
    id: Option<String>,
    is_archived: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    message: Option<Message>,
    parent: Option<String>,
    #[serde(default)]
    children: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    author: Author,
    create_time: Option<f64>,
    content: Content,
    #[serde(default)]
    metadata: Metadata,
    recipient: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Author {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Content {
    content_type: String,
    #[serde(default)]
    parts: Vec<Value>,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    model_slug: Option<String>,
    is_visually_hidden_from_conversation: Option<bool>,
}

/// `None` where it is JSON of another kind.
pub(super) fn read(text: &str) -> Option<Result<Import, ForeignError>> {
    let is_list = text.trim_start().starts_with('[');
    let read = if is_list {
        serde_json::from_str::<Vec<Chat>>(text)
    } else {
        serde_json::from_str::<Chat>(text).map(|chat| vec![chat])
    };
    let chats = match read {
        Ok(chats) => chats,
        // A word in somebody's text: this is another form.
        Err(error) if !text.contains("\"current_node\"") && error.is_data() => return None,
        Err(error) => {
            let reason = error.to_string();
            return Some(Err(ForeignError::Broken {
                form: words::CHATGPT_EXPORT.into(),
                reason,
            }));
        }
    };
    let mut import = Import::new("ChatGPT");
    for chat in &chats {
        add(chat, &mut import);
    }
    Some(Ok(import))
}

fn add(chat: &Chat, import: &mut Import) {
    let created = chat.create_time.map_or(0, milliseconds);
    let mut conversation = begin(chat.title.as_deref(), created);
    let mut tree = Tree {
        chat,
        import,
        conversation: &mut conversation,
        kept: HashMap::new(),
    };
    tree.grow();
    let head = tree.head();
    if head.is_some() {
        conversation.set_head(head);
    }
    conversation.keeping.archived = chat.is_archived == Some(true);
    let name = chat.conversation_id.as_ref().or(chat.id.as_ref());
    let name = name.cloned().unwrap_or_else(|| {
        let title = chat.title.as_deref().unwrap_or_default();
        digest(&format!("{title}\n{created}"))
    });
    import.add(conversation, format!("chatgpt:{name}"));
}

struct Tree<'a> {
    chat: &'a Chat,
    import: &'a mut Import,
    conversation: &'a mut Conversation,
    /// The message that each node became, or that it follows where it became none.
    kept: HashMap<&'a str, Option<MessageId>>,
}

impl Tree<'_> {
    fn grow(&mut self) {
        let chat = self.chat;
        let is_there = |parent: &Option<String>| {
            parent
                .as_deref()
                .is_some_and(|parent| chat.mapping.contains_key(parent))
        };
        let roots = chat.mapping.iter();
        let mut roots: Vec<&str> = roots
            .filter(|(_, entry)| !is_there(&entry.parent))
            .map(|(id, _)| id.as_str())
            .collect();
        roots.sort_unstable();
        // A stack, since a conversation may be deeper than the program's own.
        roots.reverse();
        let mut waiting: Vec<(&str, Option<MessageId>)> =
            roots.into_iter().map(|id| (id, None)).collect();
        let mut seen = HashSet::new();
        while let Some((id, parent)) = waiting.pop() {
            let Some(entry) = chat.mapping.get(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            let own = entry.message.as_ref().and_then(|it| self.say(parent, it));
            let here = own.or(parent);
            self.kept.insert(id, here);
            let children = entry.children.iter().rev();
            waiting.extend(children.map(|child| (child.as_str(), here)));
        }
    }

    fn say(&mut self, parent: Option<MessageId>, message: &Message) -> Option<MessageId> {
        let Some(role) = role(&message.author.role) else {
            self.import
                .leave_out(words::messages_of(&message.author.role));
            return None;
        };
        let to = message.recipient.as_deref().unwrap_or("all");
        if role == Role::Assistant && to != "all" {
            self.import.leave_out(words::CALLS_OF_TOOLS);
            return None;
        }
        let kind = message.content.content_type.as_str();
        if !matches!(kind, "text" | "multimodal_text") {
            self.import.leave_out(words::parts_of(kind));
            return None;
        }
        let mut texts = Vec::new();
        for part in &message.content.parts {
            match (part.as_str(), part["text"].as_str()) {
                (Some(text), _) | (None, Some(text)) => texts.push(text),
                (None, None) => {
                    let kind = part["content_type"].as_str().unwrap_or("unknown");
                    self.import.leave_out(words::parts_of(kind));
                }
            }
        }
        let text = texts.join("\n");
        let hidden = message.metadata.is_visually_hidden_from_conversation == Some(true);
        if text.trim().is_empty() || role == Role::System && hidden {
            return None;
        }
        let created = message.create_time.map_or(0, milliseconds);
        let model = message.metadata.model_slug.as_deref();
        say(self.conversation, parent, (role, &text), created, model)
    }

    /// Where the conversation stood.
    fn head(&self) -> Option<MessageId> {
        let current = self.chat.current_node.as_deref()?;
        self.kept.get(current).copied().flatten()
    }
}
