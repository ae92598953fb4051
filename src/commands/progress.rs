//! How far a computation over a text is: a line on a terminal that redraws itself.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// What takes less needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is redrawn.
const REDRAW: Duration = Duration::from_millis(200);

/// A line on standard error.
pub struct Progress {
    label: &'static str,
    started: Instant,
    last: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// `label` says what is done, such as `reading`. Nothing is shown where nobody looks, where
    /// `quiet` forbids it, and where the output itself goes to the terminal.
    #[must_use]
    pub fn new(label: &'static str, quiet: bool) -> Self {
        Self {
            label,
            started: Instant::now(),
            last: None,
            shown: !quiet && io::stderr().is_terminal() && !io::stdout().is_terminal(),
        }
    }

    /// `share` is 0..=1, and `None` where the end is not known.
    pub fn tokens(&mut self, done: u64, share: Option<f64>) {
        let now = Instant::now();
        let elapsed = now - self.started;
        let due = self.last.is_none_or(|last| now - last >= REDRAW);
        if !self.shown || !due || elapsed < PATIENCE {
            return;
        }
        self.last = Some(now);
        let seconds = elapsed.as_secs_f64();
        let mut line = format!("{}: {done} tokens", self.label);
        // Writing to a String cannot fail.
        let _ = write!(line, ", {:.0} a second", done as f64 / seconds);
        if let Some(share) = share.filter(|share| *share > 0.0) {
            let left = seconds / share.min(1.0) - seconds;
            let _ = write!(line, ", {:.0} %, {left:.0} s left", share.min(1.0) * 100.0);
        }
        put(&format!("\r{line}\x1b[K"));
    }

    /// Takes the line away.
    pub fn end(self) {
        if self.last.is_some() {
            put("\r\x1b[K");
        }
    }
}

/// Progress that nobody can read is no reason to stop.
fn put(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
