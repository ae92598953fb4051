//! The first frames on the socket: who is there, and what is wanted.
//!
//! Each side sends a [`Greeting`], then the client a [`Wish`] and the hub a [`Reply`]. The
//! greeting and the wish to stop are the same in all versions, so that a new limpid can end an
//! old one's engine.

use std::io::{Read, Write};
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::terms::Refusal;
use crate::engine::wire::{self, BUILD, PROTOCOL, WireError};
use crate::inference::LoadRequest;

/// Which program speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    pub protocol: u32,
    /// The version, and size and date of the program's file: a resident engine may be older
    /// than the program that was built since.
    pub build: String,
}

impl Greeting {
    /// This program's.
    #[must_use]
    pub fn ours() -> Self {
        let program = ["/proc/self/exe".into()]
            .into_iter()
            .chain(std::env::current_exe().ok())
            .find_map(|path: PathBuf| std::fs::metadata(path).ok());
        let build = program.map_or_else(
            || BUILD.to_owned(),
            |file| {
                format!(
                    "{BUILD} ({:x}-{:x}.{:x})",
                    file.size(),
                    file.mtime(),
                    file.mtime_nsec()
                )
            },
        );
        Self {
            protocol: PROTOCOL,
            build,
        }
    }
}

/// What a client wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Wish {
    /// That the engine ends. Stays first: the same in all versions.
    Stop,
    Status,
    /// To send requests, if the engine is the one that this load would give. Afterwards
    /// commands go down and events come up, as with an engine process.
    Use {
        load: Box<LoadRequest>,
        sandbox: bool,
    },
}

/// What the hub answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The engine ends. Stays first: the same in all versions.
    Stopping,
    Status(Box<Status>),
    Welcome,
    /// Another engine is needed.
    Refused(Refusal),
}

/// What a resident engine says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The process that holds the socket, and the one that computes.
    pub pid: u32,
    pub engine: Option<u32>,
    pub model: PathBuf,
    /// Whether the model is loaded and answers.
    pub ready: bool,
    pub clients: u32,
    pub max_clients: u32,
    /// Requests that are computed or wait.
    pub requests: u32,
    pub max_requests: u32,
    /// Seconds since the last request ended; `None` while one is open.
    pub idle_seconds: Option<u64>,
    /// Seconds of idleness after which it ends; `None`: never.
    pub keep_alive_seconds: Option<u64>,
    /// Seconds since it was started.
    pub uptime_seconds: u64,
}

/// What came of asking the other side.
#[derive(Debug)]
pub enum Answer {
    Reply(Reply),
    /// It is another program than ours.
    OtherBuild(Greeting),
}

/// Says who we are and what we want, and waits for the answer.
///
/// # Errors
/// The other side is gone, silent beyond the stream's timeout, or speaks nonsense.
pub fn ask(stream: &mut (impl Read + Write), wish: &Wish) -> Result<Answer, WireError> {
    let ours = Greeting::ours();
    let mut frames = wire::encode(&ours)?;
    frames.extend(wire::encode(wish)?);
    stream.write_all(&frames)?;
    let theirs: Greeting = wire::read(stream)?;
    if theirs != ours && *wish != Wish::Stop {
        return Ok(Answer::OtherBuild(theirs));
    }
    Ok(Answer::Reply(wire::read(stream)?))
}

/// Hears who is there and what is wanted. `Err(Some(_))`: another program, which wants
/// something that only our own can have.
///
/// # Errors
/// As with [`ask`].
pub fn hear(stream: &mut (impl Read + Write)) -> Result<Result<Wish, Greeting>, WireError> {
    let theirs: Greeting = wire::read(stream)?;
    let ours = Greeting::ours();
    stream.write_all(&wire::encode(&ours)?)?;
    if theirs == ours {
        return Ok(Ok(wire::read(stream)?));
    }
    match wire::read(stream) {
        Ok(Wish::Stop) => Ok(Ok(Wish::Stop)),
        // Its other wishes may look different from ours.
        _ => Ok(Err(theirs)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixStream;

    use super::*;
    use crate::inference::RequestId;

    fn other() -> Greeting {
        Greeting {
            protocol: PROTOCOL + 1,
            build: "9.9.9".into(),
        }
    }

    #[test]
    fn both_sides_learn_who_is_there_and_what_is_wanted() {
        let (mut ours, mut theirs) = UnixStream::pair().unwrap();
        let load = Box::new(LoadRequest::new(RequestId(1), "/m.gguf".into()));
        let wish = Wish::Use {
            load,
            sandbox: true,
        };
        theirs
            .write_all(&wire::encode(&Greeting::ours()).unwrap())
            .unwrap();
        theirs
            .write_all(&wire::encode(&Reply::Welcome).unwrap())
            .unwrap();
        let answer = ask(&mut ours, &wish).unwrap();
        assert!(matches!(answer, Answer::Reply(Reply::Welcome)));
        assert_eq!(hear(&mut theirs).unwrap(), Ok(wish));
    }

    #[test]
    fn another_build_may_stop_and_nothing_else() {
        let stop = wire::encode(&Wish::Stop).unwrap();
        assert_eq!(stop, [1, 0, 0, 0, 0], "the same in all versions");
        for (wish, heard) in [
            (stop, Ok(Wish::Stop)),
            (wire::encode(&Wish::Status).unwrap(), Err(other())),
            (vec![2, 0, 0, 0, 0xff, 0xff], Err(other())),
        ] {
            let (mut ours, mut theirs) = UnixStream::pair().unwrap();
            theirs.write_all(&wire::encode(&other()).unwrap()).unwrap();
            theirs.write_all(&wish).unwrap();
            assert_eq!(hear(&mut ours).unwrap(), heard);
        }
    }

    #[test]
    fn a_client_of_another_build_learns_which_and_can_stop_it() {
        let (mut ours, mut theirs) = UnixStream::pair().unwrap();
        theirs.write_all(&wire::encode(&other()).unwrap()).unwrap();
        let answer = ask(&mut ours, &Wish::Status).unwrap();
        assert!(matches!(answer, Answer::OtherBuild(it) if it == other()));
        let (mut ours, mut theirs) = UnixStream::pair().unwrap();
        theirs.write_all(&wire::encode(&other()).unwrap()).unwrap();
        theirs
            .write_all(&wire::encode(&Reply::Stopping).unwrap())
            .unwrap();
        let answer = ask(&mut ours, &Wish::Stop).unwrap();
        assert!(matches!(answer, Answer::Reply(Reply::Stopping)));
    }
}
