//! A place in an answer that is written already, as the samplers of now would have it.
//!
//! Where the tokens before the place are cached, one token is computed beside them; for its cell
//! an idle sequence makes room where none is free, as it does for an answer. Elsewhere they are
//! read first, as for a generation; in a context of their own where the model cannot share what
//! is cached, or the conversation itself fills the context.

use std::time::Instant;

use super::answer::KnownPieces;
use super::context::Context;
use super::errand::{Errand, Went};
use super::prefill::{Read, Reading, check, check_ids, count, tell};
use super::samplers::Chain;
use super::schedule::Answers;
use super::writer::observe;
use super::{End, Loaded, prompt};
use crate::engine::backend::EventSink;
use crate::inference::{
    EngineError, EngineEvent, Mirostat, ReconsiderRequest, Reconsidered, RequestId,
    SamplerSettings, SamplerState, TokenId,
};
use crate::words::engine::llama as words;

/// A request, carried out to its `Reconsidered`.
pub(super) struct Reconsidering {
    request: Box<ReconsiderRequest>,
    /// `None` until it begins.
    place: Option<Place>,
    way: Way,
}

/// The place that is asked about.
struct Place {
    /// All tokens before it.
    tokens: Vec<TokenId>,
    /// Remembers them.
    chain: Chain,
}

/// How the logits after the tokens are had.
enum Way {
    Unknown,
    /// The tokens are read in a sequence of the conversations' own context.
    Reading(Reading),
    /// They are read in a context of their own.
    Apart(Apart),
}

struct Apart {
    context: Context,
    done: usize,
    decodes: u32,
}

impl Reconsidering {
    pub(super) fn new(request: Box<ReconsiderRequest>) -> Self {
        Self {
            request,
            place: None,
            way: Way::Unknown,
        }
    }
}

impl Errand for Reconsidering {
    fn request(&self) -> RequestId {
        self.request.request
    }

    fn go_on(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Went, End> {
        let (request, id) = (&self.request, self.request.request);
        let place = match &mut self.place {
            Some(place) => place,
            None => self.place.insert(begin(loaded, request, events)?),
        };
        match &mut self.way {
            Way::Unknown => {
                let (row, held) = loaded.context.longest(&place.tokens);
                let before = place.tokens.len() - 1;
                let shares = loaded.context.settings().can_rewind;
                if shares && held >= before {
                    if peek(loaded, id, row, &place.tokens, answers, events)? {
                        let cached = count(before);
                        place.tell(loaded, request, None, cached, 1, events)?;
                        return Ok(Went::Over);
                    }
                } else if shares
                    && place.tokens.len() < loaded.capacity.limit as usize
                    && let Some(reading) =
                        Reading::begin(loaded, id, &place.tokens, answers, events)?
                {
                    self.way = Way::Reading(reading);
                    return Ok(Went::On);
                }
                // What is cached cannot be shared, or leaves no cell.
                let total = count(place.tokens.len());
                self.way = Way::Apart(Apart {
                    context: loaded.context_beside(total)?,
                    done: 0,
                    decodes: 0,
                });
                tell(events, id, 0, total, 0)?;
            }
            Way::Reading(reading) => {
                match reading.go_on(loaded, id, &place.tokens, answers, events)? {
                    Read::Part => {}
                    Read::Whole => {
                        let (cached, decodes) = (count(reading.kept()), reading.decodes);
                        place.tell(loaded, request, None, cached, decodes, events)?;
                        return Ok(Went::Over);
                    }
                    // Its place goes to answers that have grown, and it looks for another.
                    Read::NoRoom => self.leave(loaded),
                }
            }
            Way::Apart(apart) => {
                apart.read(loaded, id, &place.tokens, answers, events)?;
                if apart.done == place.tokens.len() {
                    let (context, decodes) = (&apart.context, apart.decodes);
                    place.tell(loaded, request, Some(context), 0, decodes, events)?;
                    return Ok(Went::Over);
                }
            }
        }
        Ok(Went::On)
    }

    fn holds(&self) -> Option<usize> {
        match (&self.way, &self.place) {
            (Way::Reading(reading), Some(place)) => Some(reading.missing(&place.tokens)),
            _ => None,
        }
    }

    fn leave(&mut self, loaded: &mut Loaded) {
        if let Way::Reading(reading) = &self.way {
            loaded.context.leave(reading.row());
            self.way = Way::Unknown;
        }
    }
}

/// Cuts what is before the place into tokens, and has the samplers remember them.
fn begin(
    loaded: &mut Loaded,
    request: &ReconsiderRequest,
    events: &mut dyn EventSink,
) -> Result<Place, End> {
    let template = request.chat_template.as_deref();
    let mut tokens = prompt::tokens(loaded, request.request, &request.prompt, template, events)?;
    let begun = tokens.len();
    tokens.extend(&request.written);
    check_ids(loaded, &tokens)?;
    // No token follows that would need a cell.
    if tokens.len() > loaded.capacity.limit as usize {
        check(loaded, &tokens)?;
    }
    if !loaded.vocabulary.contains(request.chosen) {
        let reason = words::NOT_OF_MODEL.into();
        return Err(EngineError::Refused { reason }.into());
    }
    let (settings, seed) = (replayed(&request.sampling, &request.recorded), 0);
    let mut chain = Chain::new(
        &loaded.model,
        &settings,
        &loaded.vocabulary.suppressed(),
        seed,
        loaded.capacity.limit,
        wanted(request),
    )?;
    chain.watch_logits();
    chain.remember(&tokens[..begun])?;
    for &token in &request.written {
        chain.accept(token).map_err(|_| EngineError::Sampling {
            reason: words::WRITTEN_UNFIT.into(),
        })?;
    }
    Ok(Place { tokens, chain })
}

fn wanted(request: &ReconsiderRequest) -> usize {
    usize::from(request.candidates.max(1))
}

/// Computes the last token beside what is cached of those before it. Returns whether there was
/// room for it.
fn peek(
    loaded: &mut Loaded,
    id: RequestId,
    row: usize,
    tokens: &[TokenId],
    answers: Answers,
    events: &mut dyn EventSink,
) -> Result<bool, End> {
    let (before, total) = (count(tokens.len() - 1), count(tokens.len()));
    loaded.context.keep(row);
    let has_room = loaded.ensure_room(1 + answers.cells, events);
    loaded.context.leave(row);
    if !has_room? {
        return Ok(false);
    }
    tell(events, id, before, total, before)?;
    let computed = loaded.context.peek(tokens).map_err(EngineError::from)?;
    if computed {
        tell(events, id, total, total, before)?;
    }
    Ok(computed)
}

impl Apart {
    fn read(
        &mut self,
        loaded: &mut Loaded,
        id: RequestId,
        tokens: &[TokenId],
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let remaining = tokens.len() - self.done;
        let (ubatch, batch) = (self.context.ubatch_size(), self.context.batch_size());
        let size = loaded
            .pace
            .chunk_in_turn(remaining, self.done, ubatch, batch, answers.count);
        let end = self.done + size;
        let started = Instant::now();
        self.context
            .decode(0, &tokens[self.done..end], end == tokens.len())
            .map_err(EngineError::from)?;
        self.context.synchronize();
        loaded.pace.learn(size, self.done, started.elapsed());
        self.done = end;
        self.decodes += 1;
        tell(events, id, count(end), count(tokens.len()), 0)?;
        Ok(())
    }
}

impl Place {
    /// Tells what the samplers make of the logits that were computed last: in a context `apart`,
    /// or in that of the conversations.
    fn tell(
        &mut self,
        loaded: &mut Loaded,
        request: &ReconsiderRequest,
        apart: Option<&Context>,
        cached_tokens: u32,
        decodes: u32,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let logits = apart.unwrap_or(&loaded.context).logits();
        let (_, trace) = observe(
            logits,
            &mut loaded.summaries,
            &mut self.chain,
            wanted(request),
            &loaded.vocabulary,
            Some(request.chosen),
        )?;
        let ids = trace.candidates.iter().map(|candidate| candidate.id);
        let ids = ids.chain([request.chosen]);
        let pieces = KnownPieces::new(loaded.vocabulary.size()).tell(ids, &loaded.vocabulary);
        let logit = |id: TokenId| logits.get(id.0 as usize).copied();
        let logits = trace
            .candidates
            .iter()
            .map(|candidate| logit(candidate.id).unwrap_or(f32::NEG_INFINITY))
            .collect();
        events.send(EngineEvent::Reconsidered(Box::new(Reconsidered {
            request: request.request,
            trace,
            logits,
            changes: self.chain.changes(),
            pieces,
            prompt_tokens: count(self.tokens.len()),
            cached_tokens,
            decodes,
        })))?;
        Ok(())
    }
}

/// Settings under which the samplers that draw lots or remember do what was recorded. Where
/// nothing was, XTC acts and mirostat is at its beginning.
fn replayed(settings: &SamplerSettings, recorded: &SamplerState) -> SamplerSettings {
    let mut settings = settings.clone();
    if settings.xtc_probability > 0.0 {
        settings.xtc_probability = match recorded.xtc {
            Some(false) => 0.0,
            Some(true) | None => 1.0,
        };
    }
    if let (Some(mu), true) = (recorded.mirostat_mu, settings.mirostat != Mirostat::Off) {
        // It begins at twice its target. Where the bound is below every surprise, only the
        // best is left, however far below.
        settings.mirostat_tau = (mu / 2.0).max(f32::MIN_POSITIVE);
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_recorded_is_what_the_samplers_are_made_to_do() {
        let now = SamplerSettings {
            xtc_probability: 0.5,
            mirostat: Mirostat::V2,
            mirostat_tau: 5.0,
            ..SamplerSettings::default()
        };
        let at = |xtc, mirostat_mu| replayed(&now, &SamplerState { xtc, mirostat_mu });
        assert_eq!(at(Some(true), None).xtc_probability, 1.0);
        assert_eq!(at(Some(false), None).xtc_probability, 0.0);
        assert_eq!(at(None, None).xtc_probability, 1.0);
        assert_eq!(at(None, None).mirostat_tau, 5.0);
        assert_eq!(at(None, Some(7.25)).mirostat_tau * 2.0, 7.25);
        assert!(at(None, Some(-3.0)).mirostat_tau > 0.0);
        let off = SamplerSettings::default();
        let recorded = SamplerState {
            xtc: Some(true),
            mirostat_mu: Some(3.0),
        };
        assert_eq!(replayed(&off, &recorded), off, "what is off stays off");
    }
}
