//! How the engine process begins, what ties it to its parent, and how it ends at once.

use std::fs::File;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;

use rustix::fs::{FileType, fstat};
use rustix::process::{Resource, Rlimit, Signal, getpid, getppid, kill_process, setrlimit};

use super::HostError;

/// As if the engine held half of all memory more than it does, for the kernel's choice of a
/// victim (`proc_pid_oom_score_adj(5)`).
#[cfg(target_os = "linux")]
const OOM_SCORE: i32 = 500;

/// Takes the channel from standard input and leaves `/dev/null` there.
pub fn take_channel() -> Result<UnixStream, HostError> {
    let stdin = std::io::stdin();
    let mode = fstat(stdin.as_fd()).map_err(std::io::Error::from)?.st_mode;
    if FileType::from_raw_mode(mode) != FileType::Socket {
        return Err(HostError::NoChannel);
    }
    let channel = UnixStream::from(stdin.as_fd().try_clone_to_owned()?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?).map_err(std::io::Error::from)?;
    Ok(channel)
}

/// Ties the process to its parent and keeps its memory off the disk. What can't be had is
/// logged and done without: the end of the channel ends the engine in any case.
pub fn settle() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = setrlimit(Resource::Core, none) {
        eprintln!("limpid engine: core dumps stay on: {error}");
    }
    #[cfg(target_os = "linux")]
    settle_on_linux();
}

#[cfg(target_os = "linux")]
fn settle_on_linux() {
    use rustix::process::{
        DumpableBehavior, set_dumpable_behavior, set_parent_process_death_signal,
    };

    if let Err(error) = set_parent_process_death_signal(Some(Signal::KILL)) {
        eprintln!("limpid engine: it may outlive its parent: {error}");
    }
    if let Err(error) = offer_to_oom_killer() {
        eprintln!("limpid engine: the kernel's order of victims stays as it is: {error}");
    }
    // A limit of 0 does not keep a dump from a core_pattern that pipes to a program.
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        eprintln!("limpid engine: core dumps may be taken: {error}");
    }
    // As started through /proc/self/exe it would be called `exe`.
    if let Err(error) = rustix::thread::set_name(c"limpid-engine") {
        eprintln!("limpid engine: it keeps its name: {error}");
    }
}

/// Lets the process end by itself when its parent is gone: the end of the channel tells it, and
/// then it has something to write down.
pub fn outlive_parent() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::set_parent_process_death_signal(None) {
        eprintln!("limpid engine: it ends with its parent: {error}");
    }
}

/// When memory runs out the kernel is to take this process, not the conversation. Raising the
/// score needs no privilege.
#[cfg(target_os = "linux")]
fn offer_to_oom_killer() -> std::io::Result<()> {
    const FILE: &str = "/proc/self/oom_score_adj";
    let score = std::fs::read_to_string(FILE)?.trim().parse().unwrap_or(0);
    if score < OOM_SCORE {
        std::fs::write(FILE, OOM_SCORE.to_string())
    } else {
        Ok(())
    }
}

/// Whether that process is still the parent; a parent that died before
/// [`settle`] sends no signal any more.
pub fn is_child_of(parent: u32) -> bool {
    getppid().is_some_and(|pid| u32::try_from(pid.as_raw_nonzero().get()) == Ok(parent))
}

/// Ends the process without unwinding or running exit handlers, which would meet threads that
/// still compute.
pub fn end_now() -> ! {
    let _dead = kill_process(getpid(), Signal::KILL);
    std::process::abort()
}
