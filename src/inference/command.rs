//! What an engine can be asked.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{
    AttendRequest, ClassifyRequest, CompareRequest, ConversationKey, FanRequest, Keep, Message,
    QuantizeRequest, ReconsiderRequest, SamplerSettings, ScoreRequest, StateFolder, TokenId,
};

/// Names a request on one engine connection, so that events and cancellation find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestId(pub u64);

/// What goes down to the engine. Each answered command ends in exactly one closing event:
/// `Loaded`, `Finished`, `Tokenized`, `Rendered`, `ScoreFinished`, `BenchFinished`,
/// `CompareFinished`, `Attended`, `Reconsidered`, `Classified`, `FanFinished`, `Quantized` or `Failed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EngineCommand {
    /// Replaces whatever model is loaded.
    Load(Box<LoadRequest>),
    Generate(Box<GenerateRequest>),
    /// Which of some labels is the answer.
    Classify(Box<ClassifyRequest>),
    /// Several answers to one prompt, decoded together.
    FanOut(Box<FanRequest>),
    /// Stops the request (a load, a generation, a bench, a comparison) at the next decode; what came stays.
    /// Cancelling a request that is over is no error.
    Cancel(RequestId),
    /// Cuts a text into tokens; special tokens in it are recognised only with `parse_special`.
    Tokenize {
        request: RequestId,
        text: String,
        add_bos: bool,
        parse_special: bool,
        /// The text goes on where another one ended: there is no `add_bos` then, and a vocabulary
        /// that puts a space before a text's first word does not.
        continues: bool,
    },
    /// The exact prompt a generation would see, token by token.
    Render {
        request: RequestId,
        prompt: Prompt,
        chat_template: Option<String>,
    },
    /// The odds of every token of a text.
    Score(Box<ScoreRequest>),
    Bench(Box<BenchRequest>),
    Compare(Box<CompareRequest>),
    /// Where the model looks at one token of a prompt.
    Attend(Box<AttendRequest>),
    /// What the samplers would make of a place in an answer with other settings.
    Reconsider(Box<ReconsiderRequest>),
    /// Writes a model in another format. It needs no loaded model, and a process of its own.
    Quantize(Box<QuantizeRequest>),
}

impl EngineCommand {
    /// The request that this command opens, to be answered by a closing event; `Cancel` opens
    /// none.
    #[must_use]
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Load(load) => Some(load.request),
            Self::Generate(generate) => Some(generate.request),
            Self::Classify(classify) => Some(classify.request),
            Self::FanOut(fan) => Some(fan.request()),
            Self::Cancel(_) => None,
            Self::Tokenize { request, .. } | Self::Render { request, .. } => Some(*request),
            Self::Score(score) => Some(score.request),
            Self::Bench(bench) => Some(bench.request),
            Self::Compare(compare) => Some(compare.request),
            Self::Attend(attend) => Some(attend.request),
            Self::Reconsider(reconsider) => Some(reconsider.request),
            Self::Quantize(quantize) => Some(quantize.request),
        }
    }
}

/// Which layers go to the GPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GpuLayers {
    /// As many as fit, where a GPU was built in and found; else none.
    #[default]
    Auto,
    All,
    Count(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashAttention {
    On,
    Off,
    #[default]
    Auto,
}

/// The type of the numbers in the KV cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CacheType {
    F32,
    #[default]
    F16,
    Bf16,
    Q8_0,
    Q4_0,
    Q4_1,
    Iq4Nl,
    Q5_0,
    Q5_1,
}

impl CacheType {
    pub const ALL: [Self; 9] = [
        Self::F32,
        Self::F16,
        Self::Bf16,
        Self::Q8_0,
        Self::Q4_0,
        Self::Q4_1,
        Self::Iq4Nl,
        Self::Q5_0,
        Self::Q5_1,
    ];

    /// llama.cpp's name, as in `--cache-type-k`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::Bf16 => "bf16",
            Self::Q8_0 => "q8_0",
            Self::Q4_0 => "q4_0",
            Self::Q4_1 => "q4_1",
            Self::Iq4Nl => "iq4_nl",
            Self::Q5_0 => "q5_0",
            Self::Q5_1 => "q5_1",
        }
    }
}

/// A compute device that was built in, as `--list-devices` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub name: String,
    pub description: String,
    /// Bytes; 0 where the backend does not say.
    pub memory_total: u64,
    pub memory_free: u64,
    pub is_gpu: bool,
}

/// Which model to load, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadRequest {
    pub request: RequestId,
    pub path: PathBuf,
    /// Other models that a later request of this engine may name; its sandbox lets it read no
    /// other.
    pub beside: Vec<PathBuf>,
    /// Tokens. `None` starts small and grows; `Some(0)` is the model's own limit.
    pub context_size: Option<u32>,
    /// `None`: one for each physical core.
    pub threads: Option<u32>,
    /// Tokens in one logical batch.
    pub batch_size: u32,
    /// Tokens in one physical batch.
    pub ubatch_size: u32,
    pub gpu_layers: GpuLayers,
    /// Device names as `--list-devices` shows them; empty: all.
    pub devices: Vec<String>,
    pub flash_attention: FlashAttention,
    pub cache_type_k: CacheType,
    pub cache_type_v: CacheType,
    /// Guess tokens from the text so far, where the decode with them is expected to write at
    /// least so many times as fast as without; `None`: never.
    pub speculate: Option<f32>,
    /// A model with the same vocabulary that guesses for this one.
    pub draft: Option<PathBuf>,
    /// Choose the types of the KV cache, the layers on the GPU and, where nothing else helps, the
    /// context so that they fit into memory.
    pub fit: bool,
    /// Where what is computed of conversations is kept; `None`: nowhere.
    pub states: Option<StateFolder>,
}

impl LoadRequest {
    /// What guesses must be expected to gain. Less is lost in what the expectation is off by.
    pub const WORTH_GUESSING: f32 = 1.1;

    /// The settings that llama.cpp would use for `path`.
    #[must_use]
    pub fn new(request: RequestId, path: PathBuf) -> Self {
        Self {
            request,
            path,
            beside: Vec::new(),
            context_size: None,
            threads: None,
            batch_size: 2048,
            ubatch_size: 512,
            gpu_layers: GpuLayers::Auto,
            devices: Vec::new(),
            flash_attention: FlashAttention::Auto,
            cache_type_k: CacheType::F16,
            cache_type_v: CacheType::F16,
            speculate: Some(Self::WORTH_GUESSING),
            draft: None,
            fit: false,
            states: None,
        }
    }
}

/// What the model is to read before it writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Prompt {
    /// Rendered by the model's chat template, in the engine process.
    Chat {
        messages: Vec<Message>,
        /// Bytes an answer already begins with, and their ids where known: the last message is
        /// to be continued from here instead of started.
        answer_prefix: Option<Message>,
        /// What the template is told of whether the model is to think first; `None`: nothing.
        #[serde(default)]
        think: Option<bool>,
    },
    /// Plain text, for base models (`--raw`); special tokens in it are text.
    Text(String),
    Tokens(Vec<TokenId>),
}

/// A text to be written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GenerateRequest {
    pub request: RequestId,
    pub prompt: Prompt,
    pub sampling: SamplerSettings,
    /// Tokens at most; `None` until the model stops or the context is full.
    pub max_tokens: Option<u32>,
    /// Texts that end the answer; they are not part of it.
    pub stop: Vec<String>,
    /// How many candidates to report with each token; 0 collects none (and neither rank nor
    /// entropy), as a benchmark wants it.
    pub candidates: u16,
    /// Jinja source instead of the model's own template.
    pub chat_template: Option<String>,
    /// The conversation it belongs to.
    pub conversation: Option<ConversationKey>,
    /// What of the computed tokens may be kept on disk.
    pub keep: Keep,
}

/// A measurement as `llama-bench` defines it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenchRequest {
    pub request: RequestId,
    /// Tokens of the prefill test (`pp512`); 0 leaves it out.
    pub prompt_tokens: u32,
    /// Tokens of the decode test (`tg128`); 0 leaves it out.
    pub decode_tokens: u32,
    /// Tokens that are in the context before a test begins, read beforehand each time.
    pub depth: u32,
    pub repetitions: u32,
    /// Run each test once before the first repetition counts. A caller that interleaves two
    /// variants warms up once and then asks for single repetitions.
    pub warm_up: bool,
    /// Collect this many candidates for each decoded token, as a chat does; 0 none.
    pub candidates: u16,
}
