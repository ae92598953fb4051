//! Of conversations: commands, notices, what is shown and exported of them.

pub mod files;
pub mod session;
pub mod settings;
pub mod show;
pub mod slash;
