//! A text's odds: what the model held of each token before it came.

use std::ops::Range;

use super::answer::KnownPieces;
use super::reader::Reader;
use super::vocabulary::Vocabulary;
use super::{End, Loaded, prefill, prompt};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    EngineError, EngineEvent, ScoreEvent, ScoreRequest, ScoreScope, ScoredToken, TokenId,
};

/// Reads the text, to `ScoreFinished`.
pub(super) fn score(
    loaded: &mut Loaded,
    request: &ScoreRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let template = request.chat_template.as_deref();
    let (tokens, scored) = match request.scope {
        ScoreScope::From(first) => {
            let tokens =
                prompt::tokens(loaded, request.request, &request.prompt, template, events)?;
            let scored = (first as usize).min(tokens.len())..tokens.len();
            (tokens, scored)
        }
        ScoreScope::Message(message) => {
            let (mut tokens, scored) = prompt::message(
                loaded,
                request.request,
                &request.prompt,
                template,
                message as usize,
                events,
            )?;
            // What follows it changes nothing.
            tokens.truncate(scored.end);
            (tokens, scored)
        }
    };
    prefill::check_ids(loaded, &tokens)?;
    let size = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    // Nothing is written, so no cell is kept free for it.
    if size > loaded.capacity.limit {
        return Err(EngineError::PromptTooLong {
            tokens: size,
            limit: loaded.capacity.limit,
            hint: loaded.capacity.hint(),
        }
        .into());
    }
    let fits = |reader: &Reader| {
        let has = reader.context.size();
        (size..=size.saturating_mul(2)).contains(&has)
    };
    let reader = match loaded.reader.take().filter(fits) {
        Some(mut reader) => {
            reader.context.clear();
            reader
        }
        None => Reader::new(loaded.context_beside(size)?),
    };
    let mut run = Run {
        request,
        cancellation,
        vocabulary: &loaded.vocabulary,
        known: KnownPieces::new(loaded.vocabulary.size()),
        total: size,
        reader,
    };
    run.read(&tokens, scored, events)?;
    // The next stretch of a long text is as long as this one.
    loaded.reader = Some(run.reader);
    events.send(EngineEvent::ScoreFinished {
        request: request.request,
    })?;
    Ok(())
}

struct Run<'a> {
    request: &'a ScoreRequest,
    cancellation: &'a Cancellation,
    vocabulary: &'a Vocabulary,
    known: KnownPieces,
    total: u32,
    reader: Reader,
}

impl Run<'_> {
    fn read(
        &mut self,
        tokens: &[TokenId],
        scored: Range<usize>,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        // The token before foresees the first; what comes before that is only read.
        let silent = scored.start.saturating_sub(1);
        let mut done = 0;
        while done < silent {
            let size = self.reader.chunk(silent - done);
            self.step(&tokens[done..done + size], false)?;
            done += size;
            self.tell(Vec::new(), done, events)?;
        }
        if scored.start == 0
            && let Some(&first) = tokens.first().filter(|_| !scored.is_empty())
        {
            let token = ScoredToken {
                id: first,
                kind: self.vocabulary.kind(first),
                bytes: self.vocabulary.piece(first, true),
                odds: None,
            };
            self.tell(vec![token], 0, events)?;
        }
        // The last token foresees what is no part of the text.
        while done + 1 < scored.end {
            let size = self.reader.chunk(scored.end - 1 - done);
            self.step(&tokens[done..done + size], true)?;
            let told = (0..size)
                .map(|place| self.token(place, tokens[done + place + 1]))
                .collect::<Result<_, _>>()?;
            done += size;
            self.tell(told, done + 1, events)?;
        }
        Ok(())
    }

    fn step(&mut self, tokens: &[TokenId], odds: bool) -> Result<(), EngineError> {
        if self.cancellation.is_cancelled(self.request.request) {
            return Err(EngineError::Cancelled);
        }
        self.reader.read(tokens, odds)
    }

    fn token(&mut self, place: usize, id: TokenId) -> Result<ScoredToken, EngineError> {
        let best = usize::from(self.request.candidates.max(1));
        let (odds, log_normalizer) = self.reader.odds(place, id, best);
        if odds.best.is_empty() || !log_normalizer.is_finite() {
            return Err(EngineError::no_usable_numbers());
        }
        Ok(ScoredToken {
            id,
            kind: self.vocabulary.kind(id),
            bytes: self.vocabulary.piece(id, true),
            odds: Some(Box::new(odds)),
        })
    }

    fn tell(
        &mut self,
        tokens: Vec<ScoredToken>,
        done: usize,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let odds = tokens.iter().filter_map(|token| token.odds.as_ref());
        let best = odds.flat_map(|odds| odds.best.iter().map(|&(id, _)| id));
        let pieces = self.known.tell(best, self.vocabulary);
        events.send(EngineEvent::Scored(Box::new(ScoreEvent {
            request: self.request.request,
            tokens,
            pieces,
            done: u32::try_from(done).unwrap_or(u32::MAX),
            total: self.total,
        })))?;
        Ok(())
    }
}
