//! What several tests of the whole program need.

#[cfg(feature = "llama")]
pub mod browser;
#[cfg(feature = "llama")]
pub mod counts;
#[cfg(feature = "llama")]
pub mod other_models;
pub mod pty;
#[cfg(feature = "llama")]
pub mod raw_logits;
pub mod run;
#[cfg(target_os = "linux")]
pub mod sockets;
#[cfg(feature = "llama")]
pub mod stored;
#[cfg(feature = "llama")]
pub mod tiny_models;
