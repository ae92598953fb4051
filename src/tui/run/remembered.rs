//! What is kept from one session to the next: texts that were sent, how the panes are divided.

use std::path::Path;

use super::Loop;
use crate::chat::{Notice, Severity};
use crate::config::Panes;
use crate::tui::chores::Done;
use crate::words::tui::run as words;

impl Loop {
    /// What was sent in earlier sessions can be recalled.
    pub(super) fn recall_typed(&mut self) {
        let Some(file) = &self.typed else { return };
        match file.read() {
            Ok(texts) => self.app.composer.remember(texts),
            Err(error) => tracing::warn!("{}: {error}", file.path().display()),
        }
    }

    /// Keeps what was sent for the next session. It is a convenience: a disk that takes no more
    /// says so where it matters, when the message itself is kept.
    pub(super) fn write_down_typed(&mut self) {
        let texts = self.app.composer.take_fresh();
        let file = self.typed.as_ref();
        let Some(file) = file.filter(|_| self.driver.session().is_recording()) else {
            return;
        };
        for text in texts {
            if let Err(error) = file.add(&text) {
                tracing::warn!("what was typed is not remembered: {error}");
            }
        }
    }

    /// Whether the screen is divided otherwise than was last kept, in a session that is.
    pub(super) fn panes_changed(&self) -> bool {
        let kept = self.panes.is_some() && self.driver.session().is_recording();
        kept && self.app.panes != self.panes_then
    }

    /// Keeps how the screen is divided now, beside the loop.
    pub(super) fn keep_panes(&mut self) {
        let Some(file) = self.panes.clone() else {
            return;
        };
        let panes = self.app.panes;
        self.panes_then = panes;
        self.begin_writing("panes", move |report| {
            if let Err(error) = panes.write(&file) {
                report(Done::Say(Notice {
                    severity: Severity::Warning,
                    text: words::panes_not_remembered(error),
                }));
            }
        });
    }

    /// Keeps how the screen is divided for the next session, where that is not done yet. Nothing
    /// may be writing it.
    pub(super) fn remember_panes(&self) -> Option<Notice> {
        let changed = self.panes_changed();
        let file = self.panes.as_ref().filter(|_| changed)?;
        let error = self.app.panes.write(file).err()?;
        Some(Notice {
            severity: Severity::Warning,
            text: words::panes_not_remembered(error),
        })
    }
}

/// How the screen was divided in the last session. The usual way is no loss.
pub(super) fn read_panes(file: Option<&Path>) -> Panes {
    let Some(file) = file else {
        return Panes::default();
    };
    Panes::read(file).unwrap_or_else(|error| {
        tracing::warn!("{}: {error}", file.display());
        Panes::default()
    })
}
