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
use crate::probability::{Windowing, Windows, kl_divergence};
use crate::words::{Said, engine::llama as words};

/// Carries out the comparison, to `CompareFinished`.
pub(super) fn compare(
    loaded: &mut Loaded,
    request: &CompareRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let ids = loaded.vocabulary.tokenize(&request.text, false, false)?;
    if ids.is_empty() {
        return Err(EngineError::EmptyPrompt.into());
    }
    let begin = loaded.vocabulary.tokenize("", true, false)?;
    let window = request.window.min(loaded.capacity.limit).max(2);
    let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let size = window.min(total.saturating_add(1));
    let context = loaded.context_beside(size)?;
    let load = LoadRequest {
        request: request.request,
        context_size: Some(size),
        ..request.other.clone()
    };
    let other = load::load(&load, cancellation, events)?;
    if let Some(difference) = loaded.vocabulary.difference(&other.vocabulary) {
        let (one, two) = (loaded.info.path.display(), other.info.path.display());
        let reason = Said::new(|| words::cannot_compare(&one, &two, &difference));
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
        a: Reader::new(context),
        b: Reader::new(other.context),
    };
    let size = window as usize;
    let stride = size / 2;
    let mut windows = Windows::new(Windowing::Sliding { size, stride }, !begin.is_empty());
    while let Some(window) = windows.next(ids.len(), true) {
        let before = window.scored.start - window.read.start + begin.len();
        let tokens = [&begin, &ids[window.read]].concat();
        run.read(&tokens, before, events)?;
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
    /// Reads a stretch of the text with nothing before it, and tells of all but the first
    /// `before` of its tokens.
    fn read(
        &mut self,
        tokens: &[TokenId],
        before: usize,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        self.a.context.clear();
        self.b.context.clear();
        // The token before foresees the first; what comes before that is only read.
        let silent = before.saturating_sub(1);
        let mut done = 0;
        while done < silent {
            done += self.step(&tokens[done..silent], false)?;
        }
        if before == 0
            && let Some(&first) = tokens.first()
        {
            self.tell(vec![self.token(first, None)], events)?;
        }
        // The last token foresees what is no part of the stretch.
        let last = tokens.len().saturating_sub(1);
        while done < last {
            let size = self.step(&tokens[done..last], true)?;
            let told = tokens[done + 1..=done + size]
                .iter()
                .enumerate()
                .map(|(place, &id)| {
                    let odds = self.compare(place, id)?;
                    Ok(self.token(id, Some(Box::new(odds))))
                })
                .collect::<Result<_, EngineError>>()?;
            self.tell(told, events)?;
            done += size;
        }
        Ok(())
    }

    /// Both read the same beginning of `tokens`; returns how many that were.
    fn step(&mut self, tokens: &[TokenId], odds: bool) -> Result<usize, EngineError> {
        let chunk = |side: &Reader| side.chunk(tokens.len());
        let size = chunk(&self.a).min(chunk(&self.b));
        for side in [&mut self.a, &mut self.b] {
            if self.cancellation.is_cancelled(self.request.request) {
                return Err(EngineError::Cancelled);
            }
            side.read(&tokens[..size], odds)?;
        }
        Ok(size)
    }

    /// What both said of `id` after a token of the last step.
    fn compare(&mut self, place: usize, id: TokenId) -> Result<ComparedOdds, EngineError> {
        let k = usize::from(self.request.candidates.max(1));
        let (a, log_z_a) = self.a.odds(place, id, k);
        let (b, log_z_b) = self.b.odds(place, id, k);
        if !log_z_a.is_finite() || !log_z_b.is_finite() {
            return Err(EngineError::no_usable_numbers());
        }
        let divergence = kl_divergence(
            self.a.context.logits_of(place),
            log_z_a,
            self.b.context.logits_of(place),
            log_z_b,
        );
        Ok(ComparedOdds { a, b, divergence })
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
