//! A message that would not fit, told of before it is sent.

use crate::support::pty::{Home, Pty};
use crate::support::run::{ENDLESS, assert_code, stderr, stdout};

use super::{SIZE, ask, occurrences, stored};

/// A context of 256 tokens, at whose end the oldest leave.
const SMALL: [&str; 9] = [
    "repl",
    "-c",
    "256",
    "-n",
    "16",
    "--temp",
    "0",
    "--context-full",
    "drop-oldest",
];

/// About 200 tokens: with what came before it is too much.
fn long() -> String {
    format!("Tell me of this: {}", "one more of them, ".repeat(38))
}

const LEFT_OUT: &str = "the oldest messages (2) will not be sent";

/// A chat in which something was said.
fn begun(home: &Home, arguments: &[&str], prompt: &str) -> Pty {
    let mut pty = Pty::limpid(home, &[&SMALL, arguments].concat(), SIZE);
    pty.wait_for(prompt);
    ask(
        &mut pty,
        "Why is the sky blue, and why is it red in the evening?",
        1,
    );
    pty
}

/// Sends a text that the line is too narrow to find on the screen.
fn send(pty: &mut Pty, text: &str, said: &str) {
    pty.send(&format!("{text}\r"));
    pty.wait_for(said);
    pty.wait_for("Send it? [Y/n]");
}

#[test]
fn what_would_not_be_sent_is_told_and_enter_sends() {
    let home = Home::new();
    let mut pty = begun(&home, &[], "> ");
    send(&mut pty, &long(), LEFT_OUT);
    assert!(
        !stored(&home)[0].contains("Tell me of this"),
        "nothing was sent yet"
    );
    pty.send("\r");
    pty.wait_for("are no longer sent to the model");
    pty.wait_until("the second answer", |_, raw| {
        occurrences(raw, "first token") == 2
    });
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(stored(&home)[0].contains("Tell me of this"));
}

#[test]
fn what_was_not_sent_stands_in_the_line_to_be_changed() {
    let home = Home::new();
    let mut pty = begun(&home, &[], "> ");
    send(&mut pty, &long(), LEFT_OUT);
    pty.send("n\r");
    pty.wait_for("Not sent.");
    // It stands there; all of it but a few words is taken away again.
    pty.wait_until("the text in the line", |screen, _| {
        let text = screen.contents();
        let (_, after) = text.split_once("Not sent.").unwrap_or_default();
        after.contains("> Tell me of this: one more")
    });
    pty.send("\x01\x0bThat is all?\r");
    pty.wait_until("the second answer", |_, raw| {
        occurrences(raw, "first token") == 2
    });
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let history = &stored(&home)[0];
    assert!(history.contains(r#""text":"That is all?""#), "{history}");
    assert!(!history.contains("Tell me of this"), "{history}");
}

#[test]
fn files_stay_for_the_next_message_and_ctrl_c_does_not_send() {
    let home = Home::new();
    // With the marks around it, and the question, it is as long.
    let many = "one more of them, ".repeat(35);
    std::fs::write(home.path().join("many.txt"), many).expect("it can be written");
    let mut pty = begun(&home, &[], "> ");
    pty.send("/read many.txt\r");
    pty.wait_for("Before your next message");
    send(&mut pty, "What is it about?", LEFT_OUT);
    pty.send("\x03");
    pty.wait_for("Not sent.");
    pty.send("\r");
    pty.wait_until("the second question", |_, raw| {
        occurrences(raw, "Send it?") == 2
    });
    pty.send("y\r");
    pty.wait_until("the second answer", |_, raw| {
        occurrences(raw, "first token") == 2
    });
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(stored(&home)[0].contains("one more of them"));
}

#[test]
fn a_message_is_weighed_where_lines_are_read_aloud_too() {
    let home = Home::new();
    let mut pty = begun(&home, &["--linear"], "You: ");
    send(&mut pty, &long(), LEFT_OUT);
    pty.send("no\r");
    pty.wait_for("Not sent.");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(!stored(&home)[0].contains("Tell me of this"));
}

#[test]
fn an_edited_message_is_weighed_where_it_will_stand() {
    let home = Home::new();
    let mut pty = begun(&home, &[], "> ");
    // In place of the first message it fits: the answer to that is no part of its branch.
    pty.send(&format!("/edit {}\r", long()));
    pty.wait_until("the second answer", |_, raw| {
        occurrences(raw, "first token") == 2
    });
    let twice = long().repeat(2);
    send(&mut pty, &format!("/edit {twice}"), "it is too long");
    pty.send("n\r");
    pty.wait_for("Not sent.");
    pty.send("\x01\x0b\x04");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(occurrences(&pty.raw(), "Send it?"), 1);
}

#[test]
fn lines_from_a_pipe_are_told_and_sent() {
    let home = Home::new();
    let arguments = [&SMALL[..], &ENDLESS].concat();
    let lines = format!("Why is the sky blue, and why is it red?\n{}\n", long());
    let output = home.run_with(&arguments, lines.as_bytes());
    assert_code(&output, 0);
    let told = stderr(&output);
    assert!(told.contains(LEFT_OUT), "{told}");
    assert!(
        !told.contains("Send it?") && !stdout(&output).contains("oldest"),
        "{told}"
    );
    assert_eq!(told.matches("first token").count(), 2, "{told}");
}

#[test]
fn what_would_be_summarised_or_is_too_long_is_told_in_either_language() {
    let home = Home::new();
    let policy = SMALL.len() - 1;
    for (arguments, language, lines, said) in [
        (
            &SMALL[..policy],
            "en",
            long(),
            "the oldest messages (2) will be summarised.",
        ),
        (
            &SMALL[..policy],
            "zh",
            long(),
            "最早的消息（2 条）将被摘要。",
        ),
        (&SMALL[..policy - 1], "zh", long(), "个词元：过长。"),
    ] {
        let mut arguments = arguments.to_vec();
        if arguments.len() == policy {
            arguments.push("summarise");
        }
        let lines = format!("Why is the sky blue, and why is it red?\n{lines}\n");
        let folder = home.path().join("lines.txt");
        std::fs::write(&folder, lines).expect("it can be written");
        let output = home
            .limpid(&arguments)
            .env("LIMPID_LANGUAGE", language)
            .stdin(std::fs::File::open(&folder).expect("it is there"))
            .output()
            .expect("limpid starts");
        let told = stderr(&output);
        assert!(told.contains(said), "{told}");
    }
}
