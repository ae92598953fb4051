//! What the throughput pane knows beyond the session: rates, times, and samples of the machine.

use std::time::Duration;

use crate::chat::session::{Activity, Session};
use crate::driver::{DriverEvent, Measured, Verdict};
use crate::inference::{CacheUse, EngineEvent, FanEvent, Formats, GenerationStats};
use crate::metrics::{Rate, Sparkline, hardware_threads};

use super::sampler::Sample;

/// The window over which the speed is measured.
const WINDOW: Duration = Duration::from_secs(2);
/// How many speeds the sparkline remembers: four a second.
const MEMORY: usize = 240;

/// Numbers that change while an answer runs.
#[derive(Debug)]
pub struct Meters {
    decode: Rate,
    pub speeds: Sparkline,
    /// Tokens a second of the running answer, as of the last refresh.
    pub speed: Option<f64>,
    /// When the running request began.
    asked: Option<Duration>,
    /// From asking to the first token.
    pub first_token: Option<Duration>,
    /// Done, total and reused tokens of the prompt, and when its reading began.
    pub prefill: Option<Prefill>,
    /// Tokens of the running or last answer, as of the last refresh.
    pub answered: u32,
    /// How long it has run, as of the last refresh.
    pub answering: Duration,
    /// Tokens in the context, and how many it holds, as of the last refresh.
    pub context: Option<(u32, u32)>,
    /// The same as of now.
    live: Live,
    pub load: Option<Duration>,
    /// Where the prompt's cached tokens came from, and why others were computed again.
    pub cache: CacheUse,
    /// The same of the prompt that is read next.
    next_cache: CacheUse,
    pub sample: Option<Sample>,
    /// How fast memory is read, once that is known.
    pub bandwidth: Option<Measured>,
    /// How fast the loaded model was in other formats, where that was measured.
    pub formats: Option<Formats>,
    /// Threads that run at once.
    pub cores: u32,
}

/// What changes with every token.
#[derive(Debug, Clone, Copy, Default)]
struct Live {
    answered: u32,
    context: Option<(u32, u32)>,
}

/// How far the prompt is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prefill {
    pub done: u32,
    pub total: u32,
    pub reused: u32,
    pub began: Duration,
    /// Time from the first report to the last.
    pub took: Duration,
    /// What the engine measured, once the answer has ended; milliseconds.
    pub measured_ms: Option<f64>,
}

impl Prefill {
    /// Tokens a second, over what was really computed.
    #[must_use]
    pub fn per_second(&self) -> Option<f64> {
        let computed = f64::from(self.done.saturating_sub(self.reused));
        let seconds = self
            .measured_ms
            .map_or(self.took.as_secs_f64(), |measured| measured / 1000.0);
        (computed > 0.0 && seconds > 0.0).then(|| computed / seconds)
    }

    /// How long it took.
    #[must_use]
    pub fn milliseconds(&self) -> f64 {
        self.measured_ms.unwrap_or(self.took.as_secs_f64() * 1000.0)
    }

    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done >= self.total
    }
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            decode: Rate::new(WINDOW),
            speeds: Sparkline::new(MEMORY),
            speed: None,
            asked: None,
            first_token: None,
            prefill: None,
            answered: 0,
            answering: Duration::ZERO,
            context: None,
            live: Live::default(),
            load: None,
            cache: CacheUse::default(),
            next_cache: CacheUse::default(),
            sample: None,
            bandwidth: None,
            formats: None,
            cores: hardware_threads(),
        }
    }
}

impl Meters {
    /// Bytes a second that so many threads read, once that is known.
    #[must_use]
    pub fn bandwidth_of(&self, threads: u32) -> Option<f64> {
        let measured = self.bandwidth.filter(|it| it.threads == threads)?;
        Some(measured.bytes_per_second)
    }

    /// Why the last answer was not faster.
    #[must_use]
    pub fn verdict(&self, session: &Session) -> Option<Verdict> {
        let bandwidth = self.bandwidth_of(session.model()?.threads);
        Verdict::of(session, bandwidth, self.formats.as_ref(), self.cores)
    }

    /// Takes in an event before the session does.
    pub fn observe(&mut self, event: &DriverEvent, session: &Session, now: Duration) {
        let DriverEvent::Engine(event) = event else {
            return;
        };
        match event {
            EngineEvent::Prefill {
                done,
                total,
                reused,
                ..
            } => self.prefill(*done, *total, *reused, session, now),
            EngineEvent::Recalled { cache, .. } => self.next_cache = *cache,
            EngineEvent::Token(_)
            | EngineEvent::Fan {
                event: FanEvent::Token { .. },
                ..
            } => {
                if self.live.answered == 0 {
                    self.first_token = self.asked.map(|asked| now.saturating_sub(asked));
                    if let Some(prefill) = &mut self.prefill {
                        prefill.done = prefill.total;
                        prefill.took = now.saturating_sub(prefill.began);
                    }
                }
                self.live.answered += 1;
                self.decode.push(now, 1);
                if let Some((used, _)) = &mut self.live.context {
                    *used += 1;
                }
                return;
            }
            EngineEvent::Loaded { model, .. } => {
                self.load = Some(milliseconds(model.load_ms));
                self.live.context = Some((0, model.context_size));
                self.prefill = None;
                self.cache = CacheUse::default();
            }
            EngineEvent::ContextGrown { size } => {
                let used = self.live.context.map_or(0, |(used, _)| used);
                self.live.context = Some((used, *size));
            }
            EngineEvent::Finished { stats, .. }
            | EngineEvent::Fan {
                event: FanEvent::Ended { stats, .. },
                ..
            } => self.finished(stats),
            EngineEvent::Exited(_) => self.live.context = None,
            _ => {}
        }
        self.settle();
    }

    /// Shows what is known.
    fn settle(&mut self) {
        self.answered = self.live.answered;
        self.context = self.live.context;
    }

    fn prefill(&mut self, done: u32, total: u32, reused: u32, session: &Session, now: Duration) {
        let begins = !matches!(session.activity(), Activity::Prefill { .. });
        let began = match self.prefill {
            Some(prefill) if !begins => prefill.began,
            _ => {
                self.asked = match session.activity() {
                    Activity::Waiting { since } => Some(*since),
                    _ => Some(now),
                };
                self.live.answered = 0;
                self.first_token = None;
                self.decode.clear();
                self.speeds.clear();
                self.speed = None;
                now
            }
        };
        if begins {
            self.cache = std::mem::take(&mut self.next_cache);
        }
        self.prefill = Some(Prefill {
            done,
            total,
            reused,
            began,
            took: now.saturating_sub(began),
            measured_ms: None,
        });
        let size = self
            .live
            .context
            .map(|(_, size)| size)
            .or_else(|| session.model().map(|model| model.context_size));
        self.live.context = size.map(|size| (done, size));
    }

    fn finished(&mut self, stats: &GenerationStats) {
        self.live.context = Some((stats.context_used, stats.context_size));
        self.first_token = Some(milliseconds(stats.ttft_ms));
        self.speed = stats.predicted_per_second();
        if let Some(prefill) = &mut self.prefill {
            prefill.measured_ms = Some(stats.prompt_ms);
        }
    }

    /// Refreshes what is shown of the running answer.
    pub fn refresh(&mut self, session: &Session, now: Duration) {
        self.settle();
        let Activity::Generating { since, .. } = session.activity() else {
            return;
        };
        self.answering = now.saturating_sub(*since);
        self.speed = self.decode.per_second(now);
        if let Some(speed) = self.speed {
            self.speeds.push(speed as f32);
        }
    }
}

/// What the engine says is no duration counts as none: the number came from another process.
fn milliseconds(count: f64) -> Duration {
    Duration::try_from_secs_f64(count / 1000.0).unwrap_or_default()
}
