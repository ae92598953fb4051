//! A message leaves with its odds: to the clipboard, to a file.

use std::path::{Path, PathBuf};

use super::asking::{self, Question};
use super::clipboard;
use super::format;
use super::run::Loop;
use super::terminal::Terminal;
use crate::chat::MessageId;
use crate::chat::odds::{self, Form};
use crate::config::paths;

/// Names that are tried before giving up on a folder full of older exports.
const TRIES: u32 = 100;
/// Alternatives of each token that are copied: OpenAI's most, else as many as terminals take.
const ALTERNATIVES: [usize; 6] = [20, 10, 5, 3, 1, 0];

impl Loop {
    /// Copies a message with its odds as JSON, with fewer alternatives where it is long. What
    /// is longer than terminals take even without goes to a file: half of it would be no JSON.
    pub(super) fn copy_odds(
        &mut self,
        message: MessageId,
        terminal: &mut Terminal,
    ) -> anyhow::Result<()> {
        let conversation = self.driver.session().conversation();
        for top in ALTERNATIVES {
            let Some(text) = odds::write(conversation, message, Form::Json, top) else {
                return Ok(());
            };
            let (bytes, copied) = clipboard::sequence(&text);
            if copied == text.len() {
                terminal.send(&bytes)?;
                let size = format::bytes(text.len() as u64);
                self.inform(format!(
                    "Copied the message with its odds and the best {top} alternatives of each \
                     token, {size} of JSON."
                ));
                return Ok(());
            }
        }
        let Some(text) = odds::write(conversation, message, Form::Json, usize::MAX) else {
            return Ok(());
        };
        let size = format::bytes(text.len() as u64);
        let name = odds::file_name(conversation, message, Form::Json);
        match create_beside_others(&name, &text) {
            Ok(path) => self.inform(format!(
                "{size} are more than terminals copy; written to {} instead.",
                path.display()
            )),
            Err(reason) => self.complain(format!(
                "{size} are more than terminals copy, and {reason}; x asks for a path."
            )),
        }
        Ok(())
    }

    /// Writes a message with its odds; a path that does not do is asked for again.
    pub(super) fn export_message(&mut self, message: MessageId, path: &Path) {
        let conversation = self.driver.session().conversation();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let written = match Form::of_extension(&extension) {
            None => Err(format!(
                "{}: the ending says the form; use .jsonl, .json or .txt",
                path.display()
            )),
            Some(form) => match odds::write(conversation, message, form, usize::MAX) {
                None => Err("no odds are known of that message".to_owned()),
                Some(text) => paths::create_private(path, &text).map_err(|error| error.to_string()),
            },
        };
        match written {
            Ok(()) => self.inform(format!("Written to {}.", path.display())),
            Err(reason) => {
                self.complain(reason);
                let typed = path.to_string_lossy();
                asking::ask(&mut self.app, Question::ExportMessage(message), &typed);
            }
        }
    }
}

/// Writes a file in the working folder; with a number in its name where an older one is there.
fn create_beside_others(name: &str, text: &str) -> Result<PathBuf, String> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut reason = String::new();
    for number in 1..=TRIES {
        let path = match number {
            1 => PathBuf::from(name),
            number => PathBuf::from(format!("{stem}-{number}.{extension}")),
        };
        match paths::create_private(&path, text) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                reason = error.to_string();
            }
            Err(error) => return Err(error.to_string()),
        }
    }
    Err(reason)
}
