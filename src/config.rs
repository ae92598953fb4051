//! Settings, paths, keys and themes: what the user can choose, and where it is written down.
//!
//! | file | idea |
//! |---|---|
//! | [`settings`] | the plain structs everything runs with |
//! | [`table`] | the one table of all settings: keys, flags, variables, texts |
//! | `value.rs`, `field.rs` | what a setting takes, and how it gets into its field |
//! | [`mod@file`] | reading the settings file |
//! | [`copying`] | where a copy goes, and taking it to a command or a file |
//! | [`edit`] | writing it: `config init` and `config set` |
//! | [`presets`] | sampler settings under a name |
//! | [`prompts`] | system prompts under a name |
//! | [`paths`] | where files are, and how they are made private |
//! | [`keymap`] | which key does what |
//! | [`locale`] | what the environment says of characters |
//! | [`panes`] | how the user has divided the screen, for the next session |
//! | [`tasks`] | ready-made tasks, built in or the user's own |
//! | [`theme`] | which part of the screen has which style |
//! | [`typed`] | what was typed before, for the next session |

pub mod copying;
pub mod edit;
mod error;
mod field;
pub mod file;
pub mod keymap;
pub mod locale;
pub mod panes;
pub mod paths;
pub mod presets;
pub mod prompts;
pub mod settings;
pub mod table;
pub mod tasks;
pub mod theme;
pub mod typed;
mod value;

pub use copying::Copying;
pub use error::{ConfigError, nearest};
pub use field::Field;
pub use file::SettingsFile;
pub use keymap::{Action, Chord, Context, Keymap};
pub use locale::Glyphs;
pub use panes::Panes;
pub use paths::{Env, NoFolder, Paths};
pub use presets::{Preset, Presets};
pub use settings::{
    AnswerSettings, ColorBy, ColorChoice, ContextFull, CopyTo, Editing, HistorySettings,
    Hyperlinks, KeepAlive, LanguageChoice, LoadSettings, ReasoningShown, Settings, Thinking,
    UiSettings, Units, Verbosity,
};
pub use table::{Flag, Form, Group, Setting};
pub use theme::{Part, Theme};
pub use value::{Kind, Value};
