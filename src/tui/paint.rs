//! The colours of code: which are known, and which are still to be found.
//!
//! Finding them is slow the first time, so another thread does it: code is drawn plain, line by
//! line as it is wanted a [`Job`] is made of it, and what comes back colours the next frame. Only
//! complete lines are asked for, each once.

use std::collections::HashMap;

use crate::chat::{ConversationId, MessageId, Session};
use crate::text::syntax::{Lines, Stretch, Syntaxes};
use crate::tui::transcript::Transcript;

/// A code block, by its message and the raw byte it begins at; of conversations that were shown
/// before, the number tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeId {
    shown: u64,
    message: MessageId,
    start: usize,
}

/// Lines whose colours are to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub code: CodeId,
    pub language: String,
    /// The number of the first of them.
    pub first: usize,
    pub lines: Vec<String>,
}

/// What was found of a [`Job`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Painted {
    pub code: CodeId,
    pub first: usize,
    pub lines: Vec<Vec<Stretch>>,
}

/// Blocks whose colours are remembered.
const BLOCKS: usize = 64;
/// Bytes of a block that are coloured; no one reads on in so much.
const BYTES: usize = 512 << 10;
/// Lines below the window that are asked for with it.
const AHEAD: usize = 64;

#[derive(Debug, Default)]
struct Block {
    /// Lines that were asked for, and the raw byte behind them.
    asked: usize,
    next: usize,
    lines: Vec<Vec<Stretch>>,
    used: u64,
}

/// The colours of the code that was seen last.
#[derive(Debug, Default)]
pub struct Paints {
    conversation: Option<ConversationId>,
    /// Counts the conversations that were shown.
    shown: u64,
    blocks: HashMap<CodeId, Block>,
    jobs: Vec<Job>,
    clock: u64,
}

impl Paints {
    /// Makes jobs of the code in the window that has no colours yet.
    pub fn want(&mut self, session: &Session, transcript: &Transcript) {
        let conversation = session.conversation();
        if self.conversation.as_ref() != Some(&conversation.id) {
            self.conversation = Some(conversation.id.clone());
            self.shown += 1;
            self.blocks.clear();
            self.jobs.clear();
        }
        self.clock += 1;
        for seen in transcript.code_seen() {
            let Some(node) = conversation.node(seen.message) else {
                continue;
            };
            let code = CodeId {
                shown: self.shown,
                message: seen.message,
                start: seen.start,
            };
            let block = self.blocks.entry(code).or_insert_with(|| Block {
                next: seen.start,
                ..Block::default()
            });
            block.used = self.clock;
            let most = (seen.last_line + AHEAD).saturating_sub(block.asked);
            if seen.last_line < block.asked || block.next - seen.start > BYTES {
                continue;
            }
            let open = node.answer.as_ref().is_some_and(|answer| answer.is_open());
            let Some((language, lines)) =
                transcript.code_lines(&node.content, &seen, block.next, most, open)
            else {
                continue;
            };
            let Some(last) = lines.last() else { continue };
            block.next = last.end.max(block.next) + 1;
            let first = block.asked;
            block.asked += lines.len();
            if language.is_empty() {
                continue;
            }
            let text = |line: &std::ops::Range<usize>| in_place(&node.content[line.clone()]);
            self.jobs.push(Job {
                code,
                language,
                first,
                lines: lines.iter().map(text).collect(),
            });
        }
        if self.blocks.len() > BLOCKS {
            let clock = self.clock;
            let mut used: Vec<u64> = self.blocks.values().map(|block| block.used).collect();
            used.sort_unstable();
            let oldest = used[used.len() - BLOCKS / 2];
            self.blocks
                .retain(|_, block| block.used >= oldest || block.used == clock);
        }
    }

    /// What is to be found now.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// Takes in what was found; whether anything is different now.
    pub fn learn(&mut self, painted: Painted) -> bool {
        let Some(block) = self.blocks.get_mut(&painted.code) else {
            return false;
        };
        let colourful = painted.lines.iter().any(|line| !line.is_empty());
        if block.lines.len() < painted.first {
            block.lines.resize(painted.first, Vec::new());
        }
        block.lines.truncate(painted.first);
        block.lines.extend(painted.lines);
        colourful
    }

    /// What a line of code is made of; empty where that is not known.
    #[must_use]
    pub fn line(&self, message: MessageId, start: usize, line: usize) -> &[Stretch] {
        let code = CodeId {
            shown: self.shown,
            message,
            start,
        };
        let block = self.blocks.get(&code);
        block
            .and_then(|block| block.lines.get(line))
            .map_or(&[], Vec::as_slice)
    }
}

/// A line as text of the same length: what is no text becomes question marks.
fn in_place(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// Finds colours, block by block; each goes on where its last line left off.
#[derive(Default)]
pub struct Painter {
    syntaxes: Option<Syntaxes>,
    blocks: HashMap<CodeId, Option<Lines>>,
}

impl Painter {
    pub fn paint(&mut self, job: &Job) -> Painted {
        // Read when the first code is there: most conversations have none.
        let syntaxes = self.syntaxes.get_or_insert_default();
        if job.first == 0 {
            if self.blocks.len() >= 4 * BLOCKS {
                self.blocks.clear();
            }
            self.blocks.insert(job.code, syntaxes.begin(&job.language));
        }
        let state = self.blocks.get_mut(&job.code).and_then(Option::as_mut);
        let lines = match state {
            Some(state) => job
                .lines
                .iter()
                .map(|line| state.next(syntaxes, line))
                .collect(),
            None => vec![Vec::new(); job.lines.len()],
        };
        Painted {
            code: job.code,
            first: job.first,
            lines,
        }
    }
}
