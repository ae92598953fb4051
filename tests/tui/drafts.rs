//! What is typed and not sent comes back, in the real program.

use std::time::{Duration, Instant};

use crate::support::pty::{Home, Pty};

/// Long enough for any machine; a test that passes does not wait for it.
const PATIENCE: Duration = Duration::from_mins(1);

fn start(home: &Home, arguments: &[&str]) -> Pty {
    let pty = Pty::limpid(home, arguments, (100, 30));
    pty.wait_for("F1 help");
    pty
}

fn drafts(home: &Home) -> Vec<String> {
    let files = home.files().into_iter();
    files
        .filter(|(path, _)| path.extension().is_some_and(|it| it == "draft"))
        .map(|(_, content)| String::from_utf8_lossy(&content).into_owned())
        .collect()
}

fn wait_for_drafts(home: &Home, what: &str, holds: impl Fn(&[String]) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds(&drafts(home)) {
        assert!(Instant::now() < deadline, "{what}: {:?}", drafts(home));
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Kills the program and waits until it is gone.
fn kill(pty: Pty) {
    pty.signal("KILL");
    drop(pty);
}

#[test]
fn what_is_typed_survives_kill_9_with_its_folds() {
    let home = Home::new();
    let mut pty = start(&home, &[]);
    pty.send("half a thought ");
    let page: String = (1..=40).map(|line| format!("line {line}\r")).collect();
    pty.send(&format!("\x1b[200~{page}\x1b[201~"));
    pty.wait_for("[pasted text, 40 lines");
    wait_for_drafts(&home, "it is kept", |drafts| {
        drafts.iter().any(|draft| draft.contains("line 40"))
    });
    kill(pty);
    let mut pty = start(&home, &[]);
    pty.wait_for("half a thought [pasted text, 40 lines");
    pty.wait_for("not sent is back");
    wait_for_drafts(
        &home,
        "one file for it",
        |drafts| matches!(drafts, [draft] if draft.contains("line 40")),
    );
    // Cleared is gone.
    pty.send("\x03");
    pty.wait_gone("half a thought");
    wait_for_drafts(&home, "it goes", <[String]>::is_empty);
    kill(pty);
    let pty = start(&home, &[]);
    pty.wait_for("ask something");
}

#[test]
fn a_program_that_runs_keeps_its_draft_from_another_one() {
    let home = Home::new();
    let mut first = start(&home, &[]);
    first.send("mine");
    wait_for_drafts(&home, "it is kept", |drafts| drafts.len() == 1);
    let mut second = start(&home, &[]);
    second.send("also");
    wait_for_drafts(&home, "each has its own", |drafts| drafts.len() == 2);
    assert!(!second.screen().contains("mine"));
    first.signal("TERM");
    first.exit_code();
    second.signal("TERM");
    second.exit_code();
    assert_eq!(drafts(&home).len(), 2, "leaving loses nothing");
}

#[test]
fn incognito_keeps_no_draft() {
    let home = Home::new();
    let mut pty = start(&home, &["--incognito"]);
    pty.send("marigold");
    pty.wait_for("marigold");
    pty.signal("TERM");
    pty.exit_code();
    for (path, content) in home.files() {
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains("marigold"), "{}", path.display());
    }
}
