//! Everything that the line front end writes goes through here.
//!
//! A terminal gets text that was made visible; a pipe gets the answers' exact bytes, and what is
//! said about them goes to stderr. Escape sequences are written only where they are allowed.

use std::io::{self, IsTerminal, Write};

use ratatui::style::Style;

use crate::chat::{Notice, Severity};
use crate::config::theme::{RESET, sgr};
use crate::config::{Part, Theme};
use crate::text::{fit, visible, visible_line};

/// What the place that is written to can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// stdout is a terminal: what goes there is made visible.
    pub terminal: bool,
    /// Styles may be set.
    pub color: bool,
    /// A line may be overwritten.
    pub cursor: bool,
}

/// Where answers go, and where goes what is said about them.
pub struct Out {
    answers: Box<dyn Write + Send>,
    asides: Box<dyn Write + Send>,
    abilities: Abilities,
    theme: Theme,
    /// A line that is to be overwritten stands there.
    progress: bool,
    /// The last character written was an end of line.
    at_start: bool,
}

impl Out {
    /// stdout, and stderr for the asides where stdout is no terminal.
    #[must_use]
    pub fn standard(abilities: Abilities, theme: Theme) -> Self {
        let asides: Box<dyn Write + Send> = if abilities.terminal {
            Box::new(io::stdout())
        } else {
            Box::new(io::stderr())
        };
        Self::new(Box::new(io::stdout()), asides, abilities, theme)
    }

    /// Writes elsewhere.
    #[must_use]
    pub fn new(
        answers: Box<dyn Write + Send>,
        asides: Box<dyn Write + Send>,
        abilities: Abilities,
        theme: Theme,
    ) -> Self {
        Self {
            answers,
            asides,
            abilities,
            theme,
            progress: false,
            at_start: true,
        }
    }

    #[must_use]
    pub fn abilities(&self) -> Abilities {
        self.abilities
    }

    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// A piece of an answer: whole characters for a terminal, `raw` for a pipe.
    pub fn answer(&mut self, text: &str, raw: &[u8], style: Option<Style>) -> io::Result<()> {
        self.clear_progress()?;
        if !self.abilities.terminal {
            self.answers.write_all(raw)?;
            return self.answers.flush();
        }
        if text.is_empty() {
            return Ok(());
        }
        let shown = visible(text);
        let begin = self.begin(style);
        // A style that runs over an end of line would colour the rest of the row.
        for (index, line) in shown.split('\n').enumerate() {
            if index > 0 {
                self.answers.write_all(b"\n")?;
            }
            if line.is_empty() {
                continue;
            }
            self.answers.write_all(begin.as_bytes())?;
            self.answers.write_all(line.as_bytes())?;
            if !begin.is_empty() {
                self.answers.write_all(RESET.as_bytes())?;
            }
        }
        self.at_start = shown.ends_with('\n');
        self.answers.flush()
    }

    /// A piece of what a model thinks, as [`answer`](Self::answer); a pipe's goes beside the
    /// answer.
    pub fn reasoning(&mut self, text: &str, raw: &[u8]) -> io::Result<()> {
        if self.abilities.terminal {
            return self.answer(text, raw, Some(self.theme.style(Part::Dim)));
        }
        self.asides.write_all(raw)?;
        self.asides.flush()
    }

    /// Ends the line of an answer, if it is not ended.
    pub fn end_answer(&mut self) -> io::Result<()> {
        if self.abilities.terminal && !self.at_start {
            self.answers.write_all(b"\n")?;
            self.at_start = true;
        }
        self.answers.flush()
    }

    /// Lines that are read: lists, help, a prompt. Control characters are made visible.
    pub fn lines(&mut self, text: &str) -> io::Result<()> {
        self.aside(text, None)
    }

    /// What is said by the way, dimmed.
    pub fn dim(&mut self, text: &str) -> io::Result<()> {
        self.aside(text, Some(self.theme.style(Part::Dim)))
    }

    /// A sentence from the session.
    pub fn notice(&mut self, notice: &Notice) -> io::Result<()> {
        let part = match notice.severity {
            Severity::Info => Part::Dim,
            Severity::Warning => Part::Warning,
            Severity::Error => Part::Error,
        };
        self.aside(&notice.text, Some(self.theme.style(part)))
    }

    fn aside(&mut self, text: &str, style: Option<Style>) -> io::Result<()> {
        self.clear_progress()?;
        self.end_answer()?;
        let begin = self.begin(style);
        for line in visible(text).lines() {
            if begin.is_empty() {
                writeln!(self.asides, "{line}")?;
            } else {
                writeln!(self.asides, "{begin}{line}{RESET}")?;
            }
        }
        self.asides.flush()
    }

    /// An escape sequence of our own, on the user's key alone.
    pub fn control(&mut self, sequence: &str) -> io::Result<()> {
        self.answers.write_all(sequence.as_bytes())?;
        self.answers.flush()
    }

    /// A line that the next one replaces; nothing where that cannot be done.
    pub fn progress(&mut self, text: &str) -> io::Result<()> {
        // A terminal that does not know its size says 0.
        let columns = match crossterm::terminal::size() {
            Ok((columns, _)) if columns > 0 => columns,
            _ => 80,
        };
        self.progress_within(text, usize::from(columns))
    }

    fn progress_within(&mut self, text: &str, columns: usize) -> io::Result<()> {
        if !self.abilities.cursor || !self.at_start {
            return Ok(());
        }
        let line = visible_line(text).into_owned();
        // The last column would wrap on some terminals.
        let line = fit(&line, columns.saturating_sub(1));
        let begin = self.begin(Some(self.theme.style(Part::Dim)));
        let end = if begin.is_empty() { "" } else { RESET };
        write!(self.answers, "\r\x1b[K{begin}{line}{end}")?;
        self.progress = true;
        self.answers.flush()
    }

    /// Takes the progress line away.
    pub fn clear_progress(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.progress) {
            self.answers.write_all(b"\r\x1b[K")?;
        }
        Ok(())
    }

    fn begin(&self, style: Option<Style>) -> String {
        match style {
            Some(style) if self.abilities.color => sgr(style),
            _ => String::new(),
        }
    }
}

impl Abilities {
    /// What stdout can do: `plain` takes everything away but text.
    #[must_use]
    pub fn of_stdout(plain: bool, color: bool) -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            terminal,
            color: color && !plain,
            cursor: terminal && !plain,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// What was written, to be looked at.
    #[derive(Clone, Default)]
    pub struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no test panics in here").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Sink {
        pub fn text(&self) -> String {
            let bytes = self.0.lock().expect("no test panics in here");
            String::from_utf8_lossy(&bytes).into_owned()
        }
    }

    pub const TERMINAL: Abilities = Abilities {
        terminal: true,
        color: true,
        cursor: true,
    };
    pub const PLAIN: Abilities = Abilities {
        terminal: true,
        color: false,
        cursor: false,
    };
    pub const PIPE: Abilities = Abilities {
        terminal: false,
        color: false,
        cursor: false,
    };

    pub fn out(abilities: Abilities) -> (Out, Sink, Sink) {
        let (answers, asides) = (Sink::default(), Sink::default());
        let theme = Theme::load("ansi", None).expect("it is built in");
        let out = Out::new(
            Box::new(answers.clone()),
            Box::new(asides.clone()),
            abilities,
            theme,
        );
        (out, answers, asides)
    }

    fn notice() -> Notice {
        Notice {
            severity: Severity::Error,
            text: "bad\x1b]0;title\x07 file".to_owned(),
        }
    }

    #[test]
    fn nothing_a_model_says_controls_the_terminal() {
        for abilities in [TERMINAL, PLAIN] {
            let (mut out, answers, asides) = out(abilities);
            out.answer("a\x1b[2J\rb\u{202E}", b"", None)
                .expect("it takes all");
            out.notice(&notice()).expect("it takes all");
            out.lines("\x1b[31mred").expect("it takes all");
            assert_eq!(answers.text(), "a␛[2J^Mb<U+202E>\n");
            assert!(!asides.text().contains("\x1b]"), "{}", asides.text());
            assert!(asides.text().contains("␛[31mred"));
        }
    }

    #[test]
    fn a_pipe_gets_the_exact_bytes_and_nothing_else() {
        let (mut out, answers, asides) = out(PIPE);
        out.progress("loading").expect("it takes all");
        out.answer("ignored", b"a\x1b[2J\r", Some(Style::new().bold()))
            .expect("it takes all");
        out.end_answer().expect("it takes all");
        out.notice(&notice()).expect("it takes all");
        assert_eq!(answers.text(), "a\x1b[2J\r");
        assert_eq!(asides.text(), "bad␛]0;title^G file\n");
    }

    #[test]
    fn a_plain_terminal_gets_no_escape_at_all() {
        let (mut out, answers, asides) = out(PLAIN);
        out.progress("loading").expect("it takes all");
        out.answer("text", b"text", Some(Style::new().bold()))
            .expect("it takes all");
        out.dim("131 tok/s").expect("it takes all");
        assert_eq!(answers.text(), "text\n");
        assert_eq!(asides.text(), "131 tok/s\n");
    }

    #[test]
    fn progress_is_replaced_and_taken_away() {
        let (mut out, answers, _) = out(Abilities {
            color: false,
            ..TERMINAL
        });
        out.progress_within("loading 10 %", 8)
            .expect("it takes all");
        out.answer("hi", b"hi", None).expect("it takes all");
        assert_eq!(answers.text(), "\r\x1b[Kloadin…\r\x1b[Khi");
    }

    #[test]
    fn a_style_ends_with_each_line() {
        let (mut out, answers, _) = out(TERMINAL);
        out.answer("a\n\nb", b"", Some(Style::new().bold()))
            .expect("it takes all");
        assert_eq!(answers.text(), "\x1b[1ma\x1b[0m\n\n\x1b[1mb\x1b[0m");
    }
}
