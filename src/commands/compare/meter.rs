//! How far a comparison is: one line on standard error that redraws itself.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// How often it is redrawn.
const REDRAW: Duration = Duration::from_millis(100);

/// The line, where one is wanted.
#[derive(Debug)]
pub struct Meter {
    wanted: bool,
    drawn: bool,
    last: Option<Instant>,
}

impl Meter {
    pub fn new(wanted: bool) -> Self {
        Self {
            wanted,
            drawn: false,
            last: None,
        }
    }

    /// `share` is how much of a model is loaded, 0..=1.
    pub fn loading(&mut self, what: &str, share: f32) {
        self.draw(&format!("loading {what}: {:.0} %", share * 100.0));
    }

    /// `done` of `total` tokens are compared.
    pub fn reading(&mut self, done: usize, total: u32) {
        self.draw(&format!("compared {done} of {total} tokens"));
    }

    fn draw(&mut self, line: &str) {
        let now = Instant::now();
        let due = self.last.is_none_or(|last| now - last >= REDRAW);
        if self.wanted && due {
            self.last = Some(now);
            self.drawn = true;
            put(&format!("\r{line}\x1b[K"));
        }
    }

    /// Takes the line away, so that something else can be written there.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            self.last = None;
            put("\r\x1b[K");
        }
    }
}

/// Progress that nobody can read is no reason to stop.
fn put(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
