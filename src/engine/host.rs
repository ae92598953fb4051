//! The engine process from within.
//!
//! The main thread reads commands, so that a cancellation and the end of the channel are seen
//! at once, whatever is being computed. One thread computes. It is started by the first
//! `Load` (or by a `Quantize`), inside the sandbox, and so are all threads that llama.cpp starts in turn.

mod compute;
mod life;

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use self::compute::Compute;
use super::backend::{Cancellation, ChannelClosed, EventSink};
use super::patient::Patient;
use super::sandbox;
use super::wire::{self, BUILD, Hello, PROTOCOL, Welcome, WireError};
use crate::inference::{EngineCommand, EngineError, EngineEvent, RequestId};
use crate::words::{self, LANGUAGE_VARIABLE, Language, engine as says};

/// How long an idle compute thread may take to free its model. One that computes can't be
/// asked to stop in the middle of a decode: after this time the process ends as it is.
const IDLE_END: Duration = Duration::from_millis(50);

/// The same where it may have to finish a decode and write down what it computed of a
/// conversation.
const KEEPING_END: Duration = Duration::from_secs(5);

/// Runs the engine process until its channel closes. This is the hidden command `__engine`.
///
/// Standard input must be the channel; standard output and error are the log.
#[must_use]
pub fn run() -> ExitCode {
    let told = std::env::var(LANGUAGE_VARIABLE).ok();
    words::speak(
        told.as_deref()
            .and_then(Language::from_name)
            .unwrap_or_default(),
    );
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("limpid engine: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why the engine process ended otherwise than by its channel's end.
#[derive(Debug, thiserror::Error)]
enum HostError {
    #[error("{}", says::NO_CHANNEL)]
    NoChannel,
    #[error("{}", says::started_by_other(build, protocol, BUILD))]
    OtherBuild { build: String, protocol: u32 },
    #[error("{}", says::ORPHANED)]
    Orphaned,
    #[error(transparent)]
    Unheard(#[from] ChannelClosed),
    #[error("{}", says::channel_broke(.0))]
    Wire(#[from] WireError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

fn serve() -> Result<(), HostError> {
    let mut channel = life::take_channel()?;
    life::settle();
    let hello: Hello = wire::read(&mut channel)?;
    let mut events = FrameSink::new(channel.try_clone()?);
    events.frame(&Welcome {
        protocol: PROTOCOL,
        build: BUILD.to_owned(),
    })?;
    if hello.protocol != PROTOCOL || hello.build != BUILD {
        return Err(HostError::OtherBuild {
            build: hello.build,
            protocol: hello.protocol,
        });
    }
    if !life::is_child_of(hello.parent) {
        return Err(HostError::Orphaned);
    }
    let mut host = Host {
        sandbox: hello.sandbox,
        events,
        cancellation: Cancellation::new(),
        compute: None,
        end: IDLE_END,
    };
    let end = host.read_commands(channel);
    host.cancellation.stop_everything();
    if host
        .compute
        .is_some_and(|compute| !compute.finish(host.end))
    {
        life::end_now();
    }
    end
}

struct Host {
    sandbox: bool,
    events: FrameSink,
    cancellation: Cancellation,
    /// Started by the first `Load`, or by a `Quantize`.
    compute: Option<Compute>,
    /// How long that may take to end.
    end: Duration,
}

impl Host {
    fn read_commands(&mut self, channel: UnixStream) -> Result<(), HostError> {
        let mut reader = std::io::BufReader::new(Patient(channel));
        loop {
            let command = match wire::read(&mut reader) {
                Err(WireError::Closed) => return Ok(()),
                other => other?,
            };
            match self.obey(command) {
                Err(HostError::Unheard(ChannelClosed)) => return Ok(()),
                other => other?,
            }
        }
    }

    fn obey(&mut self, command: EngineCommand) -> Result<(), HostError> {
        match (command, &self.compute) {
            (EngineCommand::Cancel(request), _) => self.cancellation.cancel(request),
            (EngineCommand::Load(load), None) => {
                if self.sandbox {
                    let beside = load.beside.iter().chain(&load.draft).map(PathBuf::as_path);
                    let models: Vec<_> = [load.path.as_path()].into_iter().chain(beside).collect();
                    let writable = load.states.as_ref().map(|states| states.path.as_path());
                    eprintln!("limpid engine: {}", sandbox::enter(&models, writable));
                }
                if load.states.is_some() {
                    self.end = KEEPING_END;
                    life::outlive_parent();
                }
                self.start(EngineCommand::Load(load))?;
            }
            (EngineCommand::Quantize(quantize), None) => {
                if self.sandbox {
                    let folder = quantize.target.parent();
                    let report = sandbox::enter(&[quantize.source.as_path()], folder);
                    eprintln!("limpid engine: {report}");
                }
                self.start(EngineCommand::Quantize(quantize))?;
            }
            (command @ (EngineCommand::Load(_) | EngineCommand::Quantize(_)), Some(_)) => {
                let error = EngineError::Refused {
                    reason: says::HAS_ITS_MODEL.into(),
                };
                if let Some(request) = command.request() {
                    self.fail(request, error)?;
                }
            }
            (command, Some(compute)) => compute.queue(command)?,
            (command, None) => {
                if let Some(request) = command.request() {
                    self.fail(request, EngineError::NoModel)?;
                }
            }
        }
        Ok(())
    }

    /// Starts the thread that computes, with its first command.
    fn start(&mut self, first: EngineCommand) -> Result<(), HostError> {
        let compute = Compute::start(self.events.clone(), self.cancellation.clone())?;
        self.compute.insert(compute).queue(first)?;
        Ok(())
    }

    fn fail(&mut self, request: RequestId, error: EngineError) -> Result<(), ChannelClosed> {
        self.events.send(EngineEvent::Failed {
            request: Some(request),
            error,
        })
    }
}

/// Sends each event as one frame, at once.
#[derive(Debug, Clone)]
struct FrameSink {
    /// Shared by the two threads that answer; held for one write.
    channel: Arc<Mutex<UnixStream>>,
}

impl FrameSink {
    fn new(channel: UnixStream) -> Self {
        Self {
            channel: Arc::new(Mutex::new(channel)),
        }
    }

    fn frame<T: serde::Serialize>(&mut self, message: &T) -> Result<(), WireError> {
        self.write(&wire::encode(message)?)
    }

    fn write(&mut self, frame: &[u8]) -> Result<(), WireError> {
        use std::io::Write as _;
        let mut channel = self.channel.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(channel.write_all(frame)?)
    }
}

impl EventSink for FrameSink {
    fn send(&mut self, event: EngineEvent) -> Result<(), ChannelClosed> {
        wire::encode_event(&event)
            .and_then(|frame| self.write(&frame))
            .map_err(|_| ChannelClosed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{TokenId, TokenKind, TokenizedPiece};

    #[test]
    fn an_answer_too_large_for_a_frame_still_closes_its_request() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let piece = TokenizedPiece {
            id: TokenId(1),
            bytes: vec![b'x'; wire::MAX_FRAME],
            kind: TokenKind::Text,
        };
        let event = EngineEvent::Tokenized {
            request: RequestId(5),
            tokens: vec![piece],
        };
        FrameSink::new(ours).send(event).unwrap();
        let event = wire::read::<EngineEvent>(&mut theirs).unwrap();
        assert!(event.is_closing());
        assert_eq!(event.request(), Some(RequestId(5)));
    }

    #[test]
    fn a_sink_whose_other_side_is_gone_says_so() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(theirs);
        let event = EngineEvent::ContextGrown { size: 1 };
        assert_eq!(FrameSink::new(ours).send(event), Err(ChannelClosed));
    }
}
