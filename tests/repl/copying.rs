//! What is copied in lines, and the ways out of there.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::pty::Home;
use crate::support::run::{assert_code, stderr, stdout};

use super::{BRIEF, ask, brief};

const INPUT: &[u8] = b"Why is the sky blue?\n/copy\n/exit\n";

fn settings(home: &Home, text: &str) {
    let folder = home.path().join("config/limpid");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::write(folder.join("config.toml"), text).expect("it can be written");
}

/// The file in which a copy is, and its text.
fn copied(home: &Home, name: &str) -> Option<(std::path::PathBuf, String)> {
    let mut files = home.files().into_iter();
    let (path, bytes) = files.find(|(path, _)| path.ends_with(name))?;
    Some((path, String::from_utf8(bytes).expect("it is text")))
}

#[test]
fn a_command_takes_a_copy_where_no_escape_sequence_may_be_written() {
    let home = Home::new();
    settings(&home, "[ui]\ncopy_command = \"cat > taken.txt\"\n");
    let output = home.run_with(&BRIEF, INPUT);
    assert_code(&output, 0);
    let (_, text) = copied(&home, "taken.txt").expect("the command took it");
    assert!(
        !text.is_empty() && stdout(&output).contains(&text),
        "{text}"
    );
    let said = stderr(&output);
    assert!(
        said.contains("Copied the answer") && said.contains("with cat > taken.txt"),
        "{said}"
    );

    settings(
        &home,
        "[ui]\ncopy_command = \"echo no display >&2; exit 3\"\n",
    );
    let said = stderr(&home.run_with(&BRIEF, INPUT));
    assert!(said.contains("the answer was not copied"), "{said}");
    assert!(said.contains("no display"), "{said}");
}

#[test]
fn else_a_private_file_takes_it_and_none_of_an_incognito_session() {
    let home = Home::new();
    let output = home.run_with(&BRIEF, INPUT);
    assert_code(&output, 0);
    let (path, text) = copied(&home, "clipboard.txt").expect("it is written");
    assert!(
        !text.is_empty() && stdout(&output).contains(&text),
        "{text}"
    );
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let said = stderr(&output);
    assert!(said.contains("escape sequences"), "{said}");
    assert!(said.contains(&path.display().to_string()), "{said}");

    let home = Home::new();
    let output = home.run_with(&[&BRIEF[..], &["--incognito"]].concat(), INPUT);
    assert_eq!(copied(&home, "clipboard.txt"), None);
    assert!(stderr(&output).contains("incognito"), "{}", stderr(&output));
}

#[test]
fn a_terminal_takes_it_unless_the_settings_want_a_file() {
    let home = Home::new();
    let mut pty = brief(&home);
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.send("/copy\r");
    pty.wait_for("through the terminal");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let sent = |raw: Vec<u8>| String::from_utf8_lossy(&raw).contains("\x1b]52;c;");
    assert!(sent(pty.raw()));

    settings(&home, "[ui]\ncopy = \"file\"\n");
    let mut pty = brief(&home);
    ask(&mut pty, "Why is the sky blue?", 1);
    pty.send("/copy\r");
    pty.wait_for("Wrote the answer");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert!(!sent(pty.raw()));
    assert!(copied(&home, "clipboard.txt").is_some());
}
