//! A copy on its way out: to a command of the user's, through the terminal, into a private file.
//! The front ends say what came of it.

use std::io::{self, Read, Seek, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::paths;
use super::settings::{CopyTo, UiSettings};
use crate::text::clipboard::{self, LIMIT, Through};
use crate::words::copying as words;

/// Bytes of a failed command's complaint that are shown.
const COMPLAINT: u64 = 300;

/// What decides where a copy goes.
#[derive(Debug)]
pub struct Copying {
    to: CopyTo,
    command: Option<String>,
    through: Through,
    /// Where what the terminal does not take is written; `None` writes nothing.
    file: Option<PathBuf>,
}

/// A way out for one text.
#[derive(Debug, PartialEq, Eq)]
pub enum Way {
    Command(String),
    /// What is to be sent to the terminal.
    Terminal(Vec<u8>),
    /// With the reason why not through the terminal. `None`: there is no file for it.
    File(Option<PathBuf>, String),
}

impl Copying {
    /// As the settings and the environment say.
    #[must_use]
    pub fn new(ui: &UiSettings, file: Option<PathBuf>) -> Self {
        let variable = |name: &str| std::env::var(name).ok();
        Self {
            to: ui.copy,
            command: ui.copy_command.clone(),
            through: Through::find(variable),
            file,
        }
    }

    /// The same where what is written to takes no escape sequences.
    #[must_use]
    pub fn without_terminal(self) -> Self {
        Self {
            through: Through::Nothing,
            ..self
        }
    }

    #[must_use]
    pub fn through(&self) -> Through {
        self.through
    }

    /// The terminal told what stands between.
    pub fn is_through(&mut self, through: Through) {
        self.through = through;
    }

    /// Whether a text is copied as a whole, and not written to a file instead.
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        !matches!(self.way(text), Way::File(..))
    }

    /// How a text gets out.
    #[must_use]
    pub fn way(&self, text: &str) -> Way {
        if let (Some(command), CopyTo::Auto) = (&self.command, self.to) {
            return Way::Command(command.clone());
        }
        let file = |reason| Way::File(self.file.clone(), reason);
        if self.to == CopyTo::File {
            return file(words::AS_SET.into());
        }
        match (clipboard::sequence(text, self.through), self.through) {
            (Some(bytes), _) => Way::Terminal(bytes),
            (None, Through::Console) => file(words::CONSOLE_HAS_NO_CLIPBOARD.into()),
            (None, Through::Nothing) => file(words::NO_ESCAPE_SEQUENCES.into()),
            (None, Through::ScreenOrTmux) if text.len() <= LIMIT => {
                file(words::SCREEN_OR_TMUX.into())
            }
            (None, _) => file(words::too_large(LIMIT / 1000)),
        }
    }
}

/// Replaces the file, whoever may have made it.
///
/// # Errors
/// It cannot be written.
pub fn write(file: &Path, text: &str) -> io::Result<()> {
    paths::write_private(file, text)
}

/// Has the user's command take the text.
///
/// # Errors
/// It cannot be run, or is not content; with what it complained of.
pub fn run(command: &str, text: &str) -> io::Result<()> {
    // A file and not a pipe: what holds a selection goes on running, and a pipe would not end.
    let mut complaint = tempfile::tempfile()?;
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(complaint.try_clone()?)
        // Ctrl-Z stops the interface and not this.
        .process_group(0)
        .spawn()?;
    let written = child
        .stdin
        .take()
        .map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    let status = child.wait()?;
    if status.success() {
        // One that reads no more than it wants, and is content, is content.
        return Ok(());
    }
    complaint.rewind()?;
    let mut says = Vec::new();
    complaint.take(COMPLAINT).read_to_end(&mut says)?;
    let says = String::from_utf8_lossy(&says);
    let says = says.trim();
    Err(io::Error::other(match (says, written) {
        ("", Err(error)) => words::ended_with_error(status, error),
        ("", Ok(())) => words::ended(status),
        (says, _) => words::complains(says),
    }))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn copying(to: CopyTo, command: Option<&str>, through: Through) -> Copying {
        Copying {
            to,
            command: command.map(str::to_owned),
            through,
            file: None,
        }
    }

    #[test]
    fn a_command_goes_first_then_the_terminal_then_a_file() {
        let way = |to, command, through, text: &str| copying(to, command, through).way(text);
        let terminal = Through::Terminal;
        let (auto, short, long) = (CopyTo::Auto, "x", "x".repeat(LIMIT + 1));
        assert_eq!(
            way(auto, Some("wl-copy"), terminal, &long),
            Way::Command("wl-copy".to_owned())
        );
        assert!(matches!(
            way(CopyTo::Terminal, Some("wl-copy"), terminal, short),
            Way::Terminal(_)
        ));
        for (to, command, through, text, why) in [
            (auto, None, terminal, &*long, "no more than 74 kB"),
            (auto, None, Through::Console, short, "Linux console"),
            (auto, None, Through::Nothing, short, "escape sequences"),
            (
                CopyTo::Terminal,
                Some("wl-copy"),
                Through::Nothing,
                short,
                "escape sequences",
            ),
            (
                auto,
                None,
                Through::ScreenOrTmux,
                &long[..LIMIT],
                "screen and tmux",
            ),
            (
                auto,
                None,
                Through::ScreenOrTmux,
                &*long,
                "no more than 74 kB",
            ),
            (CopyTo::File, Some("wl-copy"), terminal, short, "ui.copy"),
        ] {
            match way(to, command, through, text) {
                Way::File(_, reason) => assert!(reason.contains(why), "{reason}"),
                other => panic!("{why}: {other:?}"),
            }
        }
        // A command needs no terminal.
        assert_eq!(
            way(auto, Some("wl-copy"), Through::Nothing, short),
            Way::Command("wl-copy".to_owned())
        );
    }

    #[test]
    fn a_command_takes_the_exact_text_and_its_complaint_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("taken");
        let text = "a\u{1b}]52;\r\n日".repeat(40_000);
        run(&format!("cat > '{}'", file.display()), &text).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        let error = run("cat > /dev/null; echo no display >&2; exit 3", &text).unwrap_err();
        assert_eq!(error.to_string(), "says: no display");
        let error = run("exit 3", &text).unwrap_err();
        assert!(error.to_string().contains("exit status: 3"), "{error}");
        run("true", &text).unwrap();
    }

    #[test]
    fn the_file_is_the_users_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clipboard.txt");
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        write(&file, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
