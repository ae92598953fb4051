//! Where the two parts of an answer go: what the model thinks, and what it says.

use std::io::{self, IsTerminal, Write};

use crate::config::ReasoningShown;
use crate::inference::{GeneratedToken, TokenKind};
use crate::text::{self, Reasoning, Speech, Utf8Stream};

/// The parts of an answer that belong on standard output, and the other on standard error.
pub struct Parts {
    shown: ReasoningShown,
    splitter: Reasoning,
    err: Aside,
}

impl Parts {
    /// `quiet`: nothing is said but what was asked for.
    pub fn new(shown: ReasoningShown, quiet: bool, dim: bool) -> Self {
        let silent = quiet && shown == ReasoningShown::Auto;
        Self {
            splitter: Reasoning::default(),
            err: Aside::new(silent || shown == ReasoningShown::Off, dim),
            shown,
        }
    }

    /// The prompt ended inside the reasoning.
    pub fn begin_inside(&mut self) {
        self.splitter = Reasoning::new(true);
    }

    /// Splits what a token adds; `name` is that of a control token.
    pub fn split(&mut self, token: &GeneratedToken, name: &[u8]) -> Vec<(Speech, Vec<u8>)> {
        match token.trace.kind {
            TokenKind::Text => self.splitter.push(&token.text),
            TokenKind::Control => self.splitter.push_control(name),
            TokenKind::EndOfGeneration => Vec::new(),
        }
    }

    /// As [`split`](Self::split), for text that no token wrote.
    pub fn split_text(&mut self, text: &[u8]) -> Vec<(Speech, Vec<u8>)> {
        self.splitter.push(text)
    }

    /// What was held back until the end.
    pub fn finish(&mut self) -> Vec<(Speech, Vec<u8>)> {
        self.splitter.finish()
    }

    /// Whether this part is for standard output; the other one is written to standard error,
    /// where anybody wants it.
    pub fn is_for_output(&mut self, speech: Speech, bytes: &[u8]) -> bool {
        let wanted = match self.shown {
            ReasoningShown::Only => Speech::Reasoning,
            _ => Speech::Answer,
        };
        if speech == wanted {
            self.err.end();
            return true;
        }
        self.err.write(bytes);
        false
    }

    /// Whether reasoning is told in the JSON forms.
    pub fn is_told(&self) -> bool {
        self.shown != ReasoningShown::Off
    }
}

/// Standard error. It is the last place to complain to, so its failures are nobody's.
struct Aside {
    silent: bool,
    terminal: bool,
    dim: bool,
    decoder: Utf8Stream,
    /// A line was begun that has no end.
    open: bool,
}

impl Aside {
    fn new(silent: bool, dim: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        Self {
            silent,
            terminal,
            dim: dim && terminal,
            decoder: Utf8Stream::new(),
            open: false,
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.silent || bytes.is_empty() {
            return;
        }
        let mut err = io::stderr().lock();
        self.open = !bytes.ends_with(b"\n");
        if !self.terminal {
            let _ = err.write_all(bytes);
            return;
        }
        let text = self.decoder.push(bytes);
        let shown = text::visible(&text);
        let _ = if self.dim {
            write!(err, "\x1b[2m{shown}\x1b[0m")
        } else {
            write!(err, "{shown}")
        };
        let _ = err.flush();
    }

    /// What follows begins on a line of its own.
    fn end(&mut self) {
        if std::mem::take(&mut self.open) {
            let _ = writeln!(io::stderr());
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.end();
    }
}
