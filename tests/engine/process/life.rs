//! The engine process by itself, driven over a channel of the test's own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Output, Stdio};

use limpid::engine::wire::{self, BUILD, Hello, PROTOCOL, Welcome};
use limpid::inference::{EngineCommand, EngineError, EngineEvent, RequestId};

use super::support::load;

struct Raw {
    channel: UnixStream,
    child: Child,
}

impl Raw {
    fn start() -> Self {
        let (channel, theirs) = UnixStream::pair().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_limpid"))
            .arg("__engine")
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { channel, child }
    }

    fn greeted(sandbox: bool) -> Self {
        let mut raw = Self::start();
        raw.send(&hello(sandbox));
        let welcome: Welcome = wire::read(&mut raw.channel).unwrap();
        assert_eq!(
            welcome,
            Welcome {
                protocol: PROTOCOL,
                build: BUILD.into()
            }
        );
        raw
    }

    fn send<T: serde::Serialize>(&mut self, message: &T) {
        self.channel
            .write_all(&wire::encode(message).unwrap())
            .unwrap();
    }

    fn event(&mut self) -> EngineEvent {
        wire::read(&mut self.channel).unwrap()
    }

    /// Closes the channel and waits for the process to end by itself.
    fn close(self) -> Output {
        drop(self.channel);
        self.child.wait_with_output().unwrap()
    }
}

fn hello(sandbox: bool) -> Hello {
    Hello {
        protocol: PROTOCOL,
        build: BUILD.into(),
        parent: std::process::id(),
        sandbox,
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_idle_engine_ends_in_good_order_when_its_channel_closes() {
    let output = Raw::greeted(true).close();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stderr(&output), "");
}

#[test]
fn an_engine_that_computed_ends_in_good_order_too() {
    let mut raw = Raw::greeted(true);
    raw.send(&load(1, "/nonexistent/model.gguf"));
    while !raw.event().is_closing() {}
    let output = raw.close();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn garbage_on_the_channel_ends_the_engine_and_is_named() {
    let mut raw = Raw::greeted(true);
    raw.channel.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let mut rest = Vec::new();
    raw.channel.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"", "garbage is not answered");
    let output = raw.close();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("the channel broke: a frame of"),
        "{output:?}"
    );
}

#[test]
fn another_build_is_told_which_one_this_is() {
    let mut raw = Raw::start();
    raw.send(&Hello {
        build: "0.0.1".into(),
        ..hello(true)
    });
    let welcome: Welcome = wire::read(&mut raw.channel).unwrap();
    assert_eq!(welcome.build, BUILD);
    let output = raw.close();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("started by limpid 0.0.1"),
        "{output:?}"
    );
}

#[test]
fn an_engine_that_is_not_its_parents_child_ends() {
    let mut raw = Raw::start();
    raw.send(&Hello {
        parent: 1,
        ..hello(true)
    });
    let _: Welcome = wire::read(&mut raw.channel).unwrap();
    let output = raw.close();
    assert!(
        stderr(&output).contains("the process that started it is gone"),
        "{output:?}"
    );
}

#[test]
fn started_by_hand_it_explains_itself() {
    let output = Command::new(env!("CARGO_BIN_EXE_limpid"))
        .arg("__engine")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("standard input is no channel"),
        "{output:?}"
    );
}

#[test]
fn before_a_model_is_loaded_the_engine_itself_says_so() {
    let mut raw = Raw::greeted(false);
    raw.send(&EngineCommand::Cancel(RequestId(1)));
    raw.send(&EngineCommand::Tokenize {
        request: RequestId(2),
        text: String::new(),
        add_bos: false,
        parse_special: false,
        continues: false,
    });
    let failed = EngineEvent::Failed {
        request: Some(RequestId(2)),
        error: EngineError::NoModel,
    };
    assert_eq!(raw.event(), failed);
}

#[test]
fn a_second_model_is_refused_by_the_process_and_closes_its_request() {
    let mut raw = Raw::greeted(true);
    raw.send(&load(1, "/nonexistent/model.gguf"));
    while raw.event().request() != Some(RequestId(1)) {}
    raw.send(&load(2, "/nonexistent/other.gguf"));
    loop {
        if let EngineEvent::Failed {
            request: Some(RequestId(2)),
            error,
        } = raw.event()
        {
            assert!(error.to_string().contains("serves one model"), "{error}");
            break;
        }
    }
}

/// Every thread's value of a field in `/proc/PID/task/*/status`.
#[cfg(target_os = "linux")]
fn of_each_thread(pid: u32, field: &str) -> Vec<String> {
    std::fs::read_dir(format!("/proc/{pid}/task"))
        .unwrap()
        .filter_map(|task| {
            // A thread may end while the list is read.
            let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
            let value = status
                .lines()
                .find_map(|line| line.strip_prefix(field))
                .unwrap();
            Some(value.trim().to_owned())
        })
        .collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_local_engine_can_open_no_connection() {
    // With no filter on sockets in any thread the unit tests of the sandbox would prove
    // nothing about the process that really runs.
    let own = |field| of_each_thread(std::process::id(), field).swap_remove(0);
    let (unfiltered, unlocked) = (own("Seccomp:"), own("NoNewPrivs:"));
    for (sandbox, seccomp, no_new_privileges) in
        [(true, "2", "1"), (false, &*unfiltered, &*unlocked)]
    {
        let mut raw = Raw::greeted(sandbox);
        raw.send(&load(1, "/nonexistent/model.gguf"));
        while !raw.event().is_closing() {}
        let pid = raw.child.id();
        let filtered = of_each_thread(pid, "Seccomp:");
        assert!(
            filtered.len() >= 2,
            "reader and compute thread: {filtered:?}"
        );
        assert!(filtered.iter().all(|mode| mode == seccomp), "{filtered:?}");
        let locked = of_each_thread(pid, "NoNewPrivs:");
        assert!(
            locked.iter().all(|flag| flag == no_new_privileges),
            "{locked:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_engine_leaves_no_core_dump_and_is_the_first_to_go_when_memory_runs_out() {
    let raw = Raw::greeted(true);
    let of =
        |file: &str| std::fs::read_to_string(format!("/proc/{}/{file}", raw.child.id())).unwrap();
    let limits = of("limits");
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    let score: i32 = of("oom_score_adj").trim().parse().unwrap();
    assert!(score >= 500, "{score}");
}

/// A stopped process sees no end of its channel: what ends it is the death of its parent.
#[cfg(target_os = "linux")]
#[test]
fn a_stopped_engine_dies_with_its_parent() {
    use super::support::wait_until_gone;
    use rustix::process::{Pid, Signal, kill_process};

    let mut parent = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            "engine::process::life::a_parent",
        ])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(parent.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let engine = Pid::from_raw(line.trim().parse().unwrap()).unwrap();
    kill_process(engine, Signal::STOP).unwrap();
    parent.kill().unwrap();
    parent.wait().unwrap();
    wait_until_gone(engine);
}

#[test]
#[ignore = "the process that a_stopped_engine_dies_with_its_parent starts and kills"]
fn a_parent() {
    use super::support::{engine, load, pid, refused};

    let engine = engine();
    refused(&engine, load(1, "/nonexistent/model.gguf"));
    eprintln!("{}", pid(&engine).as_raw_nonzero());
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}
