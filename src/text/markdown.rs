//! Markdown as rows of limited width, each with the way back to the raw bytes.
//!
//! A text is cut into chunks that stand alone (paragraphs, lists, tables, stretches of code), by
//! rules that look only at what came before: so a text that grows is cut as the whole one is,
//! and only its last chunk is rendered again ([`Splitter`]). [`render`] makes rows of one
//! chunk. The markup itself is hidden, and what is shown knows the raw byte it comes from.
//!
//! Unlike in CommonMark a line break stays one, since models mean theirs; links by reference
//! stay as they are written, since what they refer to may be a chapter away; and formulas are
//! left as they are.

mod code;
mod flow;
mod link;
mod source;
mod split;
mod table;
mod walk;

pub use code::{CodeBlock, blocks};
pub use link::{Target, target};
pub use split::{Chunk, Fence, Splitter};
use unicode_segmentation::UnicodeSegmentation;
pub use walk::render;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    #[default]
    Text,
    /// Of this level, 1..=6.
    Heading(u8),
    Quote,
    /// Code within a sentence.
    Code,
    /// A line of a code block.
    Block,
    /// A formula, as it was written.
    Formula,
    Link,
    /// Bullets, rules, frames: what was not written, or not for reading.
    Mark,
}

/// How a stretch of text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub role: Role,
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
    /// Where it leads, by its place in [`Rendered::links`].
    pub link: Option<u16>,
}

impl Look {
    fn of(role: Role) -> Self {
        Self {
            role,
            ..Self::default()
        }
    }
}

/// A stretch of a row in one look, sanitised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// The raw byte that it comes from, or near which it stands.
    pub raw: usize,
    /// The text is the very bytes from `raw` on.
    pub exact: bool,
    pub look: Look,
}

/// Which line of which code block a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeLine {
    /// The raw byte at which the block begins: its fence.
    pub block: usize,
    /// Counted from 0.
    pub line: usize,
    /// The raw byte at which the line begins.
    pub start: usize,
}

/// A row: what is shown, and which raw bytes it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub pieces: Vec<Piece>,
    pub start: usize,
    pub end: usize,
    pub code: Option<CodeLine>,
}

impl Row {
    /// The raw byte that is seen at a column; behind its end, that of its last character.
    #[must_use]
    pub fn raw_at(&self, column: usize) -> usize {
        let mut at = 0;
        let mut raw = self.start;
        for piece in &self.pieces {
            let mut offset = 0;
            for grapheme in piece.text.graphemes(true) {
                if at > column {
                    return raw;
                }
                if piece.look.role != Role::Mark {
                    raw = piece.raw + if piece.exact { offset } else { 0 };
                }
                offset += grapheme.len();
                at += super::width(grapheme);
            }
        }
        raw
    }
}

/// The rows of a chunk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    pub rows: Vec<Row>,
    /// Addresses that are safe to give to a terminal.
    pub links: Vec<String>,
    /// The code blocks in the chunk.
    pub code: Vec<CodeBlock>,
}

/// How a text is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Options {
    /// Columns.
    pub width: usize,
    /// The terminal takes addresses beside the text; otherwise they are written out.
    pub links: bool,
}

#[cfg(test)]
mod tests;
