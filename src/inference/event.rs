//! What comes up from an engine.

use serde::{Deserialize, Serialize};

use super::{
    AttentionEvent, CacheUse, Classified, CompareEvent, EngineError, EngineExit, FanEvent,
    FanStats, GenerationStats, ModelInfo, Piece, Reconsidered, RequestId, ScoreEvent, TokenId,
    TokenKind, TokenTrace,
};
use crate::words::Said;

/// Something happened in the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EngineEvent {
    /// How much of the model is loaded, 0..=1.
    Loading {
        request: RequestId,
        fraction: f32,
    },
    Loaded {
        request: RequestId,
        model: Box<ModelInfo>,
    },
    /// `done` of `total` prompt tokens are in the cache; `reused` of them were there before.
    /// Sent once before anything is computed, and after each chunk.
    Prefill {
        request: RequestId,
        done: u32,
        total: u32,
        reused: u32,
    },
    /// Where the cached tokens of a prompt came from, and why others are computed again; sent
    /// before its first `Prefill` where there is anything to say.
    Recalled {
        request: RequestId,
        cache: CacheUse,
    },
    /// The prompt ends inside the model's reasoning, so the answer begins there; sent before its
    /// first token.
    BeginsThinking {
        request: RequestId,
    },
    Token(Box<GeneratedToken>),
    /// The context was made larger; `size` in tokens.
    ContextGrown {
        size: u32,
    },
    Finished {
        request: RequestId,
        stop: StopReason,
        stats: Box<GenerationStats>,
    },
    Fan {
        request: RequestId,
        event: FanEvent,
    },
    FanFinished {
        request: RequestId,
        stats: FanStats,
    },
    Tokenized {
        request: RequestId,
        tokens: Vec<TokenizedPiece>,
    },
    Rendered {
        request: RequestId,
        pieces: Vec<RenderedPiece>,
    },
    Scored(Box<ScoreEvent>),
    ScoreFinished {
        request: RequestId,
    },
    BenchSample(BenchSample),
    BenchFinished {
        request: RequestId,
    },
    Compare {
        request: RequestId,
        event: CompareEvent,
    },
    CompareFinished {
        request: RequestId,
    },
    Attention {
        request: RequestId,
        event: AttentionEvent,
    },
    Attended {
        request: RequestId,
    },
    Reconsidered(Box<Reconsidered>),
    Classified(Box<Classified>),
    Quantized {
        request: RequestId,
    },
    /// The request could not be carried out; the engine lives on.
    Failed {
        request: Option<RequestId>,
        error: EngineError,
    },
    /// A sentence the user should see, such as a fallback that was taken. One of no request
    /// tells of the model, and concerns all who use it.
    Notice {
        request: Option<RequestId>,
        text: Said,
    },
    /// The engine is a resident one, or a change in who uses it. Sent by the hub, and by the
    /// supervisor when it goes over to a process of its own.
    Shared(Sharing),
    /// The engine process is gone. Whatever ran in it is over. Sent by the supervisor.
    Exited(EngineExit),
}

impl EngineEvent {
    /// The request that this event belongs to, if it belongs to one.
    #[must_use]
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Loading { request, .. }
            | Self::Loaded { request, .. }
            | Self::Prefill { request, .. }
            | Self::Recalled { request, .. }
            | Self::BeginsThinking { request }
            | Self::Finished { request, .. }
            | Self::Fan { request, .. }
            | Self::FanFinished { request, .. }
            | Self::Tokenized { request, .. }
            | Self::Rendered { request, .. }
            | Self::ScoreFinished { request }
            | Self::BenchFinished { request }
            | Self::Compare { request, .. }
            | Self::CompareFinished { request }
            | Self::Attention { request, .. }
            | Self::Attended { request }
            | Self::Quantized { request } => Some(*request),
            Self::Token(token) => Some(token.request),
            Self::Scored(scored) => Some(scored.request),
            Self::Reconsidered(reconsidered) => Some(reconsidered.request),
            Self::Classified(classified) => Some(classified.request),
            Self::BenchSample(sample) => Some(sample.request),
            Self::Failed { request, .. } | Self::Notice { request, .. } => *request,
            Self::ContextGrown { .. } | Self::Shared(_) | Self::Exited(_) => None,
        }
    }

    /// Whether this is the last event of its request.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        match self {
            Self::Loaded { .. }
            | Self::Finished { .. }
            | Self::FanFinished { .. }
            | Self::Tokenized { .. }
            | Self::Rendered { .. }
            | Self::ScoreFinished { .. }
            | Self::BenchFinished { .. }
            | Self::CompareFinished { .. }
            | Self::Attended { .. }
            | Self::Reconsidered(_)
            | Self::Classified(_)
            | Self::Quantized { .. } => true,
            Self::Failed { request, .. } => request.is_some(),
            Self::Loading { .. }
            | Self::Prefill { .. }
            | Self::Recalled { .. }
            | Self::BeginsThinking { .. }
            | Self::Token(_)
            | Self::Fan { .. }
            | Self::Scored(_)
            | Self::ContextGrown { .. }
            | Self::BenchSample(_)
            | Self::Compare { .. }
            | Self::Attention { .. }
            | Self::Notice { .. }
            | Self::Shared(_)
            | Self::Exited(_) => false,
        }
    }
}

/// Who uses an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sharing {
    /// Programs that are connected to the resident engine, this one among them; 0: the engine is
    /// this program's own.
    pub clients: u32,
    /// The process that computes, while one runs.
    pub engine: Option<u32>,
    /// Whether it computes for any of them.
    pub is_busy: bool,
}

/// A token that was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GeneratedToken {
    pub request: RequestId,
    /// What it adds to the answer: raw bytes, which need not end at a character's end. Shorter
    /// than the token's piece where a stop string cut it.
    pub text: Vec<u8>,
    pub trace: TokenTrace,
    /// The bytes of those tokens in `trace` (chosen or candidates) that this request has not
    /// sent before.
    pub pieces: Vec<Piece>,
}

/// Why an answer ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// The model chose an end-of-generation token.
    EndOfGeneration,
    /// The length limit.
    Length,
    /// One of the request's stop strings came.
    StopString(String),
    Cancelled,
    /// No cell of the context is left.
    ContextFull,
}

impl StopReason {
    /// The OpenAI `finish_reason`.
    #[must_use]
    pub fn finish_reason(&self) -> &'static str {
        match self {
            Self::EndOfGeneration | Self::StopString(_) => "stop",
            Self::Length | Self::ContextFull => "length",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A token of a text, as [`super::EngineCommand::Tokenize`] cuts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenizedPiece {
    pub id: TokenId,
    pub bytes: Vec<u8>,
    pub kind: TokenKind,
}

/// A token of a rendered prompt. Control tokens carry their name (`<|im_start|>`) as bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedPiece {
    pub id: TokenId,
    pub bytes: Vec<u8>,
    pub kind: TokenKind,
}

/// Which of the two measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BenchTest {
    Prefill,
    Decode,
}

/// One repetition of one test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BenchSample {
    pub request: RequestId,
    pub test: BenchTest,
    pub tokens: u32,
    pub nanoseconds: u64,
    /// Candidates collected for each token during the sample.
    pub candidates: u16,
}
