//! The window on the lines: where it has to be, and which lines are in it.

use super::{Anchor, Line, Seen, Transcript, content_of};
use crate::chat::Session;

impl Transcript {
    /// Finds the anchored line again after messages, branches or the width have changed.
    pub(super) fn find_anchor(&mut self, session: &Session) {
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
        let content = content_of(session, top.key);
        let laid_out = self.lay_out(session, block);
        let line = if laid_out.layout() != top.layout && top.line > 0 {
            laid_out.line_of_byte(content, top.byte)
        } else {
            top.line.min(laid_out.height() - 1)
        };
        self.set_top(session, block, line);
    }

    /// Moves the window where it has to be, and collects its lines.
    pub(super) fn settle(&mut self, session: &Session) {
        if self.path.is_empty() {
            self.top = None;
            self.seen.clear();
            self.at_end = true;
            return;
        }
        if self.top.is_none() {
            self.set_top(session, 0, 0);
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

    pub(super) fn put_end_above(&mut self, session: &Session, room: usize) {
        let last = self.path.len() - 1;
        let line = self.lay_out(session, last).height() - 1;
        let (block, line) = self.back(session, last, line, self.height.saturating_sub(room));
        self.set_top(session, block, line);
        self.collect(session);
    }

    pub(super) fn collect(&mut self, session: &Session) {
        self.collect_lines(session);
        self.show_rows(session);
    }

    /// Has the rows in the window at hand, and lets go of others.
    pub(super) fn show_rows(&mut self, session: &Session) {
        let held = std::mem::take(&mut self.holding);
        for part in self.seen.chunk_by(|one, next| one.key == next.key) {
            let rows = part.iter().filter_map(|seen| match seen.line {
                Line::Body(row) => Some(row),
                _ => None,
            });
            let first = rows.clone().next().unwrap_or(0);
            let count = rows.count();
            let key = part[0].key;
            if let Some(block) = self.blocks.get_mut(&key) {
                block.show(content_of(session, key), first..first + count);
            }
            self.holding.push(key);
        }
        for key in held {
            if !self.holding.contains(&key)
                && let Some(block) = self.blocks.get_mut(&key)
            {
                block.show(content_of(session, key), 0..0);
            }
        }
    }

    pub(super) fn collect_lines(&mut self, session: &Session) {
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
    pub(super) fn back(
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
    pub(super) fn forth(
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

    pub(super) fn set_top(&mut self, session: &Session, block: usize, line: usize) {
        let Some(&key) = self.path.get(block) else {
            self.top = None;
            return;
        };
        let content = content_of(session, key);
        let laid_out = self.blocks.get_mut(&key);
        let (byte, layout) = laid_out.map_or((0, None), |block| {
            (block.byte_of_line(content, line), block.layout())
        });
        if !self.holding.contains(&key) {
            self.holding.push(key);
        }
        self.top = Some(Anchor {
            block,
            key,
            line,
            byte,
            layout,
        });
    }
}
