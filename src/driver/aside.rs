//! A short-lived engine for one request, so that no conversation's is disturbed.

use crossbeam_channel::Receiver;

use crate::chat::session::Attend;
use crate::engine::Engine;
use crate::inference::{CompareRequest, EngineCommand, EngineEvent, LoadRequest};

/// Makes engines that have not started yet.
pub struct Engines(Box<dyn Fn() -> anyhow::Result<Box<dyn Engine>>>);

impl Engines {
    /// Engines as `make` makes them.
    #[must_use]
    pub fn new(make: impl Fn() -> anyhow::Result<Box<dyn Engine>> + 'static) -> Self {
        Self(Box::new(make))
    }
}

/// An engine with its one request. Dropping it ends the engine, whatever it is doing.
pub struct Aside {
    engine: Box<dyn Engine>,
}

impl Aside {
    /// Starts an engine, has it load the model and then find out where it looks; does not wait.
    ///
    /// # Errors
    /// No engine can be started.
    pub fn attend(engines: &Engines, attend: Attend) -> anyhow::Result<Self> {
        let request = EngineCommand::Attend(Box::new(attend.request));
        Self::start(engines, attend.load, request)
    }

    /// Starts an engine, has it load the first model and then compare it with the second; does
    /// not wait.
    ///
    /// # Errors
    /// No engine can be started.
    pub fn compare(
        engines: &Engines,
        load: LoadRequest,
        compare: CompareRequest,
    ) -> anyhow::Result<Self> {
        Self::start(engines, load, EngineCommand::Compare(Box::new(compare)))
    }

    fn start(engines: &Engines, load: LoadRequest, then: EngineCommand) -> anyhow::Result<Self> {
        let engine = (engines.0)()?;
        engine.send(EngineCommand::Load(Box::new(load)))?;
        engine.send(then)?;
        Ok(Self { engine })
    }

    /// What comes of both.
    #[must_use]
    pub fn events(&self) -> &Receiver<EngineEvent> {
        self.engine.events()
    }
}
