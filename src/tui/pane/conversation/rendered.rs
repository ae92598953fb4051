//! A row of rendered markup.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::{Part, Theme};
use crate::text;
use crate::text::markdown::{Look, Piece, Role, Row};
use crate::text::syntax::{Paint, Stretch, paint_at};
use crate::tui::hyperlink;

/// Draws a row; gives the column behind it. `paints` are of its line, where it is of code;
/// `links` what its links lead to.
pub fn draw(
    theme: &Theme,
    row: &Row,
    paints: &[Stretch],
    links: &[String],
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let mut column = 0;
    // Tabs are measured from where the text begins, behind bullets and bars.
    let mut base = None;
    for piece in &row.pieces {
        if base.is_none() && piece.look.role != Role::Mark {
            base = Some(column);
        }
        let tab_base = base.unwrap_or(column);
        let address = piece
            .look
            .link
            .and_then(|link| links.get(usize::from(link)));
        for (part, paint) in parts(piece, row, paints) {
            let shown = text::expand_tabs(part, column - tab_base);
            let mut style = style(theme, piece.look);
            if let Some(part) = part_of(paint) {
                style = style.patch(theme.style(part));
            }
            if let Some(address) = address {
                style = hyperlink::mark(style, address);
            }
            put(buffer, area, column, &shown, style);
            column += text::width(&shown);
        }
    }
    column
}

/// A piece, cut where its line of code changes colour.
fn parts<'a>(piece: &'a Piece, row: &Row, paints: &[Stretch]) -> Vec<(&'a str, Paint)> {
    let start = row.code.map_or(0, |code| code.start);
    if paints.is_empty() || !piece.exact || piece.look.role != Role::Block || piece.raw < start {
        return vec![(&piece.text, Paint::Plain)];
    }
    let mut parts = Vec::new();
    let mut rest = piece.text.as_str();
    let mut at = piece.raw - start;
    while !rest.is_empty() {
        let (paint, end) = paint_at(paints, at);
        let len = rest.ceil_char_boundary(end.saturating_sub(at).max(1));
        let (part, others) = rest.split_at(len);
        parts.push((part, paint));
        rest = others;
        at += len;
    }
    parts
}

fn put(buffer: &mut Buffer, area: Rect, column: usize, text: &str, style: Style) {
    let width = usize::from(area.width);
    if column >= width || area.height == 0 {
        return;
    }
    // The column is within the area.
    let x = area.x + column as u16;
    buffer.set_stringn(x, area.y, text, width - column, style);
}

fn part_of(paint: Paint) -> Option<Part> {
    match paint {
        Paint::Plain => None,
        Paint::Keyword => Some(Part::CodeKeyword),
        Paint::String => Some(Part::CodeString),
        Paint::Comment => Some(Part::CodeComment),
        Paint::Number => Some(Part::CodeNumber),
        Paint::Function => Some(Part::CodeFunction),
        Paint::Type => Some(Part::CodeType),
    }
}

/// The style of a look.
fn style(theme: &Theme, look: Look) -> Style {
    let mut style = theme.style(match look.role {
        Role::Text | Role::Block => Part::Text,
        Role::Heading(1 | 2) => Part::Heading,
        Role::Heading(_) => Part::Title,
        Role::Quote => Part::Quote,
        Role::Code => Part::Code,
        Role::Formula => Part::Formula,
        Role::Link => Part::Link,
        Role::Mark => Part::Mark,
    });
    for (on, modifier) in [
        (look.strong, Modifier::BOLD),
        (look.emphasis, Modifier::ITALIC),
        (look.struck, Modifier::CROSSED_OUT),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}
