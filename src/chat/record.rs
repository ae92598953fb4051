//! What is appended to a conversation's file, and the form it has there.
//!
//! A conversation is what its records add up to. Records are only ever appended; the driver
//! gives each its place in the order.
//!
//! # The format, version 1
//!
//! A file is JSON Lines: UTF-8, one object a line, ended by one `\n`. Every line begins with
//! `v` (the version of the format), `seq` (1, 2, 3 … without gaps) and `type`, and ends with
//! `crc`: the CRC-32 (IEEE 802.3, as zlib's) of the line's bytes up to and without `,"crc":`,
//! as eight lower-case hexadecimal digits. The order is that of `seq`, never that of a time.
//!
//! ```json
//! {"v":1,"seq":2,"type":"message","id":1,"parent":null,"role":"user","created":1735689600000,"text":"Hi","crc":"…"}
//! ```
//!
//! | `type` | fields |
//! |---|---|
//! | `header` | `conversation` (a ULID), `created`, `program`: who began the file |
//! | `message` | `id` (never used again), `parent` (an id, or null for a root), `role`, `created`, content. It becomes the head. |
//! | `begin` | a model starts to write `message`: `model` (its name), `vocabulary` (which ids these are), `template_hash`, `prefix_len` (bytes at the start of the content that no token covers), `think` (whether it was asked to think first; left out where that was left to its template), `sampling` (settings under the names of llama.cpp's; the list of biases in it stays empty), `logit_bias` (`id`, `bias`; a null bias forbids the token) |
//! | `chunk` | text that came for `message`: content, and its `trace` |
//! | `typed` | text that a person put into the answer `message`, after what came of it so far: content; no token covers it |
//! | `thinking` | of the reasoning in the answer `message`: `opened` (by its prompt, so no mark of the answer opens it), `ms` (how long it took; null while it lasts) |
//! | `labels` | the answer `message` was chosen from `labels`, the likeliest first: `label`, `logprob` (of the answer that is this label and nothing else, nats; null where the model holds it impossible), `share` (among all labels, 0 to 1), `tokens` (of the label) |
//! | `pieces` | tokens of `vocabulary` by `id`: content; each is named once a file, before the end of the answer that uses it |
//! | `end` | `message` ended: `stop` (why) or `failure` (a sentence), and `stats` |
//! | `head` | the path that is shown ends with `message` |
//! | `title` | `title`, or null |
//! | `meta` | how the conversation is kept, as far as it changes: `pinned`, `archived`, `tags` (all of them), `source` (what it was called where it was imported from) |
//! | `rating` | a person thinks well or ill of `message`: `rating` is `up`, `down`, or null, which takes it back |
//! | `correction` | a person wrote `message` instead of the answer `corrects` |
//! | `tombstone` | `message` and what follows it are deleted |
//! | `restore` | `message`, which was deleted, is there again with what was deleted with it |
//!
//! Times are milliseconds since the Unix epoch. A content is `text` where it is UTF-8, otherwise
//! `bytes` in base64 (RFC 4648 with padding).
//!
//! A `trace` has `tokens`, their number, and columns: base64 of packed little-endian numbers,
//! one for each token in order. The columns of candidates hold those of the first token, best
//! first, then those of the second, and so on.
//!
//! | column | numbers | meaning |
//! |---|---|---|
//! | `ids` | u32 | the chosen token |
//! | `kinds` | u8 | 0 text, 1 control, 2 end of generation |
//! | `lens` | u32 | bytes of the content that it wrote; their sum is the content's length |
//! | `logprobs` | f32 | its log-probability under the model itself, nats |
//! | `ranks` | u32 | 1 for the most probable; 0 unknown |
//! | `entropies` | f32 | of the whole distribution, nats; NaN unknown |
//! | `outside` | f32 | probability mass outside the candidates that are kept here |
//! | `xtc` | u8 | 1 XTC's lot fell on acting, 2 it did not, 0 none was drawn; left out where it is 0 throughout |
//! | `mirostat` | upper 3 bytes of an f32 | mirostat's bound on the surprise (mu) before the choice, bits; NaN without; left out where it is NaN throughout |
//! | `counts` | u8 | how many candidates are kept |
//! | `candidate_ids` | u32 | one for each candidate |
//! | `candidate_logprobs` | f32 | one for each candidate |
//! | `candidate_links` | u8 | 0 kept; else the sampler that dropped it: 1 `top_k`, 2 `top_p`, 3 `min_p`, 4 `typ_p`, 5 `top_n_sigma`, 6 `xtc`, 7 `mirostat`, 8 `grammar`, 9 `logit_bias`, 10 `greedy` |
//! | `candidate_finals` | f32 | probability after the samplers, one for each candidate whose link is 0; the others' is 0 |
//!
//! A reader leaves out fields that it does not know, and takes the default for settings and
//! statistics that are missing.

mod columns;
mod meta;
mod outline;
mod wire;

pub use meta::MetaChange;
pub use outline::{ChunkOutline, outline};

use super::{ConversationId, MessageId, Rating};
use crate::inference::{
    GenerationStats, LabelOdds, Piece, Role, SamplerSettings, StopReason, TokenTrace,
};
use crate::words::chat::files as words;

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// How many candidates of a token a record can hold.
pub const MAX_CANDIDATES: usize = u8::MAX as usize;

/// A line of the file: what happened, and where in the order.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Counts up by one from 1; order is by this, never by time.
    pub sequence: u64,
    pub body: RecordBody,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordBody {
    /// The first record of every file.
    Header {
        conversation: ConversationId,
        created: u64,
        program: String,
    },
    /// A message, whole, or the empty beginning of an answer.
    Message {
        id: MessageId,
        parent: Option<MessageId>,
        role: Role,
        created: u64,
        content: Vec<u8>,
    },
    /// A model starts to write `message`.
    Begin {
        message: MessageId,
        model: String,
        vocabulary: String,
        template_hash: String,
        sampling: Box<SamplerSettings>,
        /// Bytes at the start of the content that no trace covers. An answer that is gone on
        /// with keeps its own.
        prefix_len: usize,
        /// Whether the model was asked to think first; `None` left it to its template.
        think: Option<bool>,
    },
    /// Text that came, with its traces; at most every 2 s while it streams.
    Chunk {
        message: MessageId,
        content: Vec<u8>,
        traces: Vec<TokenTrace>,
    },
    /// Text that a person typed where the model would have gone on; no trace covers it.
    Typed {
        message: MessageId,
        content: Vec<u8>,
    },
    /// What is to be known of an answer's reasoning beside its text.
    Thinking {
        message: MessageId,
        /// The prompt opened it.
        opened: bool,
        /// Milliseconds that it took; `None` while it lasts.
        ms: Option<u64>,
    },
    /// The labels that an answer was chosen from, the likeliest first.
    Labels {
        message: MessageId,
        labels: Vec<LabelOdds>,
    },
    /// Tokens named by traces for the first time in this file.
    Pieces {
        vocabulary: String,
        pieces: Vec<Piece>,
    },
    End {
        message: MessageId,
        stop: Option<StopReason>,
        failure: Option<String>,
        stats: Option<Box<GenerationStats>>,
    },
    /// Which path is shown.
    Head {
        message: Option<MessageId>,
    },
    Title {
        title: Option<String>,
    },
    /// How the conversation is kept.
    Meta(MetaChange),
    /// What a person thinks of a message; `None` takes it back.
    Rating {
        message: MessageId,
        rating: Option<Rating>,
    },
    /// A person wrote `message` instead of an answer.
    Correction {
        message: MessageId,
        corrects: MessageId,
    },
    /// The message and what follows it are deleted.
    Tombstone {
        message: MessageId,
    },
    /// What a tombstone took away is there again.
    Restore {
        message: MessageId,
    },
}

/// A line that is no record of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Cut off, filled with NUL, or never one of ours.
    #[error("{}", words::TORN)]
    Torn,
    #[error("{}", words::checksum(found, expected))]
    Checksum { expected: String, found: String },
    /// Written by a newer program: to be read only, and not by this one.
    #[error("{}", words::newer(version, VERSION))]
    Newer { version: u32 },
    #[error("{}", words::unknown_type(name))]
    UnknownType { name: String },
    #[error("{}", words::malformed(reason))]
    Malformed { reason: String },
}

/// A record as one line of a file, without the line's end.
#[must_use]
pub fn encode(record: &Record) -> String {
    let body = wire::to_json(&record.body);
    // The body is an object: its fields follow the two that every record has.
    let mut line = format!("{{\"v\":{VERSION},\"seq\":{},", record.sequence);
    line.push_str(&body[1..body.len() - 1]);
    let crc = crc32fast::hash(line.as_bytes());
    line.push_str(&checksum(crc));
    line
}

/// Reads a line of a file; an end of line is left out.
///
/// # Errors
/// See [`RecordError`]. The lines after it can still be read.
pub fn decode(line: impl AsRef<[u8]>) -> Result<Record, RecordError> {
    let line = std::str::from_utf8(line.as_ref()).map_err(|_| RecordError::Torn)?;
    let line = line.trim_end_matches(['\n', '\r']);
    let head = wire::head(line).ok_or(RecordError::Torn)?;
    if head.v > VERSION {
        return Err(RecordError::Newer { version: head.v });
    }
    let (covered, found) = line
        .rfind(CRC_KEY)
        .map(|at| line.split_at(at))
        .ok_or(RecordError::Torn)?;
    let expected = checksum(crc32fast::hash(covered.as_bytes()));
    if found != expected {
        let digits = |field: &str| {
            field
                .trim_start_matches(CRC_KEY)
                .trim_end_matches("\"}")
                .to_owned()
        };
        return Err(RecordError::Checksum {
            expected: digits(&expected),
            found: digits(found),
        });
    }
    let body = wire::from_json(line, &head.kind)?;
    Ok(Record {
        sequence: head.seq,
        body,
    })
}

const CRC_KEY: &str = ",\"crc\":\"";

fn checksum(crc: u32) -> String {
    format!("{CRC_KEY}{crc:08x}\"}}")
}

#[cfg(test)]
mod tests;
