//! What a finished frame needs before a terminal gets it: no drawing code has to know.
//!
//! Where the locale has no UTF-8 everything beyond ASCII is replaced, and everywhere a joiner
//! at the end of a cell goes: a terminal would join the next cell to it, wherever that is.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Takes a zero-width joiner off the end of a cell, as it comes in the middle of an emoji that
/// is still being written.
pub fn part_joiners(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().ends_with('\u{200D}') {
            let parted = cell.symbol().trim_end_matches('\u{200D}').to_owned();
            cell.set_symbol(&parted);
        }
    }
}

/// Replaces what is not ASCII in a finished frame.
pub fn degrade(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let replaced = replacement(cell.symbol());
        // A wide character covers two cells; the second one is empty, and stays so.
        if cell.symbol().width() > 1 {
            cell.set_symbol("??");
        } else {
            cell.set_symbol(replaced);
        }
    }
}

fn replacement(symbol: &str) -> &'static str {
    match symbol {
        "│" | "┃" => "|",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "∎" | "■" | "█" | "▉" | "▊" | "▋" | "▇" | "▆" => "#",
        "▌" | "▍" | "▅" | "▄" => "=",
        "─" | "–" | "—" | "▎" | "▏" | "▃" | "▂" | "▁" | "◦" | "▪" => "-",
        "·" => ".",
        "•" | "★" => "*",
        "…" => "~",
        "›" | "▸" => ">",
        "◂" => "<",
        "▼" | "▾" => "v",
        "␛" | "▲" => "^",
        "⏎" => "$",
        "⋮" => ":",
        "‘" | "’" => "'",
        "“" | "”" => "\"",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_joiner_at_the_end_of_a_cell_cannot_reach_the_next() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, "👩\u{200D} 👩‍👧", Style::new());
        part_joiners(&mut buffer);
        assert_eq!(buffer[(0, 0)].symbol(), "👩");
        assert_eq!(buffer[(3, 0)].symbol(), "👩‍👧");
    }

    #[test]
    fn a_degraded_frame_is_ascii_and_keeps_its_columns() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 13, 1));
        buffer.set_string(0, 0, "┌ 日本·é █▌ x", Style::new());
        degrade(&mut buffer);
        let text: String = buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        assert!(text.is_ascii());
        assert!(text.starts_with("+ ??"), "{text}");
        assert!(text.ends_with("#= x"), "{text}");
    }
}
