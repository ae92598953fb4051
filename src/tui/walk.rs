//! The tokens of a message, one after the other: those that wrote it, and those that what was
//! typed is read as.

use std::ops::Range;

use crate::chat::{Answer, MessageId, Node, Reading, Session};
use crate::inference::{Reconsidered, TokenId, TokenKind, TokenTrace};
use crate::probability::SpanToken;

/// Which token of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One that wrote it: an index into the answer's traces.
    Written(usize),
    /// One that it is read as: an index into its reading. Before that is there, it stands for
    /// what is yet to be cut.
    Read(usize),
}

/// A token, whether it was written or read.
#[derive(Debug, Clone, PartialEq)]
pub struct Token<'a> {
    pub place: Place,
    /// The bytes of the content that it writes.
    pub span: Range<usize>,
    pub id: TokenId,
    pub kind: TokenKind,
    /// What was known of it; `None` of one that was read and not scored.
    pub trace: Option<&'a TokenTrace>,
}

/// The tokens of one message, in the order of its text.
#[derive(Debug)]
pub struct Tokens<'a> {
    session: &'a Session,
    node: &'a Node,
    answer: Option<&'a Answer>,
    reading: Option<&'a Reading>,
    spans: Vec<Range<usize>>,
    order: Vec<Place>,
}

impl<'a> Tokens<'a> {
    /// `None` for a message that is not there.
    #[must_use]
    pub fn of(session: &'a Session, message: MessageId) -> Option<Self> {
        let node = session.conversation().node(message)?;
        let answer = node.answer.as_deref();
        let reading = session.reading(message);
        let spans = answer.map_or_else(Vec::new, |answer| answer.spans(node.content.len()));
        let read = reading.map_or(&[][..], |reading| &reading.tokens);
        let mut order = Vec::with_capacity(spans.len() + read.len());
        let mut next = 0;
        for (index, span) in spans.iter().enumerate() {
            while next < read.len() && read[next].span.start < span.end.max(span.start + 1) {
                order.push(Place::Read(next));
                next += 1;
            }
            order.push(Place::Written(index));
        }
        order.extend((next..read.len()).map(Place::Read));
        Some(Self {
            session,
            node,
            answer,
            reading,
            spans,
            order,
        })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The token that stands at this number in the message, counted from 0.
    #[must_use]
    pub fn nth(&self, number: usize) -> Option<Token<'a>> {
        self.at(*self.order.get(number)?)
    }

    #[must_use]
    pub fn at(&self, place: Place) -> Option<Token<'a>> {
        match place {
            Place::Written(index) => {
                let trace = self.answer?.traces.get(index)?;
                Some(Token {
                    place,
                    span: self.spans.get(index)?.clone(),
                    id: trace.id,
                    kind: trace.kind,
                    trace: Some(trace),
                })
            }
            Place::Read(index) => {
                let token = self.reading?.tokens.get(index)?;
                Some(Token {
                    place,
                    span: token.span.clone(),
                    id: token.id,
                    kind: token.kind,
                    trace: token.odds.as_deref(),
                })
            }
        }
    }

    /// The number of a token in the message, counted from 0.
    #[must_use]
    pub fn number(&self, place: Place) -> Option<usize> {
        let span = match place {
            Place::Written(index) => self.spans.get(index)?,
            Place::Read(index) => &self.reading?.tokens.get(index)?.span,
        };
        // Those before it begin where it begins, or earlier.
        let from = self
            .order
            .partition_point(|&other| self.start(other) < span.start);
        let same = self.order[from..].iter().position(|&other| other == place);
        same.map(|at| from + at)
            .or_else(|| self.order.iter().position(|&other| other == place))
    }

    fn start(&self, place: Place) -> usize {
        match place {
            Place::Written(index) => self.spans[index].start,
            Place::Read(index) => self
                .reading
                .map_or(0, |reading| reading.tokens[index].span.start),
        }
    }

    /// The token that writes a byte of the content.
    #[must_use]
    pub fn covering(&self, raw: usize) -> Option<Place> {
        let mut tokens = self.iter();
        tokens
            .find(|token| token.span.contains(&raw))
            .map(|token| token.place)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Token<'a>> + '_ {
        self.order.iter().filter_map(|&place| self.at(place))
    }

    /// The bytes of a token or candidate, as far as they are known where `place` is.
    #[must_use]
    pub fn piece(&self, place: Place, id: TokenId) -> Option<&'a [u8]> {
        match place {
            Place::Written(_) => {
                let vocabulary = &self.answer?.vocabulary;
                let known = self.session.conversation().piece(vocabulary, id);
                known.or_else(|| self.now(place)?.piece(id))
            }
            Place::Read(_) => self.reading?.piece(id),
        }
    }

    /// What a token of an answer has with the settings of now, where that was asked and is known.
    #[must_use]
    pub fn now(&self, place: Place) -> Option<&'a Reconsidered> {
        match place {
            Place::Written(index) => self.session.reconsidered(self.node.id, index),
            Place::Read(_) => None,
        }
    }

    /// What the ids of the tokens are numbers of, as in [`Answer::vocabulary`].
    #[must_use]
    pub fn vocabulary(&self, place: Place) -> Option<&'a str> {
        match place {
            Place::Written(_) => Some(&self.answer?.vocabulary),
            Place::Read(_) => Some(&self.reading?.vocabulary),
        }
    }

    #[must_use]
    pub fn reading(&self) -> Option<&'a Reading> {
        self.reading
    }

    /// The message's bytes.
    #[must_use]
    pub fn content(&self) -> &'a [u8] {
        &self.node.content
    }

    /// What words and sentences are made of.
    #[must_use]
    pub fn for_spans(&self) -> Vec<SpanToken> {
        self.iter()
            .map(|token| SpanToken {
                bytes: token.span,
                logprob: token.trace.map(|trace| trace.logprob),
            })
            .collect()
    }
}
