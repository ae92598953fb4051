//! Requests that are no answers and read much: each goes on by one decode between the decodes of
//! the answers, so that nobody's answer stops for it.
//!
//! ```text
//!  decode 7   sequence 0  ·the            (an answer)
//!             sequence 2  ·of             (another one)
//!  decode 8   sequence 5  what ·is ·the   (a part of a text that is classified)
//!  decode 9   sequence 0  ·sea
//!             sequence 2  ·which
//! ```
//!
//! They are carried out one after the other, in the order they came; one that waits for a
//! sequence lets others go on. One at most has a sequence beside those of the answers. While
//! there is no answer, a request gets exactly the batches that it would get without all this.

use std::collections::VecDeque;

use super::schedule::{Answers, Beside};
use super::{End, Loaded};
use crate::engine::backend::{Cancellation, ChannelClosed, EventSink};
use crate::inference::{EngineError, EngineEvent, RequestId};
use crate::words::engine::llama as words;

/// What came of going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Went {
    On,
    /// There is no room beside the answers; it holds nothing.
    Waits,
    /// It has said so.
    Over,
}

/// A request that is carried out in parts.
pub(super) trait Errand {
    fn request(&self) -> RequestId;

    /// Does what takes about one decode, which is short where there are `answers` that wait for
    /// it. What others compute afterwards overwrites the logits of the context.
    ///
    /// # Errors
    /// It cannot be carried out.
    fn go_on(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Went, End>;

    /// Cells that it will need beyond those it has; `None` while it has no sequence among those
    /// of the answers.
    fn holds(&self) -> Option<usize> {
        None
    }

    /// Gives its sequence back: it ends, however that may be.
    fn leave(&mut self, _loaded: &mut Loaded) {}
}

/// All such requests that are not over.
#[derive(Default)]
pub(super) struct Errands {
    /// In the order they came.
    queue: VecDeque<Entry>,
    /// How many have ended.
    ended: u64,
}

struct Entry {
    errand: Box<dyn Errand>,
    /// It found no room, when so many answers and errands had ended.
    waits_since: Option<u64>,
    /// Its user knows.
    told_to_wait: bool,
}

impl Errands {
    /// Takes a request.
    pub(super) fn add(&mut self, errand: impl Errand + 'static) {
        self.queue.push_back(Entry {
            errand: Box::new(errand),
            waits_since: None,
            told_to_wait: false,
        });
    }

    /// Whether there is anything to do.
    pub(super) fn is_busy(&self) -> bool {
        !self.queue.is_empty()
    }

    /// What the answers have to know of them.
    pub(super) fn beside(&self) -> Beside {
        Beside {
            holds: self.queue.iter().find_map(|entry| entry.errand.holds()),
            waits: self.queue.iter().any(|entry| entry.waits_since.is_some()),
        }
    }

    /// Goes on with one of them.
    ///
    /// # Errors
    /// Only when the channel is closed.
    pub(super) fn step(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        self.end_cancelled(loaded, cancellation, events)?;
        let holds = |entry: &Entry| entry.errand.holds().is_some();
        let mut place = self.queue.iter().position(holds).unwrap_or(0);
        while let Some(entry) = self.queue.get_mut(place) {
            let now = answers.ended + self.ended;
            if entry.waits_since == Some(now) {
                place += 1;
                continue;
            }
            cancellation.decoding_for(Some(entry.errand.request()));
            let went = entry.errand.go_on(loaded, answers, events);
            cancellation.decoding_for(None);
            match went {
                Ok(Went::On) => {
                    entry.waits_since = None;
                    break;
                }
                Ok(Went::Waits) => {
                    entry.waits_since = Some(now);
                    entry.tell_to_wait(events)?;
                    place += 1;
                }
                Ok(Went::Over) => {
                    self.end(place, loaded);
                    break;
                }
                Err(End::Failed(error)) => {
                    let request = self.end(place, loaded);
                    events.send(EngineEvent::Failed { request, error })?;
                    break;
                }
                Err(End::Closed) => return Err(ChannelClosed),
            }
        }
        Ok(())
    }

    fn end_cancelled(
        &mut self,
        loaded: &mut Loaded,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let is_cancelled = |entry: &Entry| cancellation.is_cancelled(entry.errand.request());
        while let Some(place) = self.queue.iter().position(is_cancelled) {
            let request = self.end(place, loaded);
            let error = EngineError::Cancelled;
            events.send(EngineEvent::Failed { request, error })?;
        }
        Ok(())
    }

    fn end(&mut self, place: usize, loaded: &mut Loaded) -> Option<RequestId> {
        let mut entry = self.queue.remove(place)?;
        entry.errand.leave(loaded);
        self.ended += 1;
        Some(entry.errand.request())
    }
}

impl Entry {
    /// Says, once, why nothing comes.
    fn tell_to_wait(&mut self, events: &mut dyn EventSink) -> Result<(), ChannelClosed> {
        if std::mem::replace(&mut self.told_to_wait, true) {
            return Ok(());
        }
        events.send(EngineEvent::Notice {
            request: Some(self.errand.request()),
            text: words::WAITS_FOR_ROOM.into(),
        })
    }
}
