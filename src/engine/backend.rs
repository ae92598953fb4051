//! What a backend implements, and how it learns of a cancellation.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::inference::{EngineCommand, EngineEvent, RequestId};

/// The other side of the engine's channel is gone; there is no one left to compute for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the engine's channel is closed")]
pub struct ChannelClosed;

/// Which requests are to stop, as the compute thread sees it.
///
/// The reader thread calls [`cancel`](Self::cancel) the moment the command arrives, ahead of
/// everything that is queued; the backend polls [`is_cancelled`](Self::is_cancelled) between
/// decodes. Clones share their state.
#[derive(Debug, Clone, Default)]
pub struct Cancellation {
    requests: Arc<Mutex<BTreeSet<RequestId>>>,
}

impl Cancellation {
    /// Nothing is cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks a request. It need not have begun.
    pub fn cancel(&self, request: RequestId) {
        self.lock().insert(request);
    }

    /// Whether the request was marked. Costs some 20 ns, so it may be asked after every token.
    #[must_use]
    pub fn is_cancelled(&self, request: RequestId) -> bool {
        self.lock().contains(&request)
    }

    /// Forgets a request that is over. The host does this after each command.
    pub fn clear(&self, request: RequestId) {
        self.lock().remove(&request);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<RequestId>> {
        // A set of numbers is whole whatever a panicking holder was doing.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a backend sends its events.
pub trait EventSink {
    /// Sends one event at once, without buffering it.
    ///
    /// # Errors
    /// The other side is gone: the backend then stops.
    fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed>;
}

/// What computes. Lives on one thread (64 MiB stack) of the engine process.
pub trait Backend {
    /// Carries out one command (never `Cancel`) and ends with its closing event.
    ///
    /// # Errors
    /// Only when the channel is closed; everything else that goes wrong is an event.
    fn execute(
        &mut self,
        command: EngineCommand,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancellation_reaches_every_clone_and_only_its_request() {
        let reader = Cancellation::new();
        let compute = reader.clone();
        reader.cancel(RequestId(7));
        assert!(compute.is_cancelled(RequestId(7)));
        assert!(!compute.is_cancelled(RequestId(8)));
        compute.clear(RequestId(7));
        assert!(!reader.is_cancelled(RequestId(7)));
    }
}
