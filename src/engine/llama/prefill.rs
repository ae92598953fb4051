//! Reads a prompt: what the cache has is kept, the rest is computed in chunks.

use std::time::{Duration, Instant};

use super::context::Seat;
use super::{End, Loaded};
use crate::engine::backend::{Cancellation, ChannelClosed, EventSink};
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

/// Reads a checked prompt in the place that it was given; the logits of its last token are there
/// afterwards. Returns how many decodes that took; what a cancelled one has read stays.
pub(super) fn prefill(
    loaded: &mut Loaded,
    seat: Seat,
    request: RequestId,
    prompt: &[TokenId],
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<u32, End> {
    let (row, total) = (seat.row, count(prompt.len()));
    let reused = count(seat.kept);
    // The first token of the answer needs a cell too.
    let missing = prompt.len() - seat.kept + 1;
    if !loaded.ensure_room(missing, events)? {
        return Err(too_long(loaded, prompt, loaded.context.size()).into());
    }
    tell(events, request, reused, total, reused)?;
    let (mut done, mut decodes) = (seat.kept, 0);
    loop {
        if cancellation.is_cancelled(request) {
            return Err(EngineError::Cancelled.into());
        }
        if done == prompt.len() {
            return Ok(decodes);
        }
        let size = loaded.pace.chunk(
            prompt.len() - done,
            loaded.context.ubatch_size(),
            loaded.context.batch_size(),
        );
        let end = done + size;
        let chunk_started = Instant::now();
        let logits = end == prompt.len();
        // One that is stopped is cancelled, and says so.
        loaded
            .context
            .decode(row, &prompt[done..end], logits)
            .map_err(EngineError::from)?;
        loaded.context.synchronize();
        loaded.pace.learn(size, chunk_started.elapsed());
        done = end;
        decodes += 1;
        tell(events, request, count(done), total, reused)?;
    }
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
