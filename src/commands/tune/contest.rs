//! Several ways to load a model, measured against each other.
//!
//! Their engines stay side by side and take turns, so that a machine that slows down slows all
//! of them. Where memory has no room for that, each has its turns alone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Interrupted;
use crate::commands::ask::{ask, load, tokenize};
use crate::commands::launch;
use crate::commands::status_line::StatusLine;
use crate::config::Settings;
use crate::engine::ProcessEngine;
use crate::inference::{
    BenchRequest, BenchTest, EngineCommand, EngineError, EngineEvent, LoadRequest, ModelInfo,
    Prompt, RequestId, ScoreRequest, ScoreScope, TokenId,
};
use crate::metrics::SystemMemory;
use crate::probability::perplexity;
use crate::words::commands::tune as words;

/// Turns that each takes at most; more tell little.
const MOST_TURNS: usize = 9;

/// Tokens of a text that are read at a time; nothing is known across their borders.
const PIECE: usize = 512;

/// Bytes of text that are cut into tokens for each token that could be read; few tokens are
/// longer.
const BYTES_A_TOKEN: f64 = 8.0;

/// Bytes of text that are cut however little time there is: some hundred tokens or more.
const LEAST_BYTES: f64 = 1024.0;

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
    /// How often it was measured.
    pub turns: usize,
    /// Nats of each token of the text, where it was to be judged.
    pub surprise: Vec<f64>,
    pub model: ModelInfo,
}

impl Measured {
    /// Of the text.
    pub fn perplexity(&self) -> Option<f64> {
        let count = self.surprise.len();
        (count > 0).then(|| perplexity(self.surprise.iter().sum::<f64>() / count as f64))
    }

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
    /// Tokens that are there before them.
    pub depth: u32,
    /// How often both are measured in a turn, over the same tokens before them.
    pub repetitions: u32,
    /// For loading all variants and for all their turns. Each is loaded and has one turn,
    /// however long that takes.
    pub time: Duration,
    /// What perplexity is measured on; nothing where it is not.
    pub text: &'a [TokenId],
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
    let all = variants.len().max(1) as f64;
    let mut outcomes = Vec::new();
    for variants in variants.chunks(group) {
        let began = Instant::now();
        let share = rules.time.mul_f64(variants.len() as f64 / all);
        let mut contestants = Vec::new();
        for variant in variants {
            line.draw(|| words::loading(stage, &variant.label));
            stop_if(rules.interrupted)?;
            contestants.push(Contestant::enter(variant, settings)?);
        }
        let until = began + share;
        take_turns(variants, &mut contestants, rules, until, stage, line)?;
        for (variant, contestant) in variants.iter().zip(contestants) {
            stop_if(rules.interrupted)?;
            line.draw(|| words::judging(stage, &variant.label));
            outcomes.push(Outcome {
                label: variant.label.clone(),
                load: variant.load.clone(),
                result: contestant.and_then(|it| it.leave(rules)),
            });
        }
    }
    stop_if(rules.interrupted)?;
    line.clear();
    Ok(outcomes)
}

/// Measures one variant alone, and cuts as much of a text into tokens as it could read in
/// `time`; the inner error is the variant's own.
///
/// # Errors
/// No engine can be started at all.
pub fn look(
    variant: &Variant,
    rules: Rules<'_>,
    (text, time): (&str, Duration),
    settings: &Settings,
) -> anyhow::Result<Result<(Measured, Vec<TokenId>), String>> {
    let mut contestant = match Contestant::enter(variant, settings)? {
        Ok(contestant) => contestant,
        Err(why) => return Ok(Err(why)),
    };
    let looked = contestant.turn(rules, true).and_then(|()| {
        let speed = contestant.prefill.first().copied().unwrap_or_default();
        let bytes = (speed * time.as_secs_f64() * BYTES_A_TOKEN).max(LEAST_BYTES);
        let text = &text[..text.floor_char_boundary(bytes as usize)];
        contestant.cut(text)
    });
    Ok(match looked {
        Ok(tokens) => contestant.leave(rules).map(|measured| (measured, tokens)),
        Err(error) => Err(error.to_string()),
    })
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
    until: Instant,
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
        if Instant::now() + round.elapsed() > until {
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
            depth: rules.depth,
            repetitions: rules.repetitions,
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

    fn leave(mut self, rules: Rules<'_>) -> Result<Measured, String> {
        let surprise = self.judge(rules).map_err(|error| error.to_string())?;
        Ok(Measured {
            turns: self.prefill.len().max(self.decode.len()),
            prefill: median(self.prefill),
            decode: median(self.decode),
            surprise,
            model: self.model,
        })
    }

    /// How surprising each token of the text is, but those that have nothing before them.
    fn judge(&mut self, rules: Rules<'_>) -> Result<Vec<f64>, EngineError> {
        let piece = PIECE.min(self.model.context_limit.max(2) as usize);
        let mut surprise = Vec::new();
        for piece in rules.text.chunks(piece) {
            if rules.interrupted.load(Ordering::Relaxed) {
                return Err(EngineError::Cancelled);
            }
            let request = self.request();
            let command = EngineCommand::Score(Box::new(ScoreRequest {
                request,
                prompt: Prompt::Tokens(piece.to_vec()),
                scope: ScoreScope::From(0),
                candidates: 1,
                chat_template: None,
            }));
            ask(&self.engine, request, command, |event| {
                if let EngineEvent::Scored(part) = event {
                    let odds = part.tokens.iter().filter_map(|token| token.odds.as_ref());
                    surprise.extend(odds.map(|odds| -f64::from(odds.logprob)));
                }
            })?;
        }
        Ok(surprise)
    }

    fn cut(&mut self, text: &str) -> Result<Vec<TokenId>, EngineError> {
        let request = self.request();
        let command = EngineCommand::Tokenize {
            request,
            text: text.to_owned(),
            add_bos: true,
            parse_special: false,
            continues: false,
        };
        let pieces = tokenize(&self.engine, request, command)?;
        Ok(pieces.into_iter().map(|piece| piece.id).collect())
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
