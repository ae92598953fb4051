//! The terminal interface: three panes over a conversation.
//!
//! ```text
//!  keys ──reader──┐                        ┌─> Request ──> driver, files, clipboard
//!                 ├─> update(app, input) ──┤
//!  engine ─driver─┘                        └─> app ──prepare, view──> frame, at most 30 a second
//! ```
//!
//! State (`app`), update and view are apart: [`update::update`] needs no terminal, and
//! [`view::view`] draws the state and nothing else. `run` is the loop that brings them
//! together with a terminal; it sleeps when nothing happens.
//!
//! | file | idea |
//! |---|---|
//! | [`app`], [`update`], [`view`] | state; what an input does to it; what it looks like |
//! | [`terminal`], [`signal`], [`reader`], [`console`] | taking the terminal and giving it back; signals; reading keys; all three |
//! | [`frame`] | when to draw |
//! | [`layout`] | what is where, at every size |
//! | [`flow`], [`passage`], [`transcript`] | bytes to rows; a text of tokens; the conversation as lines, and scrolling |
//! | [`selection`] | a marked stretch of it |
//! | [`paint`], `highlighter`, [`hyperlink`] | the colours of code, and the thread that finds them; addresses beside the text |
//! | [`scroll`] | lists in a window |
//! | [`pass`], [`steady`] | what cells pass on their way to the terminal; the frame stays where it is, however wide it draws a character |
//! | [`walk`], `along` | the tokens of a message, written or read; what they add up to |
//! | [`editor`], [`composer`] | text being typed; with a memory and completion |
//! | [`asking`] | the input asks for something else than a message |
//! | [`pane`], [`overlay`] | what is drawn, a file each |
//! | [`meters`], [`sampler`] | numbers of the throughput pane |
//! | [`mod@finish`] | what the terminal cannot draw is replaced in a finished frame |
//! | [`bar`], [`colour`], [`mod@format`] | bars, scales, numbers |
//! | [`offering`] | a model that is not here and can be had |
//! | [`compare`] | a screen of its own: one text under two models |
//! | `run`, `errands`, `getting`, `presets`, `keeping`, `aside`, `odds`, `names`, `chores`, `copying`, `external`, `drafting`, `attaching` | the loop and what it does in the world |

mod along;
pub mod app;
mod aside;
pub mod asking;
mod attaching;
pub mod bar;
mod chores;
pub mod colour;
pub mod compare;
pub mod completing;
pub mod composer;
pub mod console;
mod copying;
mod drafting;
pub mod dropped;
pub mod editor;
mod errands;
mod external;
pub mod finish;
pub mod flow;
pub mod format;
pub mod frame;
mod getting;
mod highlighter;
pub mod hyperlink;
mod keeping;
pub mod layout;
pub mod meters;
mod names;
pub mod notices;
mod odds;
pub mod offering;
pub mod overlay;
pub mod paint;
pub mod pane;
pub mod pass;
pub mod passage;
mod presets;
pub mod reader;
mod run;
pub mod sampler;
pub mod scroll;
pub mod selection;
pub mod signal;
pub mod steady;
pub mod terminal;
mod theming;
pub mod transcript;
pub mod update;
pub mod view;
pub mod walk;

pub use run::{Ending, Options, Outcome, run};
