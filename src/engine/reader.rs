//! The thread that turns an engine's frames into events.

use std::io::{self, BufReader};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded};

use super::wire::{self, BUILD, PROTOCOL, Welcome, WireError};
use crate::inference::EngineEvent;
use crate::words::engine as words;

/// A program that was started as an engine and says nothing for this long is none.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(30);

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

/// Starts reading `channel`: each event goes to `wanted`, on the thread that reads, and why
/// nothing more can be read to the receiver. The thread ends with the channel, or when `wanted`
/// says that nothing more is.
///
/// # Errors
/// No thread can be started.
pub fn start(
    channel: UnixStream,
    wanted: impl FnMut(EngineEvent) -> bool + Send + 'static,
) -> io::Result<Receiver<ReadEnd>> {
    let (sender, receiver) = bounded(1);
    thread::Builder::new()
        .name("engine reader".into())
        .spawn(move || {
            if let Err(end) = read_all(channel, wanted) {
                // Without a receiver no one is left who wants to know.
                let _unwanted = sender.send(end);
            }
        })?;
    Ok(receiver)
}

/// As [`start`], for a resident engine's channel after its greeting: its hub may tell of its
/// engine's death.
///
/// # Errors
/// No thread can be started.
pub fn start_resident(
    channel: UnixStream,
    mut wanted: impl FnMut(EngineEvent) -> bool + Send + 'static,
) -> io::Result<Receiver<ReadEnd>> {
    let (sender, receiver) = bounded(1);
    thread::Builder::new()
        .name("resident reader".into())
        .spawn(move || {
            let mut reader = BufReader::new(channel);
            let end = loop {
                let event = match wire::read(&mut reader) {
                    Ok(event) => event,
                    Err(end) => break end,
                };
                if !wanted(event) {
                    return;
                }
            };
            // Without a receiver no one is left who wants to know.
            let _unwanted = sender.send(end.into());
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

    /// What was read, and how it ended.
    fn read_from(frames: &[Vec<u8>]) -> (Vec<EngineEvent>, ReadEnd) {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let (sender, events) = crossbeam_channel::unbounded();
        let ended = start(ours, move |event| sender.send(event).is_ok()).unwrap();
        for frame in frames {
            // Who has read enough reads no further.
            let _unread = theirs.write_all(frame);
        }
        drop(theirs);
        let end = ended.recv().unwrap();
        (events.iter().collect(), end)
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
        let (read, end) = read_from(&[welcome(BUILD), wire::encode(&event).unwrap()]);
        assert_eq!(read, [event]);
        assert!(matches!(end, ReadEnd::Wire(WireError::Closed)), "{end}");
    }

    #[test]
    fn another_build_is_named_and_not_listened_to() {
        let event = wire::encode(&EngineEvent::ContextGrown { size: 1 }).unwrap();
        let (read, end) = read_from(&[welcome("0.0.1"), event]);
        assert_eq!(read, []);
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
        let (read, end) = read_from(&[
            welcome(BUILD),
            wire::encode(&EngineEvent::Exited(exit)).unwrap(),
        ]);
        assert_eq!(read, []);
        assert!(matches!(end, ReadEnd::Impostor), "{end}");
    }

    #[test]
    fn garbage_ends_the_reading() {
        let (read, end) = read_from(&[b"\x7fELF is no frame".to_vec()]);
        assert_eq!(read, []);
        assert!(matches!(end, ReadEnd::Wire(_)), "{end}");
    }
}
