//! The terminal interface: its state and its screens without a terminal, and the real program
//! in a real one.

mod attention;
mod branches;
#[cfg(feature = "llama")]
mod branching;
mod bytes;
mod compare;
mod fan;
mod keeping;
#[cfg(feature = "llama")]
mod hands;
mod large;
mod panes;
#[cfg(feature = "llama")]
mod real;
mod reconsider;
mod screens;
mod scrolling;
mod stage;
mod update;
mod walking;
