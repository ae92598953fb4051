//! The kinds of failure: each has an exit code, a sentence, and hints on what to do.

use std::io;
use std::process::ExitCode;

use super::resolve::ResolveError;
use super::talk::VariableError;
use crate::config::{ConfigError, NoFolder};
use crate::inference::{EngineError, Place};
use crate::words::usage as words;

/// How the program ended; the numbers are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    Done = 0,
    Failed = 1,
    /// The command line, a variable or the settings file.
    Usage = 2,
    /// The model was not found, or cannot be loaded.
    Model = 3,
    EngineDied = 4,
    PromptTooLong = 5,
    Network = 6,
    /// Ctrl-C.
    Interrupted = 130,
    /// Whoever read our output is gone.
    BrokenPipe = 141,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}

/// A failure whose kind is known where it happens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub status: ExitStatus,
    pub message: String,
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure of this kind, without hints. Errors and texts are given alike.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an error is often at its end here"
    )]
    pub fn new(status: ExitStatus, message: impl ToString) -> Self {
        Self {
            status,
            message: message.to_string(),
            hints: Vec::new(),
        }
    }

    /// A mistake of the one who typed the command.
    pub fn usage(message: impl ToString) -> Self {
        Self::new(ExitStatus::Usage, message)
    }

    /// Adds a line that says what to do.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it takes what `format!` makes"
    )]
    pub fn hint(mut self, hint: impl ToString) -> Self {
        self.hints.push(hint.to_string());
        self
    }
}

/// What is to be told of an error. All texts are raw: sanitise before showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub status: ExitStatus,
    /// One sentence; empty where there is nobody to read it.
    pub message: String,
    /// The line of a text in which the mistake is, and a caret below it.
    pub excerpt: Option<String>,
    /// The last lines of the engine's log, where the engine died.
    pub log: Vec<String>,
    pub hints: Vec<String>,
}

impl Report {
    /// Finds the kind and the hints of an error, in itself or in what caused it.
    #[must_use]
    pub fn of(error: &anyhow::Error) -> Self {
        let mut report = Self {
            status: ExitStatus::Failed,
            message: format!("{error:#}"),
            excerpt: None,
            log: Vec::new(),
            hints: Vec::new(),
        };
        for cause in error.chain() {
            if let Some(failure) = cause.downcast_ref::<Failure>() {
                report.status = failure.status;
                report.hints.clone_from(&failure.hints);
            } else if let Some(engine) = cause.downcast_ref::<EngineError>() {
                report.tell_engine(engine);
            } else if let Some(config) = cause.downcast_ref::<ConfigError>() {
                report.tell_config(config);
            } else if let Some(resolve) = cause.downcast_ref::<ResolveError>() {
                match resolve {
                    ResolveError::Config(config) => report.tell_config(config),
                    ResolveError::Value { hints, .. } => {
                        report.status = ExitStatus::Usage;
                        report.hints.clone_from(hints);
                    }
                    ResolveError::Constraint { error, .. } => {
                        report.status = ExitStatus::Usage;
                        report.excerpt = error.place.as_ref().map(Place::excerpt);
                    }
                    ResolveError::Variable(_) => report.status = ExitStatus::Usage,
                }
            } else if cause.is::<VariableError>() {
                report.status = ExitStatus::Usage;
            } else if let Some(io) = cause.downcast_ref::<io::Error>() {
                if io.kind() != io::ErrorKind::BrokenPipe {
                    continue;
                }
                report.status = ExitStatus::BrokenPipe;
                report.message.clear();
            } else if !cause.is::<NoFolder>() {
                continue;
            }
            break;
        }
        report
    }

    fn tell_config(&mut self, error: &ConfigError) {
        self.status = if error.is_access {
            ExitStatus::Failed
        } else {
            ExitStatus::Usage
        };
        self.hints.clone_from(&error.hints);
    }

    fn tell_engine(&mut self, error: &EngineError) {
        let (status, hint) = match error {
            EngineError::ModelNotLoadable { .. } => {
                (ExitStatus::Model, Some(words::SHOW_MODEL_FILE))
            }
            EngineError::NoModel => (ExitStatus::Model, Some(words::LIST_MODELS)),
            EngineError::PromptTooLong { .. } => (ExitStatus::PromptTooLong, None),
            EngineError::EmptyPrompt => (ExitStatus::Usage, Some(words::GIVE_A_PROMPT)),
            EngineError::Sampling { .. } => (ExitStatus::Usage, None),
            EngineError::Constraint(error) => {
                self.excerpt = error.place.as_ref().map(Place::excerpt);
                (ExitStatus::Usage, None)
            }
            EngineError::Cancelled => (ExitStatus::Interrupted, None),
            EngineError::Died(exit) => {
                self.log.clone_from(&exit.log);
                (ExitStatus::EngineDied, None)
            }
            EngineError::Protocol { .. } => (ExitStatus::EngineDied, None),
            EngineError::Network { .. } => (ExitStatus::Network, None),
            EngineError::Template { .. } => (ExitStatus::Failed, Some(words::OTHER_TEMPLATE)),
            EngineError::Decode { .. }
            | EngineError::NoAttention { .. }
            | EngineError::Refused { .. } => (ExitStatus::Failed, None),
        };
        self.status = status;
        self.hints.extend(hint.map(String::from));
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use anyhow::Context;

    use super::*;
    use crate::inference::EngineExit;
    use crate::words::Said;

    fn status(error: impl Into<anyhow::Error>) -> u8 {
        Report::of(&error.into()).status as u8
    }

    #[test]
    fn every_kind_of_failure_has_its_documented_code() {
        let path = PathBuf::from("x.gguf");
        let reason = Said::verbatim("because");
        let died = EngineExit {
            signal: Some(11),
            code: None,
            log: vec!["last words".to_owned()],
            model: None,
            deaths: 1,
        };
        assert_eq!(status(anyhow::anyhow!("anything")), 1);
        assert_eq!(status(Failure::usage("wrong")), 2);
        assert_eq!(
            status(EngineError::ModelNotLoadable {
                path,
                reason: reason.clone()
            }),
            3
        );
        assert_eq!(status(EngineError::Died(died)), 4);
        let hint = reason.clone();
        assert_eq!(
            status(EngineError::PromptTooLong {
                tokens: 9,
                limit: 8,
                hint
            }),
            5
        );
        assert_eq!(status(EngineError::Network { reason }), 6);
        assert_eq!(status(EngineError::Cancelled), 130);
        assert_eq!(status(io::Error::from(io::ErrorKind::BrokenPipe)), 141);
    }

    #[test]
    fn the_kind_is_found_behind_the_context_that_was_added() {
        let error = Err::<(), _>(EngineError::NoModel).context("cannot answer");
        let report = Report::of(&error.expect_err("is an error"));
        assert_eq!(report.status, ExitStatus::Model);
        assert_eq!(report.message, "cannot answer: no model is loaded");
        assert_eq!(
            report.hints,
            ["`limpid models list` shows what can be loaded"]
        );
    }

    #[test]
    fn a_closed_pipe_is_told_to_nobody() {
        let error =
            Err::<(), _>(io::Error::from(io::ErrorKind::BrokenPipe)).context("cannot write");
        assert_eq!(Report::of(&error.expect_err("is an error")).message, "");
    }

    #[test]
    fn a_dead_engines_last_words_are_told() {
        let died = EngineExit {
            signal: Some(6),
            code: None,
            log: vec!["GGML_ASSERT".to_owned()],
            model: None,
            deaths: 1,
        };
        assert_eq!(
            Report::of(&EngineError::Died(died).into()).log,
            ["GGML_ASSERT"]
        );
    }
}
