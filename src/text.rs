//! Untrusted bytes to displayable text: sanitising, UTF-8 streams, width and wrapping.
//!
//! Whatever a model, a file or a server says is stored raw and passes through [`visible()`],
//! [`visible_line`], [`visible_bytes`] or [`visible_piece`] on its way to a terminal: after
//! that it holds no control character but newline and tab. These work character by
//! character, so `visible(a + b)` is `visible(a) + visible(b)`: a caller that needs to find a
//! token again in the shown text sanitises token by token and adds up the lengths.
//!
//! What is copied goes to a terminal as [`clipboard`] has it.
//!
//! Columns are measured as ratatui draws them ([`width()`]).

mod bytes;
mod character;
pub mod clipboard;
pub mod columns;
mod console;
mod decode;
pub mod markdown;
mod reasoning;
pub mod syntax;
mod utf8_stream;
mod visible;
mod width;
mod wrap;

pub use bytes::{visible_bytes, visible_piece};
pub use character::whole_characters;
pub use console::is_linux_console;
pub use decode::{Decoded, NoText, decode};
pub use reasoning::{Reasoning, Speech, Thought, opens_reasoning, said_in, thought_in};
pub use utf8_stream::Utf8Stream;
pub use visible::{visible, visible_line};
pub use width::{TAB_STOP, expand_tabs, fit, graphemes, width};
pub use wrap::wrap;
