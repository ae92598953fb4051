//! Real work from end to end: the real program and model in a real terminal, and what is left of
//! it on disk.

use std::fs;

use serde_json::Value;

use crate::support::pty::{Home, Pty};
use crate::support::run::{assert_code, stdout};

const SIZE: (u16, u16) = (120, 36);

fn start(home: &Home) -> Pty {
    let pty = Pty::limpid(home, &["-n", "16", "--seed", "7"], SIZE);
    pty.wait_for("is ready.");
    pty
}

fn ask(pty: &mut Pty, text: &str) {
    pty.send(text);
    pty.wait_for(text);
    pty.send("\r");
    pty.wait_for("seed 7");
}

fn leave(mut pty: Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn an_answer_is_rated_and_comes_out_to_train_on() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    pty.send("\x14");
    pty.wait_for("token 1 of");
    pty.send("+");
    pty.wait_for("Rated up.");
    pty.send("\x1b");
    pty.wait_for("ask something");
    leave(pty);
    let rated = home.run(&["history", "export", "--rated"]);
    assert_code(&rated, 0);
    let chat: Value = serde_json::from_str(&stdout(&rated)).expect("it is one line of JSON");
    assert_eq!(chat["messages"][0]["content"], "Why is the sky blue?");
    assert_eq!(chat["messages"][1]["role"], "assistant");
}

#[test]
fn an_open_conversation_is_deleted_in_the_list_and_taken_back() {
    let home = Home::new();
    let mut pty = start(&home);
    ask(&mut pty, "Why is the sky blue?");
    pty.send("\x1bo");
    pty.wait_for("Why is the sky blue?");
    pty.wait_for("just now");
    pty.send("\x1b[3~");
    pty.wait_for("Deleted; u brings it back.");
    pty.send("u");
    pty.wait_gone("Deleted; u brings it back.");
    pty.wait_for("just now");
    pty.send("\x1b");
    pty.wait_gone("just now");
    leave(pty);
    let listed = home.run(&["history", "list"]);
    assert_code(&listed, 0);
    assert!(stdout(&listed).contains("Why is the sky blue?"));
}

/// What the terminal is told of links: their addresses, in OSC 8.
fn addresses(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let links = text.split("\x1b]8;").skip(1).filter_map(|rest| {
        let (_, address) = rest.split_once(';')?;
        let end = address.find(['\x1b', '\x07'])?;
        Some(address[..end].to_owned())
    });
    links.filter(|address| !address.is_empty()).collect()
}

#[test]
fn a_link_of_the_web_is_given_to_the_terminal_and_no_other() {
    let home = Home::new();
    let folder = home.path().join("config/limpid");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(
        folder.join("config.toml"),
        "[ui]\nhyperlinks = \"always\"\n",
    )
    .expect("a file can be written");
    let mut pty = start(&home);
    pty.send("/prefill See [a](https://example.com/a), [b](javascript:alert(1)), [c](file:///etc/passwd).\r");
    pty.wait_for("answer begins: See");
    ask(&mut pty, "Where is it said?");
    pty.wait_for("See a,");
    let found = addresses(&pty.raw());
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|it| it == "https://example.com/a"),
        "{found:?}"
    );
    leave(pty);
}

#[test]
fn a_document_is_piped_in_and_the_talk_goes_on_at_the_terminal() {
    let home = Home::new();
    fs::write(
        home.path().join("report.txt"),
        "The bridge was closed on Monday.",
    )
    .expect("a file can be written");
    let limpid = env!("CARGO_BIN_EXE_limpid");
    let line = format!("{limpid} -i -n 16 --seed 7 < report.txt");
    let mut pty = Pty::command(&home, &["sh", "-c", &line], &[], SIZE);
    pty.wait_for("The bridge was closed");
    pty.wait_for("seed 7");
    ask(&mut pty, "When was it closed?");
    pty.wait_for("When was it closed?");
    leave(pty);
    let listed = home.run(&["history", "list"]);
    assert!(stdout(&listed).contains("The bridge was closed"));
}
