//! The terminal: its size, colours, letters, keys and clipboard.

use std::io::{self, IsTerminal};
use std::process::Command;

use super::finding::Finding;
use super::probe::{self, Answers};
use crate::cli::Resolved;
use crate::config::theme::{AUTO_THEME, Background, ColorDepth, use_color};
use crate::config::{ColorChoice, Env, locale};

/// The three panes stand side by side from here on.
const WIDE: u16 = 100;
/// Below this there is the conversation alone.
const SMALL: (u16, u16) = (40, 10);

pub fn look(env: Env<'_>, resolved: Option<&Resolved>) -> Vec<Finding> {
    let variable = |name: &str| {
        let value = env(name)?.to_string_lossy().into_owned();
        Some(value).filter(|value| !value.is_empty())
    };
    let name = variable("TERM").unwrap_or_default();
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        let says = "standard input and output are no terminal, so it was not asked";
        return vec![Finding::good("terminal", says)];
    }
    if name == "dumb" || name.is_empty() {
        let says = "TERM says that this terminal moves no cursor, so limpid chats in lines";
        let advice = "in a real terminal, set TERM to its name, such as xterm-256color";
        return vec![Finding::improvable("terminal", says).advise(advice)];
    }
    let around = multiplexer(&variable);
    let mut findings = vec![size(&name, around)];
    let answers = match probe::ask() {
        Ok(answers) => {
            if !answers.answered {
                let says = "it answered no question, so some of this is what its environment says";
                findings.push(Finding::good("answers", says));
            }
            answers
        }
        Err(error) => {
            let says = format!("it could not be asked: {error}");
            findings.push(Finding::improvable("answers", says));
            Answers::default()
        }
    };
    let choice = resolved.map_or(ColorChoice::Auto, |it| it.settings.ui.color);
    findings.push(colours(env, choice, around));
    let theme = resolved.map(|it| it.settings.ui.theme.as_str());
    findings.extend(background(&answers, theme.unwrap_or_default()));
    findings.push(letters(&answers, &variable));
    findings.push(keyboard(&answers, around));
    findings.push(clipboard(&answers, around, &name));
    findings
}

/// What stands between limpid and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Multiplexer {
    None,
    Tmux,
    Screen,
}

fn multiplexer(variable: &impl Fn(&str) -> Option<String>) -> Multiplexer {
    if variable("TMUX").is_some() {
        Multiplexer::Tmux
    } else if variable("STY").is_some() {
        Multiplexer::Screen
    } else {
        Multiplexer::None
    }
}

fn size(name: &str, around: Multiplexer) -> Finding {
    let inside = match around {
        Multiplexer::None => "",
        Multiplexer::Tmux => ", inside tmux",
        Multiplexer::Screen => ", inside screen",
    };
    let Ok(size) = rustix::termios::tcgetwinsize(io::stdout()) else {
        let says = format!("{name}{inside}; it does not tell its size");
        return Finding::improvable("terminal", says)
            .advise("`stty cols 80 rows 24` tells it, as on a serial line");
    };
    let (columns, rows) = (size.ws_col, size.ws_row);
    let says = format!("{name}, {columns}x{rows}{inside}");
    if columns < SMALL.0 || rows < SMALL.1 {
        Finding::improvable("terminal", says)
            .advise("the conversation alone has room; from 40x10 on there are the other panes")
    } else if columns < WIDE {
        Finding::good(
            "terminal",
            format!("{says}: one pane at a time, Tab turns to the next"),
        )
    } else {
        Finding::good("terminal", format!("{says}: all three panes at once"))
    }
}

fn colours(env: Env<'_>, choice: ColorChoice, around: Multiplexer) -> Finding {
    if !use_color(choice, true, env) {
        let says = "none, as NO_COLOR or the setting ui.color wants it";
        return Finding::good("colours", says);
    }
    let advice = match around {
        Multiplexer::Tmux => {
            "if the terminal around tmux has 16 million: `set -as terminal-features ',*:RGB'` in \
             tmux.conf, and COLORTERM=truecolor"
        }
        _ => "if this terminal has 16 million, say so: COLORTERM=truecolor",
    };
    match ColorDepth::detect(env) {
        ColorDepth::True => Finding::good("colours", "16 million"),
        ColorDepth::Indexed => Finding::good("colours", "256").advise(advice),
        ColorDepth::Ansi => Finding::good("colours", "16").advise(advice),
    }
}

fn background(answers: &Answers, theme: &str) -> Option<Finding> {
    let (says, other) = match answers.background? {
        Background::Dark => ("dark", "light"),
        Background::Light => ("light", "dark"),
        Background::Any => return None,
    };
    Some(if theme == other {
        Finding::improvable("background", format!("{says}, and the theme is {theme}")).advise(
            format!("`limpid config set ui.theme {AUTO_THEME}` has the theme follow the terminal"),
        )
    } else {
        Finding::good("background", says)
    })
}

fn letters(answers: &Answers, variable: &impl Fn(&str) -> Option<String>) -> Finding {
    if !locale::is_utf8(variable) {
        return Finding::improvable(
            "letters",
            "the locale has no UTF-8: frames are drawn in ASCII",
        )
        .advise("`export LANG=C.UTF-8`, where the terminal can show it");
    }
    match answers.wide {
        Some(2) => Finding::good("letters", "UTF-8, wide ones as wide as they should be"),
        Some(columns) => {
            let says = format!("a wide letter takes {columns} columns instead of 2");
            Finding::improvable("letters", says).advise(
                "frames will shift beside Chinese, Japanese, Korean and emoji: the terminal's own \
                 setting for UTF-8 or ambiguous width is off",
            )
        }
        None => Finding::good("letters", "UTF-8"),
    }
}

fn keyboard(answers: &Answers, around: Multiplexer) -> Finding {
    if answers.kitty {
        let says = "every key is told apart (kitty's protocol)";
        return Finding::good("keyboard", says);
    }
    let finding = Finding::good(
        "keyboard",
        "Shift-Enter looks like Enter here: Alt-Enter or Ctrl-J begins a new line",
    );
    match around {
        Multiplexer::Tmux => finding.advise(
            "`set -s extended-keys on` in tmux.conf, where the terminal around it can tell them \
             apart",
        ),
        _ => finding,
    }
}

fn clipboard(answers: &Answers, around: Multiplexer, name: &str) -> Finding {
    match around {
        Multiplexer::Tmux => tmux_clipboard(),
        Multiplexer::Screen => Finding::improvable(
            "clipboard",
            "screen may keep what is copied from the terminal around it",
        )
        .advise("`x` in the token view and /export write files; tmux passes copies on"),
        Multiplexer::None if name == "linux" => {
            Finding::improvable("clipboard", "a console has none")
                .advise("`x` in the token view and /export write files")
        }
        Multiplexer::None if answers.clipboard => {
            Finding::good("clipboard", "the terminal takes what is copied (OSC 52)")
        }
        Multiplexer::None => Finding::good(
            "clipboard",
            "what is copied is sent to the terminal (OSC 52), which does not say whether it takes \
             it",
        )
        .advise("if pasting elsewhere gives nothing, allow it in the terminal's settings"),
    }
}

/// tmux hands on what programs copy only where it is told to.
fn tmux_clipboard() -> Finding {
    let asked = Command::new("tmux")
        .args(["show-options", "-gsv", "set-clipboard"])
        .output();
    let value = match asked {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        }
        Ok(_) | Err(_) => {
            return Finding::good("clipboard", "copies go to tmux, which could not be asked");
        }
    };
    match value.as_str() {
        "on" => Finding::good("clipboard", "tmux passes on what is copied"),
        other => Finding::improvable(
            "clipboard",
            format!("tmux does not pass on what programs copy (set-clipboard is {other})"),
        )
        .advise("`set -s set-clipboard on` in tmux.conf"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn a_theme_for_the_other_background_is_told() {
        let light = Answers {
            background: Some(Background::Light),
            ..Answers::default()
        };
        let finding = background(&light, "dark").expect("it answered");
        assert_eq!(finding.state, State::Improvable);
        assert!(finding.advice[0].contains("ui.theme auto"));
        for theme in ["light", "ansi", "auto"] {
            assert_eq!(
                background(&light, theme).expect("it answered").state,
                State::Good
            );
        }
        assert_eq!(background(&Answers::default(), "dark"), None);
    }

    #[test]
    fn letters_of_a_wrong_width_and_no_utf8_are_told() {
        let none = |_: &str| None;
        let wide = |wide| Answers {
            wide,
            ..Answers::default()
        };
        assert_eq!(letters(&wide(Some(2)), &none).state, State::Good);
        assert_eq!(letters(&wide(None), &none).state, State::Good);
        assert_eq!(letters(&wide(Some(1)), &none).state, State::Improvable);
        let c = |name: &str| (name == "LANG").then(|| "C".to_owned());
        assert!(letters(&wide(Some(2)), &c).says.contains("ASCII"));
    }
}
