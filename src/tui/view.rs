//! One frame: a function of the state, and of nothing else.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};

use super::app::{App, Focus};
use super::layout::{Areas, Pane, is_hidden};
use super::pane::{conversation, input, status, throughput, tokens};
use super::{colour, finish, format};
use crate::chat::Session;
use crate::chat::session::ContextPolicy;
use crate::config::{Action, Context, Part};
use crate::text;
use crate::words::nouns;
use crate::words::tui::view as words;

/// Columns of the status line below which the keys take nearly all of it.
const NARROW: usize = 56;

/// Draws everything; gives the place of the terminal's cursor, where it is to be seen.
pub fn view(app: &mut App, session: &Session, buffer: &mut Buffer) -> Option<Position> {
    let screen = buffer.area;
    let areas = app.areas(session);
    if areas.framed {
        frames(app, session, &areas, buffer);
    }
    if areas.conversation.is_some() {
        conversation::render(app, session, App::conversation_text(&areas), buffer);
    }
    if let Some(area) = areas.tokens {
        tokens::render(app, session, inside(area), buffer);
    }
    if let Some(area) = areas.throughput {
        throughput::render(app, session, inside(area), buffer);
    }
    if areas.framed {
        more_in_panes(app, &areas, buffer);
    }
    let input_area = if areas.framed {
        inside(areas.input)
    } else {
        areas.input
    };
    let mut cursor = input::render(app, session, input_area, buffer);
    let mut layers = std::mem::take(&mut app.layers);
    for layer in &mut layers {
        cursor = layer.render(app, session, screen, buffer);
    }
    app.layers = layers;
    finish::finish(buffer, app.glyphs, &app.theme);
    cursor
}

/// What is between the borders, with a column of air on either side.
fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

fn frames(app: &App, session: &Session, areas: &Areas, buffer: &mut Buffer) {
    let panes = [
        (Pane::Conversation, areas.conversation),
        (Pane::Tokens, areas.tokens),
        (Pane::Throughput, areas.throughput),
    ];
    let seen = panes
        .iter()
        .filter_map(|(pane, area)| Some((*pane, (*area)?)));
    // The focused one last, so that shared borders are in its colour.
    let (focused, others): (Vec<_>, Vec<_>) =
        seen.partition(|(pane, _)| app.focus == Focus::Pane(*pane));
    frame(app, areas.input, false, buffer);
    for (_, area) in others {
        frame(app, area, false, buffer);
    }
    if app.focus == Focus::Input && app.cursor.is_none() {
        frame(app, areas.input, true, buffer);
    }
    for (_, area) in focused {
        frame(app, area, true, buffer);
    }
    titles(app, session, areas, buffer);
}

fn frame(app: &App, area: Rect, focused: bool, buffer: &mut Buffer) {
    let part = if focused {
        Part::BorderFocused
    } else {
        Part::Border
    };
    Block::bordered()
        .merge_borders(MergeStrategy::Exact)
        .border_style(app.theme.style(part))
        .render(area, buffer);
}

/// What stands in the borders.
fn titles(app: &App, session: &Session, areas: &Areas, buffer: &mut Buffer) {
    if let Some(area) = areas.conversation {
        let title = if areas.tabbed {
            tabs(app)
        } else {
            title(app, Pane::Conversation)
        };
        let right = legend(app)
            .or_else(|| zoomed(app))
            .unwrap_or_else(|| name(app, session));
        border_line(area, area.y, title, right, buffer);
    }
    for (pane, area) in [
        (Pane::Tokens, areas.tokens),
        (Pane::Throughput, areas.throughput),
    ] {
        let Some(area) = area else { continue };
        let alone = areas.tabbed && areas.conversation.is_none();
        let left = if alone { tabs(app) } else { title(app, pane) };
        let right = zoomed(app).unwrap_or_default();
        border_line(area, area.y, left, right, buffer);
    }
    let scrolled = if areas.conversation.is_some() && app.transcript.is_scrolled_back() {
        scrolled(app, session)
    } else {
        Line::default()
    };
    let top = Rect {
        // Only below the conversation, where the other panes stand beside it.
        width: areas
            .conversation
            .map_or(areas.input.width, |area| area.width),
        ..areas.input
    };
    let left = if let Some(asking) = &app.asking {
        let title = format!(" {} ", asking.question.title());
        Line::styled(title, app.theme.style(Part::Title))
    } else if app.cursor.is_some() && areas.tokens.is_none() {
        tokens::summary(app, session)
    } else {
        let activity = status::activity(app, session);
        if activity.width() > 0 {
            activity
        } else {
            let mut line = begun(app, session).unwrap_or_default();
            let weight = weight(app, session).unwrap_or_default();
            line.spans.extend(weight.spans);
            line
        }
    };
    border_line(top, areas.input.y, left, scrolled, buffer);
    let width = usize::from(areas.input.width).saturating_sub(4);
    // On a narrow screen the keys matter more than the whole name of the model.
    let for_keys = if width < NARROW && session.model().is_some() {
        width.saturating_sub(8)
    } else {
        (width * 3 / 5).max(width.saturating_sub(26))
    };
    let keys = status::keys(app, for_keys);
    let room = width.saturating_sub(keys.width() + 1);
    border_line(
        areas.input,
        areas.input.bottom() - 1,
        status::model(app, session, room),
        keys,
        buffer,
    );
}

/// Says in the lower border of a pane that it has more rows than are seen.
fn more_in_panes(app: &App, areas: &Areas, buffer: &mut Buffer) {
    for (area, list) in [
        (areas.tokens, &app.candidates),
        (areas.throughput, &app.throughput),
    ] {
        let Some((area, more)) = area.zip(list.more()) else {
            continue;
        };
        let says = Line::styled(format!(" {more} "), app.theme.style(Part::Dim));
        border_line(area, area.bottom() - 1, Line::default(), says, buffer);
    }
}

/// Writes into a border, a column away from its corners; the left text goes first where both
/// don't fit.
pub(super) fn border_line(
    area: Rect,
    y: u16,
    left: Line<'_>,
    right: Line<'_>,
    buffer: &mut Buffer,
) {
    let row = Rect {
        x: area.x + 1,
        y,
        width: area.width.saturating_sub(2),
        height: 1,
    };
    let columns = |line: &Line<'_>| u16::try_from(line.width()).unwrap_or(u16::MAX);
    let (left_width, right_width) = (columns(&left), columns(&right));
    // Each in its own columns: a line has its style in all that it is given, and what is between
    // them is the border's.
    let beside = Rect {
        width: left_width.min(row.width),
        ..row
    };
    left.render(beside, buffer);
    if left_width.saturating_add(right_width) < row.width {
        let beside = Rect {
            x: row.right() - right_width,
            width: right_width,
            ..row
        };
        right.render(beside, buffer);
    }
}

fn title(app: &App, pane: Pane) -> Line<'static> {
    Line::styled(format!(" {} ", pane.title()), app.theme.style(Part::Title))
}

/// The names of the panes, the one that is seen marked.
fn tabs(app: &App) -> Line<'static> {
    let mut line = Line::default();
    let listed = Pane::ALL.into_iter();
    for pane in listed.filter(|&pane| !is_hidden(&app.panes, pane)) {
        let seen = pane == app.pane;
        let part = if seen { Part::Title } else { Part::Dim };
        let name = if seen {
            format!(" ▸{} ", pane.title())
        } else {
            format!("  {} ", pane.title())
        };
        line.push_span(Span::styled(name, app.theme.style(part)));
    }
    line
}

/// The pane whose tab is at a cell.
#[must_use]
pub fn tab_at(app: &App, areas: &Areas, column: u16, row: u16) -> Option<Pane> {
    let shown = areas.conversation.or(areas.tokens).or(areas.throughput)?;
    if !areas.tabbed || !areas.framed || row != shown.y {
        return None;
    }
    let mut at = shown.x + 1;
    let listed = Pane::ALL.into_iter();
    for pane in listed.filter(|&pane| !is_hidden(&app.panes, pane)) {
        // Two columns before its name, and one after it.
        let end = at + 3 + u16::try_from(text::width(&pane.title())).unwrap_or(0);
        if (at..end).contains(&column) {
            return Some(pane);
        }
        at = end;
    }
    None
}

/// That one pane has the room of all, and how the others come back.
fn zoomed(app: &App) -> Option<Line<'static>> {
    if !app.zoomed {
        return None;
    }
    let says = match status::key_of(&app.keymap, Context::Global, Action::Zoom) {
        Some(key) => words::zoomed(key),
        None => words::ZOOMED.into(),
    };
    Some(Line::styled(says, app.theme.style(Part::Warning)))
}

/// The conversation's name.
fn name(app: &App, session: &Session) -> Line<'static> {
    let conversation = session.conversation();
    if conversation.is_empty() {
        return Line::default();
    }
    let name = conversation.title_or_first_words();
    let name = text::visible_line(&name);
    let room = usize::from(app.screen.width / 4);
    let shown = text::fit(&name, room).into_owned();
    Line::styled(format!(" {shown} "), app.theme.style(Part::Dim))
}

/// What the next answer begins with, where that is set.
fn begun(app: &App, session: &Session) -> Option<Line<'static>> {
    let text = session.prefill()?;
    let room = usize::from(app.screen.width / 3);
    let shown = text::visible_line(text);
    let says = words::answer_begins(text::fit(&shown, room));
    Some(Span::styled(says, app.theme.style(Part::Notice)).into())
}

/// What is typed, in tokens, and whether it fits.
fn weight(app: &App, session: &Session) -> Option<Line<'static>> {
    let typed = app.composer.editor.text();
    // What begins with a slash is a command.
    if typed.trim().is_empty() || typed.starts_with('/') {
        return None;
    }
    let parent = match app.editing {
        Some(message) => session.conversation().node(message)?.parent,
        None => session.conversation().head,
    };
    let forecast = session.forecast(parent, &typed)?;
    if forecast.fits() {
        let about = if forecast.counted { "" } else { "~" };
        let count = format::count(forecast.message.into(), nouns::TOKEN);
        let text = format!(" {about}{count} ");
        return Some(Span::styled(text, app.theme.style(Part::Dim)).into());
    }
    let tokens = format::thousands(forecast.tokens.into());
    let limit = format::thousands(forecast.limit.into());
    // What matters comes first: there may be little room.
    let says = match (forecast.left_out, session.options().context_full) {
        (0, _) => words::too_long(tokens, limit),
        (count, ContextPolicy::Summarise) => words::oldest_summarised(count, tokens, limit),
        (count, _) => words::oldest_left_out(count, tokens, limit),
    };
    // Between the corners.
    let says = text::fit(&says, usize::from(app.screen.width.saturating_sub(2))).into_owned();
    Some(Span::styled(says, app.theme.style(Part::Warning)).into())
}

/// What the colours of tokens mean, while they mean something.
fn legend(app: &App) -> Option<Line<'static>> {
    let ends = colour::ends(app.color_by)?;
    Some(colour::legend(&app.theme, colour::name(app.color_by), ends))
}

fn scrolled(app: &App, session: &Session) -> Line<'static> {
    let key = app.key_in(Context::Global, Action::ScrollBottom);
    let says = match app.transcript.position(session) {
        Some((start, _)) => words::more_below_from(start * 100.0, key),
        None => words::more_below(key),
    };
    Line::styled(says, app.theme.style(Part::Warning))
}
