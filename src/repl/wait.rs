//! Waiting for what was asked of the disk or the engine by the way, not for an answer.

use std::io;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, select};

use super::progress::Progress;
use super::{REDRAW, Repl, Signal, park};
use crate::driver::Driver;

/// How long to wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waited {
    /// What was waited for is so.
    Held,
    /// It never will be, or not in time.
    InVain,
    /// By Ctrl-C.
    Interrupted,
}

impl Repl {
    /// Waits for what the start or a command has asked of the disk, not for an answer.
    pub(super) fn settle(&mut self) -> io::Result<()> {
        self.wait(|driver| driver.is_settled()).map(|_| ())
    }

    /// Waits until a condition holds, Ctrl-C or patience ends. Returns whether it holds.
    pub(super) fn wait(&mut self, holds: impl FnMut(&mut Driver) -> bool) -> io::Result<bool> {
        let deadline = crossbeam_channel::after(PATIENCE);
        let waited = self.wait_until(holds, &deadline, None)?;
        Ok(waited == Waited::Held)
    }

    /// Waits as long as it takes, and shows how far a model is loaded.
    pub(super) fn wait_for_model(
        &mut self,
        holds: impl FnMut(&mut Driver) -> bool,
    ) -> io::Result<Waited> {
        let progress = self.progress();
        self.wait_until(holds, &crossbeam_channel::never(), Some(progress))
    }

    fn wait_until(
        &mut self,
        holds: impl FnMut(&mut Driver) -> bool,
        deadline: &Receiver<Instant>,
        progress: Option<Progress>,
    ) -> io::Result<Waited> {
        self.interruptible(true);
        let waited = self.wait_through(holds, deadline, progress);
        self.interruptible(false);
        waited
    }

    fn wait_through(
        &mut self,
        mut holds: impl FnMut(&mut Driver) -> bool,
        deadline: &Receiver<Instant>,
        mut progress: Option<Progress>,
    ) -> io::Result<Waited> {
        let driver = Arc::clone(&self.driver);
        let mut driver = driver.lock().unwrap_or_else(PoisonError::into_inner);
        let events = driver.events();
        let signals = self.signals.receiver().clone();
        while !holds(&mut driver) {
            select! {
                recv(events) -> event => {
                    let Ok(event) = event else { return Ok(Waited::InVain) };
                    let notices = driver.on_event(event);
                    self.show(&notices)?;
                }
                recv(signals) -> signal => match signal {
                    Ok(Signal::Interrupt) => {
                        self.out.clear_progress()?;
                        return Ok(Waited::Interrupted);
                    }
                    Ok(Signal::Ending) | Err(_) => {
                        drop(driver);
                        park()
                    }
                },
                recv(deadline) -> _ => return Ok(Waited::InVain),
                default(REDRAW) => {}
            }
            if let Some(progress) = &mut progress {
                progress.draw(driver.session(), driver.now(), &mut self.out)?;
            }
        }
        self.out.clear_progress()?;
        Ok(Waited::Held)
    }
}
