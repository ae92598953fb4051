//! What a conversation shows before it begins.
//!
//! ```text
//! limpid
//! chat with language models, and see what they do
//!
//! SmolLM2-135M-Instruct is ready.
//!
//! Enter    send
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};
use ratatui::widgets::Widget;

use crate::chat::Session;
use crate::chat::session::EngineStatus;
use crate::config::{Action as A, Context, Part};
use crate::text;
use crate::tui::app::App;
use crate::tui::offering::{Offering, Stage};
use crate::tui::pane::status;
use crate::words::tui::conversation as words;

/// Columns of a key before what it does.
const KEY_COLUMN: usize = 9;

/// Draws what became of the model, and the keys that matter.
pub fn render(app: &App, session: &Session, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let dim = theme.style(Part::Dim);
    let width = usize::from(area.width);
    let (says, part) = match session.engine() {
        EngineStatus::Ready(model) => (words::ready(model.title()), Part::Text),
        EngineStatus::Loading { .. } => (words::LOADING.into(), Part::Dim),
        EngineStatus::NoModel => match &app.offering {
            Some(offering) => return offer(app, offering, area, buffer),
            None => (words::NO_MODEL.into(), Part::Warning),
        },
        EngineStatus::Died(exit) => (exit.to_string(), Part::Error),
        EngineStatus::Refused(error) => (error.to_string(), Part::Error),
    };
    let model = paragraph(&says, width, theme.style(part));
    let mut lines = vec![
        Text::styled("limpid", theme.style(Part::Title)),
        Text::styled(text::fit(&words::MOTTO, width).into_owned(), dim),
        Text::default(),
    ];
    // On a small screen what became of the model counts more than the greeting.
    if lines.len() + model.len() > usize::from(area.height) {
        lines.clear();
    }
    lines.extend(model);
    lines.push(Text::default());
    lines.extend(five_keys(app, width));
    at_ease(&lines, area, buffer);
}

/// The five keys that matter.
fn five_keys(app: &App, width: usize) -> Vec<Text<'static>> {
    let (dim, key) = (app.theme.style(Part::Dim), app.theme.style(Part::Key));
    let of = |action| status::key_of(&app.keymap, Context::Input, action);
    let send = match of(A::NewLine) {
        Some(key) => words::send_or_new_line(key),
        None => words::SEND.into(),
    };
    // Completing goes to the next pane where there is nothing to complete.
    let next = match (of(A::Complete), of(A::NextPane)) {
        (Some(key), _) => (Some(key), words::COMPLETE_OR_NEXT_PANE),
        (None, key) => (key, words::NEXT_PANE),
    };
    let rows = [
        (of(A::Send), send),
        (of(A::TokenView), words::TOKENS.into()),
        (next.0, next.1.into()),
        (of(A::Palette), words::ACTIONS.into()),
        (of(A::Help), words::ALL_KEYS.into()),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(key, says)| Some((key?, says)));
    rows.map(|(name, says): (String, String)| {
        // One column at least between a long name and what it does.
        let column = KEY_COLUMN.max(text::width(&name) + 1);
        let room = width.saturating_sub(column);
        Text::from(vec![
            Span::styled(text::columns::left(&name, column), key),
            Span::styled(text::fit(&says, room).into_owned(), dim),
        ])
    })
    .collect()
}

/// The model that can be had, and how far it is.
fn offer(app: &App, offering: &Offering, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let width = usize::from(area.width).max(1);
    let part = match offering.stage {
        Stage::Failed(_) => Part::Error,
        Stage::Asked | Stage::Getting { .. } => Part::Text,
    };
    let mut lines = vec![
        Text::styled("limpid", theme.style(Part::Title)),
        Text::styled(
            text::fit(&words::MOTTO, width).into_owned(),
            theme.style(Part::Dim),
        ),
        Text::default(),
    ];
    let stop = app.key_in(app.context(), A::Interrupt);
    let said = offering.says(!app.composer.editor.is_empty(), &stop);
    let dim = theme.style(Part::Dim);
    let mut first = paragraph(&said.first, width, theme.style(part));
    let facts = said.facts.iter();
    let mut facts: Vec<_> = facts.flat_map(|fact| paragraph(fact, width, dim)).collect();
    let what_to_do = paragraph(&said.what_to_do, width, dim);
    // On a small screen the question counts more than the greeting, and what to do counts most.
    let height = usize::from(area.height);
    if lines.len() + first.len() + facts.len() + what_to_do.len() > height {
        lines.clear();
        let room = height.saturating_sub(what_to_do.len());
        cut(&mut first, room, width);
        cut(&mut facts, room - first.len(), width);
    }
    lines.extend(first.into_iter().chain(facts).chain(what_to_do));
    lines.push(Text::default());
    lines.extend(five_keys(app, width));
    at_ease(&lines, area, buffer);
}

/// A text of any origin, wrapped.
fn paragraph(says: &str, width: usize, style: Style) -> Vec<Text<'static>> {
    let shown = text::visible_line(says);
    let rows = text::wrap(&shown, width).into_iter();
    rows.map(|row| Text::styled(shown[row].to_owned(), style))
        .collect()
}

/// Leaves out the rows that there is no room for; the last one that is left shows it.
fn cut(rows: &mut Vec<Text<'static>>, room: usize, width: usize) {
    if rows.len() <= room {
        return;
    }
    rows.truncate(room);
    if let Some(last) = rows.last_mut() {
        let style = last.style;
        let text = text::fit(&format!("{last}"), width.saturating_sub(1)).into_owned();
        let text = if text.ends_with('…') {
            text
        } else {
            text + "…"
        };
        *last = Text::styled(text, style);
    }
}

/// Lines in the upper half.
fn at_ease(lines: &[Text<'static>], area: Rect, buffer: &mut Buffer) {
    let top = area.height.saturating_sub(lines.len() as u16) / 3;
    let area = Rect {
        y: area.y + top,
        height: area.height - top,
        ..area
    };
    for (row, line) in area.rows().zip(lines) {
        line.render(row, buffer);
    }
}
