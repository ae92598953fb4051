//! The terminal's life: how it is taken, and how it is given back as it was.
//!
//! What has to be undone is known before anything is done: the saved termios and one string of
//! bytes, kept where a panic hook and a signal handler can reach them without a lock.

mod output;

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal as Ratatui};
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::Signal;
use rustix::termios::{self, OptionalActions, Termios};

use super::hyperlink::{Addresses, Hyperlinks};
use super::pass::Through;
use super::signal::Guard;
use super::steady::Steady;
use crate::words::tui::run as words;
use output::Output;

/// Alternate screen, bracketed paste; then the question whether the terminal speaks kitty's
/// keyboard protocol. Those that don't answer nothing.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?u";
/// Tell Enter, Shift-Enter and Alt-Enter apart (flag 1 of kitty's protocol).
const KITTY_ON: &[u8] = b"\x1b[>1u";
/// Tell the background's colour (xterm's OSC 11), and later when it becomes dark or light (mode
/// 2031). Those that don't answer nothing.
const BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\\x1b[?2031h";
/// Clicks, the wheel and drags (modes 1000 and 1002), in SGR's form.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Undoes all of the above in any state. The keyboard flags belong to the alternate screen, so
/// taking them off harms nobody who never set them.
const LEAVE: &[u8] =
    b"\x1b[?2026l\x1b[<u\x1b[?2031l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/// How long a terminal may refuse the restoring bytes before it is given up.
const RESTORE_PATIENCE_MS: i64 = 200;
/// How long SIGCONT may take after SIGTSTP. In an orphaned process group the stop is ignored,
/// and the program goes on at once.
const STOP_PATIENCE: Duration = Duration::from_millis(300);

struct Saved {
    tty: OwnedFd,
    termios: Termios,
}

static SAVED: OnceLock<Saved> = OnceLock::new();
/// Whether there is something to give back.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. Dropping it gives it back.
pub struct Terminal {
    screen: Ratatui<Through<Steady, Through<Hyperlinks, CrosstermBackend<Output>>>>,
    /// What the links of the frame lead to.
    addresses: Rc<RefCell<Addresses>>,
    /// Whether the output holds back what is flushed, until the frame is whole.
    drawing: Rc<Cell<bool>>,
    raw: Termios,
    mouse: bool,
    kitty: bool,
    background: bool,
}

impl Terminal {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste.
    ///
    /// # Errors
    /// There is no terminal, or it is closed.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let tty = open()?;
        let output = File::from(tty.try_clone()?);
        let original = termios::tcgetattr(&tty)?;
        let mut raw = original.clone();
        raw.make_raw();
        SAVED.get_or_init(|| Saved {
            tty,
            termios: original,
        });
        let drawing = Rc::new(Cell::new(false));
        let addresses = Rc::new(RefCell::new(Addresses::new()));
        let writer = Output::new(output, Rc::clone(&drawing));
        let mut terminal = Self {
            screen: Ratatui::new(Through::new(
                Steady::default(),
                Through::new(
                    Hyperlinks::new(Rc::clone(&addresses)),
                    CrosstermBackend::new(writer),
                ),
            ))?,
            addresses,
            drawing,
            raw,
            mouse,
            kitty: false,
            background: false,
        };
        install_panic_hook();
        terminal.take()?;
        Ok(terminal)
    }

    /// Draws a frame; `render` says what its links lead to.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>) -> Addresses) -> io::Result<()> {
        self.drawing.set(true);
        let addresses = &self.addresses;
        let drawn = self
            .screen
            .draw(|frame| *addresses.borrow_mut() = render(frame))
            .map(|_| ());
        self.drawing.set(false);
        drawn?;
        Write::flush(self.screen.backend_mut())
    }

    /// A descriptor to read keys from.
    ///
    /// # Errors
    /// The process has no descriptor left.
    pub fn input(&self) -> io::Result<OwnedFd> {
        open()
    }

    /// Sends bytes that are no cells, such as what is copied to the clipboard.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let writer = self.screen.backend_mut();
        writer.write_all(bytes)?;
        Write::flush(writer)
    }

    /// The terminal answered that it speaks kitty's keyboard protocol.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn enable_kitty_keyboard(&mut self) -> io::Result<()> {
        if self.kitty {
            return Ok(());
        }
        self.kitty = true;
        self.send(KITTY_ON)
    }

    /// Has the terminal report what the mouse does, or leave it to select text.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn use_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        self.send(if mouse { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Has the terminal tell what its background is, and when that changes.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn follow_background(&mut self) -> io::Result<()> {
        self.background = true;
        self.send(BACKGROUND)
    }

    /// Gives the terminal back for a while, as for an editor; [`resume`](Self::resume) takes
    /// it again.
    pub fn pause(&mut self) {
        restore_now();
    }

    /// Takes the terminal again and forgets what was drawn on it.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn resume(&mut self) -> io::Result<()> {
        self.take()?;
        // ratatui's own `clear` asks the terminal where its cursor is, and would wait for an
        // answer that our reader takes.
        let size = self.screen.size()?;
        self.screen.resize(size.into())
    }

    /// Stops the program, with whatever started it (`make`, a script), as Ctrl-Z does; returns
    /// when it goes on.
    ///
    /// # Errors
    /// The terminal is closed.
    pub fn suspend(&mut self, signals: &Guard) -> io::Result<()> {
        self.pause();
        // An older one says nothing about this stop.
        let _ = signals.was_continued();
        rustix::process::kill_current_process_group(Signal::TSTP)?;
        let asked = Instant::now();
        while !signals.was_continued() && asked.elapsed() < STOP_PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.resume()
    }

    fn take(&mut self) -> io::Result<()> {
        let Some(saved) = SAVED.get() else {
            return Err(io::Error::other(words::NEVER_OPENED.text()));
        };
        TAKEN.store(true, Ordering::Release);
        termios::tcsetattr(&saved.tty, OptionalActions::Drain, &self.raw)?;
        self.kitty = false;
        self.send(ENTER)?;
        if self.mouse {
            self.send(MOUSE_ON)?;
        }
        if self.background {
            self.send(BACKGROUND)?;
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // ratatui shows a hidden cursor when it is dropped, and on a closed terminal it panics
        // over being unable to. What gives the terminal back shows it too, so nothing more is
        // sent.
        self.drawing.set(true);
        restore_now();
    }
}

/// Gives the terminal back, if it is ours.
///
/// Safe to call from a signal handler: no lock, no allocation.
pub fn restore_now() {
    if !TAKEN.swap(false, Ordering::AcqRel) {
        return;
    }
    let Some(saved) = SAVED.get() else { return };
    let mut rest = LEAVE;
    while !rest.is_empty() && takes_output(&saved.tty) {
        match rustix::io::write(&saved.tty, rest) {
            Ok(written) => rest = &rest[written..],
            Err(rustix::io::Errno::INTR) => {}
            // A terminal that is gone needs nothing back.
            Err(_) => break,
        }
    }
    // `Now`: waiting for output that nobody reads would hang here.
    let _ = termios::tcsetattr(&saved.tty, OptionalActions::Now, &saved.termios);
}

/// Whether the terminal takes bytes within [`RESTORE_PATIENCE_MS`].
fn takes_output(tty: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(tty, PollFlags::OUT)];
    let patience = Timespec {
        tv_sec: 0,
        tv_nsec: RESTORE_PATIENCE_MS * 1_000_000,
    };
    matches!(rustix::event::poll(&mut fds, Some(&patience)), Ok(1..))
        && fds[0].revents().contains(PollFlags::OUT)
}

/// The controlling terminal: stdin may be a document that was piped in.
fn open() -> io::Result<OwnedFd> {
    for standard in [rustix::stdio::stdout(), rustix::stdio::stdin()] {
        if termios::isatty(standard) {
            // Opened anew where possible, so that its flags are ours alone.
            let path = termios::ttyname(standard, Vec::new());
            if let Ok(path) = path
                && let Ok(file) = open_tty(&path.to_string_lossy())
            {
                return Ok(file);
            }
            return standard.try_clone_to_owned();
        }
    }
    open_tty("/dev/tty")
}

fn open_tty(path: &str) -> io::Result<OwnedFd> {
    let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, rustix::fs::Mode::empty())?)
}

/// Columns and rows of the terminal, where it knows them.
#[must_use]
pub fn size() -> Option<(u16, u16)> {
    let saved = SAVED.get()?;
    let size = termios::tcgetwinsize(saved.tty.as_fd()).ok()?;
    Some((size.ws_col, size.ws_row))
}

/// A panic message belongs on the screen that the user came from.
fn install_panic_hook() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore_now();
            previous(panic);
        }));
    });
}
