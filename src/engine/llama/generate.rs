//! The decode loop: a token is chosen, told, and computed, and gives the odds of the next.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::{Duration, Instant};

use super::answer::Answer;
use super::prefill::{Prefill, check, prefill};
use super::samplers::Chain;
use super::vocabulary::Vocabulary;
use super::{End, Loaded, prompt};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    Candidate, EngineError, EngineEvent, GenerateRequest, GeneratedToken, GenerationStats,
    StopReason, TokenId, TokenKind, TokenTrace,
};
use crate::metrics::ProcessMemory;
use crate::probability::{Workspace, rank_of};

/// Carries out a generation, to its `Finished`.
pub(super) fn generate(
    loaded: &mut Loaded,
    request: &GenerateRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let started = Instant::now();
    let template = request.chat_template.as_deref();
    let tokens = prompt::tokens(loaded, &request.prompt, template, events)?;
    check(loaded, &tokens)?;
    let seed = match request.sampling.seed {
        // llama.cpp takes this one for "draw one", and would not say which.
        None | Some(u32::MAX) => draw_seed(),
        Some(seed) => seed,
    };
    let mut chain = Chain::new(
        &loaded.model,
        &request.sampling,
        &loaded.vocabulary.suppressed(),
        seed,
        loaded.capacity.limit,
        usize::from(request.candidates),
    )?;
    chain.remember(&tokens)?;
    let read = prefill(loaded, request.request, &tokens, cancellation, events)?;
    let mut writer = Writer {
        request,
        row: read.row,
        answer: Answer::new(&request.stop, loaded.vocabulary.size()),
        chain,
        predicted: 0,
        first: None,
        last: None,
    };
    let stop = if read.cancelled {
        StopReason::Cancelled
    } else {
        writer.write(loaded, cancellation, events)?
    };
    writer.answer.flush(events)?;
    let stats = writer.stats(loaded, &read, &tokens, started, seed);
    events.send(EngineEvent::Finished {
        request: request.request,
        stop,
        stats: Box::new(stats),
    })?;
    Ok(())
}

struct Writer<'a> {
    request: &'a GenerateRequest,
    row: usize,
    answer: Answer,
    chain: Chain,
    predicted: u32,
    /// When the first and the last token were chosen.
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Writer<'_> {
    fn write(
        &mut self,
        loaded: &mut Loaded,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<StopReason, End> {
        let length = self.request.max_tokens.unwrap_or(u32::MAX);
        if length == 0 {
            return Ok(StopReason::Length);
        }
        loop {
            let token = self.choose(loaded)?;
            let (id, kind) = (token.trace.id, token.trace.kind);
            if kind == TokenKind::EndOfGeneration {
                self.answer.flush(events)?;
                self.answer.send(token, events)?;
                return Ok(StopReason::EndOfGeneration);
            }
            if let Some(stop) = self.answer.push(token, events)? {
                return Ok(StopReason::StopString(self.request.stop[stop].clone()));
            }
            if self.predicted >= length {
                return Ok(StopReason::Length);
            }
            if cancellation.is_cancelled(self.request.request) {
                return Ok(StopReason::Cancelled);
            }
            if !loaded.ensure_room(self.row, 1, events)? {
                return Ok(StopReason::ContextFull);
            }
            self.chain.accept(id)?;
            loaded
                .context
                .decode(self.row, &[id], true)
                .map_err(EngineError::from)?;
        }
    }

    /// Chooses the next token from the logits that are there, and says what is known of it.
    fn choose(&mut self, loaded: &mut Loaded) -> Result<GeneratedToken, EngineError> {
        let (text, trace) = observe(
            loaded.context.logits(),
            &mut loaded.summaries,
            &mut self.chain,
            usize::from(self.request.candidates),
            &loaded.vocabulary,
            None,
        )?;
        let now = Instant::now();
        self.first.get_or_insert(now);
        self.last = Some(now);
        self.predicted += 1;
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

    fn stats(
        &self,
        loaded: &mut Loaded,
        read: &Prefill,
        prompt: &[TokenId],
        started: Instant,
        seed: u32,
    ) -> GenerationStats {
        let length = |tokens: usize| u32::try_from(tokens).unwrap_or(u32::MAX);
        let predicting = match (self.first, self.last) {
            (Some(first), Some(last)) => last - first,
            _ => Duration::ZERO,
        };
        let first_sent = self.answer.first_sent.unwrap_or_else(Instant::now);
        GenerationStats {
            prompt_tokens: length(prompt.len()),
            cached_tokens: read.reused,
            prompt_ms: milliseconds(read.took),
            predicted_tokens: self.predicted,
            predicted_ms: milliseconds(predicting),
            ttft_ms: milliseconds(first_sent - started),
            load_ms: loaded.waited_ms.take().unwrap_or(0.0),
            context_used: length(loaded.context.len(read.row)),
            context_size: loaded.context.size(),
            seed,
            engine_memory: resident_memory(),
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
    let kind = if vocabulary.is_end(id) {
        TokenKind::EndOfGeneration
    } else {
        vocabulary.kind(id)
    };
    let text = match kind {
        TokenKind::Text => vocabulary.piece(id, false),
        TokenKind::Control | TokenKind::EndOfGeneration => Vec::new(),
    };
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

/// Bytes of this process, which is the engine's; 0 where the system does not say.
fn resident_memory() -> u64 {
    ProcessMemory::of(std::process::id()).map_or(0, |memory| memory.resident)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A seed from the operating system's randomness, never the one that llama.cpp draws for.
fn draw_seed() -> u32 {
    // The standard library keys its hashers from the system; nothing secret hangs on it.
    let drawn = RandomState::new().build_hasher().finish();
    (drawn ^ (drawn >> 32)) as u32 & 0x7fff_ffff
}
