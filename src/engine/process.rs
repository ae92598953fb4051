//! The engine's process as its parent holds it: start, write, end.
//!
//! The child's end of the socket pair becomes its standard input, which any process can be
//! handed without `unsafe`; its standard output and error are a pipe into the `LogRing`.

use std::io::{self, PipeReader, Read, Write};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use rustix::process::{Pid, Signal, kill_process_group};

use super::log_ring::LogRing;
use super::resident::Resident;
use super::states::States;
use super::wire::{self, BUILD, Hello, PROTOCOL};
use crate::words::{self, LANGUAGE_VARIABLE};

/// The hidden command that makes this program an engine.
pub const ENGINE_COMMAND: &str = "__engine";

/// A child that takes nothing off its channel for this long is as good as dead.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a reaped engine's last lines may take from the pipe to the ring.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// A killed process is reaped within milliseconds unless a driver or a dead file server holds
/// it in the kernel, where nothing can end it.
const REAP_LIMIT: Duration = Duration::from_secs(2);
const REAP_PAUSE: Duration = Duration::from_millis(1);

/// Secrets that the interface needs and the engine does not.
pub(super) const SECRET_VARIABLES: [&str; 3] = ["HF_TOKEN", "OPENAI_API_KEY", "LIMPID_API_KEY"];

/// How to start an engine.
#[derive(Debug, Clone)]
pub struct ProcessOptions {
    /// The limpid binary.
    pub program: PathBuf,
    /// Whether the engine gives up what it does not need before it reads a model.
    pub sandbox: bool,
    /// Whether each line it prints goes to the log (`tracing`) as well.
    pub verbose: bool,
    /// The resident engine that is asked first; `None`: none is.
    pub resident: Option<Resident>,
    /// Where what is computed of conversations is kept; `None`: nowhere.
    pub states: Option<States>,
}

impl ProcessOptions {
    /// This same program, sandboxed.
    ///
    /// # Errors
    /// The program's own path cannot be found.
    pub fn this_program() -> io::Result<Self> {
        // On Linux the link names the very file that runs, even after an upgrade replaced it.
        let link = Path::new("/proc/self/exe");
        let program = if link.exists() {
            link.to_owned()
        } else {
            std::env::current_exe()?
        };
        Ok(Self {
            program,
            sandbox: true,
            verbose: false,
            resident: None,
            states: None,
        })
    }
}

/// A running engine process and this side of its channel.
#[derive(Debug)]
pub(super) struct EngineProcess {
    child: Child,
    channel: UnixStream,
    log: LogReader,
}

/// How an engine process ended.
#[derive(Debug)]
pub(super) struct Ending {
    /// `None` when the system would not say, or the process is stuck in the kernel.
    pub status: Option<ExitStatus>,
    /// The last lines it printed, raw.
    pub log: Vec<String>,
}

impl EngineProcess {
    /// Starts the process and sends it the [`Hello`]; does not wait for its answer.
    ///
    /// Call it from a thread that lives as long as the engine is to: on Linux the engine is
    /// killed when the *thread* that started it ends.
    ///
    /// # Errors
    /// The process could not be started.
    pub fn start(options: &ProcessOptions) -> io::Result<Self> {
        let (channel, theirs) = UnixStream::pair()?;
        channel.set_write_timeout(Some(WRITE_TIMEOUT))?;
        let (log, printed) = io::pipe()?;
        let mut command = Command::new(&options.program);
        command
            .arg0("limpid")
            .arg(ENGINE_COMMAND)
            .stdin(OwnedFd::from(theirs))
            .stdout(printed.try_clone()?)
            .stderr(printed)
            // Ctrl-C in the terminal is for the interface; it must not reach the engine.
            .process_group(0)
            // Else `ggml_abort` forks a debugger before it dies.
            .env("GGML_NO_BACKTRACE", "1")
            .env(LANGUAGE_VARIABLE, words::language().name());
        for name in SECRET_VARIABLES {
            command.env_remove(name);
        }
        let child = command.spawn()?;
        // It holds our copies of the child's ends; without them the child's death is an EOF.
        drop(command);
        let mut process = Self {
            child,
            channel,
            log: LogReader::start(log, options.verbose)?,
        };
        let hello = Hello {
            protocol: PROTOCOL,
            build: BUILD.to_owned(),
            parent: std::process::id(),
            sandbox: options.sandbox,
        };
        match wire::encode(&hello).map(|frame| process.write_frame(&frame)) {
            // A child that is dead already is found by reading, which also tells why.
            Ok(Ok(()) | Err(_)) => Ok(process),
            Err(error) => {
                process.end(Duration::ZERO);
                Err(io::Error::other(error))
            }
        }
    }

    /// The process id; also that of its process group.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A second handle on the channel, for the thread that reads it.
    ///
    /// # Errors
    /// No file descriptor is left.
    pub fn channel(&self) -> io::Result<UnixStream> {
        self.channel.try_clone()
    }

    /// Sends one frame at once.
    ///
    /// # Errors
    /// The engine is dead, or has taken nothing for 10 s.
    pub fn write_frame(&mut self, frame: &[u8]) -> io::Result<()> {
        self.channel.write_all(frame)
    }

    /// Ends the process and whatever it started, now. Its channel then reads as closed.
    pub fn kill(&self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _already_gone = kill_process_group(group, Signal::KILL);
        }
    }

    /// Closes the channel, which ends the process, or kills it after `grace`; then reaps it.
    pub(super) fn end(mut self, grace: Duration) -> Ending {
        // Fails only when the other side is gone already.
        let _gone = self.channel.shutdown(Shutdown::Both);
        self.log.wait_for_end(grace);
        // A process that is dying keeps the status that it began to die with.
        self.kill();
        let status = self.reap();
        self.log.wait_for_end(LAST_WORDS);
        Ending {
            status,
            log: self.log.lines(),
        }
    }

    fn reap(&mut self) -> Option<ExitStatus> {
        let deadline = Instant::now() + REAP_LIMIT;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline => thread::sleep(REAP_PAUSE),
                Ok(None) => {
                    tracing::warn!("the engine is stuck in the kernel and is left to it");
                    return None;
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot reap the engine");
                    return None;
                }
            }
        }
    }
}

/// The thread that empties the pipe of the engine's standard output and error.
#[derive(Debug)]
struct LogReader {
    ring: Arc<Mutex<LogRing>>,
    /// Disconnected when the pipe has ended: all its writers are dead.
    ended: Receiver<()>,
}

impl LogReader {
    fn start(mut pipe: PipeReader, verbose: bool) -> io::Result<Self> {
        let ring = Arc::new(Mutex::new(LogRing::default()));
        let (alive, ended) = bounded(0);
        let writer = Arc::clone(&ring);
        thread::Builder::new()
            .name("engine log".into())
            .spawn(move || {
                let _alive = alive;
                let mut buffer = [0; 4096];
                while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                    writer.lock().unwrap_or_else(PoisonError::into_inner).push(
                        &buffer[..count],
                        |line| {
                            if verbose {
                                // Debug formatting escapes what a hostile file could have printed.
                                tracing::info!(target: "limpid::engine::log", ?line);
                            }
                        },
                    );
                }
            })?;
        Ok(Self { ring, ended })
    }

    /// Returns when the pipe has ended, or after `limit`.
    fn wait_for_end(&self, limit: Duration) {
        let _ended_or_late = self.ended.recv_timeout(limit);
    }

    fn lines(&self) -> Vec<String> {
        self.ring
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .lines()
    }
}
