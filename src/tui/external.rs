//! The user's editor, for long messages.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command};

use crate::words::tui::attaching as words;
use tempfile::NamedTempFile;

/// An editor that runs on the input's text.
pub struct Editing {
    file: NamedTempFile,
    child: Child,
}

impl Editing {
    /// Starts `$VISUAL`, `$EDITOR` or vi on a private file that holds the text.
    ///
    /// # Errors
    /// The file cannot be written, or there is no such editor; the sentence names it.
    pub fn start(text: &str) -> io::Result<Self> {
        let mut file = tempfile::Builder::new()
            .prefix("limpid-")
            .suffix(".md")
            .tempfile()?;
        file.write_all(text.as_bytes())?;
        file.flush()?;
        let editor = editor();
        let program = editor.to_string_lossy().into_owned();
        // A shell, since the variable may hold arguments (`code --wait`).
        let child = Command::new("sh")
            .arg("-c")
            .arg(format!("{program} \"$1\""))
            .arg("sh")
            .arg(file.path())
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), words::cannot_start(&program, error)))?;
        Ok(Self { file, child })
    }

    /// The text once the editor has ended; `None` while it runs.
    ///
    /// # Errors
    /// The editor failed, or left a file that is no text; then the input stays as it was.
    pub fn finished(&mut self) -> io::Result<Option<String>> {
        let Some(status) = self.child.try_wait()? else {
            return Ok(None);
        };
        if !status.success() {
            return Err(io::Error::other(words::editor_ended(status)));
        }
        let mut text = std::fs::read_to_string(self.file.path())?;
        // Editors end a file with a line break that nobody typed.
        if text.ends_with('\n') {
            text.pop();
        }
        Ok(Some(text))
    }
}

fn editor() -> OsString {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
        .unwrap_or_else(|| OsString::from("vi"))
}
