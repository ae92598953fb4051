//! Plain types that every room speaks: messages, requests, engine events, traces, statistics.
//!
//! Nothing here does IO, knows a clock or names a llama.cpp type. Everything crosses the
//! process boundary, so everything is `serde`.

mod attention;
mod classify;
mod command;
mod compare;
mod constraint;
mod error;
mod event;
mod fan;
mod formats;
mod kept;
mod message;
mod model_info;
mod quantize;
mod reconsider;
mod sampling;
mod schema;
mod score;
mod statistics;
mod task;
mod trace;

pub use attention::{
    AttendAt, AttendRequest, AttendedToken, AttentionEvent, AttentionLayer, AttentionWindow,
};
pub use classify::{Classified, ClassifyRequest, LabelOdds};
pub use command::{
    BenchRequest, CacheType, Device, EngineCommand, FlashAttention, GenerateRequest, GpuLayers,
    LoadRequest, Prompt, RequestId,
};
pub use compare::{CompareEvent, CompareRequest, ComparedOdds, ComparedToken, TokenOdds};
pub use constraint::{Constraint, ConstraintError, Place};
pub use error::{EngineError, EngineExit};
pub use event::{
    BenchSample, BenchTest, EngineEvent, GeneratedToken, RenderedPiece, Sharing, StopReason,
    TokenizedPiece,
};
pub use fan::{FanEvent, FanRequest, FanStats};
pub use formats::{FormatSpeed, Formats};
pub use kept::{CacheUse, ConversationKey, Keep, Recomputed, StateFolder};
pub use message::{Message, MessagePart, Role};
pub use model_info::{ENABLE_THINKING, ModelInfo, Shortage, reads_thinking};
pub use quantize::{QuantizeRequest, WeightFormat};
pub use reconsider::{LogitChange, LogitChanger, ReconsiderRequest, Reconsidered};
pub use sampling::{DryPenalty, LogitBias, Mirostat, SamplerKind, SamplerSettings};
pub use schema::{check_schema, pattern_in_schema};
pub use score::{ScoreEvent, ScoreRequest, ScoreScope, ScoredToken};
pub use statistics::{GenerationStats, SpeculationStats};
pub use task::{Example, Task};
pub use trace::{Candidate, Piece, SamplerLink, SamplerState, TokenId, TokenKind, TokenTrace};
