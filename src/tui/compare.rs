//! One text under two models: two heat maps, and one cursor in both.
//!
//! ```text
//!  engine ──> State::event ─┐
//!                           ├─> State ── view ──> frame, at most 30 a second
//!  keys ────> State::key ───┘
//! ```
//!
//! It has the screen to itself, and no conversation: `limpid compare` on a terminal.

mod areas;
mod heat;
mod help;
mod panel;
mod run;
pub mod state;
pub mod view;

pub use run::run;
pub use state::State;
