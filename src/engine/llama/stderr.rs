//! What llama.cpp prints past its own log.
//!
//! Its grammar parser writes the place of a mistake straight to standard error, which a user of
//! the log never sees.

use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::sync::Mutex;

use rustix::io::FdFlags;
use rustix::pipe::PipeFlags;

/// Runs `work`; what was written to standard error meanwhile comes back, and is passed on.
///
/// At most what a pipe holds (64 KiB on Linux): the rest is dropped, so that a writer never
/// waits. Where the system has no descriptor left, nothing is heard.
pub(super) fn listen<T>(work: impl FnOnce() -> T) -> (T, String) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _alone = ONE_AT_A_TIME
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let Ok(ear) = Ear::open() else {
        return (work(), String::new());
    };
    let done = work();
    let said = ear.close().unwrap_or_default();
    // A standard error that nobody reads any more is no reason to stop computing.
    let _unread = io::stderr().write_all(&said);
    (done, String::from_utf8_lossy(&said).into_owned())
}

/// A pipe in the place of standard error.
struct Ear {
    heard: OwnedFd,
    stderr: OwnedFd,
}

impl Ear {
    fn open() -> io::Result<Self> {
        let (heard, mouth) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        let stderr = rustix::io::dup(io::stderr())?;
        rustix::io::fcntl_setfd(&stderr, FdFlags::CLOEXEC)?;
        rustix::stdio::dup2_stderr(&mouth)?;
        Ok(Self { heard, stderr })
    }

    fn close(self) -> io::Result<Vec<u8>> {
        // The last writing end goes with it, so that reading comes to an end.
        rustix::stdio::dup2_stderr(&self.stderr)?;
        let mut said = Vec::new();
        std::fs::File::from(self.heard).read_to_end(&mut said)?;
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_heard_and_more_than_fits_waits_for_nobody() {
        let ((), said) = listen(|| {
            let mut stderr = io::stderr();
            stderr
                .write_all(b"the place of the mistake\n")
                .expect("it fits");
            let flood = vec![b'.'; 1 << 20];
            assert!(stderr.write_all(&flood).is_err(), "a full pipe says so");
        });
        assert!(said.contains("the place of the mistake\n"), "{said:.40}");
    }
}
