//! What the interface starts with, and how it ends.

use std::path::PathBuf;
use std::sync::Arc;

use crate::chat::Notice;
use crate::config::{Glyphs, Keymap, Presets, ReasoningShown, Theme, UiSettings};
use crate::driver::{Bandwidth, Engines, Library, Offer};
use crate::tui::signal;

/// What the interface starts with.
pub struct Options {
    pub ui: UiSettings,
    pub keymap: Keymap,
    pub theme: Theme,
    /// Whether colour is wanted; themes chosen later obey it too.
    pub color: bool,
    /// The user's own themes.
    pub themes: Option<PathBuf>,
    /// The user's own tasks.
    pub tasks: Option<PathBuf>,
    /// What is shown of what a model thinks before it answers.
    pub reasoning: ReasoningShown,
    /// What the terminal can draw.
    pub glyphs: Glyphs,
    /// The terminal takes addresses beside the text, as [`crate::tui::hyperlink::supported`] finds out.
    pub hyperlinks: bool,
    pub library: Arc<dyn Library>,
    /// A model that is not here, to be offered.
    pub offer: Option<Offer>,
    /// Nothing was set and nothing said yet.
    pub first_run: bool,
    /// The presets of sampler settings, without the model's own.
    pub presets: Presets,
    /// The user's own system prompts.
    pub prompts: Option<PathBuf>,
    /// Where presets are saved.
    pub settings_file: Option<PathBuf>,
    /// For what is computed beside the conversation.
    pub engines: Engines,
    /// How fast memory is read here.
    pub bandwidth: Bandwidth,
    /// Sent at the start, as with a prompt and `-i`.
    pub first: Option<String>,
    /// Where to remember what was typed; `None` remembers nothing.
    pub input_history: Option<PathBuf>,
    /// Where to remember how the screen was divided; `None` remembers nothing.
    pub panes: Option<PathBuf>,
    /// Where what a terminal does not copy is written; `None` writes nothing.
    pub clipboard: Option<PathBuf>,
    /// Sentences to show at the start.
    pub notices: Vec<Notice>,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Left,
    /// The terminal was closed.
    Closed,
    Signal(i32),
}

impl Ending {
    /// The exit code of the program.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        let code = match self {
            Self::Left => 0,
            Self::Closed => signal::exit_code(signal_hook::consts::SIGHUP),
            Self::Signal(number) => signal::exit_code(number),
        };
        u8::try_from(code).unwrap_or(1)
    }
}

/// How it ended, and what is to be said after it: what could not be saved.
#[derive(Debug)]
pub struct Outcome {
    pub ending: Ending,
    pub notices: Vec<Notice>,
}
