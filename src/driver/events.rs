//! One channel out of the engine's, the writer's and the ticks.
//!
//! What the engine says comes on the thread that read it: a token wakes no thread but the one
//! that it is for. What is rare is brought there by a thread.

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, never, select, tick, unbounded};

use super::history::HistoryEvent;
use crate::engine::Engine;
use crate::inference::EngineEvent;

/// How often the session is told that time passes, while an answer runs.
const TICK: Duration = Duration::from_secs(1);

/// Something that [`super::Driver::on_event`] is to be told.
#[derive(Debug, Clone, PartialEq)]
pub enum DriverEvent {
    Engine(EngineEvent),
    History(HistoryEvent),
    Tick,
}

/// The channel, and the thread that brings to it what the engine doesn't say. It ends with its
/// owner.
#[derive(Debug)]
pub(super) struct Events {
    receiver: Receiver<DriverEvent>,
    ticking: Sender<bool>,
    ticks: bool,
}

impl Events {
    pub fn merge(engine: &dyn Engine, history: Receiver<HistoryEvent>) -> Self {
        let (sender, receiver) = unbounded();
        let (ticking, switch) = unbounded();
        // What was said during the start is shown with the first event.
        let _ = sender.send(DriverEvent::Tick);
        let said = sender.clone();
        engine.listen(Box::new(move |event| {
            // An engine outlives its driver by a moment.
            let _unwanted = said.send(DriverEvent::Engine(event));
        }));
        let spawned = thread::Builder::new()
            .name("events".to_owned())
            .spawn(move || forward(history, &switch, &sender));
        if let Err(error) = spawned {
            tracing::error!("the thread that forwards events did not start: {error}");
        }
        Self {
            receiver,
            ticking,
            ticks: false,
        }
    }

    pub fn receiver(&self) -> &Receiver<DriverEvent> {
        &self.receiver
    }

    /// Turns the ticks on or off.
    pub fn tick(&mut self, on: bool) {
        if self.ticks != on {
            self.ticks = on;
            // Without the thread there is no receiver, which was reported.
            let _ = self.ticking.send(on);
        }
    }
}

fn forward(
    mut history: Receiver<HistoryEvent>,
    switch: &Receiver<bool>,
    sender: &Sender<DriverEvent>,
) {
    let mut ticks = never();
    loop {
        let event = select! {
            recv(history) -> event => if let Ok(event) = event {
                DriverEvent::History(event)
            } else {
                history = never();
                continue;
            },
            recv(switch) -> on => match on {
                Ok(true) => { ticks = tick(TICK); continue }
                Ok(false) => { ticks = never(); continue }
                Err(_) => return,
            },
            recv(ticks) -> _ => DriverEvent::Tick,
        };
        if sender.send(event).is_err() {
            return;
        }
    }
}
