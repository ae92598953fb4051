//! The thread that reads the terminal.
//!
//! It sleeps in `poll` on the terminal, on window-size changes and on orders. It can be paused,
//! so that it does not eat the keys meant for an editor, and it ends itself when the terminal
//! is closed instead of spinning.

pub mod parser;
mod paste;

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use rustix::event::{PollFd, PollFlags, Timespec};
use signal_hook::consts::{SIGCONT, SIGWINCH};

pub use parser::Input;
use parser::Parser;

/// What comes from the terminal or about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEvent {
    Input(Input),
    /// The window has another size.
    Resized,
    /// The process was stopped and goes on; the terminal may be in any state.
    Continued,
    /// The terminal is gone.
    Closed,
    /// This signal asks the program to end.
    Signal(i32),
}

/// After this silence an Escape is the key and not the beginning of a sequence.
const ESCAPE_SILENCE: Duration = Duration::from_millis(30);
/// After this silence a paste without its end mark is over.
const PASTE_SILENCE: Duration = Duration::from_millis(500);

enum Order {
    /// Answer when nothing is read any more.
    Pause(Sender<()>),
    Resume,
    Stop,
}

/// The thread, as its owner holds it. Dropping it ends the thread.
#[derive(Debug)]
pub struct Reader {
    orders: Sender<Order>,
    wake: UnixStream,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Reader {
    /// Starts reading `tty` into `events`.
    ///
    /// # Errors
    /// The system has no room for another descriptor, handler or thread.
    pub fn start(tty: OwnedFd, events: Sender<TerminalEvent>) -> io::Result<Self> {
        let (wake, woken) = UnixStream::pair()?;
        let resized = signal_pipe(SIGWINCH)?;
        let continued = signal_pipe(SIGCONT)?;
        let (orders, ordered) = crossbeam_channel::unbounded();
        let thread = std::thread::Builder::new()
            .name("terminal".to_owned())
            .spawn(move || {
                Loop {
                    tty,
                    woken,
                    resized,
                    continued,
                    ordered,
                    events,
                    parser: Parser::default(),
                }
                .run();
            })?;
        Ok(Self {
            orders,
            wake,
            thread: Some(thread),
        })
    }

    /// Returns when the thread no longer reads.
    pub fn pause(&self) {
        let (done, wait) = bounded(1);
        self.order(Order::Pause(done));
        // A thread that has ended drops the sender: it does not read either.
        let _ = wait.recv();
    }

    pub fn resume(&self) {
        self.order(Order::Resume);
    }

    fn order(&self, order: Order) {
        // Both fail only when the thread has ended, and then there is nothing to order.
        let _ = self.orders.send(order);
        let _ = io::Write::write(&mut &self.wake, &[0]);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.order(Order::Stop);
        if let Some(thread) = self.thread.take() {
            // It panicked: the panic hook has said so.
            let _ = thread.join();
        }
    }
}

/// A descriptor that becomes readable when `signal` comes.
fn signal_pipe(signal: i32) -> io::Result<UnixStream> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    signal_hook::low_level::pipe::register(signal, write)?;
    Ok(read)
}

struct Loop {
    tty: OwnedFd,
    woken: UnixStream,
    resized: UnixStream,
    continued: UnixStream,
    ordered: Receiver<Order>,
    events: Sender<TerminalEvent>,
    parser: Parser,
}

/// The other side is gone, or said to stop.
struct Over;

impl Loop {
    fn run(mut self) {
        // As large as what a terminal's line discipline holds, many times over.
        let mut buffer = vec![0; 1 << 16];
        while let Ok(()) = self.turn(&mut buffer) {}
    }

    fn turn(&mut self, buffer: &mut [u8]) -> Result<(), Over> {
        let silence = self.parser.is_waiting().then(|| {
            if self.parser.is_pasting() {
                PASTE_SILENCE
            } else {
                ESCAPE_SILENCE
            }
        });
        let ready = match self.wait(silence) {
            Ok(Some(ready)) => ready,
            Ok(None) => return Ok(()),
            Err(error) => {
                tracing::warn!(%error, "cannot wait for the terminal");
                return self.close();
            }
        };
        if ready.silent {
            let mut inputs = Vec::new();
            self.parser.flush(&mut inputs);
            return self.send(inputs);
        }
        if ready.woken {
            self.take_orders()?;
        }
        if ready.continued {
            drain(&self.continued);
            self.emit(TerminalEvent::Continued)?;
        }
        if ready.resized {
            drain(&self.resized);
            self.emit(TerminalEvent::Resized)?;
        }
        if ready.input.contains(PollFlags::IN) {
            return self.read(buffer);
        }
        if ready
            .input
            .intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
        {
            return self.close();
        }
        Ok(())
    }

    /// Sleeps until something is ready; `None` when a signal interrupted it.
    fn wait(&self, silence: Option<Duration>) -> io::Result<Option<Ready>> {
        let mut fds = [
            PollFd::new(&self.tty, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
            PollFd::new(&self.resized, PollFlags::IN),
            PollFd::new(&self.continued, PollFlags::IN),
        ];
        let timeout = silence.map(|silence| Timespec {
            tv_sec: 0,
            tv_nsec: i64::from(silence.subsec_nanos()),
        });
        let count = match rustix::event::poll(&mut fds, timeout.as_ref()) {
            Ok(count) => count,
            Err(rustix::io::Errno::INTR) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Ready {
            silent: count == 0,
            input: fds[0].revents(),
            woken: !fds[1].revents().is_empty(),
            resized: !fds[2].revents().is_empty(),
            continued: !fds[3].revents().is_empty(),
        }))
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<(), Over> {
        match rustix::io::read(&self.tty, &mut *buffer) {
            // Readable, and nothing to read: the other side is closed.
            Ok(0) => self.close(),
            Ok(count) => {
                let mut inputs = Vec::new();
                self.parser.push(&buffer[..count], &mut inputs);
                self.send(inputs)
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Ok(()),
            Err(_) => self.close(),
        }
    }

    fn take_orders(&mut self) -> Result<(), Over> {
        drain_once(&self.woken);
        while let Ok(order) = self.ordered.try_recv() {
            match order {
                Order::Stop => return Err(Over),
                Order::Resume => {}
                Order::Pause(done) => {
                    // Whoever paused may have stopped waiting; the pause holds all the same.
                    let _ = done.send(());
                    self.sleep_until_resumed()?;
                }
            }
        }
        Ok(())
    }

    fn sleep_until_resumed(&self) -> Result<(), Over> {
        loop {
            match self.ordered.recv() {
                Ok(Order::Resume) => break,
                Ok(Order::Pause(done)) => {
                    let _ = done.send(());
                }
                Ok(Order::Stop) | Err(_) => return Err(Over),
            }
        }
        // Whoever had the terminal meanwhile has seen these; the owner repaints anyway.
        drain(&self.resized);
        drain(&self.continued);
        self.emit(TerminalEvent::Resized)
    }

    fn close(&self) -> Result<(), Over> {
        self.emit(TerminalEvent::Closed)?;
        Err(Over)
    }

    fn send(&self, inputs: Vec<Input>) -> Result<(), Over> {
        inputs
            .into_iter()
            .try_for_each(|input| self.emit(TerminalEvent::Input(input)))
    }

    fn emit(&self, event: TerminalEvent) -> Result<(), Over> {
        self.events.send(event).map_err(|_| Over)
    }
}

/// What `poll` found.
struct Ready {
    silent: bool,
    input: PollFlags,
    woken: bool,
    resized: bool,
    continued: bool,
}

fn drain(stream: &UnixStream) {
    let mut bytes = [0; 64];
    while let Ok(1..) = rustix::io::read(stream.as_fd(), &mut bytes) {}
}

/// For a blocking stream that is known to be readable.
fn drain_once(stream: &UnixStream) {
    let mut bytes = [0; 64];
    // An error leaves it readable, and the next turn tries again.
    let _ = rustix::io::read(stream.as_fd(), &mut bytes);
}
