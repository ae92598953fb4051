//! The conversation: a tree of messages, the session that decides, and the form it is kept in.
//!
//! Everything here is pure: no IO, no clock, no randomness. [`session::Session`] takes an
//! [`Event`] and returns [`Effect`]s as data; the driver carries them out.
//!
//! | file | idea |
//! |---|---|
//! | `conversation.rs` | the tree: a message knows its parent, the head says which path is shown |
//! | `event.rs` | what can happen to a session, and what it asks for |
//! | `record.rs` | what is appended to a conversation's file |
//! | `session.rs` | the state machine |

pub mod conversation;
pub mod event;
pub mod record;
pub mod session;

pub use conversation::{
    Answer, AnswerState, ApplyError, Conversation, ConversationId, MessageId, Node, Pieces,
};
pub use event::{Effect, Event, Notice, Now, Severity, UserEvent};
pub use record::{Record, RecordBody};
pub use session::{Activity, ContextPolicy, EngineStatus, Session, SessionOptions};
