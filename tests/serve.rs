//! An engine that stays: the real program, the real model, real sockets.

mod faults;
mod keeping;
mod languages;
mod limits;
mod sharing;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::pty::PATIENCE;
use crate::support::run::{Home, stderr, stdout};

/// A `limpid serve` in the foreground, which is ready.
struct Serve {
    child: Child,
    said: String,
}

impl Serve {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        let serve = Self::start_in(home, "en", arguments);
        assert!(serve.said.contains("is ready"), "{}", serve.said);
        serve
    }

    /// One that speaks this language.
    fn start_in(home: &Home, language: &str, arguments: &[&str]) -> Self {
        let mut child = home
            .limpid(["serve"].iter().chain(arguments))
            .env("LIMPID_LANGUAGE", language)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("limpid starts");
        let mut said = String::new();
        let out = child.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut said).expect("it speaks");
        assert!(said.contains("engine.sock"), "{said}");
        Self { child, said }
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    fn signal(&self, signal: &str) {
        kill(signal, self.pid());
    }

    /// How it ended.
    fn ended(mut self) -> std::process::ExitStatus {
        self.child.wait().expect("it can be waited for")
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn kill(signal: &str, pid: u32) {
    let status = Command::new("kill")
        .args([format!("-{signal}"), pid.to_string()])
        .status()
        .expect("kill is there");
    assert!(status.success(), "{pid} lives");
}

fn socket(home: &Home) -> PathBuf {
    home.path().join("run/limpid/engine.sock")
}

/// The status of the resident engine, if there is one.
fn status(home: &Home) -> Option<serde_json::Value> {
    let output = home.run(&["serve", "--status", "--format", "json"]);
    (output.status.code() == Some(0))
        .then(|| serde_json::from_str(&stdout(&output)).expect("it is JSON"))
}

fn number(status: &serde_json::Value, key: &str) -> u32 {
    let number = status[key].as_u64().expect(key);
    u32::try_from(number).expect(key)
}

/// Waits until `done`, which is looked at again and again.
#[track_caller]
fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Answers in ten tokens that any processor ends alike.
const BRIEF: [&str; 8] = ["--temp", "0", "-l", "2-inf", "-l", "0-inf", "-n", "10"];

/// The log of a run with `-v`, where it says which engine it used.
fn log(home: &Home) -> String {
    std::fs::read_to_string(home.path().join("state/limpid/limpid.log")).unwrap_or_default()
}

/// Whether the last of these runs was answered by the resident engine.
#[track_caller]
fn ask(home: &Home, arguments: &[&str]) -> (Output, bool) {
    let _old = std::fs::remove_file(home.path().join("state/limpid/limpid.log"));
    let output = home.run(&[&BRIEF[..], arguments, &["-v", "Why is the sky blue?"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let log = log(home);
    let shared = log.contains("the resident engine has this model");
    (output, shared)
}
