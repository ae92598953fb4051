//! Every way out, and what is left behind.

use crate::support::pty::{Home, Pty};

use super::{LONG, SIZE, ask_for_long, brief, ready, stored};

#[test]
fn ctrl_d_on_an_empty_line_leaves() {
    let home = Home::new();
    let mut pty = brief(&home);
    assert!(!pty.is_cooked(), "the editor reads keys");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(stored(&home), Vec::<String>::new(), "no empty conversation");
}

#[test]
fn ctrl_c_clears_the_line_then_hints_then_leaves() {
    let home = Home::new();
    let mut pty = brief(&home);
    pty.send("half a thought");
    pty.wait_for("half a thought");
    pty.send("\x03");
    pty.wait_until("an empty prompt", |screen, _| {
        screen.contents().trim_end().ends_with('>')
    });
    assert!(
        !pty.screen().contains("once more leaves"),
        "{}",
        pty.screen()
    );
    pty.send("\x03");
    pty.wait_for("once more leaves");
    pty.send("\x03");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(stored(&home), Vec::<String>::new(), "nothing was sent");
}

/// Ends a program in mid-answer and at the prompt, by a signal.
fn is_saved_and_restored(signal: &str, code: u32) {
    let home = Home::new();
    let mut pty = ready(Pty::limpid(&home, &LONG, SIZE));
    ask_for_long(&mut pty);
    pty.signal(signal);
    assert_eq!(pty.exit_code(), code);
    assert!(pty.is_cooked(), "the terminal is as it was");
    let files = stored(&home);
    assert!(files[0].contains("Count from one"), "{}", files[0]);
    assert!(files[0].contains(r#""type":"chunk""#), "{}", files[0]);

    let mut pty = brief(&home);
    assert!(!pty.is_cooked());
    pty.signal(signal);
    assert_eq!(pty.exit_code(), code);
    assert!(pty.is_cooked(), "the terminal is as it was");
    assert!(!pty.with_screen(vt100::Screen::bracketed_paste));
}

#[test]
fn sigterm_saves_and_restores_the_terminal() {
    is_saved_and_restored("TERM", 143);
}

#[test]
fn sigquit_saves_and_restores_the_terminal() {
    is_saved_and_restored("QUIT", 131);
}

#[test]
fn a_lost_terminal_saves_and_ends() {
    let home = Home::new();
    let mut pty = ready(Pty::limpid(&home, &LONG, SIZE));
    ask_for_long(&mut pty);
    pty.hang_up();
    assert_eq!(pty.exit_code(), 129);
    let files = stored(&home);
    assert!(files[0].contains("Count from one"), "{}", files[0]);
    assert!(files[0].contains(r#""type":"chunk""#), "{}", files[0]);
}

#[test]
fn a_lost_terminal_at_the_prompt_ends_as_well() {
    let home = Home::new();
    let mut pty = brief(&home);
    pty.hang_up();
    // Whether the signal or the end of its input reaches it first is the system's choice.
    assert!([0, 129].contains(&pty.exit_code()));
}
