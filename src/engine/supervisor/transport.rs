//! Where an engine's frames go: to a process of our own, or to the resident engine.

use std::io;
use std::time::Duration;

use crate::engine::process::{Ending, EngineProcess};
use crate::engine::resident::link::Link;

/// The way to an engine.
#[derive(Debug)]
pub enum Transport {
    Process(EngineProcess),
    Resident(Link),
}

impl Transport {
    /// Sends one frame at once.
    ///
    /// # Errors
    /// The other side is gone, or has taken nothing for 10 s.
    pub fn write_frame(&mut self, frame: &[u8]) -> io::Result<()> {
        match self {
            Self::Process(process) => process.write_frame(frame),
            Self::Resident(link) => link.write_frame(frame),
        }
    }

    /// Ends a process of our own, and our part of the resident one; then it reads as closed.
    pub fn kill(&self) {
        match self {
            Self::Process(process) => process.kill(),
            Self::Resident(link) => link.cut(),
        }
    }

    /// Ends a process of our own, killing it after `grace`, or our part of the resident one.
    pub fn end(self, grace: Duration) -> Ending {
        match self {
            Self::Process(process) => process.end(grace),
            Self::Resident(link) => {
                link.cut();
                Ending {
                    status: None,
                    log: Vec::new(),
                }
            }
        }
    }
}
