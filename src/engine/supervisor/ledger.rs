//! What was asked of the engine and is not answered.
//!
//! Shared by the supervisor, which asks, and the thread that reads, which hands each event on by
//! itself: a token wakes no thread on its way but the one that it is for.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::engine::outlet::Outlet;
use crate::inference::{EngineError, EngineEvent, RequestId, Sharing};

/// Open requests; with what was sent, as long as a resident engine has answered nothing to it.
pub type Open = BTreeMap<RequestId, Option<Vec<u8>>>;

/// What became of the model that the engine was to have.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// Asked for, or loaded.
    Hoped,
    Failed(EngineError),
    Cancelled,
}

/// The one ledger of an engine; a clone is the same.
#[derive(Debug, Clone)]
pub struct Ledger {
    entries: Arc<Mutex<Entries>>,
    /// 0: none.
    pid: Arc<AtomicU32>,
}

#[derive(Debug)]
struct Entries {
    outlet: Outlet,
    /// How many processes and connections there were; what an earlier one still says is unwanted.
    reading: u64,
    open: Open,
    /// The request that loads it.
    model: Option<(RequestId, Fate)>,
}

impl Ledger {
    pub fn new(outlet: Outlet, pid: Arc<AtomicU32>) -> Self {
        let entries = Entries {
            outlet,
            reading: 0,
            open: Open::new(),
            model: None,
        };
        Self {
            entries: Arc::new(Mutex::new(entries)),
            pid,
        }
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What takes the events of the process that is started now, and of no earlier one; it
    /// returns whether more are wanted.
    pub fn reader(&self) -> impl FnMut(EngineEvent) -> bool + Send + 'static {
        let ledger = self.clone();
        let number = self.close();
        move |event| ledger.pass_on(number, event)
    }

    /// Lets no more events through; the number under which the next ones come.
    pub fn close(&self) -> u64 {
        let mut entries = self.entries();
        entries.reading += 1;
        entries.reading
    }

    fn pass_on(&self, number: u64, event: EngineEvent) -> bool {
        let mut entries = self.entries();
        if entries.reading != number {
            return false;
        }
        if let EngineEvent::Shared(Sharing { engine, .. }) = &event {
            self.pid.store(engine.unwrap_or(0), Ordering::Relaxed);
        }
        entries.note(&event);
        // Under the lock, so that nothing of a request comes after what closed it.
        entries.outlet.send(event);
        true
    }

    pub fn open(&self, request: RequestId, frame: Option<Vec<u8>>) {
        self.entries().open.insert(request, frame);
    }

    /// What is open, which then no longer is.
    pub fn take_open(&self) -> Open {
        std::mem::take(&mut self.entries().open)
    }

    /// The engine is to have the model that `request` loads, or none.
    pub fn hope_for(&self, request: Option<RequestId>) {
        self.entries().model = request.map(|request| (request, Fate::Hoped));
    }

    /// What became of the last model.
    pub fn fate(&self) -> Option<Fate> {
        self.entries().model.as_ref().map(|(_, fate)| fate.clone())
    }

    pub fn emit(&self, event: EngineEvent) {
        self.entries().outlet.send(event);
    }
}

impl Entries {
    fn note(&mut self, event: &EngineEvent) {
        // Told by the hub, whose engine it was: it is started again there.
        if matches!(event, EngineEvent::Exited(_)) {
            self.open.clear();
        }
        let Some(request) = event.request() else {
            return;
        };
        if !event.is_closing() {
            if let Some(unanswered) = self.open.get_mut(&request) {
                *unanswered = None;
            }
            return;
        }
        self.open.remove(&request);
        if let (EngineEvent::Failed { error, .. }, Some((load, fate))) = (event, &mut self.model)
            && *load == request
        {
            *fate = match error {
                EngineError::Cancelled => Fate::Cancelled,
                other => Fate::Failed(other.clone()),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> (Ledger, crossbeam_channel::Receiver<EngineEvent>) {
        let (outlet, events) = Outlet::new();
        (Ledger::new(outlet, Arc::default()), events)
    }

    fn failed(request: RequestId, error: EngineError) -> EngineEvent {
        EngineEvent::Failed {
            request: Some(request),
            error,
        }
    }

    #[test]
    fn what_an_earlier_process_still_says_reaches_nobody() {
        let (ledger, events) = ledger();
        let mut earlier = ledger.reader();
        let mut later = ledger.reader();
        let event = EngineEvent::ContextGrown { size: 1 };
        assert!(!earlier(event.clone()));
        assert!(events.is_empty());
        assert!(later(event.clone()));
        assert_eq!(events.try_recv().unwrap(), event);
        ledger.close();
        assert!(!later(event));
    }

    #[test]
    fn a_request_is_open_until_its_closing_event_and_unanswered_until_its_first() {
        let (ledger, _events) = ledger();
        let mut read = ledger.reader();
        for request in 1..=3 {
            ledger.open(RequestId(request), Some(vec![0]));
        }
        assert!(read(EngineEvent::Prefill {
            request: RequestId(1),
            done: 1,
            total: 2,
            reused: 0,
        }));
        assert!(read(failed(RequestId(2), EngineError::EmptyPrompt)));
        let open = ledger.take_open();
        assert_eq!(
            open.into_iter().collect::<Vec<_>>(),
            [(RequestId(1), None), (RequestId(3), Some(vec![0]))]
        );
        assert!(ledger.take_open().is_empty());
    }

    #[test]
    fn only_the_models_own_request_decides_what_becomes_of_it() {
        let (ledger, _events) = ledger();
        let mut read = ledger.reader();
        assert_eq!(ledger.fate(), None);
        ledger.hope_for(Some(RequestId(1)));
        assert!(read(failed(RequestId(2), EngineError::EmptyPrompt)));
        assert_eq!(ledger.fate(), Some(Fate::Hoped));
        assert!(read(failed(RequestId(1), EngineError::EmptyPrompt)));
        assert_eq!(ledger.fate(), Some(Fate::Failed(EngineError::EmptyPrompt)));
        ledger.hope_for(Some(RequestId(3)));
        assert!(read(failed(RequestId(3), EngineError::Cancelled)));
        assert_eq!(ledger.fate(), Some(Fate::Cancelled));
    }
}
