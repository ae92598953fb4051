//! A connection as the hub holds it: a thread that reads, one that writes, and a bounded queue
//! between the hub and the one that writes.

use std::io::{self, BufReader, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::engine::patient::Patient;
use crate::engine::wire::{self, WireError};
use crate::inference::{EngineCommand, EngineEvent};

/// Frames that wait for a client to read them, at most: some minutes of an answer.
const FRAMES: usize = 8192;

/// Bytes of them, at most; one frame may always wait, however large.
const BYTES: usize = 16 << 20;

/// A client reads too slowly, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooSlow;

/// What is to be written to a client. Dropping it ends the connection, once all is written.
#[derive(Debug)]
pub struct Outbox {
    queue: Sender<Vec<u8>>,
    waiting: Arc<AtomicUsize>,
    stream: UnixStream,
    writer: JoinHandle<()>,
}

impl Outbox {
    /// Starts the thread that writes to `stream`.
    ///
    /// # Errors
    /// No thread or descriptor is left.
    pub fn start(stream: &UnixStream) -> io::Result<Self> {
        let (queue, frames) = bounded::<Vec<u8>>(FRAMES);
        let waiting = Arc::new(AtomicUsize::new(0));
        let written = Arc::clone(&waiting);
        let theirs = stream.try_clone()?;
        let writer = thread::Builder::new()
            .name("guest writer".into())
            .spawn(move || write_all(theirs, &frames, &written))?;
        Ok(Self {
            queue,
            waiting,
            stream: stream.try_clone()?,
            writer,
        })
    }

    /// Queues an event, without waiting.
    ///
    /// # Errors
    /// [`TooSlow`] where too much waits already. A connection that is broken is no error: its
    /// reader tells of it.
    pub fn send(&self, event: &EngineEvent) -> Result<(), TooSlow> {
        let frame = wire::encode_event(event).map_err(|_| TooSlow)?;
        let size = frame.len();
        let before = self.waiting.fetch_add(size, Ordering::Relaxed);
        if before > 0 && before + size > BYTES {
            return Err(TooSlow);
        }
        match self.queue.try_send(frame) {
            Ok(()) | Err(TrySendError::Disconnected(_)) => Ok(()),
            Err(TrySendError::Full(_)) => Err(TooSlow),
        }
    }

    /// Ends the connection at once, whatever still waits.
    pub fn cut(self) {
        // It may be gone already.
        let _gone = self.stream.shutdown(Shutdown::Both);
    }

    /// Ends the connection once all is written; the thread that does it.
    pub fn finish(self) -> JoinHandle<()> {
        self.writer
    }
}

fn write_all(mut stream: UnixStream, frames: &Receiver<Vec<u8>>, waiting: &AtomicUsize) {
    for frame in frames {
        if stream.write_all(&frame).is_err() {
            break;
        }
        waiting.fetch_sub(frame.len(), Ordering::Relaxed);
    }
    // Wakes the thread that reads.
    let _gone = stream.shutdown(Shutdown::Both);
}

/// Reads commands until the client ends, breaks off or sends nonsense; `None` where it ended as
/// it should.
pub fn read(stream: UnixStream, mut take: impl FnMut(EngineCommand) -> bool) -> Option<WireError> {
    let mut reader = BufReader::new(Patient(stream));
    loop {
        match wire::read(&mut reader) {
            Ok(command) => {
                if !take(command) {
                    return None;
                }
            }
            Err(WireError::Closed) => return None,
            Err(error) => return Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Said;

    #[test]
    fn what_is_not_read_is_bounded_and_nobody_waits_for_it() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let outbox = Outbox::start(&ours).unwrap();
        let event = EngineEvent::Notice {
            request: None,
            text: Said::verbatim("x".repeat(1 << 20)),
        };
        let most = 10 * (BYTES >> 20);
        let taken = (0..most)
            .take_while(|_| outbox.send(&event).is_ok())
            .count();
        assert!(
            ((BYTES >> 20) - 1..=2 * (BYTES >> 20)).contains(&taken),
            "{taken}"
        );
        outbox.cut();
        // The other side reads what was written, then the end.
        let end = loop {
            match wire::read::<EngineEvent>(&mut theirs) {
                Ok(read) => assert_eq!(read, event),
                Err(end) => break end,
            }
        };
        assert!(
            matches!(end, WireError::Closed | WireError::Truncated),
            "{end}"
        );
    }

    #[test]
    fn what_was_queued_before_the_end_is_still_written() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let outbox = Outbox::start(&ours).unwrap();
        for size in 0..100 {
            outbox.send(&EngineEvent::ContextGrown { size }).unwrap();
        }
        outbox.finish().join().unwrap();
        for size in 0..100 {
            let event: EngineEvent = wire::read(&mut theirs).unwrap();
            assert_eq!(event, EngineEvent::ContextGrown { size });
        }
        assert!(matches!(
            wire::read::<EngineEvent>(&mut theirs),
            Err(WireError::Closed)
        ));
    }
}
