//! A text's odds: what the model held of each token before it came.

use std::ops::Range;
use std::time::Duration;

use super::answer::KnownPieces;
use super::errand::{Errand, Went};
use super::reader::Reader;
use super::schedule::Answers;
use super::vocabulary::Vocabulary;
use super::{End, Loaded, prefill, prompt};
use crate::engine::backend::EventSink;
use crate::inference::{
    EngineError, EngineEvent, RequestId, ScoreEvent, ScoreRequest, ScoreScope, ScoredToken, TokenId,
};

/// A request, carried out to its `ScoreFinished`.
pub(super) struct Scoring {
    request: Box<ScoreRequest>,
    /// `None` until it begins.
    run: Option<Run>,
}

impl Scoring {
    pub(super) fn new(request: Box<ScoreRequest>) -> Self {
        Self { request, run: None }
    }
}

impl Errand for Scoring {
    fn request(&self) -> RequestId {
        self.request.request
    }

    fn go_on(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Went, End> {
        let Some(mut run) = self.run.take() else {
            self.run = Some(begin(loaded, &self.request, events)?);
            return Ok(Went::On);
        };
        if !run.is_over() {
            run.go_on(loaded, answers, events)?;
            self.run = Some(run);
            return Ok(Went::On);
        }
        // The next stretch of a long text is as long as this one.
        loaded.reader = Some(run.reader);
        events.send(EngineEvent::ScoreFinished {
            request: self.request.request,
        })?;
        Ok(Went::Over)
    }
}

/// Cuts the text into tokens, and makes a context for them.
fn begin(
    loaded: &mut Loaded,
    request: &ScoreRequest,
    events: &mut dyn EventSink,
) -> Result<Run, End> {
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
        request: request.request,
        candidates: usize::from(request.candidates.max(1)),
        known: KnownPieces::new(loaded.vocabulary.size()),
        tokens,
        scored,
        done: 0,
        reader,
    };
    if run.scored.start == 0
        && let Some(&first) = run.tokens.first().filter(|_| !run.scored.is_empty())
    {
        let token = ScoredToken {
            id: first,
            kind: loaded.vocabulary.kind(first),
            bytes: loaded.vocabulary.piece(first, true),
            odds: None,
        };
        run.tell(vec![token], 0, &loaded.vocabulary, events)?;
    }
    Ok(run)
}

/// A text that is being read.
struct Run {
    request: RequestId,
    candidates: usize,
    known: KnownPieces,
    tokens: Vec<TokenId>,
    /// Of these the odds are told.
    scored: Range<usize>,
    /// Tokens that are read.
    done: usize,
    reader: Reader,
}

impl Run {
    /// The token before foresees the first; what comes before that is only read.
    fn silent(&self) -> usize {
        self.scored.start.saturating_sub(1)
    }

    /// Whether all is told: the last token foresees what is no part of the text.
    fn is_over(&self) -> bool {
        self.done >= self.silent() && self.done + 1 >= self.scored.end
    }

    /// Reads the next tokens.
    fn go_on(
        &mut self,
        loaded: &Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let from = self.done;
        let is_silent = from < self.silent();
        let end = if is_silent {
            self.silent()
        } else {
            self.scored.end - 1
        };
        let mut size = self.reader.chunk(end - from);
        if answers.count > 0 {
            size = loaded.pace.chunk_beside(size, from, Duration::ZERO, size);
        }
        self.reader
            .read(&self.tokens[from..from + size], !is_silent)?;
        self.done += size;
        let vocabulary = &loaded.vocabulary;
        if is_silent {
            return self.tell(Vec::new(), self.done, vocabulary, events);
        }
        let told = (0..size)
            .map(|place| self.token(place, self.tokens[from + place + 1], vocabulary))
            .collect::<Result<_, _>>()?;
        self.tell(told, self.done + 1, vocabulary, events)
    }

    fn token(
        &mut self,
        place: usize,
        id: TokenId,
        vocabulary: &Vocabulary,
    ) -> Result<ScoredToken, EngineError> {
        let (odds, log_normalizer) = self.reader.odds(place, id, self.candidates);
        if odds.best.is_empty() || !log_normalizer.is_finite() {
            return Err(EngineError::no_usable_numbers());
        }
        Ok(ScoredToken {
            id,
            kind: vocabulary.kind(id),
            bytes: vocabulary.piece(id, true),
            odds: Some(Box::new(odds)),
        })
    }

    fn tell(
        &mut self,
        tokens: Vec<ScoredToken>,
        done: usize,
        vocabulary: &Vocabulary,
        events: &mut dyn EventSink,
    ) -> Result<(), End> {
        let odds = tokens.iter().filter_map(|token| token.odds.as_ref());
        let best = odds.flat_map(|odds| odds.best.iter().map(|&(id, _)| id));
        let pieces = self.known.tell(best, vocabulary);
        events.send(EngineEvent::Scored(Box::new(ScoreEvent {
            request: self.request,
            tokens,
            pieces,
            done: u32::try_from(done).unwrap_or(u32::MAX),
            total: u32::try_from(self.tokens.len()).unwrap_or(u32::MAX),
        })))?;
        Ok(())
    }
}
