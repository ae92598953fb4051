//! A style as the escape sequence that sets it.
//!
//! Source: ECMA-48, "Select Graphic Rendition", and ISO 8613-6 for 256 and direct colours.

use std::fmt::Write;

use ratatui::style::{Color, Modifier, Style};

/// Ends every style.
pub const RESET: &str = "\x1b[0m";

/// The sequence that sets a style; empty for none.
#[must_use]
pub fn sgr(style: Style) -> String {
    let mut codes = Vec::new();
    let modifiers = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ];
    for (modifier, code) in modifiers {
        if style.add_modifier.contains(modifier) {
            codes.push(code.to_string());
        }
    }
    codes.extend(style.fg.and_then(|color| color_code(color, 30)));
    codes.extend(style.bg.and_then(|color| color_code(color, 40)));
    if codes.is_empty() {
        return String::new();
    }
    format!("\x1b[{}m", codes.join(";"))
}

/// `base` is 30 for the text and 40 for what is behind it.
fn color_code(color: Color, base: u8) -> Option<String> {
    let plain = |index: u8| Some((base + index).to_string());
    let bright = |index: u8| Some((base + 60 + index).to_string());
    match color {
        Color::Reset => None,
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(red, green, blue) => {
            let mut code = format!("{};2", base + 8);
            for part in [red, green, blue] {
                // Writing to a String cannot fail.
                let _ = write!(code, ";{part}");
            }
            Some(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_have_their_codes() {
        let table = [
            (Style::new(), ""),
            (Style::new().fg(Color::Reset), ""),
            (Style::new().fg(Color::Red), "\x1b[31m"),
            (Style::new().fg(Color::DarkGray), "\x1b[90m"),
            (Style::new().bg(Color::White), "\x1b[107m"),
            (Style::new().fg(Color::Indexed(208)), "\x1b[38;5;208m"),
            (
                Style::new().bold().fg(Color::Rgb(1, 2, 3)),
                "\x1b[1;38;2;1;2;3m",
            ),
        ];
        for (style, code) in table {
            assert_eq!(sgr(style), code, "{style:?}");
        }
    }
}
