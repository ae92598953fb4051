//! Who may read what is left on disk.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::pty::{Home, Pty};

use super::{SIZE, ask, brief, ready, stored};

const MARKER: &str = "xylophonist";

fn marked(home: &Home) -> Vec<String> {
    home.files()
        .into_iter()
        .filter(|(path, bytes)| {
            let name = path.to_string_lossy().contains(MARKER);
            name || String::from_utf8_lossy(bytes).contains(MARKER)
        })
        .map(|(path, _)| path.display().to_string())
        .collect()
}

#[test]
fn incognito_writes_nothing() {
    let home = Home::new();
    let mut arguments = super::BRIEF.to_vec();
    arguments.extend(["--incognito", "-v"]);
    let mut pty = ready(Pty::limpid(&home, &arguments, SIZE));
    ask(&mut pty, &format!("What is a {MARKER}?"), 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(marked(&home), Vec::<String>::new());
}

#[test]
fn incognito_from_a_command_holds_from_then_on() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, "Hello.", 1);
    pty.send("/incognito\r");
    pty.wait_for("From now on nothing is written");
    ask(&mut pty, &format!("What is a {MARKER}?"), 2);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(marked(&home), Vec::<String>::new());
    assert!(stored(&home)[0].contains("Hello."));
}

#[test]
fn without_incognito_the_word_would_be_found() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, &format!("What is a {MARKER}?"), 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    // The conversation, and what was typed for the up key.
    assert_eq!(marked(&home).len(), 2, "{:?}", marked(&home));
}

#[test]
fn files_are_0600_and_folders_0700_whatever_the_umask() {
    for umask in ["000", "077"] {
        let home = Home::new();
        let program = env!("CARGO_BIN_EXE_limpid");
        let script = format!("umask {umask}; exec {program} repl -n 4");
        let mut pty = ready(Pty::command(&home, &["/bin/sh", "-c", &script], &[], SIZE));
        ask(&mut pty, "Hello.", 1);
        pty.send("\x04");
        assert_eq!(pty.exit_code(), 0);
        let files = home.files();
        assert!(files.len() >= 2, "a conversation and what was typed");
        for (path, _) in files {
            assert_eq!(mode(&path), 0o600, "{} under {umask}", path.display());
            let mut folder = path.parent().expect("it is in one");
            while folder != home.path() {
                assert_eq!(mode(folder), 0o700, "{} under {umask}", folder.display());
                folder = folder.parent().expect("it is below the home");
            }
        }
    }
}

fn mode(path: &Path) -> u32 {
    let metadata = std::fs::metadata(path).expect("it is there");
    metadata.permissions().mode() & 0o777
}
