//! What a conversation's file says, however badly it was treated.
//!
//! A power cut or a kill can leave the last line torn, half a character long, or filled with
//! NUL bytes: that tail is cut off before the next append. Damage elsewhere is reported and
//! skipped; the records around it still count.

use crate::chat::record::{self, RecordError};
use crate::chat::{Conversation, ConversationId};

/// A place in a file that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Counted from 1.
    pub line: usize,
    pub reason: String,
}

/// What the bytes of a file add up to.
#[derive(Debug)]
pub struct Scan {
    pub conversation: Conversation,
    /// Bytes up to the end of the last usable line; what follows is a torn tail.
    pub sound_len: u64,
    /// Whether the last usable line lacks only its newline.
    pub lacks_newline: bool,
    /// Bytes of the torn tail.
    pub torn: u64,
    pub next_sequence: u64,
    pub damage: Vec<Damage>,
    /// The newest schema met that this program does not know.
    pub newer: Option<u32>,
}

/// Reads a file's content. `id` is the name of the file: it stands in for a lost header.
#[must_use]
pub fn scan(bytes: &[u8], id: &ConversationId) -> Scan {
    let mut scan = Scan {
        conversation: Conversation::new(id.clone(), 0),
        sound_len: 0,
        lacks_newline: false,
        torn: 0,
        next_sequence: 1,
        damage: Vec::new(),
        newer: None,
    };
    let mut end = 0;
    for (index, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        end += line.len() as u64;
        let whole = line.last() == Some(&b'\n');
        match scan.line(line.strip_suffix(b"\n").unwrap_or(line), index + 1) {
            Ok(()) => {
                scan.sound_len = end;
                scan.lacks_newline = !whole;
            }
            // Without its newline it was never acknowledged: a torn tail, not damage.
            Err(_) if !whole => {}
            Err(reason) => {
                scan.sound_len = end;
                scan.damage.push(Damage {
                    line: index + 1,
                    reason,
                });
            }
        }
    }
    scan.torn = bytes.len() as u64 - scan.sound_len;
    scan.conversation.id = id.clone();
    scan
}

impl Scan {
    fn line(&mut self, line: &[u8], number: usize) -> Result<(), String> {
        // An appender that did not look leaves its record behind the NULs of a power cut.
        let zeros = line.iter().take_while(|&&byte| byte == 0).count();
        let text = &line[zeros..];
        if text.is_empty() {
            return Err(if zeros > 0 {
                format!("{zeros} NUL bytes")
            } else {
                "an empty line".to_owned()
            });
        }
        let record = match record::decode(text) {
            Ok(record) => record,
            Err(RecordError::Newer { version }) => {
                self.newer = self.newer.max(Some(version));
                return Ok(());
            }
            Err(error) => return Err(error.to_string()),
        };
        if zeros > 0 {
            self.report(number, format!("{zeros} NUL bytes before a record"));
        }
        if record.sequence != self.next_sequence {
            self.report(
                number,
                format!(
                    "record {} where {} was due",
                    record.sequence, self.next_sequence
                ),
            );
        }
        self.next_sequence = self.next_sequence.max(record.sequence.saturating_add(1));
        if let Err(error) = self.conversation.apply(&record.body) {
            self.report(number, error.to_string());
        }
        Ok(())
    }

    fn report(&mut self, line: usize, reason: String) {
        self.damage.push(Damage { line, reason });
    }
}
