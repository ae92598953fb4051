//! How the user has divided the screen, and the small file that remembers it.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::paths::write_private;

/// Which panes are hidden, and where the borders between them were moved to. Sizes are wishes:
/// a screen that is too small for one shows less, and forgets nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Panes {
    pub tokens_hidden: bool,
    pub throughput_hidden: bool,
    /// Columns of the panes at the right, where there is room for them, borders included.
    pub columns: Option<u16>,
    /// Rows of the throughput pane there, borders included.
    pub throughput_rows: Option<u16>,
    /// Rows of the token pane below the conversation, on a narrow screen.
    pub token_rows: Option<u16>,
}

impl Panes {
    /// Reads what was remembered. A file that is not there, or not understood, says nothing.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(file: &Path) -> io::Result<Self> {
        match std::fs::read(file) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Remembers it, for the user alone.
    ///
    /// # Errors
    /// The file or its folder cannot be written; the message names it.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        write_private(file, &format!("{text}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_comes_back_and_what_is_damaged_is_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("state/panes.json");
        assert_eq!(Panes::read(&file).expect("is no error"), Panes::default());
        let panes = Panes {
            throughput_hidden: true,
            columns: Some(60),
            ..Panes::default()
        };
        panes.write(&file).expect("can be written");
        assert_eq!(Panes::read(&file).expect("is there"), panes);
        std::fs::write(&file, "{\"columns\": 60, \"of another version\": 1}").expect("can be");
        assert_eq!(Panes::read(&file).expect("is there").columns, Some(60));
        std::fs::write(&file, "{\"columns\": -1").expect("can be");
        assert_eq!(Panes::read(&file).expect("is there"), Panes::default());
        assert!(Panes::read(folder.path()).is_err(), "a folder is no file");
    }
}
