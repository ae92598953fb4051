//! The tokens of a message, one after the other: those that wrote it, and those that what was
//! typed is read as.

use std::ops::Range;

use crate::chat::{Answer, Conversation, MessageId, Node, Reading, Session};
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
pub struct Token {
    pub place: Place,
    /// The bytes of the content that it writes.
    pub span: Range<usize>,
    pub id: TokenId,
    pub kind: TokenKind,
    /// Nats; `None` of one that was read and not scored.
    pub logprob: Option<f32>,
    /// Of the distribution that it came from, nats, where that is known.
    pub entropy: Option<f32>,
}

/// The tokens of one message, in the order of its text.
#[derive(Debug)]
pub struct Tokens<'a> {
    session: &'a Session,
    node: &'a Node,
    answer: Option<&'a Answer>,
    reading: Option<&'a Reading>,
    /// Each token that was read, with how many come before it. Where the message was written
    /// these are the few between the others.
    read: Vec<usize>,
}

impl<'a> Tokens<'a> {
    /// `None` for a message that is not there.
    #[must_use]
    pub fn of(session: &'a Session, message: MessageId) -> Option<Self> {
        let node = session.conversation().node(message)?;
        let answer = node.answer.as_deref();
        let reading = session.reading(message);
        let read = reading.map_or(&[][..], |reading| &reading.tokens);
        let read = read.iter().enumerate().map(|(index, token)| {
            // One that begins where a written one does, or within it, comes first.
            let written = answer.map_or(0, |answer| {
                answer.token_from(token.span.start, node.content.len())
            });
            index + written
        });
        Some(Self {
            session,
            node,
            answer,
            reading,
            read: read.collect(),
        })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.answer.map_or(0, |answer| answer.traces.len()) + self.read.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The token that stands at this number in the message, counted from 0.
    #[must_use]
    pub fn nth(&self, number: usize) -> Option<Token> {
        let before = self.read.partition_point(|&read| read < number);
        let place = if self.read.get(before) == Some(&number) {
            Place::Read(before)
        } else {
            Place::Written(number - before)
        };
        self.at(place)
    }

    #[must_use]
    pub fn at(&self, place: Place) -> Option<Token> {
        match place {
            Place::Written(index) => {
                let answer = self.answer?;
                let token = answer.traces.outline(index)?;
                Some(Token {
                    place,
                    span: answer.span(index, self.node.content.len())?,
                    id: token.id,
                    kind: token.kind,
                    logprob: Some(token.logprob),
                    entropy: token.entropy,
                })
            }
            Place::Read(index) => {
                let token = self.reading?.tokens.get(index)?;
                Some(Token {
                    place,
                    span: token.span.clone(),
                    id: token.id,
                    kind: token.kind,
                    logprob: token.odds.as_ref().map(|odds| odds.logprob),
                    entropy: token.odds.as_ref().and_then(|odds| odds.entropy),
                })
            }
        }
    }

    /// What was known of a token; `None` of one that was read and not scored.
    #[must_use]
    pub fn trace(&self, place: Place) -> Option<&'a TokenTrace> {
        match place {
            Place::Written(index) => self.answer?.traces.get(index),
            Place::Read(index) => self.reading?.tokens.get(index)?.odds.as_deref(),
        }
    }

    /// The number of a token in the message, counted from 0.
    #[must_use]
    pub fn number(&self, place: Place) -> Option<usize> {
        match place {
            Place::Written(index) => {
                // Those of the read ones that come before it have at most so many before them.
                let before = |at: usize| self.read[at] - at <= index;
                let (mut read, mut end) = (0, self.read.len());
                while read < end {
                    let middle = read.midpoint(end);
                    if before(middle) {
                        read = middle + 1;
                    } else {
                        end = middle;
                    }
                }
                (index < self.answer?.traces.len()).then_some(index + read)
            }
            Place::Read(index) => self.read.get(index).copied(),
        }
    }

    /// The token that writes a byte of the content.
    #[must_use]
    pub fn covering(&self, raw: usize) -> Option<Place> {
        let bytes = raw..raw + 1;
        self.around(&bytes).next().map(|token| token.place)
    }

    /// The tokens that write some of these bytes.
    pub fn around(&self, bytes: &Range<usize>) -> impl Iterator<Item = Token> + '_ {
        let bytes = bytes.clone();
        let written = self.answer.map_or(0, |answer| {
            answer.token_behind(bytes.start, self.node.content.len())
        });
        let read = self.reading.map_or(0, |reading| {
            let tokens = &reading.tokens;
            tokens.partition_point(|token| token.span.end <= bytes.start)
        });
        let end = bytes.end;
        (written + read..self.len())
            .filter_map(|number| self.nth(number))
            .take_while(move |token| token.span.start < end)
            .filter(move |token| token.span.end > bytes.start)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Token> + '_ {
        (0..self.len()).filter_map(|number| self.nth(number))
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
    pub fn conversation(&self) -> &'a Conversation {
        self.session.conversation()
    }

    #[must_use]
    pub fn message(&self) -> MessageId {
        self.node.id
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
                logprob: token.logprob,
            })
            .collect()
    }
}
