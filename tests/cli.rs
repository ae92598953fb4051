//! The command line as the whole program shows it.

#[cfg(feature = "llama")]
mod attention;
#[cfg(feature = "llama")]
mod bench;
mod chinese;
#[cfg(feature = "llama")]
mod compare;
#[cfg(feature = "llama")]
mod doctor;
mod generated;
mod program;
#[cfg(feature = "llama")]
mod score;
#[cfg(feature = "llama")]
mod tokenizer;
#[cfg(feature = "llama")]
mod tune;
