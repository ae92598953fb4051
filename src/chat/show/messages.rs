//! The messages that are shown, by their numbers.

use crate::chat::{Node, Session};
use crate::inference::Role;
use crate::words::{Phrase, chat::show as words};

/// Characters of a message that stand for it.
const CHARS: usize = 60;

/// A line for each message of the shown path: the number that `/edit`, `/delete` and `/regen`
/// take, who said it, and its first words.
#[must_use]
pub fn messages(session: &Session) -> String {
    let conversation = session.conversation();
    let path = conversation.path();
    if path.is_empty() {
        return words::NOTHING_SAID.into();
    }
    let width = path.len().to_string().len() + 1;
    let lines = path.iter().enumerate().filter_map(|(at, &id)| {
        let node = conversation.node(id)?;
        let number = format!("#{}", at + 1);
        let mut line = format!("{number:>width$}  {:<9}  {}", who(node), first_words(node));
        if let Some((all, index)) = conversation.siblings(id).filter(|(all, _)| all.len() > 1) {
            line.push_str("  ");
            line.push_str(&words::sibling(index + 1, all.len()));
        }
        Some(line)
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n")
}

fn who(node: &Node) -> Phrase {
    match node.role {
        Role::System => words::BY_SYSTEM,
        Role::User => words::BY_YOU,
        Role::Assistant => words::BY_MODEL,
    }
}

/// The beginning of a message, on one line. Raw.
#[must_use]
pub fn first_words(node: &Node) -> String {
    // A message may be a whole book.
    let beginning = &node.content[..node.content.len().min(CHARS * 8)];
    let text = String::from_utf8_lossy(beginning);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(CHARS) {
        Some((cut, _)) => format!("{}…", words[..cut].trim_end()),
        None if words.is_empty() => words::NO_WORDS.into(),
        None => words,
    }
}
