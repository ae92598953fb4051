//! The candidates of a token, with bars.

use std::fmt::Write;
use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{PaneRow, View};
use crate::config::Part;
use crate::inference::{Candidate, LogitChanger, SamplerLink, TokenTrace};
use crate::text::{self, columns};
use crate::tui::walk::Place;
use crate::tui::{bar, format};
use crate::words::tui::tokens as words;

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
/// Columns of what was added to a logit, with the space before it.
const ADDED: usize = 8;
/// From this width on, names left out, there is room for it.
const WITH_ADDED: usize = 44;
/// From this width on there is a second column.
const TWO_COLUMNS: usize = 34;

/// Where the columns of the table are.
struct Columns {
    name: usize,
    bar: usize,
    /// Columns of the bar of the second distribution; 0 where it has none.
    final_bar: usize,
    /// Columns of everything about the second distribution; 0 where it is left out.
    second: usize,
    /// Columns of what was added to the logits; 0 where that is left out.
    added: usize,
}

/// The table of one token's candidates.
pub(super) struct Table<'a, 'v> {
    pub view: &'v View<'a>,
    pub trace: &'a TokenTrace,
}

impl<'a> Table<'a, '_> {
    fn columns(&self, listed: &[Candidate]) -> Columns {
        let widest = listed
            .iter()
            .map(|candidate| text::width(&self.view.name(candidate.id)))
            .chain([text::width(&self.view.name(self.trace.id)), 13])
            .max()
            .unwrap_or(13);
        let name = widest.min((self.view.width / 3).max(9));
        let whole = self.view.width.saturating_sub(MARK + name + 1);
        let added = if whole >= WITH_ADDED && self.adds() {
            ADDED
        } else {
            0
        };
        let rest = whole - added;
        // Nothing was sampled where a text was read.
        let sampled = matches!(self.view.token.place, Place::Written(_));
        if self.view.width >= TWO_BARS && sampled {
            let second = rest / 2;
            Columns {
                name,
                bar: rest.saturating_sub(second + PERCENT + 2),
                final_bar: second.saturating_sub(PERCENT),
                second,
                added,
            }
        } else if self.view.width >= TWO_COLUMNS && sampled {
            Columns {
                name,
                bar: rest.saturating_sub(LINK + PERCENT + 1),
                final_bar: 0,
                second: LINK,
                added: 0,
            }
        } else {
            Columns {
                name,
                bar: rest.saturating_sub(PERCENT),
                final_bar: 0,
                second: 0,
                added: 0,
            }
        }
    }

    /// The rows, `room` at most where that is enough for one candidate.
    pub fn rows(&self, room: usize) -> Vec<PaneRow<'a>> {
        let listed = &self.trace.candidates;
        // The heading, the others, and a chosen one that is not listed need their rows.
        let fixed = 2 + usize::from(self.chosen().is_none());
        let streams = self.view.streams();
        let most = if streams {
            WHILE_STREAMING
        } else {
            listed.len()
        };
        let most = most.min(self.shown());
        let rows = room.saturating_sub(fixed).min(listed.len()).min(most);
        let scroll = &self.view.app.candidates;
        // One beyond those that reach the mass can be looked at.
        let total = match self.view.looked_at() {
            Some(looked_at) => most.max(looked_at + 1),
            None => most,
        };
        // The few that are shown while an answer streams are all that there are to scroll.
        let total = if streams { rows } else { total };
        let seen = scroll.window(rows, total, self.view.looked_at());
        self.lines(seen, room > 1)
    }

    /// All that there are to show.
    pub fn all_rows(&self) -> Vec<PaneRow<'a>> {
        let shown = self.shown();
        let looked_at = self.view.looked_at().map_or(0, |looked_at| looked_at + 1);
        self.lines(
            0..shown.max(looked_at).min(self.trace.candidates.len()),
            true,
        )
    }

    /// How many candidates are worth showing.
    fn shown(&self) -> usize {
        self.reaching(self.view.session.options().candidate_mass)
    }

    fn chosen(&self) -> Option<usize> {
        let mut listed = self.trace.candidates.iter();
        listed.position(|one| one.id == self.trace.id)
    }

    fn lines(&self, seen: Range<usize>, with_unlisted: bool) -> Vec<PaneRow<'a>> {
        let listed = &self.trace.candidates;
        let columns = self.columns(listed);
        let mut lines = vec![(None, self.heading(&columns))];
        let scale = listed
            .iter()
            .map(|one| one.logprob.exp().max(one.final_probability))
            .fold(f32::MIN_POSITIVE, f32::max);
        for index in seen.clone() {
            let row = self.row(index, &listed[index], scale, &columns);
            lines.push((Some(index), row));
        }
        if self.chosen().is_none() && with_unlisted {
            lines.push((None, self.unlisted_row(scale, &columns)));
        }
        lines.push((None, self.others(seen.len(), seen.start, &columns)));
        lines
    }

    /// How many of the best candidates it takes to reach this mass together, at least one.
    fn reaching(&self, mass: f32) -> usize {
        let listed = &self.trace.candidates;
        if mass >= 1.0 {
            return listed.len();
        }
        let mut sum = 0.0;
        let below = listed.iter().take_while(|one| {
            let reached = sum >= mass;
            sum += one.logprob.exp();
            !reached
        });
        below.count().max(1)
    }

    fn heading(&self, columns: &Columns) -> Line<'a> {
        let dim = self.view.style(Part::Dim);
        let mut text = format!(
            "{:MARK$}{:<width$}",
            "",
            words::CANDIDATE,
            width = columns.name + 1
        );
        let first = columns.bar + PERCENT;
        // Writing to a string cannot fail.
        let _ = write!(text, "{:<first$}", words::MODEL_PERCENT);
        if columns.final_bar > 0 {
            let when = self.when();
            let second = [words::after_samplers(&when), words::sampled(&when), when]
                .into_iter()
                .find(|second| text::width(second) <= columns.second)
                .unwrap_or_default();
            let _ = write!(text, "  {}", format::pad(&second, columns.second));
        } else if columns.second > 0 {
            let _ = write!(text, " {}", columns::right(&self.when(), LINK));
        }
        if columns.added > 0 {
            let _ = write!(text, "{:>ADDED$}", "+ logit");
        }
        Line::styled(text::fit(&text, self.view.width).into_owned(), dim)
    }

    /// Of what time the second distribution is.
    fn when(&self) -> String {
        match self.view.asked {
            Some((done, total)) if done < total && done > 0 => {
                words::asking(u64::from(done) * 100 / u64::from(total))
            }
            Some(_) => words::ASKING.into(),
            None if self.view.now.is_some() => words::NOW_PERCENT.into(),
            None => words::STORED_PERCENT.into(),
        }
    }

    /// What bias, penalties and DRY added to a candidate's logit together.
    fn added(&self, index: usize) -> Option<f32> {
        let changes = &self.view.now?.changes;
        let adding = changes
            .iter()
            .filter(|change| change.by != LogitChanger::Temperature);
        let added = adding.filter_map(|change| {
            let (before, after) = (*change.logits.get(index)?)?;
            Some(after - before)
        });
        Some(added.sum())
    }

    /// Whether anything was added to a logit.
    fn adds(&self) -> bool {
        let count = self.trace.candidates.len();
        (0..count).any(|index| self.added(index).is_some_and(|added| added != 0.0))
    }

    fn row(&self, index: usize, candidate: &Candidate, scale: f32, columns: &Columns) -> Line<'a> {
        let chosen = candidate.id == self.trace.id;
        let dropped = candidate.link != SamplerLink::Kept;
        let bar_style = self.view.style(if chosen {
            Part::BarChosen
        } else if dropped {
            Part::BarDropped
        } else {
            Part::Bar
        });
        let text_style = if self.view.looked_at() == Some(index) {
            self.view.style(Part::Selection)
        } else if dropped && !chosen {
            self.view.style(Part::Dim)
        } else {
            self.view.style(Part::Text)
        };
        let mark = if chosen { "▸ " } else { "  " };
        let probability = candidate.logprob.exp();
        let mut spans = vec![
            Span::styled(mark, self.view.style(Part::BarChosen)),
            Span::styled(
                format::pad(&self.view.name(candidate.id), columns.name),
                text_style,
            ),
            Span::raw(" "),
        ];
        spans.extend(bar::spans(probability / scale, columns.bar, bar_style));
        spans.push(Span::styled(
            format!("{:>PERCENT$}", format::percent(probability)),
            self.view.style(if dropped && !chosen {
                Part::Dim
            } else {
                Part::Text
            }),
        ));
        self.second(&mut spans, candidate, scale, columns, bar_style);
        if let (true, Some(added)) = (columns.added > 0, self.added(index)) {
            let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
            let gap = self.view.width.saturating_sub(used + ADDED);
            let added = if added == 0.0 {
                String::new()
            } else {
                format!("{added:+.2}")
            };
            let added = format!("{}{added:>ADDED$}", " ".repeat(gap));
            spans.push(Span::styled(added, self.view.style(Part::Dim)));
        }
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
        let dim = self.view.style(Part::Dim);
        let gap = if columns.final_bar > 0 { "  " } else { " " };
        spans.push(Span::raw(gap));
        let kept = candidate.link == SamplerLink::Kept;
        if !kept {
            let name = candidate.link.name();
            let says = if columns.final_bar > 0 {
                words::dropped_by(name)
            } else {
                format!("{name:>LINK$}")
            };
            spans.push(Span::styled(says, dim));
            return;
        }
        if columns.final_bar > 0 {
            let share = candidate.final_probability / scale;
            spans.extend(bar::spans(share, columns.final_bar, bar_style));
        }
        let width = if columns.final_bar > 0 { PERCENT } else { LINK };
        spans.push(Span::styled(
            format!("{:>width$}", format::percent(candidate.final_probability)),
            self.view.style(Part::Text),
        ));
    }

    /// The chosen token where it is not among the best.
    fn unlisted_row(&self, scale: f32, columns: &Columns) -> Line<'a> {
        let probability = self.trace.logprob.exp();
        let mut spans = vec![
            Span::styled("▸ ", self.view.style(Part::BarChosen)),
            Span::styled(
                format::pad(&self.view.name(self.trace.id), columns.name),
                self.view.style(Part::Text),
            ),
            Span::raw(" "),
        ];
        let style = self.view.style(Part::BarChosen);
        spans.extend(bar::spans(probability / scale, columns.bar, style));
        spans.push(Span::styled(
            format!("{:>PERCENT$}", format::percent(probability)),
            self.view.style(Part::Text),
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
            .view
            .session
            .model()
            .map(|model| u64::from(model.vocabulary))
            .filter(|&vocabulary| vocabulary > listed.len() as u64);
        let label = match vocabulary {
            Some(vocabulary) => {
                let shown = rows as u64 + u64::from(chosen_is_outside);
                words::others(format::thousands(vocabulary - shown))
            }
            None => words::ALL_OTHERS.into(),
        };
        let dim = self.view.style(Part::Dim);
        Line::from(vec![
            Span::raw("  "),
            Span::styled(format::pad(&label, columns.name + 1 + columns.bar), dim),
            Span::styled(format!("{:>PERCENT$}", format::percent(mass)), dim),
        ])
    }
}
