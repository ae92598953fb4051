//! How fast a model is in other weight formats.

use serde::{Deserialize, Serialize};

use super::WeightFormat;

/// What was measured of a model's formats on one machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Formats {
    /// Whether a GPU computed; on the processor other formats are fast.
    pub on_gpu: bool,
    pub speeds: Vec<FormatSpeed>,
}

/// A format beside the one that the model's file is in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FormatSpeed {
    pub format: WeightFormat,
    /// Speeds, of the file's own.
    pub prefill: f64,
    pub decode: f64,
    /// Of the file's own; `None` where it was not measured.
    pub perplexity: Option<f64>,
    /// It is almost surely as good, as far as perplexity tells.
    pub as_good: bool,
}
