//! How far the reading of a text is.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use super::status_line::StatusLine;
use crate::words::Phrase;
use crate::words::commands as words;

/// What takes less needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error.
pub struct Progress {
    label: Phrase,
    started: Instant,
    line: StatusLine,
}

impl Progress {
    /// `label` says what is done, such as `reading`. Nothing is shown where nobody looks, where
    /// `quiet` forbids it, and where the output itself goes to the terminal.
    #[must_use]
    pub fn new(label: Phrase, quiet: bool) -> Self {
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
            let speed = done as f64 / seconds;
            match share.filter(|share| *share > 0.0) {
                None => words::tokens_done(label, done, speed),
                Some(share) => {
                    let share = share.min(1.0);
                    let left = seconds / share - seconds;
                    words::tokens_left(label, done, speed, share * 100.0, left)
                }
            }
        });
    }

    /// Takes the line away.
    pub fn end(mut self) {
        self.line.clear();
    }
}
