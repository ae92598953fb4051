//! One message as lines, cached per (version, width).
//!
//! ```text
//! SmolLM2-135M-Instruct                                    ◂ 2/3 ▸   Line::Header
//! The sky is blue because of a process called Rayleigh               Line::Body(0)
//! scattering                                                         Line::Body(1)
//! stopped by you                                                     Line::Footer(0)
//!                                                                    Line::Blank
//! ```

use super::sheet::{Sheet, Shown};
use super::written::{Beginning, FoldRow, Written};
use crate::chat::{AnswerState, Node, show};
use crate::inference::StopReason;
use crate::text;
use crate::text::markdown::{self, Options};
use crate::tui::flow::{self, Row};
use crate::words::tui::conversation as words;

/// A line of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Header,
    Body(usize),
    Footer(usize),
    Blank,
}

/// How a message is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As it was written, at this width.
    Raw(usize),
    /// As it was written, but so much of its reasoning.
    Written(usize, Shown),
    /// As it was written, but a line stands for what is attached to it, and for most of a long
    /// one.
    Folded(usize),
    /// With its markup rendered, and so much of its reasoning.
    Rendered(Options, Shown),
}

impl Layout {
    fn width(self) -> usize {
        match self {
            Self::Raw(width) | Self::Written(width, _) | Self::Folded(width) => width,
            Self::Rendered(options, _) => options.width,
        }
    }
}

#[derive(Debug)]
enum Body {
    Raw(Written),
    Rendered(Box<Sheet>),
}

/// A row of a message's text.
#[derive(Debug, Clone, Copy)]
pub enum BodyRow<'a> {
    Raw(Row),
    /// With the addresses that its links lead to.
    Rendered(&'a markdown::Row, &'a [String]),
}

/// The lines of one message at one width.
#[derive(Debug)]
pub struct Block {
    version: u64,
    layout: Option<Layout>,
    /// Bytes of the content that are laid out.
    len: usize,
    body: Body,
    footers: Vec<String>,
}

impl Default for Block {
    fn default() -> Self {
        Self {
            version: 0,
            layout: None,
            len: 0,
            body: Body::Raw(Written::default()),
            footers: Vec::new(),
        }
    }
}

impl Block {
    /// Lays the message out, unless it has not changed; whether it has. Only the end of one
    /// that has grown is laid out again. `is_open` tells of a fold by the byte it begins with.
    pub fn refresh(
        &mut self,
        node: &Node,
        layout: Layout,
        is_open: impl Fn(usize) -> bool,
    ) -> bool {
        if self.version == node.version && self.layout == Some(layout) {
            return false;
        }
        let open = node.answer.as_ref().is_some_and(|answer| answer.is_open());
        let hidden = if open {
            flow::incomplete_tail(&node.content)
        } else {
            0
        };
        let shown = &node.content[..node.content.len() - hidden];
        match layout {
            Layout::Rendered(options, thoughts) => {
                self.render(node, shown, open, (options, thoughts));
            }
            Layout::Written(_, thoughts) => {
                let certain = certain(node, shown, open);
                let beginning = beginning(node, certain, open, thoughts);
                self.wrap(certain, layout, beginning);
            }
            Layout::Folded(_) => self.wrap_folded(shown, layout, is_open),
            Layout::Raw(_) => self.wrap(shown, layout, Beginning::default()),
        }
        if shown.is_empty() && !open {
            // An answer that failed before its first word has none.
            self.body = Body::Raw(Written::default());
        }
        self.version = node.version;
        self.footers = footer(node)
            .map(|sentence| wrap_sentence(&sentence, layout.width()))
            .unwrap_or_default();
        let labels = node
            .answer
            .as_ref()
            .map_or(&[][..], |answer| &answer.labels);
        self.footers.extend(show::labels(labels, layout.width()));
        true
    }

    /// Lays out a text that is no message yet.
    pub fn refresh_text(&mut self, text: &str, width: usize) {
        // Another one may have been in its place.
        self.body = Body::Raw(Written::default());
        self.wrap_folded(text.as_bytes(), Layout::Folded(width), |_| false);
    }

    fn wrap_folded(&mut self, shown: &[u8], layout: Layout, is_open: impl Fn(usize) -> bool) {
        self.write(shown, layout, |written| {
            written.wrap_folded(shown, layout.width(), is_open);
        });
    }

    fn wrap(&mut self, shown: &[u8], layout: Layout, beginning: Beginning) {
        self.write(shown, layout, |written| {
            written.wrap(shown, layout.width(), beginning);
        });
    }

    fn write(&mut self, shown: &[u8], layout: Layout, lay_out: impl FnOnce(&mut Written)) {
        if matches!(self.body, Body::Rendered(_)) {
            self.body = Body::Raw(Written::default());
        }
        if let Body::Raw(written) = &mut self.body {
            lay_out(written);
        }
        self.layout = Some(layout);
        self.len = shown.len();
    }

    /// The fold that a row stands for, or stands above.
    #[must_use]
    pub fn fold(&self, row: usize) -> Option<&FoldRow> {
        match &self.body {
            Body::Raw(written) => written.fold(row),
            Body::Rendered(_) => None,
        }
    }

    /// What of it can be folded, in order.
    #[must_use]
    pub fn folds(&self) -> &[FoldRow] {
        match &self.body {
            Body::Raw(written) => written.folds(),
            Body::Rendered(_) => &[],
        }
    }

    /// Whether the reasoning is open that a row stands for, or stands above; `None` for all other
    /// rows.
    #[must_use]
    pub fn thought(&self, row: usize) -> Option<bool> {
        match &self.body {
            Body::Raw(written) => written.thought(row),
            Body::Rendered(sheet) => sheet.is_line(row).then(|| sheet.shown() == Shown::Open),
        }
    }

    /// The bytes of a text that is shown as it was written are reasoning before this one; 0 where
    /// none of that is shown, or no more than any other text.
    #[must_use]
    pub fn thought_to(&self) -> usize {
        match &self.body {
            Body::Raw(written) => written.thought_to(),
            Body::Rendered(_) => 0,
        }
    }

    #[must_use]
    pub fn has_folds(&self) -> bool {
        !self.folds().is_empty()
    }

    fn render(
        &mut self,
        node: &Node,
        shown: &[u8],
        open: bool,
        (options, thoughts): (Options, Shown),
    ) {
        let layout = Layout::Rendered(options, thoughts);
        let thought = node.thought();
        let certain = certain(node, shown, open);
        if certain.trim_ascii().is_empty() && thought.is_none() {
            // Where there is nothing to read there is no markup, and the caret wants a row.
            return self.wrap(certain, layout, Beginning::default());
        }
        let end = if open {
            without_beginning(certain).len()
        } else {
            certain.len()
        };
        let thoughts = thoughts_of(node, open, thoughts).unwrap_or(Shown::Hidden);
        // Content only ever grows; what was held back may have been more.
        let sheet = match &mut self.body {
            Body::Rendered(sheet)
                if self.layout == Some(layout)
                    && self.len <= certain.len()
                    && sheet.shown() == thoughts =>
            {
                sheet
            }
            body => {
                *body = Body::Rendered(Box::new(Sheet::new(options, thoughts)));
                let Body::Rendered(sheet) = body else { return };
                sheet
            }
        };
        sheet.update(certain, thought, end);
        self.layout = Some(layout);
        self.len = certain.len();
    }

    /// How it is laid out; `None` before it is.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        self.layout
    }

    /// Rows of the message's text.
    #[must_use]
    pub fn body_height(&self) -> usize {
        match &self.body {
            Body::Raw(written) => written.rows().len(),
            Body::Rendered(page) => page.height(),
        }
    }

    /// Lines in all, the blank one after it included.
    #[must_use]
    pub fn height(&self) -> usize {
        1 + self.body_height() + self.footers.len() + 1
    }

    #[must_use]
    pub fn line(&self, index: usize) -> Line {
        let body = index.wrapping_sub(1);
        let rows = self.body_height();
        if index == 0 {
            Line::Header
        } else if body < rows {
            Line::Body(body)
        } else if body - rows < self.footers.len() {
            Line::Footer(body - rows)
        } else {
            Line::Blank
        }
    }

    /// A row of the text, but for the line of its reasoning; of a rendered one only what is in
    /// the window is at hand.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<BodyRow<'_>> {
        match &self.body {
            Body::Raw(written) if written.thought(index).is_some() => None,
            Body::Raw(written) => written.rows().get(index).copied().map(BodyRow::Raw),
            Body::Rendered(page) => page
                .row(index)
                .map(|(row, links)| BodyRow::Rendered(row, links)),
        }
    }

    /// The rows of a text that is shown as it was written.
    #[must_use]
    pub fn raw_rows(&self) -> &[Row] {
        match &self.body {
            Body::Raw(written) => written.rows(),
            Body::Rendered(_) => &[],
        }
    }

    /// Has these rows of the text at hand, and no others.
    pub fn show(&mut self, content: &[u8], rows: std::ops::Range<usize>) {
        if let Body::Rendered(page) = &mut self.body {
            match content.get(..self.len) {
                Some(shown) => page.show(shown, rows),
                // The message is gone.
                None => page.show(&[], 0..0),
            }
        }
    }

    /// As [`Transcript::code_lines`](super::Transcript::code_lines).
    pub(super) fn code_lines(
        &self,
        content: &[u8],
        start: usize,
        from: usize,
        most: usize,
        open: bool,
    ) -> Option<(String, Vec<std::ops::Range<usize>>)> {
        match &self.body {
            Body::Raw(_) => None,
            Body::Rendered(page) => {
                page.code_lines(content.get(..self.len)?, start, from, most, open)
            }
        }
    }

    #[must_use]
    pub fn footer(&self, index: usize) -> &str {
        self.footers.get(index).map_or("", String::as_str)
    }

    /// The line that shows a raw byte.
    pub fn line_of_byte(&mut self, content: &[u8], raw: usize) -> usize {
        let row = match &mut self.body {
            Body::Raw(written) => written.row_of_byte(raw),
            Body::Rendered(page) => content
                .get(..self.len)
                .map_or(0, |shown| page.row_of_byte(shown, raw)),
        };
        1 + row
    }

    /// The raw byte that a line begins with.
    pub fn byte_of_line(&mut self, content: &[u8], index: usize) -> usize {
        match self.line(index) {
            Line::Header => 0,
            Line::Body(row) => match &mut self.body {
                Body::Raw(written) => written.rows()[row].start.raw,
                Body::Rendered(page) => content
                    .get(..self.len)
                    .map_or(0, |shown| page.byte_of_row(shown, row)),
            },
            Line::Footer(_) | Line::Blank => self.len,
        }
    }

    /// The raw bytes that a row of the text shows.
    pub fn bytes_of_row(&mut self, content: &[u8], index: usize) -> Option<std::ops::Range<usize>> {
        match &mut self.body {
            Body::Raw(written) => written.bytes_of_row(content, index),
            Body::Rendered(page) => page.bytes_of_row(content.get(..self.len)?, index),
        }
    }

    /// As [`byte_of_line`](Self::byte_of_line), of a line in the window.
    #[must_use]
    pub fn byte_of_seen(&self, line: Line) -> usize {
        match line {
            Line::Header => 0,
            Line::Body(index) => match self.row(index) {
                Some(BodyRow::Raw(row)) => row.start.raw,
                Some(BodyRow::Rendered(row, _)) => row.start,
                None if self.thought(index).is_some() => 0,
                None => self.len,
            },
            Line::Footer(_) | Line::Blank => self.len,
        }
    }
}

/// The text without what may become a mark: that is not shown until it is known.
fn certain<'a>(node: &Node, shown: &'a [u8], open: bool) -> &'a [u8] {
    let answer = node.answer.as_deref().filter(|_| open);
    let undecided = answer.map_or(0, |answer| answer.thinking.undecided());
    &shown[..shown.len().min(node.content.len() - undecided)]
}

/// What is shown of an answer's reasoning, of which `usual` is; `None` where there is none.
fn thoughts_of(node: &Node, open: bool, usual: Shown) -> Option<Shown> {
    // A blank thought is none, but while it may still become one.
    let thinks = open && node.thought()?.answer.is_none();
    match usual {
        Shown::Hidden if thinks => Some(Shown::Line),
        usual => (thinks || node.reasoning().is_some()).then_some(usual),
    }
}

/// How an answer begins that is shown as it was written. Where nothing was thought its marks are
/// what was written.
fn beginning(node: &Node, shown: &[u8], open: bool, usual: Shown) -> Beginning {
    let (Some(thought), Some(thoughts)) = (node.thought(), thoughts_of(node, open, usual)) else {
        return Beginning::default();
    };
    if thoughts == Shown::Open {
        return Beginning {
            thought: Some(true),
            from: 0,
            thought_to: thought.answer.unwrap_or(usize::MAX),
        };
    }
    let answer = thought.answer.unwrap_or(shown.len()).min(shown.len());
    // Without the empty lines that models put before what they say.
    let said = &shown[answer..];
    let blanks = &said[..said.len() - said.trim_ascii_start().len()];
    Beginning {
        thought: (thoughts == Shown::Line).then_some(false),
        from: answer + memchr::memrchr(b'\n', blanks).map_or(0, |at| at + 1),
        thought_to: 0,
    }
}

/// The text without a last line that may yet become something else: `-` below a sentence is the
/// beginning of a list, but alone it would make the sentence a heading.
fn without_beginning(shown: &[u8]) -> &[u8] {
    let start = memchr::memrchr(b'\n', shown).map_or(0, |at| at + 1);
    let line = shown[start..].trim_ascii();
    let undecided = line.len() < 3 && line.iter().all(|byte| b"-=`~#*+>|_".contains(byte));
    let kept = &shown[..start];
    if undecided && !kept.trim_ascii().is_empty() {
        kept
    } else {
        shown
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
        AnswerState::Ended(StopReason::Cancelled) => words::STOPPED,
        AnswerState::Ended(StopReason::Length) => words::LENGTH_LIMIT,
        AnswerState::Ended(StopReason::ContextFull) => words::CONTEXT_FULL,
        AnswerState::Ended(StopReason::EndOfGeneration | StopReason::StopString(_))
        | AnswerState::Waiting
        | AnswerState::Streaming => return None,
    };
    Some(sentence.into())
}
