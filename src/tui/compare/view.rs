//! The screen of a comparison.
//!
//! ```text
//!  100 columns or more                     narrower
//!  ┌ A Q8_0 ─── perplexity┬ B Q4_0 ─ perplexity┐   ┌ A Q8_0 ── perplexity ┐
//!  │ the text             │ the text           │   │ the text             │
//!  │ in A's colours       │ in B's colours     │   ├ B Q4_0 ── perplexity ┤
//!  ├ token ───────────────┴────────── legend ──┤   │ the text             │
//!  │ ·because  KL 0.59 bits …                  │   ├ token ───── legend ──┤
//!  │ candidates of A      │ candidates of B    │   │ candidates           │
//!  └ mean KL … ─────────────────────── keys ───┘   └ mean KL … ── keys ───┘
//! ```
//!
//! On a low screen the candidates go first, then the borders; Enter gives the token the whole of
//! it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Widget, Wrap};

use super::areas::Areas;
use super::heat::Side;
use super::panel;
use super::state::{Stage, State};
use crate::config::{Action, Context, Part};
use crate::probability::Totals;
use crate::text;
use crate::tui::pane::status;
use crate::tui::view::border_line;
use crate::tui::{colour, finish, format};
use crate::words::nouns;
use crate::words::tui::compare as words;

/// Columns that the keys in the last row may always have, and where there are fewer than
/// [`NARROW`].
const KEYS: usize = 31;
const KEYS_NARROW: usize = 10;
const NARROW: usize = 60;

/// Draws the screen.
pub fn view(state: &mut State, buffer: &mut Buffer) {
    let screen = buffer.area;
    let totals = state.totals();
    if state.whole {
        let areas = Areas::whole(screen);
        frames(state, &areas, buffer);
        token(state, totals.as_ref(), &areas, buffer);
    } else {
        let areas = Areas::divide(screen);
        let (a, b) = (areas.inside(areas.a), areas.inside(areas.b));
        // Both maps are wrapped alike, so that a token is at the same place in both.
        let width = a.width.min(b.width);
        state.prepare(usize::from(width), usize::from(a.height.min(b.height)));
        frames(state, &areas, buffer);
        map(state, Side::A, a, buffer);
        map(state, Side::B, b, buffer);
        title(state, Side::A, totals.as_ref(), &areas, buffer);
        title(state, Side::B, totals.as_ref(), &areas, buffer);
        token(state, totals.as_ref(), &areas, buffer);
    }
    if let Some(layer) = &mut state.help {
        layer.render(&state.theme, &state.keymap, screen, buffer);
    }
    finish::finish(buffer, state.glyphs, &state.theme);
}

fn frames(state: &State, areas: &Areas, buffer: &mut Buffer) {
    if !areas.framed {
        return;
    }
    for area in [areas.token, areas.b, areas.a] {
        Block::bordered()
            .merge_borders(MergeStrategy::Exact)
            .border_style(state.theme.style(Part::Border))
            .render(area, buffer);
    }
}

/// Writes into a border, or into the row where that would be; the left text goes first where
/// both don't fit.
fn edge(areas: &Areas, row: Rect, left: Line<'_>, right: Line<'_>, buffer: &mut Buffer) {
    if areas.framed {
        return border_line(row, row.y, left, right, buffer);
    }
    let row = Rect { height: 1, ..row };
    let both = left.width() + right.width() < usize::from(row.width);
    left.render(row, buffer);
    if both {
        right.right_aligned().render(row, buffer);
    }
}

/// Which model it is, and its perplexity.
fn title(state: &State, side: Side, totals: Option<&Totals>, areas: &Areas, buffer: &mut Buffer) {
    let (area, name, perplexity) = match side {
        Side::A => (areas.a, &state.names[0], totals.map(|it| it.perplexity_a)),
        Side::B => (areas.b, &state.names[1], totals.map(|it| it.perplexity_b)),
    };
    if area.height == 0 {
        return;
    }
    let theme = &state.theme;
    let right = perplexity.map_or_else(Line::default, |perplexity| {
        let says = words::perplexity(perplexity);
        Line::styled(says, theme.style(Part::Status))
    });
    let room = usize::from(area.width).saturating_sub(right.width() + 7);
    let name = text::visible_line(name);
    let left = Line::from(vec![
        Span::styled(format!(" {} ", side.name()), theme.style(Part::Title)),
        Span::styled(
            format!("{} ", text::fit(&name, room)),
            theme.style(Part::Text),
        ),
    ]);
    edge(areas, area, left, right, buffer);
}

/// The text in the colours of one model, or what is waited for.
fn map(state: &State, side: Side, area: Rect, buffer: &mut Buffer) {
    if state.is_empty() {
        Paragraph::new(waiting(state, side))
            .style(state.theme.style(Part::Dim))
            .wrap(Wrap { trim: true })
            .render(area, buffer);
        return;
    }
    let base = state.theme.style(Part::Text);
    let style = |token: usize| -> Style {
        if token == state.cursor {
            return state.theme.style(Part::Cursor);
        }
        let Some(odds) = state.odds(token) else {
            return base;
        };
        match state.heat.fraction(odds, side) {
            Some(fraction) => base.patch(state.theme.scale(fraction)),
            // So that one sees where tokens part; colours part them already.
            None if token % 2 == 1 => base.add_modifier(Modifier::UNDERLINED),
            None => base,
        }
    };
    let cursor = Some(state.cursor);
    state.text.draw(state.first, area, buffer, cursor, style);
}

/// What a map says before there is a text.
fn waiting(state: &State, side: Side) -> String {
    match (&state.stage, side) {
        (Stage::Starting, Side::A) => words::STARTING.into(),
        (
            Stage::Loading {
                second: false,
                fraction,
            },
            Side::A,
        )
        | (
            Stage::Loading {
                second: true,
                fraction,
            },
            Side::B,
        ) => words::loading(fraction * 100.0),
        (Stage::Starting | Stage::Loading { second: false, .. }, Side::B) => {
            words::LOADED_SECOND.into()
        }
        (Stage::Loading { second: true, .. }, Side::A) => words::LOADED.into(),
        (Stage::Reading, _) => words::reading(format::count(u64::from(state.total), nouns::TOKEN)),
        (Stage::Done | Stage::Failed(_), _) => String::new(),
    }
}

/// The token under the cursor, and the numbers and keys below it.
fn token(state: &State, totals: Option<&Totals>, areas: &Areas, buffer: &mut Buffer) {
    let area = areas.token;
    if area.height == 0 {
        return;
    }
    let inside = if areas.framed {
        areas.inside(area)
    } else {
        Rect {
            height: area.height - 1,
            ..area
        }
    };
    let facts = facts(state, totals);
    let mut above = Vec::new();
    if state.whole {
        above.extend(totals.map(|it| {
            let (a, b) = (it.perplexity_a, it.perplexity_b);
            words::perplexities(a, b)
        }));
        above.extend_from_slice(&facts);
    }
    if areas.framed {
        border_line(area, area.y, headings(state), legend(state), buffer);
    }
    panel::render(state, &above, inside, buffer);
    let bottom = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    let width = usize::from(area.width).saturating_sub(3);
    let kept = if width < NARROW { KEYS_NARROW } else { KEYS };
    let facts = if state.whole { &[] } else { &facts[..] };
    let left = below(state, facts, width.saturating_sub(kept));
    let keys = keys(state, width.saturating_sub(left.width()));
    edge(areas, bottom, left, keys, buffer);
}

/// What stands above the token: where there are no maps, which models they are.
fn headings(state: &State) -> Line<'static> {
    let theme = &state.theme;
    if !state.whole {
        return Line::styled(words::TOKEN, theme.style(Part::Title));
    }
    let mut line = Line::default();
    for (side, name) in Side::BOTH.iter().zip(&state.names) {
        let name = text::visible_line(name).into_owned();
        line.push_span(Span::styled(
            format!(" {} ", side.name()),
            theme.style(Part::Title),
        ));
        line.push_span(Span::styled(format!("{name} "), theme.style(Part::Text)));
    }
    line
}

/// What the colours of the maps mean.
fn legend(state: &State) -> Line<'static> {
    let meaning = state.heat.legend().filter(|_| !state.whole);
    meaning.map_or_else(Line::default, |(by, ends)| {
        colour::legend(&state.theme, by, ends)
    })
}

/// The numbers of all that came so far, the ones that matter most first.
fn facts(state: &State, totals: Option<&Totals>) -> Vec<String> {
    let mut facts = Vec::new();
    if matches!(state.stage, Stage::Reading) {
        let done = format::thousands(state.tokens.len() as u64);
        let total = format::thousands(u64::from(state.total));
        facts.push(words::read(done, total));
    }
    let Some(totals) = totals else { return facts };
    let of = |nats: f64| state.units.of_nats(nats);
    facts.push(words::mean(of(totals.mean), format::unit(state.units)));
    facts.push(words::same_best(totals.same_top * 100.0));
    facts.push(words::median(of(totals.median)));
    facts.push(words::percentile(of(totals.percentile_99)));
    facts.push(words::maximum(of(totals.maximum)));
    if state.has_ended() {
        facts.push(format::count(u64::from(state.total), nouns::TOKEN));
    }
    facts
}

/// As many of the facts as fit, or why it broke off.
fn below(state: &State, facts: &[String], width: usize) -> Line<'static> {
    let theme = &state.theme;
    if let Stage::Failed(error) = &state.stage {
        let says = text::visible_line(&error.to_string()).into_owned();
        let says = text::fit(&says, width.saturating_sub(2)).into_owned();
        return Line::styled(format!(" {says} "), theme.style(Part::Error));
    }
    let mut line = String::new();
    for fact in facts {
        let between = if line.is_empty() { " " } else { " · " };
        if text::width(&line) + text::width(between) + text::width(fact) + 1 > width {
            break;
        }
        line = line + between + fact;
    }
    if !line.is_empty() {
        line.push(' ');
    }
    Line::styled(line, theme.style(Part::Status))
}

fn keys(state: &State, width: usize) -> Line<'static> {
    use Action as A;
    let largest = (Context::Compare, A::NextUncertain, words::LARGEST_KEY);
    let colour = (Context::Compare, A::ColorBy, words::COLOUR_KEY);
    let next = (Context::Compare, A::NextToken, words::NEXT_KEY);
    let help = (Context::Compare, A::Help, words::HELP_KEY);
    let wanted: &[_] = if state.whole {
        let back = (Context::Compare, A::BranchHere, words::BOTH_TEXTS_KEY);
        &[next, largest, help, back]
    } else {
        let more = (Context::Compare, A::BranchHere, words::MORE_KEY);
        let leave = (Context::Compare, A::Back, words::LEAVE_KEY);
        &[next, more, colour, largest, leave, help]
    };
    status::hints(&state.theme, &state.keymap, wanted, width)
}
