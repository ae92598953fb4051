//! Frames on the engine's channel: a length, then a postcard message.
//!
//! `u32` little-endian length of the body, at most [`MAX_FRAME`], then the body. The first
//! frame each way is the handshake ([`Hello`] down, [`Welcome`] up); after it commands go down
//! and events come up. Neither side believes a length before the bytes have come: a body is
//! read as it arrives, never allocated ahead.

use std::io::{self, Read};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::inference::{EngineError, EngineEvent};
use crate::words::{Said, engine as words};

/// The version of the frames and of everything in them. Raise it when a type that crosses the
/// channel changes.
pub const PROTOCOL: u32 = 8;

/// The build, as the handshake compares it: postcard has no field names, so two builds that
/// differ in a type would misread each other.
pub const BUILD: &str = env!("CARGO_PKG_VERSION");

/// Bytes of a body at most. The largest real one is a 10 MB text cut into single-byte tokens,
/// some 6 bytes each.
pub const MAX_FRAME: usize = 64 << 20;

const PREFIX: usize = size_of::<u32>();

/// The first frame down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    pub protocol: u32,
    pub build: String,
    /// The process that starts the engine; the engine ends if that is no longer its parent.
    pub parent: u32,
    /// Whether to give up files, sockets and processes before the model is read.
    pub sandbox: bool,
}

/// The first frame up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub protocol: u32,
    pub build: String,
}

/// Why no message could be read or written.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The other side closed the channel between two frames.
    #[error("{}", words::CLOSED)]
    Closed,
    #[error("{}", words::TRUNCATED)]
    Truncated,
    #[error("{}", words::oversize(size, MAX_FRAME))]
    Oversize { size: usize },
    #[error("{}", words::malformed(.0))]
    Malformed(#[source] postcard::Error),
    #[error("{}", words::trailing_bytes(.0))]
    TrailingBytes(usize),
    #[error("{}", words::cannot_encode(.0))]
    Encode(#[source] postcard::Error),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// One whole frame, ready for a single write.
///
/// # Errors
/// [`WireError::Oversize`], or [`WireError::Encode`] for a value serde refuses, such as a path
/// that is no UTF-8.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, WireError> {
    let mut frame = postcard::to_extend(message, vec![0; PREFIX]).map_err(WireError::Encode)?;
    let size = frame.len() - PREFIX;
    let length = u32::try_from(size)
        .ok()
        .filter(|_| size <= MAX_FRAME)
        .ok_or(WireError::Oversize { size })?;
    frame[..PREFIX].copy_from_slice(&length.to_le_bytes());
    Ok(frame)
}

/// As [`encode`], for an event; what cannot be sent becomes the failure of its request, which
/// must still be closed, by something small.
///
/// # Errors
/// Not even that can be written down.
pub fn encode_event(event: &EngineEvent) -> Result<Vec<u8>, WireError> {
    encode(event).or_else(|unsent| {
        let reason = Said::new(|| words::answer_unsent(&unsent));
        encode(&EngineEvent::Failed {
            request: event.request(),
            error: EngineError::Protocol { reason },
        })
    })
}

/// Reads one message, waiting for it.
///
/// # Errors
/// [`WireError::Closed`] when the channel ends before the frame begins; every other error
/// leaves the channel unusable.
pub fn read<T: DeserializeOwned>(reader: &mut impl Read) -> Result<T, WireError> {
    let size = read_length(reader)?;
    if size > MAX_FRAME {
        return Err(WireError::Oversize { size });
    }
    let mut body = Vec::with_capacity(size.min(64 << 10));
    reader
        .by_ref()
        .take(size as u64)
        .read_to_end(&mut body)
        .map_err(closed_or_io)?;
    if body.len() < size {
        return Err(WireError::Truncated);
    }
    let (message, rest) = postcard::take_from_bytes(&body).map_err(WireError::Malformed)?;
    if rest.is_empty() {
        Ok(message)
    } else {
        Err(WireError::TrailingBytes(rest.len()))
    }
}

fn read_length(reader: &mut impl Read) -> Result<usize, WireError> {
    let mut prefix = [0; PREFIX];
    let mut filled = 0;
    while filled < PREFIX {
        match reader.read(&mut prefix[filled..]) {
            Ok(0) if filled == 0 => return Err(WireError::Closed),
            Ok(0) => return Err(WireError::Truncated),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(closed_or_io(error)),
        }
    }
    // Lossless: every target has at least 32 bits.
    Ok(u32::from_le_bytes(prefix) as usize)
}

/// A peer that dies with unread frames in its socket resets the channel instead of ending it.
fn closed_or_io(error: io::Error) -> WireError {
    if error.kind() == io::ErrorKind::ConnectionReset {
        WireError::Closed
    } else {
        error.into()
    }
}

#[cfg(test)]
mod tests;
