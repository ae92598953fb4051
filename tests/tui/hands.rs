//! What hands do in the real program: panes, copies, keys, the mouse.

use std::os::unix::fs::PermissionsExt;

use crate::support::pty::{Home, Pty};

/// Pushes the flags of kitty's keyboard protocol, and takes them off.
const PUSHED: &[u8] = b"\x1b[>1u";
const POPPED: &[u8] = b"\x1b[<u";

const STATUS: &str = "F1 help";

fn leave(pty: &mut Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.is_cooked());
}

#[test]
fn how_the_panes_are_divided_is_remembered_and_incognito_it_is_not() {
    let home = Home::new();
    let mut pty = Pty::limpid(&home, &["--incognito"], (120, 36));
    pty.wait_for(" throughput ");
    pty.send("\x1bp");
    pty.wait_gone(" throughput ─");
    leave(&mut pty);
    let mut pty = Pty::limpid(&home, &[], (120, 36));
    pty.wait_for(" throughput ─");
    pty.send("\x1bp");
    pty.wait_gone(" throughput ─");
    leave(&mut pty);
    let file = home.path().join("state/limpid/panes.json");
    assert!(file.is_file());
    let mut pty = Pty::limpid(&home, &[], (120, 36));
    pty.wait_for(STATUS);
    assert!(!pty.screen().contains(" throughput ─"), "{}", pty.screen());
    pty.send("\x1b0");
    pty.wait_for(" throughput ─");
    leave(&mut pty);
    let mut pty = Pty::limpid(&home, &[], (120, 36));
    pty.wait_for(" throughput ─");
    leave(&mut pty);
}

fn start(home: &Home, variables: &[(&str, &str)]) -> Pty {
    let arguments = ["-n", "16", "--seed", "7"];
    let pty = Pty::limpid_with(home, &arguments, variables, (120, 36));
    pty.wait_for("is ready.");
    pty
}

#[test]
fn lines_are_ended_in_a_message_with_alt_enter_and_ctrl_j() {
    let home = Home::new();
    let mut pty = start(&home, &[]);
    pty.send("one\x1b\rtwo\n\nfour");
    pty.wait_until("four lines in the input", |screen, _| {
        let text = screen.contents();
        let lines: Vec<&str> = text.lines().collect();
        let typed = |line: &str| line.trim_matches(['│', ' ', '›']).to_owned();
        lines.windows(4).any(|lines| {
            lines
                .iter()
                .map(|line| typed(line))
                .eq(["one", "two", "", "four"])
        })
    });
    pty.send("\r");
    home.wait_for_answers(1);
    leave(&mut pty);
    assert_eq!(home.conversation().texts("user"), ["one\ntwo\n\nfour"]);
}

#[test]
fn a_terminal_that_speaks_kittys_protocol_is_asked_for_it_and_left_without() {
    let home = Home::new();
    let mut pty = start(&home, &[]);
    pty.wait_for_bytes(0, &[b"\x1b[?u"]);
    let asked = pty.raw();
    assert!(!asked.windows(PUSHED.len()).any(|it| it == PUSHED));
    // The terminal's answer: it does, and nothing is on.
    pty.send("\x1b[?0u");
    pty.wait_for_bytes(asked.len(), &[PUSHED]);
    // Shift-Enter, which no other terminal tells from Enter.
    pty.send("one\x1b[13;2utwo");
    pty.wait_for("two");
    pty.send("\r");
    home.wait_for_answers(1);
    // Ctrl-D.
    let before = pty.raw().len();
    pty.send("\x1b[100;5u");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_for_bytes(before, &[POPPED, b"\x1b[?1049l"]);
    assert_eq!(home.conversation().texts("user"), ["one\ntwo"]);
}

#[test]
fn an_answer_is_copied_to_the_letter() {
    let home = Home::new();
    let mut pty = start(&home, &[]);
    pty.send("Why is the sky blue?\r");
    home.wait_for_answers(1);
    pty.send("/copy\r");
    pty.wait_for("Copied the answer");
    let answer = home.conversation().texts("assistant").remove(0);
    assert!(!answer.is_empty());
    assert_eq!(pty.copied(), answer);
    // The same by keys, for the question.
    pty.send("\tKKy");
    pty.wait_for("Copied your message");
    assert_eq!(pty.copied(), "Why is the sky blue?");
    pty.send("\x1b");
    pty.wait_for(STATUS);
    leave(&mut pty);
}

#[test]
fn where_a_terminal_has_no_clipboard_a_copy_goes_to_a_private_file() {
    let home = Home::new();
    let file = home.path().join("state/limpid/clipboard.txt");
    let mut pty = start(&home, &[("TERM", "linux")]);
    pty.send("Why is the sky blue?\r");
    home.wait_for_answers(1);
    pty.send("/copy\r");
    pty.wait_for("Wrote the answer");
    pty.wait_for("no clipboard");
    leave(&mut pty);
    let answer = home.conversation().texts("assistant").remove(0);
    let copied = std::fs::read_to_string(&file).expect("it was written");
    assert_eq!(copied, answer);
    let mode = std::fs::metadata(&file).expect("it is there").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[test]
fn incognito_a_copy_goes_to_no_file() {
    let home = Home::new();
    let arguments = ["--incognito", "-n", "16", "--seed", "7"];
    let variables = [("TERM", "linux")];
    let mut pty = Pty::limpid_with(&home, &arguments, &variables, (120, 36));
    pty.wait_for("is ready.");
    pty.send("Why is the sky blue?\r");
    pty.wait_for("seed 7");
    pty.send("/copy\r");
    pty.wait_for("was not copied");
    leave(&mut pty);
    assert!(!home.path().join("state/limpid/clipboard.txt").exists());
}
