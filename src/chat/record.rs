//! What is appended to a conversation's file.
//!
//! A conversation is what its records add up to. Records are only ever appended; the driver
//! gives each a sequence number and a checksum.

use serde::{Deserialize, Serialize};

use super::{ConversationId, MessageId};
use crate::inference::{GenerationStats, Piece, Role, SamplerSettings, StopReason, TokenTrace};

/// A line of the file: what happened, and where in the order.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Counts up by one from 1; order is by this, never by time.
    pub sequence: u64,
    pub body: RecordBody,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
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
        prefix_len: usize,
    },
    /// Text that came, with its traces; at most every 2 s while it streams.
    Chunk {
        message: MessageId,
        content: Vec<u8>,
        traces: Vec<TokenTrace>,
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
    /// The message and what follows it are deleted.
    Tombstone {
        message: MessageId,
    },
}
