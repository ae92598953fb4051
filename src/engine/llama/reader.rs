//! Reads a text and keeps every token's odds, a few rows of logits at a time.

use super::context::Context;
use crate::inference::{EngineError, TokenId, TokenOdds};
use crate::probability::{Workspace, rank_of};

/// Tokens that are read at a time. Their logits are held, 6 MB with 49,152 tokens in the
/// vocabulary, and from 64 on attention is another kernel than the one an answer is written with.
const ROWS: usize = 32;

/// A context of its own.
pub(super) struct Reader {
    pub(super) context: Context,
    summaries: Workspace,
}

impl Reader {
    /// Reads in `context`.
    pub(super) fn new(context: Context) -> Self {
        Self {
            context,
            summaries: Workspace::new(),
        }
    }

    /// How many of the `remaining` tokens to read next: as many each time, whatever the speed,
    /// so that a text has the same odds in every run.
    pub(super) fn chunk(&self, remaining: usize) -> usize {
        remaining.min(ROWS).min(self.context.batch_size())
    }

    /// Reads on; with `odds`, [`odds`](Self::odds) can be asked of each of the tokens afterwards.
    pub(super) fn read(&mut self, tokens: &[TokenId], odds: bool) -> Result<(), EngineError> {
        if odds {
            self.context.decode_all(0, tokens)
        } else {
            self.context.decode(0, tokens, false)
        }
        .map_err(EngineError::from)?;
        self.context.synchronize();
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
