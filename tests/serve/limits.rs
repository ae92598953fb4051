//! How many share an engine, and what those hear who are too many.

use std::process::Stdio;

use super::{BRIEF, Serve, ask, number, status, wait_until};
use crate::support::pty::Pty;
use crate::support::run::{Home, children, stderr};

#[test]
fn a_client_too_many_is_told_that_it_has_an_engine_of_its_own() {
    let home = Home::new();
    let serve = Serve::start(&home, &["--max-clients", "1"]);
    let known = status(&home).expect("it runs");
    assert_eq!(number(&known, "max_clients"), 1);
    let mut one = Pty::limpid(&home, &[], (110, 40));
    one.wait_for("this program alone");
    let mut two = Pty::limpid(&home, &BRIEF, (110, 40));
    two.wait_for("an engine of its own");
    two.send("Say a word.\r");
    two.wait_for("answer   10 tokens in");
    let engines = children(two.pid()).len();
    assert_eq!(engines, 1, "it started one");
    assert_eq!(number(&status(&home).expect("it runs"), "clients"), 1);
    two.send("/exit\r");
    assert_eq!(two.exit_code(), 0);
    one.send("/exit\r");
    assert_eq!(one.exit_code(), 0);
    // Its place is free again.
    wait_until("it is seen to go", || {
        number(&status(&home).expect("it runs"), "clients") == 0
    });
    let (_, shared) = ask(&home, &[]);
    assert!(shared);
    assert_eq!(children(serve.pid()).len(), 1);
}

#[test]
fn other_settings_are_told_and_another_model_is_not() {
    let home = Home::new();
    let _serve = Serve::start(&home, &[]);
    let pty = Pty::limpid(&home, &["-c", "512"], (110, 40));
    pty.wait_for("an engine of its own");
    let copy = home.path().join("copy.gguf");
    std::fs::copy(crate::support::run::model(), &copy).expect("it can be copied");
    let arguments = ["-m", copy.to_str().expect("UTF-8")];
    let arguments = [&BRIEF[..], &arguments[..]].concat();
    let mut pty = Pty::limpid(&home, &arguments, (110, 40));
    pty.wait_for("copy is ready");
    pty.send("Say a word.\r");
    pty.wait_for("answer   10 tokens in");
    assert!(!pty.screen().contains("of its own"), "{}", pty.screen());
}

#[test]
fn a_request_too_many_is_refused_with_a_sentence() {
    let home = Home::new();
    let _serve = Serve::start(&home, &["--max-requests", "1"]);
    let known = status(&home).expect("it runs");
    assert_eq!(number(&known, "max_requests"), 1);
    let (mut child, _out) = home.answering(Stdio::null());
    let refused = home.run(&[&BRIEF[..], &["Why is the sky blue?"]].concat());
    assert_ne!(refused.status.code(), Some(0));
    assert!(
        stderr(&refused).contains("1 requests, and takes no more"),
        "{}",
        stderr(&refused)
    );
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    wait_until("its request is over", || {
        number(&status(&home).expect("it runs"), "requests") == 0
    });
    let (_, shared) = ask(&home, &[]);
    assert!(shared);
}
