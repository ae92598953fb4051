//! The last lines an engine printed, kept to explain its death.
//!
//! The bytes are llama.cpp's and, through it, the model file's: they are kept as they came,
//! and whoever shows them sanitises them.

use std::collections::VecDeque;

/// Lines kept at most.
const MAX_LINES: usize = 200;
/// Bytes kept at most, over all lines.
const MAX_BYTES: usize = 64 << 10;
/// Bytes of one line; the rest of a longer one is dropped.
const MAX_LINE: usize = 4 << 10;

/// Lines in the order they came, the oldest dropped first.
#[derive(Debug, Default)]
pub struct LogRing {
    lines: VecDeque<String>,
    bytes: usize,
    /// A line whose end has not come yet.
    partial: Vec<u8>,
}

impl LogRing {
    /// Takes bytes as they come off a pipe and hands each line that they complete to
    /// `on_line`.
    pub fn push(&mut self, mut bytes: &[u8], mut on_line: impl FnMut(&str)) {
        while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
            self.extend_partial(&bytes[..end]);
            bytes = &bytes[end + 1..];
            on_line(self.finish_line());
        }
        self.extend_partial(bytes);
    }

    /// The lines, oldest first, and what was printed after the last newline.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let partial = (!self.partial.is_empty()).then(|| lossy_line(&self.partial));
        self.lines.iter().cloned().chain(partial).collect()
    }

    fn extend_partial(&mut self, bytes: &[u8]) {
        let room = MAX_LINE - self.partial.len();
        self.partial
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn finish_line(&mut self) -> &str {
        let line = lossy_line(&self.partial);
        self.partial.clear();
        self.bytes += line.len();
        self.lines.push_back(line);
        while self.lines.len() > MAX_LINES || self.bytes > MAX_BYTES {
            let Some(oldest) = self.lines.pop_front() else {
                break;
            };
            self.bytes -= oldest.len();
        }
        self.lines.back().map_or("", String::as_str)
    }
}

fn lossy_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(bytes)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(chunks: &[&[u8]]) -> (LogRing, Vec<String>) {
        let mut ring = LogRing::default();
        let mut seen = Vec::new();
        for chunk in chunks {
            ring.push(chunk, |line| seen.push(line.to_owned()));
        }
        (ring, seen)
    }

    #[test]
    fn lines_are_whole_however_the_pipe_cuts_them() {
        let (ring, seen) = filled(&[b"load", b"ing\nten", b"sor\r\nabo", b"rt"]);
        assert_eq!(ring.lines(), ["loading", "tensor", "abort"]);
        assert_eq!(seen, ["loading", "tensor"]);
    }

    #[test]
    fn only_the_last_lines_stay() {
        let text = (0..1000)
            .map(|n| format!("line {n}\n"))
            .collect::<Vec<_>>()
            .concat();
        let (ring, _) = filled(&[text.as_bytes()]);
        let lines = ring.lines();
        assert_eq!(lines.len(), MAX_LINES);
        assert_eq!(lines[0], "line 800");
        assert_eq!(lines[MAX_LINES - 1], "line 999");
    }

    #[test]
    fn a_flood_without_newlines_stays_within_the_limits() {
        let flood = vec![b'x'; 1 << 20];
        let (ring, _) = filled(&[&flood, b"\nlast\n"]);
        assert_eq!(ring.lines()[0].len(), MAX_LINE);
        assert_eq!(ring.lines()[1], "last");

        let long = (0..100)
            .map(|n| format!("{n:04000}\n"))
            .collect::<Vec<_>>()
            .concat();
        let (ring, _) = filled(&[long.as_bytes()]);
        assert!(ring.lines().iter().map(String::len).sum::<usize>() <= MAX_BYTES);
    }

    #[test]
    fn bytes_that_are_no_utf_8_become_readable() {
        let (ring, _) = filled(&[b"name \xff\n"]);
        assert_eq!(ring.lines(), ["name \u{fffd}"]);
    }
}
