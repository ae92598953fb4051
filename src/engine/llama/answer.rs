//! The answer on its way out: tokens wait here until no stop string can begin in them.

use std::collections::VecDeque;
use std::time::Instant;

use super::stop::{StopMatcher, Verdict};
use super::vocabulary::Vocabulary;
use crate::engine::backend::{ChannelClosed, EventSink};
use crate::inference::{EngineEvent, GeneratedToken, Piece, TokenId};

/// Sends tokens, cut where a stop string begins.
pub(super) struct Answer {
    stops: StopMatcher,
    held: VecDeque<GeneratedToken>,
    /// Released bytes of the oldest held token, whose end is not released yet.
    surplus: usize,
    /// When the first token was sent.
    pub(super) first_sent: Option<Instant>,
    known: KnownPieces,
}

/// The ids whose bytes a request has sent: one bit each.
pub(super) struct KnownPieces(Vec<u64>);

impl KnownPieces {
    /// None of a vocabulary of so many tokens.
    pub(super) fn new(vocabulary: u32) -> Self {
        Self(vec![0; (vocabulary as usize).div_ceil(64)])
    }

    /// The bytes of those ids that were not told before.
    pub(super) fn tell(
        &mut self,
        ids: impl Iterator<Item = TokenId>,
        vocabulary: &Vocabulary,
    ) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for id in ids {
            let (word, bit) = (id.0 as usize / 64, 1 << (id.0 % 64));
            let Some(word) = self.0.get_mut(word) else {
                continue;
            };
            if *word & bit == 0 {
                *word |= bit;
                pieces.push(Piece {
                    id,
                    bytes: vocabulary.piece(id, true),
                });
            }
        }
        pieces
    }
}

impl Answer {
    /// An answer that ends at any of `stops`.
    pub(super) fn new(stops: &[String], vocabulary: u32) -> Self {
        Self {
            stops: StopMatcher::new(stops),
            held: VecDeque::new(),
            surplus: 0,
            first_sent: None,
            known: KnownPieces::new(vocabulary),
        }
    }

    /// The bytes of those ids that were not told before.
    pub(super) fn new_pieces(
        &mut self,
        ids: impl Iterator<Item = TokenId>,
        vocabulary: &Vocabulary,
    ) -> Vec<Piece> {
        self.known.tell(ids, vocabulary)
    }

    /// Takes a token; returns the number of the stop string that it completes, if any.
    pub(super) fn push(
        &mut self,
        token: GeneratedToken,
        events: &mut dyn EventSink,
    ) -> Result<Option<usize>, ChannelClosed> {
        let verdict = self.stops.push(&token.text);
        self.held.push_back(token);
        match verdict {
            Verdict::Released(bytes) => {
                self.surplus += bytes;
                self.send_whole(events)?;
                Ok(None)
            }
            Verdict::Stopped { released, stop } => {
                self.surplus += released;
                self.send_whole(events)?;
                self.send_part(events)?;
                self.held.clear();
                Ok(Some(stop))
            }
        }
    }

    /// Sends what waits: the answer is over, and no stop string came.
    pub(super) fn flush(&mut self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        self.surplus = self.held.iter().map(|token| token.text.len()).sum();
        self.send_whole(events)
    }

    /// Sends a token past all that wait.
    pub(super) fn send(
        &mut self,
        token: GeneratedToken,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        events.send(EngineEvent::Token(Box::new(token)))?;
        self.first_sent.get_or_insert_with(Instant::now);
        Ok(())
    }

    fn send_whole(&mut self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        while let Some(token) = self
            .held
            .pop_front_if(|token| token.text.len() <= self.surplus)
        {
            self.surplus -= token.text.len();
            self.send(token, events)?;
        }
        Ok(())
    }

    /// Sends the beginning of the token in which the stop string begins.
    fn send_part(&mut self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        let Some(mut token) = self.held.pop_front().filter(|_| self.surplus > 0) else {
            return Ok(());
        };
        token.text.truncate(self.surplus);
        token.trace.text_len = u32::try_from(token.text.len()).unwrap_or(u32::MAX);
        self.surplus = 0;
        self.send(token, events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{RequestId, SamplerState, TokenKind, TokenTrace};

    #[derive(Default)]
    struct Sent(Vec<(u32, String, u32)>);

    impl EventSink for Sent {
        fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed> {
            let EngineEvent::Token(token) = event else {
                panic!("only tokens are sent: {event:?}");
            };
            let text = String::from_utf8(token.text).unwrap();
            self.0.push((token.trace.id.0, text, token.trace.text_len));
            Ok(())
        }
    }

    fn token(id: u32, text: &str) -> GeneratedToken {
        GeneratedToken {
            request: RequestId(1),
            text: text.as_bytes().to_vec(),
            trace: TokenTrace {
                state: SamplerState::default(),
                id: TokenId(id),
                kind: TokenKind::Text,
                text_len: text.len() as u32,
                logprob: -0.5,
                rank: Some(1),
                entropy: None,
                outside: 0.0,
                candidates: Vec::new(),
            },
            pieces: Vec::new(),
        }
    }

    /// Sends the tokens and tells what came out, and which stop string ended it.
    fn answer(stops: &[&str], tokens: &[&str]) -> (Vec<(u32, String, u32)>, Option<usize>) {
        let stops: Vec<String> = stops.iter().map(|&stop| stop.to_owned()).collect();
        let (mut answer, mut sent) = (Answer::new(&stops, 100), Sent::default());
        for (id, text) in (0..).zip(tokens) {
            let stop = answer.push(token(id, text), &mut sent).unwrap();
            if stop.is_some() {
                return (sent.0, stop);
            }
        }
        answer.flush(&mut sent).unwrap();
        (sent.0, None)
    }

    fn out(id: u32, text: &str) -> (u32, String, u32) {
        (id, text.to_owned(), text.len() as u32)
    }

    #[test]
    fn the_token_in_which_a_stop_string_begins_is_shortened_and_the_rest_is_dropped() {
        assert_eq!(
            answer(&["stop"], &["go ", "on st", "", "o", "p it"]),
            (vec![out(0, "go "), out(1, "on ")], Some(0))
        );
    }

    #[test]
    fn a_token_that_is_all_stop_string_is_dropped_whole() {
        assert_eq!(
            answer(&["\n"], &["line", "\n"]),
            (vec![out(0, "line")], Some(0))
        );
    }

    #[test]
    fn held_tokens_come_whole_and_in_order_when_no_stop_string_comes() {
        assert_eq!(
            answer(&["stop"], &["s", "t", "", "ay", " st"]),
            (
                vec![
                    out(0, "s"),
                    out(1, "t"),
                    out(2, ""),
                    out(3, "ay"),
                    out(4, " st")
                ],
                None
            )
        );
    }

    #[test]
    fn a_token_is_held_back_whole_while_its_end_may_begin_a_stop_string() {
        let (mut answer, mut sent) = (Answer::new(&["END".to_owned()], 100), Sent::default());
        answer.push(token(0, "the E"), &mut sent).unwrap();
        assert_eq!(sent.0, []);
        answer.push(token(1, "x"), &mut sent).unwrap();
        assert_eq!(sent.0, [out(0, "the E"), out(1, "x")]);
    }
}
