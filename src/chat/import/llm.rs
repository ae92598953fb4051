//! `llm logs --json`: a list of prompts with their responses, which belong to a conversation by
//! its id.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Import, begin, moment, say};
use crate::inference::Role;
use crate::words::chat::files as words;

/// Whether it is a row of such a log.
pub(super) fn is_one(value: &Value) -> bool {
    ["prompt", "response", "model"]
        .iter()
        .all(|key| value.get(key).is_some())
}

pub(super) fn read(rows: &[Value]) -> Import {
    let mut import = Import::new("llm");
    let mut conversations: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in rows {
        let id = text(row, "conversation_id").or(text(row, "id"));
        match id.filter(|_| is_one(row)) {
            Some(id) => conversations.entry(id).or_default().push(row),
            None => import.leave_out(words::WITHOUT_ID),
        }
    }
    for (id, mut rows) in conversations {
        // Their ids sort by time, and stand in for it.
        rows.sort_by_key(|row| (text(row, "datetime_utc"), text(row, "id")));
        let created = rows.first().map_or(0, |row| when(row));
        let title = rows.iter().find_map(|row| text(row, "conversation_name"));
        let mut conversation = begin(title, created);
        let mut at = None;
        let mut system = None;
        for row in rows {
            count_others(row, &mut import);
            let now = text(row, "system").filter(|text| !text.trim().is_empty());
            if now.is_some() && now != system {
                let said = (Role::System, now.unwrap_or_default());
                at = say(&mut conversation, at, said, when(row), None);
                system = now;
            }
            for (role, key) in [(Role::User, "prompt"), (Role::Assistant, "response")] {
                if let Some(said) = text(row, key).filter(|text| !text.is_empty()) {
                    let model = text(row, "model");
                    at = say(&mut conversation, at, (role, said), when(row), model);
                }
            }
        }
        import.add(conversation, format!("llm:{id}"));
    }
    import
}

fn text<'a>(row: &'a Value, key: &str) -> Option<&'a str> {
    row.get(key)?.as_str()
}

fn when(row: &Value) -> u64 {
    text(row, "datetime_utc").and_then(moment).unwrap_or(0)
}

fn count_others(row: &Value, import: &mut Import) {
    for key in [
        "attachments",
        "prompt_fragments",
        "system_fragments",
        "tool_calls",
        "tool_results",
    ] {
        let count = row[key].as_array().map_or(0, Vec::len);
        for _ in 0..count {
            import.leave_out(key.replace('_', " "));
        }
    }
}
