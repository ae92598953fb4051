//! Which theme is shown: chosen, tried in the list, or as the terminal is.

use super::overlay::{Choice, Item, Layer, Picker};
use super::run::Loop;
use super::terminal::Terminal;
use crate::config::theme::{AUTO_THEME, Background};
use crate::config::{ConfigError, Theme, paths, theme};
use crate::words::tui::lists as words;

/// What the theme depends on besides its name.
#[derive(Debug, Default)]
pub struct Theming {
    /// The theme is to be as the terminal's background is.
    follows: bool,
    /// As the terminal said last.
    background: Background,
    /// The theme that the list is open over, and the name of the one that is tried.
    trying: Option<(Box<Theme>, String)>,
}

impl Theming {
    /// For a theme of this name.
    pub fn new(name: &str) -> Self {
        Self {
            follows: name == AUTO_THEME,
            ..Self::default()
        }
    }
}

impl Loop {
    /// Asks the terminal for its background, where the theme follows it.
    pub(super) fn ask_for_background(&self, terminal: &mut Terminal) -> std::io::Result<()> {
        if self.theming.follows && self.color {
            terminal.follow_background()?;
        }
        Ok(())
    }

    /// The terminal has this background, now or from the beginning.
    pub(super) fn on_background(&mut self, background: Background) {
        self.theming.background = background;
        if !self.theming.follows {
            return;
        }
        match self.named(AUTO_THEME) {
            // The list shows what is tried in it, and leaves this one behind.
            Ok(theme) => match &mut self.theming.trying {
                Some((before, _)) => **before = theme,
                None => self.app.theme = theme,
            },
            Err(error) => self.complain(error.to_string()),
        }
    }

    fn named(&self, name: &str) -> Result<Theme, ConfigError> {
        let name = match name {
            AUTO_THEME => self.theming.background.theme(),
            name => name,
        };
        let folder = self.themes.as_deref();
        Theme::choose(name, self.color, folder, &paths::process_env)
    }

    pub(super) fn pick_theme(&mut self) {
        let listed = theme::list(self.themes.as_deref()).into_iter().map(|one| {
            let detail = one
                .file
                .map_or_else(|| words::BUILT_IN.into(), |file| file.display().to_string());
            Item::new(&one.name, &detail, Choice::Theme(one.name.clone()))
        });
        let auto = Choice::Theme(AUTO_THEME.to_owned());
        let auto = Item::new(AUTO_THEME, &words::AUTO_THEME, auto);
        let items = std::iter::once(auto).chain(listed).collect();
        let picker = Picker::new(words::THEMES, items, words::NONE);
        self.app.layers.push(Layer::Picker(picker));
    }

    pub(super) fn change_theme(
        &mut self,
        name: &str,
        terminal: &mut Terminal,
    ) -> anyhow::Result<()> {
        self.theming.follows = name == AUTO_THEME;
        self.ask_for_background(terminal)?;
        match self.named(name) {
            Ok(theme) => {
                self.theming.trying = None;
                self.app.theme = theme;
                self.inform(if self.color {
                    words::theme_is(name)
                } else {
                    words::NO_COLOUR.into()
                });
            }
            Err(error) => self.complain(error.to_string()),
        }
        Ok(())
    }

    /// Shows the theme that the list of themes stands on; without the list, what was before it.
    pub(super) fn try_theme(&mut self) {
        let chosen = match self.app.layers.last() {
            Some(Layer::Picker(picker)) => picker.choice(),
            _ => None,
        };
        let Some(Choice::Theme(name)) = chosen else {
            if let Some((before, _)) = self.theming.trying.take() {
                self.app.theme = *before;
            }
            return;
        };
        if matches!(&self.theming.trying, Some((_, tried)) if tried == name) {
            return;
        }
        let name = name.clone();
        // One with a mistake cannot be shown; choosing it says what is wrong.
        let Ok(theme) = self.named(&name) else { return };
        let shown = std::mem::replace(&mut self.app.theme, theme);
        match &mut self.theming.trying {
            Some((_, tried)) => *tried = name,
            None => self.theming.trying = Some((Box::new(shown), name)),
        }
    }
}
