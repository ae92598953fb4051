//! Messages as in the OpenAI API: a list of them, or objects that hold one in `messages`.

use serde_json::Value;

use super::{Import, begin, beginning, role, say};
use crate::words::chat::files as words;

/// `None` where there is none among `values`, each a file's whole or one line of it.
pub(super) fn read(values: &[Value]) -> Option<Import> {
    let mut import = Import::new("messages");
    import.nameless = true;
    for value in values {
        match value {
            Value::Array(items) if items.iter().any(|item| item.get("role").is_some()) => {
                add(value, value, &mut import);
            }
            Value::Array(items) => {
                for item in items {
                    match item.get("messages") {
                        Some(messages) => add(item, messages, &mut import),
                        None => import.leave_out(words::WITHOUT_MESSAGES),
                    }
                }
            }
            Value::Object(object) => match object.get("messages") {
                Some(messages) => add(value, messages, &mut import),
                None => import.leave_out(words::WITHOUT_MESSAGES),
            },
            _ => return None,
        }
    }
    (!import.conversations.is_empty()).then_some(import)
}

/// Takes in one conversation; `whole` may have its title and its time.
fn add(whole: &Value, messages: &Value, import: &mut Import) {
    let title = whole.get("title").and_then(Value::as_str);
    let created = whole.get("created").and_then(Value::as_u64).unwrap_or(0);
    let mut conversation = begin(title, created);
    let mut at = None;
    for message in messages.as_array().map_or(&[][..], Vec::as_slice) {
        let name = message["role"].as_str().unwrap_or("nobody");
        let Some(role) = role(name) else {
            import.leave_out(words::messages_of(name));
            continue;
        };
        let text = content(&message["content"], import);
        let calls = message["tool_calls"].as_array().map_or(0, Vec::len);
        for _ in 0..calls {
            import.leave_out(words::CALLS_OF_TOOLS);
        }
        if text.is_empty() {
            continue;
        }
        let model = message["model"].as_str().or(whole["model"].as_str());
        at = say(&mut conversation, at, (role, &text), created, model);
    }
    let source = format!("messages:{}", beginning(&conversation));
    import.add(conversation, source);
}

/// A content is a text, or a list of parts of which some are texts.
pub(super) fn content(content: &Value, import: &mut Import) -> String {
    if let Some(text) = content.as_str() {
        return text.to_owned();
    }
    let mut texts = Vec::new();
    for part in content.as_array().map_or(&[][..], Vec::as_slice) {
        match part.as_str().or(part["text"].as_str()) {
            Some(text) => texts.push(text),
            None => {
                let kind = part["type"].as_str().unwrap_or("unknown");
                import.leave_out(words::parts_of(kind));
            }
        }
    }
    texts.join("\n")
}
