//! Files that become part of a message: read as text, whatever their encoding.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::chat::attachment;
use crate::text;
use crate::words::driver as words;

/// A file that is larger is not put into a message, bytes; nor are files that are together.
pub const LARGEST: u64 = 16 << 20;

/// More files than a pattern is likely to be meant for.
const MOST: usize = 1000;

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// As it was given.
    pub name: String,
    pub text: String,
    /// Its encoding, where it is not UTF-8.
    pub encoding: Option<&'static str>,
}

impl TextFile {
    /// As it stands in a message.
    #[must_use]
    pub fn attachment(&self) -> String {
        attachment::file(&self.name, &self.text)
    }

    /// What is to be said of how it was read.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        let encoding = self.encoding?;
        Some(words::read_as(&self.name, encoding))
    }
}

/// Reads a file; `~/` is the home folder.
///
/// # Errors
/// It cannot be read, is too large or no text; a sentence that names it.
pub fn read(path: &Path) -> Result<TextFile, String> {
    let name = path.display().to_string();
    let fail = |reason: String| words::cannot_read(&name, reason);
    let path = at_home(path);
    // Looked at before it is opened: a pipe would wait for somebody to write.
    let metadata = std::fs::metadata(&path).map_err(|error| fail(error.to_string()))?;
    if metadata.is_dir() {
        return Err(fail(words::IS_FOLDER.into()));
    }
    if !metadata.is_file() {
        return Err(fail(words::NO_FILE.into()));
    }
    let file = File::open(&path).map_err(|error| fail(error.to_string()))?;
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| fail(error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(fail(words::TOO_LARGE.into()));
    }
    let decoded = text::decode(bytes).map_err(|error| fail(error.to_string()))?;
    Ok(TextFile {
        name,
        text: decoded.text,
        encoding: decoded.encoding,
    })
}

/// What a pattern came to.
#[derive(Debug, Default)]
pub struct Globbed {
    /// In the order of their names.
    pub files: Vec<TextFile>,
    /// A sentence on each file that was left out.
    pub left_out: Vec<String>,
}

/// Reads the files whose names a pattern matches, such as `src/**/*.rs`. Folders, and what is
/// hidden and not named so in the pattern, are passed over.
///
/// # Errors
/// The pattern is none, or the files are too many or too large.
pub fn glob(pattern: &str) -> Result<Globbed, String> {
    let options = glob::MatchOptions {
        require_literal_leading_dot: true,
        require_literal_separator: true,
        ..glob::MatchOptions::new()
    };
    let expanded = at_home(Path::new(pattern));
    let found = glob::glob_with(&expanded.to_string_lossy(), options)
        .map_err(|error| words::no_pattern(pattern, error))?;
    let mut globbed = Globbed::default();
    let mut total = 0;
    for path in found {
        let path = match path {
            Ok(path) if path.is_dir() => continue,
            Ok(path) => path,
            Err(error) => {
                globbed.left_out.push(error.to_string());
                continue;
            }
        };
        if globbed.files.len() + globbed.left_out.len() == MOST {
            return Err(words::too_many_files(pattern, MOST));
        }
        match read(&path) {
            Ok(file) => {
                total += file.text.len() as u64;
                globbed.files.push(file);
            }
            Err(reason) => globbed.left_out.push(reason),
        }
        if total > LARGEST {
            return Err(words::files_too_large(pattern));
        }
    }
    Ok(globbed)
}

/// The path with `~/` as the home folder.
#[must_use]
pub fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_read_and_its_encoding_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("neko.txt");
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("吾輩は猫である。名前はまだ無い。");
        fs::write(&path, bytes).expect("written");
        let file = read(&path).expect("it is text");
        assert!(file.attachment().contains("吾輩は猫である"));
        let says = file.says().expect("it was not UTF-8");
        assert!(says.ends_with("neko.txt was read as Shift_JIS."), "{says}");
    }

    #[test]
    fn what_cannot_be_read_is_named_with_the_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data");
        let reason = read(&path).expect_err("it is not there");
        assert!(reason.contains("data: "), "{reason}");
        fs::write(&path, b"\x7FELF\0\0\0").expect("written");
        assert!(read(&path).expect_err("it is no text").contains("binary"));
        assert!(read(folder.path()).expect_err("a folder").contains("/glob"));
        fs::write(&path, vec![b'a'; LARGEST as usize + 1]).expect("written");
        assert!(read(&path).expect_err("it is too large").contains("16 MiB"));
    }

    #[test]
    fn a_pattern_takes_the_files_in_order_and_says_what_it_leaves() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in [
            ("b.rs", &b"b"[..]),
            ("a.rs", b"a"),
            (".c.rs", b"c"),
            ("d.rs", b"\0"),
        ] {
            fs::write(folder.path().join(name), content).expect("written");
        }
        fs::create_dir(folder.path().join("e.rs")).expect("made");
        let pattern = folder.path().join("*.rs");
        let globbed = glob(&pattern.to_string_lossy()).expect("a pattern");
        let texts: Vec<_> = globbed
            .files
            .iter()
            .map(|file| file.text.as_str())
            .collect();
        assert_eq!(texts, ["a", "b"]);
        assert_eq!(globbed.left_out.len(), 1);
        assert!(globbed.left_out[0].contains("d.rs"));
        assert!(glob("a***").is_err());
    }
}
