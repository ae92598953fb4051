//! Reads a text and keeps every token's odds, a few rows of logits at a time.

use std::time::Instant;

use super::context::Context;
use super::pace::Pace;
use crate::inference::{EngineError, TokenId, TokenOdds};
use crate::probability::{Workspace, rank_of};

/// Tokens whose logits are held at a time: 12 MB with 49,152 tokens in the vocabulary.
const ROWS: usize = 64;

/// A context of its own, and how fast it reads.
pub(super) struct Reader {
    pub(super) context: Context,
    pace: Pace,
    summaries: Workspace,
}

impl Reader {
    /// Reads in `context`; `pace` is what the model's speed is known to be.
    pub(super) fn new(context: Context, pace: Pace) -> Self {
        Self {
            context,
            pace,
            summaries: Workspace::new(),
        }
    }

    /// How many of the `remaining` tokens to read next, so that a cancellation takes effect
    /// soon; with `odds` their logits are to be held.
    pub(super) fn chunk(&self, remaining: usize, odds: bool) -> usize {
        let chunk = self.pace.chunk(
            remaining,
            self.context.ubatch_size(),
            self.context.batch_size(),
        );
        if odds { chunk.min(ROWS) } else { chunk }
    }

    /// Reads on; with `odds`, [`odds`](Self::odds) can be asked of each of the tokens afterwards.
    pub(super) fn read(&mut self, tokens: &[TokenId], odds: bool) -> Result<(), EngineError> {
        let started = Instant::now();
        if odds {
            self.context.decode_all(0, tokens)
        } else {
            self.context.decode(0, tokens, false)
        }
        .map_err(EngineError::from)?;
        self.context.synchronize();
        self.pace.learn(tokens.len(), started.elapsed());
        Ok(())
    }

    /// What was held of `id` after a token of the last reading, and the log normaliser of that
    /// distribution.
    pub(super) fn odds(&mut self, place: usize, id: TokenId, best: usize) -> (TokenOdds, f64) {
        let logits = self.context.logits_of(place);
        let summary = self.summaries.summarize(logits, best);
        let logit = logits.get(id.0 as usize).copied();
        let odds = TokenOdds {
            logprob: summary.logprob(logit.unwrap_or(f32::NEG_INFINITY)),
            // Every token of a text is one of the vocabulary.
            rank: rank_of(logits, id.0).unwrap_or(u32::MAX),
            entropy: summary.entropy,
            best: summary
                .best
                .iter()
                .map(|&(index, logprob)| (TokenId(index), logprob))
                .collect(),
        };
        (odds, summary.log_normalizer)
    }
}
