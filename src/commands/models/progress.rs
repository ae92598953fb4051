//! How far a download is: a line that redraws on a terminal, a line now and then elsewhere.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use super::{shown, size};
use crate::commands::status_line::put;
use crate::model::pull::Progress;
use crate::words::commands::models as words;

/// How often a terminal's line is redrawn.
const REDRAW: Duration = Duration::from_millis(100);

/// How often a log is told.
const LOG: Duration = Duration::from_secs(5);

/// Columns of the bar.
const BAR: usize = 24;

/// Shows the progress of one file on standard error.
pub struct Meter {
    name: String,
    quiet: bool,
    terminal: bool,
    started: Instant,
    last: Option<Instant>,
    /// Bytes when it started: what was there before is no speed.
    first: Option<u64>,
    drawn: bool,
}

impl Meter {
    pub fn new(name: &str, quiet: bool) -> Self {
        Self {
            name: shown(name),
            quiet,
            terminal: io::stderr().is_terminal(),
            started: Instant::now(),
            last: None,
            first: None,
            drawn: false,
        }
    }

    pub fn step(&mut self, step: Progress) {
        match step {
            Progress::Bytes { done, total } => self.bytes(done, total),
            Progress::Waiting => self.line(&words::WAITING),
            Progress::From(place) => self.line(&words::from(shown(&place))),
            Progress::Failed(why) => {
                self.line(&words::another_way(shown(&why)));
            }
        }
    }

    /// `total` is 0 where it is not known.
    pub fn bytes(&mut self, done: u64, total: u64) {
        let interval = if self.terminal { REDRAW } else { LOG };
        let first = *self.first.get_or_insert(done);
        let now = Instant::now();
        let due = self.last.is_none_or(|last| now - last >= interval);
        if self.quiet || (!due && (total == 0 || done < total)) {
            return;
        }
        self.last = Some(now);
        let seconds = (now - self.started).as_secs_f64();
        let came = done.saturating_sub(first);
        let speed = if seconds > 0.2 {
            came as f64 / seconds
        } else {
            0.0
        };
        // Writing to a String cannot fail.
        let mut line = format!("{}  ", self.name);
        if total > 0 {
            let share = (done as f64 / total as f64).min(1.0);
            let full = (share * BAR as f64) as usize;
            let _ = write!(
                line,
                "[{}{}] {:3.0} %  {}",
                "#".repeat(full),
                " ".repeat(BAR - full),
                share * 100.0,
                words::done_of(size(done), size(total))
            );
        } else {
            line += &size(done);
        }
        if speed > 0.0 {
            let _ = write!(line, "  {}/s", size(speed as u64));
            if total > done {
                let seconds = ((total - done) as f64 / speed).ceil();
                let _ = write!(line, "  {}", words::seconds_left(seconds));
            }
        }
        if self.terminal {
            put(&format!("\r{line}\x1b[K"));
            self.drawn = true;
        } else {
            put(&format!("{line}\n"));
        }
    }

    /// Leaves the line as it is and goes to the next.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.drawn) {
            put("\n");
        }
    }

    fn line(&mut self, text: &str) {
        self.end();
        if !self.quiet {
            put(&format!("{}\n", words::told(&self.name, text)));
        }
    }
}
