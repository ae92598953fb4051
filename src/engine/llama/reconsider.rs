//! A place in an answer that is written already, as the samplers of now would have it.
//!
//! Where the tokens before the place are cached, one token is computed beside them; for its cell
//! an idle sequence makes room where none is free, as it does for an answer. Elsewhere they are
//! read first, as for a generation; in a context of their own where the model cannot share what
//! is cached, or the conversation itself fills the context.

use std::time::Instant;

use super::answer::KnownPieces;
use super::context::Context;
use super::prefill::{check, check_ids, count, prefill, tell};
use super::samplers::Chain;
use super::writer::observe;
use super::{End, Loaded, prompt};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    EngineError, EngineEvent, Mirostat, ReconsiderRequest, Reconsidered, SamplerSettings,
    SamplerState, TokenId,
};
use crate::words::engine::llama as words;

/// The logits after the tokens are there, in this place.
struct Found {
    /// `None`: in the conversations' own context.
    beside: Option<Context>,
    cached: u32,
    decodes: u32,
}

/// Carries out a request, to its `Reconsidered`.
pub(super) fn reconsider(
    loaded: &mut Loaded,
    request: &ReconsiderRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
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
    let wanted = usize::from(request.candidates.max(1));
    let (settings, seed) = (replayed(&request.sampling, &request.recorded), 0);
    let mut chain = Chain::new(
        &loaded.model,
        &settings,
        &loaded.vocabulary.suppressed(),
        seed,
        loaded.capacity.limit,
        wanted,
    )?;
    chain.watch_logits();
    chain.remember(&tokens[..begun])?;
    for &token in &request.written {
        chain.accept(token).map_err(|_| EngineError::Sampling {
            reason: words::WRITTEN_UNFIT.into(),
        })?;
    }
    let found = find(loaded, request, &tokens, cancellation, events)?;
    let context = found.beside.as_ref().unwrap_or(&loaded.context);
    let logits = context.logits();
    let (_, trace) = observe(
        logits,
        &mut loaded.summaries,
        &mut chain,
        wanted,
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
        changes: chain.changes(),
        pieces,
        prompt_tokens: count(tokens.len()),
        cached_tokens: found.cached,
        decodes: found.decodes,
    })))?;
    Ok(())
}

/// Has the logits after the tokens computed.
fn find(
    loaded: &mut Loaded,
    request: &ReconsiderRequest,
    tokens: &[TokenId],
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<Found, End> {
    let id = request.request;
    if cancellation.is_cancelled(id) {
        return Err(EngineError::Cancelled.into());
    }
    let (row, held) = loaded.context.longest(tokens);
    let (before, total) = (tokens.len() - 1, count(tokens.len()));
    let shares = loaded.context.settings().can_rewind;
    if shares && held >= before {
        loaded.context.keep(row);
        let has_room = loaded.ensure_room(1, events);
        loaded.context.leave(row);
        if has_room? {
            tell(events, id, count(before), total, count(before))?;
            if loaded.context.peek(tokens).map_err(EngineError::from)? {
                tell(events, id, total, total, count(before))?;
                return Ok(Found {
                    beside: None,
                    cached: count(before),
                    decodes: 1,
                });
            }
        }
    } else if shares
        && held < before
        && tokens.len() < loaded.capacity.limit as usize
        && let Some(seat) = loaded.context.seat_beside(tokens)
    {
        let read = prefill(loaded, seat, id, tokens, cancellation, events);
        loaded.context.leave(seat.row);
        return Ok(Found {
            beside: None,
            cached: count(seat.kept),
            decodes: read?,
        });
    }
    read_beside(loaded, request, tokens, cancellation, events)
}

/// Reads the tokens in a context of their own: what is cached cannot be shared, or leaves no
/// cell.
fn read_beside(
    loaded: &mut Loaded,
    request: &ReconsiderRequest,
    tokens: &[TokenId],
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<Found, End> {
    let (id, total) = (request.request, count(tokens.len()));
    let mut context = loaded.context_beside(total)?;
    tell(events, id, 0, total, 0)?;
    let (mut done, mut decodes) = (0, 0);
    while done < tokens.len() {
        if cancellation.is_cancelled(id) {
            return Err(EngineError::Cancelled.into());
        }
        let remaining = tokens.len() - done;
        let (least, most) = (context.ubatch_size(), context.batch_size());
        let end = done + loaded.pace.chunk(remaining, least, most);
        let started = Instant::now();
        context
            .decode(0, &tokens[done..end], end == tokens.len())
            .map_err(EngineError::from)?;
        context.synchronize();
        loaded.pace.learn(end - done, started.elapsed());
        (done, decodes) = (end, decodes + 1);
        tell(events, id, count(done), total, 0)?;
    }
    Ok(Found {
        beside: Some(context),
        cached: 0,
        decodes,
    })
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
