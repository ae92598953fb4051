//! One question to an engine, and waiting for its answer.

use crate::engine::Engine;
use crate::inference::{
    EngineCommand, EngineError, EngineEvent, LoadRequest, ModelInfo, RequestId,
};

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
        let Ok(event) = engine.events().recv() else {
            return Err(EngineError::Protocol {
                reason: "the engine's supervisor ended".into(),
            });
        };
        match event {
            EngineEvent::Failed { request, error } if request.is_none_or(|it| it == id) => {
                return Err(error);
            }
            EngineEvent::Exited(exit) => return Err(EngineError::Died(exit)),
            event if event.is_closing() && event.request() == Some(id) => return Ok(event),
            event => on_the_way(&event),
        }
    }
}

/// The engine answered with another kind of event than was asked for.
pub fn unexpected(event: &EngineEvent) -> EngineError {
    EngineError::Protocol {
        reason: format!("an answer of the wrong kind: {event:?}"),
    }
}
