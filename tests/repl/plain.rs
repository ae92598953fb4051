//! Where there are no escape sequences to be had.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::pty::{Home, Pty};
use crate::support::run::{ENDLESS, assert_code, stderr, stdout};

use super::{BRIEF, LONG, SIZE, ask};

#[test]
fn a_dumb_terminal_gets_no_escape() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &BRIEF, &[("TERM", "dumb")], SIZE);
    pty.wait_for("You: ");
    assert!(pty.is_cooked(), "the terminal edits the line itself");
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.send("/stats\r");
    pty.wait_for("surprise");
    // And why it was not faster.
    pty.wait_for("A token reads");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let raw = pty.raw();
    assert!(!raw.contains(&0x1B), "{}", String::from_utf8_lossy(&raw));
}

#[test]
fn linear_lines_are_only_ever_added_and_say_who_speaks() {
    let home = Home::new();
    let arguments = [&BRIEF[..], &["--linear"]].concat();
    let mut pty = Pty::limpid(&home, &arguments, SIZE);
    pty.wait_for("You: ");
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.wait_for("End of answer, 16 tokens");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let raw = pty.raw();
    let text = String::from_utf8(raw).expect("it is text");
    assert!(text.contains("\r\nAnswer:\r\n"), "{text}");
    // The terminal itself ends lines with both; nothing else moves the cursor.
    let moved = text.replace("\r\n", "\n");
    let control = |letter: char| letter.is_control() && letter != '\n';
    assert!(!moved.contains(control), "{moved:?}");
}

#[test]
fn ctrl_c_stops_an_answer_on_a_dumb_terminal() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &LONG, &[("TERM", "dumb")], SIZE);
    pty.wait_for("You: ");
    super::ask_for_long(&mut pty);
    pty.send("\x03");
    pty.wait_for("stopped; /continue goes on");
    pty.wait_until("the next prompt", |screen, _| {
        screen.contents().trim_end().ends_with("\nYou:")
    });
    pty.send("\x03");
    pty.wait_for("once more leaves");
    pty.send("\x03");
    assert_eq!(pty.exit_code(), 130);
}

#[test]
fn no_color_is_obeyed() {
    let home = Home::new();
    let variables = [("NO_COLOR", "1")];
    let mut pty = Pty::limpid_with(&home, &BRIEF, &variables, SIZE);
    pty.wait_for("> ");
    ask(&mut pty, "Why is the sky blue?", 1);
    let colored = pty.with_screen(|screen| {
        let (rows, columns) = screen.size();
        let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |at| (row, at)));
        let mut colors = cells.filter_map(|(row, at)| screen.cell(row, at));
        colors.any(|cell| cell.fgcolor() != vt100::Color::Default)
    });
    assert!(!colored, "{}", pty.screen());
}

/// Lines through a pipe, and what comes back on both streams.
fn piped(home: &Home, lines: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_limpid"))
        .args(BRIEF)
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(lines.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn lines_may_come_through_a_pipe() {
    let home = Home::new();
    let (code, answers, asides) = piped(&home, "Why is the sky blue?\n/stats\nAnd at night?");
    assert_eq!(code, Some(0));
    assert_eq!(asides.matches("first token ").count(), 3, "{asides}");
    assert!(!answers.trim().is_empty());
    for ours in ["tok/s", "\x1b", "> "] {
        assert!(
            !answers.contains(ours),
            "{ours:?} is among the answers: {answers}"
        );
    }
}

#[test]
fn a_conversation_that_no_longer_fits_is_gone_on_with_from_a_summary() {
    let home = Home::new();
    let arguments = [
        &[
            "repl",
            "-c",
            "256",
            "-n",
            "60",
            "--context-full",
            "summarise",
        ][..],
        &ENDLESS,
    ];
    let lines = "Tell me about the sea, with its fish and its ships and its storms.\n\
                 Tell me about mountains, with their snow and their goats.\n\
                 Tell me about deserts, with their sand and their camels.\n\
                 What did we talk about?\n";
    let output = home.run_with(&arguments.concat(), lines.as_bytes());
    assert_code(&output, 0);
    let said = stdout(&output) + &stderr(&output);
    assert!(said.contains("messages are being summarised"), "{said}");
    let (_, summary) = said
        .split_once(
            "sent to the model as a summary from now on; they stay in the conversation. It says: ",
        )
        .unwrap_or_else(|| panic!("{said}"));
    assert!(summary.trim_start().len() > 20, "{said}");
    // The answer to the last question came after it.
    assert_eq!(said.matches("60 tokens").count(), 4, "{said}");
}
