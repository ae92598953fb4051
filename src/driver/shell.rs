//! Runs a shell command whose output goes into a message.
//!
//! It gets no terminal and no input, a limited time, and what it prints is cut where it is too
//! much. Whoever calls has asked the user.

use std::fmt::{self, Display, Formatter};
use std::io::{self, PipeReader, Read};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::chat::attachment;
use crate::text;
use crate::words::driver as words;

/// How long a command may run.
pub const LIMIT: Duration = Duration::from_mins(1);

/// Bytes of output that are kept.
pub const MOST: usize = 1 << 20;

/// How often a command that runs is looked at.
const POLL: Duration = Duration::from_millis(20);

/// How long the last of the output may take once the command has ended: what it left running
/// may hold the pipe for ever.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Status(i32),
    Signal(i32),
    Unknown,
    /// The user wanted it.
    Stopped,
    /// After so many seconds.
    StoppedAfter(u64),
}

impl Ended {
    /// As a message has it, which models and programs read: `exit status 0`, `stopped after 60 s`.
    #[must_use]
    pub fn in_message(self) -> String {
        match self {
            Self::Status(code) => format!("exit status {code}"),
            Self::Signal(signal) => format!("killed by signal {signal}"),
            Self::Unknown => "no exit status".to_owned(),
            Self::Stopped => "stopped".to_owned(),
            Self::StoppedAfter(seconds) => format!("stopped after {seconds} s"),
        }
    }
}

/// As people are told of it.
impl Display for Ended {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&match self {
            Self::Status(code) => words::exit_status(code),
            Self::Signal(signal) => words::killed_by(signal),
            Self::Unknown => words::NO_EXIT_STATUS.into(),
            Self::Stopped => words::STOPPED.into(),
            Self::StoppedAfter(seconds) => words::stopped_after(seconds),
        })
    }
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    pub command: String,
    /// What it printed, its errors too, in order.
    pub output: String,
    pub ended: Ended,
    /// What is to be said of it beside its output.
    pub says: Vec<String>,
}

impl Ran {
    /// As it stands in a message.
    #[must_use]
    pub fn attachment(&self) -> String {
        attachment::output(&self.command, &self.ended.in_message(), &self.output)
    }
}

/// A command that runs.
#[derive(Debug)]
pub struct Running {
    outcome: Receiver<Result<Ran, String>>,
    stop: Sender<()>,
}

impl Running {
    /// Starts `sh -c` on the command.
    #[must_use]
    pub fn start(command: &str) -> Self {
        Self::start_for(command, LIMIT)
    }

    fn start_for(command: &str, limit: Duration) -> Self {
        let (said, outcome) = bounded(1);
        let (stop, stopped) = bounded(1);
        let command = command.to_owned();
        let failed = said.clone();
        let spawned = thread::Builder::new()
            .name("shell".to_owned())
            .spawn(move || {
                let ran = run(&command, limit, &stopped);
                let ran = ran.map_err(|error| words::cannot_run(&command, error));
                // Whoever asked may be gone.
                let _ = said.send(ran);
            });
        if let Err(error) = spawned {
            let _ = failed.send(Err(words::no_thread(error)));
        }
        Self { outcome, stop }
    }

    /// Where what came of it arrives, once. `Err`: it could not be run, and why.
    #[must_use]
    pub fn outcome(&self) -> &Receiver<Result<Ran, String>> {
        &self.outcome
    }

    /// Ends it; what it printed so far still arrives.
    pub fn stop(&self) {
        // One that has ended needs no second word.
        let _ = self.stop.try_send(());
    }
}

fn run(command: &str, limit: Duration, stopped: &Receiver<()>) -> io::Result<Ran> {
    let (output, printed) = io::pipe()?;
    let mut shell = shell();
    shell
        .arg("-c")
        .arg(command)
        .stdin(Stdio::null())
        .stdout(printed.try_clone()?)
        .stderr(printed);
    let mut child = shell.spawn()?;
    // It holds our copies of the pipe's end.
    drop(shell);
    let (said, read) = bounded(1);
    thread::Builder::new()
        .name("shell output".to_owned())
        .spawn(move || {
            let _ = said.send(read_up_to(output));
        })?;
    let ended = wait(&mut child, limit, stopped)?;
    let (bytes, cut) = match read.recv_timeout(LAST_WORDS) {
        Ok(read) => read?,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            kill(&child);
            read.recv_timeout(LAST_WORDS)
                .unwrap_or(Ok((Vec::new(), true)))?
        }
    };
    let mut says = Vec::new();
    if cut {
        says.push(words::output_cut(MOST >> 10, command));
    }
    let decoded = text::decode(bytes.clone());
    let output = match decoded {
        Ok(decoded) => {
            let encoding = decoded.encoding;
            says.extend(encoding.map(|it| words::output_read_as(command, it)));
            decoded.text
        }
        Err(_) => {
            says.push(words::output_no_text(command));
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    Ok(Ran {
        command: command.to_owned(),
        output,
        ended,
        says,
    })
}

/// A session of its own leaves no terminal to ask on; where there is no `setsid`, a group of
/// its own leaves none to read from.
fn shell() -> Command {
    let setsid = ["/usr/bin/setsid", "/bin/setsid"];
    if let Some(setsid) = setsid.into_iter().find(|path| Path::new(path).exists()) {
        let mut command = Command::new(setsid);
        command.arg("sh");
        return command;
    }
    let mut command = Command::new("sh");
    command.process_group(0);
    command
}

/// Waits for the end; what ended it, where it did not end by itself.
fn wait(child: &mut Child, limit: Duration, stopped: &Receiver<()>) -> io::Result<Ended> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.into());
        }
        let why = match stopped.recv_timeout(POLL) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => Ended::Stopped,
            Err(RecvTimeoutError::Timeout) if Instant::now() < deadline => continue,
            Err(RecvTimeoutError::Timeout) => Ended::StoppedAfter(limit.as_secs()),
        };
        kill(child);
        child.kill()?;
        child.wait()?;
        return Ok(why);
    }
}

/// Ends the command and what it has started.
fn kill(child: &Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // It may have ended by itself.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

impl From<ExitStatus> for Ended {
    fn from(status: ExitStatus) -> Self {
        match (status.code(), status.signal()) {
            (Some(code), _) => Self::Status(code),
            (None, Some(signal)) => Self::Signal(signal),
            (None, None) => Self::Unknown,
        }
    }
}

/// The beginning of the output; the rest is read and thrown away, so that the command ends.
fn read_up_to(mut output: PipeReader) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    output.by_ref().take(MOST as u64).read_to_end(&mut bytes)?;
    let rest = io::copy(&mut output, &mut io::sink())?;
    Ok((bytes, rest > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(command: &str) -> Ran {
        let running = Running::start(command);
        running.outcome().recv().expect("it says").expect("it runs")
    }

    #[test]
    fn output_errors_and_status_are_told() {
        let ran = ran("echo out; echo err >&2; exit 3");
        assert_eq!(ran.output, "out\nerr\n");
        assert_eq!(ran.ended.in_message(), "exit status 3");
        assert!(ran.attachment().starts_with("[output of echo out; "));
    }

    #[test]
    fn it_has_no_input_and_no_terminal() {
        let ran = ran("cat; if (: < /dev/tty) 2>/dev/null; then echo terminal; else echo none; fi");
        assert_eq!(ran.output, "none\n");
    }

    #[test]
    fn what_runs_too_long_is_stopped_with_all_it_started() {
        let running = Running::start_for("echo a; sleep 1000 & sleep 1000", Duration::ZERO);
        let ran = running.outcome().recv().expect("it says").expect("it runs");
        assert_eq!(ran.ended.in_message(), "stopped after 0 s");
    }

    #[test]
    fn it_is_stopped_when_asked_and_keeps_what_came() {
        let running = Running::start("echo a; sleep 1000");
        running.stop();
        let ran = running.outcome().recv().expect("it says").expect("it runs");
        assert_eq!(ran.ended.in_message(), "stopped");
    }

    #[test]
    fn too_much_output_is_cut_and_said() {
        let ran = ran("yes | head -c 3000000");
        assert_eq!(ran.output.len(), MOST);
        assert_eq!(ran.ended.in_message(), "exit status 0");
        assert!(ran.says[0].contains("first 1024 KiB"), "{:?}", ran.says);
    }

    #[test]
    fn what_it_leaves_running_is_not_waited_for() {
        let ran = ran("echo a; sleep 1000 &");
        assert_eq!(ran.ended.in_message(), "exit status 0");
        assert_eq!(ran.output, "a\n");
    }
}
