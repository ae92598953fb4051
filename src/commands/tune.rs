//! `limpid tune`: tries how a model is loaded best on this machine, and keeps it.
//!
//! One thing after the other is tried, each on top of the best so far, and at the end all of it
//! together against the settings as they were. What differs by less than the noise of a machine
//! in use changes nothing. What the user has set stands, and is not tried.

mod contest;
mod stage;
mod table;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Context;

use self::contest::{Measured, Outcome, Rules, Variant};
use self::stage::{Stage, Tried};
use super::launch;
use super::models::{self, interruptible};
use super::status_line::StatusLine;
use crate::cli::command::{ListFormat, TuneArgs};
use crate::cli::{ExitStatus, Failure, Resolved};
use crate::config::Verbosity;
use crate::inference::{LoadRequest, RequestId, WeightFormat};
use crate::model::fingerprint;
use crate::model::tuning::{Tuned, Tuning, machine};
use crate::words::commands::tune as words;
use crate::words::{Phrase, common};

/// What perplexity is measured on, where the user names no text: a few hundred plain words.
const TEXT: &str = include_str!("tune/text.txt");

/// Formats that models are usually had in, from fine to coarse.
const FORMATS: [WeightFormat; 4] = [
    WeightFormat::Q8_0,
    WeightFormat::Q6K,
    WeightFormat::Q4KM,
    WeightFormat::Q4_0,
];

/// Ctrl-C.
#[derive(Debug, thiserror::Error)]
#[error("{}", words::INTERRUPTED)]
struct Interrupted;

/// Carries out the command.
///
/// # Errors
/// The model is not here or cannot be loaded, or what was best cannot be kept.
pub fn run(args: &TuneArgs, resolved: &Resolved) -> anyhow::Result<()> {
    let tuning = launch::tuning(resolved).context(words::NO_FOLDER)?;
    let model = launch::model(resolved, false)?;
    let quiet = resolved.settings.verbosity == Verbosity::Quiet;
    let mut line = StatusLine::new(!quiet && std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let sha256 = fingerprint::of(&model, Some(&tuning.fingerprints), |bytes| {
        line.draw(|| words::reading(models::size(bytes)));
    })
    .with_context(|| common::cannot_read(model.display()))?;
    line.clear();
    if args.forget {
        let had = tuning.forget(&sha256).context(words::CANNOT_FORGET)?;
        let said = if had {
            words::FORGOTTEN
        } else {
            words::NOTHING_KEPT
        };
        return super::print(&format!("{said}\n"));
    }
    let text = match &args.text {
        Some(file) => {
            std::fs::read_to_string(file).with_context(|| words::no_text(file.display()))?
        }
        None => TEXT.to_owned(),
    };
    let interrupted = interruptible()?;
    let mut tune = Tune {
        resolved,
        tuning: &tuning,
        formats: args.formats,
        time: Duration::from_secs(u64::from(args.time)),
        text: &text,
        interrupted: &interrupted,
        line,
    };
    let found = tune.search(model).map_err(|error| {
        if error.is::<Interrupted>() {
            return Failure::new(ExitStatus::Interrupted, words::STOPPED).into();
        }
        error
    })?;
    // What is found incognito is told, and not written down.
    let keep = !resolved.settings.incognito;
    if keep {
        tuning
            .keep(&sha256, found.tuned)
            .with_context(|| common::cannot_write(tuning.file.display()))?;
    }
    super::print(&match args.format {
        ListFormat::Text => table::text(&found, keep),
        ListFormat::Json => table::json(&found)?,
    })
}

/// What a search came to.
#[derive(Debug)]
struct Found {
    model: String,
    machine: String,
    tried: Vec<Tried>,
    tuned: Tuned,
    /// The time with what was found, of the time as it was; `None` where nothing changes.
    gain: Option<f64>,
}

struct Tune<'a> {
    resolved: &'a Resolved,
    tuning: &'a Tuning,
    formats: bool,
    time: Duration,
    text: &'a str,
    interrupted: &'a AtomicBool,
    line: StatusLine,
}

impl<'a> Tune<'a> {
    fn search(&mut self, model: PathBuf) -> anyhow::Result<Found> {
        let settings = &self.resolved.settings;
        let base = settings.load.request(RequestId(1), model);
        let first = self.calibrate(&base)?;
        let base = LoadRequest {
            threads: Some(first.model.threads),
            ..base
        };
        let stages = Stage::wanted(self.tuning.open, self.formats);
        // One more part for all together.
        let time = self.time / u32::try_from(stages.len() + 1).unwrap_or(u32::MAX);
        let mut best = base.clone();
        let mut tried = Vec::new();
        for stage in stages {
            if stage == Stage::Formats {
                tried.push(self.try_formats(&best, &first, time)?);
                continue;
            }
            let variants = stage.variants(&best, self.tuning.open, &first, time);
            if variants.len() < 2 {
                continue;
            }
            let rules = self.rules(stage, &variants, &first, time);
            let outcomes = self.hold(&variants, rules, &stage.title())?;
            let stage = stage.judge(outcomes);
            if let Some(chosen) = stage.chosen() {
                best = chosen.load.clone();
            }
            tried.push(stage);
        }
        let gain = self.confirm(&base, &best, &first, time)?;
        // What is not faster in the end is noise.
        let kept = if gain.is_some_and(|gain| gain < 1.0) {
            &best
        } else {
            &base
        };
        Ok(Found {
            model: first.model.title(),
            machine: machine(),
            tried,
            tuned: Tuned {
                threads: kept.threads.unwrap_or(first.model.threads),
                ubatch_size: kept.ubatch_size,
                flash_attention: kept.flash_attention,
                cache_type: kept.cache_type_k,
            },
            gain: gain.filter(|&gain| gain < 1.0),
        })
    }

    /// How fast it is at all, so that turns take a known time.
    fn calibrate(&mut self, base: &LoadRequest) -> anyhow::Result<Measured> {
        let rules = Rules {
            prompt_tokens: 64,
            decode_tokens: 8,
            time: Duration::ZERO,
            text: None,
            interrupted: self.interrupted,
        };
        let variant = Variant {
            label: String::new(),
            load: base.clone(),
        };
        let outcome = self.hold(&[variant], rules, &words::FIRST_LOOK)?.pop();
        let failed = || Failure::new(ExitStatus::Failed, words::NOTHING_MEASURED);
        match outcome.ok_or_else(failed)?.result {
            Ok(measured) => Ok(measured),
            Err(why) => Err(Failure::new(ExitStatus::Model, why).into()),
        }
    }

    /// Turns of a length that lets each variant have several.
    fn rules(
        &self,
        stage: Stage,
        variants: &[Variant],
        first: &Measured,
        time: Duration,
    ) -> Rules<'a> {
        let turn = time.as_secs_f64() / (3 * variants.len()) as f64;
        let tokens = |speed: f64, part: f64, most: u32| {
            (speed * turn * part).clamp(4.0, f64::from(most)) as u32
        };
        let (prompt_tokens, decode_tokens) = match stage {
            Stage::PhysicalBatch => (
                variants
                    .iter()
                    .map(|variant| variant.load.ubatch_size)
                    .max()
                    .unwrap_or_default(),
                0,
            ),
            _ => (
                tokens(first.prefill.unwrap_or(1.0), 0.4, 512),
                tokens(first.decode.unwrap_or(1.0), 0.4, 128),
            ),
        };
        Rules {
            prompt_tokens,
            decode_tokens,
            time,
            text: stage.costs_quality().then_some(self.text),
            interrupted: self.interrupted,
        }
    }

    fn hold(
        &mut self,
        variants: &[Variant],
        rules: Rules<'_>,
        stage: &str,
    ) -> anyhow::Result<Vec<Outcome>> {
        contest::hold(
            variants,
            rules,
            &self.resolved.settings,
            stage,
            &mut self.line,
        )
    }

    /// Copies in other formats, which are gone again afterwards.
    fn try_formats(
        &mut self,
        best: &LoadRequest,
        first: &Measured,
        time: Duration,
    ) -> anyhow::Result<Tried> {
        let context = launch::models_context(self.resolved);
        let folder = &context.paths.store;
        std::fs::create_dir_all(folder).with_context(|| common::cannot_make(folder.display()))?;
        let staging = models::staging(folder)?;
        let mut variants = vec![Variant {
            label: words::THIS_FILE.into(),
            load: best.clone(),
        }];
        for format in FORMATS {
            let copy = staging.path().join(format!("{}.gguf", format.name()));
            self.convert(format, &best.path, &copy)?;
            variants.push(Variant {
                label: format.name().to_owned(),
                load: LoadRequest {
                    path: copy,
                    ..best.clone()
                },
            });
        }
        let rules = self.rules(Stage::Formats, &variants, first, time);
        let outcomes = self.hold(&variants, rules, &Stage::Formats.title())?;
        Ok(Stage::Formats.judge(outcomes))
    }

    fn convert(&mut self, format: WeightFormat, from: &Path, to: &Path) -> anyhow::Result<()> {
        self.line.clear();
        let context = launch::models_context(self.resolved);
        let label = words::converting(format.name());
        models::convert(
            &models::Conversion {
                label: &label,
                format,
                source: from,
                target: to,
            },
            &context,
            &self.resolved.settings,
            self.interrupted,
        )
    }

    /// All that was found against what was: the time of the one, in that of the other.
    fn confirm(
        &mut self,
        base: &LoadRequest,
        best: &LoadRequest,
        first: &Measured,
        time: Duration,
    ) -> anyhow::Result<Option<f64>> {
        if best == base {
            return Ok(None);
        }
        let variant = |label: Phrase, load: &LoadRequest| Variant {
            label: label.into(),
            load: load.clone(),
        };
        let variants = [
            variant(words::AS_IT_WAS, base),
            variant(words::ALL_TOGETHER, best),
        ];
        let mut rules = self.rules(Stage::Threads, &variants, first, time);
        // Shorter prompts do not show what a larger batch does.
        rules.prompt_tokens = rules.prompt_tokens.max(best.ubatch_size);
        let outcomes = self.hold(&variants, rules, &words::ALL_TOGETHER)?;
        let seconds: Vec<f64> = outcomes
            .iter()
            .filter_map(|outcome| Some(outcome.result.as_ref().ok()?.seconds()))
            .collect();
        Ok(match seconds[..] {
            [before, after] => Some(after / before),
            _ => None,
        })
    }
}
