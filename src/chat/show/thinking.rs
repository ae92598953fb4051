//! The line that stands for the reasoning of an answer.

use std::time::Duration;

use crate::chat::Node;
use crate::words::{nouns, thinking as words};

/// How much an answer thought and how long it took, or has so far where it thinks `for` so long;
/// `None` where it thought nothing.
#[must_use]
pub fn thinking(node: &Node, lasting: Option<Duration>) -> Option<String> {
    let thought = node.thought()?;
    let Some(thinking) = node.answer.as_deref().map(|answer| &answer.thinking) else {
        return node.reasoning().map(|_| words::THOUGHT.into());
    };
    let count = thinking.tokens() as u64;
    let tokens = nouns::TOKEN.count(count, count);
    if let Some(lasting) = lasting.filter(|_| thought.answer.is_none()) {
        return Some(words::thinking(tokens, lasting.as_secs_f64()));
    }
    node.reasoning()?;
    Some(match thinking.ms() {
        _ if count == 0 => words::THOUGHT.into(),
        Some(ms) => words::thought_in(tokens, Duration::from_millis(ms).as_secs_f64()),
        None => words::thought(tokens),
    })
}
