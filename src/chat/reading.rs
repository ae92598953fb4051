//! A message as the tokens that a model reads it as: where nothing was generated, it is cut when
//! someone looks.

use std::collections::HashMap;
use std::ops::Range;

use super::{Node, Pieces};
use crate::inference::{
    Candidate, Piece, SamplerLink, SamplerState, ScoredToken, TokenId, TokenKind, TokenTrace,
    TokenizedPiece,
};

/// What is known of the tokens of a text that nobody generated: a message of the user or the
/// system, or what was typed into an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The model that reads, as in [`super::Answer::vocabulary`].
    pub vocabulary: String,
    /// In the order of the text.
    pub tokens: Vec<ReadToken>,
    pub state: ReadingState,
    /// Which bytes of the content were typed.
    typed: Vec<Range<usize>>,
    pieces: Pieces,
}

/// A token that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadToken {
    pub id: TokenId,
    pub kind: TokenKind,
    /// The bytes of the content that it writes, at least one.
    pub span: Range<usize>,
    /// What the model held of it; `None` before it was asked, and where nothing came before it.
    /// No samplers took part: its candidates are all kept, with the model's own probabilities.
    pub odds: Option<Box<TokenTrace>>,
}

/// How much of a reading is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingState {
    /// The boundaries are on their way.
    Cutting,
    /// The boundaries are known.
    Cut,
    /// The odds are on their way; tokens of the prompt that were read so far, and in all.
    Scoring {
        done: u32,
        total: u32,
    },
    Scored,
    /// A sentence that says why nothing more is known.
    Failed(String),
}

impl Reading {
    /// A reading of which nothing is known yet.
    #[must_use]
    pub fn new(vocabulary: String, typed: Vec<Range<usize>>) -> Self {
        Self {
            vocabulary,
            tokens: Vec::new(),
            state: ReadingState::Cutting,
            typed,
            pieces: HashMap::new(),
        }
    }

    /// The bytes of a token, as far as this reading has met it.
    #[must_use]
    pub fn piece(&self, token: TokenId) -> Option<&[u8]> {
        self.pieces.get(&token).map(Vec::as_slice)
    }

    /// The token that writes a byte of the content.
    #[must_use]
    pub fn token_at(&self, raw: usize) -> Option<usize> {
        let index = self.tokens.partition_point(|token| token.span.end <= raw);
        let token = self.tokens.get(index)?;
        (token.span.start <= raw).then_some(index)
    }

    /// Takes the boundaries in one of the typed stretches; `false` where its bytes are not those
    /// of the tokens.
    pub(super) fn cut(&mut self, content: &[u8], stretch: usize, cut: &[TokenizedPiece]) -> bool {
        let Some(typed) = self.typed.get(stretch).cloned() else {
            return false;
        };
        let pieces = cut.iter().map(|one| (one.id, one.kind, &one.bytes[..]));
        let Some(tokens) = place(pieces, &content[typed.clone()]) else {
            return false;
        };
        for (index, span) in tokens {
            let TokenizedPiece { id, bytes, kind } = &cut[index];
            self.pieces.insert(*id, bytes.clone());
            self.tokens.push(ReadToken {
                id: *id,
                kind: *kind,
                span: typed.start + span.start..typed.start + span.end,
                odds: None,
            });
        }
        self.tokens.sort_by_key(|token| token.span.start);
        true
    }

    /// Takes the odds of the whole message's tokens, as they were read after what comes before
    /// it; `false` where they do not write the content.
    pub(super) fn score(&mut self, content: &[u8], read: Vec<ScoredToken>) -> bool {
        let pieces = read.iter().map(|one| (one.id, one.kind, &one.bytes[..]));
        let Some(placed) = place(pieces, content) else {
            return false;
        };
        let mut read: Vec<Option<ScoredToken>> = read.into_iter().map(Some).collect();
        let mut tokens = Vec::new();
        for (index, span) in placed {
            let within = |typed: &&Range<usize>| typed.start < span.end && span.start < typed.end;
            let Some(typed) = self.typed.iter().find(within) else {
                continue;
            };
            let span = span.start.max(typed.start)..span.end.min(typed.end);
            if let Some(one) = read[index].take() {
                self.pieces.insert(one.id, one.bytes.clone());
                tokens.push(ReadToken {
                    id: one.id,
                    kind: one.kind,
                    odds: odds(&one, span.len()).map(Box::new),
                    span,
                });
            }
        }
        self.tokens = tokens;
        true
    }

    /// Learns the bytes of candidates.
    pub(super) fn add_pieces(&mut self, pieces: Vec<Piece>) {
        let pieces = pieces.into_iter().map(|piece| (piece.id, piece.bytes));
        self.pieces.extend(pieces);
    }

    pub(super) fn typed(&self) -> &[Range<usize>] {
        &self.typed
    }
}

/// The bytes of a message that no trace covers.
pub(super) fn typed(node: &Node) -> Vec<Range<usize>> {
    let stretches = match node.answer.as_deref() {
        None => {
            return Some(0..node.content.len())
                .filter(|all| !all.is_empty())
                .into_iter()
                .collect();
        }
        Some(answer) => answer.stretches(node.content.len(), answer.traces.len()),
    };
    stretches
        .into_iter()
        .filter(|stretch| stretch.tokens.is_empty() && !stretch.bytes.is_empty())
        .map(|stretch| stretch.bytes)
        .collect()
}

/// Which bytes of a content each of these tokens writes, with its index; those that write none
/// are left out. `None` where the tokens do not write the content.
///
/// The first and the last may write something else beside it, and a template may have taken the
/// white space around it away.
fn place<'a>(
    pieces: impl Iterator<Item = (TokenId, TokenKind, &'a [u8])>,
    content: &[u8],
) -> Option<Vec<(usize, Range<usize>)>> {
    let mut written = Vec::with_capacity(content.len() + 16);
    let mut ends = Vec::new();
    for (_, kind, bytes) in pieces {
        // A control token's bytes are its name, and no text.
        if kind == TokenKind::Text {
            written.extend_from_slice(bytes);
        }
        ends.push(written.len());
    }
    let trimmed = content.trim_ascii();
    let core = if trimmed.is_empty() { content } else { trimmed };
    let lead = if trimmed.is_empty() {
        0
    } else {
        content.len() - content.trim_ascii_start().len()
    };
    // The message comes last, where others were read with it.
    let found = written
        .windows(core.len().max(1))
        .rposition(|window| window == core)?;
    let mut start = 0;
    let mut placed = Vec::with_capacity(ends.len());
    for (index, end) in ends.into_iter().enumerate() {
        let of_content = |at: usize| (at + lead).saturating_sub(found).min(content.len());
        let span = of_content(start)..of_content(end);
        if !span.is_empty() {
            placed.push((index, span));
        }
        start = end;
    }
    Some(placed)
}

fn odds(token: &ScoredToken, len: usize) -> Option<TokenTrace> {
    let odds = token.odds.as_deref()?;
    let candidates: Vec<Candidate> = odds
        .best
        .iter()
        .map(|&(id, logprob)| Candidate {
            id,
            logprob,
            final_probability: logprob.exp(),
            link: SamplerLink::Kept,
        })
        .collect();
    let listed: f32 = candidates.iter().map(|one| one.final_probability).sum();
    Some(TokenTrace {
        state: SamplerState::default(),
        id: token.id,
        kind: token.kind,
        text_len: u32::try_from(len).unwrap_or(u32::MAX),
        logprob: odds.logprob,
        rank: Some(odds.rank),
        entropy: Some(odds.entropy),
        outside: (1.0 - listed).max(0.0),
        candidates,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(bytes: &[u8]) -> (TokenId, TokenKind, &[u8]) {
        (TokenId(1), TokenKind::Text, bytes)
    }

    fn placed(pieces: &[&[u8]], content: &[u8]) -> Option<Vec<(usize, Range<usize>)>> {
        place(pieces.iter().map(|bytes| piece(bytes)), content)
    }

    #[test]
    fn tokens_find_their_bytes_of_the_message() {
        assert_eq!(
            placed(&[b"Why", b" now", b"?"], b"Why now?"),
            Some(vec![(0, 0..3), (1, 3..7), (2, 7..8)])
        );
        assert_eq!(placed(&[b"Why"], b"Who"), None);
    }

    #[test]
    fn a_token_that_writes_more_than_the_message_is_cut_to_it() {
        assert_eq!(
            placed(&[b"\nWhy", b" now", b"?\n"], b"Why now?"),
            Some(vec![(0, 0..3), (1, 3..7), (2, 7..8)])
        );
    }

    #[test]
    fn white_space_that_a_template_took_away_has_no_token() {
        assert_eq!(
            placed(&[b"Why", b"?"], b"  Why?\n"),
            Some(vec![(0, 2..5), (1, 5..6)])
        );
        assert_eq!(
            placed(&[b" ", b" Why", b"?"], b"  Why?"),
            Some(vec![(0, 0..1), (1, 1..5), (2, 5..6)])
        );
    }

    #[test]
    fn the_last_of_two_like_messages_is_meant() {
        assert_eq!(
            placed(&[b"Hi", b"\n\n", b"Hi"], b"Hi"),
            Some(vec![(2, 0..2)])
        );
    }

    #[test]
    fn the_name_of_a_control_token_is_no_text() {
        let pieces = [
            (TokenId(1), TokenKind::Control, &b"<s>"[..]),
            piece(b"<s"),
            piece(b">"),
        ];
        assert_eq!(
            place(pieces.into_iter(), b"<s>"),
            Some(vec![(1, 0..2), (2, 2..3)])
        );
    }

    #[test]
    fn the_parts_of_a_character_are_tokens_of_their_own() {
        assert_eq!(
            placed(&[b"\xE6\x97", b"\xA5"], "\u{65e5}".as_bytes()),
            Some(vec![(0, 0..2), (1, 2..3)])
        );
    }
}
