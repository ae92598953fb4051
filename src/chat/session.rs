//! The state machine of a conversation: an event in, effects out.
//!
//! It does no IO, knows no clock and draws no random numbers: the time is an argument, and new
//! ids come with the events that need them. A front end draws what the accessors say.
//!
//! ```text
//!            Submit                Generate sent           Prefill            Token
//!  Idle -------------> Waiting ---------------> Waiting ----------> Prefill -------> Generating
//!   ^   (no model yet: until Loaded)               |                   |                 |
//!   |                                              +-------- Stop -----+-----------------+
//!   |                                                         v                          |
//!   +------------- Finished, Failed, Exited ------------- Stopping      Finished         |
//!   +------------------------------------------------------------------------------------+
//! ```

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Conversation, ConversationId, Effect, Event, MessageId, Now};
use crate::inference::{
    EngineError, EngineExit, GenerationStats, LoadRequest, ModelInfo, RequestId, SamplerSettings,
};

/// How a session works; what its events change is changed in here.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionOptions {
    pub sampling: SamplerSettings,
    /// Tokens of an answer at most; `None`: until the model stops or the context is full.
    pub max_tokens: Option<u32>,
    /// Texts that end an answer.
    pub stop: Vec<String>,
    /// How many candidates the engine reports with each token.
    pub candidates: u16,
    /// How many of them are written to the history.
    pub stored_candidates: usize,
    /// The system prompt that a new conversation begins with.
    pub system: Option<String>,
    pub context_full: ContextPolicy,
    /// No template: the model goes on with the plain text of the conversation, as base models
    /// do.
    pub raw: bool,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
    /// How a model is loaded; its path and request are replaced. `None`: as
    /// [`LoadRequest::new`] says.
    pub load: Option<LoadRequest>,
    /// Whether conversations are written down; `false` is incognito, or history switched off.
    pub record: bool,
    /// The session numbers its requests from here up. Whoever else talks to the same engine
    /// takes numbers below.
    pub first_request: RequestId,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            sampling: SamplerSettings::default(),
            max_tokens: None,
            stop: Vec::new(),
            candidates: 40,
            stored_candidates: 20,
            system: None,
            context_full: ContextPolicy::Stop,
            raw: false,
            chat_template: None,
            load: None,
            record: true,
            first_request: RequestId(1 << 32),
        }
    }
}

/// What happens when a conversation no longer fits the context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContextPolicy {
    /// Stop and say so.
    #[default]
    Stop,
    /// Send without the oldest turns, and say so; the system message stays. They remain in the
    /// conversation.
    DropOldest,
}

/// What is known of the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum EngineStatus {
    NoModel,
    Loading {
        path: PathBuf,
        /// 0..=1.
        fraction: f32,
        /// [`Now::monotonic`] when it began.
        since: Duration,
    },
    Ready(Box<ModelInfo>),
    /// It died; the next message starts it again.
    Died(EngineExit),
    /// The model could not be loaded, or is refused; why.
    Refused(EngineError),
}

/// What the session is doing. `since` is [`Now::monotonic`] when it began.
#[derive(Debug, Clone, PartialEq)]
pub enum Activity {
    Idle,
    /// For the model to be loaded, or for the engine to begin.
    Waiting {
        since: Duration,
    },
    /// The prompt is being read; tokens, as in `EngineEvent::Prefill`.
    Prefill {
        done: u32,
        total: u32,
        reused: u32,
        since: Duration,
    },
    /// `tokens` have come since the first one did.
    Generating {
        message: MessageId,
        tokens: u32,
        since: Duration,
    },
    /// Stop was asked for; the engine has not confirmed it yet.
    Stopping {
        since: Duration,
    },
}

/// A conversation and the engine that answers in it.
#[derive(Debug)]
pub struct Session {
    options: SessionOptions,
    conversation: Conversation,
    engine: EngineStatus,
    activity: Activity,
    queue: VecDeque<String>,
    /// A system prompt that was set and is not in the tree yet; `Some(None)` removes it.
    system: Option<Option<String>>,
    last_stats: Option<GenerationStats>,
    read_only: bool,
    unsaved: Option<String>,
}

impl Session {
    /// A session with an empty conversation and no model. Nothing is written before the first
    /// message.
    #[must_use]
    pub fn new(options: SessionOptions, conversation: ConversationId, now: Now) -> Self {
        Self {
            system: Some(options.system.clone()),
            options,
            conversation: Conversation::new(conversation, now.wall),
            engine: EngineStatus::NoModel,
            activity: Activity::Idle,
            queue: VecDeque::new(),
            last_stats: None,
            read_only: false,
            unsaved: None,
        }
    }

    /// Takes in what happened, and returns what is to be done, in this order.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let _ = (event, now);
        Vec::new()
    }

    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
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
        match &self.engine {
            EngineStatus::Ready(model) => Some(model),
            _ => None,
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

    /// The message being answered, once its answer is in the tree.
    #[must_use]
    pub fn running(&self) -> Option<MessageId> {
        None
    }

    /// The queued message that [`super::UserEvent::Unqueue`] would take back: the last one.
    #[must_use]
    pub fn queued(&self) -> Option<&str> {
        self.queue.back().map(String::as_str)
    }

    /// All queued messages, in the order they will be sent.
    pub fn queue(&self) -> impl Iterator<Item = &str> {
        self.queue.iter().map(String::as_str)
    }

    #[must_use]
    pub fn sampling(&self) -> &SamplerSettings {
        &self.options.sampling
    }

    /// The system prompt that the next message is sent with.
    #[must_use]
    pub fn system(&self) -> Option<String> {
        self.system.clone().flatten()
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

    /// Whether the conversation is open in another program, or is of a newer version.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Whether what is said now is written down.
    #[must_use]
    pub fn is_recording(&self) -> bool {
        self.options.record && !self.read_only
    }

    /// Why what is shown is not on disk, while that is so.
    #[must_use]
    pub fn unsaved(&self) -> Option<&str> {
        self.unsaved.as_deref()
    }

    /// The file of the model that is loaded or being loaded.
    #[must_use]
    pub fn model_path(&self) -> Option<&Path> {
        match &self.engine {
            EngineStatus::Loading { path, .. } => Some(path),
            EngineStatus::Ready(model) => Some(&model.path),
            EngineStatus::Died(exit) => exit.model.as_deref(),
            EngineStatus::NoModel | EngineStatus::Refused(_) => None,
        }
    }
}
