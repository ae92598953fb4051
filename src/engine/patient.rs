//! A socket whose reader sleeps while the other side only takes.
//!
//! A thread that waits in `read` on a Unix socket is also woken whenever its peer takes what was
//! written there: the kernel has one queue for who waits for data and who waits for room
//! (`unix_write_space`). The thread that reads commands would so be woken by every token that it
//! never sees, on a core that computes. One that waits in `poll` is asked for what it waits.

use std::io::{self, Read};
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// Reads from a blocking socket that has no timeout.
#[derive(Debug)]
pub struct Patient(pub UnixStream);

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut waits = [PollFd::new(&self.0, PollFlags::IN)];
        match poll(&mut waits, None) {
            Ok(_) => self.0.read(buffer),
            Err(Errno::INTR) => Err(io::ErrorKind::Interrupted.into()),
            Err(error) => Err(error.into()),
        }
    }
}
