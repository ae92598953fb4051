//! An answer with its markup rendered: how high each chunk is, and the rows of those that are
//! seen.
//!
//! Rows are made of a chunk's bytes whenever they are needed, and let go of when they are out
//! of the window: what stays of a chunk is a number.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::markdown::{Chunk, Look, Options, Piece, Rendered, Role, Row, Splitter, render};

/// The rendered form of one text at one width.
#[derive(Debug)]
pub struct Page {
    options: Options,
    splitter: Splitter,
    /// The first row of each chunk, and at last the number of rows.
    starts: Vec<u32>,
    kept: BTreeMap<usize, Rendered>,
    /// The raw byte at which it begins.
    start: usize,
    /// A bar stands before every row.
    aside: bool,
}

impl Page {
    /// Of a text from the byte `start` on.
    #[must_use]
    pub fn new(options: Options, start: usize) -> Self {
        Self {
            options,
            splitter: Splitter::from(start),
            starts: vec![0],
            kept: BTreeMap::new(),
            start,
            aside: false,
        }
    }

    /// As [`new`](Self::new), of what is set apart by a bar: two columns more than `options` say.
    #[must_use]
    pub fn aside(options: Options, start: usize) -> Self {
        Self {
            aside: true,
            ..Self::new(options, start)
        }
    }

    /// The raw byte at which it begins.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start
    }

    /// Takes in a text that may have grown: only what is new is rendered, and what was open.
    pub fn update(&mut self, bytes: &[u8]) {
        let first = self.splitter.update(bytes);
        self.starts.truncate(first + 1);
        self.kept.split_off(&first);
        let mut rows = self.starts.last().copied().unwrap_or(0);
        let mut last = None;
        for (index, chunk) in self.splitter.chunks().iter().enumerate().skip(first) {
            let rendered = rendered(bytes, &self.splitter, chunk, self.options, self.aside);
            rows += rendered.rows.len() as u32;
            self.starts.push(rows);
            last = Some((index, rendered));
        }
        // The end is what is looked at while it grows.
        self.kept.extend(last);
    }

    /// How many rows it has.
    #[must_use]
    pub fn height(&self) -> usize {
        self.starts.last().map_or(0, |&rows| rows as usize)
    }

    /// Has these rows at hand, and no others.
    pub fn show(&mut self, bytes: &[u8], rows: Range<usize>) {
        if rows.is_empty() {
            self.kept.clear();
            return;
        }
        let chunks = self.chunk_of(rows.start)..=self.chunk_of(rows.end - 1);
        self.kept.retain(|index, _| chunks.contains(index));
        for index in chunks {
            self.rendered(bytes, index);
        }
    }

    /// A row that is at hand, with the addresses that its links lead to.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<(&Row, &[String])> {
        let chunk = self.chunk_of(index);
        let rendered = self.kept.get(&chunk)?;
        let row = rendered.rows.get(index - self.starts[chunk] as usize)?;
        Some((row, &rendered.links))
    }

    /// The raw bytes that a row stands for.
    pub fn bytes_of_row(&mut self, bytes: &[u8], index: usize) -> Option<Range<usize>> {
        let chunk = self.chunk_of(index);
        let within = index - self.starts[chunk] as usize;
        let row = self.rendered(bytes, chunk)?.rows.get(within)?;
        Some(row.start..row.end)
    }

    /// The row that shows a raw byte.
    pub fn row_of_byte(&mut self, bytes: &[u8], raw: usize) -> usize {
        let chunks = self.splitter.chunks();
        let chunk = chunks.partition_point(|chunk| chunk.start <= raw);
        let chunk = chunk.saturating_sub(1);
        let rows = self.rendered(bytes, chunk).map_or(&[][..], |it| &it.rows);
        let within = rows.partition_point(|row| row.start <= raw);
        self.starts[chunk] as usize + within.saturating_sub(1)
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
        let fences = self.splitter.fences();
        if let Ok(index) = fences.binary_search_by_key(&start, |fence| fence.start) {
            let fence = &fences[index];
            let growing = open && !fence.closed;
            let lines = fence
                .lines(bytes, from)
                .filter(|line| !growing || memchr::memchr(b'\n', &bytes[line.end..]).is_some());
            return Some((fence.language(bytes), lines.take(most).collect()));
        }
        let last = self.splitter.chunks().len().checked_sub(1)?;
        let (chunk, code) = self.kept.iter().find_map(|(&chunk, rendered)| {
            let code = rendered.code.iter().find(|code| code.start == start)?;
            Some((chunk, code))
        })?;
        let mut lines = &code.lines[..];
        if open && chunk == last {
            // Its last line may go on.
            lines = lines.split_last().map_or(&[], |(_, others)| others);
        }
        let lines = lines.iter().filter(|line| line.start >= from).take(most);
        Some((code.language.clone(), lines.cloned().collect()))
    }

    fn chunk_of(&self, row: usize) -> usize {
        let after = self.starts.partition_point(|&start| start as usize <= row);
        let last = self.starts.len().saturating_sub(2);
        after.saturating_sub(1).min(last)
    }

    fn rendered(&mut self, bytes: &[u8], index: usize) -> Option<&Rendered> {
        let chunk = self.splitter.chunks().get(index)?;
        let (splitter, options, aside) = (&self.splitter, self.options, self.aside);
        let kept = self.kept.entry(index);
        Some(kept.or_insert_with(|| rendered(bytes, splitter, chunk, options, aside)))
    }
}

fn rendered(
    bytes: &[u8],
    splitter: &Splitter,
    chunk: &Chunk,
    options: Options,
    aside: bool,
) -> Rendered {
    let mut rendered = render(bytes, splitter, chunk, options);
    if aside {
        for row in &mut rendered.rows {
            set_apart(row);
        }
    }
    rendered
}

/// Puts a bar before a row, and its words in the colour of what is quoted.
fn set_apart(row: &mut Row) {
    for piece in &mut row.pieces {
        if piece.look.role == Role::Text {
            piece.look.role = Role::Quote;
        }
    }
    let bar = Piece {
        text: "│ ".to_owned(),
        raw: row.start,
        exact: false,
        look: Look {
            role: Role::Mark,
            ..Look::default()
        },
    };
    row.pieces.insert(0, bar);
}
