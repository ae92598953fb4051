//! What an engine says of the model it has loaded.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Device, TokenId};
use crate::words::inference as words;

/// A loaded model and the context it runs in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// `general.name`, raw: sanitise before showing.
    pub name: String,
    pub path: PathBuf,
    pub architecture: String,
    /// Bytes of all tensors.
    pub size: u64,
    pub parameters: u64,
    pub vocabulary: u32,
    /// Tokens the model was trained to read.
    pub context_trained: u32,
    /// Tokens the context holds now, and to how many it may grow.
    pub context_size: u32,
    pub context_limit: u32,
    /// Bytes of weights that are read to decode a token, at least; 0 where that is not known.
    pub weight_bytes_per_token: u64,
    /// Bytes that a token takes in the KV cache, at most; 0 where the model keeps a state of fixed
    /// size.
    pub cell_bytes: u64,
    pub threads: u32,
    #[serde(default)]
    pub shortage: Shortage,
    pub gpu_layers: u32,
    pub layers: u32,
    /// Those that hold a part of the model.
    pub devices: Vec<Device>,
    /// Whether the file brings a chat template.
    pub has_template: bool,
    /// First 8 bytes of the template's sha256, hex; empty without one.
    pub template_hash: String,
    /// Whether that template lets the model be asked to think first, or not to.
    #[serde(default)]
    pub reads_thinking: bool,
    /// Whether a part of the KV cache can be removed; if not, a changed prompt is computed
    /// afresh.
    pub can_rewind: bool,
    /// The tokens that end an answer, in rising order.
    pub end_tokens: Vec<TokenId>,
    pub load_ms: f64,
    /// llama.cpp's list of CPU features.
    pub system_info: String,
}

/// What memory had no room for when a model was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shortage {
    /// A KV cache of as many tokens as the model reads.
    pub context: bool,
    /// All layers on the GPU.
    pub layers: bool,
    /// Whether smaller types of the KV cache could be had, which would leave more.
    pub smaller_cache: bool,
}

/// The variable by which templates are told whether the model is to think before it answers.
pub const ENABLE_THINKING: &str = "enable_thinking";

/// Whether a chat template asks for [`ENABLE_THINKING`].
#[must_use]
pub fn reads_thinking(template: &str) -> bool {
    let is_inner = |letter: char| letter == '_' || letter.is_alphanumeric();
    template.match_indices(ENABLE_THINKING).any(|(at, name)| {
        let (before, after) = (&template[..at], &template[at + name.len()..]);
        !before.ends_with(is_inner) && !after.starts_with(is_inner)
    })
}

impl ModelInfo {
    /// Architecture, parameters, and what its weights take on average.
    #[must_use]
    pub fn description(&self) -> String {
        let parameters = self.parameters as f64;
        let size = match parameters {
            billions if billions >= 1e9 => format!("{:.2} B", billions / 1e9),
            _ => format!("{:.0} M", parameters / 1e6),
        };
        let bits = self.size as f64 * 8.0 / parameters.max(1.0);
        words::described(&self.architecture, size, bits)
    }

    /// What to call it: the file's name, which says the quantisation too; that of a blob says
    /// nothing, so there it is the name that the file gives itself. Raw, as all names.
    #[must_use]
    pub fn title(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let is_blob = stem.starts_with("sha256") || stem.len() == 64;
        match (is_blob || stem.is_empty(), self.name.is_empty()) {
            (false, _) => stem.into_owned(),
            (true, false) => self.name.clone(),
            (true, true) => self.description(),
        }
    }
}
