//! The real program, run to its end.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

pub use super::pty::{Home, test_model as model};

/// Settings for an answer that ends only at its limit, whatever the processor makes of the
/// model: the tokens that would end it (of the default model) are forbidden.
pub const ENDLESS: [&str; 6] = ["--temp", "0", "-l", "2-inf", "-l", "0-inf"];

impl Home {
    /// The real program with a clean environment, nothing on standard input.
    pub fn limpid<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limpid"));
        command.env_clear().envs(self.environment()).args(arguments);
        command.current_dir(self.path()).stdin(Stdio::null());
        command
    }

    /// An answer that has begun and goes on to the limit of the context; its first byte is read.
    pub fn answering(&self, stderr: Stdio) -> (Child, ChildStdout) {
        let mut child = self
            .limpid(ENDLESS.into_iter().chain(["Count from one to a thousand."]))
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .expect("limpid starts");
        let mut out = child.stdout.take().expect("piped");
        out.read_exact(&mut [0; 1]).expect("the answer begins");
        (child, out)
    }

    /// Runs to the end and gives what came out.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.limpid(arguments).output().expect("limpid starts")
    }

    /// Runs with `input` on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .limpid(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("limpid starts");
        let mut stdin = child.stdin.take().expect("standard input is piped");
        let input = input.to_owned();
        // limpid may refuse before it has read everything: then the pipe is closed early.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("limpid ends");
        writer.join().expect("the writer ends");
        output
    }
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts the exit code, showing standard error where it differs.
#[track_caller]
pub fn assert_code(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}\n{}",
        output.status,
        stderr(output)
    );
}

/// The processes that any thread of `pid` started.
pub fn children(pid: u32) -> Vec<String> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .flatten();
    let lists =
        tasks.map(|it| std::fs::read_to_string(it.path().join("children")).unwrap_or_default());
    lists
        .flat_map(|list| {
            list.split_whitespace()
                .map(String::from)
                .collect::<Vec<_>>()
        })
        .collect()
}
