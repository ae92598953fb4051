//! How a Linux console shows a style, and what a style has to be there to be seen.
//!
//! Its 16 colours are eight hues, each in two weights. Dark blue can hardly be read on its black;
//! light black is a dark grey at best, and black with a font of 512 glyphs, which takes the bit
//! of the weight. What is drawn behind text has one weight. Bold is the lighter weight, and a
//! colour decides it anew; faint, italic and underlined are colours of their own.
//!
//! Source: `drivers/tty/vt/vt.c` (`rgb_foreground`, `rgb_background`, `build_attr`).

use ratatui::style::{Color, Modifier, Style};

/// The eight hues, dark and light.
const HUES: [(Color, Color); 8] = [
    (Color::Black, Color::DarkGray),
    (Color::Red, Color::LightRed),
    (Color::Green, Color::LightGreen),
    (Color::Yellow, Color::LightYellow),
    (Color::Blue, Color::LightBlue),
    (Color::Magenta, Color::LightMagenta),
    (Color::Cyan, Color::LightCyan),
    (Color::Gray, Color::White),
];

/// A style of a theme in colours that can be read.
pub(super) fn legible(style: Style) -> Style {
    let ground = style.bg.map(|color| dark(seen(color)));
    let fore = style.fg.map(|color| match ground {
        // On a ground of its own light blue and dark grey are what they are elsewhere.
        Some(Color::Black | Color::Reset) | None => seen(color),
        Some(_) => dark(color),
    });
    // Two colours may have become one.
    let hidden = fore.is_some() && fore == ground && ground != Some(Color::Reset);
    Style {
        fg: if hidden { Some(Color::Black) } else { fore },
        bg: ground,
        ..style
    }
}

/// A style of a cell, whatever it was put together from, as one that is shown as it is meant:
/// bold where its colour is light and nowhere else.
pub(super) fn settled(style: Style) -> Style {
    let mut style = style.remove_modifier(Modifier::DIM);
    if style.add_modifier.contains(Modifier::REVERSED) {
        // Bold would be dark grey on the colour.
        style.fg = Some(Color::Reset);
        return style.remove_modifier(Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED);
    }
    let Some(fore) = style.fg.filter(|fore| *fore != Color::Reset) else {
        return style;
    };
    let style = style.remove_modifier(Modifier::ITALIC | Modifier::UNDERLINED);
    let bold = style.add_modifier.contains(Modifier::BOLD);
    let black = matches!(style.bg, None | Some(Color::Reset | Color::Black));
    let fore = match fore {
        Color::Black if black => Color::Gray,
        _ if black && bold => light(fore),
        _ if black => fore,
        _ => dark(fore),
    };
    if fore == dark(fore) {
        style.fg(fore).remove_modifier(Modifier::BOLD)
    } else {
        style.fg(fore).add_modifier(Modifier::BOLD)
    }
}

/// What stands for a colour that cannot be read.
fn seen(color: Color) -> Color {
    match color {
        Color::Blue => Color::Cyan,
        Color::LightBlue => Color::LightCyan,
        Color::DarkGray => Color::Gray,
        _ => color,
    }
}

fn light(color: Color) -> Color {
    let hue = HUES.iter().find(|(dark, _)| *dark == color);
    hue.map_or(color, |(_, light)| *light)
}

fn dark(color: Color) -> Color {
    let hue = HUES.iter().find(|(_, light)| *light == color);
    hue.map_or(color, |(dark, _)| *dark)
}

#[cfg(test)]
mod tests {
    use super::super::{BUILT_IN, ColorDepth, Part, Theme};
    use super::*;

    #[test]
    fn every_theme_can_be_read_on_a_console() {
        for (name, _) in BUILT_IN {
            let theme = Theme::load(name, None).expect("is built in");
            let theme = theme.reduced(ColorDepth::Console);
            let parts = Part::ALL.map(|part| theme.style(part));
            for style in parts.iter().chain(theme.steps()) {
                let style = theme.corrected(*style).expect("is a console's");
                let ground = style.bg.unwrap_or(Color::Reset);
                let hidden = match style.fg.unwrap_or(Color::Reset) {
                    Color::Blue | Color::DarkGray | Color::LightBlue => true,
                    Color::Black => matches!(ground, Color::Reset | Color::Black),
                    fore => fore == ground && ground != Color::Reset,
                };
                assert!(!hidden, "{name}: {style:?}");
                assert_eq!(ground, dark(ground), "{name}: {style:?}");
                assert!(!style.add_modifier.contains(Modifier::DIM), "{name}");
            }
        }
    }

    /// A console keeps the weight that a colour brought: what has none of its own must not be
    /// drawn in the last one's.
    #[test]
    fn a_cell_is_bold_where_its_colour_is_light() {
        let table = [
            (Style::new().fg(Color::Red).bold(), Color::LightRed, true),
            (Style::new().fg(Color::LightGreen), Color::LightGreen, true),
            (Style::new().fg(Color::Cyan), Color::Cyan, false),
            (Style::new().fg(Color::Reset).bold(), Color::Reset, true),
            (
                Style::new().fg(Color::Black).bg(Color::Yellow).bold(),
                Color::Black,
                false,
            ),
            (
                Style::new().fg(Color::LightRed).bold().reversed(),
                Color::Reset,
                false,
            ),
        ];
        for (style, fore, bold) in table {
            let shown = settled(style);
            assert_eq!(shown.fg, Some(fore), "{style:?}");
            let is_bold = shown.add_modifier.contains(Modifier::BOLD);
            assert_eq!(is_bold, bold, "{style:?}");
        }
    }

    #[test]
    fn what_a_console_shows_as_another_colour_is_left_out() {
        let underlined = Style::new().fg(Color::Red).underlined().italic();
        assert_eq!(settled(underlined).add_modifier, Modifier::empty());
        let plain = Style::new().fg(Color::Reset).underlined();
        assert_eq!(settled(plain).add_modifier, Modifier::UNDERLINED);
        let faint = Style::new().dim();
        assert_eq!(settled(faint).add_modifier, Modifier::empty());
    }
}
