//! A line on standard error that redraws itself while something takes its time.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// How often it is redrawn.
const REDRAW: Duration = Duration::from_millis(100);

/// The line, where one is wanted.
#[derive(Debug)]
pub struct StatusLine {
    wanted: bool,
    /// When it was last drawn, while it stands there.
    drawn: Option<Instant>,
}

impl StatusLine {
    pub fn new(wanted: bool) -> Self {
        Self {
            wanted,
            drawn: None,
        }
    }

    /// Draws what `text` says, unless that is too soon after the last time.
    pub fn draw(&mut self, text: impl FnOnce() -> String) {
        let now = Instant::now();
        if self.wanted && self.drawn.is_none_or(|last| now - last >= REDRAW) {
            self.drawn = Some(now);
            put(&format!("\r{}\x1b[K", text()));
        }
    }

    /// Takes the line away, so that something else can be written there.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            put("\r\x1b[K");
        }
    }
}

/// Writes to standard error. Progress that nobody can read is no reason to stop.
pub fn put(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
