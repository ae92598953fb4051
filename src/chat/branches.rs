//! The branches of a conversation: where they part, and what they have in common.
//!
//! A **stem** is what lies between two forks: messages that follow each other without another
//! one beside them. The tree of stems is small however long the conversation is.

use std::collections::HashSet;
use std::ops::Range;

use super::{Conversation, MessageId, Node};
use crate::inference::TokenKind;
use crate::probability::Perplexity;

/// Messages that follow each other up to the next fork, or to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stem {
    pub first: MessageId,
    /// The message at which the next branches part, or a leaf.
    pub last: MessageId,
    /// How many messages it has.
    pub messages: usize,
    /// How many forks lie before it.
    pub depth: usize,
    /// The stem it grows from, by its place in the list.
    pub parent: Option<usize>,
    /// Another one grows from the same stem after it.
    pub followed: bool,
    pub is_leaf: bool,
    /// It is on the path that is shown.
    pub shown: bool,
}

/// All stems, each before those that grow from it.
#[must_use]
pub fn stems(conversation: &Conversation) -> Vec<Stem> {
    let path: HashSet<MessageId> = conversation.path().into_iter().collect();
    let mut stems: Vec<Stem> = Vec::new();
    // (first message, parent stem, depth, whether a sibling follows), the next one last.
    let mut open: Vec<(MessageId, Option<usize>, usize, bool)> = Vec::new();
    let fork = |children: &[MessageId], parent, depth, open: &mut Vec<_>| {
        let last = children.len().saturating_sub(1);
        let entries = children.iter().enumerate().rev();
        open.extend(entries.map(|(index, &child)| (child, parent, depth, index < last)));
    };
    fork(&conversation.roots, None, 0, &mut open);
    while let Some((first, parent, depth, followed)) = open.pop() {
        let mut messages = 1;
        let mut last = first;
        let mut children: &[MessageId] = &[];
        while let Some(node) = conversation.node(last) {
            children = &node.children;
            let &[only] = children else { break };
            last = only;
            messages += 1;
        }
        let index = stems.len();
        stems.push(Stem {
            first,
            last,
            messages,
            depth,
            parent,
            followed,
            is_leaf: children.is_empty(),
            shown: path.contains(&first),
        });
        fork(children, Some(index), depth + 1, &mut open);
    }
    stems
}

/// The lines that lead to a stem: `│ ├ `. Empty for a conversation's beginning that has none
/// beside it.
#[must_use]
pub fn rails(stems: &[Stem], index: usize) -> String {
    let alone =
        |stem: &Stem| stem.parent.is_none() && stem.first == stems[0].first && !stem.followed;
    let mut parts: Vec<&str> = Vec::new();
    let mut at = Some(index);
    while let Some(stem) = at.and_then(|at| stems.get(at)) {
        if !alone(stem) {
            parts.push(match (parts.is_empty(), stem.followed) {
                (true, true) => "├ ",
                (true, false) => "└ ",
                (false, true) => "│ ",
                (false, false) => "  ",
            });
        }
        at = stem.parent;
    }
    parts.into_iter().rev().collect()
}

/// The byte from which on two messages differ: where the first token that is not in both
/// begins, else their first different character.
#[must_use]
pub fn parting(one: &Node, other: &Node) -> usize {
    let same = common_bytes(&one.content, &other.content);
    let (Some(left), Some(right)) = (one.answer.as_deref(), other.answer.as_deref()) else {
        return whole_characters(&one.content, same);
    };
    if left.vocabulary != right.vocabulary {
        return whole_characters(&one.content, same);
    }
    let spans = left.spans(one.content.len());
    let others = right.spans(other.content.len());
    let tokens = |index: usize| {
        let here = spans.get(index).zip(left.traces.outline(index));
        let there = others.get(index).zip(right.traces.outline(index));
        (here, there)
    };
    let first = (0..spans.len().max(others.len())).find_map(|index| match tokens(index) {
        (Some((span, trace)), Some((other_span, other_trace)))
            if span == other_span && trace.id == other_trace.id && span.end <= same =>
        {
            None
        }
        (here, there) => {
            let starts = here.into_iter().chain(there).map(|(span, _)| span.start);
            starts.min()
        }
    });
    match first {
        // Where tokens part the bytes may part inside a character.
        Some(start) if start <= same => start,
        _ => whole_characters(&one.content, same),
    }
}

fn common_bytes(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

/// Steps back to the start of the character that `at` lies in.
fn whole_characters(content: &[u8], at: usize) -> usize {
    let inner = |&at: &usize| content.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    (0..=at).rev().find(|at| !inner(at)).unwrap_or(0)
}

/// The sibling that a message is told from: of those before it the one it has most in common
/// with; the first is told from the second.
#[must_use]
pub fn told_from(conversation: &Conversation, message: MessageId) -> Option<MessageId> {
    let (all, index) = conversation.siblings(message)?;
    let content = |id: MessageId| conversation.node(id).map_or(&[][..], |node| &node.content);
    let own = content(message);
    match index {
        0 => all.get(1).copied(),
        _ => all[..index]
            .iter()
            .copied()
            // The earliest of those that share as much.
            .rev()
            .max_by_key(|&id| common_bytes(own, content(id))),
    }
}

/// How sure a model was of a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Certainty {
    /// Of the first token, nats; `None` where no token begins the stretch.
    pub first: Option<f32>,
    /// Tokens of text in the stretch.
    pub tokens: u64,
    /// Mean log-probability of a token, nats.
    pub mean: Option<f64>,
    pub perplexity: Option<f64>,
}

/// How sure the model was of an answer from a byte on; `None` where no model wrote it.
#[must_use]
pub fn certainty(node: &Node, from: usize) -> Option<Certainty> {
    let answer = node.answer.as_deref()?;
    let mut perplexity = Perplexity::new();
    let len = node.content.len();
    let start = answer.token_from(from, len);
    let mut stretch = answer
        .traces
        .outlines(start..answer.traces.len())
        .peekable();
    let begins = answer.span(start, len).filter(|span| span.start <= from);
    let first = begins.and(stretch.peek()).map(|token| token.logprob);
    for token in stretch {
        if token.kind == TokenKind::Text {
            perplexity.add(token.logprob, token.entropy);
        }
    }
    Some(Certainty {
        first,
        tokens: perplexity.tokens(),
        mean: perplexity.mean_nll().map(|nll| -nll),
        perplexity: perplexity.measured(),
    })
}

/// The bytes of the token that a byte lies in; none where the byte was typed.
#[must_use]
pub fn token_over(node: &Node, byte: usize) -> Option<(usize, Range<usize>)> {
    let answer = node.answer.as_deref()?;
    let index = answer.token_behind(byte, node.content.len());
    let span = answer.span(index, node.content.len())?;
    span.contains(&byte).then_some((index, span))
}

/// Two branches: what both begin with, and how each goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Messages that are the same on both paths.
    pub common: Vec<MessageId>,
    /// The messages after them, up to the newest leaf.
    pub left: Vec<MessageId>,
    pub right: Vec<MessageId>,
    /// Bytes that the first of `left` and the first of `right` both begin with.
    pub same: usize,
}

/// Compares the branches that two messages are on; `None` where they are on the same one.
#[must_use]
pub fn compare(
    conversation: &Conversation,
    one: MessageId,
    other: MessageId,
) -> Option<Comparison> {
    let left = conversation.path_to(conversation.leaf_of(one));
    let right = conversation.path_to(conversation.leaf_of(other));
    let common = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    if common == left.len() || common == right.len() {
        return None;
    }
    let first = |path: &[MessageId]| conversation.node(path[common]);
    let (here, there) = (first(&left)?, first(&right)?);
    let same = if here.role == there.role {
        parting(here, there)
    } else {
        0
    };
    Some(Comparison {
        common: left[..common].to_vec(),
        left: left[common..].to_vec(),
        right: right[common..].to_vec(),
        same,
    })
}

#[cfg(test)]
mod tests;
