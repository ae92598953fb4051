//! What may take a while is done on threads of its own, so that keys never wait for it; what
//! came of it comes back to the loop.

use std::io;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::chat::{Notice, Severity};

/// What came of a chore.
#[derive(Debug)]
pub enum Done {
    /// A sentence for the user.
    Say(Notice),
}

impl Done {
    pub fn info(text: impl Into<String>) -> Self {
        Self::Say(Notice {
            severity: Severity::Info,
            text: text.into(),
        })
    }

    pub fn error(text: impl Into<String>) -> Self {
        Self::Say(Notice {
            severity: Severity::Error,
            text: text.into(),
        })
    }
}

/// Where chores report to.
#[derive(Debug)]
pub struct Chores {
    reports: Sender<Done>,
    done: Receiver<Done>,
}

impl Default for Chores {
    fn default() -> Self {
        let (reports, done) = unbounded();
        Self { reports, done }
    }
}

impl Chores {
    /// What the loop waits for.
    pub fn done(&self) -> &Receiver<Done> {
        &self.done
    }

    /// Begins one. It tells how far it is, and what came of it, as often as it likes; a loop
    /// that has ended listens no more.
    ///
    /// # Errors
    /// The system has no room for another thread.
    pub fn begin(
        &self,
        name: &str,
        work: impl FnOnce(&dyn Fn(Done)) + Send + 'static,
    ) -> io::Result<()> {
        let reports = self.reports.clone();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                work(&|done| {
                    // The interface was left meanwhile.
                    let _ = reports.send(done);
                });
            })?;
        Ok(())
    }
}
