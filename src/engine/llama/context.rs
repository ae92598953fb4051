//! The context: llama.cpp's KV cache and the table of what is in it, always in agreement.

mod params;
mod peek;
mod state;

use std::sync::Arc;

use llama_cpp_2::DecodeError;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;

pub(super) use self::params::{ContextSettings, bytes_per_value, context_params, is_set, kv_type};
use super::log;
use super::runtime::runtime;
use super::sequences::{Plan, Sequences};
use super::vocabulary::llama_token;
use crate::inference::{EngineError, TokenId};
use crate::words::{Said, engine::llama as words};

/// What `llama_decode` returns where the callback told it to end (llama.h).
pub(super) const ABORTED: i32 = 2;

/// Sequences in one context: as many branches or clients keep their tokens.
pub(super) const SEQUENCES: usize = 8;

/// Why a decode did not happen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum DecodeFailure {
    /// No cell is free.
    Full,
    /// It was to stop.
    Stopped,
    Failed(Said),
}

/// A sequence that a prompt was given, and how many of its tokens are computed already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) row: usize,
    pub(super) kept: usize,
}

/// A context of llama.cpp with its table.
pub(super) struct Context {
    /// Declared, and so dropped, before `model`, whose memory it points into.
    inner: LlamaContext<'static>,
    batch: LlamaBatch<'static>,
    table: Sequences,
    /// Tokens it holds: what was asked for, which llama.cpp may have rounded up.
    size: u32,
    settings: ContextSettings,
    model: Arc<LlamaModel>,
}

impl Context {
    /// Makes an empty context for `size` tokens, at least 1.
    ///
    /// # Errors
    /// llama.cpp's reason, such as memory that cannot be had.
    pub(super) fn new(
        model: Arc<LlamaModel>,
        settings: ContextSettings,
        size: u32,
    ) -> Result<Self, Said> {
        let rows = if settings.can_rewind { SEQUENCES } else { 1 };
        let inner = open(&model, &settings, size, rows)?;
        // The batch never exceeds `n_batch`, beyond which llama.cpp ends the process, and each
        // of its tokens belongs to one sequence, which is the room it is given.
        let batch = LlamaBatch::new(inner.n_batch() as usize, 1);
        Ok(Self {
            inner,
            batch,
            table: Sequences::new(rows),
            size,
            settings,
            model,
        })
    }

    /// How it was made.
    pub(super) fn settings(&self) -> &ContextSettings {
        &self.settings
    }

    /// Tokens it holds.
    pub(super) fn size(&self) -> u32 {
        self.size
    }

    /// Tokens in one sequence.
    pub(super) fn len(&self, row: usize) -> usize {
        self.table.len(row)
    }

    /// Tokens in one decode at most.
    pub(super) fn batch_size(&self) -> usize {
        self.inner.n_batch() as usize
    }

    /// Tokens computed at once at most.
    pub(super) fn ubatch_size(&self) -> usize {
        self.inner.n_ubatch() as usize
    }

    /// Finds a prompt's place and keeps what of it is there already. The place is the prompt's
    /// until it is [left](Self::leave); `None` where all are taken.
    pub(super) fn seat(&mut self, prompt: &[TokenId]) -> Option<Seat> {
        let plan = self.table.plan(prompt)?;
        Some(self.take_seat(plan))
    }

    /// As [`seat`](Self::seat), and nothing that is cached goes while there is a sequence free.
    pub(super) fn seat_beside(&mut self, prompt: &[TokenId]) -> Option<Seat> {
        let plan = self.table.plan_beside(prompt)?;
        Some(self.take_seat(plan))
    }

    /// Keeps what a sequence holds until it is [left](Self::leave).
    pub(super) fn keep(&mut self, row: usize) {
        self.table.pin(row);
    }

    /// Nothing more is computed in a sequence for now. What it holds stays while there is room.
    pub(super) fn leave(&mut self, row: usize) {
        self.table.unpin(row);
    }

    /// Whether a prompt would find a place.
    pub(super) fn has_place(&self) -> bool {
        self.table.has_idle()
    }

    fn take_seat(&mut self, plan: Plan) -> Seat {
        if let Some(from) = plan.copy_from {
            self.erase(plan.row);
            let (source, target) = (row_id(from), row_id(plan.row));
            let end = u32::try_from(plan.keep).ok();
            // Whole positions below 2^31: the conversion cannot fail.
            if self.can_end_at(from, plan.keep)
                && self
                    .inner
                    .kv_cache_seq_cp(source, target, None, end)
                    .is_ok()
            {
                self.table.copy(from, plan.row, plan.keep);
            }
        } else {
            self.cut(plan.row, plan.keep);
        }
        self.verify(plan.row);
        Seat {
            row: plan.row,
            kept: self.table.len(plan.row),
        }
    }

    /// Takes another place, and copies a sequence into it: both share their cells. `None` where
    /// all are taken, or the model cannot share them.
    pub(super) fn branch_off(&mut self, row: usize) -> Option<usize> {
        if !self.settings.can_rewind {
            return None;
        }
        // What is copied must not be what makes room.
        self.table.pin(row);
        let target = self.table.row_beside();
        self.table.unpin(row);
        let target = target?;
        self.erase(target);
        let len = self.table.len(row);
        let end = u32::try_from(len).ok();
        let copied = self
            .inner
            .kv_cache_seq_cp(row_id(row), row_id(target), None, end);
        if copied.is_err() {
            self.leave(target);
            return None;
        }
        self.table.copy(row, target, len);
        Some(target)
    }

    /// How many sequences there are.
    pub(super) fn rows(&self) -> usize {
        self.table.rows()
    }

    /// Cells that no sequence uses.
    pub(super) fn free(&self) -> usize {
        (self.size as usize).saturating_sub(self.table.used())
    }

    /// Cells of the sequences that are taken.
    pub(super) fn taken_cells(&self) -> usize {
        self.table.pinned_cells()
    }

    /// Forgets what a sequence holds beyond `len` tokens.
    pub(super) fn rewind(&mut self, row: usize, len: usize) {
        self.cut(row, len);
    }

    /// Makes sure that `count` more tokens fit, at the cost of idle sequences. Returns whether
    /// they do.
    pub(super) fn make_room(&mut self, count: usize) -> bool {
        while self.free() < count {
            let Some(idle) = self.table.least_recently_used() else {
                return false;
            };
            self.erase(idle);
        }
        true
    }

    /// Computes tokens at the end of a sequence; with `logits`, those of the last one can be
    /// read afterwards. At most [`batch_size`](Self::batch_size) tokens.
    ///
    /// # Errors
    /// Nothing was computed, or only a part: the table says what is in the cache either way.
    pub(super) fn decode(
        &mut self,
        row: usize,
        tokens: &[TokenId],
        logits: bool,
    ) -> Result<(), DecodeFailure> {
        let last = tokens.len().saturating_sub(1);
        let tokens = tokens.iter().map(|&token| (row, token));
        self.compute(tokens, |place| logits && place == last)
    }

    /// Computes a batch: tokens, each at the end of its sequence as it then is, and whether its
    /// logits can be read afterwards, by its place in `tokens`.
    ///
    /// # Errors
    /// As those of [`decode`](Self::decode).
    pub(super) fn decode_batch(
        &mut self,
        tokens: &[(usize, TokenId, bool)],
    ) -> Result<(), DecodeFailure> {
        let computed = tokens.iter().map(|&(row, token, _)| (row, token));
        self.compute(computed, |place| tokens[place].2)
    }

    /// As [`decode`](Self::decode); the logits of every one of the tokens can be read
    /// afterwards. They take 4 bytes for each token of the vocabulary, times `tokens`.
    ///
    /// # Errors
    /// As those of [`decode`](Self::decode).
    pub(super) fn decode_all(
        &mut self,
        row: usize,
        tokens: &[TokenId],
    ) -> Result<(), DecodeFailure> {
        let tokens = tokens.iter().map(|&token| (row, token));
        self.compute(tokens, |_| true)
    }

    fn compute(
        &mut self,
        tokens: impl Iterator<Item = (usize, TokenId)> + Clone,
        logits: impl Fn(usize) -> bool,
    ) -> Result<(), DecodeFailure> {
        self.batch.clear();
        // How many tokens of this batch each sequence has got so far.
        let mut added = vec![0; self.table.rows()];
        for (place, (row, token)) in tokens.clone().enumerate() {
            let position = i32::try_from(self.table.len(row) + added[row])
                .map_err(|_| DecodeFailure::Failed(words::BEYOND_POSITIONS.into()))?;
            added[row] += 1;
            self.batch
                .add(llama_token(token), position, &[row_id(row)], logits(place))
                .map_err(|error| DecodeFailure::Failed(Said::of(&error)))?;
        }
        log::forget();
        match self.inner.decode(&mut self.batch) {
            Ok(()) => {
                for (row, token) in tokens {
                    self.table.push(row, token);
                }
                Ok(())
            }
            Err(error) => {
                let failure = DecodeFailure::of(&error);
                if failure != DecodeFailure::Full {
                    for row in (0..added.len()).filter(|&row| added[row] > 0) {
                        let of_row = tokens.clone().filter(|&(other, _)| other == row);
                        self.resync(row, of_row.map(|(_, token)| token));
                    }
                }
                Err(failure)
            }
        }
    }

    /// The sequence that holds the most of some tokens' beginning, and how many of them.
    pub(super) fn longest(&self, tokens: &[TokenId]) -> (usize, usize) {
        self.table.longest(tokens)
    }

    /// How many tokens of a prompt need not be computed: those that are there, where the model
    /// can go back to their end. The last one is computed in any case.
    pub(super) fn usable(&self, prompt: &[TokenId]) -> usize {
        let (row, held) = self.table.longest(prompt);
        let held = held.min(prompt.len().saturating_sub(1));
        if self.can_end_at(row, held) { held } else { 0 }
    }

    /// Waits until everything handed to a device is computed.
    pub(super) fn synchronize(&self) {
        self.inner.synchronize();
    }

    /// The logits of the last token of the last decode, which must have asked for them.
    pub(super) fn logits(&self) -> &[f32] {
        self.inner.get_logits_ith(-1)
    }

    /// The logits of one token of the last decode, which must have asked for them.
    pub(super) fn logits_of(&self, place: usize) -> &[f32] {
        // A batch is far shorter than 2^31.
        self.inner
            .get_logits_ith(i32::try_from(place).unwrap_or(i32::MAX))
    }

    /// Moves everything into a larger context. Returns false, and leaves all as it was, where
    /// there is no memory for it.
    pub(super) fn grow(&mut self, size: u32) -> bool {
        let Ok(mut larger) = open(&self.model, &self.settings, size, self.table.rows()) else {
            return false;
        };
        if self.table.used() > 0 && !state::copy(&self.inner, &mut larger) {
            return false;
        }
        self.batch = LlamaBatch::new(larger.n_batch() as usize, 1);
        self.inner = larger;
        self.size = size;
        true
    }

    /// Empties the cache.
    pub(super) fn clear(&mut self) {
        self.inner.clear_kv_cache();
        self.table.clear();
    }

    /// Bytes that copying the cached state takes.
    pub(super) fn state_bytes(&self) -> u64 {
        self.inner.get_state_size() as u64
    }

    /// The tokens of a sequence.
    pub(super) fn tokens(&self, row: usize) -> Vec<TokenId> {
        self.table.tokens(row)
    }

    /// Cuts a sequence off after `len` tokens; where the model cannot forget a part, it forgets
    /// all.
    fn cut(&mut self, row: usize, len: usize) {
        if self.table.len(row) <= len {
            return;
        }
        let removed = len > 0
            && self.can_end_at(row, len)
            && matches!(
                self.inner.clear_kv_cache_seq(
                    u32::try_from(row).ok(),
                    u32::try_from(len).ok(),
                    None
                ),
                Ok(true)
            );
        if removed {
            self.table.truncate(row, len);
        } else {
            self.erase(row);
        }
    }

    fn erase(&mut self, row: usize) {
        if self.table.len(row) > 0 {
            self.wipe(row);
        }
    }

    /// Empties a sequence, whatever the table knows of it.
    fn wipe(&mut self, row: usize) {
        // A whole sequence can always be removed.
        let _always = self
            .inner
            .clear_kv_cache_seq(u32::try_from(row).ok(), None, None);
        self.table.truncate(row, 0);
    }

    /// Whether a sequence can be continued after its first `len` tokens. At its end it can in any
    /// case; a recurrent state can go back to no other place, and a sliding window only to where
    /// all that it looks at is still there: llama.cpp gives away cells that have left the window,
    /// and reports success for a removal all the same.
    fn can_end_at(&self, row: usize, len: usize) -> bool {
        len == self.table.len(row) || (self.settings.can_rewind && self.sees(row_id(row), len))
    }

    /// Whether the cache has all that the token after the first `len` ones of a sequence looks
    /// at.
    fn sees(&self, sequence: i32, len: usize) -> bool {
        let from = usize::try_from(self.inner.kv_cache_seq_pos_min(sequence));
        let window = self.settings.window as usize;
        // The token itself is one of those in its window.
        let needed_from = (len + 1).saturating_sub(window);
        from.is_ok_and(|from| from == 0 || (window > 0 && from <= needed_from))
    }

    /// Compares a sequence with the cache; where they differ, all is computed afresh.
    fn verify(&mut self, row: usize) {
        let len = self.table.len(row);
        if len > 0 && usize::try_from(self.inner.kv_cache_seq_pos_max(row_id(row))) != Ok(len - 1) {
            self.erase(row);
        }
    }

    /// After a failed decode: the cache may hold a part of the batch.
    fn resync(&mut self, row: usize, tokens: impl Iterator<Item = TokenId>) {
        let held = usize::try_from(self.inner.kv_cache_seq_pos_max(row_id(row)) + 1).unwrap_or(0);
        let start = self.table.len(row);
        if !self.settings.can_rewind || held < start {
            // A recurrent state is that of the batch now, also where nothing was there before.
            self.wipe(row);
            return;
        }
        for token in tokens.take(held - start) {
            self.table.push(row, token);
        }
    }
}

/// llama.cpp's form of a row of the table, which is below its number of sequences.
fn row_id(row: usize) -> i32 {
    i32::try_from(row).unwrap_or(0)
}

fn open(
    model: &Arc<LlamaModel>,
    settings: &ContextSettings,
    size: u32,
    rows: usize,
) -> Result<LlamaContext<'static>, Said> {
    // One more, for what passes.
    let sequences = rows + usize::from(settings.can_rewind);
    let params = context_params(settings, size, sequences);
    let params = params::stoppable(params, &settings.stop);
    log::forget();
    let context = model
        .new_context(runtime().map_err(|error| Said::of(&error))?, params)
        .map_err(|error| log::first_complaint().unwrap_or_else(|| Said::of(&error)))?;
    // SAFETY: the lifetime is a marker; the context holds no Rust reference, only llama.cpp's
    // pointer to the model, whose address is fixed on the C++ heap. Every `Context` keeps an
    // `Arc` of the model that its `inner` was made from, and drops `inner` first.
    Ok(unsafe { std::mem::transmute::<LlamaContext<'_>, LlamaContext<'static>>(context) })
}

impl DecodeFailure {
    /// What the bindings say of a decode, with llama.cpp's own words where it had some.
    fn of(error: &DecodeError) -> Self {
        match error {
            DecodeError::NoKvCacheSlot => Self::Full,
            DecodeError::Unknown(ABORTED) => Self::Stopped,
            other => Self::Failed(log::first_complaint().unwrap_or_else(|| Said::of(other))),
        }
    }
}

impl From<DecodeFailure> for EngineError {
    fn from(failure: DecodeFailure) -> Self {
        let reason = match failure {
            DecodeFailure::Stopped => return Self::Cancelled,
            DecodeFailure::Full => words::NO_CELL.into(),
            DecodeFailure::Failed(reason) => reason,
        };
        Self::Decode { reason }
    }
}
