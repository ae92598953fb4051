//! Standard input that stays open and silent.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::run::Home;

#[test]
fn where_a_prompt_was_given_a_silent_standard_input_is_told_and_waited_for() {
    let home = Home::new();
    let mut child = home
        .limpid(["--show-prompt", "and", "this"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("limpid starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut said = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    // It says so by itself: nothing is written before.
    said.read_line(&mut line).expect("it is text");
    assert!(line.contains("waiting for standard input to end"), "{line}");
    assert!(line.contains("< /dev/null"), "the way out is named: {line}");
    stdin.write_all(b"late words\n").expect("it still reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let prompt = String::from_utf8_lossy(&output.stdout);
    assert!(prompt.contains("late words\n\nand this"), "{prompt}");
}
