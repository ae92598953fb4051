//! What the system sends: Ctrl-C, and the three ways of being told to go.
//!
//! A thread takes the signals. TERM, HUP and QUIT save the conversation, put the terminal back as
//! it was and end the program with 128 + n; the thread that reads lines may be stuck in a read.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use rustix::termios::{OptionalActions, Termios, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals as Incoming;

use crate::driver::Driver;
use crate::words::repl as words;

/// What the reading thread does just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Doing {
    Working = 0,
    /// The editor reads keys; Ctrl-C comes to it as one.
    Editing = 1,
    /// The terminal itself edits the line; Ctrl-C comes as a signal.
    ReadingLine = 2,
    /// Lines come from a file or a pipe.
    ReadingFile = 3,
}

/// What a running answer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    Interrupt,
    /// The program ends: let go of the driver.
    Ending,
}

/// The driver as both threads hold it.
pub type Shared = Arc<Mutex<Driver>>;

/// The thread that takes signals, as the reading thread sees it.
pub struct Signals {
    receiver: Receiver<Signal>,
    doing: Arc<AtomicU8>,
}

impl Signals {
    /// Starts taking signals. `original` are the modes that the terminal is left with.
    ///
    /// # Errors
    /// The system refuses a handler or a thread.
    pub fn take(driver: Shared, original: Option<Termios>) -> io::Result<Self> {
        let incoming = Incoming::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
        let (sender, receiver) = bounded(16);
        let doing = Arc::new(AtomicU8::new(Doing::Working as u8));
        let taker = Taker {
            driver,
            sender,
            doing: Arc::clone(&doing),
            original,
            hinted: false,
        };
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || taker.run(incoming))?;
        Ok(Self { receiver, doing })
    }

    /// Where a running answer hears of them.
    #[must_use]
    pub fn receiver(&self) -> &Receiver<Signal> {
        &self.receiver
    }

    /// Says what Ctrl-C would interrupt.
    pub fn now(&self, doing: Doing) {
        self.doing.store(doing as u8, Ordering::SeqCst);
    }

    /// Forgets what came too late for the answer that it was meant for.
    pub fn forget_interrupts(&self) {
        while let Ok(Signal::Interrupt) = self.receiver.try_recv() {}
    }
}

struct Taker {
    driver: Shared,
    sender: Sender<Signal>,
    doing: Arc<AtomicU8>,
    /// The terminal's modes from before the editor changed them.
    original: Option<Termios>,
    /// Ctrl-C was answered by a hint.
    hinted: bool,
}

impl Taker {
    fn run(mut self, mut incoming: Incoming) {
        for signal in incoming.forever() {
            if signal != SIGINT {
                self.end(signal);
            }
            match self.doing.load(Ordering::SeqCst) {
                doing if doing == Doing::ReadingFile as u8 => self.end(SIGINT),
                doing if doing == Doing::ReadingLine as u8 => {
                    if self.hinted {
                        self.end(SIGINT);
                    }
                    self.hinted = true;
                    // The terminal has thrown the line away by itself.
                    let _ = write!(io::stdout(), "\n{}\n> ", words::ONCE_MORE_LEAVES);
                    let _ = io::stdout().flush();
                }
                doing => {
                    self.hinted = false;
                    if doing == Doing::Working as u8 {
                        // A full channel holds sixteen interruptions already.
                        let _ = self.sender.try_send(Signal::Interrupt);
                    }
                }
            }
        }
    }

    fn end(&self, signal: i32) -> ! {
        let editing = self.doing.load(Ordering::SeqCst) == Doing::Editing as u8;
        // Whoever watches an answer lets go of the driver.
        let _ = self.sender.try_send(Signal::Ending);
        let mut driver = self.driver.lock().unwrap_or_else(PoisonError::into_inner);
        let unsaved = driver.save_now();
        if let Some(original) = &self.original {
            if editing {
                // Bracketed paste, which the editor turned on.
                let _ = io::stdout().write_all(b"\x1b[?2004l\r\n");
                let _ = io::stdout().flush();
            }
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, original);
        }
        for notice in unsaved {
            let _ = writeln!(io::stderr(), "{}", crate::text::visible(&notice.text));
        }
        std::process::exit(128 + signal)
    }
}
