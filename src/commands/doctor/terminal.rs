//! The terminal: its size, colours, letters, keys and clipboard.

use std::io::{self, IsTerminal};
use std::process::Command;

use super::finding::Finding;
use super::probe::{self, Answers};
use crate::cli::Resolved;
use crate::config::theme::{AUTO_THEME, Background, ColorDepth, use_color};
use crate::config::{ColorChoice, Env, Glyphs, locale};
use crate::text::clipboard::Through;
use crate::words::commands::doctor as words;

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
        let says = words::NO_TERMINAL;
        return vec![Finding::good(words::TERMINAL, says)];
    }
    if name == "dumb" || name.is_empty() {
        let says = words::DUMB;
        let advice = words::SET_TERM;
        return vec![Finding::improvable(words::TERMINAL, says).advise(advice)];
    }
    let asked = probe::ask();
    let around = around(&variable, asked.as_ref().ok());
    let mut findings = vec![size(&name, around)];
    let answers = match asked {
        Ok(answers) => {
            if !answers.answered {
                let says = words::NO_ANSWER;
                findings.push(Finding::good(words::ANSWERS, says));
            }
            answers
        }
        Err(error) => {
            let says = words::not_asked(error);
            findings.push(Finding::improvable(words::ANSWERS, says));
            Answers::default()
        }
    };
    let choice = resolved.map_or(ColorChoice::Auto, |it| it.settings.ui.color);
    findings.push(colours(env, choice, around));
    let theme = resolved.map(|it| it.settings.ui.theme.as_str());
    findings.extend(background(&answers, theme.unwrap_or_default()));
    findings.push(letters(&answers, &variable));
    findings.push(keyboard(&answers, around));
    findings.push(clipboard(&answers, around));
    findings
}

/// What stands between limpid and the terminal, as a copy finds it too.
fn around(variable: &impl Fn(&str) -> Option<String>, answers: Option<&Answers>) -> Through {
    let found = Through::find(variable);
    let told = answers.and_then(|answers| answers.multiplexer);
    told.filter(|_| found == Through::ScreenOrTmux)
        .unwrap_or(found)
}

fn size(name: &str, around: Through) -> Finding {
    let inside = match around {
        Through::Terminal | Through::Console | Through::Nothing => "",
        Through::Tmux => words::INSIDE_TMUX.text(),
        Through::Screen => words::INSIDE_SCREEN.text(),
        Through::ScreenOrTmux => words::INSIDE_EITHER.text(),
    };
    let Ok(size) = rustix::termios::tcgetwinsize(io::stdout()) else {
        let says = words::no_size(name, inside);
        return Finding::improvable(words::TERMINAL, says).advise(words::STTY);
    };
    let (columns, rows) = (size.ws_col, size.ws_row);
    let says = format!("{name}, {columns}x{rows}{inside}");
    if columns < SMALL.0 || rows < SMALL.1 {
        Finding::improvable(words::TERMINAL, says).advise(words::ONLY_CONVERSATION)
    } else if columns < WIDE {
        Finding::good(words::TERMINAL, words::one_pane(says))
    } else {
        Finding::good(words::TERMINAL, words::all_panes(says))
    }
}

fn colours(env: Env<'_>, choice: ColorChoice, around: Through) -> Finding {
    if !use_color(choice, true, env) {
        let says = words::NO_COLOUR;
        return Finding::good(words::COLOURS, says);
    }
    let advice = match around {
        Through::Tmux => words::TMUX_COLOURS,
        _ => words::TRUE_COLOUR,
    };
    match ColorDepth::detect(env) {
        ColorDepth::True => Finding::good(words::COLOURS, words::COLOURS_16_MILLION),
        ColorDepth::Indexed => Finding::good(words::COLOURS, words::COLOURS_256).advise(advice),
        ColorDepth::Ansi => Finding::good(words::COLOURS, words::COLOURS_16).advise(advice),
        ColorDepth::Console => Finding::good(words::COLOURS, words::CONSOLE_COLOURS),
    }
}

fn background(answers: &Answers, theme: &str) -> Option<Finding> {
    let (says, other) = match answers.background? {
        Background::Dark => (words::DARK, "light"),
        Background::Light => (words::LIGHT, "dark"),
        Background::Any => return None,
    };
    Some(if theme == other {
        Finding::improvable(words::BACKGROUND, words::other_theme(says, theme))
            .advise(words::auto_theme(AUTO_THEME))
    } else {
        Finding::good(words::BACKGROUND, says)
    })
}

fn letters(answers: &Answers, variable: &impl Fn(&str) -> Option<String>) -> Finding {
    if !locale::is_utf8(variable) {
        return Finding::improvable(words::LETTERS, words::NO_UTF8).advise(words::SET_LANG);
    }
    if Glyphs::of_environment(variable) == Glyphs::Console {
        return Finding::good(words::LETTERS, words::CONSOLE_LETTERS);
    }
    match answers.wide {
        Some(2) => Finding::good(words::LETTERS, words::WIDE_LETTERS),
        Some(columns) => {
            let says = words::wrong_width(columns);
            Finding::improvable(words::LETTERS, says).advise(words::FRAMES_SHIFT)
        }
        None => Finding::good(words::LETTERS, "UTF-8"),
    }
}

fn keyboard(answers: &Answers, around: Through) -> Finding {
    if answers.kitty {
        let says = words::ALL_KEYS;
        return Finding::good(words::KEYBOARD, says);
    }
    let finding = Finding::good(words::KEYBOARD, words::SHIFT_ENTER);
    match around {
        Through::Tmux => finding.advise(words::TMUX_KEYS),
        _ => finding,
    }
}

fn clipboard(answers: &Answers, around: Through) -> Finding {
    match around {
        Through::Tmux => tmux_clipboard(),
        Through::Screen => Finding::improvable(words::CLIPBOARD, words::SCREEN_CLIPBOARD)
            .advise(words::FILES_OR_TMUX),
        Through::ScreenOrTmux => Finding::improvable(words::CLIPBOARD, words::EITHER_CLIPBOARD)
            .advise(words::SET_TERM_OF_TMUX),
        Through::Console => {
            Finding::improvable(words::CLIPBOARD, words::CONSOLE_CLIPBOARD).advise(words::FILES)
        }
        Through::Terminal | Through::Nothing if answers.clipboard => {
            Finding::good(words::CLIPBOARD, words::CLIPBOARD_TAKEN)
        }
        Through::Terminal | Through::Nothing => {
            Finding::good(words::CLIPBOARD, words::CLIPBOARD_SENT).advise(words::ALLOW_IT)
        }
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
            return Finding::good(words::CLIPBOARD, words::TMUX_SILENT);
        }
    };
    match value.as_str() {
        "on" => Finding::good(words::CLIPBOARD, words::TMUX_PASSES),
        other => Finding::improvable(words::CLIPBOARD, words::tmux_keeps(other))
            .advise(words::TMUX_CLIPBOARD),
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
    fn what_stands_between_is_what_a_copy_finds_and_what_answers_is_believed() {
        let found = |term: &str, multiplexer| {
            let variable = |name: &str| (name == "TERM").then(|| term.to_owned());
            let answers = Answers {
                multiplexer,
                ..Answers::default()
            };
            around(&variable, Some(&answers))
        };
        // Over SSH, without the variables of either.
        assert_eq!(found("tmux-256color", None), Through::Tmux);
        assert_eq!(found("screen.xterm-256color", None), Through::Screen);
        assert_eq!(found("screen-256color", None), Through::ScreenOrTmux);
        let tmux = Some(Through::Tmux);
        assert_eq!(found("screen-256color", tmux), Through::Tmux);
        assert_eq!(found("xterm-256color", tmux), Through::Terminal);
        let says = clipboard(&Answers::default(), found("screen", None));
        assert_eq!(says.state, State::Improvable);
        assert!(says.says.contains("screen or tmux"), "{says:?}");
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

    #[test]
    fn a_console_is_told_what_its_fonts_and_colours_lack() {
        let console = |name: &str| (name == "TERM").then(|| "linux".to_owned());
        let finding = letters(&Answers::default(), &console);
        assert_eq!(finding.state, State::Good);
        assert!(finding.says.contains("Chinese"), "{}", finding.says);
        let env = |name: &str| console(name).map(Into::into);
        let finding = colours(&env, ColorChoice::Auto, Through::Console);
        assert!(finding.says.contains("dark blue"), "{}", finding.says);
        // There is nothing to say of a console that would give it more.
        assert!(finding.advice.is_empty(), "{:?}", finding.advice);
    }
}
