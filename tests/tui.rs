//! The terminal interface: its state and its screens without a terminal, and the real program
//! in a real one.

mod branches;
mod bytes;
#[cfg(feature = "llama")]
mod real;
mod screens;
mod scrolling;
mod stage;
mod update;
mod walking;
