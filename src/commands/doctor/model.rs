//! The model: whether it is here, fits, loads and computes.

use std::fs;
use std::path::Path;

use super::failed;
use super::finding::Finding;
use crate::cli::Resolved;
use crate::commands::ask::{ask, load};
use crate::commands::launch;
use crate::commands::models::size;
use crate::commands::status_line::StatusLine;
use crate::inference::{
    BenchRequest, EngineCommand, EngineError, EngineEvent, ModelInfo, RequestId,
};
use crate::metrics::SystemMemory;
use crate::model::DEFAULT_MODEL;
use crate::words::commands::doctor as words;

/// Tokens that show that it computes.
const TOKENS: u32 = 8;

pub fn look(resolved: &Resolved, progress: bool) -> Vec<Finding> {
    let path = match launch::model(resolved, false) {
        Ok(path) => path,
        Err(error) => {
            let finding = failed(words::MODEL, &error.into());
            let is_default = resolved.settings.model.is_none();
            return vec![if is_default {
                finding.advise(words::pull_default(DEFAULT_MODEL))
            } else {
                finding
            }];
        }
    };
    let mut findings = vec![memory(&path)];
    findings.push(match computes(resolved, &path, progress) {
        Ok(says) => Finding::good(words::MODEL, says),
        Err(error) => failed(words::MODEL, &error),
    });
    findings
}

/// Whether the weights have room.
fn memory(path: &Path) -> Finding {
    let needed = fs::metadata(path).map_or(0, |file| file.len());
    let Some(memory) = SystemMemory::read() else {
        return Finding::good(words::MEMORY, words::NO_MEMORY_TOLD);
    };
    let says = words::memory(size(memory.available), size(memory.total), size(needed));
    if needed > memory.available {
        Finding::improvable(words::MEMORY, says)
            .advise(words::TAKE_A_SMALLER)
            .advise(words::QUANTISE)
    } else {
        Finding::good(words::MEMORY, says)
    }
}

/// Loads it in an engine process of its own and writes some tokens.
fn computes(resolved: &Resolved, path: &Path, progress: bool) -> anyhow::Result<String> {
    let mut line = StatusLine::new(progress);
    let engine = launch::engine(&resolved.settings)?;
    let request = launch::load_request(resolved, path.to_owned());
    let info = load(&engine, request, |fraction| {
        line.draw(|| words::loading(fraction * 100.0));
    });
    line.clear();
    let info = info?;
    line.draw(|| words::COMPUTING.into());
    let speed = speed(&engine);
    line.clear();
    Ok(told(&info, speed?))
}

/// Tokens a second.
fn speed(engine: &dyn crate::engine::Engine) -> Result<f64, EngineError> {
    let request = RequestId(2);
    let command = EngineCommand::Bench(Box::new(BenchRequest {
        request,
        prompt_tokens: 0,
        decode_tokens: TOKENS,
        depth: 0,
        repetitions: 1,
        warm_up: true,
        candidates: 0,
    }));
    let mut speed = 0.0;
    ask(engine, request, command, |event| {
        if let EngineEvent::BenchSample(sample) = event {
            speed = f64::from(sample.tokens) * 1e9 / sample.nanoseconds.max(1) as f64;
        }
    })?;
    Ok(speed)
}

fn told(info: &ModelInfo, speed: f64) -> String {
    let place: String = match info.gpu_layers {
        0 if info.threads == 1 => words::ONE_THREAD.into(),
        0 => words::threads(info.threads),
        layers => words::gpu_layers(layers),
    };
    words::computes(info.path.display(), info.load_ms / 1e3, speed, place)
}
