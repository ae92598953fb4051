//! Code blocks: their rows, and their text as it is to be copied.

use std::ops::Range;

use super::flow::Flow;
use super::split::{Chunk, Fence, Splitter};
use super::{CodeLine, Look, Options, Piece, Rendered, Role, Row, walk};
use crate::text;

/// A code block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The raw byte at which it begins.
    pub start: usize,
    /// The first word of what stands behind its fence; empty where nothing does.
    pub language: String,
    /// Its lines, without their indentation and line breaks.
    pub lines: Vec<Range<usize>>,
    /// No more lines can come.
    pub closed: bool,
}

impl CodeBlock {
    /// Its text, each line ended by a line break.
    #[must_use]
    pub fn text(&self, bytes: &[u8]) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(&String::from_utf8_lossy(&bytes[line.clone()]));
            text.push('\n');
        }
        text
    }
}

/// All code blocks of a text, in order.
#[must_use]
pub fn blocks(bytes: &[u8]) -> Vec<CodeBlock> {
    let mut splitter = Splitter::default();
    splitter.update(bytes);
    let mut found = Vec::new();
    for chunk in splitter.chunks() {
        match chunk.code {
            Some((fence, 0)) => found.push(of_fence(bytes, &splitter.fences()[fence])),
            Some(_) => {}
            None => found.extend(walk::code_of(bytes, chunk)),
        }
    }
    found
}

impl Fence {
    /// The language it names; empty where it names none.
    #[must_use]
    pub fn language(&self, bytes: &[u8]) -> String {
        language(&String::from_utf8_lossy(&bytes[self.info.clone()]))
    }

    /// Its lines that begin at `from` or later, each without its indentation and its break;
    /// where the text may grow a line without a break is left out.
    pub fn lines<'a>(
        &'a self,
        bytes: &'a [u8],
        from: usize,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        lines(
            bytes,
            self.content.start.max(from)..self.content.end,
            self.indent,
        )
    }
}

fn of_fence(bytes: &[u8], fence: &Fence) -> CodeBlock {
    CodeBlock {
        start: fence.start,
        language: fence.language(bytes),
        lines: fence.lines(bytes, 0).collect(),
        closed: fence.closed,
    }
}

/// The first word of a fence's information, as far as it is a name.
pub(super) fn language(info: &str) -> String {
    let word = info
        .split(|it: char| it.is_whitespace() || matches!(it, ',' | '{' | '}'))
        .find(|word| !word.is_empty())
        .unwrap_or("");
    word.trim_start_matches('.').to_owned()
}

/// The lines of a stretch, each without its break and as much of the indentation.
pub(super) fn lines(
    bytes: &[u8],
    stretch: Range<usize>,
    indent: usize,
) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = stretch.start;
    std::iter::from_fn(move || {
        if at >= stretch.end {
            return None;
        }
        let rest = &bytes[at..stretch.end];
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest[..len].strip_suffix(b"\r").unwrap_or(&rest[..len]);
        let blanks = line.iter().take_while(|&&byte| byte == b' ').count();
        let start = at + blanks.min(indent);
        let range = start..at + line.len();
        at += len + 1;
        Some(range)
    })
}

/// The rows of a stretch of a fenced block.
pub(super) fn render(
    bytes: &[u8],
    chunk: &Chunk,
    fence: &Fence,
    first: usize,
    options: Options,
) -> Rendered {
    let mut rows = Vec::new();
    let from = if first == 0 {
        rows.push(head(
            &fence.language(bytes),
            fence.start..fence.content.start,
            options.width,
            &[],
        ));
        fence.content.start
    } else {
        chunk.start
    };
    let to = chunk.end.min(fence.content.end);
    for (line, range) in (first..).zip(lines(bytes, from..to, fence.indent)) {
        let place = CodeLine {
            block: fence.start,
            line,
            start: range.start,
        };
        push_line(bytes, range, place, options.width, &[], &mut rows);
    }
    if chunk.last && fence.closed {
        rows.push(foot(to..chunk.end, options.width, &[]));
    }
    Rendered {
        rows,
        links: Vec::new(),
        code: Vec::new(),
    }
}

/// The rule above a block, with its language in it.
pub(super) fn head(language: &str, raw: Range<usize>, width: usize, before: &[Piece]) -> Row {
    let name = text::visible_line(language);
    let rule = if name.is_empty() || width < 8 {
        "─".repeat(width)
    } else {
        let name = text::fit(&name, width - 6).into_owned();
        let used = text::width(&name) + 4;
        format!("── {name} {}", "─".repeat(width.saturating_sub(used)))
    };
    rule_row(rule, raw, before)
}

/// The rule below a block.
pub(super) fn foot(raw: Range<usize>, width: usize, before: &[Piece]) -> Row {
    rule_row("─".repeat(width), raw, before)
}

pub(super) fn rule_row(rule: String, raw: Range<usize>, before: &[Piece]) -> Row {
    let mut pieces = before.to_vec();
    pieces.push(Piece {
        text: rule,
        raw: raw.start,
        exact: false,
        look: Look::of(Role::Mark),
    });
    for piece in &mut pieces {
        piece.raw = raw.start;
    }
    Row {
        pieces,
        start: raw.start,
        end: raw.end,
        code: None,
    }
}

/// The rows of a line of code.
pub(super) fn push_line(
    bytes: &[u8],
    range: Range<usize>,
    place: CodeLine,
    width: usize,
    before: &[Piece],
    rows: &mut Vec<Row>,
) {
    let mut flow = Flow::default();
    flow.push(&bytes[range.clone()], range.start, Look::of(Role::Block));
    let mut wrapped = flow.rows(width.max(1), before, before);
    for row in &mut wrapped {
        row.code = Some(place);
    }
    rows.extend(wrapped);
}
