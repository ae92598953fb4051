//! What is tried, in which order, and what counts as better.

use std::time::Duration;

use super::contest::{Measured, Outcome, Variant};
use super::quality::Cost;
use crate::inference::{CacheType, FlashAttention, LoadRequest};
use crate::metrics::hardware_threads;
use crate::model::tuning::Open;
use crate::words::commands::tune as words;
use crate::words::{Language, Phrase};

/// What differs by less than this part of the time is noise.
const WORTH_CHANGING: f64 = 0.03;

/// By how much a text may become less probable for speed, as a part of its perplexity; it must
/// be almost sure that it is no more.
pub const WORTH_LOSING: f64 = 0.01;

const PHYSICAL_BATCHES: [u32; 5] = [128, 256, 512, 1024, 2048];

/// One thing that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Threads,
    FlashAttention,
    PhysicalBatch,
    KvCache,
    Formats,
}

/// One thing that was tried.
#[derive(Debug)]
pub struct Tried {
    pub stage: Stage,
    /// The first is how it was before.
    pub outcomes: Vec<Outcome>,
    /// Which of them is gone on with; none where the first could not even be measured.
    pub best: Option<usize>,
    /// Tokens that were there before those that were measured.
    pub depth: u32,
}

impl Tried {
    pub fn chosen(&self) -> Option<&Outcome> {
        self.outcomes.get(self.best?)
    }

    /// What the first took and held.
    pub fn first(&self) -> Option<&Measured> {
        self.outcomes.first()?.result.as_ref().ok()
    }

    /// What a variant costs, beside the first.
    pub fn cost(&self, one: &Measured) -> Option<Cost> {
        Cost::of(&one.surprise, &self.first()?.surprise)
    }
}

impl Stage {
    /// Those about which the user said nothing.
    pub fn wanted(open: Open, formats: bool) -> Vec<Self> {
        [
            (Self::Threads, open.threads),
            (Self::FlashAttention, open.flash_attention),
            (Self::PhysicalBatch, open.ubatch_size),
            (Self::KvCache, open.cache_type),
            (Self::Formats, formats),
        ]
        .into_iter()
        .filter_map(|(stage, wanted)| wanted.then_some(stage))
        .collect()
    }

    /// As programs read it.
    pub fn name(self) -> &'static str {
        self.title().in_language(Language::English)
    }

    pub fn title(self) -> Phrase {
        match self {
            Self::Threads => words::THREADS,
            Self::FlashAttention => words::FLASH_ATTENTION,
            Self::PhysicalBatch => words::PHYSICAL_BATCH,
            Self::KvCache => words::KV_CACHE,
            Self::Formats => words::FORMAT,
        }
    }

    /// Parts of the time that it has. What reads long texts needs more of it.
    pub fn weight(self) -> u32 {
        match self {
            Self::Threads | Self::PhysicalBatch => 1,
            Self::FlashAttention | Self::KvCache => 3,
            Self::Formats => 6,
        }
    }

    /// Whether it tells more the longer a conversation is.
    pub fn is_about_attention(self) -> bool {
        matches!(self, Self::FlashAttention | Self::KvCache)
    }

    /// Whether it changes what the model computes.
    pub fn costs_quality(self) -> bool {
        matches!(self, Self::KvCache | Self::Formats)
    }

    /// The ways to load the model that are tried, `best` first. Formats are made by the caller.
    pub fn variants(
        self,
        best: &LoadRequest,
        open: Open,
        first: &Measured,
        time: Duration,
    ) -> Vec<Variant> {
        let with = |label: String, change: &dyn Fn(&mut LoadRequest)| {
            let mut load = best.clone();
            change(&mut load);
            Variant { label, load }
        };
        let without = best.flash_attention == FlashAttention::Off;
        let now = best.threads.unwrap_or(first.model.threads);
        let mut variants = match self {
            Self::Threads => thread_counts(now, hardware_threads())
                .into_iter()
                .map(|count| with(count.to_string(), &|load| load.threads = Some(count)))
                .collect(),
            Self::FlashAttention => [
                ("auto", FlashAttention::Auto),
                ("on", FlashAttention::On),
                ("off", FlashAttention::Off),
            ]
            .into_iter()
            .map(|(name, when)| with(name.to_owned(), &|load| load.flash_attention = when))
            .collect(),
            Self::PhysicalBatch => {
                // Every one of them reads a prompt as long as the largest, twice at least.
                let turns = (2 * PHYSICAL_BATCHES.len()) as f64;
                let readable = first.prefill.unwrap_or_default() * time.as_secs_f64() / turns;
                PHYSICAL_BATCHES
                    .into_iter()
                    .filter(|&size| f64::from(size) <= readable.max(f64::from(best.ubatch_size)))
                    .map(|size| {
                        with(size.to_string(), &|load| {
                            load.ubatch_size = size;
                            load.batch_size = load.batch_size.max(size);
                        })
                    })
                    .collect()
            }
            // Quantised values cannot be read without flash attention.
            Self::KvCache if without && !open.flash_attention => Vec::new(),
            Self::KvCache => [CacheType::F16, CacheType::Q8_0, CacheType::Q4_0]
                .into_iter()
                .map(|kind| {
                    with(kind.name().to_owned(), &|load| {
                        load.cache_type_k = kind;
                        load.cache_type_v = kind;
                        if without && kind != CacheType::F16 {
                            load.flash_attention = FlashAttention::On;
                        }
                    })
                })
                .collect(),
            Self::Formats => Vec::new(),
        };
        if let Some(place) = variants.iter().position(|variant| variant.load == *best) {
            variants[..=place].rotate_right(1);
        }
        variants
    }

    /// Finds the one to go on with.
    pub fn judge(self, outcomes: Vec<Outcome>, depth: u32) -> Tried {
        let measured = |at: usize| outcomes[at].result.as_ref().ok();
        let mut best = None;
        for at in 0..outcomes.len() {
            let Some(one) = measured(at) else { continue };
            let is_better = match (best.and_then(measured), measured(0)) {
                (None, _) => true,
                (Some(best), first) => {
                    one.seconds() < best.seconds()
                        && first.is_none_or(|first| is_worth(one, first, self.costs_quality()))
                }
            };
            if is_better {
                best = Some(at);
            }
        }
        Tried {
            stage: self,
            outcomes,
            best,
            depth,
        }
    }
}

/// Whether `one` is faster than the first by more than noise, and as good, where it could be
/// worse.
fn is_worth(one: &Measured, first: &Measured, may_be_worse: bool) -> bool {
    let as_good = || {
        let cost = Cost::of(&one.surprise, &first.surprise);
        cost.is_some_and(|it| it.is_within(WORTH_LOSING))
    };
    one.seconds() < first.seconds() * (1.0 - WORTH_CHANGING) && (!may_be_worse || as_good())
}

/// Half of the threads there are, as many as now, all, and what lies between.
fn thread_counts(now: u32, hardware: u32) -> Vec<u32> {
    let mut counts = vec![now / 2, now, u32::midpoint(now, hardware), hardware];
    counts.retain(|&count| count > 0);
    counts.sort_unstable();
    counts.dedup();
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tune::table::tests::{outcome, unmeasured};

    #[test]
    fn thread_counts_go_from_half_to_all() {
        assert_eq!(thread_counts(1, 2), [1, 2]);
        assert_eq!(thread_counts(8, 16), [4, 8, 12, 16]);
        assert_eq!(thread_counts(2, 2), [1, 2]);
    }

    #[test]
    fn only_what_is_clearly_faster_takes_the_place_of_what_was() {
        let best = |outcomes| Stage::Threads.judge(outcomes, 0).best;
        let now = || outcome("2", 500.0, 100.0, None);
        assert_eq!(best(vec![now(), outcome("1", 250.0, 50.0, None)]), Some(0));
        assert_eq!(best(vec![now(), outcome("3", 505.0, 101.0, None)]), Some(0));
        assert_eq!(best(vec![now(), outcome("4", 600.0, 120.0, None)]), Some(1));
        assert_eq!(best(vec![unmeasured("5"), now()]), Some(1));
        assert_eq!(best(vec![unmeasured("5")]), None);
    }

    #[test]
    fn speed_is_not_paid_for_with_quality() {
        let best = |change: &dyn Fn(usize) -> f64| {
            let first = outcome("f16", 500.0, 100.0, Some(20.0));
            let mut other = outcome("q4_0", 900.0, 200.0, Some(20.0));
            let surprise = &mut other.result.as_mut().unwrap().surprise;
            for (at, nats) in surprise.iter_mut().enumerate() {
                *nats += change(at);
            }
            Stage::KvCache.judge(vec![first, other], 0).best
        };
        assert_eq!(best(&|_| 0.005), Some(1));
        assert_eq!(best(&|_| 0.02), Some(0));
        // It costs nothing on average, but of so few tokens nobody knows.
        let scattered = |at: usize| if at.is_multiple_of(2) { 0.5 } else { -0.5 };
        assert_eq!(best(&scattered), Some(0));
    }

    #[test]
    fn what_could_not_be_read_is_not_taken_for_as_good() {
        let first = outcome("f16", 500.0, 100.0, Some(20.0));
        let other = || outcome("q8_0", 900.0, 200.0, None);
        assert_eq!(Stage::KvCache.judge(vec![first, other()], 0).best, Some(0));
        // Nor where there was no text at all.
        let first = outcome("f16", 500.0, 100.0, None);
        assert_eq!(Stage::KvCache.judge(vec![first, other()], 0).best, Some(0));
    }

    #[test]
    fn what_is_tried_begins_with_what_is() {
        let Ok(first) = outcome("", 1000.0, 100.0, None).result else {
            unreachable!("it was measured")
        };
        let load = LoadRequest::new(crate::inference::RequestId(1), "m.gguf".into());
        let mut open = Open {
            threads: true,
            ubatch_size: true,
            flash_attention: true,
            cache_type: true,
        };
        let variants = |stage: Stage, load: &LoadRequest, open| {
            stage.variants(load, open, &first, Duration::from_secs(30))
        };
        let labels = |stage: Stage, load: &LoadRequest| -> Vec<String> {
            let variants = variants(stage, load, open);
            variants.into_iter().map(|it| it.label).collect()
        };
        assert_eq!(
            labels(Stage::PhysicalBatch, &load),
            ["512", "128", "256", "1024", "2048"]
        );
        assert_eq!(labels(Stage::KvCache, &load), ["f16", "q8_0", "q4_0"]);
        assert_eq!(labels(Stage::FlashAttention, &load), ["auto", "on", "off"]);
        let without = LoadRequest {
            flash_attention: FlashAttention::Off,
            ..load
        };
        let types = variants(Stage::KvCache, &without, open);
        assert_eq!(types[0].load, without);
        assert_eq!(
            types[1].load.flash_attention,
            FlashAttention::On,
            "it needs it"
        );
        open.flash_attention = false;
        assert!(variants(Stage::KvCache, &without, open).is_empty());
    }
}
