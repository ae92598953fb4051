//! What a long answer adds up to, remembered from one frame to the next.
//!
//! The token view shows the entropy along the whole message, and the perplexity up to the
//! cursor. Both look at every token; an answer that does not change is added up once, and one
//! that the cursor walks through goes on from where it was.

use std::cell::RefCell;

use super::walk::Tokens;
use crate::chat::{ConversationId, MessageId};
use crate::probability::Perplexity;

/// What was added up, and of what.
#[derive(Debug, Default)]
pub struct Along(RefCell<Option<Sums>>);

#[derive(Debug)]
struct Sums {
    of: Of,
    /// Of so many tokens from the first.
    perplexity: (usize, Perplexity),
    entropies: Vec<Option<f32>>,
}

/// An answer's stored odds never change, so it is the same as long as it has as many.
#[derive(Debug, PartialEq)]
struct Of {
    conversation: ConversationId,
    message: MessageId,
    tokens: usize,
}

impl Along {
    /// The perplexity of the first `count` tokens.
    pub fn perplexity(&self, tokens: &Tokens<'_>, count: usize) -> Perplexity {
        self.with(tokens, |sums| {
            if sums.perplexity.0 > count {
                sums.perplexity = (0, Perplexity::new());
            }
            let (from, perplexity) = &mut sums.perplexity;
            for token in (*from..count).filter_map(|number| tokens.nth(number)) {
                if let Some(logprob) = token.logprob {
                    perplexity.add(logprob, token.entropy);
                }
            }
            *from = count;
            *perplexity
        })
    }

    /// At most this many entropies that stand for those of all tokens, as `resample` makes them.
    pub fn entropies(
        &self,
        tokens: &Tokens<'_>,
        columns: usize,
        resample: impl FnOnce(&Tokens<'_>, usize) -> Vec<Option<f32>>,
    ) -> Vec<Option<f32>> {
        self.with(tokens, |sums| {
            if sums.entropies.len() != tokens.len().min(columns) {
                sums.entropies = resample(tokens, columns);
            }
            sums.entropies.clone()
        })
    }

    fn with<T>(&self, tokens: &Tokens<'_>, act: impl FnOnce(&mut Sums) -> T) -> T {
        let of = Of {
            conversation: tokens.conversation().id.clone(),
            message: tokens.message(),
            tokens: tokens.len(),
        };
        let mut kept = self.0.borrow_mut();
        // The odds of what is read may still come.
        if tokens.reading().is_some() || kept.as_ref().is_none_or(|sums| sums.of != of) {
            *kept = None;
        }
        act(kept.get_or_insert_with(|| Sums {
            of,
            perplexity: (0, Perplexity::new()),
            entropies: Vec::new(),
        }))
    }
}
