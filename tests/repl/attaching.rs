//! What goes into a message from outside, and out into a file.

use std::fs;

use crate::support::pty::{Home, Pty};
use crate::support::run::{assert_code, stderr};

use super::{BRIEF, ask, brief, occurrences};

/// A message that would make this file.
const MESSAGE: &str = "Look at !`touch made; echo quixotry` please.";

fn made(home: &Home) -> bool {
    home.path().join("made").exists()
}

fn leave(mut pty: Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_command_in_a_message_is_run_on_a_yes_and_on_nothing_else() {
    for answer in ["n", "", "yess", "\x03"] {
        let home = Home::new();
        let mut pty = brief(&home);
        pty.send(&format!("{MESSAGE}\r"));
        pty.wait_for("Run this command?");
        pty.wait_for("touch made; echo quixotry");
        pty.wait_for("[y/N]");
        assert!(!made(&home), "it was not asked for yet");
        let end = if answer == "\x03" { "" } else { "\r" };
        pty.send(&format!("{answer}{end}"));
        pty.wait_for("Not run; it is sent as text.");
        pty.wait_until("the answer", |_, raw| occurrences(raw, "first token") == 1);
        leave(pty);
        assert!(!made(&home), "{answer:?}");
        assert_eq!(home.conversation().texts("user"), [MESSAGE], "{answer:?}");
    }
}

#[test]
fn what_a_command_printed_stands_in_its_place() {
    let home = Home::new();
    let mut pty = brief(&home);
    pty.send(&format!("{MESSAGE}\r"));
    pty.wait_for("[y/N]");
    pty.send("y\r");
    pty.wait_until("the answer", |_, raw| occurrences(raw, "first token") == 1);
    leave(pty);
    assert!(made(&home));
    let sent = home.conversation().texts("user").remove(0);
    let lines: Vec<&str> = sent.lines().collect();
    assert_eq!(
        lines,
        [
            "Look at ",
            "[output of touch made; echo quixotry, exit status 0]",
            "```",
            "quixotry",
            "```",
            " please."
        ]
    );
}

#[test]
fn a_command_that_comes_through_a_pipe_is_never_run() {
    let home = Home::new();
    // A line that would be an answer is a message of its own.
    let input = format!("{MESSAGE}\ny\n");
    let output = home.run_with(&BRIEF, input.as_bytes());
    assert_code(&output, 0);
    assert!(!made(&home));
    let said = stderr(&output);
    assert!(
        said.contains("Commands are run only where somebody can be asked"),
        "{said}"
    );
    assert_eq!(home.conversation().texts("user"), [MESSAGE, "y"]);
}

#[test]
fn a_conversation_is_exported_to_a_file_and_not_over_another_one() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.send("/export talk.md\r");
    pty.wait_for("Written to talk.md.");
    fs::write(home.path().join("mine.md"), "mine").expect("a file can be written");
    pty.send("/export mine.md\r");
    pty.wait_for("cannot write mine.md");
    pty.send("/export talk.doc\r");
    pty.wait_for("the ending says the form");
    leave(pty);
    let text = fs::read_to_string(home.path().join("talk.md")).expect("it was written");
    let answer = home.conversation().texts("assistant").remove(0);
    assert!(text.contains("Why is the sky blue?"), "{text}");
    assert!(text.contains(answer.trim()), "{text}");
    let mine = fs::read_to_string(home.path().join("mine.md")).expect("it is there");
    assert_eq!(mine, "mine");
    assert!(!home.path().join("talk.doc").exists());
}
