//! What can happen to a session, and what it asks for in return.

use std::path::PathBuf;
use std::time::Duration;

use super::{Conversation, ConversationId, Keeping, MessageId, Rating, RecordBody};
use crate::inference::{EngineCommand, EngineEvent, RenderedPiece, SamplerSettings, Task, TokenId};

/// The time, as the driver read it. Order and durations come from `monotonic` alone, since the
/// wall clock may be set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since the Unix epoch.
    pub wall: u64,
    /// Since the program started.
    pub monotonic: Duration,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    User(UserEvent),
    Engine(EngineEvent),
    /// A stored conversation was read, with what its reader had to say (repairs, damage). It
    /// becomes the current one.
    Opened {
        conversation: Box<Conversation>,
        read_only: bool,
        notices: Vec<Notice>,
    },
    /// A stored conversation could not be read; the current one stays.
    OpenFailed {
        conversation: ConversationId,
        reason: String,
    },
    /// A conversation from elsewhere, which is on no disk yet. It becomes the current one, and
    /// is written whole if conversations are.
    Imported(Box<Conversation>),
    /// Writing failed: what was shown as sent is not on disk.
    NotSaved {
        reason: String,
    },
    /// Writing works again.
    SavedAgain,
    /// Time passed. Sent about once a second while an answer runs, so that what came is written
    /// even when the next token is slow.
    Tick,
}

/// What a person asked for, whichever front end they asked it in.
#[derive(Debug, Clone, PartialEq)]
pub enum UserEvent {
    /// Sends a message; queued while an answer runs.
    Submit(String),
    /// Stops the running answer and keeps what came.
    Stop,
    /// Takes the queued message back.
    Unqueue,
    /// Asks for the last answer once more, as a sibling.
    Regenerate,
    /// Asks for another answer to this message, or for another one than this answer.
    AnswerAgain(MessageId),
    /// Goes on with an answer that was cut.
    Continue,
    /// Says a message differently: a sibling. One of the user's is answered anew; an answer
    /// stands as it was typed, and can be gone on with.
    Edit {
        message: MessageId,
        text: String,
    },
    /// Steps back before the last exchange; the branch stays in the tree.
    Undo,
    /// Goes on from `candidate` instead of the token at `index` of an answer: a sibling that
    /// shares the text before it.
    BranchAt {
        message: MessageId,
        index: usize,
        candidate: TokenId,
    },
    /// Goes on from `text` instead of the token at `index` of an answer: a sibling that shares
    /// what came before that token. With as many as the answer has tokens, all of it.
    ContinueWith {
        message: MessageId,
        index: usize,
        text: String,
    },
    /// Writes several continuations from the token at `index` of an answer on, none of which
    /// begins with that token: siblings, decoded together. What is shown stays shown.
    FanOut {
        message: MessageId,
        index: usize,
        branches: u16,
    },
    /// Shows the sibling `offset` places further among the answers of `message`'s parent.
    Sibling {
        message: MessageId,
        offset: isize,
    },
    /// Makes this message's path the one shown, on to its newest leaf.
    Show(MessageId),
    /// Deletes a message and what follows it, with a record that says so.
    Delete(MessageId),
    /// Brings back what was deleted last.
    Restore,
    /// Begins a new conversation under this id.
    New(ConversationId),
    /// Goes on in a copy of this conversation under a new id, as one must where the original
    /// is open in another program.
    Fork(ConversationId),
    Open(ConversationId),
    Rename(String),
    /// Has the model name the conversation; its first words stand for it where that fails.
    AskTitle,
    /// Says how this conversation is kept.
    Keep(Keeping),
    /// Says what one thinks of an answer; `None` takes it back.
    Rate {
        message: MessageId,
        rating: Option<Rating>,
    },
    /// Says an answer as it should have been: a sibling that no model writes.
    Correct {
        message: MessageId,
        text: String,
    },
    /// `None` removes it. Concerns this conversation from its next message on.
    System(Option<String>),
    /// What the next answer begins with; `None` takes it back.
    Prefill(Option<String>),
    Sampling(Box<SamplerSettings>),
    /// Puts the next message to the model as this task; `None`: as it is.
    Task(Option<Box<Task>>),
    MaxTokens(Option<u32>),
    /// How many candidates the engine reports with each token.
    Candidates(u16),
    /// Down to which probability mass together candidates are shown, 0..=1.
    CandidateMass(f32),
    /// Whether the model is asked to think before it answers; `None` leaves it to its template.
    Think(Option<bool>),
    /// A resolved model file.
    LoadModel(PathBuf),
    /// `true`: nothing is written from now on. `false`: this conversation is kept again, with
    /// what was said meanwhile.
    Incognito(bool),
    /// Asks for the exact prompt that the model would see next; it comes as [`Effect::Prompt`].
    ShowPrompt,
    /// Asks how a message that nobody generated is cut into tokens; the answer is
    /// `Session::reading`.
    Read(MessageId),
    /// Asks how many tokens a text has that is being typed; the answer is `Session::weight`.
    Weigh(String),
    /// Asks what the model holds of the tokens of such a message.
    Score(MessageId),
    /// Asks what the samplers would make of a token of an answer with the settings of now; what
    /// comes of it is `Session::reconsideration`.
    Reconsider {
        message: MessageId,
        index: usize,
    },
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// A sentence for the user; raw text, sanitise when shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub severity: Severity,
    pub text: String,
}

/// What the driver is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Engine(EngineCommand),
    /// Append to the conversation's file, in order. `sync`: it must be on disk before the next
    /// effect is carried out.
    Append {
        conversation: ConversationId,
        records: Vec<RecordBody>,
        sync: bool,
    },
    /// Read this conversation and come back with [`Event::Opened`].
    Open(ConversationId),
    /// Let go of the conversation's file and lock.
    Close(ConversationId),
    Notify(Notice),
    /// The exact prompt, as [`UserEvent::ShowPrompt`] asked for it.
    Prompt(Vec<RenderedPiece>),
}
