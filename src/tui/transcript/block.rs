//! One message as lines, cached per (version, width).
//!
//! ```text
//! SmolLM2-135M-Instruct                                    ◂ 2/3 ▸   Line::Header
//! The sky is blue because of a process called Rayleigh               Line::Body(0)
//! scattering                                                         Line::Body(1)
//! stopped by you                                                     Line::Footer(0)
//!                                                                    Line::Blank
//! ```

use super::fold::{self, Fold};
use crate::chat::{AnswerState, Node, show};
use crate::inference::{Role, StopReason};
use crate::text;
use crate::tui::flow::{self, Place, Row};

/// A line of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Header,
    Body(usize),
    Footer(usize),
    Blank,
}

/// The lines of one message at one width.
#[derive(Debug, Default)]
pub struct Block {
    version: u64,
    width: usize,
    /// Bytes of the content that are laid out.
    len: usize,
    rows: Vec<Row>,
    /// The rows that stand for what is folded, and what they say.
    folded: Vec<(usize, String)>,
    footers: Vec<String>,
}

impl Block {
    /// Lays the message out, unless it has not changed. Only the end of one that has grown is
    /// wrapped again. With `folds` what is attached to a message of the user, and most of a long
    /// one, is a line.
    pub fn refresh(&mut self, node: &Node, width: usize, folds: bool) {
        if self.version == node.version && self.width == width && !self.rows.is_empty() {
            return;
        }
        let open = node.answer.as_ref().is_some_and(|answer| answer.is_open());
        let hidden = if open {
            flow::incomplete_tail(&node.content)
        } else {
            0
        };
        let shown = &node.content[..node.content.len() - hidden];
        if folds && node.role == Role::User && node.answer.is_none() {
            self.wrap_folded(shown, width);
        } else {
            self.wrap(shown, width);
        }
        if shown.is_empty() && !open {
            // An answer that failed before its first word has none.
            self.rows.clear();
        }
        self.version = node.version;
        self.footers = footer(node)
            .map(|sentence| wrap_sentence(&sentence, width))
            .unwrap_or_default();
        let labels = node
            .answer
            .as_ref()
            .map_or(&[][..], |answer| &answer.labels);
        self.footers.extend(show::labels(labels, width));
    }

    /// Lays out a text that is no message yet.
    pub fn refresh_text(&mut self, text: &str, width: usize) {
        self.width = 0;
        self.wrap_folded(text.as_bytes(), width);
    }

    fn wrap_folded(&mut self, shown: &[u8], width: usize) {
        let folds = fold::folds(shown);
        self.folded.clear();
        if folds.is_empty() {
            return self.wrap(shown, width);
        }
        self.rows.clear();
        let place = |raw| Place { raw, inner: 0 };
        let mut at = 0;
        for Fold { range, label } in folds {
            // The break before the fold ends a row, and is none of its own.
            let end = range.start - usize::from(shown[at..range.start].ends_with(b"\n"));
            if end > at {
                flow::wrap(&shown[..end], place(at), width, &mut self.rows);
            }
            self.folded.push((self.rows.len(), label));
            self.rows.push(Row {
                start: place(range.start),
                end: place(range.end),
            });
            at = range.end + usize::from(shown[range.end..].starts_with(b"\n"));
        }
        let end = at + shown[at..].trim_ascii_end().len();
        if end > at {
            flow::wrap(&shown[..end], place(at), width, &mut self.rows);
        }
        self.width = width;
        self.len = shown.len();
    }

    /// What a row says that stands for something folded.
    #[must_use]
    pub fn fold(&self, row: usize) -> Option<&str> {
        let mut folded = self.folded.iter();
        let found = folded.find(|(folded, _)| *folded == row);
        found.map(|(_, label)| label.as_str())
    }

    #[must_use]
    pub fn has_folds(&self) -> bool {
        !self.folded.is_empty()
    }

    fn wrap(&mut self, shown: &[u8], width: usize) {
        // Content only ever grows. The last row may take more of the next words, and the one
        // before it may end in a cluster that grows.
        let keep = if self.width == width && self.len <= shown.len() {
            self.rows.len().saturating_sub(2)
        } else {
            0
        };
        let from = self
            .rows
            .get(keep)
            .filter(|_| keep > 0)
            .map_or(Place::default(), |row| row.start);
        self.rows.truncate(keep);
        flow::wrap(shown, from, width, &mut self.rows);
        // Models like to end with a line break; an empty row there says nothing.
        while self.rows.len() > 1 && self.rows.last().is_some_and(|row| row.start == row.end) {
            self.rows.pop();
        }
        self.width = width;
        self.len = shown.len();
    }

    /// Lines in all, the blank one after it included.
    #[must_use]
    pub fn height(&self) -> usize {
        1 + self.rows.len() + self.footers.len() + 1
    }

    #[must_use]
    pub fn line(&self, index: usize) -> Line {
        let body = index.wrapping_sub(1);
        if index == 0 {
            Line::Header
        } else if body < self.rows.len() {
            Line::Body(body)
        } else if body - self.rows.len() < self.footers.len() {
            Line::Footer(body - self.rows.len())
        } else {
            Line::Blank
        }
    }

    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    #[must_use]
    pub fn footer(&self, index: usize) -> &str {
        self.footers.get(index).map_or("", String::as_str)
    }

    /// The line that shows a raw byte.
    #[must_use]
    pub fn line_of_byte(&self, raw: usize) -> usize {
        let row = self
            .rows
            .partition_point(|row| row.start.raw <= raw)
            .saturating_sub(1);
        1 + row
    }

    /// The raw byte that a line begins with.
    #[must_use]
    pub fn byte_of_line(&self, index: usize) -> usize {
        match self.line(index) {
            Line::Header => 0,
            Line::Body(row) => self.rows[row].start.raw,
            Line::Footer(_) | Line::Blank => self.len,
        }
    }
}

fn wrap_sentence(sentence: &str, width: usize) -> Vec<String> {
    let line = text::visible_line(sentence);
    text::wrap(&line, width)
        .into_iter()
        .map(|row| line[row].to_owned())
        .collect()
}

/// What is said below an answer that did not end by itself.
fn footer(node: &Node) -> Option<String> {
    let sentence = match &node.answer.as_ref()?.state {
        AnswerState::Failed(reason) => return Some(reason.clone()),
        AnswerState::Ended(StopReason::Cancelled) => "stopped; /continue goes on from here",
        AnswerState::Ended(StopReason::Length) => "length limit reached; /continue goes on",
        AnswerState::Ended(StopReason::ContextFull) => {
            "the context is full; /new starts a new conversation"
        }
        AnswerState::Ended(StopReason::EndOfGeneration | StopReason::StopString(_))
        | AnswerState::Waiting
        | AnswerState::Streaming => return None,
    };
    Some(sentence.to_owned())
}
