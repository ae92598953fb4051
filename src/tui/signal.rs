//! Signals: save, put the terminal back, leave.
//!
//! A thread of its own takes HUP, INT, TERM and QUIT. It tells the main loop, which saves and
//! leaves with 128+n; if the main loop does not manage within [`PATIENCE`] (it may hang in a
//! write to a terminal that takes no more), the thread puts the terminal back and leaves
//! itself. While another program has the terminal, INT and QUIT come from keys that are meant
//! for that one, and are left alone. ABRT ends the process at once, so its terminal is put back in the handler; a stack
//! overflow comes this way too, since Rust's own SEGV handler ends in an abort.

// The one file outside `engine/llama` that may: installing a signal handler is unsafe, and
// there is no other way to give a terminal back when the process aborts.
#![allow(unsafe_code)]

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

use crossbeam_channel::Sender;
use signal_hook::consts::{SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use super::reader::TerminalEvent;
use super::terminal;

/// How long the main loop may take to save and leave.
pub const PATIENCE: Duration = Duration::from_millis(1500);

/// Those that end the program.
const ENDING: [i32; 4] = [SIGHUP, SIGINT, SIGTERM, SIGQUIT];

/// What stays registered while the interface runs.
#[derive(Debug)]
pub struct Guard {
    signals: signal_hook::iterator::Handle,
    continued: Arc<AtomicBool>,
    heard: Arc<Heard>,
}

/// What the handlers decide at once: a thread that hears of a signal later cannot know whose
/// the terminal was when it came.
#[derive(Debug, Default)]
struct Heard {
    /// Another program has the terminal.
    lent: AtomicBool,
    /// The first signal that is to end the program; 0 where none came.
    ending: AtomicI32,
}

impl Heard {
    fn hear(&self, signal: i32) {
        let is_key = matches!(signal, SIGINT | SIGQUIT);
        if !(is_key && self.lent.load(Ordering::Acquire)) {
            // One that comes while the program ends changes nothing.
            let _ = self
                .ending
                .compare_exchange(0, signal, Ordering::AcqRel, Ordering::Relaxed);
        }
    }

    fn ending(&self) -> Option<i32> {
        Some(self.ending.load(Ordering::Acquire)).filter(|&signal| signal != 0)
    }
}

/// Another program has the terminal until this is dropped.
#[derive(Debug)]
pub struct Lent(Arc<Heard>);

impl Drop for Lent {
    fn drop(&mut self) {
        self.0.lent.store(false, Ordering::Release);
    }
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
    let heard = Arc::new(Heard::default());
    for signal in ENDING {
        let heard = Arc::clone(&heard);
        // SAFETY: `hear` reads and writes two atomic numbers and nothing else.
        unsafe {
            signal_hook::low_level::register(signal, move || heard.hear(signal))?;
        }
    }
    // After those above, so that what they decide is known when the thread is woken.
    let mut signals = Signals::new(ENDING)?;
    let handle = signals.handle();
    let decided = Arc::clone(&heard);
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            let mut ending = signals.forever().filter_map(|_| decided.ending());
            if let Some(signal) = ending.next() {
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
        heard,
    })
}

impl Guard {
    /// Whether SIGCONT came since the last call.
    #[must_use]
    pub fn was_continued(&self) -> bool {
        self.continued.swap(false, Ordering::AcqRel)
    }

    /// Leaves INT and QUIT alone as long as another program has the terminal, as `system(3)`
    /// does.
    #[must_use]
    pub fn lend(&self) -> Lent {
        self.heard.lent.store(true, Ordering::Release);
        Lent(Arc::clone(&self.heard))
    }

    /// The signal that is to end the program, once one came. The main loop is told of it as
    /// well.
    #[must_use]
    pub fn ending(&self) -> Option<i32> {
        self.heard.ending()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_for_another_program_end_nothing_and_other_signals_do() {
        let heard = Arc::new(Heard::default());
        heard.lent.store(true, Ordering::Release);
        let lent = Lent(Arc::clone(&heard));
        heard.hear(SIGINT);
        heard.hear(SIGQUIT);
        assert_eq!(heard.ending(), None);
        heard.hear(SIGHUP);
        assert_eq!(heard.ending(), Some(SIGHUP));
        drop(lent);
        heard.hear(SIGTERM);
        assert_eq!(heard.ending(), Some(SIGHUP), "the first one counts");
    }

    #[test]
    fn keys_count_again_when_the_terminal_is_back() {
        for signal in [SIGINT, SIGQUIT] {
            let heard = Arc::new(Heard::default());
            heard.lent.store(true, Ordering::Release);
            drop(Lent(Arc::clone(&heard)));
            heard.hear(signal);
            assert_eq!(heard.ending(), Some(signal));
        }
    }
}
