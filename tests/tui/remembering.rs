//! What is known in the next session, though the last one was killed.

use std::thread;
use std::time::{Duration, Instant};

use crate::support::pty::{Home, PATIENCE, Pty};

const STATUS: &str = "F1 help";

/// Waits until a file of this name says this.
fn wait_written(home: &Home, name: &str, says: &str) {
    let deadline = Instant::now() + PATIENCE;
    let written = || {
        home.files().iter().any(|(path, content)| {
            path.ends_with(name) && String::from_utf8_lossy(content).contains(says)
        })
    };
    while !written() {
        assert!(Instant::now() < deadline, "{name} never said {says:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn how_the_screen_is_divided_is_kept_as_soon_as_it_changes() {
    let home = Home::new();
    let mut pty = Pty::limpid(&home, &[], (120, 30));
    pty.wait_for(STATUS);
    pty.wait_for("┬ token ─");
    pty.send("\x1bt");
    wait_written(&home, "panes.json", "\"tokens_hidden\": true");
    pty.signal("KILL");
    drop(pty);
    let mut pty = Pty::limpid(&home, &[], (120, 30));
    pty.wait_for("throughput ─");
    assert!(!pty.screen().contains("token ─"), "{}", pty.screen());
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}
