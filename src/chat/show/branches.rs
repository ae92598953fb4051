//! The branches as a tree of lines.

use std::fmt::Write as _;

use crate::chat::branches::{self, Stem};
use crate::chat::session::Session;
use crate::chat::{Conversation, MessageId, Node};
use crate::text;
use crate::words::{chat::show, nouns};

/// How many characters of a branch's last message are shown.
const EXCERPT: usize = 50;

/// The branches, numbered as `/branches NUMBER` takes them.
#[must_use]
pub fn branches(session: &Session) -> String {
    let conversation = session.conversation();
    if conversation.is_empty() {
        return show::ONE_EMPTY_BRANCH.into();
    }
    let stems = branches::stems(conversation);
    let numbers: Vec<MessageId> = conversation.leaves().map(|leaf| leaf.id).collect();
    let digits = numbers.len().to_string().len();
    let mut text = String::new();
    for (index, stem) in stems.iter().enumerate() {
        let number = numbers.binary_search(&stem.last).ok();
        let number = number.map_or_else(String::new, |at| (at + 1).to_string());
        let mark = if stem.shown && stem.is_leaf { '*' } else { ' ' };
        let rails = branches::rails(&stems, index);
        let _ = writeln!(
            text,
            "{mark} {number:>digits$}  {rails}{}",
            excerpt(conversation, stem)
        );
    }
    text.push_str(&show::BRANCHES_LEGEND);
    text
}

/// The words with which a stem parts from its neighbour, how sure the model was of them, and
/// what was said last before the next fork.
fn excerpt(conversation: &Conversation, stem: &Stem) -> String {
    let Some(node) = conversation.node(stem.first) else {
        return String::new();
    };
    let told = branches::told_from(conversation, stem.first);
    let from = told
        .and_then(|other| conversation.node(other))
        .map_or(0, |other| branches::parting(node, other));
    let cut = if from > 0 { "…" } else { "" };
    let mut text = format!("{cut}{}", words(node, from));
    if let Some(certainty) = branches::certainty(node, from) {
        if let Some(first) = certainty.first.filter(|_| told.is_some()) {
            let _ = write!(text, "  {:.1} %", first.exp() * 100.0);
        }
        if let Some(perplexity) = certainty.perplexity {
            let _ = write!(text, "  {}", show::with_perplexity(perplexity));
        }
    }
    if stem.messages > 1 {
        let others = stem.messages - 1;
        let others = nouns::MESSAGE.count(others as u64, others);
        let others = match conversation.node(stem.last) {
            Some(last) => show::and_others_to(others, words(last, 0)),
            None => show::and_others(others),
        };
        let _ = write!(text, "  {others}");
    }
    text
}

/// The first words of a message from a byte on, on one line.
fn words(node: &Node, from: usize) -> String {
    // A branch may begin in the middle of a character.
    let whole = text::whole_characters(&node.content, from..node.content.len());
    let text = String::from_utf8_lossy(&node.content[whole]);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}
