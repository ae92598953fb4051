//! Commands that are not a conversation, a file each.

pub mod ask;
pub mod bench;
pub mod prompt;
pub mod tokens;
