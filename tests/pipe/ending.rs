//! The end of a one-shot, which nothing that is only cleaned up holds up.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::pty::PATIENCE;
use crate::support::run::{ENDLESS, Home, assert_code, children};

/// Asks again and again until there is something.
fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited for {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// The only state that is kept.
fn state(home: &Home) -> Option<PathBuf> {
    let folders = fs::read_dir(home.path().join("cache/limpid/states")).ok()?;
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    let mut whole = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "kv"));
    whole.next()
}

/// A pipe under a name; who opens it to write waits until somebody reads.
fn make_pipe(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(status.success(), "{}", path.display());
}

/// The first bytes that come through a pipe, from whoever waits there or will.
fn first_bytes(pipe: &mut File) -> Vec<u8> {
    let mut bytes = vec![0; 8];
    wait_for("a writer", || match pipe.read(&mut bytes) {
        Ok(0) => None,
        Ok(read) => Some(read),
        Err(error) if error.kind() == ErrorKind::WouldBlock => None,
        Err(error) => panic!("{error}"),
    });
    bytes
}

#[test]
fn the_program_has_ended_while_its_engine_still_writes_down_what_it_computed() {
    let home = Home::new();
    let question = [&ENDLESS[..], &["-n", "100", "Why is the sky blue?"]].concat();
    assert_code(&home.run(&question), 0);
    // What every question begins with is kept, and again if it is gone.
    let kept = wait_for("a state", || state(&home));
    fs::remove_file(&kept).unwrap();

    let mut program = home
        .limpid(&question)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let engine = wait_for("the engine", || children(program.id()).pop());
    // Where the engine would write its state it meets a pipe that nobody reads.
    let part = kept.with_extension(format!("{engine}.part"));
    make_pipe(&part);
    assert!(program.wait().unwrap().success());

    // The engine lives on, and writes as soon as somebody reads.
    assert!(!kept.exists());
    let mut pipe = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NONBLOCK)
        .open(&part)
        .unwrap();
    assert_eq!(first_bytes(&mut pipe), b"limpidkv");
}
