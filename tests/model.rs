//! Model files: what is in them, naming them, getting them.

// The library's own tests make files with it too, and need other parts of it.
#[allow(dead_code)]
#[path = "../src/model/gguf/fixture.rs"]
mod fixture;

mod commands;
mod default_model;
mod pull;
#[cfg(feature = "llama")]
mod quantize;
mod server;

use limpid::model::gguf::TensorType;
