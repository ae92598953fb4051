//! A connection to the resident engine as the client holds it.

use std::io::{self, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use crossbeam_channel::Receiver;

use super::greeting::{self, Answer, Reply, Status, Wish};
use super::place::{Place, PlaceError};
use super::terms::Refusal;
use crate::engine::reader::{self, ReadEnd};
use crate::engine::wire::WireError;
use crate::inference::{EngineEvent, LoadRequest};
use crate::words::engine as words;

/// A hub that is there answers within a millisecond, even while it computes; one that does not is
/// stuck, and a private engine is not.
const GREETING_TIMEOUT: Duration = Duration::from_secs(2);

/// A hub that takes nothing for this long is stuck.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// Why the resident engine is not used, or does not answer.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    #[error("{}", words::NO_RESIDENT)]
    Nobody,
    #[error("{}", words::other_program(.0))]
    OtherBuild(String),
    #[error("{}", .0.reason)]
    Refused(Refusal),
    #[error("{}", words::OUT_OF_PLACE)]
    OutOfPlace,
    #[error("{}", words::no_answer(.0))]
    Wire(#[from] WireError),
    #[error(transparent)]
    Place(#[from] PlaceError),
    #[error("{}", words::cannot_use_resident(.0))]
    Io(#[from] io::Error),
}

/// A connection that was welcomed.
#[derive(Debug)]
pub struct Link {
    stream: UnixStream,
}

impl Link {
    /// Connects, if the resident engine is the one that `load` would give. Waits two seconds
    /// at most, and that only for a hub that is stuck.
    ///
    /// # Errors
    /// There is none, or not this one.
    pub fn connect(place: &Place, load: &LoadRequest, sandbox: bool) -> Result<Self, LinkError> {
        // The hub has a working directory of its own.
        let path = std::path::absolute(&load.path)?;
        let wish = Wish::Use {
            load: Box::new(LoadRequest {
                path,
                ..load.clone()
            }),
            sandbox,
        };
        let (stream, reply) = ask(place, &wish)?;
        match reply {
            Reply::Welcome => {
                stream.set_read_timeout(None)?;
                stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
                Ok(Self { stream })
            }
            Reply::Refused(refusal) => Err(LinkError::Refused(refusal)),
            Reply::Stopping | Reply::Status(_) => Err(LinkError::OutOfPlace),
        }
    }

    /// Starts to read what the engine says, as [`reader::start`] does.
    ///
    /// # Errors
    /// No thread or descriptor is left.
    pub(in crate::engine) fn read(
        &self,
        wanted: impl FnMut(EngineEvent) -> bool + Send + 'static,
    ) -> io::Result<Receiver<ReadEnd>> {
        reader::start_resident(self.stream.try_clone()?, wanted)
    }

    /// Sends one frame at once.
    ///
    /// # Errors
    /// The hub is gone, or has taken nothing for 10 s.
    pub fn write_frame(&mut self, frame: &[u8]) -> io::Result<()> {
        self.stream.write_all(frame)
    }

    /// Ends the connection; its events then end too.
    pub fn cut(&self) {
        // It may be gone already.
        let _gone = self.stream.shutdown(Shutdown::Both);
    }
}

/// The thread that reads holds the socket as well, so that it would stay open.
impl Drop for Link {
    fn drop(&mut self) {
        self.cut();
    }
}

/// What the resident engine says of itself.
///
/// # Errors
/// There is none, it is another build's, or it does not answer.
pub fn status(place: &Place) -> Result<Status, LinkError> {
    match ask(place, &Wish::Status)?.1 {
        Reply::Status(status) => Ok(*status),
        _ => Err(LinkError::OutOfPlace),
    }
}

/// Tells the resident engine to end, whichever build it is; it does so after its answer.
///
/// # Errors
/// There is none, or it does not answer.
pub fn stop(place: &Place) -> Result<(), LinkError> {
    match ask(place, &Wish::Stop)?.1 {
        Reply::Stopping => Ok(()),
        _ => Err(LinkError::OutOfPlace),
    }
}

fn ask(place: &Place, wish: &Wish) -> Result<(UnixStream, Reply), LinkError> {
    let mut stream = place.connect()?.ok_or(LinkError::Nobody)?;
    stream.set_read_timeout(Some(GREETING_TIMEOUT))?;
    stream.set_write_timeout(Some(GREETING_TIMEOUT))?;
    match greeting::ask(&mut stream, wish)? {
        Answer::Reply(reply) => Ok((stream, reply)),
        Answer::OtherBuild(other) => Err(LinkError::OtherBuild(other.build)),
    }
}
