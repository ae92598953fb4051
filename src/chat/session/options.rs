//! How a session works, and what it says of itself.

use std::path::PathBuf;
use std::time::Duration;

use crate::chat::MessageId;
use crate::inference::{
    EngineError, EngineExit, LoadRequest, ModelInfo, RequestId, SamplerSettings,
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
    /// Down to which probability mass together they are shown, 0..=1; 1 shows all.
    pub candidate_mass: f32,
    /// How many of them are written to the history.
    pub stored_candidates: usize,
    /// The system prompt that a new conversation begins with.
    pub system: Option<String>,
    /// What the first answer begins with.
    pub prefill: Option<String>,
    pub context_full: ContextPolicy,
    /// No template: the model goes on with the plain text of the conversation, as base models
    /// do.
    pub raw: bool,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
    /// Whether the model is asked to think before it answers; `None` leaves it to its template.
    pub think: Option<bool>,
    /// How a model is loaded; its path and request are replaced. `None`: as
    /// [`LoadRequest::new`] says.
    pub load: Option<LoadRequest>,
    /// Whether conversations are written down; `false` is incognito, or history switched off.
    pub record: bool,
    /// Whether the computed tokens before the user's first message may be kept where the
    /// conversation is not.
    pub keep_opening: bool,
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
            candidate_mass: 1.0,
            stored_candidates: 20,
            system: None,
            prefill: None,
            context_full: ContextPolicy::Stop,
            raw: false,
            chat_template: None,
            think: None,
            load: None,
            record: true,
            keep_opening: false,
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
    /// As [`DropOldest`](Self::DropOldest), and the model writes a summary first, which is sent
    /// instead of what is left out.
    Summarise,
}

/// What is known of the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum EngineStatus {
    NoModel,
    Loading {
        path: PathBuf,
        /// 0..=1.
        fraction: f32,
        /// [`crate::chat::Now::monotonic`] when it began.
        since: Duration,
    },
    Ready(Box<ModelInfo>),
    /// It died; the next message starts it again.
    Died(EngineExit),
    /// The model could not be loaded, or is refused; why.
    Refused(EngineError),
}

/// What the session is doing. `since` is [`crate::chat::Now::monotonic`] when it began.
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
