//! limpid: chat with language models on your own machine, and see what they do.
//!
//! The map of the house. Requests go down, events come up; an arrow never goes back up
//! (`tests/layering.rs` reads the `crate::` paths and fails on one that does).
//!
//! | room | what lives there | may use |
//! |---|---|---|
//! | [`cli`] | parsed arguments; merging them with file and environment; man pages, completions | config, inference, text |
//! | [`commands`] | a file for each command that is not a conversation | everything but tui, repl, pipe |
//! | [`config`] | settings file, paths, keymap, themes | inference, text |
//! | [`words`] | what the program says to people, in each language it speaks | nothing |
//! | [`text`] | untrusted bytes to displayable text, UTF-8 stream decoding, wrapping, markdown | nothing |
//! | [`inference`] | plain types that everyone speaks: messages, samplers, requests, events, traces | nothing |
//! | [`probability`] | log-softmax, candidates, entropy, surprise, perplexity | nothing |
//! | [`metrics`] | rolling rates, memory, GPU, memory-bandwidth ceiling | nothing |
//! | [`model`] | GGUF header, catalog, store, pull, chat template | text |
//! | [`engine`] | the engine process: protocol, supervision, llama.cpp behind it | inference, model, probability, metrics |
//! | [`chat`] | the conversation tree, the session's state machine, slash commands, history, export | inference, probability, text |
//! | [`driver`] | carries out what the session decided: engine, history writer, clock | chat, engine, model, metrics, text |
//! | [`tui`], [`repl`], [`pipe`] | the three front ends | driver, chat, config, inference, text, probability, metrics |
//!
//! Every room may also use `inference`, whose types are the language between them, and `words`.

pub mod chat;
pub mod cli;
pub mod commands;
pub mod config;
pub mod driver;
pub mod engine;
pub mod inference;
pub mod metrics;
pub mod model;
pub mod pipe;
pub mod probability;
pub mod repl;
pub mod text;
pub mod tui;
pub mod words;
