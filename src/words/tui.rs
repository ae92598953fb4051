//! Of the full screen, a file for each of its parts.

pub mod asking;
pub mod attaching;
pub mod attention;
pub mod branches;
pub mod colour;
pub mod compare;
pub mod conversation;
pub mod copying;
pub mod format;
pub mod lists;
pub mod notices;
pub mod overlay;
pub mod run;
pub mod status;
pub mod throughput;
pub mod tokens;
pub mod view;
