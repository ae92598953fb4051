//! Where an engine's events go: into a channel, or straight to who listens.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::inference::EngineEvent;

/// Takes each event as it comes, on the thread that read it; it must not wait.
pub type Listener = Box<dyn FnMut(EngineEvent) + Send>;

/// The end at which events are put in. Its clones lead to the same place.
#[derive(Debug, Clone)]
pub struct Outlet {
    way: Arc<Mutex<Way>>,
}

enum Way {
    Channel(Sender<EngineEvent>, Receiver<EngineEvent>),
    Listener(Listener),
}

impl Outlet {
    /// An outlet into a channel, and where that is read.
    #[must_use]
    pub fn new() -> (Self, Receiver<EngineEvent>) {
        let (sender, events) = unbounded();
        let way = Way::Channel(sender, events.clone());
        let outlet = Self {
            way: Arc::new(Mutex::new(way)),
        };
        (outlet, events)
    }

    pub fn send(&self, event: EngineEvent) {
        match &mut *self.way.lock().unwrap_or_else(PoisonError::into_inner) {
            // Both ends are here.
            Way::Channel(sender, _) => drop(sender.send(event)),
            Way::Listener(listener) => listener(event),
        }
    }

    /// Tells `listener` what waits in the channel, and from now on all that comes.
    pub fn listen(&self, mut listener: Listener) {
        let mut way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Way::Channel(_, waiting) = &*way {
            waiting.try_iter().for_each(&mut listener);
        }
        *way = Way::Listener(listener);
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Channel(..) => "Channel",
            Self::Listener(_) => "Listener",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_is_told_what_waited_and_then_what_comes() {
        let (outlet, events) = Outlet::new();
        let event = |size| EngineEvent::ContextGrown { size };
        outlet.send(event(1));
        let (heard, hears) = unbounded();
        outlet.listen(Box::new(move |event| heard.send(event).unwrap()));
        outlet.clone().send(event(2));
        assert_eq!(hears.try_iter().collect::<Vec<_>>(), [event(1), event(2)]);
        assert!(events.is_empty());
    }
}
