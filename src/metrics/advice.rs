//! What would make it faster here: one sentence.
//!
//! Each is said only where it is known to be true on this machine. What harms most comes first:
//! threads that wait for each other, then memory that has no room, then a format that was
//! measured to be slow, then what limits decoding as such.

use std::fmt;

use super::{Ceiling, Limit};
use crate::inference::{FormatSpeed, Formats, ModelInfo};
use crate::words::{common, metrics as words};

/// How many times as fast another format must have read prompts to be named.
const WORTH_NAMING: f64 = 1.5;

/// What is known of a model at work.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub model: &'a ModelInfo,
    pub ceiling: Option<Ceiling>,
    /// As they were measured for this file on this machine.
    pub formats: Option<&'a Formats>,
    /// Tokens in the context.
    pub context_used: u32,
    /// An answer ended because the context could not become larger.
    pub was_full: bool,
    /// Threads that run at once.
    pub cores: u32,
}

/// What to do. Its text is one sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Advice {
    /// About decoding alone.
    Limit(Limit),
    /// Layers that are not on the GPU are computed by the processor.
    LayersOffGpu {
        on_gpu: u32,
        all: u32,
        smaller_cache: bool,
    },
    /// The KV cache cannot become as large as the model could use it.
    NoRoomForCache {
        tokens: u32,
        trained: u32,
        smaller_cache: bool,
    },
    /// Others read prompts so many times as fast, the fastest first.
    SlowFormat(Vec<FormatSpeed>),
}

impl Advice {
    /// What helps most; `None` where nothing is known.
    #[must_use]
    pub fn of(seen: &Seen<'_>) -> Option<Self> {
        let model = seen.model;
        let limit = seen
            .ceiling
            .map(|ceiling| ceiling.limit(model.threads, seen.cores));
        if let Some(limit @ Limit::TooManyThreads { .. }) = limit {
            return Some(Self::Limit(limit));
        }
        let smaller_cache = model.shortage.smaller_cache;
        if model.shortage.layers {
            return Some(Self::LayersOffGpu {
                on_gpu: model.gpu_layers,
                // llama.cpp counts the output as one.
                all: model.layers + 1,
                smaller_cache,
            });
        }
        if let Some(tokens) = cells_at_most(seen) {
            return Some(Self::NoRoomForCache {
                tokens,
                trained: model.context_trained,
                smaller_cache,
            });
        }
        let faster = faster_formats(seen);
        if !faster.is_empty() {
            return Some(Self::SlowFormat(faster));
        }
        limit.map(Self::Limit)
    }
}

/// Tokens that memory has room for, where that is too few for a conversation as long as this.
fn cells_at_most(seen: &Seen<'_>) -> Option<u32> {
    let model = seen.model;
    if seen.was_full && model.context_size < model.context_limit {
        // It was to become larger, and what is free by now did not allow it.
        return Some(model.context_size);
    }
    let is_near = seen.context_used > model.context_limit / 2;
    (model.shortage.context && is_near).then_some(model.context_limit)
}

/// The fastest, and where that costs quality, the fastest that does not.
fn faster_formats(seen: &Seen<'_>) -> Vec<FormatSpeed> {
    let on_gpu = seen.model.gpu_layers > 0;
    let Some(formats) = seen.formats.filter(|formats| formats.on_gpu == on_gpu) else {
        return Vec::new();
    };
    let fastest = |good: bool| {
        let speeds = formats.speeds.iter();
        speeds
            .filter(|it| it.prefill >= WORTH_NAMING && (it.as_good || !good))
            .max_by(|a, b| a.prefill.total_cmp(&b.prefill))
    };
    let mut named: Vec<_> = [fastest(false), fastest(true)]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    named.dedup();
    named
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limit(limit) => fmt::Display::fmt(limit, f),
            Self::LayersOffGpu {
                on_gpu,
                all,
                smaller_cache: true,
            } => f.write_str(&words::layers_off_gpu(on_gpu, all)),
            Self::LayersOffGpu { on_gpu, all, .. } => {
                f.write_str(&words::layers_off_gpu_with_small_cache(on_gpu, all))
            }
            Self::NoRoomForCache {
                tokens,
                trained,
                smaller_cache: true,
            } => f.write_str(&words::no_room_for_cache(tokens, trained)),
            Self::NoRoomForCache {
                tokens, trained, ..
            } => f.write_str(&words::no_room_for_small_cache(tokens, trained)),
            Self::SlowFormat(faster) => {
                let each: Vec<String> = faster
                    .iter()
                    .map(|format| match format.perplexity {
                        Some(ratio) => {
                            let percent = 100.0 * (ratio - 1.0);
                            words::slower_than_at_a_cost(
                                format.format.name(),
                                format.prefill,
                                percent,
                            )
                        }
                        None => words::slower_than(format.format.name(), format.prefill),
                    })
                    .collect();
                f.write_str(&words::slow_format(each.join(&common::LIST_SEPARATOR)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{Shortage, WeightFormat};

    fn model() -> ModelInfo {
        ModelInfo {
            threads: 2,
            layers: 30,
            context_trained: 8192,
            context_size: 512,
            context_limit: 8192,
            ..ModelInfo::default()
        }
    }

    fn speed(format: WeightFormat, prefill: f64, perplexity: f64) -> FormatSpeed {
        FormatSpeed {
            format,
            prefill,
            decode: 1.0,
            perplexity: Some(perplexity),
            as_good: perplexity < 1.01,
        }
    }

    fn formats(speeds: &[FormatSpeed]) -> Formats {
        Formats {
            on_gpu: false,
            speeds: speeds.to_vec(),
        }
    }

    fn seen<'a>(model: &'a ModelInfo, formats: Option<&'a Formats>) -> Seen<'a> {
        Seen {
            model,
            ceiling: Ceiling::new(100_000_000, 20e9, 80.0),
            formats,
            context_used: 100,
            was_full: false,
            cores: 2,
        }
    }

    fn said(seen: &Seen<'_>) -> String {
        Advice::of(seen).map_or_else(String::new, |it| it.to_string())
    }

    #[test]
    fn a_format_that_was_measured_to_be_slow_is_named_with_what_the_faster_costs() {
        let model = model();
        let measured = formats(&[
            speed(WeightFormat::Q8_0, 1.99, 1.006),
            speed(WeightFormat::Q6K, 2.11, 0.996),
            speed(WeightFormat::Q4_0, 3.46, 1.157),
        ]);
        assert_eq!(
            said(&seen(&model, Some(&measured))),
            "On this machine this format reads prompts 3.5 times slower than Q4_0 (perplexity \
             +15.7 %), 2.1 times slower than Q6_K (perplexity -0.4 %): `limpid models quantize` \
             writes another."
        );
        // What is both is named once.
        let free = formats(&[speed(WeightFormat::Q8_0, 1.99, 1.006)]);
        assert_eq!(said(&seen(&model, Some(&free))).matches("Q8_0").count(), 1);
        // A little faster is not worth a conversion, and elsewhere nothing was measured.
        let little = formats(&[speed(WeightFormat::Q8_0, 1.2, 1.0)]);
        assert!(said(&seen(&model, Some(&little))).starts_with("Arithmetic"));
        let elsewhere = Formats {
            on_gpu: true,
            ..measured
        };
        assert!(said(&seen(&model, Some(&elsewhere))).starts_with("Arithmetic"));
    }

    #[test]
    fn a_cache_that_memory_has_no_room_for_is_told_when_the_conversation_comes_near() {
        let mut model = model();
        model.context_limit = 3000;
        model.shortage.context = true;
        model.shortage.smaller_cache = true;
        let mut short = seen(&model, None);
        assert!(said(&short).starts_with("Arithmetic"));
        short.context_used = 1600;
        let says = said(&short);
        assert!(
            says.contains("3000 tokens") && says.contains("8192"),
            "{says}"
        );
        assert!(says.contains("--fit") && says.contains("--cache-type-k q8_0"));
        let mut small = model.clone();
        small.shortage.smaller_cache = false;
        short.model = &small;
        assert!(!said(&short).contains("--cache-type-k"), "it has that");
        // Where the user or the model sets the limit there is nothing to say.
        small.shortage = Shortage::default();
        let mut fixed = seen(&small, None);
        fixed.context_used = 3000;
        assert!(said(&fixed).starts_with("Arithmetic"));
    }

    #[test]
    fn a_cache_that_could_not_grow_is_told() {
        let model = model();
        let mut full = seen(&model, None);
        full.was_full = true;
        assert!(said(&full).contains("512 tokens"), "{}", said(&full));
        let mut whole = model.clone();
        whole.context_size = whole.context_limit;
        full.model = &whole;
        assert!(said(&full).starts_with("Arithmetic"), "as large as can be");
    }

    #[test]
    fn layers_that_memory_keeps_off_the_gpu_are_told_without_a_ceiling() {
        let mut model = model();
        model.gpu_layers = 12;
        model.shortage.layers = true;
        let mut some = seen(&model, None);
        some.ceiling = None;
        let says = said(&some);
        assert!(says.contains("12 of 31 layers"), "{says}");
        assert!(!says.contains("--cache-type-k"), "{says}");
        let mut plain = model.clone();
        plain.shortage.smaller_cache = true;
        some.model = &plain;
        assert!(said(&some).contains("--cache-type-k q8_0"));
        plain.shortage.layers = false;
        some = seen(&plain, None);
        some.ceiling = None;
        assert_eq!(said(&some), "");
    }

    #[test]
    fn threads_that_wait_for_each_other_come_first() {
        let mut model = model();
        model.threads = 4;
        let measured = formats(&[speed(WeightFormat::Q4_0, 3.0, 1.0)]);
        assert!(said(&seen(&model, Some(&measured))).contains("try -t 2"));
    }
}
