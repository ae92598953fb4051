//! What conversations begin with alike is kept as well: the template's own words and the system
//! prompt, once for all conversations that have them.
//!
//! ```text
//!  system You are … user │ Why is …        the opening is what stands before the bar
//!  system You are … user │ Who was …       another conversation, another process: it is there
//! ```
//!
//! It is computed in a decode of its own, so that an answer is the same whether its opening was
//! computed or read from disk. A model that cannot go back to its end has its state taken then;
//! with others that waits until there is time.

use sha2::{Digest as _, Sha256};

use super::{Conversations, Fetch, Others, REMEMBERED, Restored};
use crate::engine::backend::{ChannelClosed, EventSink};
use crate::engine::llama::Loaded;
use crate::inference::{ConversationKey, Keep, TokenId};

/// Fewer tokens than this are in no file.
const SHORTEST: usize = 12;

/// What a prompt begins with before its user says anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine::llama) struct Opening {
    /// Of its text: the last token may be cut differently before another message.
    key: ConversationKey,
    tokens: Vec<TokenId>,
}

impl Opening {
    /// `None` where it is too short to matter.
    pub(in crate::engine::llama) fn new<'a>(
        texts: impl Iterator<Item = &'a str>,
        tokens: &[TokenId],
    ) -> Option<Self> {
        let mut hash = Sha256::new();
        texts.for_each(|text| hash.update(text));
        let digest = hash.finalize();
        let hex: String = digest[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let key = ConversationKey::new(format!("opening-{hex}"))?;
        let tokens = tokens.to_vec();
        (tokens.len() >= SHORTEST).then_some(Self { key, tokens })
    }

    /// Tokens.
    pub(in crate::engine::llama) fn len(&self) -> usize {
        self.tokens.len()
    }
}

/// The openings that this engine has met, the latest last.
#[derive(Default)]
pub(super) struct Openings(Vec<(Opening, State)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// It is to be kept. Its state, where that was taken already.
    New(Option<Vec<u8>>),
    /// It is on disk, or will never be.
    Settled,
}

impl Openings {
    /// Whether there is one to be kept when there is time.
    pub(super) fn is_one_new(&self) -> bool {
        self.0.iter().any(|(_, state)| state.is_new())
    }

    /// Whether it may be on disk.
    fn is_settled(&self, opening: &Opening) -> bool {
        let mut others = self.0.iter().filter(|(known, _)| known.key == opening.key);
        others.all(|(_, state)| !state.is_new())
    }

    fn knows(&self, opening: &Opening) -> bool {
        self.0.iter().any(|(known, _)| known.key == opening.key)
    }

    fn add(&mut self, opening: &Opening, state: State) {
        if self.knows(opening) {
            return;
        }
        if self.0.len() >= REMEMBERED {
            self.0.remove(0);
        }
        self.0.push((opening.clone(), state));
    }

    /// One to be kept, and its state if that was taken; it counts as kept from now on.
    fn next(&mut self) -> Option<(Opening, Option<Vec<u8>>)> {
        let (opening, state) = self.0.iter_mut().find(|(_, state)| state.is_new())?;
        match std::mem::replace(state, State::Settled) {
            State::New(taken) => Some((opening.clone(), taken)),
            State::Settled => None,
        }
    }
}

impl State {
    fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }
}

impl Conversations {
    /// Whether openings are worth a look for a request.
    pub(in crate::engine::llama) fn keeps_openings(&self, keep: Keep) -> bool {
        self.folder.is_some() && keep != Keep::Nothing
    }

    fn is_on_disk(&self, opening: &Opening) -> bool {
        let found = self.folder.as_ref().map(|folder| folder.find(&opening.key));
        matches!(found, Some(Ok(Some(kept))) if kept.tokens() == opening.tokens)
    }
}

impl Loaded {
    /// Reads a prompt's opening from disk, where that spares computing it. It is short: others
    /// wait for that.
    pub(in crate::engine::llama) fn recall_opening(
        &mut self,
        opening: &Opening,
        prompt: &[TokenId],
        others: Others,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let worth = self.context.usable(prompt) + SHORTEST;
        if opening.len() >= worth && self.conversations.openings.is_settled(opening) {
            // Its end may be cut differently.
            let others = Others {
                are_there: false,
                ..others
            };
            let (key, tokens) = (&opening.key, &opening.tokens);
            let restored =
                self.restore(key, tokens, worth, others, &mut Fetch::default(), events)?;
            if let Restored::Of(_) = restored {
                self.conversations.openings.add(opening, State::Settled);
            }
        }
        Ok(())
    }

    /// A request has computed an opening.
    pub(in crate::engine::llama) fn has_opened(&mut self, opening: &Opening) {
        if self.conversations.openings.knows(opening) {
            return;
        }
        let taken = if self.info.can_rewind {
            None
        } else {
            self.state_of_all(&opening.tokens)
        };
        self.conversations.openings.add(opening, State::New(taken));
    }

    /// Begins to keep an opening; returns whether there was one.
    pub(super) fn keep_opening(&mut self) -> bool {
        let Some((opening, taken)) = self.conversations.openings.next() else {
            return false;
        };
        if !self.conversations.is_on_disk(&opening)
            && let Some(state) = taken.or_else(|| self.state_of_opening(&opening))
        {
            let Opening { key, tokens } = opening;
            self.conversations.write(key, tokens, state);
        }
        true
    }

    fn state_of_opening(&mut self, opening: &Opening) -> Option<Vec<u8>> {
        let (row, held) = self.context.longest(&opening.tokens);
        let is_whole = held == opening.len();
        is_whole.then(|| self.context.state_of_beginning(row, held))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(text: &str, tokens: u32) -> Option<Opening> {
        let tokens: Vec<_> = (0..tokens).map(TokenId).collect();
        Opening::new(text.split_inclusive(' '), &tokens)
    }

    #[test]
    fn an_opening_is_named_by_its_text() {
        let one = opening("You are kind.", 20).unwrap();
        let other = opening("You are rude.", 20).unwrap();
        assert_ne!(one.key, other.key);
        assert_eq!(one.key, opening("You are kind.", 21).unwrap().key);
        assert_eq!(opening("You", 3), None);
    }

    #[test]
    fn each_is_kept_once_and_the_oldest_are_forgotten() {
        let mut openings = Openings::default();
        let all: Vec<_> = (0..=REMEMBERED)
            .map(|number| opening(&number.to_string(), 20).unwrap())
            .collect();
        let taken = Some(vec![1]);
        openings.add(&all[0], State::New(taken.clone()));
        openings.add(&all[0], State::Settled);
        assert!(!openings.is_settled(&all[0]) && openings.is_settled(&all[1]));
        assert_eq!(openings.next(), Some((all[0].clone(), taken)));
        assert!(openings.is_settled(&all[0]) && !openings.is_one_new());
        for one in &all {
            openings.add(one, State::Settled);
        }
        assert!(!openings.knows(&all[0]) && openings.knows(&all[1]));
        assert_eq!(openings.next(), None);
    }
}
