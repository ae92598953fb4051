//! The conversation as lines: which of them are seen, and scrolling.
//!
//! Messages are laid out when they come near the window and kept until they change, so that a
//! million tokens scroll as fast as ten. The window hangs on an anchor, the line at its top,
//! and not on a count of lines: text that streams in below, or messages that were never laid
//! out, cannot move it.
//!
//! While an answer streams at the end, the window does not scroll line by line. It jumps by a
//! quarter of its height when the text reaches the bottom: easier to read, and a sixth of the
//! bytes on a slow line.

mod block;
mod fold;
mod laying;
mod lines;
mod page;
mod sheet;
mod unfolding;
mod window;
mod written;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

pub use block::{Block, BodyRow, Layout, Line};
pub use written::FoldRow;

use crate::chat::{ConversationId, MessageId, Session};
use crate::config::ReasoningShown;

/// What a stretch of lines belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Message(MessageId),
    /// A message that waits for the running answer to end, by its place in the queue.
    Queued(usize),
}

/// A line that is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub key: Key,
    pub line: Line,
}

/// A code block of which a part is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSeen {
    pub message: MessageId,
    /// The raw byte at which it begins.
    pub start: usize,
    /// Its last line in the window, counted from 0.
    pub last_line: usize,
}

/// How messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Answers have their markup rendered; what was typed is shown as it was typed.
    pub markdown: bool,
    /// But every byte of every answer is shown,
    pub raw: bool,
    /// or of this one.
    pub walked: Option<MessageId>,
    /// The terminal takes addresses beside the text.
    pub links: bool,
    /// What is shown of the reasoning of answers, where not every byte is.
    pub reasoning: ReasoningShown,
}

/// Something in a message that opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FoldId {
    /// By the raw byte at which it begins.
    At(usize),
    /// What an answer thinks.
    Thought,
}

/// The line at the top of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Anchor {
    /// Its place in the path.
    block: usize,
    key: Key,
    line: usize,
    /// The raw byte it begins with, by which it is found again in another layout.
    byte: usize,
    layout: Option<Layout>,
}

/// The laid-out conversation and the window on it.
#[derive(Debug, Default)]
pub struct Transcript {
    conversation: Option<ConversationId>,
    version: u64,
    /// The conversation's shape and the length of its queue that `path` was made of.
    made_of: Option<(u64, usize)>,
    path: Vec<Key>,
    /// Bytes before each block of the path, as [`position`](Self::position) counts them.
    starts: Vec<usize>,
    blocks: HashMap<Key, Block>,
    /// The blocks that may have rows of rendered markup at hand.
    holding: Vec<Key>,
    reading: Reading,
    width: usize,
    height: usize,
    top: Option<Anchor>,
    /// Nothing that was attached is folded, but for what is in `turned`.
    unfolded: bool,
    /// What is open where it is usually not, or the other way round.
    turned: HashSet<(MessageId, FoldId)>,
    /// The window keeps the end in view.
    follows: bool,
    seen: Vec<Seen>,
    /// Whether the last line of the conversation is in the window.
    at_end: bool,
}

impl Transcript {
    /// An empty one that will follow the end.
    #[must_use]
    pub fn new() -> Self {
        Self {
            follows: true,
            ..Self::default()
        }
    }

    /// Says how messages are shown from the next refresh on.
    pub fn read(&mut self, reading: Reading) {
        self.reading = reading;
    }

    /// Brings the window up to date with the session, at this size in cells.
    pub fn refresh(&mut self, session: &Session, width: usize, height: usize) {
        let conversation = session.conversation();
        if self.conversation.as_ref() != Some(&conversation.id)
            || conversation.version < self.version
        {
            self.conversation = Some(conversation.id.clone());
            self.blocks.clear();
            self.turned.clear();
            self.made_of = None;
            self.top = None;
            self.follows = true;
        }
        self.version = conversation.version;
        self.find_path(session);
        self.width = width.max(1);
        self.height = height;
        if self.blocks.len() > 2 * self.path.len() + 16 {
            let path: std::collections::HashSet<_> = self.path.iter().copied().collect();
            self.blocks.retain(|key, _| path.contains(key));
        }
        self.find_anchor(session);
        self.settle(session);
    }

    /// Lists the messages that are shown, where others are than before.
    fn find_path(&mut self, session: &Session) {
        let conversation = session.conversation();
        let queued = session.queue().count();
        let made_of = Some((conversation.shape, queued));
        if self.made_of == made_of {
            return;
        }
        self.made_of = made_of;
        self.path.clear();
        self.path
            .extend(conversation.path().into_iter().map(Key::Message));
        self.path.extend((0..queued).map(Key::Queued));
        let mut total = 0;
        self.starts.clear();
        self.starts.extend(self.path.iter().map(|&key| {
            let start = total;
            total += size_of(session, key);
            start
        }));
    }

    /// The lines in the window, from its top.
    #[must_use]
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    #[must_use]
    pub fn block(&self, key: Key) -> Option<&Block> {
        self.blocks.get(&key)
    }

    /// The code blocks of which lines are in the window.
    #[must_use]
    pub fn code_seen(&self) -> Vec<CodeSeen> {
        let mut found: Vec<CodeSeen> = Vec::new();
        for seen in &self.seen {
            let (Key::Message(message), Line::Body(index)) = (seen.key, seen.line) else {
                continue;
            };
            let row = self
                .blocks
                .get(&seen.key)
                .and_then(|block| block.row(index));
            let Some(BodyRow::Rendered(row, _)) = row else {
                continue;
            };
            let Some(code) = row.code else { continue };
            match found.last_mut() {
                Some(last) if last.message == message && last.start == code.block => {
                    last.last_line = code.line;
                }
                _ => found.push(CodeSeen {
                    message,
                    start: code.block,
                    last_line: code.line,
                }),
            }
        }
        found
    }

    /// The language of a code block in the window, and at most so many of its lines that begin
    /// at the raw byte `from` or later. Of an answer that is being written, only lines that no
    /// longer change.
    #[must_use]
    pub fn code_lines(
        &self,
        content: &[u8],
        seen: &CodeSeen,
        from: usize,
        most: usize,
        open: bool,
    ) -> Option<(String, Vec<Range<usize>>)> {
        let block = self.blocks.get(&Key::Message(seen.message))?;
        block.code_lines(content, seen.start, from, most, open)
    }

    /// Whether there is more below the window.
    #[must_use]
    pub fn is_scrolled_back(&self) -> bool {
        !self.at_end
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.path.is_empty()
    }

    /// Where the window is in the conversation, by bytes: the fractions, 0..=1, at which it
    /// begins and ends. `None` when all of it is seen.
    #[must_use]
    pub fn position(&self, session: &Session) -> Option<(f64, f64)> {
        let first = self.seen.first()?;
        let last = self.seen.last()?;
        let starts_at_top = self.path.first() == Some(&first.key) && first.line == Line::Header;
        if starts_at_top && self.at_end {
            return None;
        }
        let block = self.top?.block;
        let more = self.seen.windows(2).filter(|two| two[0].key != two[1].key);
        let place = |block: usize, seen| Some(self.starts.get(block)? + self.byte_of(seen));
        let start = place(block, first)?;
        // The last message may still grow.
        let total = self.starts.last()? + size_of(session, *self.path.last()?);
        let end = if self.at_end {
            total
        } else {
            place(block + more.count(), last)?
        };
        Some((start as f64 / total as f64, end as f64 / total as f64))
    }

    fn byte_of(&self, seen: &Seen) -> usize {
        let block = self.blocks.get(&seen.key);
        block.map_or(0, |block| block.byte_of_seen(seen.line))
    }

    /// Scrolls by lines; negative is up. Reaching the end follows it again.
    pub fn scroll(&mut self, session: &Session, lines: isize) {
        let Some(top) = self.top else { return };
        let (block, line) = if lines < 0 {
            self.back(session, top.block, top.line, lines.unsigned_abs())
        } else {
            self.forth(session, top.block, top.line, lines.unsigned_abs())
        };
        self.set_top(session, block, line);
        self.follows = false;
        self.settle(session);
        if lines > 0 && self.at_end {
            self.follows = true;
            self.settle(session);
        }
    }

    /// Lines of a page that overlaps the one before by two.
    #[must_use]
    pub fn page(&self) -> isize {
        self.height.saturating_sub(2).max(1).cast_signed()
    }

    pub fn go_to_start(&mut self, session: &Session) {
        self.set_top(session, 0, 0);
        self.follows = false;
        self.settle(session);
    }

    /// Shows the end, and keeps it in view.
    pub fn go_to_end(&mut self, session: &Session) {
        self.follows = true;
        self.settle(session);
    }

    /// Scrolls as little as needed to show a raw byte of a message.
    pub fn reveal(&mut self, session: &Session, message: MessageId, raw: usize) {
        let key = Key::Message(message);
        let Some(block) = self.path.iter().position(|&other| other == key) else {
            return;
        };
        let content = content_of(session, key);
        let laid_out = self.lay_out(session, block);
        let row = laid_out.line_of_byte(content, raw) - 1;
        if let Some(fold) = laid_out.fold(row).filter(|fold| !fold.open) {
            let fold = FoldId::At(fold.start);
            self.turn(session, message, fold);
        } else if laid_out.thought(row) == Some(false) && raw > 0 {
            self.turn(session, message, FoldId::Thought);
        }
        let line = self.lay_out(session, block).line_of_byte(content, raw);
        let target = self.blocks[&key].line(line);
        if self
            .seen
            .iter()
            .any(|seen| seen.key == key && seen.line == target)
        {
            return;
        }
        let (top_block, top_line) = self.back(session, block, line, self.height / 3);
        self.set_top(session, top_block, top_line);
        self.follows = false;
        self.settle(session);
    }

    /// Scrolls as little as needed to show where a message begins.
    pub fn reveal_start(&mut self, session: &Session, message: MessageId) {
        let key = Key::Message(message);
        let Some(block) = self.path.iter().position(|&other| other == key) else {
            return;
        };
        let is_seen = |seen: &Seen| seen.key == key && seen.line == Line::Header;
        if self.seen.iter().any(is_seen) {
            return;
        }
        let (top_block, top_line) = self.back(session, block, 0, self.height / 3);
        self.set_top(session, top_block, top_line);
        self.follows = false;
        self.settle(session);
    }

    /// The messages of which a line is in the window, from its top.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = MessageId> {
        self.seen.iter().filter_map(|seen| match seen.key {
            Key::Message(message) => Some(message),
            Key::Queued(_) => None,
        })
    }
}

/// The raw bytes of a block.
fn content_of(session: &Session, key: Key) -> &[u8] {
    match key {
        Key::Message(id) => {
            let node = session.conversation().node(id);
            node.map_or(&[], |node| &node.content)
        }
        Key::Queued(index) => session.queue().nth(index).unwrap_or("").as_bytes(),
    }
}

/// Bytes of a block, its header and the blank line after it counted as some.
fn size_of(session: &Session, key: Key) -> usize {
    content_of(session, key).len() + 64
}
