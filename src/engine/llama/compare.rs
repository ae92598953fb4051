//! The same text under two models.
//!
//! Both read the text in the same chunks, each in a context of its own, and their rows of logits
//! are compared as they come: the whole distributions are never kept.

use super::answer::KnownPieces;
use super::reader::Reader;
use super::vocabulary::Vocabulary;
use super::{End, Loaded, load};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    CompareEvent, CompareRequest, ComparedOdds, ComparedToken, EngineError, EngineEvent,
    LoadRequest, TokenId,
};
use crate::probability::kl_divergence;

/// Carries out the comparison, to `CompareFinished`.
pub(super) fn compare(
    loaded: &mut Loaded,
    request: &CompareRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let ids = loaded.vocabulary.tokenize(&request.text, true, false)?;
    if ids.is_empty() {
        return Err(EngineError::EmptyPrompt.into());
    }
    let window = request.window.unwrap_or(loaded.capacity.limit).max(2) as usize;
    let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let size = u32::try_from(ids.len().min(window)).unwrap_or(u32::MAX);
    let context = loaded.context_beside(size)?;
    let load = LoadRequest {
        request: request.request,
        context_size: Some(size),
        ..request.other.clone()
    };
    let other = load::load(&load, cancellation, events)?;
    if let Some(difference) = loaded.vocabulary.difference(&other.vocabulary) {
        let reason = format!(
            "{} and {} cannot be compared, since their vocabularies differ: {difference}; two \
             quantisations of one model have the same",
            loaded.info.path.display(),
            other.info.path.display()
        );
        return Err(EngineError::Refused { reason }.into());
    }
    let started = CompareEvent::Started {
        other: Box::new(other.info.clone()),
        total,
    };
    events.send(EngineEvent::Compare {
        request: request.request,
        event: started,
    })?;
    let mut run = Run {
        request,
        cancellation,
        vocabulary: &loaded.vocabulary,
        known: KnownPieces::new(loaded.vocabulary.size()),
        a: Reader::new(context, loaded.pace),
        b: Reader::new(other.context, other.pace),
    };
    for window in ids.chunks(window) {
        run.read(window, events)?;
    }
    events.send(EngineEvent::CompareFinished {
        request: request.request,
    })?;
    Ok(())
}

struct Run<'a> {
    request: &'a CompareRequest,
    cancellation: &'a Cancellation,
    vocabulary: &'a Vocabulary,
    known: KnownPieces,
    a: Reader,
    b: Reader,
}

impl Run<'_> {
    /// Reads tokens that have nothing before them.
    fn read(&mut self, window: &[TokenId], events: &mut dyn EventSink) -> Result<(), End> {
        let Some((&first, predicted)) = window.split_first() else {
            return Ok(());
        };
        self.a.context.clear();
        self.b.context.clear();
        self.tell(vec![self.token(first, None)], events)?;
        let mut done = 0;
        while done < predicted.len() {
            let remaining = predicted.len() - done;
            let size = self
                .a
                .chunk(remaining, true)
                .min(self.b.chunk(remaining, true));
            self.step(&window[done..done + size])?;
            let tokens = predicted[done..done + size]
                .iter()
                .enumerate()
                .map(|(place, &id)| {
                    let odds = self.compare(place, id);
                    self.token(id, Some(Box::new(odds)))
                })
                .collect();
            self.tell(tokens, events)?;
            done += size;
        }
        Ok(())
    }

    /// Both read the same tokens.
    fn step(&mut self, tokens: &[TokenId]) -> Result<(), End> {
        for side in [&mut self.a, &mut self.b] {
            if self.cancellation.is_cancelled(self.request.request) {
                return Err(EngineError::Cancelled.into());
            }
            side.read(tokens, true)?;
        }
        Ok(())
    }

    /// What both said of `id` after a token of the last step.
    fn compare(&mut self, place: usize, id: TokenId) -> ComparedOdds {
        let k = usize::from(self.request.candidates.max(1));
        let (a, log_z_a) = self.a.odds(place, id, k);
        let (b, log_z_b) = self.b.odds(place, id, k);
        let divergence = kl_divergence(
            self.a.context.logits_of(place),
            log_z_a,
            self.b.context.logits_of(place),
            log_z_b,
        );
        ComparedOdds { a, b, divergence }
    }

    fn token(&self, id: TokenId, odds: Option<Box<ComparedOdds>>) -> ComparedToken {
        ComparedToken {
            id,
            kind: self.vocabulary.kind(id),
            bytes: self.vocabulary.piece(id, true),
            odds,
        }
    }

    fn tell(&mut self, tokens: Vec<ComparedToken>, events: &mut dyn EventSink) -> Result<(), End> {
        let odds = tokens.iter().filter_map(|token| token.odds.as_ref());
        let best = odds.flat_map(|odds| odds.a.best.iter().chain(&odds.b.best));
        let pieces = self.known.tell(best.map(|&(id, _)| id), self.vocabulary);
        events.send(EngineEvent::Compare {
            request: self.request.request,
            event: CompareEvent::Read { tokens, pieces },
        })?;
        Ok(())
    }
}
