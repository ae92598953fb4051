//! What both models held of the token under the cursor.
//!
//! ```text
//!  ·because  0.02 and 0.04 %  KL 0.588 bits  3rd largest  B-A +1.06 bits  7 of 276
//!  A  rank 192  log2 p -12.29                B  rank 112  log2 p -11.23
//!  ▸ ·the     ██████████████  21.0           ·the     ████████████    18.8
//!    ·on      █████            7.1         ▸ ·on      ████             6.6
//! ```
//!
//! `▸` marks the token that came, where it is among the best.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::heat::Side;
use super::state::State;
use crate::config::{Part, Units};
use crate::inference::{ComparedOdds, TokenId, TokenKind, TokenOdds};
use crate::text;
use crate::tui::{bar, format};
use crate::words::tui::compare as words;

/// Columns of a percentage with the space before it.
const PERCENT: usize = 6;
/// Columns between the two distributions.
const GAP: u16 = 2;

/// Draws the panel's inside: what is told of the whole text, where `above` has it, then the
/// token.
pub fn render(state: &State, above: &[String], area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let dim = state.theme.style(Part::Dim);
    let mut top = wrap(above.iter().map(|fact| (dim, fact.clone())), width);
    // On a low screen the candidates need the rows.
    top.truncate(usize::from(area.height / 4).max(1));
    top.push(headline(state, width));
    let rows: Vec<Rect> = area.rows().collect();
    let (upper, lower) = rows.split_at(top.len().min(rows.len()));
    for (row, line) in upper.iter().zip(top) {
        line.render(*row, buffer);
    }
    let Some(odds) = state.odds(state.cursor) else {
        return;
    };
    let half = area.width.saturating_sub(GAP) / 2;
    let width = usize::from(half);
    let numbers = Side::BOTH.map(|side| numbers(state, side, own(odds, side), width));
    let most = if state.whole { 2 } else { 1 };
    let rows = numbers[0].len().max(numbers[1].len()).min(most);
    for (side, mut lines) in Side::BOTH.into_iter().zip(numbers) {
        lines.resize(rows, Line::default());
        lines.extend(candidates(state, odds, own(odds, side), width));
        for (row, line) in lower.iter().zip(lines) {
            line.render(half_of(*row, half, side), buffer);
        }
    }
}

fn own(odds: &ComparedOdds, side: Side) -> &TokenOdds {
    match side {
        Side::A => &odds.a,
        Side::B => &odds.b,
    }
}

fn half_of(row: Rect, width: u16, side: Side) -> Rect {
    let x = match side {
        Side::A => row.x,
        Side::B => row.right() - width,
    };
    Rect { x, width, ..row }
}

/// The token, its place, and how the models differ there: as much of it as fits.
fn headline(state: &State, width: usize) -> Line<'static> {
    let theme = &state.theme;
    let Some(token) = state.tokens.get(state.cursor) else {
        return Line::default();
    };
    let name = match (token.kind, text::visible_piece(&token.bytes)) {
        (TokenKind::Control, name) => words::control(name),
        (_, name) => name,
    };
    let name = text::fit(&name, width / 3).into_owned();
    let (plain, dim) = (theme.style(Part::Text), theme.style(Part::Dim));
    let mut facts = match &token.odds {
        None => vec![(dim, words::NOTHING_BEFORE.into())],
        Some(odds) => {
            let said = differences(state, odds).into_iter();
            said.map(|fact| (plain, fact)).collect()
        }
    };
    let place = format::thousands(state.cursor as u64 + 1);
    let total = format::thousands(u64::from(state.total));
    facts.push((dim, words::place(place, total)));
    if let Some(odds) = &token.odds {
        let says = if odds.same_top() {
            words::SAME_BEST
        } else {
            words::ANOTHER_BEST
        };
        facts.push((dim, says.into()));
    }
    facts.insert(0, (theme.style(Part::Cursor), name));
    line(facts, width)
}

fn differences(state: &State, odds: &ComparedOdds) -> Vec<String> {
    let unit = format::unit(state.units);
    let of = |nats: f64| state.units.of_nats(nats);
    let percents = Side::BOTH.map(|side| format::percent(own(odds, side).logprob.exp()));
    let place = match state.place() {
        None => String::new(),
        Some(1) => words::THE_LARGEST.into(),
        Some(place) => words::nth_largest(format::ordinal(place as u64)),
    };
    vec![
        words::percents(&percents[0], &percents[1]),
        format!("KL {:.3} {unit}", of(odds.divergence)),
        place,
        format!("B-A {:+.2} {unit}", of(f64::from(odds.difference()))),
    ]
}

fn numbers(state: &State, side: Side, odds: &TokenOdds, width: usize) -> Vec<Line<'static>> {
    let theme = &state.theme;
    let plain = theme.style(Part::Text);
    // Adding zero turns -0 into 0.
    let of = |nats: f32| state.units.of_nats(f64::from(nats)) + 0.0;
    let log = match state.units {
        Units::Bits => "log2 p",
        Units::Nats => "ln p",
    };
    let facts = vec![
        (theme.style(Part::Heading), side.name().to_owned()),
        (plain, words::rank(format::thousands(odds.rank.into()))),
        (plain, format!("{log} {:.2}", of(odds.logprob))),
        (plain, words::entropy(of(odds.entropy))),
    ];
    wrap(facts.into_iter(), width)
}

/// The facts that fit a row, two columns apart; of one that does not, a later one may take the
/// place.
fn line(facts: Vec<(Style, String)>, width: usize) -> Line<'static> {
    let mut line = Line::default();
    for (style, fact) in facts {
        let gap = if line.spans.is_empty() { "" } else { "  " };
        if !fact.is_empty() && line.width() + gap.len() + text::width(&fact) <= width {
            line.push_span(Span::raw(gap));
            line.push_span(Span::styled(fact, style));
        }
    }
    line
}

/// All facts, in as many rows as they need.
fn wrap(facts: impl Iterator<Item = (Style, String)>, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (style, fact) in facts {
        let fits = |line: &&mut Line<'_>| line.width() + 2 + text::width(&fact) <= width;
        match lines.last_mut().filter(fits) {
            Some(line) => {
                line.push_span(Span::raw("  "));
                line.push_span(Span::styled(fact, style));
            }
            None => lines.push(Line::styled(fact, style)),
        }
    }
    lines
}

/// The best tokens of one model; the bars of both share one scale.
fn candidates<'a>(
    state: &'a State,
    odds: &'a ComparedOdds,
    side: &'a TokenOdds,
    width: usize,
) -> impl Iterator<Item = Line<'static>> + 'a {
    let came = state.tokens.get(state.cursor).map(|token| token.id);
    let name_width = (width / 3).clamp(6, 18);
    let bar_width = width.saturating_sub(2 + name_width + 1 + PERCENT);
    let best = Side::BOTH.map(|side| own(odds, side).best.first().map_or(0.0, |it| it.1.exp()));
    let scale = best[0].max(best[1]).max(f32::MIN_POSITIVE);
    side.best.iter().map(move |&(id, logprob)| {
        let theme = &state.theme;
        let (part, mark) = if came == Some(id) {
            (Part::BarChosen, "▸ ")
        } else {
            (Part::Bar, "  ")
        };
        let plain = theme.style(Part::Text);
        let mut line = Line::from(vec![
            Span::raw(mark),
            Span::styled(format::pad(&name(state, id), name_width), plain),
            Span::raw(" "),
        ]);
        let bar = bar::spans(logprob.exp() / scale, bar_width, theme.style(part));
        line.spans.extend(bar);
        let percent = format::percent(logprob.exp());
        line.push_span(Span::styled(format!("{percent:>PERCENT$}"), plain));
        line
    })
}

fn name(state: &State, id: TokenId) -> String {
    match state.pieces.get(&id) {
        Some(bytes) if !bytes.is_empty() => text::visible_piece(bytes),
        _ => format!("#{}", id.0),
    }
}
