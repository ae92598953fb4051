//! Reads a prompt: what the cache has is kept, the rest is computed in chunks.

use std::time::{Duration, Instant};

use super::context::Seat;
use super::schedule::Answers;
use super::{End, Loaded};
use crate::engine::backend::{ChannelClosed, EventSink};
use crate::inference::{CacheUse, EngineError, EngineEvent, RequestId, TokenId};
use crate::words::{Said, engine::llama as words};

/// A prompt that was read, or a part of one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Prefill {
    /// The sequence that holds it.
    pub(super) row: usize,
    /// Tokens that were in the cache.
    pub(super) reused: u32,
    /// Where those came from.
    pub(super) cache: CacheUse,
    pub(super) took: Duration,
}

/// Checks that a prompt can be read at all, before anything is computed.
pub(super) fn check(loaded: &Loaded, prompt: &[TokenId]) -> Result<(), EngineError> {
    check_ids(loaded, prompt)?;
    if prompt.len() >= loaded.capacity.limit as usize {
        return Err(too_long(loaded, prompt, loaded.capacity.limit));
    }
    Ok(())
}

/// Checks that there are tokens, and that all are of the model's vocabulary.
pub(super) fn check_ids(loaded: &Loaded, prompt: &[TokenId]) -> Result<(), EngineError> {
    if prompt.is_empty() {
        return Err(EngineError::EmptyPrompt);
    }
    if let Some(id) = prompt.iter().find(|&&id| !loaded.vocabulary.contains(id)) {
        return Err(EngineError::Refused {
            reason: Said::new(|| {
                words::prompt_beyond(id.0, loaded.vocabulary.size().saturating_sub(1))
            }),
        });
    }
    Ok(())
}

/// A prompt that is read by itself, a part at a time, in a place that it was given beside the
/// answers.
pub(super) struct Reading {
    seat: Seat,
    /// Tokens that are there.
    done: usize,
    pub(super) decodes: u32,
}

/// What came of reading on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    Part,
    /// The logits of the last token are there, until something else is computed.
    Whole,
    /// The answers have grown: their tokens and the rest of the prompt do not fit together.
    NoRoom,
}

impl Reading {
    /// Gives a checked prompt a place, which it has until that is left; `None` where there is
    /// none beside the answers.
    ///
    /// # Errors
    /// It would not fit without them.
    pub(super) fn begin(
        loaded: &mut Loaded,
        request: RequestId,
        prompt: &[TokenId],
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Option<Self>, End> {
        let mut place = loaded.context.seat_beside(prompt);
        if let Some(seat) = place {
            let missing = missing(prompt, seat.kept);
            if !loaded.ensure_room(missing + answers.cells, events)? {
                loaded.context.leave(seat.row);
                place = None;
            }
        }
        let Some(seat) = place else {
            return match answers.count {
                0 => Err(too_long(loaded, prompt, loaded.context.size()).into()),
                _ => Ok(None),
            };
        };
        let (reused, total) = (count(seat.kept), count(prompt.len()));
        tell(events, request, reused, total, reused)?;
        Ok(Some(Self {
            seat,
            done: seat.kept,
            decodes: 0,
        }))
    }

    /// Reads the next part.
    ///
    /// # Errors
    /// The decode failed, or was stopped; what is read stays.
    pub(super) fn go_on(
        &mut self,
        loaded: &mut Loaded,
        request: RequestId,
        prompt: &[TokenId],
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Read, End> {
        if !loaded.ensure_room(self.missing(prompt) + answers.cells, events)? {
            return Ok(Read::NoRoom);
        }
        let (ubatch, batch) = (loaded.context.ubatch_size(), loaded.context.batch_size());
        let remaining = prompt.len() - self.done;
        let size = loaded
            .pace
            .chunk_in_turn(remaining, self.done, ubatch, batch, answers.count);
        let end = self.done + size;
        let started = Instant::now();
        // One that is stopped is cancelled, and says so.
        loaded
            .context
            .decode(self.seat.row, &prompt[self.done..end], end == prompt.len())
            .map_err(EngineError::from)?;
        loaded.context.synchronize();
        loaded.pace.learn(size, self.done, started.elapsed());
        self.done = end;
        self.decodes += 1;
        let (done, total) = (count(end), count(prompt.len()));
        tell(events, request, done, total, count(self.seat.kept))?;
        Ok(if end == prompt.len() {
            Read::Whole
        } else {
            Read::Part
        })
    }

    /// The sequence that it has.
    pub(super) fn row(&self) -> usize {
        self.seat.row
    }

    /// Tokens that were in the cache.
    pub(super) fn kept(&self) -> usize {
        self.seat.kept
    }

    /// Cells that it will need.
    pub(super) fn missing(&self, prompt: &[TokenId]) -> usize {
        missing(prompt, self.done)
    }
}

/// Cells that a prompt needs of which so many tokens are there: what follows it needs one too.
fn missing(prompt: &[TokenId], done: usize) -> usize {
    prompt.len() - done + 1
}

/// Says how far the reading is; `reused` tokens were there before.
pub(super) fn tell(
    events: &mut dyn EventSink,
    request: RequestId,
    done: u32,
    total: u32,
    reused: u32,
) -> Result<(), ChannelClosed> {
    events.send(EngineEvent::Prefill {
        request,
        done,
        total,
        reused,
    })
}

/// `size` tokens are there, one of them for the answer.
pub(super) fn too_long(loaded: &Loaded, prompt: &[TokenId], size: u32) -> EngineError {
    EngineError::PromptTooLong {
        tokens: count(prompt.len()),
        limit: size.saturating_sub(1),
        hint: loaded.capacity.hint(),
    }
}

/// A number of tokens as it is told.
pub(super) fn count(tokens: usize) -> u32 {
    u32::try_from(tokens).unwrap_or(u32::MAX)
}
