//! What is known of an answer's tokens: an outline of each at hand, and the rest where it is
//! looked at.
//!
//! A token with its candidates takes half a kilobyte of memory, and a conversation that was
//! opened from a file may have a million of them. So what a stored token's outline does not say
//! stays in the file: the first look reads the record that it is in, and
//! [`Conversation::let_go_of_traces`](super::Conversation::let_go_of_traces) forgets it again.

use std::fmt;
use std::ops::{Index, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::inference::{SamplerState, TokenId, TokenKind, TokenTrace};

/// What is at hand of every token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline {
    pub id: TokenId,
    pub kind: TokenKind,
    /// As in [`TokenTrace::text_len`].
    pub text_len: u32,
    /// Nats, as in [`TokenTrace::logprob`].
    pub logprob: f32,
    /// Nats, as in [`TokenTrace::entropy`].
    pub entropy: Option<f32>,
}

impl From<&TokenTrace> for Outline {
    fn from(trace: &TokenTrace) -> Self {
        Self {
            id: trace.id,
            kind: trace.kind,
            text_len: trace.text_len,
            logprob: trace.logprob,
            entropy: trace.entropy,
        }
    }
}

/// Where a record with traces stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TracePlace {
    /// The first byte of the line.
    pub at: u64,
    /// Its bytes.
    pub len: usize,
}

/// Reads traces back.
pub trait TraceSource: Send + Sync {
    /// Those of a record; `None` where it cannot be read any more, which the source reports.
    fn read(&self, place: TracePlace) -> Option<Vec<TokenTrace>>;
}

/// A conversation's file, as far as its traces are concerned.
pub struct TraceFile {
    source: Box<dyn TraceSource>,
    /// Tokens that were read and are held.
    held: AtomicUsize,
}

impl TraceFile {
    #[must_use]
    pub fn new(source: Box<dyn TraceSource>) -> Self {
        Self {
            source,
            held: AtomicUsize::new(0),
        }
    }

    /// Tokens that were read back and are in memory.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for TraceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TraceFile")
            .field("held", &self.held())
            .finish_non_exhaustive()
    }
}

/// One for each token of an answer, in order.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    slots: Vec<Slot>,
    parts: Vec<Part>,
}

/// An outline, packed.
#[derive(Debug, Clone, Copy)]
struct Slot {
    id: TokenId,
    /// Bytes that this token and those before it wrote.
    end: u32,
    logprob: f32,
    /// NaN where it is not known.
    entropy: f32,
    kind: TokenKind,
}

/// Tokens that follow each other.
#[derive(Debug, Clone)]
struct Part {
    /// The first one's index.
    start: usize,
    held: Held,
}

#[derive(Debug, Clone)]
enum Held {
    Here(Vec<TokenTrace>),
    Stored(Arc<Stored>),
}

#[derive(Debug)]
struct Stored {
    file: Arc<TraceFile>,
    place: TracePlace,
    read: OnceLock<Vec<TokenTrace>>,
}

impl Drop for Stored {
    fn drop(&mut self) {
        if let Some(read) = self.read.get() {
            self.file.held.fetch_sub(read.len(), Ordering::Relaxed);
        }
    }
}

impl Stored {
    fn held(file: Arc<TraceFile>, place: TracePlace) -> Held {
        Held::Stored(Arc::new(Self {
            file,
            place,
            read: OnceLock::new(),
        }))
    }

    /// The traces, read where they are not. What is not there any more, or has become another
    /// record, is as the outlines say.
    fn traces(&self, outlines: impl ExactSizeIterator<Item = Outline> + Clone) -> &[TokenTrace] {
        self.read.get_or_init(|| {
            let read = self.file.source.read(self.place).filter(|read| {
                let ids = read.iter().map(|trace| trace.id);
                ids.eq(outlines.clone().map(|outline| outline.id))
            });
            let traces = read.unwrap_or_else(|| outlines.map(bare).collect());
            self.file.held.fetch_add(traces.len(), Ordering::Relaxed);
            traces
        })
    }
}

/// A token of which nothing but its outline is known.
fn bare(outline: Outline) -> TokenTrace {
    TokenTrace {
        id: outline.id,
        kind: outline.kind,
        text_len: outline.text_len,
        logprob: outline.logprob,
        rank: None,
        entropy: outline.entropy,
        outside: 1.0,
        state: SamplerState::default(),
        candidates: Vec::new(),
    }
}

impl Traces {
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// What is at hand of a token.
    #[must_use]
    pub fn outline(&self, index: usize) -> Option<Outline> {
        let slot = self.slots.get(index)?;
        Some(Outline {
            id: slot.id,
            kind: slot.kind,
            text_len: slot.end - self.written_before(index),
            logprob: slot.logprob,
            entropy: (!slot.entropy.is_nan()).then_some(slot.entropy),
        })
    }

    /// What is at hand of the tokens in `range`, which must not go beyond the last.
    pub fn outlines(
        &self,
        range: Range<usize>,
    ) -> impl ExactSizeIterator<Item = Outline> + DoubleEndedIterator + Clone + '_ {
        range.map(|index| {
            self.outline(index)
                .expect("the range was said to end with the tokens")
        })
    }

    /// Bytes that the tokens before `index` wrote.
    #[must_use]
    pub fn written_before(&self, index: usize) -> u32 {
        self.slots[..index].last().map_or(0, |slot| slot.end)
    }

    /// All that is known of a token; read back where it is not in memory.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&TokenTrace> {
        if index >= self.slots.len() {
            return None;
        }
        let at = self.parts.partition_point(|part| part.start <= index);
        let at = at.checked_sub(1)?;
        self.part(at).get(index - self.parts[at].start)
    }

    fn part(&self, at: usize) -> &[TokenTrace] {
        let part = &self.parts[at];
        match &part.held {
            Held::Here(traces) => traces,
            Held::Stored(stored) => {
                let next = self.parts.get(at + 1);
                let end = next.map_or(self.slots.len(), |next| next.start);
                stored.traces(self.outlines(part.start..end))
            }
        }
    }

    /// All that is known of the tokens, read back as the iterator comes to them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &TokenTrace> + Clone {
        self.range(0..self.len())
    }

    /// As [`iter`](Self::iter), of those in `range`.
    pub fn range(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &TokenTrace> + Clone {
        range.filter_map(|index| self.get(index))
    }

    /// Puts tokens after the last.
    pub(super) fn extend(&mut self, traces: impl IntoIterator<Item = TokenTrace>) {
        let mut traces = traces.into_iter().peekable();
        if traces.peek().is_none() {
            return;
        }
        let start = self.slots.len();
        if !matches!(
            self.parts.last().map(|part| &part.held),
            Some(Held::Here(_))
        ) {
            self.parts.push(Part {
                start,
                held: Held::Here(Vec::new()),
            });
        }
        let Some(Part {
            held: Held::Here(here),
            ..
        }) = self.parts.last_mut()
        else {
            return;
        };
        for trace in traces {
            push(&mut self.slots, Outline::from(&trace));
            here.push(trace);
        }
    }

    /// Puts tokens after the last whose traces stay in their file.
    pub(super) fn extend_stored(
        &mut self,
        outlines: impl IntoIterator<Item = Outline>,
        file: &Arc<TraceFile>,
        place: TracePlace,
    ) {
        let start = self.slots.len();
        for outline in outlines {
            push(&mut self.slots, outline);
        }
        if self.slots.len() > start {
            self.parts.push(Part {
                start,
                held: Stored::held(Arc::clone(file), place),
            });
        }
    }

    /// Forgets what was read back.
    pub(super) fn let_go(&mut self) {
        for part in &mut self.parts {
            if let Held::Stored(stored) = &part.held
                && stored.read.get().is_some()
            {
                part.held = Stored::held(Arc::clone(&stored.file), stored.place);
            }
        }
    }

    /// Gives back the room that was kept for more.
    pub(super) fn shrink(&mut self) {
        self.slots.shrink_to_fit();
        self.parts.shrink_to_fit();
    }
}

fn push(slots: &mut Vec<Slot>, outline: Outline) {
    let before = slots.last().map_or(0, |slot| slot.end);
    slots.push(Slot {
        id: outline.id,
        end: before.saturating_add(outline.text_len),
        logprob: outline.logprob,
        entropy: outline.entropy.unwrap_or(f32::NAN),
        kind: outline.kind,
    });
}

impl Index<usize> for Traces {
    type Output = TokenTrace;

    fn index(&self, index: usize) -> &TokenTrace {
        self.get(index)
            .expect("an index is one of a token that is there")
    }
}

impl PartialEq for Traces {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl FromIterator<TokenTrace> for Traces {
    fn from_iter<T: IntoIterator<Item = TokenTrace>>(traces: T) -> Self {
        let mut made = Self::default();
        made.extend(traces);
        made
    }
}
