//! Guesses from the text itself: what followed the last time these tokens came.
//!
//! ```text
//!  ... to be or not to be that is the question ... he said: to be or not ▸ to be that is
//!         ^^^^^^^^^^^^                                       ^^^^^^^^^^^^
//! ```
//!
//! Prompt lookup decoding (A. Saxena, 2023; llama.cpp's `lookup` example): nothing is trained,
//! and a table of where each run of three tokens ended last is all it costs.
//!
//! A text that is rewritten parts from the old one by a word and goes on as it did: until three
//! tokens agree again, what followed the word that was replaced is guessed.

use std::collections::HashMap;

use crate::inference::TokenId;

/// Tokens that must agree before anything is guessed. Two agree by chance all the time.
const LEAST: usize = 3;

/// Agreement is looked for no further back than this: more says nothing more.
const FARTHEST: usize = 64;

/// Earlier places that are compared, the last ones first.
const PLACES: usize = 8;

/// "None before it", among places.
const NOWHERE: u32 = u32::MAX;

/// All tokens of a prompt and its answer, and where each run of them came before.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    tokens: Vec<TokenId>,
    /// Where a run of [`LEAST`] tokens ended last: the place of the token after it.
    last: HashMap<[TokenId; LEAST], u32>,
    /// For each place, the one before it at which the same run ended.
    before: Vec<u32>,
    /// Where the old text goes on, after another token was chosen than it had.
    parted: Option<usize>,
}

/// What may follow, and how far the text agreed before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess<'a> {
    pub(super) tokens: &'a [TokenId],
    /// The place of the first of them in the text.
    pub(super) from: usize,
    /// Tokens, [`LEAST`] to [`FARTHEST`]; 0 where the text has only just parted from the old one.
    pub(super) agreed: usize,
}

impl Lookup {
    /// Adds a token that was read or written.
    pub(super) fn push(&mut self, token: TokenId) {
        self.parted = self
            .parted
            .filter(|&place| self.tokens.get(place) == Some(&token))
            .map(|place| place + 1);
        self.tokens.push(token);
        let place = self.tokens.len();
        let Some(run) = self.tokens.last_chunk::<LEAST>() else {
            self.before.push(NOWHERE);
            return;
        };
        // A text is far shorter than 2^32 tokens.
        let place = u32::try_from(place).unwrap_or(NOWHERE);
        let earlier = self.last.insert(*run, place);
        self.before.push(earlier.unwrap_or(NOWHERE));
    }

    /// All tokens that were added.
    pub(super) fn text(&self) -> &[TokenId] {
        &self.tokens
    }

    /// The token that was added last stands where the old text has the one at `place`.
    pub(super) fn part(&mut self, place: usize) {
        self.parted = Some(place + 1);
    }

    /// What followed where most of the last tokens came before, of equals the latest; else what
    /// follows the token that was replaced.
    pub(super) fn guess(&self) -> Option<Guess<'_>> {
        self.repeated().or_else(|| {
            let from = self.parted?;
            let tokens = self.tokens.get(from..).filter(|rest| !rest.is_empty())?;
            Some(Guess {
                tokens,
                from,
                agreed: 0,
            })
        })
    }

    fn repeated(&self) -> Option<Guess<'_>> {
        let here = self.tokens.len();
        let mut place = *self.before.last()?;
        let mut best: Option<(usize, usize)> = None;
        for _ in 0..PLACES {
            let end = place as usize;
            if place == NOWHERE || end == 0 {
                break;
            }
            let agreed = self.agreed(end, here);
            if best.is_none_or(|(most, _)| agreed > most) {
                best = Some((agreed, end));
            }
            if agreed == FARTHEST {
                break;
            }
            place = self.before[end - 1];
        }
        let (agreed, end) = best?;
        Some(Guess {
            tokens: &self.tokens[end..],
            from: end,
            agreed,
        })
    }

    /// How many tokens before two places are the same.
    fn agreed(&self, one: usize, other: usize) -> usize {
        let one = self.tokens[..one].iter().rev();
        let other = self.tokens[..other].iter().rev();
        one.zip(other)
            .take(FARTHEST)
            .take_while(|(one, other)| one == other)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(ids: &[u32]) -> Lookup {
        let mut lookup = Lookup::default();
        for &id in ids {
            lookup.push(TokenId(id));
        }
        lookup
    }

    fn ids(guess: Option<Guess<'_>>) -> Vec<u32> {
        guess.map_or_else(Vec::new, |guess| {
            guess.tokens.iter().map(|id| id.0).collect()
        })
    }

    #[test]
    fn what_came_before_is_guessed_to_come_again() {
        assert_eq!(
            ids(lookup(&[1, 2, 3, 4, 5, 9, 1, 2, 3]).guess()),
            [4, 5, 9, 1, 2, 3]
        );
        assert_eq!(lookup(&[1, 2, 3, 4, 1, 2, 3]).guess().unwrap().agreed, 3);
    }

    #[test]
    fn the_longest_agreement_wins_and_of_equals_the_latest() {
        let text = [7, 1, 2, 3, 50, 8, 1, 2, 3, 60, 7, 1, 2, 3];
        let guess = lookup(&text);
        assert_eq!(guess.guess().unwrap().agreed, 4);
        assert_eq!(ids(guess.guess())[0], 50);
        assert_eq!(
            ids(lookup(&[1, 2, 3, 50, 8, 1, 2, 3, 60, 9, 1, 2, 3]).guess())[0],
            60
        );
    }

    #[test]
    fn nothing_is_guessed_from_what_never_came() {
        for text in [
            &[][..],
            &[1],
            &[1, 2, 3],
            &[1, 2, 3, 4, 5],
            &[1, 2, 9, 1, 2],
        ] {
            assert_eq!(lookup(text).guess(), None, "{text:?}");
        }
    }

    #[test]
    fn after_a_word_was_replaced_the_old_text_goes_on() {
        let mut text = lookup(&[1, 2, 3, 4, 5, 6, 7, 9, 1, 2, 3]);
        let guess = text.guess().unwrap();
        assert_eq!((guess.tokens[0], guess.from), (TokenId(4), 3));
        // 40 is chosen instead of 4.
        text.push(TokenId(40));
        text.part(3);
        let guess = text.guess().unwrap();
        assert_eq!((guess.tokens[0], guess.agreed), (TokenId(5), 0));
        text.push(TokenId(5));
        assert_eq!(ids(text.guess())[0], 6);
        text.push(TokenId(8));
        assert_eq!(text.guess(), None, "it is another text now");
    }

    #[test]
    fn a_repetition_agrees_with_itself() {
        let guess = lookup(&[5; 200]);
        assert_eq!(guess.guess().unwrap().agreed, FARTHEST);
        assert_eq!(ids(guess.guess()), [5]);
    }
}
