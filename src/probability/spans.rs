//! Words and sentences: what the odds of a text's tokens add up to.
//!
//! The probability of a word is that of all the tokens which write a part of it, one after the
//! other: ln p = Σ ln pₜ. Where a token crosses a boundary it counts on both sides, since
//! neither could have come without it; so the words' probabilities do not multiply to that of
//! the text, but each says what it took to write that word there.
//!
//! Boundaries are those of Unicode (UAX #29). White space around a word or sentence belongs to
//! neither, so that a token such as `·The` counts for the sentence that it begins alone.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A token, as far as its text goes.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanToken {
    /// The bytes of the text it wrote; empty for one that is no text.
    pub bytes: Range<usize>,
    /// Nats; `None` where it is not known.
    pub logprob: Option<f32>,
}

/// A stretch of a text, and how probable it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Of the text.
    pub bytes: Range<usize>,
    /// The tokens that write a part of it: a range of those that were given.
    pub tokens: Range<usize>,
    /// How many of them are text, at least 1.
    pub count: usize,
    /// The sum over its tokens, nats, at most 0.
    pub logprob: f64,
}

impl Span {
    /// How probable it was to come as a whole, 0..=1.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.logprob.exp()
    }

    /// The geometric mean of its tokens' probabilities, 0..=1: comparable between spans of
    /// different lengths.
    #[must_use]
    pub fn per_token(&self) -> f64 {
        (self.logprob / self.count as f64).exp()
    }
}

/// Neighbouring words that were all uncertain.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainRun {
    pub span: Span,
    /// The least probable of its words.
    pub weakest: Span,
}

/// The words of a text, in order. Those with a token of unknown odds are left out. The tokens
/// are in the order of the text.
#[must_use]
pub fn words(text: &[u8], tokens: &[SpanToken]) -> Vec<Span> {
    let lossy = Lossy::new(text);
    let words = lossy.text.unicode_word_indices();
    words
        .filter_map(|(start, word)| cover(lossy.raw(start..start + word.len()), tokens))
        .collect()
}

/// The sentences of a text, in order. Those with a token of unknown odds are left out. The
/// tokens are in the order of the text.
#[must_use]
pub fn sentences(text: &[u8], tokens: &[SpanToken]) -> Vec<Span> {
    let lossy = Lossy::new(text);
    let sentences = lossy.text.split_sentence_bound_indices();
    sentences
        .filter_map(|(start, sentence)| {
            let trimmed = sentence.trim();
            let lead = sentence.len() - sentence.trim_start().len();
            let start = start + lead;
            cover(lossy.raw(start..start + trimmed.len()), tokens)
        })
        .collect()
}

/// What a reader is to check first: runs of words that each had a probability under `below`,
/// with nothing but white space between them; that with the least probable word comes first.
///
/// A word counts by its whole probability and not by the mean of its tokens: a name of five
/// tokens is open at the first one, and the sureness of the other four, given that one, says
/// nothing about the name. A run is as sure as its weakest word: the sum over its words would
/// only put long runs first.
#[must_use]
pub fn least_certain(text: &[u8], tokens: &[SpanToken], below: f64) -> Vec<UncertainRun> {
    let mut runs: Vec<UncertainRun> = Vec::new();
    let mut last_end = None;
    for word in words(text, tokens) {
        if word.probability() >= below {
            last_end = None;
            continue;
        }
        let joins = last_end.is_some_and(|end: usize| {
            let between = text.get(end..word.bytes.start).unwrap_or(b"?");
            between.iter().all(|&byte| byte == b' ' || byte == b'\t')
        });
        last_end = Some(word.bytes.end);
        match runs.last_mut().filter(|_| joins) {
            Some(run) => {
                let bytes = run.span.bytes.start..word.bytes.end;
                if let Some(span) = cover(bytes, tokens) {
                    run.span = span;
                }
                if word.logprob < run.weakest.logprob {
                    run.weakest = word;
                }
            }
            None => runs.push(UncertainRun {
                span: word.clone(),
                weakest: word,
            }),
        }
    }
    runs.sort_by(|a, b| a.weakest.logprob.total_cmp(&b.weakest.logprob));
    runs
}

/// All of these tokens as one span, from the first one's bytes to the last one's. `None` where
/// none of them is text, or one is of unknown odds.
#[must_use]
pub fn stretch(tokens: &[SpanToken]) -> Option<Span> {
    cover(
        tokens.first()?.bytes.start..tokens.last()?.bytes.end,
        tokens,
    )
}

/// The span of these bytes; `None` where no token writes them, or one of unknown odds.
fn cover(bytes: Range<usize>, tokens: &[SpanToken]) -> Option<Span> {
    let first = tokens.partition_point(|token| token.bytes.end <= bytes.start);
    let last = tokens.partition_point(|token| token.bytes.start < bytes.end);
    let covering = tokens.get(first..last)?;
    let mut logprob = 0.0;
    let mut count = 0;
    for token in covering.iter().filter(|token| !token.bytes.is_empty()) {
        // Rounding can leave a log-probability a hair above 0.
        logprob += f64::from(token.logprob?.min(0.0));
        count += 1;
    }
    (count > 0).then_some(Span {
        bytes,
        tokens: first..last,
        count,
        logprob,
    })
}

/// Bytes as text, and the way back.
struct Lossy {
    text: String,
    /// Where chunks begin: in the text, and in the bytes.
    chunks: Vec<(usize, usize)>,
}

impl Lossy {
    fn new(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len());
        let mut chunks = vec![(0, 0)];
        let mut raw = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            raw += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                chunks.push((text.len(), raw));
                text.push(char::REPLACEMENT_CHARACTER);
                raw += chunk.invalid().len();
                chunks.push((text.len(), raw));
            }
        }
        Self { text, chunks }
    }

    /// The bytes of a stretch of the text.
    fn raw(&self, text: Range<usize>) -> Range<usize> {
        let of = |at: usize| {
            let chunk = self.chunks.partition_point(|&(text, _)| text <= at);
            let (text, raw) = self.chunks[chunk.saturating_sub(1)];
            raw + (at - text)
        };
        of(text.start)..of(text.end)
    }
}

#[cfg(test)]
mod tests;
