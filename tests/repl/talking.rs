//! Conversations.

use crate::support::pty::{Home, Pty};

use super::{LONG, SIZE, ask, ask_for_long, brief, ready, stored};

#[test]
fn a_conversation_in_lines() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, "Why is the sky blue?", 1);
    ask(&mut pty, "And at night?", 2);
    assert!(pty.screen().contains("reused"), "{}", pty.screen());
    pty.send("/branches\r");
    pty.wait_for("* is shown");
    pty.send("/exit\r");
    assert_eq!(pty.exit_code(), 0);
    let files = stored(&home);
    assert_eq!(files.len(), 1);
    assert!(files[0].contains("Why is the sky blue?"));
    assert!(files[0].contains("And at night?"));
}

#[test]
fn ctrl_c_stops_an_answer_and_keeps_what_came() {
    let home = Home::new();
    let mut pty = ready(Pty::limpid(&home, &LONG, SIZE));
    ask_for_long(&mut pty);
    pty.send("\x03");
    pty.wait_for("stopped; /continue goes on");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let files = stored(&home);
    assert!(files[0].contains(r#""stop":"cancelled""#), "{}", files[0]);
    assert!(files[0].contains(r#""type":"chunk""#));
}

#[test]
fn a_conversation_is_continued() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);

    let mut arguments = super::BRIEF.to_vec();
    arguments.push("-C");
    let mut pty = ready(Pty::limpid(&home, &arguments, SIZE));
    pty.wait_for("Going on with: Why is the sky blue?");
    ask(&mut pty, "And at night?", 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let files = stored(&home);
    assert_eq!(files.len(), 1, "it is the same conversation");
    assert!(files[0].contains("And at night?"));
}

#[test]
fn a_second_program_on_one_conversation_is_told() {
    let home = Home::new();
    let mut one = brief(&home);
    ask(&mut one, "Why is the sky blue?", 1);
    let mut two = Pty::limpid(&home, &["repl", "-C"], SIZE);
    two.wait_for("open in another limpid");
    two.send("Hello?\r");
    two.wait_for("/fork makes a copy");
    two.send("\x04");
    assert_eq!(two.exit_code(), 0);
    ask(&mut one, "And at night?", 2);
    assert!(!stored(&home)[0].contains("Hello?"));
}

#[test]
fn several_lines_are_one_message() {
    let home = Home::new();
    let mut pty = brief(&home);
    pty.send("\"\"\"first line\r");
    pty.wait_for("first line");
    pty.send("/not a command\"\"\"\r");
    pty.wait_for("first token");
    // Ctrl-J, a backslash, and a paste that holds a line end.
    pty.send("one\ntwo\\\rthree\x1b[200~ four\rfive\x1b[201~\r");
    pty.wait_until("the second answer", |_, raw| {
        super::occurrences(raw, "first token") == 2
    });
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let files = stored(&home);
    assert!(
        files[0].contains(r"first line\n/not a command"),
        "{}",
        files[0]
    );
    assert!(
        files[0].contains(r"one\ntwo\nthree four\nfive"),
        "{}",
        files[0]
    );
}

#[test]
fn an_unknown_command_is_not_sent() {
    let home = Home::new();
    let mut pty = brief(&home);
    pty.send("/regne\r");
    pty.wait_for("Did you mean /regen?");
    pty.send("/he\t");
    pty.wait_for("> /help");
    pty.send("\r");
    pty.wait_for("/incognito");
    pty.send("\x15\x04");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(stored(&home), Vec::<String>::new(), "nothing was said");
}

#[test]
fn what_is_typed_ahead_is_sent_when_the_answer_ends() {
    let home = Home::new();
    let mut pty = brief(&home);
    pty.send("Why is the sky blue?\r");
    // The editor has let go of the terminal: the answer is on its way.
    pty.wait_until("the end of editing", |screen, _| !screen.bracketed_paste());
    pty.send("And at night?\r");
    pty.wait_until("both answers", |_, raw| {
        super::occurrences(raw, "first token") == 2
    });
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let files = stored(&home);
    assert!(
        files[0].contains(r#""text":"And at night?""#),
        "{}",
        files[0]
    );
}

#[test]
fn what_was_typed_comes_back_in_the_next_session() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let mut pty = brief(&home);
    pty.send("\x1b[A");
    pty.wait_for("> Why is the sky blue?");
}

#[test]
fn a_file_goes_before_the_next_message() {
    let home = Home::new();
    std::fs::write(home.path().join("fact.txt"), "The sky is green.\n").expect("it can be written");
    let mut pty = brief(&home);
    pty.send("/read fact.txt\r");
    pty.wait_for("1 line of fact.txt");
    ask(&mut pty, "Is that so?", 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(stored(&home)[0].contains(r"The sky is green.\n```\n\nIs that so?"));
}
