//! `/copy`: to a command of the user's, through the terminal, into a private file.

use std::io;
use std::thread;

use crossbeam_channel::{bounded, select};

use super::{Repl, Signal, park};
use crate::config::copying::{self, Way};
use crate::words::{copying as words, nouns};

impl Repl {
    /// Copies an answer, and says how much and how.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let what = words::THE_ANSWER;
        if text.is_empty() {
            return self.out.dim(&words::no_text(what));
        }
        let letters = text.chars().count();
        let size = nouns::CHARACTER.count(letters as u64, letters);
        match self.copying.way(text) {
            Way::Terminal(bytes) => {
                self.out.control(&String::from_utf8_lossy(&bytes))?;
                let how = self.copying.through().says();
                self.out.dim(&words::copied(what, size, how))
            }
            Way::Command(command) => match self.copy_with(&command, text) {
                None => self.out.dim(&words::not_awaited(command)),
                Some(Ok(())) => self.out.dim(&words::copied_with(what, size, command)),
                Some(Err(error)) => self.complain(words::command_failed(what, command, error)),
            },
            Way::File(file, reason) => {
                let recording = self.lock().session().is_recording();
                let Some(file) = file.filter(|_| recording) else {
                    return self.complain(words::not_copied_incognito(what, size, reason));
                };
                match copying::write(&file, text) {
                    Ok(()) => {
                        let says = words::wrote(what, size, file.display(), reason);
                        self.out.dim(&says)
                    }
                    Err(error) => self.complain(words::not_copied(what, error)),
                }
            }
        }
    }

    /// Has a command take it; `None` where the user waits for it no longer.
    fn copy_with(&mut self, command: &str, text: &str) -> Option<io::Result<()>> {
        let (said, came) = bounded(1);
        let (with, taken) = (command.to_owned(), text.to_owned());
        let spawned = thread::Builder::new()
            .name("copy".to_owned())
            // The user may wait no longer.
            .spawn(move || _ = said.send(copying::run(&with, &taken)));
        if let Err(error) = spawned {
            return Some(Err(error));
        }
        let signals = self.signals.receiver().clone();
        self.interruptible(true);
        let outcome = select! {
            recv(came) -> outcome => Some(outcome.unwrap_or_else(|gone| Err(io::Error::other(gone)))),
            recv(signals) -> signal => match signal {
                Ok(Signal::Interrupt) => None,
                Ok(Signal::Ending) | Err(_) => park(),
            },
        };
        self.interruptible(false);
        outcome
    }
}
