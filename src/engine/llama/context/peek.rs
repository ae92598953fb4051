//! A sequence that passes: the beginning of another one by itself, without a trace afterwards.
//!
//! So the logits at a place that is cached are found:
//!
//! ```text
//! cells       0   1   2   3   4   5   6   7
//! sequence 0  sys sys hi  how are you
//! sequence 8  sys sys hi                  how    (0 to 2 are shared; gone when 7 is read)
//! ```

use super::{Context, DecodeFailure, row_id};
use crate::engine::llama::log;
use crate::engine::llama::vocabulary::llama_token;
use crate::inference::TokenId;
use crate::words::Said;

impl Context {
    /// Computes the last of some tokens, those before it being cached, so that its logits can
    /// be read: in a sequence that lasts no longer, so that all that is cached stays. Takes a
    /// free cell. Returns false, and computes nothing, where the tokens before it are not all
    /// there, or the model cannot share them.
    ///
    /// # Errors
    /// Nothing was computed; what is cached stays as it was.
    pub(in crate::engine::llama) fn peek(
        &mut self,
        tokens: &[TokenId],
    ) -> Result<bool, DecodeFailure> {
        let Some((&last, before)) = tokens.split_last() else {
            return Ok(false);
        };
        let (row, held) = self.table.longest(before);
        let (Ok(position), true) = (i32::try_from(held), held == before.len()) else {
            return Ok(false);
        };
        let computed = match self.share_beginning(row, held) {
            Some(passing) => self.compute_in(passing, last, position).map(|()| true),
            None => Ok(false),
        };
        self.forget_passing();
        computed
    }

    /// Has the passing sequence share the first `len` tokens of another one; `None` where it
    /// cannot, or cannot be continued after them. It is to be
    /// [forgotten](Self::forget_passing) either way.
    pub(super) fn share_beginning(&mut self, row: usize, len: usize) -> Option<i32> {
        if !self.settings.can_rewind {
            return None;
        }
        let passing = self.passing();
        if len == 0 {
            return Some(passing);
        }
        let end = u32::try_from(len).ok();
        let shared = self.inner.kv_cache_seq_cp(row_id(row), passing, None, end);
        let held = usize::try_from(self.inner.kv_cache_seq_pos_max(passing) + 1);
        (shared.is_ok() && held == Ok(len) && self.sees(passing, len)).then_some(passing)
    }

    /// Empties the passing sequence.
    pub(super) fn forget_passing(&mut self) {
        if self.settings.can_rewind {
            // A whole sequence can always be removed.
            let passing = u32::try_from(self.passing()).ok();
            let _always = self.inner.clear_kv_cache_seq(passing, None, None);
        }
    }

    /// The one beyond those of the table, which holds something only while it is looked at. There
    /// is none where the model cannot share.
    fn passing(&self) -> i32 {
        row_id(self.table.rows())
    }

    /// Computes one token of a sequence that is not in the table.
    fn compute_in(
        &mut self,
        sequence: i32,
        token: TokenId,
        position: i32,
    ) -> Result<(), DecodeFailure> {
        self.batch.clear();
        self.batch
            .add(llama_token(token), position, &[sequence], true)
            .map_err(|error| DecodeFailure::Failed(Said::of(&error)))?;
        log::forget();
        let decoded = self.inner.decode(&mut self.batch);
        decoded.map_err(|error| DecodeFailure::of(&error))
    }
}
