//! The user's own editor on the input, in the real program: small scripts stand for editors.

use std::fs;
#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use crate::support::pty::PATIENCE;
use crate::support::pty::{Home, Pty};
#[cfg(target_os = "linux")]
use crate::support::run::{ENDLESS, children};

const SIZE: (u16, u16) = (100, 30);
const STATUS: &str = "F1 help";
/// What every script says when it has the terminal.
const EDITING: &str = "the editor is here";
/// Ctrl-G.
const EDIT: &str = "\x07";

/// An editor that says where it is and does this with its file, `$1`.
fn editor(home: &Home, does: &str) -> String {
    let file = home.path().join("editor.sh");
    let script = format!("#!/bin/sh\necho '{EDITING}'\n{does}\n");
    fs::write(&file, script).expect("a script can be written");
    format!("sh '{}'", file.display())
}

fn start(home: &Home, does: &str, arguments: &[&str]) -> Pty {
    let editor = editor(home, does);
    let variables = [("EDITOR", editor.as_str())];
    let pty = Pty::limpid_with(home, arguments, &variables, SIZE);
    pty.wait_for("is ready.");
    pty
}

fn short(home: &Home, does: &str) -> Pty {
    start(home, does, &["-n", "8", "--seed", "7"])
}

/// Waits until the interface is back, with this on it.
fn wait_back(pty: &Pty, with: &str) {
    pty.wait_until(&format!("{with:?} in the interface"), |screen, _| {
        let text = screen.contents();
        text.contains(STATUS) && text.contains(with)
    });
}

/// Types a text and begins to edit it.
fn edit(pty: &mut Pty, text: &str) {
    pty.send(text);
    pty.wait_for(text);
    pty.send(EDIT);
    pty.wait_for(EDITING);
    assert!(
        pty.is_cooked(),
        "the editor has the terminal as a shell has"
    );
}

fn send(home: &Home, pty: &mut Pty) -> String {
    pty.send("\r");
    home.wait_for_answers(1);
    home.conversation().texts("user").remove(0)
}

fn leave(mut pty: Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.is_cooked());
}

#[test]
fn what_the_editor_wrote_is_in_the_input_and_is_sent() {
    let home = Home::new();
    let mut pty = short(&home, "read line; echo \"$line\" >> \"$1\"");
    edit(&mut pty, "first line");
    pty.send("typed in the editor\r");
    wait_back(&pty, "› first line");
    wait_back(&pty, "typed in the editor");
    assert_eq!(send(&home, &mut pty), "first line\ntyped in the editor");
    leave(pty);
}

#[test]
fn a_text_that_is_not_touched_comes_back_to_the_letter() {
    let home = Home::new();
    let mut pty = short(&home, "read line; cp \"$1\" seen");
    // A line that ends, and an empty one.
    pty.send("one\n\ntwo\n");
    pty.wait_for("two");
    pty.send(EDIT);
    pty.wait_for(EDITING);
    pty.send("\r");
    wait_back(&pty, "› one");
    pty.send("end");
    pty.wait_for("end");
    assert_eq!(send(&home, &mut pty), "one\n\ntwo\nend");
    leave(pty);
    let seen = fs::read_to_string(home.path().join("seen")).expect("it was copied");
    assert_eq!(
        seen, "one\n\ntwo\n\n",
        "a file of text ends with a line break"
    );
}

#[test]
fn an_editor_that_fails_leaves_the_input_and_what_it_wrote_can_be_recalled() {
    let home = Home::new();
    let mut pty = short(&home, "read line; echo \"$line\" > \"$1\"; exit 3");
    edit(&mut pty, "as it was");
    pty.send("written and thrown away\r");
    wait_back(&pty, "the editor ended with exit status: 3");
    wait_back(&pty, "› as it was");
    pty.send("\x1b[A");
    pty.wait_for("› written and thrown away");
    pty.send("\x1b[B");
    pty.wait_for("› as it was");
    assert_eq!(send(&home, &mut pty), "as it was");
    leave(pty);
}

#[test]
fn an_editor_that_is_not_there_leaves_the_input() {
    let home = Home::new();
    let variables = [("EDITOR", "no-such-editor"), ("VISUAL", "")];
    let mut pty = Pty::limpid_with(&home, &[], &variables, SIZE);
    pty.wait_for(STATUS);
    pty.send("as it was");
    pty.wait_for("as it was");
    pty.send(EDIT);
    wait_back(&pty, "the editor ended with exit status: 127");
    wait_back(&pty, "› as it was");
    pty.send("\x03");
    pty.wait_for("ask something");
    leave(pty);
}

#[test]
fn a_folded_paste_goes_through_the_editor_whole_and_stays_folded() {
    let home = Home::new();
    let mut pty = short(&home, "read line; echo 'What is it?' >> \"$1\"");
    let page: String = (1..=40).map(|line| format!("line {line}\n")).collect();
    pty.send("see ");
    pty.send(&format!("\x1b[200~{page}\x1b[201~"));
    pty.wait_for("[pasted text, 40 lines");
    pty.send(EDIT);
    pty.wait_for(EDITING);
    pty.send("\r");
    wait_back(&pty, "What is it?");
    wait_back(&pty, "› see [pasted text, 40 lines");
    assert!(!pty.screen().contains("line 40"), "{}", pty.screen());
    assert_eq!(send(&home, &mut pty), format!("see {page}\nWhat is it?"));
    leave(pty);
}

/// Reads a line, however often Ctrl-C comes between.
const HEARS_CTRL_C: &str = "trap 'echo heard' INT QUIT; echo listening\n\
                            until read line; do :; done\n\
                            echo \"$line\" >> \"$1\"";

#[test]
fn ctrl_c_in_the_editor_is_for_the_editor() {
    let home = Home::new();
    let mut pty = short(&home, HEARS_CTRL_C);
    edit(&mut pty, "kept");
    pty.wait_for("listening");
    // Ctrl-C, and Ctrl-\.
    for (index, key) in ["\x03", "\x1c"].into_iter().enumerate() {
        pty.send(key);
        pty.wait_until("the editor to hear it", |screen, _| {
            screen.contents().matches("heard").count() == index + 1
        });
    }
    pty.send("written after it\r");
    wait_back(&pty, "written after it");
    assert_eq!(send(&home, &mut pty), "kept\nwritten after it");
    // Back at home the signal ends the program as ever.
    pty.signal("INT");
    assert_eq!(pty.exit_code(), 130);
}

#[test]
fn an_editor_that_ctrl_c_ends_loses_nothing() {
    let home = Home::new();
    let mut pty = short(&home, "echo 'saved words' > \"$1\"; echo saved; read line");
    edit(&mut pty, "as it was");
    pty.wait_for("saved");
    pty.send("\x03");
    wait_back(&pty, "the editor ended with signal: 2");
    wait_back(&pty, "› as it was");
    pty.send("\x1b[A");
    pty.wait_for("› saved words");
    assert_eq!(send(&home, &mut pty), "saved words");
    leave(pty);
}

#[test]
fn an_answer_goes_on_behind_the_editor() {
    let home = Home::new();
    let arguments = [&ENDLESS[..], &["-n", "200"]].concat();
    let mut pty = start(&home, "read line", &arguments);
    pty.send("Why is the sky blue?\r");
    pty.wait_for("writing");
    pty.send(EDIT);
    pty.wait_for(EDITING);
    home.wait_for_answers(1);
    pty.send("\r");
    wait_back(&pty, "tok/s");
    leave(pty);
    assert!(!home.conversation().texts("assistant")[0].is_empty());
}

#[test]
fn kittys_keyboard_protocol_is_off_in_the_editor_and_on_after_it() {
    let home = Home::new();
    let mut pty = short(&home, "read line");
    let (pushed, popped) = (&b"\x1b[>1u"[..], &b"\x1b[<u"[..]);
    let (entered, left) = (&b"\x1b[?1049h"[..], &b"\x1b[?1049l"[..]);
    pty.send("\x1b[?0u");
    pty.wait_for_bytes(0, &[pushed]);
    let before = pty.raw().len();
    // Ctrl-G in the protocol's form.
    pty.send("\x1b[103;5u");
    pty.wait_for(EDITING);
    pty.wait_for_bytes(before, &[popped, left, EDITING.as_bytes()]);
    let editing = pty.raw().len();
    pty.send("\r");
    wait_back(&pty, "ask something");
    // The terminal is asked anew, and answers.
    pty.wait_for_bytes(editing, &[entered, b"\x1b[?u"]);
    pty.send("\x1b[?0u");
    pty.wait_for_bytes(editing, &[entered, pushed]);
    leave(pty);
}

/// The process with this number, as long as it runs.
#[cfg(target_os = "linux")]
fn runs(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(") ").map(|(_, rest)| rest);
    state.is_some_and(|state| !state.starts_with('Z'))
}

#[cfg(target_os = "linux")]
#[test]
fn told_to_end_behind_the_editor_the_program_saves_and_takes_the_editor_along() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let home = Home::new();
        let does = "echo 'saved words' > \"$1\"; echo $$ > pid; echo saved; read line";
        let editor = editor(&home, does);
        // A shell stays when limpid ends, so that nothing else ends the editor.
        let line = format!(
            "{} {}; echo \"code $?\"; read line",
            env!("CARGO_BIN_EXE_limpid"),
            ENDLESS.join(" ")
        );
        let variables = [("EDITOR", editor.as_str())];
        let mut pty = Pty::command(&home, &["sh", "-c", &line], &variables, SIZE);
        pty.wait_for("is ready.");
        pty.send("Count from one to one thousand.\r");
        pty.wait_for("writing");
        edit(&mut pty, "half a thought");
        pty.wait_for("saved");
        let limpid = children(pty.pid());
        assert_eq!(limpid.len(), 1);
        let told = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &limpid[0]])
            .status()
            .expect("kill runs");
        assert!(told.success());
        pty.wait_for(&format!("code {code}"));
        assert!(pty.is_cooked(), "{signal}");
        let stored = home.conversation();
        let end = stored.of("end").next().expect("the answer's end is stored");
        assert_eq!(end["stop"], "cancelled", "{signal}");
        assert!(!stored.texts("assistant")[0].is_empty(), "{signal}");
        let drafts = home.drafts();
        assert!(
            matches!(&drafts[..], [draft] if draft.contains("saved words")),
            "{signal}: {drafts:?}"
        );
        let editor = fs::read_to_string(home.path().join("pid")).expect("it was written");
        let deadline = Instant::now() + PATIENCE;
        while runs(editor.trim()) {
            assert!(Instant::now() < deadline, "{signal}: the editor goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
