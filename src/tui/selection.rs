//! A marked stretch of the conversation, to be copied or added up.
//!
//! In the token view it goes token by token, from where it was begun to the token cursor; in the
//! pane line by line; with the mouse from character to character, over any number of messages.

use std::ops::Range;

use super::app::App;
use super::walk::{Place, Tokens};
use crate::chat::{MessageId, Session};
use crate::probability::{Span, SpanToken, stretch};

/// An end of a marked stretch: bytes of a message that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    pub message: MessageId,
    pub bytes: Range<usize>,
}

/// What is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// From this token to the one under the token cursor.
    Tokens { message: MessageId, from: Place },
    /// From one end to the other, which moves.
    Text {
        from: End,
        to: End,
        /// Moves go by lines.
        lines: bool,
    },
}

impl App {
    /// The marked bytes of each message, in the order of the shown path; raw.
    #[must_use]
    pub fn marked(&self, session: &Session) -> Vec<(MessageId, Range<usize>)> {
        match &self.selection {
            None => Vec::new(),
            Some(Selection::Tokens { message, .. }) => {
                let bytes = self.marked_tokens(session).and_then(|tokens| {
                    let (first, last) = (tokens.first()?, tokens.last()?);
                    Some(first.bytes.start..last.bytes.end)
                });
                bytes.map(|bytes| (*message, bytes)).into_iter().collect()
            }
            Some(Selection::Text { from, to, .. }) => between(session, from, to),
        }
    }

    /// The marked bytes of one message.
    #[must_use]
    pub fn marked_in(&self, session: &Session, message: MessageId) -> Option<Range<usize>> {
        self.selection.as_ref()?;
        let marked = self.marked(session);
        let found = marked.into_iter().find(|(id, _)| *id == message);
        found.map(|(_, bytes)| bytes)
    }

    /// The marked text as it was written, messages apart by an empty line.
    #[must_use]
    pub fn marked_text(&self, session: &Session) -> String {
        let parts: Vec<String> = self
            .marked(session)
            .into_iter()
            .filter_map(|(message, bytes)| {
                let content = &session.conversation().node(message)?.content;
                let part = content.get(bytes)?;
                Some(String::from_utf8_lossy(part).into_owned())
            })
            .collect();
        parts.join("\n\n")
    }

    /// The tokens of the stretch that was marked token by token.
    #[must_use]
    pub fn marked_tokens(&self, session: &Session) -> Option<Vec<SpanToken>> {
        let (Some(Selection::Tokens { message, from }), Some(cursor)) =
            (&self.selection, self.cursor)
        else {
            return None;
        };
        if cursor.message != *message {
            return None;
        }
        let tokens = Tokens::of(session, *message)?;
        let (one, other) = (tokens.number(*from)?, tokens.number(cursor.place)?);
        let numbers = one.min(other)..=one.max(other);
        let marked = numbers.filter_map(|number| tokens.nth(number));
        let marked = marked.map(|token| SpanToken {
            bytes: token.span,
            logprob: token.logprob,
        });
        Some(marked.collect())
    }

    /// Drops a stretch whose tokens the cursor has left, or whose messages are shown no more.
    pub(super) fn hold_selection(&mut self, session: &Session) {
        let gone = match &self.selection {
            None => false,
            Some(Selection::Tokens { message, .. }) => {
                self.cursor.is_none_or(|cursor| cursor.message != *message)
            }
            Some(Selection::Text { from, to, .. }) => {
                let path = session.conversation().path();
                !path.contains(&from.message) || !path.contains(&to.message)
            }
        };
        if gone {
            self.selection = None;
        }
    }

    /// What the marked tokens add up to; `None` where nothing is marked token by token, or the
    /// odds of one of them are not known.
    #[must_use]
    pub fn marked_sum(&self, session: &Session) -> Option<Span> {
        stretch(&self.marked_tokens(session)?)
    }
}

/// The bytes from one end to the other, both with theirs.
fn between(session: &Session, from: &End, to: &End) -> Vec<(MessageId, Range<usize>)> {
    let path = session.conversation().path();
    let place = |end: &End| path.iter().position(|&id| id == end.message);
    let (Some(one), Some(other)) = (place(from), place(to)) else {
        return Vec::new();
    };
    let is_before = (one, from.bytes.start) <= (other, to.bytes.start);
    let ((first, start), (last, end)) = if is_before {
        ((one, from), (other, to))
    } else {
        ((other, to), (one, from))
    };
    (first..=last)
        .filter_map(|at| {
            let len = session.conversation().node(path[at])?.content.len();
            let begins = if at == first { start.bytes.start } else { 0 };
            let ends = if at == last { end.bytes.end } else { len };
            let ends = if first == last {
                ends.max(start.bytes.end)
            } else {
                ends
            };
            let bytes = begins.min(len)..ends.min(len);
            (!bytes.is_empty()).then_some((path[at], bytes))
        })
        .collect()
}
