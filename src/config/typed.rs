//! What was typed before, kept for the up key: a JSON string a line, oldest first.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::paths;

/// How many entries are kept.
pub const LIMIT: usize = 5_000;

/// The file of what was typed.
#[derive(Debug, Clone)]
pub struct TypedFile {
    path: PathBuf,
}

impl TypedFile {
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The newest entries, oldest first. Lines that are no entries are left out; a file that has
    /// grown to twice the limit is cut down.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(&self) -> io::Result<Vec<String>> {
        let text = match std::fs::read(&self.path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut entries: Vec<String> = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let lines = entries.len();
        entries.drain(..lines.saturating_sub(LIMIT));
        if lines >= 2 * LIMIT {
            let kept: String = entries.iter().map(|entry| line(entry)).collect();
            paths::write_private(&self.path, &kept)?;
        }
        Ok(entries)
    }

    /// Adds an entry, in one write.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&self, entry: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        let mut file = paths::open_private(&self.path, &mut options)?;
        file.write_all(line(entry).as_bytes())
    }
}

fn line(entry: &str) -> String {
    format!("{}\n", serde_json::Value::from(entry))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn file() -> (tempfile::TempDir, TypedFile) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("state/input_history");
        (folder, TypedFile::new(path))
    }

    #[test]
    fn entries_come_back_with_their_lines_and_for_the_user_alone() {
        let (_folder, file) = file();
        assert_eq!(file.read().expect("none is no error"), Vec::<String>::new());
        for entry in ["one", "two\nlines \\ and \"quotes\"", "日本"] {
            file.add(entry).expect("it can be written");
        }
        let entries = file.read().expect("it can be read");
        assert_eq!(entries, ["one", "two\nlines \\ and \"quotes\"", "日本"]);
        let mode = |path: &Path| {
            let metadata = std::fs::metadata(path).expect("it is there");
            metadata.permissions().mode() & 0o777
        };
        assert_eq!(mode(file.path()), 0o600);
        assert_eq!(mode(file.path().parent().expect("a folder")), 0o700);
    }

    #[test]
    fn damage_costs_its_own_line_alone() {
        let (_folder, file) = file();
        file.add("one").expect("it can be written");
        let mut bytes = std::fs::read(file.path()).expect("it is there");
        bytes.extend_from_slice(b"\xFF\0half\n");
        std::fs::write(file.path(), bytes).expect("it can be written");
        file.add("two").expect("it can be written");
        assert_eq!(file.read().expect("it can be read"), ["one", "two"]);
    }

    #[test]
    fn a_long_history_is_cut_down_to_the_newest() {
        let (_folder, file) = file();
        file.add("first").expect("it can be written");
        let many: String = (1..2 * LIMIT)
            .map(|number| line(&number.to_string()))
            .collect();
        let mut text = std::fs::read_to_string(file.path()).expect("it is there");
        text.push_str(&many);
        std::fs::write(file.path(), text).expect("it can be written");
        let entries = file.read().expect("it can be read");
        assert_eq!(entries.len(), LIMIT);
        assert_eq!(entries.last(), Some(&(2 * LIMIT - 1).to_string()));
        let text = std::fs::read_to_string(file.path()).expect("it is there");
        assert_eq!(text.lines().count(), LIMIT);
    }
}
