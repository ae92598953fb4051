//! The terminal interface: its state and its screens without a terminal, and the real program
//! in a real one.

mod attention;
mod branches;
#[cfg(feature = "llama")]
mod branching;
mod bytes;
mod chinese;
mod compare;
mod conversations;
#[cfg(feature = "llama")]
mod daily;
#[cfg(feature = "llama")]
mod drafts;
mod dropping;
#[cfg(feature = "llama")]
mod editor;
mod fan;
mod first_run;
#[cfg(feature = "llama")]
mod hands;
mod keeping;
mod keys;
mod large;
mod markdown;
mod messages;
mod mouse;
mod panes;
#[cfg(feature = "llama")]
mod real;
mod reasoning;
mod reconsider;
mod remembering;
#[cfg(feature = "llama")]
mod resizing;
mod screens;
mod scrolling;
mod selection;
mod stage;
mod steady;
mod steering;
mod terminals;
mod update;
mod walking;
