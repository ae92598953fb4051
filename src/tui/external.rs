//! The user's editor, for long messages.
//!
//! It has the terminal while it runs, and what its keys make of it: Ctrl-C is for the editor.
//! Told to end meanwhile, the program tells the editor so and takes what was written by then.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::RecvTimeoutError;
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::SIGHUP;
use tempfile::NamedTempFile;

use super::console::Console;
use super::run::{Ending, Loop};
use super::signal::Guard;
use crate::words::tui::attaching as words;

/// How often a running editor is looked at.
const POLL: Duration = Duration::from_millis(30);

/// How long an editor that is told to end may take for it: the program has to save in time.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// An editor that runs on the input's text.
struct Editing {
    file: NamedTempFile,
    child: Child,
    /// What it was given.
    given: String,
}

/// How an editor ended.
enum Edited {
    /// With a text in place of the one that it was given.
    Text(String),
    Failed {
        status: ExitStatus,
        /// What it wrote all the same.
        written: Option<String>,
    },
}

impl Editing {
    /// Starts `$VISUAL`, `$EDITOR` or vi on a private file that holds the text.
    ///
    /// # Errors
    /// The file cannot be written, or there is no such editor; the sentence names it.
    fn start(text: &str) -> io::Result<Self> {
        let mut file = tempfile::Builder::new()
            .prefix("limpid-")
            .suffix(".md")
            .tempfile()?;
        file.write_all(text.as_bytes())?;
        // As files of text end; else editors would end it so, or go on in the last line.
        if !text.is_empty() {
            file.write_all(b"\n")?;
        }
        file.flush()?;
        let editor = editor();
        let program = editor.to_string_lossy().into_owned();
        let child = Command::new("sh")
            .arg("-c")
            .arg(line(&program))
            .arg("sh")
            .arg(file.path())
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), words::cannot_start(&program, error)))?;
        Ok(Self {
            file,
            child,
            given: text.to_owned(),
        })
    }

    /// What came of it once the editor has ended; `None` while it runs.
    ///
    /// # Errors
    /// The editor left a file that is no text; then the input stays as it was.
    fn finished(&mut self) -> io::Result<Option<Edited>> {
        let Some(status) = self.child.try_wait()? else {
            return Ok(None);
        };
        Ok(Some(if status.success() {
            Edited::Text(self.text()?)
        } else {
            let written = self.written();
            Edited::Failed { status, written }
        }))
    }

    /// Tells the editor to end, as the program was told, and waits a moment for it. There is
    /// nobody to choose any more, so what it wrote last is the text.
    ///
    /// # Errors
    /// The system does not know the editor any more.
    fn stop(&mut self, signal: i32) -> io::Result<Edited> {
        let signal = if signal == SIGHUP {
            Signal::HUP
        } else {
            Signal::TERM
        };
        kill_process(Pid::from_child(&self.child), signal)?;
        let deadline = Instant::now() + LAST_WORDS;
        while self.child.try_wait()?.is_none() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        let text = self.written().unwrap_or_else(|| self.given.clone());
        Ok(Edited::Text(text))
    }

    fn text(&self) -> io::Result<String> {
        let mut text = std::fs::read_to_string(self.file.path())?;
        // The line break that ends the file; nobody typed it.
        if text.ends_with('\n') {
            text.pop();
        }
        Ok(text)
    }

    /// What an editor that did not end well has written, where that is another text.
    fn written(&self) -> Option<String> {
        let is_new = |text: &String| *text != self.given && !text.trim().is_empty();
        self.text().ok().filter(is_new)
    }
}

/// The shell's line for what the variable holds, such as `code --wait`, on the file `$1`.
///
/// The editor takes the shell's place, so that signals for the one reach the other. What is no
/// plain command has to leave the shell there, which then hears the editor's keys and lives on.
fn line(program: &str) -> String {
    let assigns = program
        .split_whitespace()
        .next()
        .is_some_and(|word| word.contains('='));
    if assigns || program.contains([';', '|', '&', '(', '{', '\n']) {
        format!("trap : INT QUIT; {program} \"$1\"")
    } else {
        format!("exec {program} \"$1\"")
    }
}

fn editor() -> OsString {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
        .unwrap_or_else(|| OsString::from("vi"))
}

impl Loop {
    /// Runs the user's editor on the input; the answer goes on meanwhile.
    pub(super) fn external_editor(&mut self, console: &mut Console) -> anyhow::Result<()> {
        console.reader.pause();
        console.terminal.pause();
        let lent = console.signals.lend();
        let edited = self.edit_outside(&console.signals);
        self.ending = console.signals.ending().map(Ending::Signal);
        match edited {
            Ok(Edited::Text(text)) => self.app.composer.take_edited(&text),
            Ok(Edited::Failed { status, written }) => {
                self.complain(match written {
                    Some(_) => words::editor_ended_having_written(status),
                    None => words::editor_ended(status),
                });
                if let Some(text) = written {
                    self.app.composer.keep(&text);
                }
            }
            Err(error) => self.complain(error.to_string()),
        }
        // A program that ends has given its terminal back already.
        if self.ending.is_none() {
            let resumed = console.terminal.resume();
            console.reader.resume();
            resumed?;
        }
        // From here on Ctrl-C is a key of ours, which makes no signal.
        drop(lent);
        Ok(())
    }

    fn edit_outside(&mut self, signals: &Guard) -> io::Result<Edited> {
        let mut editing = Editing::start(&self.app.composer.editor.text())?;
        let events = self.driver.events();
        loop {
            let edited = match (editing.finished()?, signals.ending()) {
                (None, Some(signal)) => Some(editing.stop(signal)?),
                // The same signal ended both.
                (Some(Edited::Failed { written, .. }), Some(_)) if written.is_some() => {
                    written.map(Edited::Text)
                }
                (edited, _) => edited,
            };
            if let Some(edited) = edited {
                return Ok(edited);
            }
            match events.recv_timeout(POLL) {
                Ok(event) => self.on_driver(event),
                Err(RecvTimeoutError::Timeout) => {}
                // Nothing will ever come, and the editor is waited for all the same.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(POLL),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a shell makes of an editor's line: its process, and that of the editor.
    fn processes(program: &str) -> (String, String) {
        let child = Command::new("sh")
            .args(["-c", &line(program), "sh", "echo $$"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let shell = child.id().to_string();
        let output = child.wait_with_output().expect("it ends");
        let editor = String::from_utf8(output.stdout).expect("it is a number");
        (shell, editor.trim().to_owned())
    }

    #[test]
    fn an_editor_takes_the_place_of_the_shell_where_it_can() {
        for plain in ["sh -c", "sh '-c'", "  sh -c"] {
            let (shell, editor) = processes(plain);
            assert_eq!(shell, editor, "{plain}");
        }
        for other in ["A=b sh -c", "true; sh -c"] {
            let (_, editor) = processes(other);
            assert!(editor.parse::<u32>().is_ok(), "{other}: {editor}");
        }
    }
}
