//! What an engine can refuse, and how it can die.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ConstraintError;
use crate::words::{Said, inference as words};

/// A request that could not be carried out. The text says what to do where there is
/// something to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum EngineError {
    #[error("{}", words::cannot_load(path.display(), reason))]
    ModelNotLoadable { path: PathBuf, reason: Said },
    #[error("{}", words::NO_MODEL_LOADED)]
    NoModel,
    #[error("{}", words::prompt_too_long(tokens, limit, hint))]
    PromptTooLong { tokens: u32, limit: u32, hint: Said },
    #[error("{}", words::EMPTY_PROMPT)]
    EmptyPrompt,
    #[error("{}", words::template_failed(reason))]
    Template { reason: Said },
    #[error("{}", words::sampler_settings_unusable(reason))]
    Sampling { reason: Said },
    #[error("{0}")]
    Constraint(Box<ConstraintError>),
    #[error("{}", words::decoding_failed(reason))]
    Decode { reason: Said },
    #[error("{}", words::no_attention(architecture))]
    NoAttention { architecture: String },
    #[error("{}", words::CANCELLED)]
    Cancelled,
    #[error("{0}")]
    Died(EngineExit),
    #[error("{reason}")]
    Refused { reason: Said },
    #[error("{}", words::channel_broke(reason))]
    Protocol { reason: Said },
    #[error("{reason}")]
    Network { reason: Said },
}

impl EngineError {
    /// The logits are not numbers.
    #[must_use]
    pub fn no_usable_numbers() -> Self {
        Self::Decode {
            reason: words::NO_USABLE_NUMBERS.into(),
        }
    }
}

/// How the engine process ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineExit {
    /// The signal that ended it.
    pub signal: Option<i32>,
    pub code: Option<i32>,
    /// The last lines it printed, raw: sanitise before showing.
    pub log: Vec<String>,
    /// The model it was loading or had loaded.
    pub model: Option<PathBuf>,
    /// How many times an engine has died on this model in this session.
    pub deaths: u32,
}

impl std::fmt::Display for EngineExit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let how = match (self.signal, self.code) {
            (Some(signal), _) => Some(by_signal(signal)),
            (None, Some(code)) => Some(words::with_exit_code(code)),
            (None, None) => None,
        };
        let model = self.model.as_ref().map(|path| path.display());
        f.write_str(&match (how, model) {
            (Some(how), Some(model)) => words::engine_died_on_so(how, model),
            (Some(how), None) => words::engine_died(how),
            (None, Some(model)) => words::engine_died_on(model),
            (None, None) => words::ENGINE_DIED.into(),
        })
    }
}

fn by_signal(signal: i32) -> String {
    let (name, meaning) = match signal {
        4 => ("SIGILL", words::OTHER_PROCESSOR),
        6 => ("SIGABRT", words::LLAMA_GAVE_UP),
        7 => ("SIGBUS", words::FILE_SHRANK),
        9 => ("SIGKILL", words::OUT_OF_MEMORY),
        11 => return words::by_named_signal(signal, "SIGSEGV"),
        15 => return words::by_named_signal(signal, "SIGTERM"),
        31 => ("SIGSYS", words::STOPPED_BY_SANDBOX),
        _ => return words::by_signal(signal),
    };
    words::by_signal_that_means(signal, name, meaning)
}
