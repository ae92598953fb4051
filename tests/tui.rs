//! The terminal interface: its state and its screens without a terminal, and the real program
//! in a real one.

mod attention;
mod branches;
#[cfg(feature = "llama")]
mod branching;
mod bytes;
mod compare;
mod conversations;
#[cfg(feature = "llama")]
mod drafts;
mod fan;
#[cfg(feature = "llama")]
mod hands;
mod keeping;
mod large;
mod messages;
mod panes;
#[cfg(feature = "llama")]
mod real;
mod reconsider;
mod screens;
mod scrolling;
mod selection;
mod stage;
mod steering;
mod update;
mod walking;
