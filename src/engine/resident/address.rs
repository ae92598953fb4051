//! A request's id on one side of the hub becomes that on the other.
//!
//! Clients count their requests each for itself. Every message is named here, so that a new one
//! does not compile before it was thought of.

use crate::inference::{EngineCommand, EngineEvent, FanEvent, RequestId};

/// Where a command names its request. `Cancel` names one without opening it, and is readdressed
/// all the same.
pub fn of_command(command: &mut EngineCommand) -> &mut RequestId {
    match command {
        EngineCommand::Load(load) => &mut load.request,
        EngineCommand::Generate(generate) => &mut generate.request,
        EngineCommand::FanOut(fan) => &mut fan.generate.request,
        EngineCommand::Cancel(request)
        | EngineCommand::Tokenize { request, .. }
        | EngineCommand::Render { request, .. } => request,
        EngineCommand::Score(score) => &mut score.request,
        EngineCommand::Bench(bench) => &mut bench.request,
        EngineCommand::Compare(compare) => &mut compare.request,
        EngineCommand::Attend(attend) => &mut attend.request,
        EngineCommand::Classify(classify) => &mut classify.request,
        EngineCommand::Reconsider(reconsider) => &mut reconsider.request,
        EngineCommand::Quantize(quantize) => &mut quantize.request,
    }
}

/// Puts `request` wherever an event names the request it belongs to.
pub fn event(event: &mut EngineEvent, to: RequestId) {
    match event {
        EngineEvent::Loading { request, .. }
        | EngineEvent::Loaded { request, .. }
        | EngineEvent::Prefill { request, .. }
        | EngineEvent::Recalled { request, .. }
        | EngineEvent::BeginsThinking { request }
        | EngineEvent::Finished { request, .. }
        | EngineEvent::FanFinished { request, .. }
        | EngineEvent::Tokenized { request, .. }
        | EngineEvent::Rendered { request, .. }
        | EngineEvent::ScoreFinished { request }
        | EngineEvent::BenchFinished { request }
        | EngineEvent::Compare { request, .. }
        | EngineEvent::CompareFinished { request }
        | EngineEvent::Attention { request, .. }
        | EngineEvent::Attended { request }
        | EngineEvent::Quantized { request } => *request = to,
        EngineEvent::Fan { request, event } => {
            *request = to;
            match event {
                FanEvent::Token { token, .. } => token.request = to,
                FanEvent::Began { .. } | FanEvent::Ended { .. } => {}
            }
        }
        EngineEvent::Token(token) => token.request = to,
        EngineEvent::Scored(scored) => scored.request = to,
        EngineEvent::BenchSample(sample) => sample.request = to,
        EngineEvent::Classified(classified) => classified.request = to,
        EngineEvent::Reconsidered(reconsidered) => reconsidered.request = to,
        EngineEvent::Failed { request, .. } | EngineEvent::Notice { request, .. } => {
            *request = Some(to);
        }
        // They belong to no request.
        EngineEvent::ContextGrown { .. } | EngineEvent::Shared(_) | EngineEvent::Exited(_) => {}
    }
}
