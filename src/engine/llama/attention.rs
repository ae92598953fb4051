//! Where the model looked: the attention weights of one token over those before it.
//!
//! The prompt is read in a context of its own, with flash attention off, since that never
//! writes the weights down. Only the last token is read alone and watched: one row of weights
//! for each head of each layer.

mod probe;

use std::time::Instant;

use self::probe::Probe;
use super::prefill::{check_ids, count, tell};
use super::{End, Loaded, prompt};
use crate::engine::backend::{Cancellation, EventSink};
use crate::inference::{
    AttendAt, AttendRequest, AttendedToken, AttentionEvent, AttentionWindow, EngineError,
    EngineEvent, TokenId,
};
use crate::words::{Said, engine::llama as words};

/// Tokens that are looked at, at most: the weights of a large model over as many (80 layers of
/// 64 heads) take 42 MB, and reading without flash attention takes time in their square.
const WINDOW: usize = 2048;

/// Reads the prompt and tells the weights, to `Attended`.
pub(super) fn attend(
    loaded: &mut Loaded,
    request: &AttendRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<(), End> {
    let tokens = prefix(loaded, request, events)?;
    check_ids(loaded, &tokens)?;
    let most = match loaded.info.context_trained as usize {
        0 => WINDOW,
        trained => WINDOW.min(trained),
    };
    let cut = tokens.len().saturating_sub(most);
    let window = &tokens[cut..];
    let size = count(window.len());
    let id = request.request;

    loaded.check_room(size)?;
    let settings = loaded.context.settings();
    let mut probe = Probe::new(&loaded.model, settings, size)
        .map_err(|reason| EngineError::Refused { reason })?;
    tell(events, id, 0, size, 0)?;
    let earlier = window.len() - 1;
    let mut done = 0;
    while done < earlier {
        stop_if_cancelled(cancellation, request)?;
        let chunk = loaded
            .pace
            .chunk(earlier - done, probe.ubatch_size(), probe.batch_size());
        let started = Instant::now();
        probe.read(&window[done..done + chunk])?;
        loaded.pace.learn(chunk, started.elapsed());
        done += chunk;
        tell(events, id, count(done), size, 0)?;
    }
    stop_if_cancelled(cancellation, request)?;
    let layers = probe.look(window[earlier], window.len())?;
    if layers.is_empty() {
        return Err(EngineError::NoAttention {
            architecture: loaded.info.architecture.clone(),
        }
        .into());
    }
    tell(events, id, size, size, 0)?;

    let vocabulary = &loaded.vocabulary;
    let tokens = window.iter().map(|&id| AttendedToken {
        id,
        kind: vocabulary.kind(id),
        bytes: vocabulary.piece(id, true),
    });
    let window = AttentionWindow {
        tokens: tokens.collect(),
        cut: count(cut),
    };
    let mut send = |event| events.send(EngineEvent::Attention { request: id, event });
    send(AttentionEvent::Window(window))?;
    // A frame for each layer: those of a large model would not fit into one.
    for layer in layers {
        send(AttentionEvent::Layer(layer))?;
    }
    events.send(EngineEvent::Attended { request: id })?;
    Ok(())
}

/// The prompt up to the token that looks.
fn prefix(
    loaded: &mut Loaded,
    request: &AttendRequest,
    events: &mut dyn EventSink,
) -> Result<Vec<TokenId>, End> {
    let template = request.chat_template.as_deref();
    match request.at {
        AttendAt::Last => {
            prompt::tokens(loaded, request.request, &request.prompt, template, events)
        }
        AttendAt::Message { message, token } => {
            let (mut tokens, content) = prompt::message(
                loaded,
                request.request,
                &request.prompt,
                template,
                message as usize,
                events,
            )?;
            let at = content.start + token as usize;
            if at >= content.end {
                let reason =
                    Said::new(|| words::message_shorter(content.len(), u64::from(token) + 1));
                return Err(EngineError::Refused { reason }.into());
            }
            tokens.truncate(at + 1);
            Ok(tokens)
        }
    }
}

fn stop_if_cancelled(
    cancellation: &Cancellation,
    request: &AttendRequest,
) -> Result<(), EngineError> {
    if cancellation.is_cancelled(request.request) {
        return Err(EngineError::Cancelled);
    }
    Ok(())
}
