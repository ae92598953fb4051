//! The real program in terminals that can do less than ours.

use regex::Regex;

use crate::support::pty::{Home, Pty};

const SIZE: (u16, u16) = (80, 24);
const STATUS: &str = "F1 help";

/// Starts in a terminal of this kind, goes through a few screens, and leaves; every byte.
fn tour(variables: &[(&str, &str)]) -> Vec<u8> {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &[], variables, SIZE);
    pty.wait_for(STATUS);
    pty.with_screen(|screen| {
        let rows: Vec<String> = screen.rows(0, SIZE.0).collect();
        let corners = |row: &str| (row.chars().next(), row.chars().nth(79));
        let (top, bottom) = (corners(&rows[0]), corners(&rows[23]));
        let framed = [top, bottom] == [(Some('┌'), Some('┐')), (Some('└'), Some('┘'))]
            || [top, bottom] == [(Some('+'), Some('+')); 2];
        assert!(framed, "{variables:?}:\n{}", rows.join("\n"));
    });
    for (keys, says, seen) in [
        ("\x1bOP", "Esc closes", true),
        ("\x1b", "Esc closes", false),
        ("\x0f", "another key", true),
        ("anothr", "Next pane", false),
        ("\x1b", "another key", false),
        ("a word", "a word", true),
        ("\x15", "a word", false),
    ] {
        pty.send(keys);
        pty.wait_until(&format!("{says:?} after {keys:?}"), |screen, _| {
            screen.contents().contains(says) == seen
        });
    }
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0, "{variables:?}");
    assert!(pty.is_cooked(), "{variables:?}");
    pty.raw()
}

/// The parameters of every sequence that chooses colours and weights.
fn styles(raw: &[u8]) -> Vec<Vec<u32>> {
    let text = String::from_utf8_lossy(raw);
    let style = Regex::new("\x1b\\[([0-9;]*)m").expect("the pattern is sound");
    let numbers = |list: &str| list.split(';').filter_map(|one| one.parse().ok()).collect();
    style
        .captures_iter(&text)
        .map(|it| numbers(&it[1]))
        .collect()
}

#[test]
fn a_terminal_of_sixteen_colours_is_sent_no_others() {
    for term in ["screen", "linux", "xterm", "vt220"] {
        let raw = tour(&[("TERM", term)]);
        let styles = styles(&raw);
        let numbered = |style: &[u32]| -> Vec<Option<u32>> {
            let numbers = style.windows(3).map(|one| match one {
                [38 | 48, 5, number] => Some(*number),
                _ => None,
            });
            let chosen = style.iter().zip(numbers);
            chosen
                .filter(|(one, _)| matches!(one, 38 | 48))
                .map(|(_, number)| number)
                .collect()
        };
        assert!(
            styles.iter().any(|style| !numbered(style).is_empty()),
            "{term} has colours"
        );
        for style in styles {
            let fits = numbered(&style)
                .iter()
                .all(|number| number.is_some_and(|number| number < 16));
            assert!(fits, "{style:?} was sent to {term}");
        }
    }
}

/// What the fonts of Linux consoles have in common, beside ASCII and Latin-1.
const CONSOLE: &str = "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬█▒░■▲▼▶◀←↑→↓•";

/// Each cell of a screen is one that a Linux console has a glyph for and shows legibly: light
/// colours are bold, as that is how it has them.
fn check_console(screen: &vt100::Screen) {
    use vt100::Color::{Default, Idx};
    let (rows, columns) = screen.size();
    let text = screen.contents();
    for row in 0..rows.get() {
        for column in 0..columns.get() {
            let Some(cell) = screen.cell(row, column) else {
                continue;
            };
            let seen = cell.contents();
            let drawn = |c| matches!(c, ' '..='~' | '\u{A0}'..='ÿ') || CONSOLE.contains(c);
            assert!(seen.chars().all(drawn), "{seen:?} in:\n{text}");
            let (fore, ground) = (cell.fgcolor(), cell.bgcolor());
            let hidden = matches!(fore, Idx(4 | 8 | 12)) || fore == Idx(0) && ground == Default;
            assert!(!hidden, "{seen:?} is in {fore:?} on {ground:?} in:\n{text}");
            assert!(!cell.dim(), "{seen:?} is faint in:\n{text}");
            if let Idx(number) = fore {
                assert_eq!(cell.bold(), number > 7, "{seen:?} is in {fore:?}:\n{text}");
                assert!(!cell.underline() && !cell.italic(), "{seen:?} in:\n{text}");
            }
        }
    }
}

#[test]
fn a_linux_console_is_sent_only_what_it_can_show() {
    for theme in ["ansi", "dark"] {
        let home = Home::new();
        let variables = [("TERM", "linux"), ("LIMPID_THEME", theme)];
        let arguments = ["-n", "40", "--seed", "7"];
        let mut pty = Pty::limpid_with(&home, &arguments, &variables, (110, 30));
        pty.wait_for("is ready.");
        for (keys, says, seen) in [
            ("What is 1 + 1?\r", "seed 7", true),
            ("\x14", "token 1 of", true),
            ("t", "marks it to compare", true),
            ("\x1b", "marks it to compare", false),
            ("\x1bs", "xtc_probability", true),
            ("\x1b", "xtc_probability", false),
            ("\x0f", "another key", true),
            ("\x1b", "another key", false),
            ("\x1b[[A", "Esc closes", true),
            ("\x1b", "Esc closes", false),
        ] {
            pty.send(keys);
            let what = format!("{says:?} after {keys:?}");
            pty.wait_until(&what, |screen, _| screen.contents().contains(says) == seen);
            pty.with_screen(check_console);
        }
        // From the tokens to the input, and out.
        pty.send("\x1b");
        pty.wait_for("ask something");
        pty.send("\x04");
        assert_eq!(pty.exit_code(), 0);
    }
}

#[test]
fn no_color_leaves_weight_alone() {
    let raw = tour(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
    let styles = styles(&raw);
    assert!(
        styles.iter().any(|style| style.contains(&1)),
        "something is bold"
    );
    for style in styles {
        let colour = style
            .iter()
            .any(|one| matches!(one, 30..=38 | 40..=48 | 58 | 90..=107));
        assert!(!colour, "{style:?}");
    }
}

#[test]
fn without_utf8_no_byte_beyond_ascii_is_sent() {
    for locale in [("LANG", "C"), ("LC_ALL", "POSIX")] {
        let raw = tour(&[locale]);
        let foreign = raw.iter().position(|byte| !byte.is_ascii());
        let near = foreign.map(|at| {
            let around = at.saturating_sub(40)..raw.len().min(at + 40);
            String::from_utf8_lossy(&raw[around]).into_owned()
        });
        assert_eq!(near, None, "{locale:?}");
    }
}

#[test]
fn a_dumb_terminal_is_talked_to_in_lines() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &[], &[("TERM", "dumb")], SIZE);
    pty.wait_for("You: ");
    pty.send("/help\r");
    pty.wait_for("opens and closes a message");
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
    let raw = pty.raw();
    assert!(!raw.contains(&0x1B), "{}", String::from_utf8_lossy(&raw));
}

/// A long text in the input, copied.
fn copies(term: &str, answer: Option<&str>) -> (String, Vec<u8>) {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &[], &[("TERM", term)], SIZE);
    pty.wait_for(STATUS);
    if let Some(answer) = answer {
        pty.wait_until("the question", |_, raw| {
            raw.windows(4).any(|bytes| bytes == b"\x1b[>c")
        });
        pty.send(answer);
    }
    pty.send(&"long words ".repeat(30));
    pty.wait_for("long words");
    pty.send("\x1bh\x1bw");
    pty.wait_until("what became of it", |screen, _| {
        let text = screen.contents();
        text.contains("Copied the selection") || text.contains("Wrote the selection")
    });
    let screen = pty.screen();
    pty.send("\x03\x04");
    assert_eq!(pty.exit_code(), 0);
    (screen, pty.raw())
}

#[test]
fn behind_ssh_screen_and_tmux_are_asked_which_they_are_and_copy_in_their_own_way() {
    let has = |raw: &[u8], bytes: &[u8]| raw.windows(bytes.len()).any(|one| one == bytes);
    let (screen, raw) = copies("screen-256color", Some("\x1b[>84;0;0c"));
    assert!(screen.contains("through tmux"), "{screen}");
    assert!(has(&raw, b"\x1bPtmux;"));
    let (screen, raw) = copies("screen", Some("\x1b[>83;40900;0c"));
    assert!(screen.contains("through screen"), "{screen}");
    assert!(has(&raw, b"\x1bP\x1b]52;c;"));
    let (screen, raw) = copies("screen", None);
    assert!(screen.contains("Wrote the selection"), "{screen}");
    assert!(!has(&raw, b"]52;c;"), "it would be written on the screen");
}
