//! What several tests of the whole program need.

#[cfg(feature = "llama")]
pub mod other_models;
pub mod pty;
pub mod run;
