//! `limpid tune`: tries how a model is loaded best on this machine, and keeps it.
//!
//! One thing after the other is tried, each on top of the best so far, and at the end all of it
//! together against the settings as they were. What differs by less than the noise of a machine
//! in use changes nothing. What the user has set stands, and is not tried.
//!
//! All of it counts towards the time: loading, converting and reading a text as well as the turns.
//! Each thing that is tried has a part of what is left when it begins.

mod contest;
mod plan;
mod quality;
mod stage;
mod table;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::Context;

use self::contest::{Outcome, Rules, Variant};
use self::plan::{Known, rules};
use self::stage::{Stage, Tried};
use super::launch;
use super::models::{self, interruptible};
use super::status_line::StatusLine;
use crate::cli::command::{ListFormat, TuneArgs};
use crate::cli::{ExitStatus, Failure, Resolved};
use crate::config::Verbosity;
use crate::inference::{FormatSpeed, Formats, LoadRequest, RequestId, WeightFormat};
use crate::model::fingerprint;
use crate::model::tuning::{Tuned, Tuning, machine};
use crate::words::commands::tune as words;
use crate::words::{Phrase, common};

/// What perplexity is measured on, where the user names no text: a few hundred plain words.
const TEXT: &str = include_str!("tune/text.txt");

/// Formats that models are usually had in. Where time is short the last ones are left out.
const FORMATS: [WeightFormat; 4] = [
    WeightFormat::Q4_0,
    WeightFormat::Q8_0,
    WeightFormat::Q4KM,
    WeightFormat::Q6K,
];

/// Parts of the time for all that was found together, as [`Stage::weight`] has them.
const CONFIRMING: u32 = 2;

/// The part of the formats' time in which they are made.
const CONVERTING: f64 = 0.5;

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
        until: Instant::now() + Duration::from_secs(u64::from(args.time)),
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
            .keep(&sha256, found.tuned, found.formats.clone())
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
    /// How fast other formats were; `None` where none was tried.
    formats: Option<Formats>,
    /// The time with what was found, of the time as it was; `None` where nothing changes.
    gain: Option<f64>,
    /// Tokens before those that this was measured with.
    depth: u32,
}

struct Tune<'a> {
    resolved: &'a Resolved,
    tuning: &'a Tuning,
    formats: bool,
    /// When all of it should be over.
    until: Instant,
    text: &'a str,
    interrupted: &'a AtomicBool,
    line: StatusLine,
}

impl Tune<'_> {
    fn search(&mut self, model: PathBuf) -> anyhow::Result<Found> {
        let settings = &self.resolved.settings;
        let base = settings.load.request(RequestId(1), model);
        let first = self.calibrate(&base)?;
        let base = LoadRequest {
            threads: Some(first.measured.model.threads),
            ..base
        };
        let stages = Stage::wanted(self.tuning.open, self.formats);
        let mut left = stages.iter().map(|stage| stage.weight()).sum::<u32>() + CONFIRMING;
        let mut best = base.clone();
        let mut tried = Vec::new();
        for stage in stages {
            let time = self.share(stage.weight(), left);
            left -= stage.weight();
            if stage == Stage::Formats {
                tried.push(self.try_formats(&best, &first, time)?);
                continue;
            }
            let variants = stage.variants(&best, self.tuning.open, &first.measured, time);
            if variants.len() < 2 {
                continue;
            }
            let rules = rules(stage, &variants, &first, time, self.interrupted);
            let outcomes = self.hold(&variants, rules, &stage.title())?;
            let stage = stage.judge(outcomes, rules.depth);
            if let Some(chosen) = stage.chosen() {
                best = chosen.load.clone();
            }
            tried.push(stage);
        }
        let (gain, depth) = self.confirm(&base, &best, &first)?;
        // What is not faster in the end is noise.
        let kept = if gain.is_some_and(|gain| gain < 1.0) {
            &best
        } else {
            &base
        };
        let first = first.measured.model;
        Ok(Found {
            model: first.title(),
            machine: machine(),
            formats: format_speeds(&tried, first.gpu_layers > 0),
            tried,
            tuned: Tuned {
                threads: kept.threads.unwrap_or(first.threads),
                ubatch_size: kept.ubatch_size,
                flash_attention: kept.flash_attention,
                cache_type: kept.cache_type_k,
            },
            gain: gain.filter(|&gain| gain < 1.0),
            depth,
        })
    }

    /// Of the time that is left for `all` parts, that of some of them.
    fn share(&self, parts: u32, all: u32) -> Duration {
        let left = self.until.saturating_duration_since(Instant::now());
        left.mul_f64(f64::from(parts) / f64::from(all.max(1)))
    }

    /// How fast it is at all, so that turns take a known time.
    fn calibrate(&mut self, base: &LoadRequest) -> anyhow::Result<Known> {
        let rules = Rules {
            prompt_tokens: 64,
            decode_tokens: 8,
            depth: 0,
            repetitions: 1,
            time: Duration::ZERO,
            text: &[],
            interrupted: self.interrupted,
        };
        let variant = Variant {
            label: String::new(),
            load: base.clone(),
        };
        self.line
            .draw(|| words::loading(words::FIRST_LOOK, &variant.label));
        let time = self.share(1, 1);
        let looked = contest::look(&variant, rules, (self.text, time), &self.resolved.settings)?;
        self.line.clear();
        match looked {
            Ok((measured, text)) => Ok(Known { measured, text }),
            Err(why) => Err(Failure::new(ExitStatus::Model, why).into()),
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

    /// Copies in other formats, which are gone again afterwards. One is tried however long that
    /// takes, and the others as far as there is time to convert.
    fn try_formats(
        &mut self,
        best: &LoadRequest,
        first: &Known,
        time: Duration,
    ) -> anyhow::Result<Tried> {
        let began = Instant::now();
        let converting = time.mul_f64(CONVERTING);
        let context = launch::models_context(self.resolved);
        let folder = &context.paths.store;
        std::fs::create_dir_all(folder).with_context(|| common::cannot_make(folder.display()))?;
        let staging = models::staging(folder)?;
        let mut variants = vec![Variant {
            label: words::THIS_FILE.into(),
            load: best.clone(),
        }];
        let mut left_out = Vec::new();
        for (at, format) in FORMATS.into_iter().enumerate() {
            let each = began.elapsed() / u32::try_from(at.max(1)).unwrap_or(u32::MAX);
            if at > 0 && began.elapsed() + each > converting {
                left_out.push(Outcome {
                    label: format.name().to_owned(),
                    load: best.clone(),
                    result: Err(words::NO_TIME_LEFT.into()),
                });
                continue;
            }
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
        let time = time.saturating_sub(began.elapsed());
        let rules = rules(Stage::Formats, &variants, first, time, self.interrupted);
        let mut outcomes = self.hold(&variants, rules, &Stage::Formats.title())?;
        outcomes.extend(left_out);
        Ok(Stage::Formats.judge(outcomes, rules.depth))
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

    /// All that was found against what was: the time of the one, in that of the other, and the
    /// tokens before those that this was measured with.
    fn confirm(
        &mut self,
        base: &LoadRequest,
        best: &LoadRequest,
        first: &Known,
    ) -> anyhow::Result<(Option<f64>, u32)> {
        if best == base {
            return Ok((None, 0));
        }
        let variant = |label: Phrase, load: &LoadRequest| Variant {
            label: label.into(),
            load: load.clone(),
        };
        let variants = [
            variant(words::AS_IT_WAS, base),
            variant(words::ALL_TOGETHER, best),
        ];
        // What was better for a long conversation may not be for a short one.
        let is_about_attention =
            best.cache_type_k != base.cache_type_k || best.flash_attention != base.flash_attention;
        let stage = if is_about_attention {
            Stage::FlashAttention
        } else {
            Stage::Threads
        };
        let time = self.share(1, 1);
        let mut rules = rules(stage, &variants, first, time, self.interrupted);
        if best.ubatch_size != base.ubatch_size {
            // Shorter prompts do not show what a larger batch does.
            rules.prompt_tokens = rules.prompt_tokens.max(best.ubatch_size);
        }
        let outcomes = self.hold(&variants, rules, &words::ALL_TOGETHER)?;
        let seconds: Vec<f64> = outcomes
            .iter()
            .filter_map(|outcome| Some(outcome.result.as_ref().ok()?.seconds()))
            .collect();
        let gain = match seconds[..] {
            [before, after] => Some(after / before),
            _ => None,
        };
        Ok((gain, rules.depth))
    }
}

/// How fast the formats are that were tried, beside the file's own.
fn format_speeds(tried: &[Tried], on_gpu: bool) -> Option<Formats> {
    let formats = tried.iter().find(|tried| tried.stage == Stage::Formats)?;
    let first = formats.first()?;
    let of_first = |one: Option<f64>, first: Option<f64>| Some(one? / first?);
    let others = formats.outcomes.iter().skip(1);
    let speeds: Vec<_> = others
        .filter_map(|outcome| {
            let one = outcome.result.as_ref().ok()?;
            let cost = formats.cost(one);
            let mut known = FORMATS.into_iter();
            Some(FormatSpeed {
                format: known.find(|format| format.name() == outcome.label)?,
                prefill: of_first(one.prefill, first.prefill)?,
                decode: of_first(one.decode, first.decode)?,
                perplexity: cost.map(|it| it.ratio()),
                as_good: cost.is_some_and(|it| it.is_within(stage::WORTH_LOSING)),
            })
        })
        .collect();
    (!speeds.is_empty()).then_some(Formats { on_gpu, speeds })
}

#[cfg(test)]
mod tests {
    use super::table::tests::{outcome, unmeasured};
    use super::*;

    #[test]
    fn how_fast_formats_are_is_kept_of_those_that_were_measured() {
        let formats = Stage::Formats.judge(
            vec![
                outcome("this file", 500.0, 100.0, Some(20.0)),
                outcome("Q4_0", 1500.0, 140.0, Some(23.0)),
                outcome("Q8_0", 1000.0, 97.0, Some(20.0)),
                unmeasured("Q6_K"),
            ],
            0,
        );
        let found = format_speeds(&[formats], false).unwrap();
        let measured: Vec<_> = found.speeds.iter().map(|it| it.format).collect();
        assert_eq!(measured, [WeightFormat::Q4_0, WeightFormat::Q8_0]);
        let fast = &found.speeds[0];
        assert!((fast.prefill - 3.0).abs() < 1e-9 && (fast.decode - 1.4).abs() < 1e-9);
        assert!((fast.perplexity.unwrap() - 1.15).abs() < 1e-9);
        assert!(!fast.as_good && found.speeds[1].as_good);
        assert_eq!(format_speeds(&[], false), None);
    }
}
