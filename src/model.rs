//! Model files: what is in them, where they are, and how they come here.
//!
//! | file | idea |
//! |---|---|
//! | [`gguf`] | reads a file's header, believing nothing |

pub mod gguf;
