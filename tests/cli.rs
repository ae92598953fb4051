//! The command line as the whole program shows it.

mod generated;
mod program;
#[cfg(feature = "llama")]
mod score;
