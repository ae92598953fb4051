//! From a chunk's markup to its rows.

mod inline;

use std::ops::Range;

use inline::OpenLink;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options as Syntax, Parser, Tag, TagEnd};

use super::code::{self, CodeBlock, language};
use super::flow::Flow;
use super::source::Source;
use super::split::{Chunk, Splitter};
use super::table::Table;
use super::{CodeLine, Look, Options, Piece, Rendered, Role, Row};
use crate::words::text as words;

/// Columns of text that indentation leaves at least; half of them where there are few.
const LEAST: usize = 12;

/// Makes the rows of a chunk of `bytes`; a pure function of the chunk's bytes and the options.
#[must_use]
pub fn render(bytes: &[u8], splitter: &Splitter, chunk: &Chunk, options: Options) -> Rendered {
    let options = Options {
        width: options.width.max(1),
        ..options
    };
    let mut rendered = match chunk.code {
        Some((fence, first)) => {
            code::render(bytes, chunk, &splitter.fences()[fence], first, options)
        }
        None => walk(bytes, chunk, options),
    };
    if rendered.rows.is_empty() {
        // What is no more than markup takes a row, so that every chunk has one.
        rendered.rows.push(Row::default());
    }
    if chunk.gap {
        rendered.rows.insert(0, Row::default());
    }
    for row in &mut rendered.rows {
        if row.pieces.is_empty() && row.end == 0 {
            (row.start, row.end) = (chunk.start, chunk.start);
        }
    }
    rendered
}

/// The code blocks within a chunk that is no code block itself.
pub(super) fn code_of(bytes: &[u8], chunk: &Chunk) -> Vec<CodeBlock> {
    let wide = Options {
        width: usize::from(u16::MAX),
        links: true,
    };
    walk(bytes, chunk, wide).code
}

fn walk(bytes: &[u8], chunk: &Chunk, options: Options) -> Rendered {
    let stretch = &bytes[chunk.start..chunk.end];
    let source = Source::new(stretch);
    let syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_MATH;
    let mut walker = Walker {
        bytes,
        base: chunk.start,
        source: &source,
        options,
        out: Rendered::default(),
        flow: Flow::default(),
        look: Look::default(),
        looks: Vec::new(),
        margins: Vec::new(),
        lists: Vec::new(),
        links: Vec::new(),
        table: None,
        code: None,
        depth: 0,
    };
    for (event, range) in Parser::new_ext(&source.text, syntax).into_offset_iter() {
        walker.event(event, range.start + chunk.start..range.end + chunk.start);
    }
    walker.flush();
    walker.out
}

/// What stands at the left of every row of a block.
struct Margin {
    /// Before its first row, until that is there.
    first: Option<Piece>,
    rest: Piece,
}

struct Walker<'a> {
    bytes: &'a [u8],
    /// Where the chunk begins.
    base: usize,
    source: &'a Source,
    options: Options,
    out: Rendered,
    flow: Flow,
    look: Look,
    looks: Vec<Look>,
    margins: Vec<Margin>,
    /// The next number of each list that is open; `None` has bullets.
    lists: Vec<Option<u64>>,
    links: Vec<OpenLink>,
    table: Option<Table>,
    /// The code block that is open: its language, and where it begins.
    code: Option<(String, usize, Vec<Range<usize>>)>,
    /// Margins of the last row.
    depth: usize,
}

impl Walker<'_> {
    fn event(&mut self, event: Event<'_>, raw: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, raw),
            Event::End(tag) => self.end(tag, raw),
            Event::Text(text) => self.text(&text, raw),
            Event::Code(text) => self.inline_code(&text, raw),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.written(raw, Look::of(Role::Formula));
            }
            Event::InlineHtml(text) if is_line_break(&text) => {
                self.flow.push_for("\n", raw, self.look);
            }
            // Footnotes are not switched on.
            Event::InlineHtml(_) | Event::FootnoteReference(_) => self.written(raw, self.look),
            Event::Html(_) => {
                // A line of it, with its break.
                let line = trim_end(self.bytes, raw);
                self.begin(line.start);
                self.written(line, self.look);
                self.flush();
            }
            Event::SoftBreak | Event::HardBreak => {
                // A break lies between words, wherever the parser sees it.
                self.flow.push_for("\n", raw, self.look);
            }
            Event::Rule => {
                self.flush();
                self.begin(raw.start);
                let (before, width) = self.margin();
                let rule = "─".repeat(width);
                let row = code::rule_row(rule, trim_end(self.bytes, raw), &before);
                self.out.rows.push(row);
            }
            Event::TaskListMarker(done) => {
                let mark = if done { "[x] " } else { "[ ] " };
                self.flow.push_for(mark, raw, Look::of(Role::Mark));
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, raw: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.put_on(|look| look.role = Role::Heading(level_of(level)));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                let bar = mark("│ ", raw.start);
                self.margins.push(Margin {
                    first: None,
                    rest: bar,
                });
                self.put_on(|look| look.role = Role::Quote);
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                self.item(raw.start);
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, raw.start, Vec::new()));
            }
            Tag::Table(alignments) => {
                self.flush();
                self.table = Some(Table::new(&alignments, raw));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.begin_row(raw);
                }
            }
            Tag::Emphasis => self.put_on(|look| look.emphasis = true),
            Tag::Strong => self.put_on(|look| look.strong = true),
            Tag::Strikethrough => self.put_on(|look| look.struck = true),
            Tag::Link { dest_url, .. } => self.open_link(&dest_url, raw.start, ""),
            Tag::Image { dest_url, .. } => self.open_link(&dest_url, raw.start, &words::IMAGE),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, raw: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.take_off();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.margins.pop();
                self.take_off();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                let empty = self
                    .margins
                    .last()
                    .is_some_and(|margin| margin.first.is_some());
                if empty {
                    self.flow.push_for("", trim_end(self.bytes, raw), self.look);
                    self.emit();
                }
                self.margins.pop();
            }
            TagEnd::CodeBlock => self.end_code(&raw),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.flow);
                if let Some(table) = &mut self.table {
                    table.cell(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.begin(raw.start);
                    let (before, width) = self.margin();
                    let rest = self.margin().0;
                    table.rows(width, &before, &rest, &mut self.out.rows);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.take_off(),
            TagEnd::Link | TagEnd::Image => self.close_link(raw.end),
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            _ => {}
        }
    }

    fn put_on(&mut self, change: impl FnOnce(&mut Look)) {
        self.looks.push(self.look);
        change(&mut self.look);
    }

    fn take_off(&mut self) {
        self.look = self.looks.pop().unwrap_or_default();
    }

    fn item(&mut self, start: usize) {
        let depth = self.lists.len();
        let text = match self.lists.last_mut() {
            Some(Some(number)) => {
                let text = format!("{number}. ");
                *number += 1;
                text
            }
            _ => ["• ", "◦ ", "▪ "][depth.saturating_sub(1) % 3].to_owned(),
        };
        let width = crate::text::width(&text);
        self.margins.push(Margin {
            first: Some(mark(&text, start)),
            rest: mark(&" ".repeat(width), start),
        });
    }

    fn end_code(&mut self, raw: &Range<usize>) {
        let Some((language, start, lines)) = self.code.take() else {
            return;
        };
        let lines = joined(self.bytes, lines);
        let first = lines.first().map_or(raw.end, |line| line.start);
        self.begin(start);
        let (before, width) = self.margin();
        let head = code::head(&language, start..first, width, &before);
        self.out.rows.push(head);
        let (before, _) = self.margin();
        for (number, line) in lines.iter().enumerate() {
            let place = CodeLine {
                block: start,
                line: number,
                start: line.start,
            };
            let rows = &mut self.out.rows;
            code::push_line(self.bytes, line.clone(), place, width, &before, rows);
        }
        let last = lines.last().map_or(start, |line| line.end);
        let end = trim_end(self.bytes, raw.clone()).end.max(last);
        self.out.rows.push(code::foot(last..end, width, &before));
        self.out.code.push(CodeBlock {
            start,
            language,
            lines,
            closed: true,
        });
    }

    /// Puts what was said into rows.
    fn flush(&mut self) {
        if !self.flow.is_empty() {
            if let Some(raw) = &self.flow.raw {
                self.begin(raw.start);
            }
            self.emit();
        }
    }

    fn emit(&mut self) {
        let flow = std::mem::take(&mut self.flow);
        let (first, width) = self.margin();
        let (rest, _) = self.margin();
        self.out.rows.extend(flow.rows(width, &first, &rest));
    }

    /// A block begins at a raw byte: after an empty row, where there is an empty line.
    fn begin(&mut self, start: usize) {
        let Some(last) = self.out.rows.last() else {
            return;
        };
        let end = last.end;
        if end >= start || !has_empty_line(&self.bytes[end..start]) {
            return;
        }
        // What has begun since is not left by the empty row.
        let depth = self.depth.min(self.margins.len());
        let around = self.margins[..depth].iter();
        let mut pieces: Vec<Piece> = around.map(|margin| margin.rest.clone()).collect();
        for piece in &mut pieces {
            piece.raw = end;
        }
        if pieces.iter().all(|piece| piece.text.trim().is_empty()) {
            pieces.clear();
        }
        self.out.rows.push(Row {
            pieces,
            start: end,
            end,
            code: None,
        });
    }

    /// What stands before the next row, and the columns that are left for it.
    fn margin(&mut self) -> (Vec<Piece>, usize) {
        let mut pieces: Vec<Piece> = self
            .margins
            .iter_mut()
            .map(|margin| margin.first.take().unwrap_or_else(|| margin.rest.clone()))
            .collect();
        self.depth = self.margins.len();
        let least = LEAST.min(self.options.width / 2);
        let width = |pieces: &[Piece]| -> usize {
            pieces
                .iter()
                .map(|piece| crate::text::width(&piece.text))
                .sum()
        };
        // What is nested too deep for the width loses its outer margins.
        while !pieces.is_empty() && width(&pieces) + least > self.options.width {
            pieces.remove(0);
        }
        let left = self.options.width - width(&pieces);
        (pieces, left)
    }
}

fn mark(text: &str, raw: usize) -> Piece {
    Piece {
        text: text.to_owned(),
        raw,
        exact: false,
        look: Look::of(Role::Mark),
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

fn is_line_break(html: &str) -> bool {
    matches!(
        html.to_ascii_lowercase().as_str(),
        "<br>" | "<br/>" | "<br />"
    )
}

/// The range without the white space at its end.
fn trim_end(bytes: &[u8], raw: Range<usize>) -> Range<usize> {
    let kept = bytes[raw.clone()].trim_ascii_end().len();
    raw.start..raw.start + kept
}

/// Whether there is a line of nothing, or of nothing but the marks of a quote.
fn has_empty_line(between: &[u8]) -> bool {
    let mut lines = between.split(|&byte| byte == b'\n');
    // The first and the last are parts of the blocks' own lines.
    lines.next();
    let lines: Vec<&[u8]> = lines.collect();
    lines.split_last().is_some_and(|(_, whole)| {
        whole.iter().any(|line| {
            line.iter()
                .all(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'\r'))
        })
    })
}

/// Lines whose parts follow one another in one line of the text are one.
fn joined(bytes: &[u8], parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        match lines.last_mut() {
            Some(last)
                if last.end <= part.start && !bytes[last.end..part.start].contains(&b'\n') =>
            {
                last.end = part.end;
            }
            _ => lines.push(part),
        }
    }
    lines
}
