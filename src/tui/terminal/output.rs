//! What goes to the terminal: a frame in one write, and as few bytes as say it.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Write};
use std::rc::Rc;

/// Synchronised output (mode 2026): the terminal shows what lies between at once. Terminals
/// that don't know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Less than this a terminal takes in one piece anyway.
const SMALL: usize = 512;
/// How crossterm ends a frame for ratatui, and the part of it that does all of that.
const RESET_LONG: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m";
const RESET: &[u8] = b"\x1b[0m";

/// Collects what is written until it is flushed; while a frame is drawn, until it is whole,
/// since ratatui flushes in the middle.
#[derive(Debug)]
pub struct Output<W = File> {
    terminal: W,
    bytes: Vec<u8>,
    drawing: Rc<Cell<bool>>,
}

impl<W: Write> Output<W> {
    /// An output that holds back what is flushed while `drawing`.
    pub fn new(terminal: W, drawing: Rc<Cell<bool>>) -> Self {
        Self {
            terminal,
            bytes: Vec::new(),
            drawing,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.drawing.get() || self.bytes.is_empty() {
            return Ok(());
        }
        let mut bytes = shorten(&self.bytes);
        self.bytes.clear();
        if bytes.len() >= SMALL {
            bytes.splice(..0, BEGIN.iter().copied());
            bytes.extend_from_slice(END);
        }
        self.terminal.write_all(&bytes)?;
        self.terminal.flush()
    }
}

/// Says the reset at the end of a frame once instead of four times.
fn shorten(bytes: &[u8]) -> Vec<u8> {
    let at = bytes
        .windows(RESET_LONG.len())
        .rposition(|window| window == RESET_LONG);
    match at {
        Some(at) => [&bytes[..at], RESET, &bytes[at + RESET_LONG.len()..]].concat(),
        None => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(bytes: &[u8]) -> Vec<u8> {
        let drawing = Rc::new(Cell::new(true));
        let mut output = Output::new(Vec::new(), Rc::clone(&drawing));
        output.write_all(bytes).unwrap();
        output.flush().unwrap();
        assert_eq!(
            output.terminal, b"",
            "a frame is not sent before it is whole"
        );
        drawing.set(false);
        output.flush().unwrap();
        output.flush().unwrap();
        output.terminal
    }

    #[test]
    fn a_small_frame_is_sent_as_short_as_it_can_be() {
        assert_eq!(written(b""), b"");
        assert_eq!(
            written(b"a\x1b[39m\x1b[49m\x1b[59m\x1b[0m\x1b[?25h"),
            b"a\x1b[0m\x1b[?25h"
        );
    }

    #[test]
    fn a_large_frame_is_shown_at_once() {
        let sent = written(&[b'x'; 600]);
        assert!(sent.starts_with(BEGIN) && sent.ends_with(END));
        assert_eq!(sent.len(), 600 + BEGIN.len() + END.len());
    }
}
