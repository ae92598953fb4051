//! Several ways to load a model, measured against each other.
//!
//! Their engines stay side by side and take turns, so that a machine that slows down slows all
//! of them. Where memory has no room for that, each has its turns alone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Interrupted;
use crate::commands::ask::{ask, load};
use crate::commands::launch;
use crate::commands::status_line::StatusLine;
use crate::config::Settings;
use crate::engine::ProcessEngine;
use crate::inference::{
    BenchRequest, BenchTest, EngineCommand, EngineError, EngineEvent, LoadRequest, ModelInfo,
    Prompt, RequestId, ScoreRequest, ScoreScope,
};
use crate::metrics::SystemMemory;
use crate::probability::perplexity;
use crate::words::commands::tune as words;

/// Turns that each takes at most; more tell little.
const MOST_TURNS: usize = 9;

/// A way to load a model.
#[derive(Debug, Clone)]
pub struct Variant {
    pub label: String,
    pub load: LoadRequest,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub label: String,
    pub load: LoadRequest,
    /// Why it could not be measured.
    pub result: Result<Measured, String>,
}

/// The speed of a variant, and what it holds of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Tokens a second, medians over the turns; `None` where it was left out.
    pub prefill: Option<f64>,
    pub decode: Option<f64>,
    pub turns: usize,
    /// Of the text, where it was to be judged.
    pub perplexity: Option<f64>,
    pub model: ModelInfo,
}

impl Measured {
    /// Seconds for a prompt of 512 tokens and an answer of 128, or for what was measured of them.
    pub fn seconds(&self) -> f64 {
        let part = |tokens: f64, speed: Option<f64>| speed.map_or(0.0, |speed| tokens / speed);
        part(512.0, self.prefill) + part(128.0, self.decode)
    }
}

/// How a contest is held.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Tokens of one turn's prompt, and of its answer.
    pub prompt_tokens: u32,
    pub decode_tokens: u32,
    /// For all turns of all variants. Each has one turn, however long that takes.
    pub time: Duration,
    /// What perplexity is measured on.
    pub text: Option<&'a str>,
    /// Ctrl-C.
    pub interrupted: &'a AtomicBool,
}

struct Contestant {
    engine: ProcessEngine,
    model: ModelInfo,
    next: u64,
    prefill: Vec<f64>,
    decode: Vec<f64>,
}

/// Measures the variants; `stage` names what is being tried.
///
/// # Errors
/// It was interrupted, or no engine can be started at all. What is wrong with one variant is
/// its outcome.
pub fn hold(
    variants: &[Variant],
    rules: Rules<'_>,
    settings: &Settings,
    stage: &str,
    line: &mut StatusLine,
) -> anyhow::Result<Vec<Outcome>> {
    let group = side_by_side(variants);
    let share = rules
        .time
        .mul_f64(group as f64 / variants.len().max(1) as f64);
    let mut outcomes = Vec::new();
    for variants in variants.chunks(group) {
        let mut contestants = Vec::new();
        for variant in variants {
            line.draw(|| words::loading(stage, &variant.label));
            stop_if(rules.interrupted)?;
            contestants.push(Contestant::enter(variant, settings)?);
        }
        take_turns(variants, &mut contestants, rules, share, stage, line)?;
        for (variant, contestant) in variants.iter().zip(contestants) {
            stop_if(rules.interrupted)?;
            line.draw(|| words::judging(stage, &variant.label));
            outcomes.push(Outcome {
                label: variant.label.clone(),
                load: variant.load.clone(),
                result: contestant.and_then(|it| it.leave(rules.text)),
            });
        }
    }
    line.clear();
    Ok(outcomes)
}

/// How many of them fit into memory together.
fn side_by_side(variants: &[Variant]) -> usize {
    let size = |variant: &Variant| std::fs::metadata(&variant.load.path).map_or(0, |it| it.len());
    let largest = variants.iter().map(size).max().unwrap_or_default().max(1);
    let available = SystemMemory::read().map_or(0, |memory| memory.available);
    // Half of it is for caches and for everyone else.
    let fit = usize::try_from(available / 2 / largest).unwrap_or(usize::MAX);
    fit.clamp(1, variants.len().max(1))
}

fn take_turns(
    variants: &[Variant],
    contestants: &mut [Result<Contestant, String>],
    rules: Rules<'_>,
    time: Duration,
    stage: &str,
    line: &mut StatusLine,
) -> anyhow::Result<()> {
    let began = Instant::now();
    for turn in 0..MOST_TURNS {
        let round = Instant::now();
        for (variant, place) in variants.iter().zip(contestants.iter_mut()) {
            let Ok(contestant) = place else { continue };
            stop_if(rules.interrupted)?;
            line.draw(|| {
                let seconds = began.elapsed().as_secs();
                words::turn(stage, &variant.label, turn + 1, seconds)
            });
            if let Err(error) = contestant.turn(rules, turn == 0) {
                *place = Err(error.to_string());
            }
        }
        if began.elapsed() + round.elapsed() > time {
            break;
        }
    }
    Ok(())
}

fn stop_if(interrupted: &AtomicBool) -> Result<(), Interrupted> {
    if interrupted.load(Ordering::Relaxed) {
        return Err(Interrupted);
    }
    Ok(())
}

impl Contestant {
    /// Loads the model; the inner error is the variant's own.
    fn enter(variant: &Variant, settings: &Settings) -> anyhow::Result<Result<Self, String>> {
        let engine = launch::engine(settings)?;
        let loaded = load(&engine, variant.load.clone(), |_| ());
        Ok(loaded.map_err(|error| error.to_string()).map(|model| Self {
            engine,
            next: variant.load.request.0,
            model,
            prefill: Vec::new(),
            decode: Vec::new(),
        }))
    }

    fn turn(&mut self, rules: Rules<'_>, warm_up: bool) -> Result<(), EngineError> {
        let request = self.request();
        let command = EngineCommand::Bench(Box::new(BenchRequest {
            request,
            prompt_tokens: rules.prompt_tokens,
            decode_tokens: rules.decode_tokens,
            depth: 0,
            repetitions: 1,
            warm_up,
            candidates: 0,
        }));
        let (prefill, decode) = (&mut self.prefill, &mut self.decode);
        ask(&self.engine, request, command, |event| {
            if let EngineEvent::BenchSample(sample) = event {
                let speed = f64::from(sample.tokens) * 1e9 / sample.nanoseconds.max(1) as f64;
                match sample.test {
                    BenchTest::Prefill => prefill.push(speed),
                    BenchTest::Decode => decode.push(speed),
                }
            }
        })
        .map(drop)
    }

    fn leave(mut self, text: Option<&str>) -> Result<Measured, String> {
        let perplexity = text
            .map(|text| self.judge(text))
            .transpose()
            .map_err(|error| error.to_string())?;
        Ok(Measured {
            turns: self.prefill.len().max(self.decode.len()),
            prefill: median(self.prefill),
            decode: median(self.decode),
            perplexity,
            model: self.model,
        })
    }

    /// The perplexity of a text.
    fn judge(&mut self, text: &str) -> Result<f64, EngineError> {
        let request = self.request();
        let command = EngineCommand::Score(Box::new(ScoreRequest {
            request,
            prompt: Prompt::Text(text.to_owned()),
            scope: ScoreScope::From(0),
            candidates: 1,
            chat_template: None,
        }));
        let mut surprise = Vec::new();
        ask(&self.engine, request, command, |event| {
            if let EngineEvent::Scored(part) = event {
                let odds = part.tokens.iter().filter_map(|token| token.odds.as_ref());
                surprise.extend(odds.map(|odds| -f64::from(odds.logprob)));
            }
        })?;
        Ok(perplexity(
            surprise.iter().sum::<f64>() / surprise.len().max(1) as f64,
        ))
    }

    fn request(&mut self) -> RequestId {
        self.next += 1;
        RequestId(self.next)
    }
}

/// The middle one, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], upper)
    } else {
        upper
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
