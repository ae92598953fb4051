//! The models of this machine, as front ends ask for them by name.

use std::path::PathBuf;

/// A model that can be loaded at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelChoice {
    /// Raw: sanitise when shown.
    pub name: String,
    /// Size and where it lies.
    pub detail: String,
    pub path: PathBuf,
}

/// Who knows which models there are.
pub trait Library: Send + Sync {
    /// Those that can be loaded at once.
    fn models(&self) -> Vec<ModelChoice>;

    /// The file of a name or path.
    ///
    /// # Errors
    /// A sentence that says what was looked for, and what to do.
    fn resolve(&self, name: &str) -> Result<PathBuf, String>;
}
