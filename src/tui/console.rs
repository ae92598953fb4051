//! The terminal in use: taken, read by a thread, and with the signals that concern it.

use std::io;

use anyhow::Context as _;
use crossbeam_channel::{Receiver, unbounded};

use super::reader::{Reader, TerminalEvent};
use super::signal::{self, Guard};
use super::terminal::Terminal;
use crate::words::tui::run as words;

/// Fields are dropped in this order: what is typed once the terminal is given back belongs to
/// the shell, so nothing may read it then.
pub struct Console {
    pub reader: Reader,
    pub terminal: Terminal,
    pub signals: Guard,
}

impl Console {
    /// Takes over a terminal that was entered; gives what comes from it, too.
    ///
    /// # Errors
    /// The system has no room for another descriptor, handler or thread.
    pub fn over(terminal: Terminal) -> anyhow::Result<(Self, Receiver<TerminalEvent>)> {
        let (events, received) = unbounded();
        let signals = signal::install(events.clone()).context(words::NO_SIGNALS)?;
        let reader = Reader::start(terminal.input()?, events).context(words::NO_INPUT)?;
        let console = Self {
            reader,
            terminal,
            signals,
        };
        Ok((console, received))
    }

    /// Stops the program, as Ctrl-Z does; returns when it goes on.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.reader.pause();
        let stopped = self.terminal.suspend(&self.signals);
        self.reader.resume();
        stopped
    }
}
