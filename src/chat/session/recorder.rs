//! What is written, and when.

use std::time::Duration;

use crate::chat::conversation::stored;
use crate::chat::{Conversation, Effect, MessageId, Outline, RecordBody};
use crate::inference::Piece;

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
    /// Of the answers that are being written.
    streams: Vec<Stream>,
}

/// How much of an answer that is being written is on its way to the file.
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
            streams: Vec::new(),
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
        self.streams.clear();
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
        self.streams.push(Stream {
            message,
            vocabulary: answer.vocabulary.clone(),
            bytes: node.content.len(),
            traces: answer.traces.len(),
            pieces: Vec::new(),
            flushed: now,
        });
    }

    /// Token pieces of `message` that the file has not named yet.
    pub(super) fn add_pieces(&mut self, message: MessageId, mut pieces: Vec<Piece>) {
        let mut streams = self.streams.iter_mut();
        if let Some(stream) = streams.find(|stream| stream.message == message) {
            stream.pieces.append(&mut pieces);
        }
    }

    /// The records of what came since the last flush, of those answers for which it is time.
    /// Each ends with a whole character, so that the file stays readable text.
    pub(super) fn flush_due(
        &mut self,
        conversation: &Conversation,
        now: Duration,
    ) -> Vec<RecordBody> {
        let due = |stream: &&mut Stream| now.saturating_sub(stream.flushed) >= FLUSH_EVERY;
        let streams = self.streams.iter_mut().filter(due);
        streams
            .flat_map(|stream| {
                stream.flushed = now;
                stream.flush(conversation, false)
            })
            .collect()
    }

    /// The records of what came of `message` since the last flush: it is over.
    pub(super) fn end_stream(
        &mut self,
        conversation: &Conversation,
        message: MessageId,
    ) -> Vec<RecordBody> {
        let place = self.streams.iter().position(|one| one.message == message);
        place.map_or_else(Vec::new, |place| {
            self.streams.remove(place).flush(conversation, true)
        })
    }
}

impl Stream {
    fn flush(&mut self, conversation: &Conversation, last: bool) -> Vec<RecordBody> {
        let mut records = Vec::new();
        if !self.pieces.is_empty() {
            records.push(RecordBody::Pieces {
                vocabulary: self.vocabulary.clone(),
                pieces: std::mem::take(&mut self.pieces),
            });
        }
        if let Some(node) = conversation.node(self.message)
            && let Some(answer) = &node.answer
        {
            let content = node.content.get(self.bytes..).unwrap_or_default();
            let came = self.traces.min(answer.traces.len())..answer.traces.len();
            let (bytes, tokens) = if last {
                (content.len(), came.len())
            } else {
                whole_characters(content, answer.traces.outlines(came.clone()))
            };
            if tokens > 0 {
                records.push(RecordBody::Chunk {
                    message: self.message,
                    content: content[..bytes].to_vec(),
                    traces: answer
                        .traces
                        .range(came.start..came.start + tokens)
                        .cloned()
                        .collect(),
                });
                self.bytes += bytes;
                self.traces += tokens;
            }
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
fn whole_characters(
    content: &[u8],
    outlines: impl DoubleEndedIterator<Item = Outline> + ExactSizeIterator,
) -> (usize, usize) {
    let mut tokens = outlines.len();
    let whole = match std::str::from_utf8(content) {
        Ok(_) => return (content.len(), tokens),
        // Bytes that never become a character are written as they are.
        Err(error) if error.error_len().is_some() => return (content.len(), tokens),
        Err(error) => error.valid_up_to(),
    };
    let mut bytes = content.len();
    let mut last = outlines.rev();
    while (bytes > whole || content.get(bytes).is_some_and(|&byte| is_inner(byte)))
        && let Some(token) = last.next()
    {
        tokens -= 1;
        bytes = bytes.saturating_sub(token.text_len as usize);
    }
    (bytes, tokens)
}

/// Whether a byte continues a character of UTF-8.
fn is_inner(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}
