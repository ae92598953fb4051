//! Whether a terminal is dark or light, as it says itself.

use ratatui::style::Color;

use super::color::luminance;

/// The theme that is none: a dark or a light one, as the terminal is.
pub const AUTO_THEME: &str = "auto";

/// Which terminals a theme is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    Dark,
    Light,
    #[default]
    Any,
}

/// White text and black text are equally legible on a background of this luminance: WCAG's
/// contrast to both is the square root of 21.
const MIDDLE: f64 = 0.179;

impl Background {
    /// What a terminal answered to the question for its background (xterm's OSC 11): an
    /// X11 colour such as `rgb:1e1e/1e1e/2e2e`, of one to four digits a channel.
    #[must_use]
    pub fn reported(color: &str) -> Option<Self> {
        let channels = color
            .strip_prefix("rgb:")
            .or_else(|| color.strip_prefix("rgba:"))?;
        let mut channels = channels.split('/').map(|digits| {
            let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            if !(1..=4).contains(&digits.len()) || !is_hex {
                return None;
            }
            let value = u32::from_str_radix(digits, 16).ok()?;
            let most = (1 << (4 * digits.len())) - 1;
            u8::try_from(value * 255 / most).ok()
        });
        let mut next = || channels.next().flatten();
        let luminance = luminance(Color::Rgb(next()?, next()?, next()?))?;
        Some(if luminance < MIDDLE {
            Self::Dark
        } else {
            Self::Light
        })
    }

    /// The theme that [`AUTO_THEME`] is on it.
    #[must_use]
    pub fn theme(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Any => super::DEFAULT_THEME,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_answer_is_dark_or_light() {
        let dark = [
            "rgb:0000/0000/0000",
            "rgb:1e1e/1e1e/2e2e",
            "rgba:00/2b/36/ff",
            "rgb:0/0/f",
        ];
        for color in dark {
            assert_eq!(
                Background::reported(color),
                Some(Background::Dark),
                "{color}"
            );
        }
        for color in ["rgb:ffff/ffff/ffff", "rgb:fd/f6/e3", "rgb:c/c/c"] {
            assert_eq!(
                Background::reported(color),
                Some(Background::Light),
                "{color}"
            );
        }
    }

    #[test]
    fn what_is_no_colour_says_nothing() {
        for color in [
            "",
            "rgb:",
            "rgb:00/00",
            "rgb:12345/0/0",
            "#ffffff",
            "rgb:zz/00/00",
            "rgb:+1/0/0",
        ] {
            assert_eq!(Background::reported(color), None, "{color}");
        }
    }
}
