//! What a terminal answers when it is asked.
//!
//! All questions go out at once, the last one being what every terminal since the VT100 answers
//! (DA1): once that answer is here, no other will come.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use regex::bytes::Regex;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::termios::{self, OptionalActions, Termios};

use crate::config::theme::Background;
use crate::text::clipboard::Through;
use crate::words::commands::doctor as words;

/// A wide letter and where the cursor is after it, which is taken back; the background (OSC 11);
/// kitty's keyboard protocol; whether it is tmux or screen ([`clipboard::ASK_WHO`], DA2); what the
/// terminal is (DA1).
///
/// [`clipboard::ASK_WHO`]: crate::text::clipboard::ASK_WHO
const QUESTIONS: &[u8] = "\r日\x1b[6n\r\x1b[K\x1b]11;?\x1b\\\x1b[?u\x1b[>c\x1b[c".as_bytes();

/// Over a bad line an answer may take this long.
const PATIENCE: Duration = Duration::from_secs(1);

static CURSOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\x1b\[\d+;(\d+)R"));
static COLOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b)"));
static KITTY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\x1b\[\?\d+u"));
static KIND: LazyLock<Regex> = LazyLock::new(|| pattern(r"\x1b\[>(\d+)[;\d]*c"));
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| pattern(r"\x1b\[\?([\d;]*)c"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("it is a regular expression")
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// It answered what every terminal answers.
    pub answered: bool,
    /// Columns that a wide letter took.
    pub wide: Option<u16>,
    pub background: Option<Background>,
    /// It speaks kitty's keyboard protocol.
    pub kitty: bool,
    /// It is tmux or screen.
    pub multiplexer: Option<Through>,
    /// It says that it takes OSC 52, the clipboard (DA1's attribute 52).
    pub clipboard: bool,
}

impl Answers {
    fn read(bytes: &[u8]) -> Self {
        let text = |pattern: &Regex| {
            let found = pattern.captures(bytes)?.get(1)?;
            String::from_utf8(found.as_bytes().to_vec()).ok()
        };
        let attributes = text(&ATTRIBUTES);
        Self {
            answered: attributes.is_some(),
            wide: text(&CURSOR)
                .and_then(|column| column.parse::<u16>().ok())
                .and_then(|column| column.checked_sub(1)),
            background: text(&COLOR).and_then(|color| Background::reported(&color)),
            kitty: KITTY.is_match(bytes),
            multiplexer: text(&KIND).and_then(|number| Through::answered(&number)),
            clipboard: attributes.is_some_and(|all| all.split(';').any(|one| one == "52")),
        }
    }
}

/// The terminal in raw mode; dropping it gives it back.
struct Raw {
    tty: OwnedFd,
    original: Termios,
}

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing back.
        let _gone = termios::tcsetattr(&self.tty, OptionalActions::Flush, &self.original);
    }
}

/// Asks the terminal that the program was started from.
///
/// # Errors
/// There is none, or the program runs in its background.
pub fn ask() -> io::Result<Answers> {
    let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::CLOEXEC;
    let tty = rustix::fs::open("/dev/tty", flags, rustix::fs::Mode::empty())?;
    // Reading there would stop the whole job.
    if termios::tcgetpgrp(&tty)? != rustix::process::getpgrp() {
        return Err(io::Error::other(words::IN_BACKGROUND.text()));
    }
    let original = termios::tcgetattr(&tty)?;
    let mut raw = original.clone();
    raw.make_raw();
    termios::tcsetattr(&tty, OptionalActions::Flush, &raw)?;
    let terminal = Raw { tty, original };
    let mut rest = QUESTIONS;
    while !rest.is_empty() {
        let written = rustix::io::retry_on_intr(|| rustix::io::write(&terminal.tty, rest))?;
        rest = &rest[written..];
    }
    let (started, mut bytes) = (Instant::now(), Vec::new());
    while !ATTRIBUTES.is_match(&bytes) {
        let left = PATIENCE.saturating_sub(started.elapsed());
        let mut fds = [PollFd::new(&terminal.tty, PollFlags::IN)];
        let timeout = Timespec {
            tv_sec: left.as_secs() as i64,
            tv_nsec: left.subsec_nanos().into(),
        };
        if rustix::io::retry_on_intr(|| rustix::event::poll(&mut fds, Some(&timeout)))? == 0 {
            break;
        }
        let mut buffer = [0; 256];
        match rustix::io::retry_on_intr(|| rustix::io::read(&terminal.tty, &mut buffer))? {
            0 => break,
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
    Ok(Answers::read(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_whatever_is_between_them() {
        let bytes =
            b"x\x1b[12;3R\x1b]11;rgb:ffff/ffff/ffff\x1b\\y\x1b[?0u\x1b[>84;0;0c\x1b[?62;22;52c";
        assert_eq!(
            Answers::read(bytes),
            Answers {
                answered: true,
                wide: Some(2),
                background: Some(Background::Light),
                kitty: true,
                multiplexer: Some(Through::Tmux),
                clipboard: true,
            }
        );
        assert_eq!(Answers::read(b""), Answers::default());
        let old = Answers::read(b"\x1b[?1;2c");
        assert!(old.answered && !old.kitty && !old.clipboard && old.wide.is_none());
    }
}
