//! llama.cpp's process-wide start, done once.

use std::sync::OnceLock;

use llama_cpp_2::llama_backend::LlamaBackend as LlamaCpp;

use super::log;
use crate::inference::EngineError;
use crate::words::{Said, engine::llama as words};

/// llama.cpp, started. It stays so until the process ends: contexts may outlive any owner.
///
/// # Errors
/// Someone else in this process has started it already.
pub fn runtime() -> Result<&'static LlamaCpp, EngineError> {
    static RUNTIME: OnceLock<Result<LlamaCpp, String>> = OnceLock::new();
    RUNTIME
        .get_or_init(|| {
            log::install();
            LlamaCpp::init().map_err(|error| error.to_string())
        })
        .as_ref()
        .map_err(|reason| EngineError::Refused {
            reason: Said::new(|| words::cannot_start(reason)),
        })
}
