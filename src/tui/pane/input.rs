//! What is typed, below what has to be said.
//!
//! ```text
//!  the model stopped at the length limit      a notice, until it is out of date
//!  › ask something
//!    in several lines
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::chat::{Session, Severity};
use crate::config::{Action, Part};
use crate::text;
use crate::tui::app::{App, Focus, PROMPT_WIDTH};
use crate::tui::editor::Look;
use crate::words::tui::asking as words;

/// Draws the inside of the input area; gives the place of the terminal's cursor.
pub fn render(app: &App, session: &Session, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.height == 0 || area.width == 0 {
        return None;
    }
    let mut notices = app.notice_rows(session);
    // The input itself keeps a row.
    let most = usize::from(area.height - 1);
    let first = notices.len().saturating_sub(most);
    let notices: Vec<_> = notices.drain(first..).collect();
    for (row, (severity, text)) in area.rows().zip(&notices) {
        let part = match severity {
            Severity::Info => Part::Notice,
            Severity::Warning => Part::Warning,
            Severity::Error => Part::Error,
        };
        Line::styled(text.as_str(), app.theme.style(part)).render(row, buffer);
    }
    let used = notices.len() as u16;
    let area = Rect {
        y: area.y + used,
        height: area.height - used,
        ..area
    };
    typed(app, area, buffer)
}

fn typed(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = &app.theme;
    let asked = app.asking.as_ref().map(|asking| asking.question);
    let focused = asked.is_some() || app.focus == Focus::Input && app.cursor.is_none();
    let prompt = theme.style(if focused {
        Part::InputPrompt
    } else {
        Part::Dim
    });
    // Readline's mark for vi's command mode.
    let mark = if app.composer.is_commanding() {
        ": "
    } else {
        "› "
    };
    Line::styled(mark, prompt).render(area, buffer);
    let x = area.x.saturating_add(PROMPT_WIDTH).min(area.right());
    let text_area = Rect {
        x,
        width: area.right() - x,
        ..area
    };
    let seen = app
        .composer
        .editor
        .visible(app.input_width(), usize::from(area.height));
    for (row, text) in text_area.rows().zip(&seen.rows) {
        let stretches = text.iter().map(|(look, text)| {
            let part = match look {
                Look { selected: true, .. } => Part::Selection,
                Look { folded: true, .. } => Part::Folded,
                Look { .. } => Part::Input,
            };
            Span::styled(text.as_str(), theme.style(part))
        });
        Line::from(stretches.collect::<Vec<_>>())
            .style(theme.style(Part::Input))
            .render(row, buffer);
    }
    if app.composer.editor.is_empty() {
        let hint = match asked {
            Some(question) => question.hint(&app.keymap),
            None if focused => words::ASK.into(),
            None => words::to_write(app.key_in(app.context(), Action::Back)),
        };
        let hint = text::fit(&hint, usize::from(text_area.width)).into_owned();
        Line::styled(hint, theme.style(Part::Dim)).render(text_area, buffer);
    }
    if seen.more_above && area.height > 0 {
        Line::styled("⋮ ", prompt).render(area, buffer);
    }
    offers(app, text_area, buffer);
    let (column, row) = seen.cursor;
    let position = Position {
        x: text_area.x.saturating_add(column as u16),
        y: text_area.y.saturating_add(row as u16),
    };
    (focused && app.layers.is_empty() && area.contains(position)).then_some(position)
}

/// The candidates of a completion, behind the text where there is room.
fn offers(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some((candidates, index)) = app.composer.offers() else {
        return;
    };
    let typed = text::width(&app.composer.editor.text()) + 3;
    let Some(room) = usize::from(area.width).checked_sub(typed) else {
        return;
    };
    let mut spans = Vec::new();
    let mut width = 0;
    for offset in 0..candidates.len() {
        let candidate = &candidates[(index + offset) % candidates.len()];
        let shown = text::visible_line(candidate.trim_end()).into_owned();
        width += text::width(&shown) + 2;
        if width > room {
            break;
        }
        let part = if offset == 0 { Part::Match } else { Part::Dim };
        spans.push(Span::styled(shown, app.theme.style(part)));
        spans.push(Span::raw("  "));
    }
    let area = Rect {
        // `typed` is less than the width.
        x: area.x + typed as u16,
        width: area.width - typed as u16,
        height: 1,
        ..area
    };
    Line::from(spans).render(area, buffer);
}
