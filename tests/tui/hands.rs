//! What hands do in the real program: panes, copies, keys, the mouse.

use crate::support::pty::{Home, Pty};

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
