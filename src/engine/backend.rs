//! What a backend implements, and how it learns of a cancellation.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::inference::{EngineCommand, EngineEvent, RequestId};
use crate::words::engine as words;

/// The other side of the engine's channel is gone; there is no one left to compute for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::CHANNEL_CLOSED)]
pub struct ChannelClosed;

/// Which requests are to stop, as the compute thread sees it.
///
/// The reader thread calls [`cancel`](Self::cancel) the moment the command arrives, ahead of
/// everything that is queued; the backend polls [`is_cancelled`](Self::is_cancelled) between
/// decodes, and [`StopFlag`] within one. Clones share their state.
#[derive(Debug, Clone, Default)]
pub struct Cancellation {
    requests: Arc<Mutex<Requests>>,
    running_is_marked: StopFlag,
}

#[derive(Debug, Default)]
struct Requests {
    marked: BTreeSet<RequestId>,
    running: Option<RequestId>,
    /// Whatever is asked, nobody waits for it.
    all_over: bool,
}

/// Whether the request that runs is marked, for those who may ask thousands of times a second
/// and do not know which request that is.
#[derive(Debug, Clone, Default)]
pub struct StopFlag(Arc<AtomicBool>);

impl StopFlag {
    /// Whether it is.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Where the answer lies, for C code; valid while this or a clone lives.
    #[must_use]
    pub fn as_ptr(&self) -> *const AtomicBool {
        Arc::as_ptr(&self.0)
    }
}

impl Cancellation {
    /// Nothing is cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks a request. It need not have begun.
    pub fn cancel(&self, request: RequestId) {
        let mut requests = self.lock();
        requests.marked.insert(request);
        self.tell(&requests);
    }

    /// Stops whatever is computed, now and later: the channel has closed.
    pub fn stop_everything(&self) {
        let mut requests = self.lock();
        requests.all_over = true;
        self.tell(&requests);
    }

    /// Whether the request was marked. Costs some 20 ns, so it may be asked after every token.
    #[must_use]
    pub fn is_cancelled(&self, request: RequestId) -> bool {
        let requests = self.lock();
        requests.all_over || requests.marked.contains(&request)
    }

    /// Says whose the next decode is: the one request that computes, or none where several
    /// share it, or one that is carried out without a cancellation.
    pub fn decoding_for(&self, request: Option<RequestId>) {
        let mut requests = self.lock();
        requests.running = request;
        self.tell(&requests);
    }

    /// Whether the request that runs is marked, as of the moment it is asked.
    #[must_use]
    pub fn stop_flag(&self) -> StopFlag {
        self.running_is_marked.clone()
    }

    /// Forgets a request that is over. The host does this with each closing event.
    pub fn clear(&self, request: RequestId) {
        let mut requests = self.lock();
        requests.marked.remove(&request);
        requests.running = requests.running.filter(|&running| running != request);
        self.tell(&requests);
    }

    fn tell(&self, requests: &Requests) {
        let running = requests.running.as_ref();
        let marked = running.is_some_and(|running| requests.marked.contains(running));
        let marked = marked || requests.all_over;
        self.running_is_marked.0.store(marked, Ordering::Relaxed);
    }

    fn lock(&self) -> MutexGuard<'_, Requests> {
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
    /// Takes one command (never `Cancel`). Its closing event comes before this returns, or from
    /// a later [`step`](Self::step).
    ///
    /// # Errors
    /// Only when the channel is closed; everything else that goes wrong is an event.
    fn execute(
        &mut self,
        command: EngineCommand,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed>;

    /// Whether commands were taken that are not closed: then it is to be stepped.
    fn is_busy(&self) -> bool;

    /// Goes on for about as long as one decode takes.
    ///
    /// # Errors
    /// Only when the channel is closed.
    fn step(
        &mut self,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed>;

    /// Whether there is something to [do](Self::rest) while nothing is asked.
    fn wants_rest(&self) -> bool {
        false
    }

    /// Does what can wait, for a moment in which nothing else is to do.
    fn rest(&mut self) {}

    /// Does what cannot wait any longer: nothing more will be asked.
    fn close(&mut self) {}
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

    #[test]
    fn when_everything_is_to_stop_nothing_that_begins_goes_on() {
        let reader = Cancellation::new();
        let (compute, flag) = (reader.clone(), reader.stop_flag());
        compute.decoding_for(Some(RequestId(1)));
        reader.stop_everything();
        assert!(flag.is_set() && compute.is_cancelled(RequestId(1)));
        compute.clear(RequestId(1));
        compute.decoding_for(None);
        assert!(flag.is_set() && compute.is_cancelled(RequestId(2)));
    }

    #[test]
    fn the_flag_tells_of_the_request_that_runs_and_of_no_other() {
        let reader = Cancellation::new();
        let flag = reader.clone().stop_flag();
        reader.decoding_for(Some(RequestId(1)));
        reader.cancel(RequestId(2));
        assert!(!flag.is_set(), "that one waits");
        reader.clear(RequestId(1));
        reader.decoding_for(Some(RequestId(2)));
        assert!(flag.is_set(), "it was marked before it began");
        reader.clear(RequestId(2));
        assert!(!flag.is_set());
        reader.decoding_for(Some(RequestId(3)));
        reader.cancel(RequestId(3));
        assert!(flag.is_set());
        reader.decoding_for(None);
        assert!(!flag.is_set(), "others share the decode");
    }
}
