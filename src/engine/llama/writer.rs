//! One answer: a token is chosen by the odds of the last one, and told.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::answer::Answer;
use super::prefill::{Prefill, count};
use super::samplers::Chain;
use super::vocabulary::Vocabulary;
use super::{End, Loaded};
use crate::engine::backend::EventSink;
use crate::inference::{
    Candidate, EngineError, GenerateRequest, GeneratedToken, GenerationStats, SpeculationStats,
    StopReason, TokenId, TokenKind, TokenTrace,
};
use crate::metrics::ProcessMemory;
use crate::probability::{Workspace, rank_of};

/// The seed that a request is to use.
pub(super) fn seed(request: &GenerateRequest) -> u32 {
    match request.sampling.seed {
        // llama.cpp takes this one for "draw one", and would not say which.
        None | Some(u32::MAX) => draw_seed(),
        Some(seed) => seed,
    }
}

/// Writes one answer, a token at a time.
pub(super) struct Writer {
    request: Arc<GenerateRequest>,
    /// Told with each token.
    candidates: usize,
    /// The sequence that it is computed in.
    pub(super) row: usize,
    pub(super) answer: Answer,
    chain: Chain,
    seed: u32,
    predicted: u32,
    /// What guessing ahead came to, when it is over.
    pub(super) speculation: SpeculationStats,
    /// When the first and the last token were chosen.
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Writer {
    /// One that goes on with `prompt`, and tells so many `candidates` with each token.
    ///
    /// # Errors
    /// Settings that cannot be used.
    pub(super) fn new(
        loaded: &Loaded,
        request: Arc<GenerateRequest>,
        candidates: u16,
        prompt: &[TokenId],
        seed: u32,
    ) -> Result<Self, EngineError> {
        let candidates = usize::from(candidates);
        let mut chain = Chain::new(
            &loaded.model,
            &request.sampling,
            &loaded.vocabulary.suppressed(),
            seed,
            loaded.capacity.limit,
            candidates,
        )?;
        chain.remember(prompt)?;
        Ok(Self {
            candidates,
            row: 0,
            answer: Answer::new(&request.stop, loaded.vocabulary.size()),
            chain,
            seed,
            predicted: 0,
            speculation: SpeculationStats::default(),
            first: None,
            last: None,
            request,
        })
    }

    /// Tokens that were told.
    pub(super) fn predicted(&self) -> u32 {
        self.predicted
    }

    /// Tells a token that was chosen, and whether the answer ends with it; if not, the token is
    /// to be computed next.
    pub(super) fn take(
        &mut self,
        token: GeneratedToken,
        events: &mut dyn EventSink,
    ) -> Result<Option<StopReason>, End> {
        let now = Instant::now();
        self.first.get_or_insert(now);
        self.last = Some(now);
        self.predicted += 1;
        let (id, kind) = (token.trace.id, token.trace.kind);
        if kind == TokenKind::EndOfGeneration {
            self.answer.flush(events)?;
            self.answer.send(token, events)?;
            return Ok(Some(StopReason::EndOfGeneration));
        }
        if let Some(stop) = self.answer.push(token, events)? {
            return Ok(Some(StopReason::StopString(
                self.request.stop[stop].clone(),
            )));
        }
        if self.predicted >= self.request.max_tokens.unwrap_or(u32::MAX) {
            return Ok(Some(StopReason::Length));
        }
        self.chain.accept(id)?;
        Ok(None)
    }

    /// Chooses the next token from the logits of the token at `place` of the last batch, and
    /// says what is known of it.
    pub(super) fn choose(
        &mut self,
        loaded: &mut Loaded,
        place: usize,
    ) -> Result<GeneratedToken, EngineError> {
        let (text, trace) = observe(
            loaded.context.logits_of(place),
            &mut loaded.summaries,
            &mut self.chain,
            self.candidates,
            &loaded.vocabulary,
            None,
        )?;
        let candidates = trace.candidates.iter().map(|candidate| candidate.id);
        let ids = std::iter::once(trace.id).chain(candidates);
        let pieces = self.answer.new_pieces(ids, &loaded.vocabulary);
        Ok(GeneratedToken {
            request: self.request.request,
            text,
            trace,
            pieces,
        })
    }

    /// What it cost: `prompt` tokens were `read`, and its sequence holds `used`.
    pub(super) fn stats(
        &self,
        loaded: &mut Loaded,
        read: &Prefill,
        prompt: usize,
        used: usize,
        started: Instant,
    ) -> GenerationStats {
        let predicting = match (self.first, self.last) {
            (Some(first), Some(last)) => last - first,
            _ => Duration::ZERO,
        };
        let first_sent = self.answer.first_sent.unwrap_or_else(Instant::now);
        GenerationStats {
            prompt_tokens: count(prompt),
            cached_tokens: read.reused,
            cache: read.cache,
            prompt_ms: milliseconds(read.took),
            predicted_tokens: self.predicted,
            predicted_ms: milliseconds(predicting),
            ttft_ms: milliseconds(first_sent - started),
            load_ms: loaded.waited_ms.take().unwrap_or(0.0),
            context_used: count(used),
            context_size: loaded.context.size(),
            seed: self.seed,
            engine_memory: resident_memory(),
            speculation: self.speculation,
        }
    }
}

/// Has a token chosen by `logits`, and tells what it adds to the text and what is known of it
/// and of `wanted` others; of the token `of` instead, where one is named.
pub(super) fn observe(
    logits: &[f32],
    summaries: &mut Workspace,
    chain: &mut Chain,
    wanted: usize,
    vocabulary: &Vocabulary,
    of: Option<TokenId>,
) -> Result<(Vec<u8>, TokenTrace), EngineError> {
    // At least one, which is how numbers that are none are noticed.
    let k = wanted.max(chain.best_needed()).max(1);
    let summary = summaries.summarize(logits, k);
    if summary.best.is_empty() || !summary.log_normalizer.is_finite() {
        return Err(EngineError::no_usable_numbers());
    }
    let chosen = chain.choose(logits, summary.best, wanted)?;
    let id = of.unwrap_or(chosen);
    let shown = &summary.best[..wanted.min(summary.best.len())];
    let candidates: Vec<_> = shown
        .iter()
        .zip(chain.fates())
        .map(|(&(id, logprob), fate)| Candidate {
            id: TokenId(id),
            logprob,
            final_probability: fate.probability,
            link: fate.link,
        })
        .collect();
    let inside: f64 = shown
        .iter()
        .map(|&(_, logprob)| f64::from(logprob).exp())
        .sum();
    let rank = || {
        let place = shown.iter().position(|&(best, _)| best == id.0);
        place.map_or_else(
            || rank_of(logits, id.0),
            |place| u32::try_from(place + 1).ok(),
        )
    };
    let (kind, text) = written(vocabulary, id);
    let trace = TokenTrace {
        id,
        kind,
        text_len: u32::try_from(text.len()).unwrap_or(u32::MAX),
        logprob: summary.logprob(logits[id.0 as usize]),
        rank: if wanted > 0 { rank() } else { None },
        entropy: (wanted > 0).then_some(summary.entropy),
        outside: (1.0 - inside).clamp(0.0, 1.0) as f32,
        state: chain.state(),
        candidates,
    };
    Ok((text, trace))
}

/// What a token is in an answer, and what it adds to its text.
pub(super) fn written(vocabulary: &Vocabulary, id: TokenId) -> (TokenKind, Vec<u8>) {
    let kind = if vocabulary.is_end(id) {
        TokenKind::EndOfGeneration
    } else {
        vocabulary.kind(id)
    };
    let text = match kind {
        TokenKind::Text => vocabulary.piece(id, false),
        TokenKind::Control | TokenKind::EndOfGeneration => Vec::new(),
    };
    (kind, text)
}

/// Bytes of this process, which is the engine's; 0 where the system does not say.
pub(super) fn resident_memory() -> u64 {
    ProcessMemory::of(std::process::id()).map_or(0, |memory| memory.resident)
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A seed from the operating system's randomness, never the one that llama.cpp draws for.
fn draw_seed() -> u32 {
    // The standard library keys its hashers from the system; nothing secret hangs on it.
    let drawn = RandomState::new().build_hasher().finish();
    (drawn ^ (drawn >> 32)) as u32 & 0x7fff_ffff
}
