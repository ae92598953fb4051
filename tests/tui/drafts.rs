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

fn wait_for_drafts(home: &Home, what: &str, holds: impl Fn(&[String]) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds(&home.drafts()) {
        assert!(Instant::now() < deadline, "{what}: {:?}", home.drafts());
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
    assert_eq!(home.drafts().len(), 2, "leaving loses nothing");
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

#[test]
fn each_conversation_has_its_own_draft() {
    let home = Home::new();
    let mut pty = Pty::limpid(&home, &["-n", "8", "--seed", "7"], (100, 30));
    pty.wait_for("is ready.");
    pty.send("Why is the sky blue?\r");
    home.wait_for_answers(1);
    pty.send("half of one");
    pty.wait_for("› half of one");
    // Alt-N.
    pty.send("\x1bn");
    pty.wait_for("ask something");
    pty.send("Where do rivers end?\r");
    home.wait_for_answers(2);
    pty.send("half of another");
    pty.wait_for("› half of another");
    // Alt-O; what is typed in the list narrows it.
    for (title, mine, others) in [
        ("sky", "› half of one", "half of another"),
        ("rivers", "› half of another", "half of one"),
        ("sky", "› half of one", "half of another"),
    ] {
        pty.send("\x1bo");
        pty.wait_for("just now");
        pty.send(title);
        pty.wait_until("one row", |screen, _| {
            screen.contents().matches("just now").count() == 1
        });
        pty.send("\r");
        pty.wait_gone("just now");
        pty.wait_for(mine);
        assert!(!pty.screen().contains(others), "{}", pty.screen());
    }
    pty.signal("TERM");
    pty.exit_code();
    let mut drafts = home.drafts();
    drafts.sort();
    assert_eq!(drafts.len(), 2, "{drafts:?}");
    let has = |text: &str| drafts.iter().filter(|it| it.contains(text)).count();
    assert_eq!((has("half of one"), has("half of another")), (1, 1));
}
