//! llama.cpp behind the engine's [`Backend`]: the only room that names its types.
//!
//! ```text
//!  Load ------> load: check the file, read it, make a context of 2,048 tokens
//!  Generate --> prompt: template, special tokens, ids
//!          \--> schedule: what is cached is found, the rest is computed; several at a time
//!           \-> writer: logits -> odds -> samplers -> token -> event, and the next decode
//!  Classify --> errand: goes on by a decode between those of the answers
//!          \--> classify: labels, each weighed as the answer to a prompt
//!  Score -----> score, likewise: the odds of every token of a text, in a context of its own
//!  Attend ----> attention, likewise: where the model looked, in a context of its own
//!  Reconsider > reconsider, likewise: a place in an answer under other settings
//!  Bench -----> bench: as llama-bench measures, in a context of its own
//!  Compare ---> compare: a second model beside the first, and both read one text
//!  Quantize --> quantize: a model file in another format
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `runtime`, `log` | llama.cpp's process-wide start, and where its complaints go |
//! | `load` | a file becomes a model, or a sentence that says why not |
//! | `devices`, `threads` | what the machine has |
//! | `capacity` | how large the context is and may become |
//! | `fit` | which numbers the cache holds, so that it fits |
//! | `context` | the KV cache, in agreement with its table |
//! | `sequences` | the table: which sequence holds which tokens (no llama.cpp in it) |
//! | `vocabulary`, `segments`, `prompt` | text to ids, with control tokens from the template only |
//! | `schedule` | all answers in progress, advanced together, a decode at a time |
//! | `errand` | what reads much and is no answer, advanced between those decodes |
//! | `pace`, `prefill` | how much of a prompt is read at once, and one that is read by itself |
//! | `kept` | what was computed of conversations, on disk |
//! | `samplers`, `sampler_links` | the chain, link by link |
//! | `constraint` | the grammar or JSON schema that an answer follows |
//! | `stop`, `answer` | stop strings, and the tokens that wait for one to be ruled out |
//! | `writer` | one answer: choosing its next token, and telling it |
//! | `speculation` | guesses of what comes next, computed before they are chosen |
//! | `fan` | several answers to one prompt |
//! | `classify` | which of some labels is the answer |
//! | `reader`, `score` | the odds of a text that is read |
//! | `bench` | prefill and decode speed |
//! | `compare` | one text under two models |
//! | `attention` | the attention weights of one token |
//! | `quantize` | a model file in another format |
//! | `reconsider` | what the samplers make of a place that is written already |

#![expect(
    unsafe_code,
    reason = "calls into llama.cpp that its bindings leave unsafe; each block says why it holds"
)]

mod answer;
mod attention;
mod bench;
mod capacity;
mod classify;
mod compare;
mod constraint;
mod context;
mod devices;
mod errand;
mod fan;
mod fit;
mod kept;
mod load;
mod log;
mod memory;
mod pace;
mod prefill;
mod prompt;
mod quantize;
mod reader;
mod reconsider;
mod runtime;
mod sampler_links;
mod samplers;
mod schedule;
mod score;
mod segments;
mod sequences;
mod speculation;
mod stderr;
mod stop;
mod threads;
mod vocabulary;
mod writer;

use std::collections::BTreeSet;
use std::sync::Arc;

use llama_cpp_2::model::LlamaModel;

pub use devices::devices;
pub use runtime::runtime;

use self::attention::Looking;
use self::capacity::Capacity;
use self::classify::Classification;
use self::context::Context;
use self::errand::Errands;
use self::kept::Conversations;
use self::memory::CacheMemory;
use self::pace::Pace;
use self::reader::Reader;
use self::reconsider::Reconsidering;
use self::schedule::Schedule;
use self::score::Scoring;
use self::speculation::{DecodeCosts, Draft};
use self::vocabulary::Vocabulary;
use super::backend::{Backend, Cancellation, ChannelClosed, EventSink};
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, ModelInfo, Prompt, RenderedPiece, RequestId,
    TokenizedPiece,
};
use crate::metrics::SystemMemory;
use crate::probability::Workspace;
use crate::words::Said;

/// Computes with llama.cpp, in this process, which loads one model.
pub struct LlamaBackend {
    loaded: Option<Loaded>,
    schedule: Schedule,
    errands: Errands,
}

/// A model with everything that belongs to it.
struct Loaded {
    context: Context,
    capacity: Capacity,
    memory: CacheMemory,
    vocabulary: Vocabulary,
    template: Option<String>,
    /// The speed of the prompts so far.
    pace: Pace,
    /// What decodes of a few tokens take.
    decode_costs: DecodeCosts,
    /// What guesses must be expected to gain; `None`: nothing is guessed.
    speculate: Option<f32>,
    /// A second model that guesses.
    draft: Option<Box<Draft>>,
    summaries: Workspace,
    /// What is known of the conversations, and kept of them.
    conversations: Conversations,
    /// Where the last text was read.
    reader: Option<Reader>,
    info: ModelInfo,
    /// Notices of its template that were sent, and whether it was one that a request brought.
    told: BTreeSet<(bool, Said)>,
    /// What loading took, until a request was told that it waited for it.
    waited_ms: Option<f64>,
    model: Arc<LlamaModel>,
}

/// Why a command ended without its result.
enum End {
    Failed(EngineError),
    Closed,
}

impl From<EngineError> for End {
    fn from(error: EngineError) -> Self {
        Self::Failed(error)
    }
}

impl From<ChannelClosed> for End {
    fn from(_: ChannelClosed) -> Self {
        Self::Closed
    }
}

impl LlamaBackend {
    /// Starts llama.cpp; no model is loaded yet.
    ///
    /// # Errors
    /// Another part of this process has started llama.cpp by other means.
    pub fn new() -> Result<Self, EngineError> {
        runtime::runtime()?;
        Ok(Self {
            loaded: None,
            schedule: Schedule::default(),
            errands: Errands::default(),
        })
    }

    fn loaded(&mut self) -> Result<&mut Loaded, EngineError> {
        self.loaded.as_mut().ok_or(EngineError::NoModel)
    }

    fn obey(
        &mut self,
        command: EngineCommand,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        match command {
            EngineCommand::Load(request) => {
                let loaded = load::load(&request, cancellation, events)?;
                let model = Box::new(loaded.info.clone());
                self.loaded = Some(loaded);
                events.send(EngineEvent::Loaded {
                    request: request.request,
                    model,
                })?;
            }
            EngineCommand::Generate(request) => {
                let loaded = self.loaded.as_mut().ok_or(EngineError::NoModel)?;
                self.schedule.generate(loaded, *request, events)?;
            }
            EngineCommand::Classify(request) => {
                self.loaded()?;
                self.errands.add(Classification::new(request));
            }
            EngineCommand::FanOut(request) => {
                let loaded = self.loaded.as_mut().ok_or(EngineError::NoModel)?;
                self.schedule.fan_out(loaded, *request, events)?;
            }
            // The host's reader has marked it already; here there is nothing left to stop.
            EngineCommand::Cancel(_) => {}
            EngineCommand::Tokenize {
                request,
                text,
                add_bos,
                parse_special,
                continues,
            } => {
                let vocabulary = &self.loaded()?.vocabulary;
                let ids = if continues {
                    vocabulary.tokenize_on(&text, parse_special)?
                } else {
                    vocabulary.tokenize(&text, add_bos, parse_special)?
                };
                let tokens = ids
                    .into_iter()
                    .map(|id| TokenizedPiece {
                        id,
                        bytes: vocabulary.piece(id, true),
                        kind: vocabulary.kind(id),
                    })
                    .collect();
                events.send(EngineEvent::Tokenized { request, tokens })?;
            }
            EngineCommand::Render {
                request,
                prompt,
                chat_template,
            } => {
                let pieces = self.render(request, &prompt, chat_template.as_deref(), events)?;
                events.send(EngineEvent::Rendered { request, pieces })?;
            }
            EngineCommand::Score(request) => {
                self.loaded()?;
                self.errands.add(Scoring::new(request));
            }
            EngineCommand::Bench(request) => {
                let loaded = self.loaded.as_mut().ok_or(EngineError::NoModel)?;
                bench::bench(loaded, &request, cancellation, events)?;
            }
            EngineCommand::Compare(request) => {
                let loaded = self.loaded.as_mut().ok_or(EngineError::NoModel)?;
                compare::compare(loaded, &request, cancellation, events)?;
            }
            EngineCommand::Attend(request) => {
                self.loaded()?;
                self.errands.add(Looking::new(request));
            }
            EngineCommand::Reconsider(request) => {
                self.loaded()?;
                self.errands.add(Reconsidering::new(request));
            }
            EngineCommand::Quantize(request) => quantize::quantize(&request, events)?,
        }
        Ok(())
    }

    fn render(
        &mut self,
        request: RequestId,
        prompt: &Prompt,
        chat_template: Option<&str>,
        events: &mut dyn EventSink,
    ) -> Result<Vec<RenderedPiece>, End> {
        let loaded = self.loaded()?;
        let ids = prompt::tokens(loaded, request, prompt, chat_template, events)?;
        let vocabulary = &loaded.vocabulary;
        let piece = |id| RenderedPiece {
            id,
            bytes: vocabulary.piece(id, true),
            kind: vocabulary.kind(id),
        };
        Ok(ids.into_iter().map(piece).collect())
    }
}

impl Backend for LlamaBackend {
    fn execute(
        &mut self,
        command: EngineCommand,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let request = command.request();
        match self.obey(command, cancellation, events) {
            Ok(()) => Ok(()),
            Err(End::Closed) => Err(ChannelClosed),
            Err(End::Failed(error)) => events.send(EngineEvent::Failed { request, error }),
        }
    }

    fn is_busy(&self) -> bool {
        self.loaded.is_some() && (self.schedule.is_busy() || self.errands.is_busy())
    }

    fn step(
        &mut self,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<(), ChannelClosed> {
        let Some(loaded) = &mut self.loaded else {
            return Ok(());
        };
        let before = self.errands.beside();
        self.schedule.step(loaded, before, cancellation, events)?;
        let answers = self.schedule.answers();
        self.errands.step(loaded, answers, cancellation, events)?;
        if before.holds.is_some() && self.errands.beside().holds.is_none() {
            self.schedule.look_again();
        }
        Ok(())
    }

    fn wants_rest(&self) -> bool {
        self.loaded.as_ref().is_some_and(Loaded::wants_rest)
    }

    fn rest(&mut self) {
        if let Some(loaded) = &mut self.loaded {
            loaded.rest();
        }
    }

    fn close(&mut self) {
        if let Some(loaded) = &mut self.loaded {
            loaded.close();
        }
    }
}

impl Loaded {
    /// Whether tokens are guessed: wrong ones must be forgotten, which not every model can.
    fn speculates(&self) -> Option<f32> {
        self.speculate.filter(|_| self.info.can_rewind)
    }

    /// An empty context for `size` tokens, so that what the conversations have cached stays.
    fn context_beside(&self, size: u32) -> Result<Context, EngineError> {
        self.check_room(size)?;
        let settings = self.context.settings().clone();
        Context::new(Arc::clone(&self.model), settings, size)
            .map_err(|reason| EngineError::Refused { reason })
    }

    /// Checks that a context for `size` tokens fits beside the present one.
    fn check_room(&self, size: u32) -> Result<(), EngineError> {
        self.capacity
            .check(size, self.memory.free())
            .map_err(|reason| EngineError::Refused { reason })
    }

    /// Makes sure that `count` more tokens fit: by a larger context where what is being computed
    /// needs it, else at the cost of idle sequences. Returns whether they do.
    fn ensure_room(
        &mut self,
        count: usize,
        events: &mut dyn EventSink,
    ) -> Result<bool, ChannelClosed> {
        if self.context.free() >= count {
            return Ok(true);
        }
        let needed = self.context.taken_cells() + count;
        if needed > self.context.size() as usize {
            let available = self.memory.free();
            let state = self.context.state_bytes();
            let size = self
                .capacity
                .next(self.context.size(), needed, state, available);
            if let Some(size) = size.filter(|&size| self.context.grow(size)) {
                self.info.context_size = size;
                events.send(EngineEvent::ContextGrown { size })?;
            }
        }
        Ok(self.context.make_room(count))
    }
}

/// Bytes of main memory that can be had; `None` where the system does not say.
fn free_memory() -> Option<u64> {
    SystemMemory::read().map(|memory| memory.available)
}
