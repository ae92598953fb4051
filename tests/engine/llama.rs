//! llama.cpp with the real model, through the real engine process.

mod attention;
mod bad_files;
mod bench;
mod beside;
mod cache;
mod classify;
mod compare;
mod context;
mod draft;
mod draws;
mod fan;
mod fit;
mod going_back;
mod gpu;
mod kept;
mod odds;
mod prompts;
mod reconsider;
mod samplers;
mod score;
mod speculation;
mod stopping;
mod support;
mod together;
