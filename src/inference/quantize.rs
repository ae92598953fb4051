//! Writing a model's weights in another format.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::RequestId;

/// Reads the model at `source` and writes it to `target` with its weights as `format`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantizeRequest {
    pub request: RequestId,
    /// A whole model, or the first part of a split one.
    pub source: PathBuf,
    /// A file that is not there yet. The engine may write nothing outside its folder.
    pub target: PathBuf,
    pub format: WeightFormat,
    /// `None`: one for each physical core.
    pub threads: Option<u32>,
}

/// In what a model's matrices are stored, by llama.cpp's names: the formats that need no
/// importance matrix. The mixtures (`_S`, `_M`, `_L`) store some tensors in a finer type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WeightFormat {
    F16,
    Bf16,
    Q8_0,
    Q6K,
    Q5KM,
    Q5KS,
    Q5_1,
    Q5_0,
    Q4KM,
    Q4KS,
    Q4_1,
    Q4_0,
    Iq4Nl,
    Iq4Xs,
    Q3KL,
    Q3KM,
    Q3KS,
    Q2K,
}

impl WeightFormat {
    /// The finest first.
    pub const ALL: [Self; 18] = [
        Self::F16,
        Self::Bf16,
        Self::Q8_0,
        Self::Q6K,
        Self::Q5KM,
        Self::Q5KS,
        Self::Q5_1,
        Self::Q5_0,
        Self::Q4KM,
        Self::Q4KS,
        Self::Q4_1,
        Self::Q4_0,
        Self::Iq4Nl,
        Self::Iq4Xs,
        Self::Q3KL,
        Self::Q3KM,
        Self::Q3KS,
        Self::Q2K,
    ];

    /// llama.cpp's name, as in a file's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F16 => "F16",
            Self::Bf16 => "BF16",
            Self::Q8_0 => "Q8_0",
            Self::Q6K => "Q6_K",
            Self::Q5KM => "Q5_K_M",
            Self::Q5KS => "Q5_K_S",
            Self::Q5_1 => "Q5_1",
            Self::Q5_0 => "Q5_0",
            Self::Q4KM => "Q4_K_M",
            Self::Q4KS => "Q4_K_S",
            Self::Q4_1 => "Q4_1",
            Self::Q4_0 => "Q4_0",
            Self::Iq4Nl => "IQ4_NL",
            Self::Iq4Xs => "IQ4_XS",
            Self::Q3KL => "Q3_K_L",
            Self::Q3KM => "Q3_K_M",
            Self::Q3KS => "Q3_K_S",
            Self::Q2K => "Q2_K",
        }
    }

    /// Bits of a weight in most of a model's matrices, on average: the layout of llama.cpp's
    /// blocks (`ggml-common.h`), and for mixtures what their finer part adds.
    #[must_use]
    pub fn bits(self) -> f64 {
        match self {
            Self::F16 | Self::Bf16 => 16.0,
            Self::Q8_0 => 8.5,
            Self::Q6K => 6.5625,
            Self::Q5_1 => 6.0,
            Self::Q5KM => 5.7,
            Self::Q5KS | Self::Q5_0 => 5.5,
            Self::Q4_1 => 5.0,
            Self::Q4KM => 4.85,
            Self::Q4KS => 4.6,
            Self::Q4_0 | Self::Iq4Nl => 4.5,
            Self::Iq4Xs | Self::Q3KL => 4.25,
            Self::Q3KM => 3.9,
            Self::Q3KS => 3.4375,
            Self::Q2K => 3.0,
        }
    }

    /// The format of this name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
    }
}
