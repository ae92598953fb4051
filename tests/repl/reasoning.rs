//! What a model thinks, in lines.

use crate::support::pty::{Home, Pty};

use super::{SIZE, ask, ready, stored};

/// Room for what is thought and said.
const ROOM: [&str; 5] = ["repl", "-n", "60", "--temp", "0"];
/// A model that thinks, whatever model it is.
const THINKING: [&str; 2] = [
    "--grammar",
    r#"root ::= "<think>\nhm, light\n</think>\n\nIt scatters.""#,
];
/// The same, where the template opens the reasoning.
const OPENED: [&str; 4] = [
    "--grammar",
    r#"root ::= "hm, light</think>\nIt scatters.""#,
    "--chat-template",
    "{% for message in messages %}{{ message.content }}\n{% endfor %}<think>",
];

fn chat(home: &Home, how: &[&str]) -> Pty {
    Pty::limpid(home, &[&ROOM[..], how].concat(), SIZE)
}

/// Whether these are on the screen, in this order.
fn in_order(screen: &str, texts: &[&str]) -> bool {
    let mut rest = screen;
    texts.iter().all(|text| match rest.split_once(text) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn a_line_stands_for_reasoning_and_a_command_shows_it_also_when_it_is_opened_again() {
    for how in [&THINKING[..], &OPENED] {
        let home = Home::new();
        let mut pty = ready(chat(&home, how));
        ask(&mut pty, "Well?", 1);
        let screen = pty.screen();
        assert!(
            in_order(
                &screen,
                &["Well?", "thought ", " tokens in ", "It scatters."]
            ),
            "{screen}"
        );
        for hidden in ["hm, light", "think>"] {
            assert!(!screen.contains(hidden), "{hidden:?}: {screen}");
        }
        pty.send("/think\r");
        pty.wait_for("hm, light");
        pty.send("\x04");
        assert_eq!(pty.exit_code(), 0);
        assert!(stored(&home)[0].contains("</think>"), "as it was written");

        let mut pty = ready(chat(&home, &["-C"]));
        pty.send("/think\r");
        pty.wait_for("hm, light");
        pty.send("\x04");
        assert_eq!(pty.exit_code(), 0);
    }
}

#[test]
fn reasoning_that_is_wanted_is_shown_before_the_answer() {
    let home = Home::new();
    let mut pty = ready(chat(
        &home,
        &[&THINKING[..], &["--reasoning", "on"]].concat(),
    ));
    ask(&mut pty, "Well?", 1);
    let screen = pty.screen();
    assert!(
        in_order(&screen, &["Well?", "hm, light", "It scatters."]),
        "{screen}"
    );
    assert!(!screen.contains("think>"), "{screen}");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn in_linear_lines_words_say_what_is_thought_and_what_is_said() {
    let home = Home::new();
    let how = [&THINKING[..], &["--linear", "--reasoning", "on"]].concat();
    let mut pty = chat(&home, &how);
    pty.wait_for("You: ");
    ask(&mut pty, "Well?", 1);
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let raw = String::from_utf8(pty.raw()).expect("it is text");
    let expected = ["Reasoning:\r\n", "hm, light", "Answer:\r\n", "It scatters."];
    assert!(in_order(&raw, &expected), "{raw:?}");
    assert!(!raw.contains("think>") && !raw.contains('\x1b'), "{raw:?}");
}
