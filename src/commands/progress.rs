//! How far the reading of a text is.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use super::status_line::StatusLine;

/// What takes less needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error.
pub struct Progress {
    label: &'static str,
    started: Instant,
    line: StatusLine,
}

impl Progress {
    /// `label` says what is done, such as `reading`. Nothing is shown where nobody looks, where
    /// `quiet` forbids it, and where the output itself goes to the terminal.
    #[must_use]
    pub fn new(label: &'static str, quiet: bool) -> Self {
        let wanted = !quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self {
            label,
            started: Instant::now(),
            line: StatusLine::new(wanted),
        }
    }

    /// `share` is 0..=1, and `None` where the end is not known.
    pub fn tokens(&mut self, done: u64, share: Option<f64>) {
        let elapsed = self.started.elapsed();
        if elapsed < PATIENCE {
            return;
        }
        let label = self.label;
        self.line.draw(|| {
            let seconds = elapsed.as_secs_f64();
            let mut line = format!("{label}: {done} tokens");
            // Writing to a String cannot fail.
            let _ = write!(line, ", {:.0} a second", done as f64 / seconds);
            if let Some(share) = share.filter(|share| *share > 0.0) {
                let left = seconds / share.min(1.0) - seconds;
                let _ = write!(line, ", {:.0} %, {left:.0} s left", share.min(1.0) * 100.0);
            }
            line
        });
    }

    /// Takes the line away.
    pub fn end(mut self) {
        self.line.clear();
    }
}
