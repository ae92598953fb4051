//! Cutting a text into chunks that can be rendered one by one.
//!
//! What a line does depends on it and on the lines before it, never on those after: a text that
//! grows keeps its chunks but the last. A chunk is a block or several of them, never a part of
//! one, unless the block is so long that rendering it again and again would be felt.

use std::ops::Range;

/// A chunk that reaches this size ends where a line begins that looks as if it stood alone.
const SOFT: usize = 8 << 10;
/// A chunk or a line of this size ends wherever it can.
const HARD: usize = 32 << 10;
/// Lines of code in a chunk.
const LINES: usize = 64;

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    pub start: usize,
    pub end: usize,
    /// An empty row stands before it.
    pub gap: bool,
    /// A stretch of a fenced code block: which one of [`Splitter::fences`], and how many of its
    /// lines lie before.
    pub code: Option<(usize, usize)>,
    /// It holds the block's last line.
    pub last: bool,
}

/// A fenced code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// Where its fence begins.
    pub start: usize,
    /// What is said of its language.
    pub info: Range<usize>,
    /// From its first line to the line break of its last.
    pub content: Range<usize>,
    /// Columns that the fence is indented, and the lines with it.
    pub indent: usize,
    mark: u8,
    len: usize,
    pub closed: bool,
}

/// What the lines up to here leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Text {
        start: usize,
        end: usize,
        gap: bool,
        /// The column at which the text of a list's items begins, where it is a list.
        list: Option<usize>,
        /// A fence within the list, by its mark and length.
        fence: Option<(u8, usize)>,
        blank: bool,
    },
    Code {
        start: usize,
        end: usize,
        gap: bool,
        first: usize,
        lines: usize,
    },
}

/// Cuts a text that may grow.
#[derive(Debug, Clone)]
pub struct Splitter {
    chunks: Vec<Chunk>,
    fences: Vec<Fence>,
    /// Chunks that stay as they are.
    settled: usize,
    /// Fences that complete lines opened.
    settled_fences: usize,
    /// The last of them, as complete lines left it.
    fence: Option<Fence>,
    open: Open,
    /// Where the first line begins that was not complete.
    at: usize,
    /// The line before was blank, or there was none.
    blank: bool,
}

impl Default for Splitter {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            fences: Vec::new(),
            settled: 0,
            settled_fences: 0,
            fence: None,
            open: Open::Nothing,
            at: 0,
            blank: false,
        }
    }
}

impl Splitter {
    /// For a text that begins at this byte, which begins a line.
    #[must_use]
    pub fn from(start: usize) -> Self {
        Self {
            at: start,
            ..Self::default()
        }
    }

    /// Takes in the whole text, of which it knows a beginning; gives the first chunk that is
    /// another than before.
    pub fn update(&mut self, bytes: &[u8]) -> usize {
        self.chunks.truncate(self.settled);
        self.fences.truncate(self.settled_fences);
        if let (Some(last), Some(fence)) = (self.fences.last_mut(), &self.fence) {
            *last = fence.clone();
        }
        let first = self.settled;
        while let Some(end) = line_end(bytes, self.at) {
            self.line(bytes, self.at..end);
            self.at = end;
        }
        self.settled = self.chunks.len();
        self.settled_fences = self.fences.len();
        self.fence = self.fences.last().cloned();
        let (open, blank) = (self.open, self.blank);
        if self.at < bytes.len() {
            self.line(bytes, self.at..bytes.len());
        }
        self.close();
        (self.open, self.blank) = (open, blank);
        first
    }

    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    #[must_use]
    pub fn fences(&self) -> &[Fence] {
        &self.fences
    }

    fn line(&mut self, bytes: &[u8], line: Range<usize>) {
        let text = trim_break(&bytes[line.clone()]);
        let (indent, rest) = indentation(text);
        if let Open::Code { .. } = self.open {
            self.code_line(line, indent, rest);
            return;
        }
        if rest.is_empty() {
            self.blank_line();
            return;
        }
        let in_list = match self.open {
            Open::Text { list, fence, .. } => list.map(|column| (column, fence)),
            _ => None,
        };
        if let Some((column, Some((mark, len)))) = in_list {
            // Within a fence of the list: all is code until it closes, or the list is left.
            if indent >= column.min(2) {
                let closes = fence(rest)
                    .is_some_and(|(of, this, info)| of == mark && this >= len && info.is_empty());
                self.extend(&line);
                if closes {
                    self.set_fence(None);
                }
                return;
            }
        }
        let inside = in_list.is_some_and(|(column, _)| indent >= column.min(2));
        let opens = fence(rest).filter(|_| indent <= 3 || inside);
        match opens {
            Some((mark, len, _)) if inside => {
                self.extend(&line);
                self.set_fence(Some((mark, len)));
                return;
            }
            Some((mark, len, info)) => {
                self.close();
                let blanks = rest[len..].len() - rest[len..].trim_ascii_start().len();
                let info_at = line.start + text.len() - rest.len() + len + blanks;
                self.open_code(line, indent, (mark, len), info_at..info_at + info.len());
                return;
            }
            None => {}
        }
        let heads = indent <= 3 && !inside && is_heading(rest);
        let marker = list_marker(rest).filter(|_| indent <= 3 || inside);
        let leaves = match self.open {
            Open::Text { list, blank, .. } => {
                heads || blank && list.is_some() && !inside && marker.is_none()
            }
            _ => false,
        };
        if leaves || self.is_full(line.start, indent, rest) {
            self.close();
        }
        if let Open::Nothing = self.open {
            self.open = Open::Text {
                start: line.start,
                end: line.end,
                gap: !self.chunks.is_empty() && (self.blank || heads),
                list: None,
                fence: None,
                blank: false,
            };
        }
        self.extend(&line);
        if let Open::Text { list, .. } = &mut self.open
            && !inside
            && let Some(width) = marker
        {
            *list = Some(indent + width);
        }
        if heads {
            self.close();
        }
        self.blank = false;
    }

    fn blank_line(&mut self) {
        match &mut self.open {
            Open::Text {
                list: Some(_),
                blank,
                ..
            } => *blank = true,
            Open::Text { .. } => self.close(),
            // Nothing is open; a line break before the first word says nothing.
            _ => {}
        }
        self.blank = true;
    }

    /// Adds a line to the text that is open.
    fn extend(&mut self, line: &Range<usize>) {
        if let Open::Text { end, blank, .. } = &mut self.open {
            *end = line.end;
            *blank = false;
        }
        self.blank = false;
    }

    /// Opens or closes a fence within the list that is open.
    fn set_fence(&mut self, set: Option<(u8, usize)>) {
        if let Open::Text { fence, .. } = &mut self.open {
            *fence = set;
        }
    }

    /// Whether the open chunk is so long that this line begins another.
    fn is_full(&self, at: usize, indent: usize, rest: &[u8]) -> bool {
        let Open::Text { start, .. } = self.open else {
            return false;
        };
        let len = at - start;
        // A table's row is nothing without its head.
        len >= HARD || len >= SOFT && indent == 0 && !rest.contains(&b'|')
    }

    fn open_code(
        &mut self,
        line: Range<usize>,
        indent: usize,
        (mark, len): (u8, usize),
        info: Range<usize>,
    ) {
        let gap = !self.chunks.is_empty() && self.blank;
        self.fences.push(Fence {
            start: line.start,
            info,
            content: line.end..line.end,
            indent,
            mark,
            len,
            closed: false,
        });
        self.open = Open::Code {
            start: line.start,
            end: line.end,
            gap,
            first: 0,
            lines: 0,
        };
        self.blank = false;
    }

    fn code_line(&mut self, line: Range<usize>, indent: usize, rest: &[u8]) {
        let Some(block) = self.fences.last_mut() else {
            return;
        };
        let closes = indent <= 3
            && fence(rest).is_some_and(|(mark, len, info)| {
                mark == block.mark && len >= block.len && info.is_empty()
            });
        block.closed = closes;
        if !closes {
            block.content.end = line.end;
        }
        let Open::Code {
            start,
            end,
            gap,
            first,
            lines,
        } = &mut self.open
        else {
            return;
        };
        if *lines == LINES && !closes {
            let next = Open::Code {
                start: line.start,
                end: line.end,
                gap: false,
                first: *first + *lines,
                lines: 1,
            };
            let done = Chunk {
                start: *start,
                end: *end,
                gap: *gap,
                code: Some((self.fences.len() - 1, *first)),
                last: false,
            };
            self.chunks.push(done);
            self.open = next;
            return;
        }
        *end = line.end;
        *lines += usize::from(!closes);
        if closes {
            self.close();
        }
        self.blank = false;
    }

    fn close(&mut self) {
        let chunk = match self.open {
            Open::Nothing => return,
            Open::Text {
                start, end, gap, ..
            } => Chunk {
                start,
                end,
                gap,
                code: None,
                last: true,
            },
            Open::Code {
                start,
                end,
                gap,
                first,
                ..
            } => Chunk {
                start,
                end,
                gap,
                code: Some((self.fences.len() - 1, first)),
                last: true,
            },
        };
        self.chunks.push(chunk);
        self.open = Open::Nothing;
    }
}

/// The end of the line that begins at `at`, its line break included; `None` while more of it
/// may come. A line that is far too long ends at a space.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    let window = &bytes[at..bytes.len().min(at + HARD)];
    if let Some(offset) = memchr::memchr(b'\n', window) {
        return Some(at + offset + 1);
    }
    if window.len() < HARD {
        return None;
    }
    let space = memchr::memrchr(b' ', window).map(|offset| offset + 1);
    let end = space
        .filter(|&offset| offset > HARD / 2)
        .unwrap_or_else(|| {
            // Between characters; what is no text is cut anywhere.
            let boundary = (HARD - 3..=HARD).rev().find(|&offset| {
                bytes
                    .get(at + offset)
                    .is_none_or(|byte| byte & 0xC0 != 0x80)
            });
            boundary.unwrap_or(HARD)
        });
    Some(at + end)
}

fn trim_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Columns of white space before the text, and the text.
fn indentation(line: &[u8]) -> (usize, &[u8]) {
    let mut columns = 0;
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => return (columns, &line[at..]),
        }
    }
    (columns, &[])
}

/// A fence's mark, its length, and what stands behind it.
fn fence(rest: &[u8]) -> Option<(u8, usize, &[u8])> {
    let mark = *rest.first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let len = rest.iter().take_while(|&&byte| byte == mark).count();
    let info = rest[len..].trim_ascii_end();
    let valid = len >= 3 && !(mark == b'`' && info.contains(&b'`'));
    valid.then(|| (mark, len, info.trim_ascii_start()))
}

fn is_heading(rest: &[u8]) -> bool {
    let level = rest.iter().take_while(|&&byte| byte == b'#').count();
    (1..=6).contains(&level) && matches!(rest.get(level), None | Some(b' ' | b'\t'))
}

/// The columns up to the text of a list's item.
fn list_marker(rest: &[u8]) -> Option<usize> {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let len = match rest.get(digits)? {
        b'-' | b'+' | b'*' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    matches!(rest.get(len), None | Some(b' ' | b'\t')).then_some(len + 1)
}
