//! What a conversation's file says, however badly it was treated.
//!
//! A power cut or a kill can leave the last line torn, half a character long, or filled with
//! NUL bytes: that tail is cut off before the next append. Damage elsewhere is reported and
//! skipped; the records around it still count.

use std::io;
use std::sync::Arc;

use super::disk::LogFile;
use crate::chat::record::{self, RecordError};
use crate::chat::{Conversation, ConversationId, TraceFile, TracePlace};
use crate::words::driver as words;

/// Bytes that are read at once.
const STEP: usize = 1 << 20;

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
    let mut scanner = Scanner::new(id, None);
    scanner.feed(bytes);
    scanner.end()
}

/// Reads a file, piece by piece. With `traces`, the same file by another handle, the odds of
/// its tokens are left there until someone looks at them.
pub(super) fn scan_file(
    file: &dyn LogFile,
    id: &ConversationId,
    traces: Option<Arc<TraceFile>>,
) -> io::Result<Scan> {
    let mut scanner = Scanner::new(id, traces);
    let mut bytes = vec![0; STEP];
    let mut at = 0;
    loop {
        match file.read_at(at, &mut bytes) {
            Ok(0) => return Ok(scanner.end()),
            Ok(count) => {
                scanner.feed(&bytes[..count]);
                at += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

struct Scanner {
    scan: Scan,
    id: ConversationId,
    traces: Option<Arc<TraceFile>>,
    /// The beginning of a line whose end has not come.
    begun: Vec<u8>,
    /// Where that line begins.
    at: u64,
    lines: usize,
}

impl Scanner {
    fn new(id: &ConversationId, traces: Option<Arc<TraceFile>>) -> Self {
        Self {
            scan: Scan {
                conversation: Conversation::new(id.clone(), 0),
                sound_len: 0,
                lacks_newline: false,
                torn: 0,
                next_sequence: 1,
                damage: Vec::new(),
                newer: None,
            },
            id: id.clone(),
            traces,
            begun: Vec::new(),
            at: 0,
            lines: 0,
        }
    }

    fn feed(&mut self, mut bytes: &[u8]) {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, rest) = bytes.split_at(end);
            bytes = &rest[1..];
            if self.begun.is_empty() {
                self.line(line, true);
            } else {
                let mut begun = std::mem::take(&mut self.begun);
                begun.extend_from_slice(line);
                self.line(&begun, true);
            }
        }
        self.begun.extend_from_slice(bytes);
    }

    fn line(&mut self, line: &[u8], whole: bool) {
        let end = self.at + line.len() as u64 + u64::from(whole);
        self.lines += 1;
        let number = self.lines;
        let read = self.scan.line(line, number, self.at, self.traces.as_ref());
        self.at = end;
        match read {
            Ok(()) => {
                self.scan.sound_len = end;
                self.scan.lacks_newline = !whole;
            }
            // Without its newline it was never acknowledged: a torn tail, not damage.
            Err(_) if !whole => {}
            Err(reason) => {
                self.scan.sound_len = end;
                self.scan.report(number, reason);
            }
        }
    }

    fn end(mut self) -> Scan {
        let begun = std::mem::take(&mut self.begun);
        if !begun.is_empty() {
            self.line(&begun, false);
        }
        let Self {
            mut scan, id, at, ..
        } = self;
        scan.torn = at - scan.sound_len;
        scan.conversation.id = id;
        scan.conversation.shrink();
        scan
    }
}

impl Scan {
    /// Takes in the line that begins at byte `at`.
    fn line(
        &mut self,
        line: &[u8],
        number: usize,
        at: u64,
        traces: Option<&Arc<TraceFile>>,
    ) -> Result<(), String> {
        // An appender that did not look leaves its record behind the NULs of a power cut.
        let zeros = line.iter().take_while(|&&byte| byte == 0).count();
        let text = &line[zeros..];
        if text.is_empty() {
            return Err(if zeros > 0 {
                words::nul_bytes(zeros)
            } else {
                words::EMPTY_LINE.into()
            });
        }
        if let Some(file) = traces
            && let Some(chunk) = record::outline(text)
        {
            self.in_order(chunk.sequence, number, zeros);
            let place = TracePlace {
                at: at + zeros as u64,
                len: text.len(),
            };
            if let Err(error) = self.conversation.apply_outline(chunk, file, place) {
                self.report(number, error.to_string());
            }
            return Ok(());
        }
        let record = match record::decode(text) {
            Ok(record) => record,
            Err(RecordError::Newer { version }) => {
                self.newer = self.newer.max(Some(version));
                return Ok(());
            }
            Err(error) => return Err(error.to_string()),
        };
        self.in_order(record.sequence, number, zeros);
        if let Err(error) = self.conversation.apply(&record.body) {
            self.report(number, error.to_string());
        }
        Ok(())
    }

    /// Reports what is wrong before a record, and expects the one after it.
    fn in_order(&mut self, sequence: u64, number: usize, zeros: usize) {
        if zeros > 0 {
            self.report(number, words::nul_bytes_before(zeros));
        }
        if sequence != self.next_sequence {
            self.report(number, words::out_of_order(sequence, self.next_sequence));
        }
        self.next_sequence = self.next_sequence.max(sequence.saturating_add(1));
    }

    fn report(&mut self, line: usize, reason: String) {
        self.damage.push(Damage { line, reason });
    }
}
