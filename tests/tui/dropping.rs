//! A file that is dropped on the terminal, in the real program.

use crate::support::pty::{Home, Pty};

#[test]
fn a_dropped_file_is_found_and_attached_in_place_of_its_path() {
    let home = Home::new();
    let file = home.path().join("my notes.md");
    std::fs::write(&file, "alpha\n").expect("it can be written");
    let mut pty = Pty::limpid(&home, &[], (120, 30));
    pty.wait_for("F1 help");
    pty.send("see ");
    pty.send(&format!("\x1b[200~'{}'\x1b[201~", file.display()));
    pty.wait_for("Tab attaches");
    pty.send("\t");
    pty.wait_for("[file ");
    assert!(!pty.screen().contains("see '"), "{}", pty.screen());
    // What is said of a folder is nothing, and it stays what was typed.
    pty.send(&format!("\x1b[200~{}\x1b[201~!", home.path().display()));
    pty.wait_for(&format!("{}!", home.path().display()));
    pty.send("\x15\x03");
    pty.wait_for("ask something");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}
