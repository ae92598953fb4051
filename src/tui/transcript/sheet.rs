//! An answer as it is read: a line that stands for its reasoning, the reasoning where it is
//! open, and the answer.
//!
//! ```text
//! ▾ thought 312 tokens in 2.4 s        the line
//! │ It was a Sunday, so …              while it is open
//! The sky is blue because …            the answer
//! ```
//!
//! Each of the two texts is a [`Page`] of its own, so that either is rendered as it grows.

use std::ops::Range;

use super::page::Page;
use crate::text::Thought;
use crate::text::markdown::{Options, Row};

/// Columns of the bar before what was thought.
const BAR: usize = 2;

/// What of an answer's reasoning is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Nothing.
    #[default]
    Hidden,
    /// The line that stands for it.
    Line,
    /// All of it, below the line.
    Open,
}

/// The rendered form of one answer at one width.
#[derive(Debug)]
pub struct Sheet {
    options: Options,
    shown: Shown,
    thought: Option<Thought>,
    reasoning: Option<Page>,
    answer: Page,
    /// The bytes of the answer, and up to where they are shown.
    span: Range<usize>,
}

impl Sheet {
    #[must_use]
    pub fn new(options: Options, shown: Shown) -> Self {
        Self {
            options,
            shown,
            thought: None,
            reasoning: None,
            answer: Page::new(options, 0),
            span: 0..0,
        }
    }

    /// Takes in a text that may have grown, of which the bytes before `end` are shown.
    pub fn update(&mut self, bytes: &[u8], thought: Option<Thought>, end: usize) {
        self.thought = thought;
        let start = match thought {
            None => 0,
            // Nothing is answered yet.
            Some(thought) => thought.answer.unwrap_or(bytes.len()),
        };
        let answers = thought.is_none_or(|thought| thought.answer.is_some());
        let stale = if answers {
            self.span.start != start
        } else {
            !self.span.is_empty()
        };
        if stale {
            self.answer = Page::new(self.options, start);
            self.span = start..start;
        }
        if answers {
            self.span = start..end.max(start);
            self.answer.update(&bytes[..self.span.end]);
        }
        if let (Some(thought), Shown::Open) = (thought, self.shown) {
            let options = Options {
                width: self.options.width.saturating_sub(BAR).max(1),
                ..self.options
            };
            let page = self
                .reasoning
                .get_or_insert_with(|| Page::aside(options, thought.start));
            page.update(&bytes[..thought.end.min(bytes.len())]);
        }
    }

    /// What of the reasoning is shown.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// Whether a row is the line that stands for the reasoning.
    #[must_use]
    pub fn is_line(&self, row: usize) -> bool {
        row < self.lines()
    }

    /// Rows before the reasoning.
    fn lines(&self) -> usize {
        usize::from(self.thought.is_some() && self.shown != Shown::Hidden)
    }

    /// Rows before the answer.
    fn before(&self) -> usize {
        self.lines() + self.reasoning.as_ref().map_or(0, Page::height)
    }

    /// How many rows it has.
    #[must_use]
    pub fn height(&self) -> usize {
        self.before() + self.answer.height()
    }

    /// The bytes of the reasoning that are shown.
    fn thought<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        let end = self.thought.map_or(0, |thought| thought.end);
        bytes.get(..end).unwrap_or_default()
    }

    fn answered<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(..self.span.end).unwrap_or_default()
    }

    /// Has these rows at hand, and no others.
    pub fn show(&mut self, bytes: &[u8], rows: Range<usize>) {
        let (lines, before) = (self.lines(), self.before());
        let within = |from: usize, to: usize| {
            let end = rows.end.min(to).max(from) - from;
            (rows.start.max(from) - from).min(end)..end
        };
        let thought = self.thought(bytes);
        if let Some(page) = &mut self.reasoning {
            page.show(thought, within(lines, before));
        }
        let answered = self.answered(bytes);
        self.answer.show(answered, within(before, usize::MAX));
    }

    /// A row that is at hand, with the addresses that its links lead to.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<(&Row, &[String])> {
        let before = self.before();
        match index.checked_sub(before) {
            Some(row) => self.answer.row(row),
            None => self
                .reasoning
                .as_ref()?
                .row(index.checked_sub(self.lines())?),
        }
    }

    /// The raw byte that a row begins with.
    pub fn byte_of_row(&mut self, bytes: &[u8], index: usize) -> usize {
        self.bytes_of_row(bytes, index)
            .map_or(bytes.len(), |it| it.start)
    }

    /// The raw bytes that a row stands for: the line for all that is folded.
    pub fn bytes_of_row(&mut self, bytes: &[u8], index: usize) -> Option<Range<usize>> {
        let (lines, before) = (self.lines(), self.before());
        if let Some(row) = index.checked_sub(before) {
            let answered = self.answered(bytes);
            return self.answer.bytes_of_row(answered, row);
        }
        let thought = self.thought(bytes);
        if let (Some(row), Some(page)) = (index.checked_sub(lines), &mut self.reasoning) {
            return page.bytes_of_row(thought, row);
        }
        let thought = self.thought?;
        let end = match self.shown {
            Shown::Open => thought.start,
            _ => thought.answer.unwrap_or(bytes.len()),
        };
        Some(0..end)
    }

    /// The row that shows a raw byte.
    pub fn row_of_byte(&mut self, bytes: &[u8], raw: usize) -> usize {
        let (lines, before) = (self.lines(), self.before());
        let is_thought = self
            .thought
            .is_some_and(|thought| thought.answer.is_none_or(|answer| raw < answer));
        if !is_thought {
            let answered = self.answered(bytes);
            return before + self.answer.row_of_byte(answered, raw);
        }
        let thought = self.thought(bytes);
        match &mut self.reasoning {
            Some(page) if page.height() > 0 && raw >= page.start() => {
                lines + page.row_of_byte(thought, raw)
            }
            _ => 0,
        }
    }

    /// The language of a code block that is at hand, and its lines.
    pub fn code_lines(
        &self,
        bytes: &[u8],
        start: usize,
        from: usize,
        most: usize,
        open: bool,
    ) -> Option<(String, Vec<Range<usize>>)> {
        let reasoning = self.reasoning.as_ref();
        let Some(thought) = self.thought.filter(|_| start < self.span.start) else {
            return self
                .answer
                .code_lines(self.answered(bytes), start, from, most, open);
        };
        let open = open && thought.answer.is_none();
        reasoning?.code_lines(self.thought(bytes), start, from, most, open)
    }
}
