//! The engine process as its parent and the kernel see it.

#[cfg(feature = "llama")]
mod llama;
mod process;
