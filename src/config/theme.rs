//! Themes: which part of the screen has which style.
//!
//! A theme is a TOML file. Those in `themes/` are built in; a file of the same name in the
//! user's folder goes before them.
//!
//! ```toml
//! description = "what it is for"
//! background = "dark"             # which terminals it is made for: dark, light or any
//! inherits = "ansi"               # where the parts come from that this file leaves out
//!
//! [palette]
//! sea = "#2ac3de"
//!
//! [styles]
//! title = "sea"                   # a colour alone, or
//! error = { fg = "red", bold = true }
//!
//! [token]
//! scale = ["red", ...]            # nine styles, from improbable to probable
//! ```

mod background;
mod color;
mod console;
mod load;
mod part;
mod sgr;
mod style;

use std::path::{Path, PathBuf};

pub use background::{AUTO_THEME, Background};
pub use color::{ColorDepth, contrast};
pub use part::Part;
use ratatui::style::{Color, Style};
pub use sgr::{RESET, sgr};

use super::error::{ConfigError, nearest};
use super::paths::Env;
use super::settings::ColorChoice;
use crate::words::config as words;

/// The theme when none is chosen: the terminal's own colours fit any background.
pub const DEFAULT_THEME: &str = "ansi";

/// The theme where no colour is wanted.
pub const MONO_THEME: &str = "mono";

/// Steps of the scale from improbable to probable.
pub const SCALE_STEPS: usize = 9;

/// The themes in the program, by name.
const BUILT_IN: &[(&str, &str)] = &[
    ("ansi", include_str!("../../themes/ansi.toml")),
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../themes/high-contrast.toml"),
    ),
    (
        "colour-blind",
        include_str!("../../themes/colour-blind.toml"),
    ),
    (
        "colour-blind-light",
        include_str!("../../themes/colour-blind-light.toml"),
    ),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// A style for every part of the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    pub name: String,
    pub description: String,
    pub background: Background,
    styles: [Style; Part::ALL.len()],
    scale: [Style; SCALE_STEPS],
    /// What its colours were reduced to.
    depth: ColorDepth,
}

impl Theme {
    /// The style of a part.
    #[must_use]
    pub fn style(&self, part: Part) -> Style {
        self.styles[part as usize]
    }

    /// The style for a token: 0 is the least probable, 1 the most. What is not in 0..=1 is
    /// taken to its nearer end, and NaN to the least.
    #[must_use]
    pub fn scale(&self, fraction: f32) -> Style {
        // The cast saturates, and takes NaN to 0.
        let step = (fraction * SCALE_STEPS as f32) as usize;
        self.scale[step.min(SCALE_STEPS - 1)]
    }

    /// All nine styles of the scale, from improbable to probable, for a legend.
    #[must_use]
    pub fn steps(&self) -> &[Style; SCALE_STEPS] {
        &self.scale
    }

    /// Finds a theme by name (the user's folder goes first), or by the path of its file.
    ///
    /// # Errors
    /// There is none, or its file has a mistake: the line and the nearest name are in the error.
    pub fn load(name: &str, folder: Option<&Path>) -> Result<Self, ConfigError> {
        Self::check(name, folder).map_err(|mistakes| {
            let first = mistakes.into_iter().next();
            first.unwrap_or_else(|| unknown(name, folder))
        })
    }

    /// As [`load`](Self::load), and tells of everything that is wrong, in the order of the file.
    ///
    /// # Errors
    /// As [`load`](Self::load); there is at least one.
    pub fn check(name: &str, folder: Option<&Path>) -> Result<Self, Vec<ConfigError>> {
        load::load(name, folder)
    }

    /// The theme that the settings ask for, as this terminal can show it.
    ///
    /// Without colour it is [`MONO_THEME`], whatever was chosen; [`AUTO_THEME`] is what fits a
    /// terminal that has not said how it is.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn choose(
        name: &str,
        color: bool,
        folder: Option<&Path>,
        env: Env<'_>,
    ) -> Result<Self, ConfigError> {
        // A mistake in the chosen theme is told even where it is not used.
        let name = match name {
            AUTO_THEME => Background::Any.theme(),
            name => name,
        };
        let chosen = Self::load(name, folder)?;
        let shown = if color {
            chosen
        } else {
            Self::load(MONO_THEME, None)?
        };
        Ok(shown.reduced(ColorDepth::detect(env)))
    }

    /// The same theme with colours that the terminal has.
    #[must_use]
    pub fn reduced(mut self, depth: ColorDepth) -> Self {
        for style in self.styles.iter_mut().chain(&mut self.scale) {
            style.fg = style.fg.map(|one| depth.reduce(one));
            style.bg = style.bg.map(|one| depth.reduce(one));
            if depth == ColorDepth::Console {
                *style = console::legible(*style);
            }
        }
        self.depth = depth;
        self
    }

    /// What a style on the screen, made of this theme's, has to be for the terminal to show it;
    /// `None` where it is that already.
    #[must_use]
    pub fn corrected(&self, style: Style) -> Option<Style> {
        (self.depth == ColorDepth::Console).then(|| console::settled(style))
    }

    /// Every colour in use, foreground and background apart.
    #[must_use]
    pub fn colors(&self) -> Vec<Color> {
        let styles = self.styles.iter().chain(&self.scale);
        styles
            .flat_map(|style| style.fg.into_iter().chain(style.bg))
            .collect()
    }
}

/// A theme that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    /// `None` where it is built in.
    pub file: Option<PathBuf>,
}

/// The built-in themes, and the user's own, by name.
#[must_use]
pub fn list(folder: Option<&Path>) -> Vec<Listed> {
    let mut themes = load::user_themes(folder);
    for (name, _) in BUILT_IN {
        if !themes.iter().any(|theme| theme.name == *name) {
            themes.push(Listed {
                name: (*name).to_owned(),
                file: None,
            });
        }
    }
    themes.sort_by(|a, b| a.name.cmp(&b.name));
    themes
}

/// What can be chosen: the themes, and first the one that fits the background.
#[must_use]
pub fn names(folder: Option<&Path>) -> Vec<String> {
    let themes = list(folder).into_iter().map(|theme| theme.name);
    std::iter::once(AUTO_THEME.to_owned())
        .chain(themes)
        .collect()
}

fn unknown(name: &str, folder: Option<&Path>) -> ConfigError {
    let themes = list(folder);
    let error = ConfigError::new(words::unknown_theme(name));
    match nearest(name, themes.iter().map(|theme| theme.name.as_str())) {
        Some(near) => error.hint(words::did_you_mean(near)),
        None => error.hint(words::KNOWN_THEMES),
    }
}

/// Whether a stream is to be coloured. `NO_COLOR` (<https://no-color.org>) and a dumb terminal
/// decide only where the user did not.
#[must_use]
pub fn use_color(choice: ColorChoice, is_terminal: bool, env: Env<'_>) -> bool {
    let no_color = || env("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = || env("TERM").is_some_and(|term| term == "dumb");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_terminal && !no_color() && !dumb(),
    }
}

#[cfg(test)]
mod tests;
