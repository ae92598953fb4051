//! What aichat keeps: a session is YAML with `messages`; `messages.md` is a log of single
//! questions and their answers.
//!
//! ```text
//! # CHAT: why is the sky blue [2024-12-07T18:18:03+01:00]
//! why is the sky blue
//! --------
//! Rayleigh scattering.
//! --------
//! ```

use saphyr::{LoadableYamlNode as _, Yaml};
use serde_json::{Value, json};

use super::{ForeignError, Import, begin, beginning, digest, messages, moment, role, say};
use crate::inference::Role;
use crate::words::chat::files as words;

const HEAD: &str = "# CHAT:";
const RULE: &str = "--------";

/// Whether a text is aichat's log.
pub(super) fn is_log(text: &str) -> bool {
    text.lines().any(|line| time_of(line).is_some())
}

/// The time in a line that begins an entry of the log.
fn time_of(line: &str) -> Option<u64> {
    let rest = line.strip_prefix(HEAD)?.trim_end().strip_suffix(']')?;
    moment(rest.rsplit_once('[')?.1)
}

pub(super) fn log(text: &str) -> Import {
    let mut import = Import::new("aichat");
    let mut entry: Option<(u64, Vec<&str>)> = None;
    for line in text.lines() {
        if let Some(time) = time_of(line) {
            add_entry(entry.replace((time, Vec::new())), &mut import);
        } else if let Some((_, lines)) = &mut entry {
            lines.push(line);
        }
    }
    add_entry(entry, &mut import);
    import
}

fn add_entry(entry: Option<(u64, Vec<&str>)>, import: &mut Import) {
    let Some((created, lines)) = entry else {
        return;
    };
    let parted = lines.iter().position(|line| *line == RULE);
    let Some(parted) = parted else {
        import.leave_out(words::WITHOUT_ANSWER);
        return;
    };
    let rest = &lines[parted + 1..];
    // An answer may hold such a line too: the last one ends it.
    let end = rest.iter().rposition(|line| *line == RULE);
    let answer = rest[..end.unwrap_or(rest.len())].join("\n");
    let question = lines[..parted].join("\n");
    let mut conversation = begin(None, created);
    let asked = say(
        &mut conversation,
        None,
        (Role::User, question.trim()),
        created,
        None,
    );
    say(
        &mut conversation,
        asked,
        (Role::Assistant, answer.trim_end()),
        created,
        None,
    );
    let source = format!("aichat:{}", digest(&format!("{created}\n{question}")));
    import.add(conversation, source);
}

pub(super) fn session(text: &str) -> Result<Import, ForeignError> {
    // Prose is YAML too, of one scalar.
    if !text.contains("messages:") {
        return Err(ForeignError::Unknown);
    }
    let documents = Yaml::load_from_str(text).map_err(|error| ForeignError::Broken {
        form: words::AICHAT_SESSION.into(),
        reason: error.to_string(),
    })?;
    let Some(document) = documents.first() else {
        return Err(ForeignError::Empty);
    };
    let mut import = Import::new("aichat");
    let model = document.as_mapping_get("model").and_then(Yaml::as_str);
    let mut conversation = begin(None, 0);
    let mut at = None;
    let mut known = false;
    // What no longer fitted the context came first.
    for key in ["compressed_messages", "messages"] {
        let list = document.as_mapping_get(key).and_then(Yaml::as_sequence);
        for message in list.into_iter().flatten() {
            known = true;
            let name = message.as_mapping_get("role").and_then(Yaml::as_str);
            let name = name.unwrap_or("nobody");
            let Some(role) = role(name) else {
                import.leave_out(words::messages_of(name));
                continue;
            };
            let content = message.as_mapping_get("content").map_or(Value::Null, value);
            let text = messages::content(&content, &mut import);
            if !text.is_empty() {
                at = say(&mut conversation, at, (role, &text), 0, model);
            }
        }
    }
    if !known {
        return Err(ForeignError::Unknown);
    }
    import.nameless = true;
    let source = format!("aichat:{}", beginning(&conversation));
    import.add(conversation, source);
    Ok(import)
}

/// The form in which contents are read: a text, or a list of parts with a kind and a text.
fn value(yaml: &Yaml<'_>) -> Value {
    if let Some(text) = yaml.as_str() {
        return json!(text);
    }
    let parts = yaml.as_sequence().into_iter().flatten();
    let field = |part: &Yaml<'_>, key| {
        let value = part.as_mapping_get(key).and_then(Yaml::as_str);
        value.map(str::to_owned)
    };
    parts
        .map(|part| json!({ "type": field(part, "type"), "text": field(part, "text") }))
        .collect()
}
