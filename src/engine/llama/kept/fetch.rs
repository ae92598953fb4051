//! A kept state on its way into memory.
//!
//! Reading a long conversation's file and checking it takes as long as several decodes. Nobody
//! else waits for that: it is read beside the answers that are being written, and only what
//! llama.cpp makes of it stands between two of their decodes.

use std::thread::{self, JoinHandle};

use super::folder::{Folder, Kept};
use crate::inference::{ConversationKey, Recomputed, TokenId};

/// What a request has begun to read of what is kept of its conversation.
#[derive(Default)]
pub(in crate::engine::llama) struct Fetch(Option<JoinHandle<Found>>);

/// What there is of a conversation; `None` for nothing.
type Found = Result<Option<Source>, Recomputed>;

/// A state that can be had.
pub(super) enum Source {
    /// By reading it.
    Disk(Kept),
    /// It was read, and checked.
    Memory {
        tokens: Vec<TokenId>,
        state: Result<Vec<u8>, Recomputed>,
    },
}

impl Fetch {
    /// Begins to read a conversation's file. Returns whether it does: where no thread can be had
    /// for that, it is to be read by who needs it.
    pub(super) fn begin(&mut self, folder: Folder, key: ConversationKey) -> bool {
        let reading = thread::Builder::new()
            .name("fetcher".into())
            .spawn(move || Ok(folder.find(&key)?.map(Source::read)));
        self.0 = reading.ok();
        self.0.is_some()
    }

    /// Whether it is being read.
    pub(super) fn goes_on(&self) -> bool {
        self.0.as_ref().is_some_and(|it| !it.is_finished())
    }

    /// What was read, when it is there; `None` where nothing was begun.
    pub(super) fn take(&mut self) -> Option<Found> {
        let reading = self.0.take()?;
        Some(reading.join().unwrap_or(Err(Recomputed::Damaged)))
    }
}

impl Source {
    fn read(kept: Kept) -> Self {
        Self::Memory {
            tokens: kept.tokens().to_vec(),
            state: kept.state(),
        }
    }

    pub(super) fn tokens(&self) -> &[TokenId] {
        match self {
            Self::Disk(kept) => kept.tokens(),
            Self::Memory { tokens, .. } => tokens,
        }
    }

    /// llama.cpp's bytes.
    ///
    /// # Errors
    /// They are damaged.
    pub(super) fn state(self) -> Result<Vec<u8>, Recomputed> {
        match self {
            Self::Disk(kept) => kept.state(),
            Self::Memory { state, .. } => state,
        }
    }
}
