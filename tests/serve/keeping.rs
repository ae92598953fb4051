//! How long an engine stays, and who starts it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Serve, ask, number, socket, status, wait_until};
use crate::support::run::{Home, assert_code, stderr, stdout};

#[test]
fn nothing_stays_unasked() {
    let home = Home::new();
    ask(&home, &[]);
    assert_eq!(status(&home), None);
    assert!(!home.path().join("run").exists(), "not even a folder");
    let stop = home.run(&["serve", "--stop"]);
    assert_code(&stop, 0);
    assert!(stdout(&stop).contains("no resident engine"));
    let told = home.run(&["serve", "--status"]);
    assert_code(&told, 1);
    assert!(stderr(&told).contains("no resident engine"));
}

#[test]
fn keep_alive_leaves_an_engine_that_the_next_program_finds() {
    let home = Home::new();
    let (first, shared) = ask(&home, &["--keep-alive", "10m"]);
    assert!(shared, "it was started first");
    let running = status(&home).expect("it stays");
    assert_eq!(running["keep_alive_seconds"], 600);
    let (second, shared) = ask(&home, &[]);
    assert!(shared);
    assert_eq!(stdout(&first), stdout(&second));
    assert_eq!(
        number(&status(&home).expect("it stays"), "pid"),
        number(&running, "pid")
    );
    let log = home.path().join("state/limpid/serve.log");
    let mode = fs::metadata(log).expect("it keeps a log").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    // It has a session of its own: no terminal's end ends it.
    let pid = number(&running, "pid");
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
    let session = stat.rsplit_once(')').expect("it has a name").1;
    let session = session.split_whitespace().nth(3).expect("it has a session");
    assert_eq!(session, pid.to_string());
    assert_code(&home.run(&["serve", "--stop"]), 0);
    assert_eq!(status(&home), None);
    assert!(!socket(&home).exists());
}

#[test]
fn an_idle_engine_ends_by_itself() {
    let home = Home::new();
    let serve = Serve::start(&home, &["--keep-alive", "1s"]);
    assert_eq!(serve.ended().code(), Some(0));
    assert!(!socket(&home).exists());
    let (_, shared) = ask(&home, &["--keep-alive", "1s"]);
    assert!(shared);
    wait_until("the started one ends too", || status(&home).is_none());
}

#[test]
fn an_engine_that_is_started_has_the_settings_of_the_one_who_started_it() {
    let home = Home::new();
    let settings = [
        "-c",
        "512",
        "-b",
        "256",
        "--ubatch-size",
        "128",
        "--cache-type-k",
        "q8_0",
        "--flash-attn",
        "on",
        "--no-sandbox",
        "--gpu-layers",
        "0",
    ];
    let (_, shared) = ask(&home, &[&settings[..], &["--keep-alive", "5m"]].concat());
    assert!(shared, "{}", super::log(&home));
    let (_, shared) = ask(&home, &settings);
    assert!(shared, "{}", super::log(&home));
    let (_, shared) = ask(&home, &["-c", "512"]);
    assert!(!shared);
    assert_code(&home.run(&["serve", "--stop"]), 0);
}

#[test]
fn incognito_starts_none() {
    let home = Home::new();
    let output = home.run(&["--incognito", "--keep-alive", "5m", "-n", "2", "Hello"]);
    assert_code(&output, 0);
    assert_eq!(status(&home), None);
}

#[test]
fn a_time_that_makes_no_sense_is_a_usage_error_that_says_what_does() {
    let home = Home::new();
    for arguments in [
        &["serve", "--keep-alive", "soon"][..],
        &["--keep-alive", "-3", "hi"],
    ] {
        let output = home.run(arguments);
        assert_code(&output, 2);
        assert!(stderr(&output).contains("30m"), "{}", stderr(&output));
    }
    assert_code(&home.run(&["serve", "--keep-alive", "0"]), 2);
}
