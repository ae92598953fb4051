//! The cached state as bytes: of one sequence, to be kept, and of all, to move to another context.

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::session::LlamaStateSeqFlags;

use super::{Context, row_id};
use crate::engine::llama::log;
use crate::inference::TokenId;

impl Context {
    /// Bytes of [`state_of`](Self::state_of) a sequence.
    pub(in crate::engine::llama) fn state_bytes_of(&self, row: usize) -> u64 {
        let flags = LlamaStateSeqFlags::empty();
        self.inner.state_seq_get_size_ext(row_id(row), flags) as u64
    }

    /// What llama.cpp keeps of a sequence; `None` where it fails to say.
    pub(in crate::engine::llama) fn state_of(&self, row: usize) -> Option<Vec<u8>> {
        self.state_of_sequence(row_id(row))
    }

    fn state_of_sequence(&self, sequence: i32) -> Option<Vec<u8>> {
        let flags = LlamaStateSeqFlags::empty();
        let size = self.inner.state_seq_get_size_ext(sequence, flags);
        let mut state = vec![0; size];
        // SAFETY: the buffer has the size that llama.cpp asked for just now, and nothing is
        // computed in between.
        let written = unsafe {
            self.inner
                .state_seq_get_data_ext(state.as_mut_ptr(), sequence, flags)
        };
        (written == size && size > 0).then_some(state)
    }

    /// What llama.cpp keeps of a sequence's first `len` tokens; `None` where the model cannot
    /// have them without the rest.
    pub(in crate::engine::llama) fn state_of_beginning(
        &mut self,
        row: usize,
        len: usize,
    ) -> Option<Vec<u8>> {
        if self.table.len(row) == len {
            return self.state_of(row);
        }
        let passing = self.share_beginning(row, len);
        let state = passing.and_then(|passing| self.state_of_sequence(passing));
        self.forget_passing();
        state
    }

    /// How many tokens a state of `len` tokens spares where the first `shared` of them are wanted.
    /// A recurrent state is of all of them or of none, and no state has the cells that have left
    /// a sliding window.
    pub(in crate::engine::llama) fn spared_by_state(&self, len: usize, shared: usize) -> usize {
        let window = self.settings.window as usize;
        let has_all = window == 0 || len <= window || shared + 1 >= len;
        if shared == len || (self.settings.can_rewind && has_all) {
            shared
        } else {
            0
        }
    }

    /// Gives an idle sequence a state that was taken of these tokens. Returns whether it has it;
    /// if not, nothing is in that sequence.
    pub(in crate::engine::llama) fn restore(&mut self, tokens: &[TokenId], state: &[u8]) -> bool {
        let Some(row) = self.table.row_beside() else {
            return false;
        };
        self.erase(row);
        log::forget();
        let flags = LlamaStateSeqFlags::empty();
        // SAFETY: llama.cpp reads no more than the slice's length, which it is told, and checks
        // every size and type in it against the context before it uses it (`llama_io_read_buffer`,
        // `llama_kv_cache::state_read`); the rest are numbers, of which any may be.
        let read = unsafe { self.inner.state_seq_set_data_ext(state, row_id(row), flags) };
        if read {
            for &token in tokens {
                self.table.push(row, token);
            }
            self.verify(row);
        } else {
            // A part of it may have been read.
            self.wipe(row);
        }
        self.leave(row);
        read && self.table.len(row) == tokens.len()
    }
}

/// Copies the cached state of all sequences, shared cells staying shared.
pub(super) fn copy(from: &LlamaContext<'_>, to: &mut LlamaContext<'_>) -> bool {
    let mut state = vec![0; from.get_state_size()];
    // SAFETY: the buffer has the size that llama.cpp asked for just now, and nothing is
    // computed in between.
    let written = unsafe { from.copy_state_data(state.as_mut_ptr()) };
    if written == 0 || written > state.len() {
        return false;
    }
    // SAFETY: these bytes were written by the same llama.cpp for the same model and the same
    // cache types, and the target has at least as many cells.
    let read = unsafe { to.set_state_data(&state[..written]) };
    read == written
}
