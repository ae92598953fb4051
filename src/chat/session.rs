//! The state machine of a conversation: an event in, effects out.
//!
//! It does no IO, knows no clock and draws no random numbers: the time is an argument, and new
//! ids come with the events that need them. A front end draws what the accessors say.
//!
//! ```text
//!         Submit            the model is there          Prefill             Token
//!  Idle ---------> Waiting ---- Generate ----> Waiting ---------> Prefill -------> Generating
//!   ^                 |                           |                  |                  |
//!   |                Stop                         +------- Stop -----+------------------+
//!   |                 |                                      v                          |
//!   +-----------------+---- Finished, Failed, Exited --- Stopping        Finished       |
//!   +-----------------------------------------------------------------------------------+
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `options.rs` | how a session works, and what it says of itself |
//! | `user.rs` | what a person asks for |
//! | `edit.rs` | a message said differently, answered again, deleted, brought back |
//! | `typed.rs` | branches of an answer: from another token, from typed words |
//! | `fan.rs` | several branches that are written together |
//! | `keeping.rs` | ratings, corrections, how the conversation is kept |
//! | `tasks.rs` | messages that are put to the model as a task |
//! | `choice.rs` | an answer that is one of some labels |
//! | `switch.rs` | another conversation, another model, written down or not |
//! | `ask.rs` | from a message to a request, and to the end of its answer |
//! | `attention.rs` | what a second engine is to read, up to a token |
//! | `engine.rs` | what the engine says |
//! | `overflow.rs` | a conversation that no longer fits the context |
//! | `prompt.rs` | what the model is given to read |
//! | `reading.rs` | messages that nobody generated, as tokens |
//! | `reconsider.rs` | a place in an answer under the settings of now |
//! | `title.rs` | a title that the model finds |
//! | `recorder.rs` | what is written, and when |

mod ask;
mod attention;
mod choice;
mod edit;
mod engine;
mod fan;
mod forecast;
mod keeping;
mod options;
mod overflow;
mod prompt;
mod reading;
mod reconsider;
mod recorder;
mod switch;
mod tasks;
#[cfg(test)]
mod tests;
mod thinking;
mod title;
mod typed;
mod user;
mod weighing;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

pub use self::attention::Attend;
pub use self::fan::{Continuation, Fan};
pub use self::forecast::{Forecast, about_tokens};
pub use self::options::{Activity, ContextPolicy, EngineStatus, SessionOptions};
pub use self::reconsider::Reconsideration;

use self::ask::{Ask, Running};
use self::overflow::Summarising;
use self::prompt::LeftOut;
use self::reading::Readings;
use self::reconsider::Reconsiderations;
use self::recorder::Recorder;
use self::tasks::Unsent;
use self::title::Titling;
use self::weighing::Weighing;
use super::{Conversation, ConversationId, Effect, Event, MessageId, Notice, Now, Severity};
use crate::inference::{
    EngineCommand, GenerationStats, ModelInfo, RequestId, SamplerSettings, Sharing, Task, TokenId,
};

/// Where the system prompt of the next message comes from.
#[derive(Debug, Default)]
enum SystemPrompt {
    /// It is the one in force on the shown path.
    #[default]
    InTree,
    /// It was set and goes into the tree with the next message; `None` takes it away.
    Next(Option<String>),
}

/// A conversation and the engine that answers in it.
#[derive(Debug)]
pub struct Session {
    options: SessionOptions,
    conversation: Conversation,
    recorder: Recorder,
    engine: EngineStatus,
    /// The model that answers, also while its engine is dead or starts again.
    model: Option<Box<ModelInfo>>,
    /// Who else uses the engine.
    sharing: Sharing,
    /// The last `Load`; an engine that restarts itself reports under its id.
    load: Option<RequestId>,
    activity: Activity,
    running: Option<Running>,
    fan: Option<Fan>,
    /// What is to be asked once a model is there.
    waiting: Option<Ask>,
    queue: VecDeque<Unsent>,
    /// How many conversations are being read, and what is to be said in the last of them.
    opening: u32,
    upcoming: VecDeque<Unsent>,
    /// What the next message is put as.
    task: Option<Box<Task>>,
    /// What messages of this conversation were put as.
    tasks: BTreeMap<MessageId, Box<Task>>,
    system: SystemPrompt,
    /// What the next answer begins with.
    prefill: Option<String>,
    /// What is not sent, since it did not fit.
    left_out: Option<LeftOut>,
    /// The summary of it that is being written.
    summarising: Option<Summarising>,
    rendering: Option<RequestId>,
    titling: Option<Titling>,
    readings: Readings,
    weighing: Weighing,
    reconsidered: Reconsiderations,
    next_request: u64,
    last_stats: Option<GenerationStats>,
    read_only: bool,
    unsaved: Option<String>,
    /// Of the event being handled.
    now: Now,
    effects: Vec<Effect>,
}

impl Session {
    /// A session with an empty conversation and no model. Nothing is written before the first
    /// message.
    #[must_use]
    pub fn new(options: SessionOptions, conversation: ConversationId, now: Now) -> Self {
        Self {
            conversation: Conversation::new(conversation, now.wall),
            recorder: Recorder::new(options.record, options.stored_candidates),
            engine: EngineStatus::NoModel,
            model: None,
            sharing: Sharing::default(),
            load: None,
            activity: Activity::Idle,
            running: None,
            fan: None,
            waiting: None,
            queue: VecDeque::new(),
            opening: 0,
            upcoming: VecDeque::new(),
            task: None,
            tasks: BTreeMap::new(),
            system: SystemPrompt::Next(options.system.clone()),
            prefill: options.prefill.clone().filter(|text| !text.is_empty()),
            left_out: None,
            summarising: None,
            rendering: None,
            titling: None,
            readings: Readings::default(),
            weighing: Weighing::default(),
            reconsidered: Reconsiderations::default(),
            next_request: options.first_request.0,
            last_stats: None,
            read_only: false,
            unsaved: None,
            now,
            effects: Vec::new(),
            options,
        }
    }

    /// Takes in what happened, and returns what is to be done, in this order.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::User(event) => self.on_user(event),
            Event::Engine(event) => self.on_engine(event),
            Event::Opened {
                conversation,
                read_only,
                notices,
            } => {
                self.opened(*conversation, read_only, notices);
            }
            Event::OpenFailed {
                conversation,
                reason,
            } => self.open_failed(&conversation, &reason),
            Event::Imported(conversation) => self.imported(*conversation),
            Event::NotSaved { reason } => self.not_saved(reason),
            Event::SavedAgain => self.saved_again(),
            Event::Tick => self.flush_if_due(),
        }
        std::mem::take(&mut self.effects)
    }

    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// Forgets the traces of stored tokens that were read back, where there are more than
    /// `most`; those that are looked at are read again.
    pub fn let_go_of_traces(&mut self, most: usize) {
        self.conversation.let_go_of_traces(most);
    }

    #[must_use]
    pub fn options(&self) -> &SessionOptions {
        &self.options
    }

    #[must_use]
    pub fn engine(&self) -> &EngineStatus {
        &self.engine
    }

    /// The model that answers; also while its engine is being started again.
    #[must_use]
    pub fn model(&self) -> Option<&ModelInfo> {
        self.model.as_deref()
    }

    /// Who uses the engine, where it is a resident one.
    #[must_use]
    pub fn sharing(&self) -> Sharing {
        self.sharing
    }

    /// The file of the model that is loaded, being loaded, or that failed.
    #[must_use]
    pub fn model_path(&self) -> Option<&Path> {
        match &self.engine {
            EngineStatus::Loading { path, .. } => Some(path),
            EngineStatus::Died(exit) => exit.model.as_deref(),
            _ => self.model().map(|model| model.path.as_path()),
        }
    }

    #[must_use]
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// Whether an answer runs or is waited for.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.activity != Activity::Idle
    }

    /// The answer that is being written or asked for, once it has its place in the tree.
    #[must_use]
    pub fn running(&self) -> Option<MessageId> {
        self.running.as_ref().map(|running| running.message)
    }

    /// Whether the running answer begins inside the model's reasoning, which its prompt opened.
    #[must_use]
    pub fn begins_thinking(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.thinks)
    }

    /// The queued message that [`super::UserEvent::Unqueue`] would take back: the last one.
    #[must_use]
    pub fn queued(&self) -> Option<&str> {
        self.upcoming
            .back()
            .or(self.queue.back())
            .map(|unsent| unsent.text.as_str())
    }

    /// All queued messages, in the order they will be sent.
    pub fn queue(&self) -> impl Iterator<Item = &str> {
        let unsent = self.queue.iter().chain(&self.upcoming);
        unsent.map(|unsent| unsent.text.as_str())
    }

    #[must_use]
    pub fn sampling(&self) -> &SamplerSettings {
        &self.options.sampling
    }

    /// The system prompt that the next message is sent with. Raw.
    #[must_use]
    pub fn system(&self) -> Option<String> {
        match &self.system {
            SystemPrompt::Next(prompt) => prompt.clone(),
            SystemPrompt::InTree => self
                .conversation
                .system_at(self.conversation.head?)
                .map(|node| node.text().into_owned()),
        }
    }

    /// What the next answer begins with. Raw.
    #[must_use]
    pub fn prefill(&self) -> Option<&str> {
        self.prefill.as_deref()
    }

    #[must_use]
    pub fn max_tokens(&self) -> Option<u32> {
        self.options.max_tokens
    }

    /// Of the last answer that ended in this session.
    #[must_use]
    pub fn last_stats(&self) -> Option<&GenerationStats> {
        self.last_stats.as_ref()
    }

    /// The oldest message that is still sent to the model, where those before it no longer fit.
    #[must_use]
    pub fn kept_from(&self) -> Option<MessageId> {
        Some(self.left_out.as_ref()?.kept_from)
    }

    /// What is sent instead of the messages that no longer fit.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.left_out.as_ref()?.summary.as_deref()
    }

    /// Whether the conversation is open in another program, or is of a newer version.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Whether what is said now is written down.
    #[must_use]
    pub fn is_recording(&self) -> bool {
        self.recorder.is_on() && !self.read_only
    }

    /// Why what is shown is not on disk, while that is so.
    #[must_use]
    pub fn unsaved(&self) -> Option<&str> {
        self.unsaved.as_deref()
    }

    /// The tokens that end an answer under this vocabulary: what the loaded model says, or else
    /// those that ended one here.
    #[must_use]
    pub fn end_tokens(&self, vocabulary: &str) -> BTreeSet<TokenId> {
        match self.model() {
            Some(model) if ask::vocabulary(model) == vocabulary => {
                model.end_tokens.iter().copied().collect()
            }
            _ => self.conversation.end_tokens(vocabulary),
        }
    }

    fn request(&mut self) -> RequestId {
        let request = RequestId(self.next_request);
        self.next_request += 1;
        request
    }

    fn send(&mut self, command: EngineCommand) {
        self.effects.push(Effect::Engine(command));
    }

    fn notify(&mut self, severity: Severity, text: impl Into<String>) {
        self.effects.push(Effect::Notify(Notice {
            severity,
            text: text.into(),
        }));
    }
}
