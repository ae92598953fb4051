//! The logits at a place that is cached, without a trace of having looked.
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
        let end = i32::try_from(before.len());
        let (Ok(position), true) = (end, self.settings.can_rewind && held == before.len()) else {
            return Ok(false);
        };
        // The one beyond those of the table, which holds something only here.
        let passing = row_id(self.table.rows());
        let mut shared = Ok(());
        if held > 0 {
            let end = u32::try_from(held).ok();
            shared = self.inner.kv_cache_seq_cp(row_id(row), passing, None, end);
        }
        let whole = self.inner.kv_cache_seq_pos_max(passing) + 1 == position
            && (held == 0 || self.inner.kv_cache_seq_pos_min(passing) == 0);
        let computed = if shared.is_ok() && whole {
            self.compute_in(passing, last, position).map(|()| true)
        } else {
            Ok(false)
        };
        // A whole sequence can always be removed.
        let _always = self
            .inner
            .clear_kv_cache_seq(u32::try_from(passing).ok(), None, None);
        computed
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
