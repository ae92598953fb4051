//! The conversation: a tree of messages, the session that decides, and the form it is kept in.
//!
//! Everything here is pure: no IO, no clock, no randomness. [`session::Session`] takes an
//! [`Event`] and returns [`Effect`]s as data; the driver carries them out.
//!
//! | file | idea |
//! |---|---|
//! | `conversation.rs` | the tree: a message knows its parent, the head says which path is shown |
//! | `branches.rs` | the tree of branches; how two of them differ |
//! | `keeping.rs` | pinned, archived, tagged; what a person thinks of an answer |
//! | `event.rs` | what can happen to a session, and what it asks for |
//! | `reading.rs` | a message that nobody generated, as tokens |
//! | `draft.rs` | what stands in the input and was not sent yet |
//! | `attachment.rs` | files and outputs in a message |
//! | `record.rs` | what is appended to a conversation's file |
//! | `session.rs` | the state machine |
//! | `slash.rs` | the commands that begin with a slash |
//! | `multiline.rs` | messages of several lines, where lines are read |
//! | `show.rs` | what is shown of the model, the answer, the context |
//! | `export.rs` | a conversation as Markdown, JSON, text |
//! | `import.rs` | conversations from other programs |
//! | `odds.rs`, `openai.rs` | a message with its odds, in the shape of the OpenAI API |

pub mod attachment;
pub mod branches;
pub mod conversation;
pub mod draft;
pub mod event;
pub mod export;
pub mod import;
pub mod keeping;
pub mod multiline;
pub mod odds;
pub mod openai;
pub mod reading;
pub mod record;
pub mod session;
pub mod show;
pub mod slash;

pub use conversation::{
    Answer, AnswerState, ApplyError, Conversation, ConversationId, MessageId, Node, Outline,
    Pieces, Thinking, TraceFile, TracePlace, TraceSource, Traces,
};
pub use event::{Effect, Event, Notice, Now, Severity, UserEvent};
pub use export::{ExportFormat, export};
pub use keeping::{Keeping, Rating};
pub use reading::{ReadToken, Reading, ReadingState};
pub use record::{Record, RecordBody};
pub use session::{
    Activity, ContextPolicy, EngineStatus, Reconsideration, Session, SessionOptions,
};
