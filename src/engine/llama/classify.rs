//! Which of some labels is the answer: each is weighed as what the model would say.
//!
//! ```text
//! cells       0 … 41 42    43    44
//! sequence 0  prompt │                      read once
//! sequence 3  (same) │ posit ive   ∎        ln p = sum over these and the end
//! sequence 3  (same) │ neutral ∎            the cells of the one before are free again
//! ```
//!
//! The weight of a label is the probability that the answer is this label and nothing else: of
//! each of its tokens, and of any token that ends an answer after them.

use std::time::{Duration, Instant};

use super::errand::{Errand, Went};
use super::prefill::{Read, Reading, check, count, too_long};
use super::schedule::Answers;
use super::writer::{milliseconds, resident_memory};
use super::{End, Loaded, prompt};
use crate::engine::backend::EventSink;
use crate::inference::{
    Classified, ClassifyRequest, EngineError, EngineEvent, GenerationStats, LabelOdds, Message,
    Prompt, RequestId, Role, TokenId,
};
use crate::words::engine::llama as words;

/// A request, carried out to its `Classified`.
pub(super) struct Classification {
    request: Box<ClassifyRequest>,
    started: Instant,
    phase: Phase,
    /// As far as all labels follow it: where its end is cut differently before one of them, that
    /// is weighed too. Empty until it is cut into tokens.
    prompt: Vec<TokenId>,
    /// The whole prompt with each label, then only what is weighed of it.
    answers: Vec<Vec<TokenId>>,
    /// Tokens that were in the cache when it was first given a sequence.
    cached: Option<usize>,
    /// What it took until the prompt was read.
    read: Duration,
    /// The labels that are weighed.
    labels: Vec<(String, f64, u32)>,
}

enum Phase {
    /// Prompt and labels are cut into tokens.
    Cutting,
    Waiting,
    Reading(Reading),
    Weighing(Weighing),
}

/// The prompt is read, and a label is being weighed.
struct Weighing {
    row: usize,
    /// The logits after the prompt.
    first: Vec<f32>,
    /// Tokens of the label that are computed, after those of the prompt.
    done: usize,
    logprob: f64,
}

impl Classification {
    pub(super) fn new(request: Box<ClassifyRequest>) -> Self {
        Self {
            request,
            started: Instant::now(),
            phase: Phase::Cutting,
            prompt: Vec::new(),
            answers: Vec::new(),
            cached: None,
            read: Duration::ZERO,
            labels: Vec::new(),
        }
    }

    /// Cuts the prompt or a label into tokens; each takes a while where the prompt is long.
    fn cut(&mut self, loaded: &mut Loaded, events: &mut dyn EventSink) -> Result<(), End> {
        let request = &self.request;
        if self.prompt.is_empty() {
            let template = request.chat_template.as_deref();
            let (id, asked) = (request.request, &request.prompt);
            self.prompt = prompt::tokens(loaded, id, asked, template, events)?;
            check(loaded, &self.prompt)?;
        } else if let Some(label) = request.labels.get(self.answers.len()) {
            let answer = answer(loaded, request, &self.prompt, label, events)?;
            self.answers.push(answer);
        } else {
            let shared = self.answers.iter().map(|it| common(&self.prompt, it));
            let shared = shared.min().unwrap_or(self.prompt.len());
            if shared == 0 {
                return Err(EngineError::EmptyPrompt.into());
            }
            self.prompt.truncate(shared);
            for answer in &mut self.answers {
                answer.drain(..shared);
            }
            self.phase = Phase::Waiting;
        }
        Ok(())
    }

    fn seat(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Went, End> {
        let id = self.request.request;
        let Some(reading) = Reading::begin(loaded, id, &self.prompt, answers, events)? else {
            return Ok(Went::Waits);
        };
        self.cached.get_or_insert(reading.kept());
        self.phase = Phase::Reading(reading);
        Ok(Went::On)
    }

    /// Gives its place up, for answers that have grown. What is weighed stays.
    fn wait(&mut self, loaded: &mut Loaded) -> Went {
        self.leave(loaded);
        Went::Waits
    }

    fn tell(&self, loaded: &mut Loaded, events: &mut dyn EventSink) -> Result<(), End> {
        let computed: u32 = self.labels.iter().map(|(_, _, tokens)| *tokens).sum();
        let took = self.started.elapsed();
        let stats = GenerationStats {
            prompt_tokens: count(self.prompt.len()),
            cached_tokens: count(self.cached.unwrap_or(0)),
            prompt_ms: milliseconds(self.read),
            predicted_tokens: computed,
            predicted_ms: milliseconds(took.saturating_sub(self.read)),
            ttft_ms: milliseconds(took),
            load_ms: loaded.waited_ms.take().unwrap_or(0.0),
            context_used: count(self.prompt.len()),
            context_size: loaded.context.size(),
            engine_memory: resident_memory(),
            ..GenerationStats::default()
        };
        events.send(EngineEvent::Classified(Box::new(Classified {
            request: self.request.request,
            labels: LabelOdds::shares(self.labels.clone()),
            stats,
        })))?;
        Ok(())
    }
}

impl Errand for Classification {
    fn request(&self) -> RequestId {
        self.request.request
    }

    fn go_on(
        &mut self,
        loaded: &mut Loaded,
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<Went, End> {
        let id = self.request.request;
        match &mut self.phase {
            Phase::Cutting => self.cut(loaded, events)?,
            Phase::Waiting => return self.seat(loaded, answers, events),
            Phase::Reading(reading) => {
                match reading.go_on(loaded, id, &self.prompt, answers, events)? {
                    Read::Part => {}
                    Read::NoRoom => return Ok(self.wait(loaded)),
                    Read::Whole => {
                        self.read = self.started.elapsed();
                        self.phase = Phase::Weighing(Weighing {
                            row: reading.row(),
                            first: loaded.context.logits().to_vec(),
                            done: 0,
                            logprob: 0.0,
                        });
                    }
                }
            }
            Phase::Weighing(weighing) => {
                let place = self.labels.len();
                if let Some(tokens) = self.answers.get(place) {
                    if !weighing.has_room(loaded, &self.prompt, tokens, answers, events)? {
                        return Ok(self.wait(loaded));
                    }
                    weighing.go_on(loaded, tokens, answers)?;
                    if weighing.done == tokens.len() {
                        let label = self.request.labels[place].clone();
                        let logprob = weighing.finish(loaded, &self.prompt)?;
                        self.labels.push((label, logprob, count(tokens.len())));
                    }
                }
                if self.labels.len() == self.answers.len() {
                    self.tell(loaded, events)?;
                    return Ok(Went::Over);
                }
            }
        }
        Ok(Went::On)
    }

    fn holds(&self) -> Option<usize> {
        match &self.phase {
            Phase::Cutting | Phase::Waiting => None,
            Phase::Reading(reading) => Some(reading.missing(&self.prompt)),
            Phase::Weighing(weighing) => {
                let label = self.answers.get(self.labels.len());
                Some(label.map_or(0, |tokens| tokens.len() - weighing.done))
            }
        }
    }

    fn leave(&mut self, loaded: &mut Loaded) {
        let row = match &self.phase {
            Phase::Cutting | Phase::Waiting => return,
            Phase::Reading(reading) => reading.row(),
            Phase::Weighing(weighing) => weighing.row,
        };
        loaded.context.rewind(row, self.prompt.len());
        loaded.has_computed(self.request.conversation.as_ref(), row);
        loaded.context.leave(row);
        self.phase = Phase::Waiting;
    }
}

/// The whole prompt with a label as the answer, without its end.
fn answer(
    loaded: &mut Loaded,
    request: &ClassifyRequest,
    base: &[TokenId],
    label: &str,
    events: &mut dyn EventSink,
) -> Result<Vec<TokenId>, End> {
    let with_label = match &request.prompt {
        Prompt::Chat {
            messages, think, ..
        } => Prompt::Chat {
            think: *think,
            messages: messages.clone(),
            answer_prefix: Some(Message::new(Role::Assistant, label)),
        },
        Prompt::Text(text) => Prompt::Text(format!("{text}{label}")),
        Prompt::Tokens(_) => {
            let mut tokens = base.to_vec();
            tokens.extend(loaded.vocabulary.tokenize_on(label, false)?);
            return Ok(tokens);
        }
    };
    let template = request.chat_template.as_deref();
    let tokens = prompt::tokens(loaded, request.request, &with_label, template, events)?;
    if tokens.len() >= loaded.capacity.limit as usize {
        return Err(too_long(loaded, &tokens, loaded.capacity.limit).into());
    }
    Ok(tokens)
}

fn common(one: &[TokenId], other: &[TokenId]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

impl Weighing {
    /// Whether the rest of a label fits beside the answers.
    fn has_room(
        &self,
        loaded: &mut Loaded,
        prompt: &[TokenId],
        label: &[TokenId],
        answers: Answers,
        events: &mut dyn EventSink,
    ) -> Result<bool, End> {
        let missing = label.len() - self.done;
        let fits = loaded.ensure_room(missing + answers.cells, events)?;
        if !fits && answers.count == 0 {
            return Err(too_long(loaded, prompt, loaded.context.size()).into());
        }
        Ok(fits)
    }

    /// Adds the log-probability, in nats, of what follows the next tokens of the label: of the
    /// others, and after the last one of its end.
    fn go_on(
        &mut self,
        loaded: &mut Loaded,
        label: &[TokenId],
        answers: Answers,
    ) -> Result<(), EngineError> {
        let Some(&opening) = label.first() else {
            return Err(EngineError::Refused {
                reason: words::EMPTY_LABEL.into(),
            });
        };
        if self.done == 0 {
            self.logprob = log_probability(&self.first, |id| id == opening)?;
        }
        let most = loaded.context.batch_size().min(label.len() - self.done);
        let size = match answers.count {
            0 => most,
            _ => {
                let depth = loaded.context.len(self.row);
                loaded.pace.chunk_beside(most, depth, Duration::ZERO, most)
            }
        };
        loaded
            .context
            .decode_all(self.row, &label[self.done..self.done + size])
            .map_err(EngineError::from)?;
        for place in 0..size {
            let logits = loaded.context.logits_of(place);
            self.logprob += match label.get(self.done + place + 1) {
                Some(&next) => log_probability(logits, |id| id == next)?,
                None => log_probability(logits, |id| loaded.vocabulary.is_end(id))?,
            };
        }
        self.done += size;
        Ok(())
    }

    /// Gives the log-probability of a label that is weighed; the sequence ends as it began.
    fn finish(&mut self, loaded: &mut Loaded, prompt: &[TokenId]) -> Result<f64, EngineError> {
        loaded.context.rewind(self.row, prompt.len());
        if loaded.context.len(self.row) < prompt.len() {
            // What cannot be taken back is read again.
            for part in prompt.chunks(loaded.context.batch_size()) {
                loaded
                    .context
                    .decode(self.row, part, true)
                    .map_err(EngineError::from)?;
            }
        }
        self.done = 0;
        Ok(self.logprob)
    }
}

/// The log of the probability, under the model itself, that one of these tokens comes.
fn log_probability(logits: &[f32], is_one: impl Fn(TokenId) -> bool) -> Result<f64, EngineError> {
    let best = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if !best.is_finite() {
        return Err(EngineError::no_usable_numbers());
    }
    let weight = |logit: f32| f64::from(logit - best).exp();
    let (mut all, mut wanted) = (0.0, 0.0);
    for (id, &logit) in (0..).zip(logits) {
        let weight = weight(logit);
        all += weight;
        if is_one(TokenId(id)) {
            wanted += weight;
        }
    }
    Ok(f64::ln(wanted / all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probability_of_several_tokens_is_the_sum_of_theirs() {
        let logits = [1.0, 2.0, f32::NEG_INFINITY, 0.5];
        let all: f64 = logits.iter().map(|&logit| f64::from(logit).exp()).sum();
        let found = log_probability(&logits, |id| id.0 % 2 == 1).expect("are numbers");
        let expected = ((2.0_f64.exp() + 0.5_f64.exp()) / all).ln();
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        let impossible = log_probability(&logits, |id| id.0 == 2).expect("are numbers");
        assert_eq!(impossible, f64::NEG_INFINITY);
        assert!(log_probability(&[f32::NAN], |_| true).is_err());
    }
}
