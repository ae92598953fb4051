//! What goes wrong: deaths, leftovers, two at once, other builds, nonsense.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Command, Stdio};

use super::{BRIEF, Serve, ask, kill, number, socket, status, wait_until};
use crate::support::pty::Pty;
use crate::support::run::{ENDLESS, Home, assert_code, children, stderr, stdout};

#[test]
fn a_second_one_says_that_one_runs_and_exits_with_1() {
    let home = Home::new();
    let first = Serve::start(&home, &[]);
    let second = home.run(&["serve"]);
    assert_code(&second, 1);
    assert!(
        stderr(&second).contains("runs already"),
        "{}",
        stderr(&second)
    );
    let pid = number(&status(&home).expect("the first one runs"), "pid");
    assert_eq!(pid, first.pid());
}

#[test]
fn a_socket_that_a_killed_one_left_is_passed_by_and_replaced() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    let engine = children(serve.pid());
    serve.signal("KILL");
    serve.ended();
    assert!(socket(&home).exists(), "nobody removed it");
    assert_eq!(status(&home), None);
    let (_, shared) = ask(&home, &[]);
    assert!(!shared);
    for pid in engine {
        wait_until("its engine ends with it", || {
            !fs::exists(format!("/proc/{pid}")).expect("/proc can be looked at")
        });
    }
    let _next = Serve::start(&home, &[]);
    let (_, shared) = ask(&home, &[]);
    assert!(shared);
}

#[test]
fn a_hub_that_is_killed_in_an_answer_ends_it_as_a_dead_engine_and_the_next_is_private() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    let mut pty = Pty::limpid(&home, &ENDLESS, (110, 40));
    pty.wait_for("this program alone");
    pty.send("Count from one to a thousand.\r");
    pty.wait_for("so far");
    serve.signal("KILL");
    serve.ended();
    pty.wait_for("The engine died");
    pty.send("/set predict 5\r");
    pty.send("Say a word.\r");
    pty.wait_for("answer   5 tokens in");
    assert_eq!(status(&home), None);
}

#[test]
fn a_hub_that_is_stopped_while_nobody_asks_is_not_missed() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    let mut pty = Pty::limpid(&home, &BRIEF, (110, 40));
    pty.wait_for("this program alone");
    assert_code(&home.run(&["serve", "--stop"]), 0);
    assert_eq!(serve.ended().code(), Some(0));
    assert!(!socket(&home).exists());
    pty.send("Say a word.\r");
    pty.wait_for("answer   10 tokens in");
    assert!(!pty.screen().contains("died"), "{}", pty.screen());
}

#[test]
fn an_engine_that_is_killed_ends_the_answers_and_is_started_again_by_the_next_request() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    let (child, mut out) = home.answering(Stdio::piped());
    let engine = number(&status(&home).expect("it runs"), "engine_pid");
    kill("KILL", engine);
    let mut rest = Vec::new();
    out.read_to_end(&mut rest).expect("it can be read");
    let output = child.wait_with_output().expect("it ends");
    assert_code(&output, 4);
    let (_, shared) = ask(&home, &[]);
    assert!(shared);
    let status = status(&home).expect("the hub lives");
    assert_eq!(number(&status, "pid"), serve.pid());
    assert_ne!(number(&status, "engine_pid"), engine);
}

#[test]
fn a_program_of_another_build_has_its_own_engine_and_can_stop_the_old_one() {
    let home = Home::new();
    let serve = Serve::start(&home, &[]);
    // The same program as if it had been built later.
    let other = home.path().join("limpid-other");
    fs::copy(env!("CARGO_BIN_EXE_limpid"), &other).expect("it can be copied");
    let run = |arguments: &[&str]| {
        Command::new(&other)
            .env_clear()
            .envs(home.environment())
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("it starts")
    };
    let answer = run(&[&BRIEF[..], &["-v", "Hello"]].concat());
    assert_code(&answer, 0);
    assert!(
        super::log(&home).contains("another program"),
        "{}",
        super::log(&home)
    );
    let told = run(&["serve", "--status"]);
    assert_code(&told, 1);
    assert!(stderr(&told).contains("--stop"), "{}", stderr(&told));
    assert_code(&run(&["serve", "--stop"]), 0);
    assert_eq!(serve.ended().code(), Some(0));
}

#[test]
fn nonsense_on_the_socket_is_cut_off_and_the_next_client_is_served() {
    let home = Home::new();
    let _serve = Serve::start(&home, &[]);
    for bytes in [&b"hello?\n"[..], &[0xff; 4096], &[0; 4096]] {
        let mut stream = UnixStream::connect(socket(&home)).expect("it listens");
        // It may be cut off before all is written.
        let _cut = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _reset = stream.read_to_end(&mut answer);
    }
    // One that says nothing holds up nobody.
    let _silent = UnixStream::connect(socket(&home)).expect("it listens");
    let (_, shared) = ask(&home, &[]);
    assert!(shared);
}

#[test]
fn a_listener_that_never_answers_is_passed_by() {
    let home = Home::new();
    drop(Serve::start(&home, &[]));
    let _old = fs::remove_file(socket(&home));
    let _mute = UnixListener::bind(socket(&home)).expect("it can be bound");
    let (output, shared) = ask(&home, &[]);
    assert!(!shared);
    assert!(!stdout(&output).is_empty());
}

#[test]
fn ctrl_c_and_term_end_it_and_leave_no_socket() {
    let home = Home::new();
    for (signal, code) in [("INT", 130), ("TERM", 0), ("HUP", 0)] {
        let serve = Serve::start(&home, &[]);
        serve.signal(signal);
        assert_eq!(serve.ended().code(), Some(code), "{signal}");
        assert!(!socket(&home).exists(), "{signal}");
    }
}

#[test]
fn a_model_that_cannot_be_loaded_is_told_with_its_exit_code() {
    let home = Home::new();
    let bad = home.path().join("bad.gguf");
    fs::write(&bad, b"GGUF, it says").expect("it can be written");
    let output = home.run(&["serve", "-m", bad.to_str().expect("UTF-8")]);
    assert_code(&output, 3);
    assert!(stderr(&output).contains("bad.gguf"), "{}", stderr(&output));
    assert!(!socket(&home).exists());
}
