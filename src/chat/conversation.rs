//! The tree of messages.
//!
//! Branches come free: a regenerated or edited message is a sibling, and nothing is removed.
//! The **head** is the leaf whose path from the root is the conversation as it is shown.

mod apply;
mod growth;
mod mutate;
mod query;
mod records;
mod thinking;
mod traces;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use apply::ApplyError;
pub use growth::Growth;
pub use records::{PROGRAM, stored};
pub use thinking::Thinking;
pub use traces::{Outline, TraceFile, TracePlace, TraceSource, Traces};

use super::keeping::{Keeping, Rating};
use crate::inference::{GenerationStats, LabelOdds, Role, SamplerSettings, StopReason, TokenId};

/// Names a conversation, and its file: 26 characters that sort by creation (a ULID).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConversationId(pub String);

/// Numbers a message within its conversation, in the order of creation, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub u64);

/// Token ids to their bytes, for one model's vocabulary.
pub type Pieces = HashMap<TokenId, Vec<u8>>;

/// How far an answer has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AnswerState {
    /// Asked for; the prompt is being read or the model loaded.
    Waiting,
    Streaming,
    Ended(StopReason),
    /// Cut off by a failure; the sentence that was shown. What came stays.
    Failed(String),
}

/// What is known of a message that a model wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Display name of the model, raw.
    pub model: String,
    /// Selects the table of pieces: the model's sha256 once known, else its path.
    pub vocabulary: String,
    /// Of the chat template, as in `ModelInfo::template_hash`; empty without one.
    pub template_hash: String,
    pub sampling: SamplerSettings,
    /// Whether the model was asked to think first; `None` left it to its template.
    pub asked_to_think: Option<bool>,
    pub thinking: Thinking,
    /// One for each token, in order; the sum of their `text_len` is the length of the text
    /// they wrote. What was typed by hand has no traces.
    pub traces: Traces,
    /// Bytes at the start of the content that no trace covers.
    pub prefix_len: usize,
    /// What else no trace covers: text that was put between tokens, or after the last one.
    pub typed: Vec<Typed>,
    /// What it was chosen from, the likeliest first; empty where the model wrote it.
    pub labels: Vec<LabelOdds>,
    pub state: AnswerState,
    pub stats: Option<GenerationStats>,
}

/// Text in an answer that a person typed, where the model had said something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// Tokens of the answer before it, at least 1; goes up from one to the next.
    pub after: usize,
    /// Bytes.
    pub len: usize,
}

/// As much of an answer as was typed, or as was written by tokens, in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Of the content.
    pub bytes: Range<usize>,
    /// Of the traces; empty where it was typed.
    pub tokens: Range<usize>,
}

/// A message in the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub id: MessageId,
    pub parent: Option<MessageId>,
    pub children: Vec<MessageId>,
    pub role: Role,
    /// Exact bytes, raw; a model may write what is no UTF-8. Sanitise when shown.
    pub content: Vec<u8>,
    /// `Some` where a model wrote it.
    pub answer: Option<Box<Answer>>,
    /// Goes up with every change, so that a view can cache what it made of the message.
    pub version: u64,
    /// Milliseconds since the Unix epoch, as the clock told it.
    pub created: u64,
    /// What a person thinks of it.
    pub rating: Option<Rating>,
    /// The answer that a person wrote this instead of.
    pub corrects: Option<MessageId>,
}

/// A conversation: what the records of its file add up to.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: ConversationId,
    /// Chosen by the user; otherwise shown by its first words.
    pub title: Option<String>,
    /// How it is found again.
    pub keeping: Keeping,
    pub created: u64,
    pub nodes: BTreeMap<MessageId, Node>,
    /// Messages without a parent, in order.
    pub roots: Vec<MessageId>,
    pub head: Option<MessageId>,
    /// By [`Answer::vocabulary`].
    pub pieces: HashMap<String, Pieces>,
    /// Goes up with every change to the conversation or one of its messages.
    pub version: u64,
    /// Goes up when messages come or go, or another path is shown; not with their text.
    pub shape: u64,
    /// The number of the next message; those of deleted ones are not used again.
    next: u64,
    /// The tokens that have ended answers, by [`Answer::vocabulary`].
    ends: HashMap<String, BTreeSet<TokenId>>,
    /// Where traces are read back from.
    file: Option<Arc<TraceFile>>,
    /// What was deleted, the last one last.
    deleted: Vec<Deleted>,
}

/// Messages that were deleted together; they can be put back.
#[derive(Debug, Clone, PartialEq)]
struct Deleted {
    /// The first of them.
    message: MessageId,
    nodes: Vec<Node>,
    /// The head, where it was one of them.
    head: Option<MessageId>,
}

/// Where the traces lie, and what is kept beside the messages, makes no difference.
impl PartialEq for Conversation {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.title == other.title
            && self.keeping == other.keeping
            && self.created == other.created
            && self.nodes == other.nodes
            && self.roots == other.roots
            && self.head == other.head
            && self.pieces == other.pieces
            && self.version == other.version
            && self.next == other.next
    }
}

impl std::fmt::Display for ConversationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
