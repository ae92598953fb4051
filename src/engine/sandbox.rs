//! What the engine process gives up before it reads a model.
//!
//! Landlock takes the file system but for what is named beforehand, seccomp takes sockets, new
//! processes and the calls that reach into other ones. Both hold for the calling thread and
//! for all threads it starts later. A kernel that lacks one of them leaves that part open, and
//! the [`Report`] says so.

#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod syscalls;

use std::fmt;
use std::path::Path;

/// What was really given up.
#[derive(Debug)]
pub struct Report {
    /// Files: what the kernel enforces, or why it doesn't.
    pub files: Result<&'static str, String>,
    /// System calls: why they are not filtered.
    pub syscalls: Result<(), String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.files {
            Ok(extent) => write!(f, "files restricted ({extent})")?,
            Err(reason) => write!(f, "files not restricted: {reason}")?,
        }
        match &self.syscalls {
            Ok(()) => f.write_str(", system calls restricted"),
            Err(reason) => write!(f, ", system calls not restricted: {reason}"),
        }
    }
}

/// Enters the sandbox for good; afterwards this thread and those it starts can read `models`
/// (all their parts), the system's own files and the GPU devices, write files in the folder
/// `writable`, and little else.
#[cfg(target_os = "linux")]
#[must_use]
pub fn enter(models: &[&Path], writable: Option<&Path>) -> Report {
    let files = files::restrict(models, writable).map_err(|error| error.to_string());
    Report {
        files,
        syscalls: syscalls::restrict().map_err(|error| error.to_string()),
    }
}

/// There is no sandbox on this system.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn enter(_models: &[&Path], _writable: Option<&Path>) -> Report {
    let reason = || String::from("this system offers nothing for it");
    Report {
        files: Err(reason()),
        syscalls: Err(reason()),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
