//! How fast it goes, and what it takes.
//!
//! ```text
//!  load     131 ms to load the model     (or: engine   resident · 2 programs share it)
//!  decode     131 tok/s   ▂▄▅▆▆▇▇▆▇▇▇▆▇
//!  ceiling  62 % of 213 tok/s that memory allows · limited by arithmetic
//!  guessed  48 of 60 tokens rightly · 1.38 times the speed
//!  prefill  19 tokens in 62 ms · 306 tok/s
//!  reused   61 of 80 prompt tokens, from the cache
//!  why      the text differs from token 61 on     (only where something was computed again)
//!  first    74 ms to the first token
//!  answer   42 tokens in 320 ms · seed 4711
//!  context  83 of 2,048  ▌·········   4 %
//!  memory   158 MB, 98 MB of it mapped files
//!  cpu      198 % of one core · 2 threads
//!  gpu      41 % busy · 2.1 GB of 24 GB · its name
//!  reads    98.9 MB a token · memory 21.1 GB/s
//!  advice   On this machine this format reads prompts 3.5 times slower than Q4_0 (perplexity
//!           +15.7 %): `limpid models quantize` writes another.
//! ```
//!
//! The last two come below the others, where they can be scrolled to; the pane becomes larger for
//! them where the one above it has rows to spare.
//!
//! While a model loads or a prompt is read, their rows are progress bars.

mod example;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::chat::Session;
use crate::chat::session::{Activity, EngineStatus};
use crate::config::Part;
use crate::inference::SpeculationStats;
use crate::metrics::Ceiling;
use crate::text;
use crate::tui::app::App;
use crate::tui::{bar, format};
use crate::words::tui::throughput as words;
use crate::words::{Phrase, nouns};

/// Columns of a label.
const LABEL: usize = 9;
/// Columns of a gauge at most.
const GAUGE: usize = 24;

/// Draws the pane's inside.
pub fn render(app: &App, session: &Session, area: Rect, buffer: &mut Buffer) {
    let rows = Rows {
        app,
        session,
        width: usize::from(area.width).saturating_sub(LABEL),
    };
    let all = rows.lines();
    let height = usize::from(area.height);
    let seen = app.throughput.window(height, all.len(), None);
    let seen = all.into_iter().skip(seen.start);
    for (row, line) in area.rows().zip(seen) {
        line.render(row, buffer);
    }
}

/// How many rows there are to say, but those of [`further_rows`].
#[must_use]
pub fn rows(app: &App, session: &Session) -> u16 {
    let gpus = app
        .meters
        .sample
        .as_ref()
        .map_or(0, |sample| sample.gpus.len());
    let guessed = u16::from(guesses(session).is_some());
    let again = u16::from(app.meters.cache.again.is_some());
    let ceiling = u16::from(ceiling(app, session).is_some());
    (9 + ceiling + guessed + again).saturating_add(u16::try_from(gpus).unwrap_or(u16::MAX))
}

/// How many rows say what a token reads and what would help, `columns` wide.
#[must_use]
pub fn further_rows(app: &App, session: &Session, columns: u16) -> u16 {
    let rows = Rows {
        app,
        session,
        width: usize::from(columns).saturating_sub(LABEL),
    };
    u16::try_from(rows.further().len()).unwrap_or(u16::MAX)
}

/// What guessing ahead came to in the last answer, where anything was guessed.
fn guesses(session: &Session) -> Option<SpeculationStats> {
    let stats = session.last_stats()?.speculation;
    (stats.guessed > 0).then_some(stats)
}

/// What memory allows, and how near the last answer came, on a processor.
fn ceiling(app: &App, session: &Session) -> Option<Ceiling> {
    app.meters.verdict(session)?.ceiling
}

type Row<'a> = (Phrase, Line<'a>);

struct Rows<'a> {
    app: &'a App,
    session: &'a Session,
    /// Columns for a value.
    width: usize,
}

impl<'a> Rows<'a> {
    fn lines(&self) -> Vec<Line<'a>> {
        let line = |row| self.line(row);
        let engine = self.engine().into_iter().map(line);
        if self.app.first_run && self.session.conversation().is_empty() {
            return engine.chain(self.example()).collect();
        }
        engine
            .chain(self.measured().into_iter().map(line))
            .chain(self.further())
            .collect()
    }

    fn line(&self, (label, value): Row<'a>) -> Line<'a> {
        let label = format!("{label:<LABEL$}");
        let label = Span::styled(label, self.app.theme.style(Part::Dim));
        std::iter::once(label).chain(value.spans).collect()
    }

    fn engine(&self) -> Option<Row<'a>> {
        Some(match self.session.engine() {
            EngineStatus::Loading {
                fraction, since, ..
            } => {
                let took = self.app.now.saturating_sub(*since);
                (words::LOAD, self.gauge(*fraction, &format::duration(took)))
            }
            EngineStatus::NoModel => (words::MODEL, self.plain(words::NONE_LOADED)),
            EngineStatus::Died(_) | EngineStatus::Refused(_) => {
                (words::ENGINE, self.dim(words::NOT_RUNNING))
            }
            EngineStatus::Ready(_) if self.session.sharing().clients > 0 => {
                (words::ENGINE, self.resident())
            }
            EngineStatus::Ready(_) => {
                let took = format::duration(self.app.meters.load?);
                (words::LOAD, self.says(took, &[&words::TO_LOAD]))
            }
        })
    }

    fn measured(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        rows.push((words::DECODE, self.decode()));
        rows.extend(self.ceiling().map(|line| (words::CEILING, line)));
        rows.extend(guesses(self.session).map(|stats| (words::GUESSED, self.guessed(&stats))));
        rows.push((words::PREFILL, self.prefill()));
        rows.push((words::REUSED, self.reused()));
        rows.extend(self.again().map(|reason| (words::WHY, reason)));
        rows.push((words::FIRST, self.first()));
        rows.push((words::ANSWER, self.answer()));
        rows.push((words::CONTEXT, self.context()));
        rows.extend(self.machine());
        rows
    }

    fn resident(&self) -> Line<'a> {
        match self.session.sharing().clients {
            1 => self.says(words::RESIDENT, &[&words::ALONE, ""]),
            clients => {
                let shared = words::shared(clients);
                self.says(words::RESIDENT, &[&shared, &format!(" · {clients}")])
            }
        }
    }

    fn plain(&self, text: impl Into<String>) -> Line<'a> {
        let text = text.into();
        let shown = text::fit(&text, self.width).into_owned();
        Span::styled(shown, self.app.theme.style(Part::Text)).into()
    }

    fn dim(&self, text: impl Into<String>) -> Line<'a> {
        let text = text.into();
        let shown = text::fit(&text, self.width).into_owned();
        Span::styled(shown, self.app.theme.style(Part::Dim)).into()
    }

    /// What there is no number for yet.
    fn none(&self) -> Line<'a> {
        self.dim("–")
    }

    /// A number, and what it is: the longest way to say it that fits, else the last one cut.
    fn says(&self, value: impl Into<String>, ways: &[&str]) -> Line<'a> {
        let value = value.into();
        let room = self.width.saturating_sub(text::width(&value));
        let fitting = ways.iter().find(|way| text::width(way) <= room);
        let rest = fitting.or(ways.last()).copied().unwrap_or_default();
        Line::from(vec![
            Span::styled(value, self.app.theme.style(Part::Text)),
            Span::styled(
                text::fit(rest, room).into_owned(),
                self.app.theme.style(Part::Dim),
            ),
        ])
    }

    fn gauge(&self, fraction: f32, after: &str) -> Line<'a> {
        let percent = format!(" {:>3.0} %", fraction.clamp(0.0, 1.0) * 100.0);
        let after = if after.is_empty() {
            String::new()
        } else {
            format!("  {after}")
        };
        let columns = self
            .width
            .saturating_sub(text::width(&percent) + text::width(&after))
            .min(GAUGE);
        let (full, empty) = bar::gauge(fraction, columns);
        let theme = &self.app.theme;
        Line::from(vec![
            Span::styled(full, theme.style(Part::Gauge)),
            Span::styled(empty, theme.style(Part::Dim)),
            Span::styled(percent, theme.style(Part::Text)),
            Span::styled(after, theme.style(Part::Dim)),
        ])
    }

    fn decode(&self) -> Line<'a> {
        let meters = &self.app.meters;
        let Some(speed) = meters.speed else {
            return self.none();
        };
        let value = format!("{:>5} tok/s   ", format::rate(speed));
        let columns = self.width.saturating_sub(text::width(&value));
        Line::from(vec![
            Span::styled(value, self.app.theme.style(Part::Text)),
            Span::styled(
                meters.speeds.bars(columns),
                self.app.theme.style(Part::Sparkline),
            ),
        ])
    }

    fn ceiling(&self) -> Option<Line<'a>> {
        let ceiling = ceiling(self.app, self.session)?;
        let model = self.session.model()?;
        let limit = ceiling.limit(model.threads, self.app.meters.cores).name();
        let most = format::rate(ceiling.tokens_per_second());
        Some(self.says(
            format!("{:.0} %", 100.0 * ceiling.share),
            &[
                &words::of_ceiling(&most, limit),
                &words::of_ceiling_briefly(&most, limit),
                &format!("{} tok/s · {limit}", words::of(&most)),
                &format!(" · {limit}"),
            ],
        ))
    }

    /// What a token reads, and what would help, as far as they are known.
    fn further(&self) -> Vec<Line<'a>> {
        let Some(verdict) = self.app.meters.verdict(self.session) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if let Some(ceiling) = verdict.ceiling {
            let megabytes = ceiling.bytes_per_token as f64 / 1e6;
            let gigabytes = ceiling.bandwidth / 1e9;
            let value = format!("{megabytes:.1} MB");
            let says = words::a_token_of_bandwidth(gigabytes);
            lines.push(self.line((words::READS, self.says(value, &[&says, &words::A_TOKEN]))));
        }
        if let Some(advice) = verdict.advice {
            let advice = advice.to_string();
            let rows = text::wrap(&advice, self.width).into_iter();
            let mut rows = rows.map(|row| self.plain(advice[row].trim_end()));
            lines.extend(rows.next().map(|row| self.line((words::ADVICE, row))));
            lines.extend(rows.map(|row| {
                let indent = Span::raw(" ".repeat(LABEL));
                std::iter::once(indent)
                    .chain(row.spans)
                    .collect::<Line<'_>>()
            }));
        }
        lines
    }

    fn prefill(&self) -> Line<'a> {
        let Some(prefill) = self.app.meters.prefill else {
            return self.none();
        };
        let reading = matches!(self.session.activity(), Activity::Prefill { .. });
        if reading && !prefill.is_done() {
            let share = prefill.done as f32 / prefill.total.max(1) as f32;
            let done = format::thousands(prefill.done.into());
            let total = format::thousands(prefill.total.into());
            let after = match prefill.per_second() {
                Some(rate) => words::progress_at(done, total, format::rate(rate)),
                None => words::progress(done, total),
            };
            return self.gauge(share, &after);
        }
        let computed = prefill.total.saturating_sub(prefill.reused);
        let took = format::milliseconds(prefill.milliseconds());
        let long = prefill
            .per_second()
            .map(|rate| words::in_time_at(&took, format::rate(rate)));
        let short = words::in_time(&took);
        self.says(
            format::count(computed.into(), nouns::TOKEN),
            &[long.as_deref().unwrap_or(&short), &short],
        )
    }

    fn guessed(&self, stats: &SpeculationStats) -> Line<'a> {
        let guessed = format::count(stats.guessed.into(), nouns::TOKEN);
        self.says(
            format::thousands(stats.accepted.into()),
            &[
                &words::guessed_of_with_gain(&guessed, stats.gain),
                &words::guessed_of_with_gain_briefly(&guessed, stats.gain),
                &words::guessed_of(&guessed),
            ],
        )
    }

    fn reused(&self) -> Line<'a> {
        let Some(prefill) = self.app.meters.prefill else {
            return self.none();
        };
        let total = format::count(prefill.total.into(), nouns::PROMPT_TOKEN);
        let short = words::of(&total);
        if prefill.reused == 0 && self.session.model().is_some_and(|model| !model.can_rewind) {
            return self.dim(words::CANNOT_REWIND);
        }
        let restored = self.app.meters.cache.restored.min(prefill.reused);
        let value = format::thousands(prefill.reused.into());
        let from = |total: &str| match restored {
            0 => words::of_from_cache(total),
            all if all == prefill.reused => words::of_from_disk(total),
            some => words::of_partly_from_disk(total, format::thousands(some.into())),
        };
        if restored == 0 {
            return self.says(value, &[&from(&total), &short]);
        }
        let brief = from(&format::thousands(prefill.total.into()));
        self.says(value, &[&from(&total), &brief, &short])
    }

    /// Why tokens were computed again that had been computed once.
    fn again(&self) -> Option<Line<'a>> {
        let reason = self.app.meters.cache.again?;
        Some(self.plain(reason.to_string()))
    }

    fn first(&self) -> Line<'a> {
        match self.app.meters.first_token {
            Some(time) => self.says(format::duration(time), &[&words::TO_FIRST_TOKEN]),
            None => self.none(),
        }
    }

    fn answer(&self) -> Line<'a> {
        let meters = &self.app.meters;
        if let Activity::Generating { .. } = self.session.activity() {
            let took = format::duration(meters.answering);
            return self.says(
                format::count(meters.answered.into(), nouns::TOKEN),
                &[&words::in_time_so_far(took)],
            );
        }
        match self.session.last_stats() {
            Some(stats) if meters.answered > 0 => {
                let took = format::milliseconds(stats.predicted_ms);
                let seed = words::in_time_with_seed(&took, stats.seed);
                let tokens = format::count(stats.predicted_tokens.into(), nouns::TOKEN);
                self.says(tokens, &[&seed, &words::in_time(&took)])
            }
            _ => self.none(),
        }
    }

    fn context(&self) -> Line<'a> {
        let context = self.app.meters.context;
        context.map_or_else(|| self.none(), |context| self.filled(context))
    }

    /// How much is used of how much.
    fn filled(&self, (used, size): (u32, u32)) -> Line<'a> {
        let [used_shown, size_shown] = [used, size].map(|it| format::thousands(it.into()));
        let text = words::context(used_shown, size_shown);
        let share = used as f32 / size.max(1) as f32;
        let gauge = Self {
            width: self.width.saturating_sub(text::width(&text)),
            ..*self
        }
        .gauge(share, "");
        let mut line = self.plain(text);
        if gauge.width() > 8 {
            line.spans.extend(gauge.spans);
        }
        line
    }

    fn machine(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let Some(sample) = &self.app.meters.sample else {
            return vec![(words::MEMORY, self.none()), (words::CPU, self.none())];
        };
        rows.push((
            words::MEMORY,
            match &sample.engine {
                Some(engine) => {
                    let file = engine.memory.shared_file.map(format::bytes);
                    let (long, short) = file.map_or_else(Default::default, |file| {
                        (words::mapped(&file), words::mapped_briefly(&file))
                    });
                    self.says(format::bytes(engine.memory.resident), &[&long, &short])
                }
                None => self.none(),
            },
        ));
        let threads = self.session.model().map(|model| {
            words::of_one_core_with(format::count(model.threads.into(), nouns::THREAD))
        });
        rows.push((
            words::CPU,
            match sample.engine.and_then(|engine| engine.cpu_percent) {
                Some(percent) => self.says(
                    format!("{percent:.0} %"),
                    &[
                        threads.as_deref().unwrap_or(&words::OF_ONE_CORE),
                        &words::OF_ONE_CORE,
                    ],
                ),
                None => self.none(),
            },
        ));
        for gpu in &sample.gpus {
            let busy = gpu.busy_percent.map_or_else(|| "–".to_owned(), words::busy);
            let memory = match (gpu.memory_used, gpu.memory_total) {
                (Some(used), Some(total)) => {
                    words::gpu_memory(format::bytes(used), format::bytes(total))
                }
                _ => String::new(),
            };
            let name = text::visible_line(&gpu.name).into_owned();
            rows.push((
                words::GPU,
                self.says(busy, &[&format!("{memory} · {name}"), &memory]),
            ));
        }
        rows
    }
}
