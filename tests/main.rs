//! Tests of the whole program: one binary, since each links llama.cpp again.

mod cli;
mod engine;
mod history;
mod layering;
mod model;
mod pipe;
mod repl;
#[cfg(all(feature = "llama", target_os = "linux"))]
mod serve;
mod support;
mod tui;
mod words;
