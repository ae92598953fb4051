//! What an engine can refuse, and how it can die.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ConstraintError;

/// A request that could not be carried out. The text says what to do where there is
/// something to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum EngineError {
    #[error("cannot load {}: {reason}", path.display())]
    ModelNotLoadable { path: PathBuf, reason: String },
    #[error("no model is loaded")]
    NoModel,
    #[error("the prompt has {tokens} tokens and {limit} fit; {hint}")]
    PromptTooLong {
        tokens: u32,
        limit: u32,
        hint: String,
    },
    #[error("the prompt is empty")]
    EmptyPrompt,
    #[error("the chat template failed: {reason}")]
    Template { reason: String },
    #[error("the sampler settings cannot be used: {reason}")]
    Sampling { reason: String },
    #[error("{0}")]
    Constraint(Box<ConstraintError>),
    #[error("decoding failed: {reason}")]
    Decode { reason: String },
    #[error(
        "the attention weights of this model (architecture {architecture}) cannot be read: it \
         computes none, or in a form that limpid does not know"
    )]
    NoAttention { architecture: String },
    #[error("cancelled")]
    Cancelled,
    #[error("{0}")]
    Died(EngineExit),
    #[error("{reason}")]
    Refused { reason: String },
    #[error("the engine's channel broke: {reason}")]
    Protocol { reason: String },
    #[error("{reason}")]
    Network { reason: String },
}

impl EngineError {
    /// The logits are not numbers.
    #[must_use]
    pub fn no_usable_numbers() -> Self {
        Self::Decode {
            reason: "the model computed no usable numbers; its file may be damaged".to_owned(),
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
        f.write_str("the engine died")?;
        match (self.signal, self.code) {
            (Some(signal), _) => write!(f, " by signal {signal}{}", signal_name(signal))?,
            (None, Some(code)) => write!(f, " with exit code {code}")?,
            (None, None) => {}
        }
        if let Some(model) = &self.model {
            write!(f, " on {}", model.display())?;
        }
        Ok(())
    }
}

fn signal_name(signal: i32) -> &'static str {
    match signal {
        4 => " (SIGILL: built for another processor?)",
        6 => " (SIGABRT: llama.cpp gave up on this file)",
        7 => " (SIGBUS: the model file shrank while it was in use?)",
        9 => " (SIGKILL: out of memory? try a smaller model or -c)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        31 => " (SIGSYS: stopped by the sandbox)",
        _ => "",
    }
}
