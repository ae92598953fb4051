//! The terminal interface: its state and its screens without a terminal, and the real program
//! in a real one.

mod screens;
mod scrolling;
mod stage;
mod update;
