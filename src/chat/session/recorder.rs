//! What is written, and when.

use std::time::Duration;

use crate::chat::conversation::stored;
use crate::chat::{Conversation, Effect, MessageId, RecordBody};
use crate::inference::{Piece, TokenTrace};

/// At most this much of a stream is lost when the machine stops.
const FLUSH_EVERY: Duration = Duration::from_secs(2);

/// Turns what happens to a conversation into appends to its file.
#[derive(Debug)]
pub(super) struct Recorder {
    on: bool,
    candidates: usize,
    /// Whether the file has its header, or the held records begin with it.
    header: bool,
    /// What was not written while recording was off, in case it is to be kept after all.
    held: Vec<RecordBody>,
    stream: Option<Stream>,
}

/// How much of the answer that is being written is on its way to the file.
#[derive(Debug)]
struct Stream {
    message: MessageId,
    vocabulary: String,
    bytes: usize,
    traces: usize,
    pieces: Vec<Piece>,
    flushed: Duration,
}

impl Recorder {
    pub(super) fn new(on: bool, candidates: usize) -> Self {
        Self {
            on,
            candidates,
            header: false,
            held: Vec::new(),
            stream: None,
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    /// Whether there is a file with something in it.
    pub(super) fn has_file(&self) -> bool {
        self.header && !matches!(self.held.first(), Some(RecordBody::Header { .. }))
    }

    /// Begins with a conversation; `on_file` if it was read from its file.
    pub(super) fn restart(&mut self, on_file: bool) {
        self.header = on_file;
        self.held.clear();
        self.stream = None;
    }

    /// Stops writing; what comes is held in memory alone.
    pub(super) fn switch_off(&mut self) {
        self.on = false;
    }

    /// Writes again, beginning with what was held.
    pub(super) fn switch_on(&mut self, conversation: &Conversation) -> Option<Effect> {
        self.on = true;
        let held = std::mem::take(&mut self.held);
        (!held.is_empty()).then(|| append(conversation, held, true))
    }

    /// Writes records, after the header if the file has none yet. `sync`: they are to be on
    /// disk before the next effect is carried out.
    pub(super) fn write(
        &mut self,
        conversation: &Conversation,
        mut records: Vec<RecordBody>,
        sync: bool,
    ) -> Option<Effect> {
        if records.is_empty() {
            return None;
        }
        for record in &mut records {
            if let RecordBody::Chunk { traces, .. } = record {
                *traces = stored(traces, self.candidates);
            }
        }
        if !self.header {
            self.header = true;
            if !matches!(records[0], RecordBody::Header { .. }) {
                records.insert(0, conversation.header());
            }
        }
        if !self.on {
            self.held.append(&mut records);
            return None;
        }
        Some(append(conversation, records, sync))
    }

    /// An answer begins to stream into `message`; what it holds already is on file.
    pub(super) fn begin_stream(
        &mut self,
        conversation: &Conversation,
        message: MessageId,
        now: Duration,
    ) {
        let Some(node) = conversation.node(message) else {
            return;
        };
        let Some(answer) = &node.answer else { return };
        self.stream = Some(Stream {
            message,
            vocabulary: answer.vocabulary.clone(),
            bytes: node.content.len(),
            traces: answer.traces.len(),
            pieces: Vec::new(),
            flushed: now,
        });
    }

    /// Token pieces that the file has not named yet.
    pub(super) fn add_pieces(&mut self, mut pieces: Vec<Piece>) {
        if let Some(stream) = &mut self.stream {
            stream.pieces.append(&mut pieces);
        }
    }

    /// Whether what came is to be written now.
    pub(super) fn is_due(&self, now: Duration) -> bool {
        self.stream
            .as_ref()
            .is_some_and(|stream| now.saturating_sub(stream.flushed) >= FLUSH_EVERY)
    }

    /// The records of what came since the last flush. Unless it is the `last` one, it ends with
    /// a whole character, so that the file stays readable text.
    pub(super) fn flush(
        &mut self,
        conversation: &Conversation,
        now: Duration,
        last: bool,
    ) -> Vec<RecordBody> {
        let mut records = Vec::new();
        let Some(stream) = &mut self.stream else {
            return records;
        };
        stream.flushed = now;
        if !stream.pieces.is_empty() {
            records.push(RecordBody::Pieces {
                vocabulary: stream.vocabulary.clone(),
                pieces: std::mem::take(&mut stream.pieces),
            });
        }
        if let Some(node) = conversation.node(stream.message)
            && let Some(answer) = &node.answer
        {
            let content = node.content.get(stream.bytes..).unwrap_or_default();
            let traces = answer.traces.get(stream.traces..).unwrap_or_default();
            let (bytes, tokens) = if last {
                (content.len(), traces.len())
            } else {
                whole_characters(content, traces)
            };
            if tokens > 0 {
                records.push(RecordBody::Chunk {
                    message: stream.message,
                    content: content[..bytes].to_vec(),
                    traces: traces[..tokens].to_vec(),
                });
                stream.bytes += bytes;
                stream.traces += tokens;
            }
        }
        if last {
            self.stream = None;
        }
        records
    }
}

fn append(conversation: &Conversation, records: Vec<RecordBody>, sync: bool) -> Effect {
    Effect::Append {
        conversation: conversation.id.clone(),
        records,
        sync,
    }
}

/// How many bytes and tokens of a chunk end with a whole character.
fn whole_characters(content: &[u8], traces: &[TokenTrace]) -> (usize, usize) {
    let whole = match std::str::from_utf8(content) {
        Ok(_) => return (content.len(), traces.len()),
        // Bytes that never become a character are written as they are.
        Err(error) if error.error_len().is_some() => return (content.len(), traces.len()),
        Err(error) => error.valid_up_to(),
    };
    let mut bytes = content.len();
    let mut tokens = traces.len();
    while tokens > 0 && (bytes > whole || content.get(bytes).is_some_and(|&byte| is_inner(byte))) {
        tokens -= 1;
        bytes = bytes.saturating_sub(traces[tokens].text_len as usize);
    }
    (bytes, tokens)
}

/// Whether a byte continues a character of UTF-8.
fn is_inner(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}
