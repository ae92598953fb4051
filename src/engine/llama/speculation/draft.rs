//! Guesses from a second, smaller model: it writes on, and the first one checks.
//!
//! Leviathan et al. 2023, "Fast Inference from Transformers via Speculative Decoding". The draft
//! writes greedily and stops where it is unsure; what it wrote is checked by the samplers like
//! every guess, so its quality changes the speed alone.

use std::time::Instant;

use super::habit::Habit;
use crate::engine::backend::{Cancellation, ChannelClosed, EventSink};
use crate::engine::llama::vocabulary::Vocabulary;
use crate::engine::llama::{End, Loaded, load};
use crate::inference::{EngineEvent, LoadRequest, TokenId};
use crate::words::{Said, engine::llama as words};

/// A token that the draft believes in less is not worth a place in a batch; llama.cpp's bound
/// is the same (`--draft-p-min`).
const LEAST_SURE: f32 = 0.75;

/// Tokens that it reads between two of the answer's at most, so that a long prompt holds up no
/// answer: it catches up over several tokens before it guesses.
const CATCHING_UP: usize = 64;

/// A model that guesses for another one.
pub(in crate::engine::llama) struct Draft {
    model: Loaded,
    pub(super) habit: Habit,
}

impl Draft {
    /// Loads the draft that `request` names for a model of `size` bytes. `None` where it names none, or one that cannot
    /// guess for this vocabulary: that is told, and nothing is drafted.
    ///
    /// # Errors
    /// The load was cancelled, or nobody listens any more.
    pub(in crate::engine::llama) fn load(
        request: &LoadRequest,
        vocabulary: &Vocabulary,
        size: u64,
        cancellation: &Cancellation,
        events: &mut dyn EventSink,
    ) -> Result<Option<Box<Self>>, End> {
        let Some(path) = &request.draft else {
            return Ok(None);
        };
        let own = LoadRequest {
            path: path.clone(),
            draft: None,
            states: None,
            speculate: None,
            ..request.clone()
        };
        let reason = match load::load(&own, cancellation, events) {
            Ok(model) => match vocabulary.difference(&model.vocabulary) {
                None if model.info.can_rewind => {
                    let habit = Habit::new(model.info.size as f64 / size.max(1) as f64);
                    return Ok(Some(Box::new(Self { model, habit })));
                }
                None => Said::from(words::CANNOT_FORGET),
                Some(difference) => Said::new(|| words::other_vocabulary(&difference)),
            },
            Err(End::Failed(error)) if !cancellation.is_cancelled(request.request) => {
                Said::of(&error)
            }
            Err(end) => return Err(end),
        };
        events.send(EngineEvent::Notice {
            request: None,
            text: Said::new(|| words::drafts_nothing(path.display(), &reason)),
        })?;
        Ok(None)
    }

    /// Tokens of a text that it has not read, the last one as well.
    pub(super) fn missing(&self, text: &[TokenId]) -> usize {
        let (_, held) = self.model.context.longest(text);
        text.len() - held.min(text.len().saturating_sub(1))
    }

    /// Reads what is new of a text; returns the sequence that holds it, which is to be left.
    /// `None` where more is new than may be read at once, or it cannot be read.
    fn read(&mut self, text: &[TokenId]) -> Option<usize> {
        let seat = self.model.context.seat(text)?;
        let missing = &text[seat.kept..];
        let now = &missing[..missing.len().min(CATCHING_UP)];
        let has_room = self.model.ensure_room(missing.len() + 1, &mut Unheard);
        let is_read = has_room == Ok(true) && self.compute(seat.row, now);
        if is_read && now.len() == missing.len() {
            return Some(seat.row);
        }
        self.model.context.leave(seat.row);
        None
    }

    /// Computes tokens; one that is stopped has not.
    fn compute(&mut self, row: usize, tokens: &[TokenId]) -> bool {
        let started = Instant::now();
        let context = &mut self.model.context;
        let most = context.batch_size().max(1);
        let computed = tokens
            .chunks(most)
            .all(|chunk| context.decode(row, chunk, true).is_ok());
        context.synchronize();
        if computed {
            self.habit
                .took(tokens.len(), started.elapsed().as_secs_f64());
        }
        computed
    }

    /// What it writes after a text, at most so many tokens.
    pub(super) fn guess(&mut self, text: &[TokenId], most: usize) -> Vec<TokenId> {
        let Some(row) = self.read(text) else {
            return Vec::new();
        };
        self.habit.was_asked();
        let mut guesses = Vec::new();
        while guesses.len() < most {
            let model = &mut self.model;
            let logits = model.context.logits();
            let summary = model.summaries.summarize(logits, 1);
            let Some(&(id, logprob)) = summary.best.first() else {
                break;
            };
            let sure = logprob >= LEAST_SURE.ln();
            self.habit.was_sure(sure);
            if !sure {
                break;
            }
            guesses.push(TokenId(id));
            if guesses.len() == most || !self.write(row, TokenId(id)) {
                break;
            }
        }
        self.model.context.leave(row);
        guesses
    }

    /// Computes one token, if there is room for it.
    fn write(&mut self, row: usize, token: TokenId) -> bool {
        self.model.ensure_room(1, &mut Unheard) == Ok(true) && self.compute(row, &[token])
    }
}

/// Nobody is told how large the draft's context is.
struct Unheard;

impl EventSink for Unheard {
    fn send(&mut self, _event: EngineEvent) -> Result<(), ChannelClosed> {
        Ok(())
    }
}
