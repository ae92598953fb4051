//! What a finished frame needs before a terminal gets it: no drawing code has to know.
//!
//! What the terminal cannot draw is replaced, styles that it would show as something else are
//! put right, and everywhere a joiner at the end of a cell goes: a terminal would join the next
//! cell to it, wherever that is.

mod ascii;
mod console;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use crate::config::{Glyphs, Theme};

/// Makes a frame one that the terminal can show.
pub fn finish(buffer: &mut Buffer, glyphs: Glyphs, theme: &Theme) {
    for cell in &mut buffer.content {
        part_joiner(cell);
        match glyphs {
            Glyphs::All => {}
            Glyphs::Console => replace(cell, console::replacement),
            Glyphs::Ascii => replace(cell, |symbol| Some(ascii::replacement(symbol))),
        }
        if let Some(style) = theme.corrected(cell.style()) {
            cell.modifier = Modifier::empty();
            cell.set_style(style);
        }
    }
}

/// Takes a zero-width joiner off the end of a cell, as it comes in the middle of an emoji that
/// is still being written.
fn part_joiner(cell: &mut Cell) {
    if cell.symbol().ends_with('\u{200D}') {
        let parted = cell.symbol().trim_end_matches('\u{200D}').to_owned();
        cell.set_symbol(&parted);
    }
}

/// Has another character stand for one that the terminal has not.
fn replace(cell: &mut Cell, replacement: impl Fn(&str) -> Option<&str>) {
    if cell.symbol().is_ascii() {
        return;
    }
    // A wide character covers two cells; the second one is empty, and stays so.
    if cell.symbol().width() > 1 {
        cell.set_symbol("??");
    } else if let Some(replaced) = replacement(cell.symbol()).map(str::to_owned) {
        cell.set_symbol(&replaced);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn finished(text: &str, glyphs: Glyphs) -> Buffer {
        let width = text.width() as u16;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        buffer.set_string(0, 0, text, Style::new());
        let theme = Theme::load("ansi", None).expect("is built in");
        finish(&mut buffer, glyphs, &theme);
        buffer
    }

    fn text(buffer: &Buffer) -> String {
        buffer.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn a_joiner_at_the_end_of_a_cell_cannot_reach_the_next() {
        let buffer = finished("👩\u{200D} 👩‍👧", Glyphs::All);
        assert_eq!(buffer[(0, 0)].symbol(), "👩");
        assert_eq!(buffer[(3, 0)].symbol(), "👩‍👧");
    }

    #[test]
    fn without_utf8_a_frame_is_ascii_and_keeps_its_columns() {
        let text = text(&finished("┌ 日本·é █▌ ←→ x", Glyphs::Ascii));
        assert!(text.is_ascii());
        assert!(text.starts_with("+ ??"), "{text}");
        assert!(text.ends_with("#= <> x"), "{text}");
    }

    #[test]
    fn a_consoles_frame_keeps_what_its_fonts_have_and_its_columns() {
        let buffer = finished(
            "┌─ › ▸ é ł ж · █▌ ▂▅▇ ★ ⏎ … 日本 e\u{301} x",
            Glyphs::Console,
        );
        // The second cell of a wide character holds a space.
        assert_eq!(text(&buffer), "┌─ > ▶ é ł ж · █▒ _▒█ * ¶ ~ ?? ??  e x");
    }
}
