//! The thread that turns an engine's frames into events.

use std::io::{self, BufReader};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, unbounded};

use super::wire::{self, BUILD, PROTOCOL, Welcome, WireError};
use crate::inference::EngineEvent;
use crate::words::engine as words;

/// A program that was started as an engine and says nothing for this long is none.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(30);

/// What comes from one engine process, in order.
#[derive(Debug)]
pub enum Incoming {
    Event(EngineEvent),
    /// The last thing to come: nothing more can be read.
    Ended(ReadEnd),
}

/// Why nothing more can be read from an engine.
#[derive(Debug, thiserror::Error)]
pub enum ReadEnd {
    #[error("{}", words::other_build(build, protocol, BUILD, PROTOCOL))]
    OtherBuild { build: String, protocol: u32 },
    #[error("{}", words::silent(HANDSHAKE_TIMEOUT.as_secs()))]
    Silent,
    /// Only the supervisor may tell of a death.
    #[error("{}", words::OWN_DEATH)]
    Impostor,
    #[error(transparent)]
    Wire(#[from] WireError),
}

/// Starts reading `channel`. The thread ends with the channel, or when the receiver is dropped
/// and one more frame has come.
///
/// # Errors
/// No thread can be started.
pub fn start(channel: UnixStream) -> io::Result<Receiver<Incoming>> {
    let (sender, receiver) = unbounded();
    thread::Builder::new()
        .name("engine reader".into())
        .spawn(move || {
            let end = read_all(channel, |event| sender.send(Incoming::Event(event)).is_ok());
            // Without a receiver no one is left who wants to know.
            if let Err(end) = end {
                let _unwanted = sender.send(Incoming::Ended(end));
            }
        })?;
    Ok(receiver)
}

/// As [`start`], for a resident engine's channel after its greeting: its hub may tell of its
/// engine's death.
///
/// # Errors
/// No thread can be started.
pub fn start_resident(channel: UnixStream) -> io::Result<Receiver<Incoming>> {
    let (sender, receiver) = unbounded();
    thread::Builder::new()
        .name("resident reader".into())
        .spawn(move || {
            let mut reader = BufReader::new(channel);
            let end = loop {
                let event = match wire::read(&mut reader) {
                    Ok(event) => event,
                    Err(end) => break end,
                };
                if sender.send(Incoming::Event(event)).is_err() {
                    return;
                }
            };
            // Without a receiver no one is left who wants to know.
            let _unwanted = sender.send(Incoming::Ended(end.into()));
        })?;
    Ok(receiver)
}

fn read_all(
    channel: UnixStream,
    mut wanted: impl FnMut(EngineEvent) -> bool,
) -> Result<(), ReadEnd> {
    channel
        .set_read_timeout(Some(HANDSHAKE_TIMEOUT))
        .map_err(WireError::from)?;
    let mut reader = BufReader::new(channel);
    let Welcome { protocol, build } = wire::read(&mut reader).map_err(silent_or_broken)?;
    if protocol != PROTOCOL || build != BUILD {
        return Err(ReadEnd::OtherBuild { build, protocol });
    }
    reader
        .get_ref()
        .set_read_timeout(None)
        .map_err(WireError::from)?;
    loop {
        let event = wire::read(&mut reader)?;
        if matches!(event, EngineEvent::Exited(_)) {
            return Err(ReadEnd::Impostor);
        }
        if !wanted(event) {
            return Ok(());
        }
    }
}

fn silent_or_broken(error: WireError) -> ReadEnd {
    match error {
        // What a read timeout is called differs between systems.
        WireError::Io(error)
            if matches!(
                error.kind(),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
            ) =>
        {
            ReadEnd::Silent
        }
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::inference::EngineExit;

    fn read_from(frames: &[Vec<u8>]) -> Vec<Incoming> {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let incoming = start(ours).unwrap();
        for frame in frames {
            theirs.write_all(frame).unwrap();
        }
        drop(theirs);
        incoming.iter().collect()
    }

    fn welcome(build: &str) -> Vec<u8> {
        wire::encode(&Welcome {
            protocol: PROTOCOL,
            build: build.to_owned(),
        })
        .unwrap()
    }

    #[test]
    fn events_follow_the_handshake_and_the_end_follows_them() {
        let event = EngineEvent::ContextGrown { size: 4096 };
        let read = read_from(&[welcome(BUILD), wire::encode(&event).unwrap()]);
        assert!(matches!(
            read.as_slice(),
            [Incoming::Event(first), Incoming::Ended(ReadEnd::Wire(WireError::Closed))]
                if *first == event
        ));
    }

    #[test]
    fn another_build_is_named_and_not_listened_to() {
        let event = wire::encode(&EngineEvent::ContextGrown { size: 1 }).unwrap();
        let read = read_from(&[welcome("0.0.1"), event]);
        let [Incoming::Ended(end)] = read.as_slice() else {
            panic!("{read:?}")
        };
        assert!(end.to_string().contains("limpid 0.0.1"), "{end}");
    }

    #[test]
    fn an_engine_cannot_report_its_own_death() {
        let exit = EngineExit {
            signal: None,
            code: None,
            log: vec![],
            model: None,
            deaths: 9,
        };
        let read = read_from(&[
            welcome(BUILD),
            wire::encode(&EngineEvent::Exited(exit)).unwrap(),
        ]);
        assert!(matches!(
            read.as_slice(),
            [Incoming::Ended(ReadEnd::Impostor)]
        ));
    }

    #[test]
    fn garbage_ends_the_reading() {
        let read = read_from(&[b"\x7fELF is no frame".to_vec()]);
        assert!(matches!(
            read.as_slice(),
            [Incoming::Ended(ReadEnd::Wire(_))]
        ));
    }
}
