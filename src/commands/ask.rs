//! One question to an engine, and waiting for its answer.

use std::ops::ControlFlow;
use std::time::Duration;

use crossbeam_channel::RecvTimeoutError;

use crate::engine::Engine;
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, LoadRequest, ModelInfo, RequestId, TokenizedPiece,
};
use crate::words::{Said, commands as words};

/// Loads a model and waits for it; `progress` is told how much is loaded, 0..=1.
pub fn load(
    engine: &dyn Engine,
    request: LoadRequest,
    mut progress: impl FnMut(f32),
) -> Result<ModelInfo, EngineError> {
    let id = request.request;
    let closing = ask(
        engine,
        id,
        EngineCommand::Load(Box::new(request)),
        |event| {
            if let EngineEvent::Loading { fraction, .. } = event {
                progress(*fraction);
            }
        },
    )?;
    match closing {
        EngineEvent::Loaded { model, .. } => Ok(*model),
        other => Err(unexpected(&other)),
    }
}

/// Sends `command`, which carries `id`, hands each event on the way to `on_the_way`, and
/// returns the event that closes it.
///
/// # Errors
/// What the engine refused, or how its process died.
pub fn ask(
    engine: &dyn Engine,
    id: RequestId,
    command: EngineCommand,
    mut on_the_way: impl FnMut(&EngineEvent),
) -> Result<EngineEvent, EngineError> {
    engine.send(command)?;
    loop {
        let event = engine.events().recv().map_err(|_| no_supervisor())?;
        if let Some(closing) = sort(event, id, &mut on_the_way)? {
            return Ok(closing);
        }
    }
}

/// As [`ask`], for work that tells nothing on the way: `look` is called every `interval`, and
/// may end the waiting. The engine computes on then; dropping it ends that too.
///
/// # Errors
/// As those of [`ask`]; [`EngineError::Cancelled`] where `look` ended it.
pub fn ask_and_look(
    engine: &dyn Engine,
    id: RequestId,
    command: EngineCommand,
    interval: Duration,
    mut look: impl FnMut() -> ControlFlow<()>,
) -> Result<EngineEvent, EngineError> {
    engine.send(command)?;
    loop {
        match engine.events().recv_timeout(interval) {
            Ok(event) => {
                if let Some(closing) = sort(event, id, &mut |_| ())? {
                    return Ok(closing);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(no_supervisor()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if look().is_break() {
            return Err(EngineError::Cancelled);
        }
    }
}

fn no_supervisor() -> EngineError {
    EngineError::Protocol {
        reason: words::NO_SUPERVISOR.into(),
    }
}

/// Returns the event that closes the request `id`.
fn sort(
    event: EngineEvent,
    id: RequestId,
    on_the_way: &mut impl FnMut(&EngineEvent),
) -> Result<Option<EngineEvent>, EngineError> {
    match event {
        EngineEvent::Failed { request, error } if request.is_none_or(|it| it == id) => Err(error),
        EngineEvent::Exited(exit) => Err(EngineError::Died(exit)),
        event if event.is_closing() && event.request() == Some(id) => Ok(Some(event)),
        event => {
            on_the_way(&event);
            Ok(None)
        }
    }
}

/// As [`ask`], for events that are written as they come: where `take` fails, nobody reads the
/// rest, so the request is cancelled and the failure returned.
///
/// # Errors
/// As those of `take`, else as those of [`ask`].
pub fn ask_and_write<E: From<EngineError>>(
    engine: &dyn Engine,
    id: RequestId,
    command: EngineCommand,
    mut take: impl FnMut(&EngineEvent) -> Result<(), E>,
) -> Result<EngineEvent, E> {
    let mut unwritten = None;
    let end = ask(engine, id, command, |event| {
        if unwritten.is_none()
            && let Err(error) = take(event)
        {
            // An engine that is gone computes nothing either.
            let _gone = engine.send(EngineCommand::Cancel(id));
            unwritten = Some(error);
        }
    });
    match unwritten {
        Some(error) => Err(error),
        None => Ok(end?),
    }
}

/// Cuts a text into tokens, as `command` (a `Tokenize`) says.
///
/// # Errors
/// As those of [`ask`].
pub fn tokenize(
    engine: &dyn Engine,
    id: RequestId,
    command: EngineCommand,
) -> Result<Vec<TokenizedPiece>, EngineError> {
    match ask(engine, id, command, |_| ())? {
        EngineEvent::Tokenized { tokens, .. } => Ok(tokens),
        other => Err(unexpected(&other)),
    }
}

/// The engine answered with another kind of event than was asked for.
pub fn unexpected(event: &EngineEvent) -> EngineError {
    EngineError::Protocol {
        reason: Said::new(|| words::wrong_answer(format_args!("{event:?}"))),
    }
}
