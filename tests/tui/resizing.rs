//! A window that changes its size, in the real program.

use crate::support::pty::{Home, Pty};
use crate::support::run::{ENDLESS, assert_code, stdout};

const QUESTION: &str = "Count from one to one thousand.";
/// What is guessed depends on how fast the machine is, and the last bits of a number on how many
/// tokens are computed together.
const STEADY: &str = "--no-speculate";

/// Whether every row begins and ends with a border.
fn is_framed(screen: &vt100::Screen, (columns, rows): (u16, u16)) -> bool {
    let lines: Vec<String> = screen.rows(0, columns).collect();
    let framed = |row: &str, left: &str, right: &str| {
        row.chars().count() == usize::from(columns)
            && row.starts_with(|it| left.contains(it))
            && row.ends_with(|it| right.contains(it))
    };
    let last = usize::from(rows) - 1;
    lines.len() == last + 1
        && framed(&lines[0], "┌", "┐")
        && framed(&lines[last], "└", "┘")
        && lines[1..last].iter().all(|line| framed(line, "│├", "│┤"))
}

#[test]
fn a_storm_of_resizes_ends_in_the_right_frame_and_leaves_the_answer_alone() {
    let home = Home::new();
    let arguments = [&ENDLESS[..], &[STEADY]].concat();
    let mut pty = Pty::limpid(&home, &arguments, (80, 24));
    pty.wait_for("is ready.");
    pty.send(&format!("{QUESTION}\r"));
    pty.wait_for("writing");
    for round in 0_u32..1000 {
        let columns = 1 + (round * 7919) % 500;
        let rows = 1 + (round * 104_729) % 200;
        pty.resize(columns as u16, rows as u16);
    }
    pty.resize(100, 30);
    pty.wait_until(
        "a frame of 100x30 over an answer that goes on",
        |screen, _| is_framed(screen, (100, 30)) && screen.contents().contains("writing"),
    );
    pty.send("\x03");
    home.wait_for_answers(1);
    pty.wait_gone("writing");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let stored = home.conversation();
    let end = stored.of("end").next().expect("it ended");
    assert_eq!(end["stop"], "cancelled", "it ran all the while");
    let tokens = end["stats"]["predicted_tokens"].to_string();
    let undisturbed = Home::new();
    let arguments = [&ENDLESS[..], &[STEADY, "-n", &tokens, QUESTION]].concat();
    let output = undisturbed.run(&arguments);
    assert_code(&output, 0);
    assert_eq!(stored.texts("assistant"), [stdout(&output)]);
}
