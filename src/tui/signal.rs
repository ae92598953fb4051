//! Signals: save, put the terminal back, leave.
//!
//! A thread of its own takes HUP, INT, TERM and QUIT. It tells the main loop, which saves and
//! leaves with 128+n; if the main loop does not manage within [`PATIENCE`] (it may hang in a
//! write to a terminal that takes no more), the thread puts the terminal back and leaves
//! itself. ABRT ends the process at once, so its terminal is put back in the handler; a stack
//! overflow comes this way too, since Rust's own SEGV handler ends in an abort.

// The one file outside `engine/llama` that may: installing a signal handler is unsafe, and
// there is no other way to give a terminal back when the process aborts.
#![allow(unsafe_code)]

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::Sender;
use signal_hook::consts::{SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use super::reader::TerminalEvent;
use super::terminal;

/// How long the main loop may take to save and leave.
pub const PATIENCE: Duration = Duration::from_millis(1500);

/// What stays registered while the interface runs.
#[derive(Debug)]
pub struct Guard {
    signals: signal_hook::iterator::Handle,
    continued: Arc<AtomicBool>,
}

/// Starts the thread and installs the handlers.
///
/// # Errors
/// The system has no room for another handler or thread.
pub fn install(events: Sender<TerminalEvent>) -> io::Result<Guard> {
    let continued = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGCONT, Arc::clone(&continued))?;
    // SAFETY: a handler may only do what POSIX calls async-signal-safe. `restore_now` reads
    // memory that was written before this call and is never freed, and calls `tcsetattr`,
    // `poll` and `write`; it takes no lock and allocates nothing. `raise` comes from
    // `emulate_default_handler`, which is made for this place.
    unsafe {
        signal_hook::low_level::register(SIGABRT, || {
            terminal::restore_now();
            // It only returns when the signal cannot be raised; `abort` then ends the process.
            let _ = signal_hook::low_level::emulate_default_handler(SIGABRT);
        })?;
    }
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM, SIGQUIT])?;
    let handle = signals.handle();
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            if let Some(signal) = signals.forever().next() {
                // A main loop that is gone already needs no telling.
                let _ = events.send(TerminalEvent::Signal(signal));
                std::thread::sleep(PATIENCE);
                terminal::restore_now();
                signal_hook::low_level::exit(exit_code(signal));
            }
        })?;
    Ok(Guard {
        signals: handle,
        continued,
    })
}

impl Guard {
    /// Whether SIGCONT came since the last call.
    #[must_use]
    pub fn was_continued(&self) -> bool {
        self.continued.swap(false, Ordering::AcqRel)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.signals.close();
    }
}

/// The exit code that shells give a process ended by `signal`.
#[must_use]
pub fn exit_code(signal: i32) -> i32 {
    128 + signal
}
