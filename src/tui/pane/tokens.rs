//! One token: what else could have come.
//!
//! ```text
//!  ·scattering   token 12 of 42, id 28513
//!  62.1 %   rank 1   surprise 0.69 bits   entropy 1.94 bits
//!
//!    candidate      model                after samplers
//!  ▸ ·scattering   ██████████████ 62.1   ███████████████ 68.9
//!    ·scatter      ███            12.4   ███             13.8
//!    ·diffraction  █▍              6.0   █▌               6.7
//!    ·refraction   ▋               3.3   dropped by top_p
//!    49,132 others                10.9
//! ```
//!
//! `▸` marks the one that was chosen; it stands at the end where it is not among the best. The
//! right half is left out where it does not fit, and then only what dropped a candidate is
//! told. The bars share one scale.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::chat::Session;
use crate::config::{Part, Units};
use crate::inference::{Candidate, SamplerLink, TokenId, TokenTrace};
use crate::text;
use crate::tui::app::{App, TokenAt, answer_of};
use crate::tui::{bar, format};

/// Columns of a percentage with the space before it.
const PERCENT: usize = 6;
/// Columns of the longest of the samplers' names, `top_n_sigma`.
const LINK: usize = 11;
/// Columns of the mark before a candidate.
const MARK: usize = 2;
/// Candidates shown while an answer streams: nobody reads forty of them four times a second, and
/// a slow line has to carry them.
const WHILE_STREAMING: usize = 8;
/// From this width on both distributions have bars.
const TWO_BARS: usize = 58;
/// From this width on there is a second column.
const TWO_COLUMNS: usize = 34;

/// Draws the pane's inside.
pub fn render(app: &App, session: &Session, area: Rect, buffer: &mut Buffer) {
    let found = app
        .shown_token(session)
        .and_then(|at| Some((at, answer_of(session, at.message)?)))
        .and_then(|(at, answer)| Some((at, answer, answer.traces.get(at.index)?)));
    let Some((at, answer, trace)) = found else {
        let hint = "The odds of every token are shown here, as the answer is written.";
        for (row, range) in area.rows().zip(text::wrap(hint, usize::from(area.width))) {
            Line::styled(&hint[range], app.theme.style(Part::Dim)).render(row, buffer);
        }
        return;
    };
    let view = View {
        app,
        session,
        at,
        trace,
        vocabulary: &answer.vocabulary,
        ends: session.end_tokens(&answer.vocabulary),
        width: usize::from(area.width),
    };
    let mut lines = view.head();
    let room = usize::from(area.height).saturating_sub(lines.len());
    lines.extend(view.table(room));
    for (row, line) in area.rows().zip(lines) {
        line.render(row, buffer);
    }
}

/// One line on the token under the cursor, where the pane is not seen.
#[must_use]
pub fn summary(app: &App, session: &Session) -> Line<'static> {
    let found = app
        .shown_token(session)
        .and_then(|at| Some((at, answer_of(session, at.message)?)))
        .and_then(|(at, answer)| Some((answer, answer.traces.get(at.index)?)));
    let Some((answer, trace)) = found else {
        return Line::default();
    };
    let looked_at = app
        .cursor
        .and_then(|cursor| trace.candidates.get(cursor.candidate?));
    let (id, logprob) = looked_at.map_or((trace.id, trace.logprob), |one| (one.id, one.logprob));
    let name = match session.conversation().piece(&answer.vocabulary, id) {
        Some(bytes) if !bytes.is_empty() => text::visible_piece(bytes),
        _ => format!("#{}", id.0),
    };
    let percent = format!(" {} % ", format::percent(logprob.exp()));
    let rank = match (looked_at, trace.rank) {
        (None, Some(rank)) => format!("rank {} ", format::thousands(u64::from(rank))),
        _ => String::new(),
    };
    Line::from(vec![
        Span::raw(" "),
        Span::styled(
            text::fit(&name, 16).into_owned(),
            app.theme.style(Part::Cursor),
        ),
        Span::styled(percent, app.theme.style(Part::Text)),
        Span::styled(rank, app.theme.style(Part::Dim)),
    ])
}

struct View<'a> {
    app: &'a App,
    session: &'a Session,
    at: TokenAt,
    trace: &'a TokenTrace,
    vocabulary: &'a str,
    /// The tokens that end an answer.
    ends: BTreeSet<TokenId>,
    width: usize,
}

/// Where the columns of the table are.
struct Columns {
    name: usize,
    bar: usize,
    /// Columns of the bar of the second distribution; 0 where it has none.
    final_bar: usize,
    /// Columns of everything about the second distribution; 0 where it is left out.
    second: usize,
}

impl<'a> View<'a> {
    fn style(&self, part: Part) -> Style {
        self.app.theme.style(part)
    }

    /// A token as it is shown: its bytes, or its number where they are not known.
    fn name(&self, id: TokenId) -> Cow<'a, str> {
        if self.ends.contains(&id) {
            return Cow::Borrowed("∎ end of answer");
        }
        match self.session.conversation().piece(self.vocabulary, id) {
            Some(bytes) if !bytes.is_empty() => Cow::Owned(text::visible_piece(bytes)),
            _ => Cow::Owned(format!("#{}", id.0)),
        }
    }

    fn head(&self) -> Vec<Line<'a>> {
        let dim = self.style(Part::Dim);
        let plain = self.style(Part::Text);
        let name = self.name(self.trace.id);
        let place = format!(
            "token {} of {}, id {}",
            format::thousands(self.at.index as u64 + 1),
            format::thousands(self.at.of as u64),
            self.trace.id.0
        );
        let room = self.width.saturating_sub(text::width(&place) + 2);
        let mut first = vec![Span::styled(
            text::fit(&name, room.max(12)).into_owned(),
            self.style(Part::Title),
        )];
        if room >= 6 {
            let gap = self.width - text::width(&place) - text::width(&first[0].content);
            first.push(Span::raw(" ".repeat(gap)));
            first.push(Span::styled(place, dim));
        }
        let mut facts = vec![(
            format!("{} %", format::percent(self.trace.logprob.exp())),
            None,
        )];
        if let Some(rank) = self.trace.rank {
            facts.push((format::thousands(u64::from(rank)), Some("rank")));
        }
        let (unit, factor) = match self.app.units {
            Units::Bits => ("bits", std::f32::consts::LOG2_E),
            Units::Nats => ("nats", 1.0),
        };
        let quantity = |nats: f32| format!("{:.2} {unit}", nats * factor + 0.0);
        // `0.0 -` keeps a certain token from being surprising by -0.
        facts.push((quantity(0.0 - self.trace.logprob), Some("surprise")));
        if let Some(entropy) = self.trace.entropy {
            facts.push((quantity(entropy), Some("entropy")));
        }
        facts.push((format!("{:.3}", self.trace.logprob), Some("ln p")));
        let mut lines = vec![Line::from(first)];
        lines.extend(self.facts(facts, plain, dim));
        lines.push(Line::default());
        lines
    }

    /// Numbers with their labels, over as many rows as they need.
    fn facts(
        &self,
        facts: Vec<(String, Option<&'static str>)>,
        plain: Style,
        dim: Style,
    ) -> Vec<Line<'a>> {
        let mut lines: Vec<Line<'a>> = vec![Line::default()];
        let mut column = 0;
        for (value, label) in facts {
            let label = label.map(|label| format!("{label} ")).unwrap_or_default();
            let width = text::width(&label) + text::width(&value);
            let gap = if column == 0 { 0 } else { 3 };
            if column + gap + width > self.width && column > 0 {
                lines.push(Line::default());
                column = 0;
            }
            if let Some(line) = lines.last_mut() {
                if column > 0 {
                    line.push_span(Span::raw("   "));
                    column += 3;
                }
                line.push_span(Span::styled(label, dim));
                line.push_span(Span::styled(value, plain));
            }
            column += width;
        }
        lines
    }

    fn columns(&self, listed: &[Candidate]) -> Columns {
        let widest = listed
            .iter()
            .map(|candidate| text::width(&self.name(candidate.id)))
            .chain([text::width(&self.name(self.trace.id)), 13])
            .max()
            .unwrap_or(13);
        let name = widest.min((self.width / 3).max(9));
        let rest = self.width.saturating_sub(MARK + name + 1);
        if self.width >= TWO_BARS {
            let second = rest / 2;
            Columns {
                name,
                bar: rest.saturating_sub(second + PERCENT + 2),
                final_bar: second.saturating_sub(PERCENT),
                second,
            }
        } else if self.width >= TWO_COLUMNS {
            Columns {
                name,
                bar: rest.saturating_sub(LINK + PERCENT + 1),
                final_bar: 0,
                second: LINK,
            }
        } else {
            Columns {
                name,
                bar: rest.saturating_sub(PERCENT),
                final_bar: 0,
                second: 0,
            }
        }
    }

    fn table(&self, room: usize) -> Vec<Line<'a>> {
        let listed = &self.trace.candidates;
        let columns = self.columns(listed);
        let mut lines = vec![self.heading(&columns)];
        let chosen = listed.iter().position(|one| one.id == self.trace.id);
        // The heading, the others, and a chosen one that is not listed need their rows.
        let fixed = 2 + usize::from(chosen.is_none());
        let most = if self.streams() {
            WHILE_STREAMING
        } else {
            listed.len()
        };
        let rows = room.saturating_sub(fixed).min(listed.len()).min(most);
        let looked_at = self.looked_at().unwrap_or(0);
        let first = (looked_at + 1).saturating_sub(rows);
        let scale = listed
            .iter()
            .map(|one| one.logprob.exp().max(one.final_probability))
            .fold(f32::MIN_POSITIVE, f32::max);
        for (index, candidate) in listed.iter().enumerate().skip(first).take(rows) {
            lines.push(self.row(index, candidate, scale, &columns));
        }
        if chosen.is_none() && room > 1 {
            lines.push(self.unlisted_row(scale, &columns));
        }
        lines.push(self.others(rows, first, &columns));
        lines
    }

    fn heading(&self, columns: &Columns) -> Line<'a> {
        let dim = self.style(Part::Dim);
        let mut text = format!(
            "{:MARK$}{:<width$}",
            "",
            "candidate",
            width = columns.name + 1
        );
        let first = columns.bar + PERCENT;
        // Writing to a string cannot fail.
        let _ = write!(text, "{:<first$}", "model %");
        if columns.final_bar > 0 {
            text.push_str("  after samplers %");
        } else if columns.second > 0 {
            let _ = write!(text, " {:>LINK$}", "sampled %");
        }
        Line::styled(text::fit(&text, self.width).into_owned(), dim)
    }

    /// Whether another token is about to take this one's place.
    fn streams(&self) -> bool {
        self.app.cursor.is_none() && self.session.is_busy()
    }

    /// Which candidate the cursor is on.
    fn looked_at(&self) -> Option<usize> {
        self.app.cursor.and_then(|cursor| cursor.candidate)
    }

    fn row(&self, index: usize, candidate: &Candidate, scale: f32, columns: &Columns) -> Line<'a> {
        let chosen = candidate.id == self.trace.id;
        let dropped = candidate.link != SamplerLink::Kept;
        let bar_style = self.style(if chosen {
            Part::BarChosen
        } else if dropped {
            Part::BarDropped
        } else {
            Part::Bar
        });
        let text_style = if self.looked_at() == Some(index) {
            self.style(Part::Selection)
        } else if dropped && !chosen {
            self.style(Part::Dim)
        } else {
            self.style(Part::Text)
        };
        let mark = if chosen { "▸ " } else { "  " };
        let probability = candidate.logprob.exp();
        let mut spans = vec![
            Span::styled(mark, self.style(Part::BarChosen)),
            Span::styled(pad(&self.name(candidate.id), columns.name), text_style),
            Span::raw(" "),
        ];
        push_bar(&mut spans, probability, scale, columns.bar, bar_style);
        spans.push(Span::styled(
            format!("{:>PERCENT$}", format::percent(probability)),
            self.style(if dropped && !chosen {
                Part::Dim
            } else {
                Part::Text
            }),
        ));
        self.second(&mut spans, candidate, scale, columns, bar_style);
        Line::from(spans)
    }

    fn second(
        &self,
        spans: &mut Vec<Span<'a>>,
        candidate: &Candidate,
        scale: f32,
        columns: &Columns,
        bar_style: Style,
    ) {
        if columns.second == 0 {
            return;
        }
        let dim = self.style(Part::Dim);
        let gap = if columns.final_bar > 0 { "  " } else { " " };
        spans.push(Span::raw(gap));
        let kept = candidate.link == SamplerLink::Kept;
        if !kept {
            let name = candidate.link.name();
            let says = if columns.final_bar > 0 {
                format!("dropped by {name}")
            } else {
                format!("{name:>LINK$}")
            };
            spans.push(Span::styled(says, dim));
            return;
        }
        if columns.final_bar > 0 {
            push_bar(
                spans,
                candidate.final_probability,
                scale,
                columns.final_bar,
                bar_style,
            );
        }
        let width = if columns.final_bar > 0 { PERCENT } else { LINK };
        spans.push(Span::styled(
            format!("{:>width$}", format::percent(candidate.final_probability)),
            self.style(Part::Text),
        ));
    }

    /// The chosen token where it is not among the best.
    fn unlisted_row(&self, scale: f32, columns: &Columns) -> Line<'a> {
        let probability = self.trace.logprob.exp();
        let mut spans = vec![
            Span::styled("▸ ", self.style(Part::BarChosen)),
            Span::styled(
                pad(&self.name(self.trace.id), columns.name),
                self.style(Part::Text),
            ),
            Span::raw(" "),
        ];
        push_bar(
            &mut spans,
            probability,
            scale,
            columns.bar,
            self.style(Part::BarChosen),
        );
        spans.push(Span::styled(
            format!("{:>PERCENT$}", format::percent(probability)),
            self.style(Part::Text),
        ));
        Line::from(spans)
    }

    /// The tokens that have no row, and what is left for them.
    fn others(&self, rows: usize, first: usize, columns: &Columns) -> Line<'a> {
        let listed = &self.trace.candidates;
        let seen = first..first + rows;
        let unseen: f32 = listed
            .iter()
            .enumerate()
            .filter(|(index, _)| !seen.contains(index))
            .map(|(_, one)| one.logprob.exp())
            .sum();
        let chosen_is_outside = !listed.iter().any(|one| one.id == self.trace.id);
        let own = if chosen_is_outside {
            self.trace.logprob.exp()
        } else {
            0.0
        };
        let mass = (self.trace.outside - own).max(0.0) + unseen;
        let vocabulary = self
            .session
            .model()
            .map(|model| u64::from(model.vocabulary))
            .filter(|&vocabulary| vocabulary > listed.len() as u64);
        let label = match vocabulary {
            Some(vocabulary) => {
                let shown = rows as u64 + u64::from(chosen_is_outside);
                format!("{} others", format::thousands(vocabulary - shown))
            }
            None => "all others".to_owned(),
        };
        let dim = self.style(Part::Dim);
        Line::from(vec![
            Span::raw("  "),
            Span::styled(pad(&label, columns.name + 1 + columns.bar), dim),
            Span::styled(format!("{:>PERCENT$}", format::percent(mass)), dim),
        ])
    }
}

fn push_bar(spans: &mut Vec<Span<'_>>, share: f32, scale: f32, columns: usize, style: Style) {
    let bar = bar::bar(share / scale, columns);
    let rest = columns.saturating_sub(bar.chars().count());
    spans.push(Span::styled(bar, style));
    spans.push(Span::raw(" ".repeat(rest)));
}

/// Cuts or fills to exactly this many columns.
fn pad(text: &str, columns: usize) -> String {
    let mut text = text::fit(text, columns).into_owned();
    let width = text::width(&text);
    text.push_str(&" ".repeat(columns.saturating_sub(width)));
    text
}
