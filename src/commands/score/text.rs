//! A text of any length, in parts that can be cut into tokens one by one.

use std::fs::File;
use std::io::{self, Cursor, IsTerminal, Read};
use std::path::Path;

use thiserror::Error;

use crate::words::commands::score as words;

/// Bytes of a part at least, where the text is so long.
const PART: usize = 64 << 10;

/// Without a good place to part it, a text is parted here all the same.
const LONGEST: usize = 1 << 20;

/// Why a text cannot be read.
#[derive(Debug, Error)]
pub enum TextError {
    #[error("{}", words::unreadable(name, source))]
    Unreadable { name: String, source: io::Error },
    #[error("{}", words::not_utf8(name, offset, format_args!("{byte:02X}")))]
    NotUtf8 { name: String, offset: u64, byte: u8 },
}

/// Reads a text part by part.
///
/// A part ends behind a line feed that no white space follows: the tokenizers in use merge
/// nothing across such a place, so the parts' tokens are those of the whole. In a text without
/// any, such as a megabyte on one line, a part ends where it has to, and one token may differ.
pub struct Parts<R> {
    name: String,
    source: R,
    pending: Vec<u8>,
    /// Bytes given away before `pending`.
    offset: u64,
    ended: bool,
}

/// What was named on a command line: words, a file, or standard input.
pub struct Source {
    pub parts: Parts<Box<dyn Read>>,
    /// Bytes, where they are known before they are read.
    pub length: Option<u64>,
}

impl Source {
    /// Opens it; `-` or nothing is standard input.
    pub fn open(words: &[String], quiet: bool) -> Result<Self, TextError> {
        let path = match words {
            [word] if word != "-" && Path::new(word).is_file() => Path::new(word),
            [word, rest @ ..] if word != "-" || !rest.is_empty() => {
                let text = words.join(" ");
                return Ok(Self {
                    length: Some(text.len() as u64),
                    parts: Parts::new(words::THE_TEXT.into(), Box::new(Cursor::new(text))),
                });
            }
            _ => {
                if io::stdin().is_terminal() && !quiet {
                    eprintln!("{}", words::READING_INPUT);
                }
                let name = words::STANDARD_INPUT.into();
                return Ok(Self {
                    parts: Parts::new(name, Box::new(io::stdin().lock())),
                    length: None,
                });
            }
        };
        let name = path.display().to_string();
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
        match opened {
            Ok((length, file)) => Ok(Self {
                parts: Parts::new(name, Box::new(file)),
                length: Some(length),
            }),
            Err(source) => Err(TextError::Unreadable { name, source }),
        }
    }
}

impl<R: Read> Parts<R> {
    /// `name` is what errors call it.
    pub fn new(name: String, source: R) -> Self {
        Self {
            name,
            source,
            pending: Vec::new(),
            offset: 0,
            ended: false,
        }
    }

    /// Bytes given away so far.
    pub fn bytes(&self) -> u64 {
        self.offset
    }

    /// The next part; `None` at the end.
    pub fn next(&mut self) -> Result<Option<String>, TextError> {
        let mut wanted = PART;
        loop {
            self.fill(wanted)?;
            if self.pending.is_empty() {
                return Ok(None);
            }
            let cut = if self.ended {
                Some(self.pending.len())
            } else {
                seam(&self.pending).or_else(|| {
                    (self.pending.len() >= LONGEST).then(|| whole_characters(&self.pending))
                })
            };
            let Some(cut) = cut else {
                wanted = self.pending.len() + PART;
                continue;
            };
            let rest = self.pending.split_off(cut);
            let part = std::mem::replace(&mut self.pending, rest);
            let part = String::from_utf8(part).map_err(|error| {
                let place = error.utf8_error().valid_up_to();
                TextError::NotUtf8 {
                    name: self.name.clone(),
                    offset: self.offset + place as u64,
                    byte: error.as_bytes()[place],
                }
            })?;
            self.offset += part.len() as u64;
            return Ok(Some(part));
        }
    }

    /// Reads until `wanted` bytes are pending, or the end.
    fn fill(&mut self, wanted: usize) -> Result<(), TextError> {
        let missing = wanted.saturating_sub(self.pending.len()) as u64;
        if self.ended || missing == 0 {
            return Ok(());
        }
        let read = self
            .source
            .by_ref()
            .take(missing)
            .read_to_end(&mut self.pending)
            .map_err(|source| TextError::Unreadable {
                name: self.name.clone(),
                source,
            })?;
        self.ended = (read as u64) < missing;
        Ok(())
    }
}

/// Behind the last line feed that something other than white space follows.
fn seam(bytes: &[u8]) -> Option<usize> {
    // All white space of Unicode that is no ASCII begins with a byte below this one.
    const BEYOND_WHITE_SPACE: u8 = 0xE4;
    let is_text =
        |byte: u8| (byte.is_ascii() && !byte.is_ascii_whitespace()) || byte >= BEYOND_WHITE_SPACE;
    let mut pairs = bytes.windows(2);
    let place = pairs.rposition(|pair| pair[0] == b'\n' && is_text(pair[1]))?;
    Some(place + 1)
}

/// The length without a character that is cut off at the end.
fn whole_characters(bytes: &[u8]) -> usize {
    let is_start = |byte: &u8| (*byte & 0xC0) != 0x80;
    let tail = bytes.iter().rev().take(4).position(is_start);
    tail.map_or(bytes.len(), |back| bytes.len() - back - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(bytes: &[u8]) -> Result<Vec<String>, TextError> {
        let mut parts = Parts::new("notes.txt".to_owned(), bytes);
        let mut all = Vec::new();
        while let Some(part) = parts.next()? {
            all.push(part);
        }
        assert_eq!(parts.bytes(), bytes.len() as u64);
        Ok(all)
    }

    #[test]
    fn a_text_is_parted_between_lines_and_is_whole_again() {
        let text = "A line of words.\n\n  indented\nnext\n".repeat(10_000);
        let parts = parts(text.as_bytes()).unwrap();
        assert!(parts.len() > 3);
        assert_eq!(parts.concat(), text);
        for pair in parts.windows(2) {
            assert!(pair[0].ends_with('\n'));
            assert!(!pair[1].starts_with(char::is_whitespace));
        }
    }

    #[test]
    fn a_line_without_end_is_parted_between_characters() {
        let text = "你好".repeat(400_000);
        let parts = parts(text.as_bytes()).unwrap();
        assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= LONGEST));
        assert_eq!(parts.concat(), text);
        assert_eq!(super::tests::parts(b"").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_byte_that_is_no_text_is_named_with_its_place() {
        let mut bytes = "fine\n".repeat(40_000).into_bytes();
        bytes.extend_from_slice(b"caf\xE9 and more");
        let error = parts(&bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "notes.txt is not UTF-8 (byte 200003 is 0xE9); convert it first, for example with \
             iconv -t UTF-8"
        );
    }
}
