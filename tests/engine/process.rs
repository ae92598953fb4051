//! The real binary as an engine: how it is started, how it dies, what its parent is told.
//!
//! These run with and without llama.cpp: they load a model that isn't there, which an engine
//! of either build refuses and lives on.

#[cfg(feature = "llama")]
mod hostile;
mod life;
#[cfg(feature = "llama")]
mod model;
mod supervision;
mod support;
