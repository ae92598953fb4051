//! A conversation that no longer fits the context.
//!
//! Under [`ContextPolicy::DropOldest`] the oldest exchanges are left out of the prompt, and the
//! user is told; they stay in the conversation. Several go at once, since each time the prompt
//! begins differently the whole of it is computed afresh, and what was left out once stays out
//! for the same reason.

use super::prompt::{self, Span};
use super::{ContextPolicy, Session};
use crate::chat::{MessageId, Severity};
use crate::inference::Role;

/// The share of the context that is to be full after dropping: room for several more turns.
const FILL: f64 = 0.7;

impl Session {
    /// Leaves out the oldest exchanges before the answer `message`, so that about [`FILL`] of
    /// `limit` tokens remain of `tokens`. Whether anything could be left out.
    pub(super) fn make_room(&mut self, message: MessageId, tokens: u32, limit: u32) -> bool {
        if self.options.context_full == ContextPolicy::Stop {
            return false;
        }
        let span = Span {
            to: self.conversation.node(message).and_then(|node| node.parent),
            prefix: None,
            kept_from: self.kept_from,
        };
        let turns = prompt::turns(&self.conversation, span);
        // An exchange begins with a user's message; the last one is what is being answered.
        let starts: Vec<usize> = turns
            .iter()
            .enumerate()
            .filter(|&(index, node)| {
                node.role == Role::User && (index == 0 || turns[index - 1].role != Role::User)
            })
            .map(|(index, _)| index)
            .collect();
        let bytes = |from: usize| {
            turns[from..]
                .iter()
                .map(|node| node.content.len())
                .sum::<usize>()
        };
        let share = FILL * f64::from(limit) / f64::from(tokens.max(1));
        let room = share * bytes(0) as f64;
        let Some(later) = starts.get(1..).filter(|later| !later.is_empty()) else {
            return false;
        };
        let start = later
            .iter()
            .copied()
            .find(|&start| bytes(start) as f64 <= room)
            .unwrap_or(later[later.len() - 1]);
        let kept = turns[start].id;
        self.kept_from = Some(kept);
        self.notify(
            Severity::Warning,
            format!(
                "The context is full: the oldest {start} messages are no longer sent to the \
                 model ({tokens} tokens, {limit} fit). They stay in the conversation.",
            ),
        );
        true
    }

    /// Asks once more for the answer `message`, from where it is.
    pub(super) fn go_on_with(&mut self, message: MessageId) {
        let sampling = self
            .conversation
            .node(message)
            .and_then(|node| node.answer.as_ref())
            .map_or_else(
                || self.options.sampling.clone(),
                |answer| answer.sampling.clone(),
            );
        self.generate(message, sampling);
    }
}
