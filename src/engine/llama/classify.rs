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

use std::time::Instant;

use super::prefill::{check, count, prefill, too_long};
use super::writer::resident_memory;
use super::{End, Loaded, prompt};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    Classified, ClassifyRequest, EngineError, EngineEvent, GenerationStats, LabelOdds, Message,
    Prompt, Role, TokenId,
};
use crate::words::engine::llama as words;

/// Carries out a request, to its `Classified`.
pub(super) fn classify(
    loaded: &mut Loaded,
    request: &ClassifyRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let started = Instant::now();
    let id = request.request;
    let template = request.chat_template.as_deref();
    let base = prompt::tokens(loaded, id, &request.prompt, template, events)?;
    check(loaded, &base)?;
    let mut answers = Vec::with_capacity(request.labels.len());
    for label in &request.labels {
        answers.push(answer(loaded, request, &base, label, events)?);
    }
    // Where the prompt's end is cut differently before a label, that is weighed too.
    let shared = answers
        .iter()
        .map(|tokens| common(&base, tokens))
        .min()
        .unwrap_or(base.len());
    if shared == 0 {
        return Err(EngineError::EmptyPrompt.into());
    }
    let seat = loaded
        .context
        .seat_beside(&base[..shared])
        .ok_or_else(|| EngineError::Refused {
            reason: words::ALL_SEQUENCES_TAKEN.into(),
        })?;
    let row = seat.row;
    let weighed = (|| {
        prefill(loaded, seat, id, &base[..shared], cancellation, events)?;
        let read = started.elapsed();
        let first = loaded.context.logits().to_vec();
        let mut labels = Vec::with_capacity(answers.len());
        for (label, tokens) in request.labels.iter().zip(&answers) {
            if cancellation.is_cancelled(id) {
                return Err(EngineError::Cancelled.into());
            }
            let tokens = &tokens[shared..];
            let logprob = weigh(loaded, row, &base[..shared], &first, tokens, events)?;
            labels.push((label.clone(), logprob, count(tokens.len())));
        }
        Ok::<_, End>((labels, read))
    })();
    loaded.context.rewind(row, shared);
    loaded.has_computed(request.conversation.as_ref(), row);
    loaded.context.leave(row);
    let (labels, read) = weighed?;
    let computed: u32 = labels.iter().map(|(_, _, tokens)| *tokens).sum();
    let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    let stats = GenerationStats {
        prompt_tokens: count(shared),
        cached_tokens: count(seat.kept),
        prompt_ms: milliseconds(read),
        predicted_tokens: computed,
        predicted_ms: milliseconds(started.elapsed().saturating_sub(read)),
        ttft_ms: milliseconds(started.elapsed()),
        load_ms: loaded.waited_ms.take().unwrap_or(0.0),
        context_used: count(shared),
        context_size: loaded.context.size(),
        engine_memory: resident_memory(),
        ..GenerationStats::default()
    };
    events.send(EngineEvent::Classified(Box::new(Classified {
        request: id,
        labels: LabelOdds::shares(labels),
        stats,
    })))?;
    Ok(())
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

/// The log-probability, in nats, that the answer is these tokens and then ends. `first` are the
/// logits before them; the sequence ends as it began.
fn weigh(
    loaded: &mut Loaded,
    row: usize,
    before: &[TokenId],
    first: &[f32],
    tokens: &[TokenId],
    events: &mut dyn EventSink,
) -> Result<f64, End> {
    let Some(&opening) = tokens.first() else {
        return Err(EngineError::Refused {
            reason: words::EMPTY_LABEL.into(),
        }
        .into());
    };
    let mut logprob = log_probability(first, |id| id == opening)?;
    if !loaded.ensure_room(tokens.len(), events)? {
        return Err(too_long(loaded, before, loaded.context.size()).into());
    }
    for part in tokens.chunks(loaded.context.batch_size()) {
        loaded
            .context
            .decode_all(row, part)
            .map_err(EngineError::from)?;
        let done = loaded.context.len(row) - before.len();
        for place in 0..part.len() {
            let logits = loaded.context.logits_of(place);
            let next = tokens.get(done - part.len() + place + 1);
            logprob += match next {
                Some(&next) => log_probability(logits, |id| id == next)?,
                None => log_probability(logits, |id| loaded.vocabulary.is_end(id))?,
            };
        }
    }
    loaded.context.rewind(row, before.len());
    if loaded.context.len(row) < before.len() {
        // What cannot be taken back is read again.
        for part in before.chunks(loaded.context.batch_size()) {
            loaded
                .context
                .decode(row, part, true)
                .map_err(EngineError::from)?;
        }
    }
    Ok(logprob)
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
