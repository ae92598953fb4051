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
mod lines;

use std::collections::HashMap;

pub use block::{Block, Line};

use crate::chat::{ConversationId, MessageId, Session};

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

/// The line at the top of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Anchor {
    /// Its place in the path.
    block: usize,
    key: Key,
    line: usize,
    /// The raw byte it begins with, by which it is found again at another width.
    byte: usize,
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
    width: usize,
    height: usize,
    top: Option<Anchor>,
    /// Nothing is folded.
    unfolded: bool,
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

    /// Brings the window up to date with the session, at this size in cells.
    pub fn refresh(&mut self, session: &Session, width: usize, height: usize) {
        let conversation = session.conversation();
        if self.conversation.as_ref() != Some(&conversation.id)
            || conversation.version < self.version
        {
            self.conversation = Some(conversation.id.clone());
            self.blocks.clear();
            self.made_of = None;
            self.top = None;
            self.follows = true;
        }
        self.version = conversation.version;
        self.find_path(session);
        let resized = self.width != width;
        self.width = width.max(1);
        self.height = height;
        if self.blocks.len() > 2 * self.path.len() + 16 {
            let path: std::collections::HashSet<_> = self.path.iter().copied().collect();
            self.blocks.retain(|key, _| path.contains(key));
        }
        self.find_anchor(session, resized);
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
        let Some(block) = self.blocks.get(&seen.key) else {
            return 0;
        };
        match seen.line {
            Line::Header => 0,
            Line::Body(row) => block.rows()[row].start.raw,
            Line::Footer(_) | Line::Blank => block.rows().last().map_or(0, |row| row.end.raw),
        }
    }

    /// Scrolls by lines; negative is up. Reaching the end follows it again.
    pub fn scroll(&mut self, session: &Session, lines: isize) {
        let Some(top) = self.top else { return };
        let (block, line) = if lines < 0 {
            self.back(session, top.block, top.line, lines.unsigned_abs())
        } else {
            self.forth(session, top.block, top.line, lines.unsigned_abs())
        };
        self.set_top(block, line);
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

    /// Shows what is folded, or folds it again; `false` where nothing is.
    pub fn toggle_folds(&mut self, session: &Session) -> bool {
        let any = self.unfolded || self.blocks.values().any(Block::has_folds);
        if any {
            self.unfolded = !self.unfolded;
            self.blocks.clear();
            self.find_anchor(session, true);
            self.settle(session);
        }
        any
    }

    pub fn go_to_start(&mut self, session: &Session) {
        self.set_top(0, 0);
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
        let laid_out = self.lay_out(session, block);
        let row = laid_out.line_of_byte(raw) - 1;
        if laid_out.fold(row).is_some() {
            self.toggle_folds(session);
        }
        let line = self.lay_out(session, block).line_of_byte(raw);
        let target = self.blocks[&key].line(line);
        if self
            .seen
            .iter()
            .any(|seen| seen.key == key && seen.line == target)
        {
            return;
        }
        let (top_block, top_line) = self.back(session, block, line, self.height / 3);
        self.set_top(top_block, top_line);
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
        self.set_top(top_block, top_line);
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

    /// Finds the anchored line again after messages, branches or the width have changed.
    fn find_anchor(&mut self, session: &Session, resized: bool) {
        let Some(top) = self.top else { return };
        let block = if self.path.get(top.block) == Some(&top.key) {
            Some(top.block)
        } else {
            self.path.iter().position(|&key| key == top.key)
        };
        let Some(block) = block else {
            self.top = None;
            self.follows = true;
            return;
        };
        let laid_out = self.lay_out(session, block);
        let line = if resized && top.line > 0 {
            laid_out.line_of_byte(top.byte)
        } else {
            top.line.min(laid_out.height() - 1)
        };
        self.set_top(block, line);
    }

    /// Moves the window where it has to be, and collects its lines.
    fn settle(&mut self, session: &Session) {
        if self.path.is_empty() {
            self.top = None;
            self.seen.clear();
            self.at_end = true;
            return;
        }
        if self.top.is_none() {
            self.set_top(0, 0);
        }
        self.collect(session);
        let slack = self.height / 4;
        let empty = self.height - self.seen.len();
        let from_start = self.top.is_some_and(|top| top.block == 0 && top.line == 0);
        if self.follows && !self.at_end {
            // Room to write into while more comes; else the end at the bottom.
            let room = if session.is_busy() { slack } else { 0 };
            self.put_end_above(session, room);
        } else if self.at_end && !from_start && (empty > slack || !self.follows && empty > 0) {
            self.put_end_above(session, 0);
        }
    }

    fn put_end_above(&mut self, session: &Session, room: usize) {
        let last = self.path.len() - 1;
        let line = self.lay_out(session, last).height() - 1;
        let (block, line) = self.back(session, last, line, self.height.saturating_sub(room));
        self.set_top(block, line);
        self.collect(session);
    }

    fn collect(&mut self, session: &Session) {
        self.seen.clear();
        let Some(top) = self.top else { return };
        let (mut block, mut line) = (top.block, top.line);
        let last = self.path.len() - 1;
        self.at_end = false;
        loop {
            let key = self.path[block];
            let laid_out = self.lay_out(session, block);
            let height = laid_out.height();
            let seen = Seen {
                key,
                line: laid_out.line(line),
            };
            // The blank line after the last message needs no place.
            if block == last && line + 1 >= height {
                self.at_end = true;
                return;
            }
            if self.seen.len() == self.height {
                return;
            }
            self.seen.push(seen);
            line += 1;
            if line == height {
                block += 1;
                line = 0;
            }
        }
    }

    /// The line `count` before this one, or the first.
    fn back(
        &mut self,
        session: &Session,
        mut block: usize,
        mut line: usize,
        mut count: usize,
    ) -> (usize, usize) {
        while count > line {
            if block == 0 {
                return (0, 0);
            }
            count -= line + 1;
            block -= 1;
            line = self.lay_out(session, block).height() - 1;
        }
        (block, line - count)
    }

    /// The line `count` after this one, or the last.
    fn forth(
        &mut self,
        session: &Session,
        mut block: usize,
        mut line: usize,
        mut count: usize,
    ) -> (usize, usize) {
        loop {
            let height = self.lay_out(session, block).height();
            if line + count < height {
                return (block, line + count);
            }
            if block + 1 == self.path.len() {
                return (block, height - 1);
            }
            count -= height - line;
            block += 1;
            line = 0;
        }
    }

    fn set_top(&mut self, block: usize, line: usize) {
        let Some(&key) = self.path.get(block) else {
            self.top = None;
            return;
        };
        let byte = self
            .blocks
            .get(&key)
            .map_or(0, |block| block.byte_of_line(line));
        self.top = Some(Anchor {
            block,
            key,
            line,
            byte,
        });
    }

    /// The block at this place of the path, up to date.
    fn lay_out(&mut self, session: &Session, block: usize) -> &Block {
        let key = self.path[block];
        let laid_out = self.blocks.entry(key).or_default();
        match key {
            Key::Message(id) => {
                if let Some(node) = session.conversation().node(id) {
                    laid_out.refresh(node, self.width, !self.unfolded);
                }
            }
            Key::Queued(index) => {
                let text = session.queue().nth(index).unwrap_or("");
                laid_out.refresh_text(text, self.width);
            }
        }
        laid_out
    }
}

/// Bytes of a block, its header and the blank line after it counted as some.
fn size_of(session: &Session, key: Key) -> usize {
    let content = match key {
        Key::Message(id) => session
            .conversation()
            .node(id)
            .map_or(0, |node| node.content.len()),
        Key::Queued(index) => session.queue().nth(index).map_or(0, str::len),
    };
    content + 64
}
