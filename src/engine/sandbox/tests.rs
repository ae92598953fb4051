//! The sandbox holds for one thread, so each test enters it on a thread of its own.

use std::fs;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::Command;
use std::thread;

use super::*;

/// Runs `check` inside the sandbox with a readable model; skips what this kernel lacks.
fn inside(check: impl FnOnce(&Path, &Report) + Send + 'static) {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.gguf");
    fs::write(&model, "weights").unwrap();
    fs::write(folder.path().join("diary.txt"), "secret").unwrap();
    thread::spawn(move || {
        let report = enter(&[&model], None);
        check(&model, &report);
        // The folder is removed by the thread that may.
        folder
    })
    .join()
    .unwrap();
}

fn denied<T>(result: std::io::Result<T>) -> bool {
    matches!(result, Err(error) if error.kind() == ErrorKind::PermissionDenied)
}

fn has_landlock(report: &Report) -> bool {
    matches!(report.files, Ok("fully" | "as far as this kernel can"))
}

#[test]
fn no_socket_can_be_made() {
    inside(|model, report| {
        assert_eq!(report.syscalls, Ok(()));
        assert!(denied(TcpListener::bind("127.0.0.1:0")));
        assert!(denied(TcpStream::connect("127.0.0.1:9")));
        assert!(denied(UdpSocket::bind("127.0.0.1:0")));
        assert!(denied(UnixListener::bind(model.with_extension("socket"))));
        assert!(UnixStream::pair().is_ok());
    });
}

#[test]
fn no_process_can_be_started() {
    inside(|_, _| assert!(denied(Command::new("/bin/true").status())));
}

#[test]
fn threads_still_start_and_inherit_the_sandbox() {
    inside(|_, _| {
        let worker = thread::spawn(|| denied(TcpListener::bind("127.0.0.1:0")));
        assert!(worker.join().unwrap());
    });
}

#[test]
fn the_model_can_be_read_and_nothing_beside_it() {
    inside(|model, report| {
        assert_eq!(fs::read(model).unwrap(), b"weights");
        if has_landlock(report) {
            assert!(denied(fs::read(model.with_file_name("diary.txt"))));
            assert!(denied(fs::read_dir(model.parent().unwrap())));
        }
    });
}

#[test]
fn nothing_can_be_written() {
    inside(|model, report| {
        if has_landlock(report) {
            assert!(denied(fs::write(model, "changed")));
            assert!(denied(fs::write(model.with_file_name("new"), "")));
            assert!(denied(fs::remove_file(model)));
        }
    });
}

#[test]
fn what_the_engine_measures_stays_readable() {
    inside(|_, _| {
        assert!(fs::read_to_string("/proc/self/statm").is_ok());
        assert!(fs::read_to_string("/proc/cpuinfo").is_ok());
    });
}

#[test]
fn a_missing_model_is_still_reported_as_missing() {
    inside(|model, _| {
        let missing = fs::read(model.with_file_name("absent").join("model.gguf"));
        assert_eq!(missing.unwrap_err().kind(), ErrorKind::NotFound);
    });
}
