//! What a terminal can show, and how well two colours can be told apart.

use ratatui::style::Color;

use crate::config::paths::Env;
use crate::text::is_linux_console;

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorDepth {
    /// The 16 named ones as a Linux console shows them.
    Console,
    /// The 16 named ones.
    Ansi,
    /// The 6x6x6 cube and 24 greys of xterm besides.
    Indexed,
    True,
}

/// The six levels of a channel in xterm's cube.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// xterm's default values of the 16 named colours, in the order of their numbers.
const NAMED: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

impl ColorDepth {
    /// What `COLORTERM` and `TERM` say. There is no way to ask that every terminal answers.
    #[must_use]
    pub fn detect(env: Env<'_>) -> Self {
        let is = |name: &str, values: &[&str]| {
            env(name).is_some_and(|found| {
                let found = found.to_string_lossy().to_ascii_lowercase();
                values.iter().any(|value| found.contains(value))
            })
        };
        let term = env("TERM").unwrap_or_default();
        if is_linux_console(&term.to_string_lossy()) {
            Self::Console
        } else if is("COLORTERM", &["truecolor", "24bit"])
            || is(
                "TERM",
                &["direct", "kitty", "ghostty", "alacritty", "foot", "wezterm"],
            )
        {
            Self::True
        } else if is("TERM", &["256"]) {
            Self::Indexed
        } else {
            Self::Ansi
        }
    }

    /// The nearest colour that the terminal has.
    pub(super) fn reduce(self, color: Color) -> Color {
        match (self, color) {
            (Self::Indexed, Color::Rgb(r, g, b)) => nearest_indexed([r, g, b]),
            (Self::Ansi | Self::Console, Color::Rgb(r, g, b)) => nearest_named([r, g, b]),
            (Self::Ansi | Self::Console, Color::Indexed(index)) => {
                nearest_named(indexed_rgb(index))
            }
            _ => color,
        }
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let square = |(a, b): (u8, u8)| u32::from(a.abs_diff(b)).pow(2);
    a.into_iter().zip(b).map(square).sum()
}

fn nearest_named(color: [u8; 3]) -> Color {
    let near = NAMED
        .iter()
        .min_by_key(|(_, named)| distance(color, *named));
    near.map_or(Color::Reset, |(name, _)| *name)
}

fn nearest_indexed(color: [u8; 3]) -> Color {
    // The first 16 are the user's own and may be anything.
    let near = (16..=255_u8).min_by_key(|index| distance(color, indexed_rgb(*index)));
    near.map_or(Color::Reset, Color::Indexed)
}

/// xterm's 256 colours: 16 named ones, the cube, the greys.
fn indexed_rgb(index: u8) -> [u8; 3] {
    match index {
        0..16 => NAMED[usize::from(index)].1,
        16..232 => {
            let cell = usize::from(index - 16);
            [cell / 36, cell / 6 % 6, cell % 6].map(|level| CUBE[level])
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

/// WCAG 2.1's contrast ratio, 1..=21; `None` where a colour is the terminal's own choice.
///
/// <https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio>
#[must_use]
pub fn contrast(a: Color, b: Color) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

/// WCAG's relative luminance.
pub(super) fn luminance(color: Color) -> Option<f64> {
    let rgb = match color {
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(index @ 16..) => indexed_rgb(index),
        _ => return None,
    };
    let [r, g, b] = rgb.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    Some(0.2126 * r + 0.7152 * g + 0.0722 * b)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    #[test]
    fn the_terminals_own_word_decides_how_many_colours_there_are() {
        let detect = |colorterm: &str, term: &str| {
            ColorDepth::detect(&|name| match name {
                "COLORTERM" => Some(OsString::from(colorterm)),
                "TERM" => Some(OsString::from(term)),
                _ => None,
            })
        };
        assert_eq!(detect("truecolor", "xterm-256color"), ColorDepth::True);
        assert_eq!(detect("", "tmux-256color"), ColorDepth::Indexed);
        assert_eq!(detect("", "xterm-kitty"), ColorDepth::True);
        assert_eq!(detect("", "xterm"), ColorDepth::Ansi);
        assert_eq!(detect("truecolor", "linux"), ColorDepth::Console);
    }

    #[test]
    fn a_colour_becomes_the_nearest_that_the_terminal_has() {
        let orange = Color::Rgb(255, 175, 0);
        assert_eq!(ColorDepth::True.reduce(orange), orange);
        assert_eq!(ColorDepth::Indexed.reduce(orange), Color::Indexed(214));
        assert_eq!(ColorDepth::Ansi.reduce(orange), Color::Yellow);
        assert_eq!(ColorDepth::Ansi.reduce(Color::Cyan), Color::Cyan);
    }

    #[test]
    fn contrast_is_wcags() {
        let (black, white) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
        assert_eq!(contrast(black, white), Some(21.0));
        let grey = contrast(Color::Rgb(0x77, 0x77, 0x77), white).expect("both are known");
        assert!((grey - 4.48).abs() < 0.01, "{grey}");
        assert_eq!(contrast(Color::Red, white), None);
    }
}
