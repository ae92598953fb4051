//! Forms of the same messages, for templates that refuse one.
//!
//! A template may know no system role, or want each content as a list of parts. Nothing is
//! dropped in silence: a form that makes the template leave a message out is tried no further
//! than the next one, and what is missing in the end is told.

use std::collections::HashSet;

use super::{Segment, TemplateError};
use crate::inference::{Message, Role};
use crate::words::{Phrase, Said, common, model as words};

/// A stretch of text that comes from one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub message: usize,
    pub text: String,
}

/// A message as a template sees it. After folding it may hold the text of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub role: Role,
    pub spans: Vec<Span>,
}

/// A message's role and text, ready for a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub role: Role,
    pub content: String,
}

/// A list of messages, ready for a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelled {
    pub messages: Vec<Spoken>,
    /// Contents as `[{"type": "text", "text": …}]`.
    pub typed: bool,
}

/// One form of the messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub turns: Vec<Turn>,
    pub typed: bool,
    /// What was done to the messages, in words.
    changes: Vec<Phrase>,
}

pub(super) fn turns(messages: &[Message]) -> Vec<Turn> {
    let turn = |(message, it): (usize, &Message)| Turn {
        role: it.role,
        spans: vec![Span {
            message,
            text: it.content.clone(),
        }],
    };
    messages.iter().enumerate().map(turn).collect()
}

/// The forms to try, the most faithful first.
pub(super) fn shapes(turns: &[Turn]) -> Vec<Shape> {
    let folded = fold(turns);
    let mut forms = vec![(turns.to_vec(), Vec::new())];
    let joined = join(turns);
    if joined.len() < turns.len() {
        forms.push((joined, vec![words::JOINED]));
    }
    if let Some(folded) = folded {
        let joined = join(&folded);
        let changes = if joined.len() < folded.len() {
            vec![words::FOLDED, words::JOINED]
        } else {
            vec![words::FOLDED]
        };
        forms.push((joined, changes));
    }
    let shape = |typed| {
        move |(turns, changes): &(Vec<Turn>, Vec<Phrase>)| Shape {
            turns: turns.clone(),
            typed,
            changes: changes.clone(),
        }
    };
    let plain = forms.iter().map(shape(false));
    plain.chain(forms.iter().map(shape(true))).collect()
}

/// Puts each system message in front of the user's next one; `None` where there is none.
fn fold(turns: &[Turn]) -> Option<Vec<Turn>> {
    if turns.iter().all(|turn| turn.role != Role::System) {
        return None;
    }
    let mut folded: Vec<Turn> = Vec::new();
    let mut waiting: Vec<Span> = Vec::new();
    for turn in turns {
        match turn.role {
            Role::System => append(&mut waiting, &turn.spans),
            Role::User => {
                append(&mut waiting, &turn.spans);
                folded.push(Turn {
                    role: Role::User,
                    spans: std::mem::take(&mut waiting),
                });
            }
            Role::Assistant => folded.push(turn.clone()),
        }
    }
    if !waiting.is_empty() {
        folded.push(Turn {
            role: Role::User,
            spans: waiting,
        });
    }
    Some(folded)
}

/// Makes one turn of neighbours that one speaker says.
fn join(turns: &[Turn]) -> Vec<Turn> {
    let mut joined: Vec<Turn> = Vec::new();
    for turn in turns {
        match joined.last_mut() {
            Some(last) if last.role == turn.role => append(&mut last.spans, &turn.spans),
            _ => joined.push(turn.clone()),
        }
    }
    joined
}

/// Adds `more` after an empty line.
fn append(spans: &mut Vec<Span>, more: &[Span]) {
    if let Some(last) = spans.last_mut() {
        last.text.push_str("\n\n");
    }
    spans.extend_from_slice(more);
}

impl Shape {
    /// The messages as they are.
    pub fn plain(&self) -> Spelled {
        let spoken = |turn: &Turn| Spoken {
            role: turn.role,
            content: turn.spans.iter().map(|span| span.text.as_str()).collect(),
        };
        Spelled {
            messages: self.turns.iter().map(spoken).collect(),
            typed: self.typed,
        }
    }

    /// Whether a message has `word` in it.
    pub fn says(&self, word: &str) -> bool {
        let mut spans = self.turns.iter().flat_map(|turn| &turn.spans);
        spans.any(|span| span.text.contains(word))
    }

    /// What was done to please the template, and why.
    pub fn notices(&self, refusal: Option<&TemplateError>) -> Vec<Said> {
        let changes = match self.changes[..] {
            [] => return Vec::new(),
            [one] => Said::from(one),
            [first, second, ..] => Said::new(|| words::both_changes(first, second)),
        };
        vec![match refusal {
            Some(error) => Said::new(|| words::messages_changed_since(error, &changes)),
            None => Said::new(|| words::messages_changed(&changes)),
        }]
    }

    /// Whether a template printed the parts of a typed content instead of reading them.
    pub fn misread(&self, printed: &str) -> bool {
        self.typed
            && [r#""type": "text""#, "'type': 'text'"]
                .iter()
                .any(|it| printed.contains(it))
    }
}

/// The messages that say something.
pub(super) fn spoken(turns: &[Turn]) -> impl Iterator<Item = usize> {
    let spans = turns.iter().flat_map(|turn| &turn.spans);
    spans
        .filter(|span| !span.text.trim().is_empty())
        .map(|span| span.message)
}

/// The messages that say something, and of which nothing is left.
pub(super) fn missing(turns: &[Turn], segments: &[Segment]) -> Vec<usize> {
    let kept: HashSet<usize> = segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Content { message, .. } => Some(*message),
            Segment::Template(_) => None,
        })
        .collect();
    spoken(turns)
        .filter(|message| !kept.contains(message))
        .collect()
}

pub(super) fn missing_notice(missing: &[usize]) -> Said {
    let numbers: Vec<String> = missing.iter().map(|it| (it + 1).to_string()).collect();
    match &numbers[..] {
        [number] => Said::new(|| words::leaves_out_message(number)),
        _ => Said::new(|| words::leaves_out_messages(numbers.join(&common::LIST_SEPARATOR))),
    }
}
