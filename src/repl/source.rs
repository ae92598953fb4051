//! Where lines come from: an editor on a terminal, else plain lines.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::config::{BellStyle, CompletionType, Config, EditMode};
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{
    Cmd, ConditionalEventHandler, Editor, Event, EventContext, EventHandler, KeyCode, KeyEvent,
    Modifiers, RepeatCount,
};

use super::complete::{LineHelper, Names, entry};
use super::signals::Doing;
use crate::chat::multiline::{Entry, Multiline};
use crate::config::Editing;
use crate::config::typed::{LIMIT, TypedFile};
use crate::words::repl as words;

/// What stands before a line, and before those that go on with it.
pub type Prompts = (&'static str, &'static str);

pub const SHOWN: Prompts = ("> ", ". ");

/// A mark is a poor word.
#[must_use]
pub fn spoken() -> Prompts {
    (words::YOU_ALOUD.text(), words::AND_ALOUD.text())
}

/// What came of reading.
#[derive(Debug, PartialEq, Eq)]
pub enum Read {
    Entry(Entry),
    /// Ctrl-C; whether it cleared a text.
    Interrupted {
        cleared: bool,
    },
    /// Ctrl-D on an empty line, or the end of the file.
    End,
}

/// Lines from the user.
pub enum Source {
    Editor(Box<LineEditor>),
    Lines(PlainLines),
}

impl Source {
    /// An editor where both ends are terminals that can do it; else plain lines.
    ///
    /// # Errors
    /// The terminal cannot be asked about itself.
    pub fn open(
        plain: bool,
        prompts: Prompts,
        editing: Editing,
        typed: Option<TypedFile>,
        names: Box<dyn Names>,
    ) -> io::Result<Self> {
        let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        if terminal && !plain {
            let editor = LineEditor::open(editing, typed, names).map_err(into_io)?;
            Ok(Self::Editor(Box::new(editor)))
        } else {
            Ok(Self::Lines(PlainLines {
                lines: Multiline::new(),
                terminal,
                prompts,
            }))
        }
    }

    /// What the thread does while it reads.
    #[must_use]
    pub fn doing(&self) -> Doing {
        match self {
            Self::Editor(_) => Doing::Editing,
            Self::Lines(lines) if lines.terminal => Doing::ReadingLine,
            Self::Lines(_) => Doing::ReadingFile,
        }
    }

    /// Reads an entry; `begin` stands in the line at first, where lines can be edited.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn read(&mut self, begin: Option<&str>) -> io::Result<Read> {
        match self {
            Self::Editor(editor) => editor.read(begin.unwrap_or_default()),
            Self::Lines(lines) => lines.read(),
        }
    }

    /// Remembers an entry for the up key; on disk too, unless it is not to be.
    ///
    /// # Errors
    /// The file cannot be written; the entry is remembered all the same.
    pub fn remember(&mut self, text: &str, on_disk: bool) -> io::Result<()> {
        match self {
            Self::Editor(editor) => editor.remember(text, on_disk),
            Self::Lines(_) => Ok(()),
        }
    }

    /// Whether somebody sits there.
    #[must_use]
    pub fn is_interactive(&self) -> bool {
        self.doing() != Doing::ReadingFile
    }

    /// Whether a text can be put into the line to be edited.
    #[must_use]
    pub fn can_edit(&self) -> bool {
        matches!(self, Self::Editor(_))
    }
}

/// Lines with keys, history and completion.
pub struct LineEditor {
    editor: Editor<LineHelper, MemHistory>,
    typed: Option<TypedFile>,
    /// Lines of the text were joined by a backslash.
    joined: Arc<AtomicBool>,
}

impl LineEditor {
    fn open(
        editing: Editing,
        typed: Option<TypedFile>,
        names: Box<dyn Names>,
    ) -> Result<Self, ReadlineError> {
        let config = Config::builder()
            .max_history_size(LIMIT)?
            .history_ignore_dups(true)?
            .auto_add_history(false)
            .completion_type(CompletionType::List)
            .bell_style(BellStyle::None)
            .bracketed_paste(true)
            .edit_mode(match editing {
                Editing::Emacs => EditMode::Emacs,
                Editing::Vi => EditMode::Vi,
            })
            .build();
        let mut editor = {
            let history = MemHistory::with_config(&config);
            Editor::with_history(config, history)?
        };
        editor.set_helper(Some(LineHelper::new(names)));
        let joined = Arc::new(AtomicBool::new(false));
        for newline in [
            KeyEvent::ctrl('J'),
            KeyEvent(KeyCode::Enter, Modifiers::ALT),
            KeyEvent(KeyCode::Enter, Modifiers::SHIFT),
        ] {
            editor.bind_sequence(newline, Cmd::Newline);
        }
        editor.bind_sequence(
            KeyEvent(KeyCode::Enter, Modifiers::NONE),
            EventHandler::Conditional(Box::new(GoOnAfterBackslash {
                joined: Arc::clone(&joined),
            })),
        );
        if let Some(typed) = &typed {
            match typed.read() {
                Ok(entries) => {
                    for entry in entries {
                        editor.add_history_entry(entry)?;
                    }
                }
                Err(error) => tracing::warn!("{}: {error}", typed.path().display()),
            }
        }
        Ok(Self {
            editor,
            typed,
            joined,
        })
    }

    fn read(&mut self, begin: &str) -> io::Result<Read> {
        loop {
            self.joined.store(false, Ordering::Relaxed);
            let read = self.editor.readline_with_initial(SHOWN.0, (begin, ""));
            let was_empty = self.editor.helper().is_none_or(LineHelper::take_was_empty);
            return match read {
                Ok(text) if self.joined.load(Ordering::Relaxed) => {
                    Ok(Read::Entry(entry(text.replace("\\\n", "\n"))))
                }
                Ok(text) => Ok(Read::Entry(entry(text))),
                Err(ReadlineError::Interrupted) => Ok(Read::Interrupted {
                    cleared: !was_empty,
                }),
                Err(ReadlineError::Eof) => Ok(Read::End),
                Err(ReadlineError::Signal(_)) => continue,
                Err(error) => Err(into_io(error)),
            };
        }
    }

    fn remember(&mut self, text: &str, on_disk: bool) -> io::Result<()> {
        let is_new = self.editor.add_history_entry(text).map_err(into_io)?;
        match &self.typed {
            Some(typed) if is_new && on_disk => typed.add(text),
            _ => Ok(()),
        }
    }
}

/// A backslash at the end of the text makes Enter begin a new line. It stays in the editor, which
/// cannot replace a character and stand behind it; `joined` tells that it is to go.
struct GoOnAfterBackslash {
    joined: Arc<AtomicBool>,
}

impl ConditionalEventHandler for GoOnAfterBackslash {
    fn handle(
        &self,
        _event: &Event,
        _count: RepeatCount,
        _positive: bool,
        context: &EventContext<'_>,
    ) -> Option<Cmd> {
        let at_end = context.pos() == context.line().len();
        (at_end && context.line().ends_with('\\')).then(|| {
            self.joined.store(true, Ordering::Relaxed);
            Cmd::Newline
        })
    }
}

/// Lines as they come.
pub struct PlainLines {
    lines: Multiline,
    terminal: bool,
    prompts: Prompts,
}

impl PlainLines {
    fn read(&mut self) -> io::Result<Read> {
        loop {
            if self.terminal {
                let (first, more) = self.prompts;
                let prompt = if self.lines.is_open() { more } else { first };
                let mut out = io::stdout();
                out.write_all(prompt.as_bytes())?;
                out.flush()?;
            }
            let mut bytes = Vec::new();
            if io::stdin().lock().read_until(b'\n', &mut bytes)? == 0 {
                if self.terminal {
                    writeln!(io::stdout())?;
                }
                let rest = self.lines.take();
                return Ok(if rest.trim().is_empty() {
                    Read::End
                } else {
                    Read::Entry(Entry::Block(rest))
                });
            }
            // A line in another encoding is better asked with question marks than refused: the
            // answer shows them.
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end_matches(['\n', '\r']);
            match self.lines.push(line) {
                Entry::More => {}
                whole => return Ok(Read::Entry(whole)),
            }
        }
    }
}

fn into_io(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        ReadlineError::Errno(errno) => io::Error::from_raw_os_error(errno as i32),
        other => io::Error::other(other),
    }
}
