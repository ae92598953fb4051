//! Compares a GGUF's tokenisation with the original tokenizer's.
//!
//! Many published conversions name the wrong pre-tokenizer, and nothing says so: the text is
//! merely cut differently than in training. The original `tokenizer.json` is the reference.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, anyhow};
use tokenizers::Tokenizer;

use super::TokensOptions;
use crate::cli::{ExitStatus, Failure};
use crate::inference::TokenizedPiece;
use crate::text;
use crate::text::columns;
use crate::words::commands::tokens as words;
use crate::words::{Phrase, common};

/// Differing places that are shown of one text, and of all.
const SHOWN_OF_ONE: usize = 3;
const SHOWN: usize = 12;
/// Characters of the text that are shown at a place.
const AROUND: usize = 32;

/// The original tokenizer.
pub struct Original {
    tokenizer: Tokenizer,
    file: String,
    add_special: bool,
}

/// How one text is cut by the original.
struct Cut {
    ids: Vec<u32>,
    /// Bytes of the text; tokens that share a character share its bytes.
    spans: Vec<Range<usize>>,
}

impl Original {
    /// # Errors
    /// The file cannot be read, or is no `tokenizer.json`.
    pub fn load(file: &Path, options: &TokensOptions) -> anyhow::Result<Self> {
        let shown = text::visible_line(&file.display().to_string()).into_owned();
        // Read here: the package would call a missing file a broken one.
        let bytes = std::fs::read(file).with_context(|| common::cannot_read(&shown))?;
        let mut tokenizer = Tokenizer::from_bytes(&bytes)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| words::no_tokenizer(&shown))?;
        // What only looks like a special token is text, on both sides or on none.
        tokenizer.set_encode_special_tokens(!options.parse_special);
        Ok(Self {
            tokenizer,
            file: shown,
            add_special: options.add_bos,
        })
    }

    fn cut(&self, input: &str) -> anyhow::Result<Cut> {
        let encoding = self
            .tokenizer
            .encode(input, self.add_special)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| words::cannot_encode(&self.file))?;
        let mut ids = encoding.get_ids().to_vec();
        let mut spans: Vec<Range<usize>> = encoding
            .get_offsets()
            .iter()
            .map(|&(start, end)| start..end)
            .collect();
        // Some end a text with a token of their own; the GGUF's side only begins with one.
        let added = encoding.get_special_tokens_mask();
        while self.add_special && ids.len() > 1 && added.get(ids.len() - 1) == Some(&1) {
            ids.pop();
            spans.pop();
        }
        Ok(Cut { ids, spans })
    }
}

/// Compares text after text, and tells where they differ.
pub struct Comparison<'a, W> {
    original: &'a Original,
    out: &'a mut W,
    texts: usize,
    bytes: usize,
    tokens: usize,
    /// Names of the texts that differ.
    different: Vec<String>,
    places: usize,
    shown: usize,
}

impl<'a, W: Write> Comparison<'a, W> {
    pub fn new(original: &'a Original, out: &'a mut W) -> Self {
        Self {
            original,
            out,
            texts: 0,
            bytes: 0,
            tokens: 0,
            different: Vec::new(),
            places: 0,
            shown: 0,
        }
    }

    /// Compares `ours`, the GGUF's tokens of a text, with the original's.
    ///
    /// # Errors
    /// The original cannot encode it, or the report cannot be written.
    pub fn add(
        &mut self,
        name: Phrase,
        input: &str,
        ours: &[TokenizedPiece],
    ) -> anyhow::Result<()> {
        let theirs = self.original.cut(input)?;
        let ids: Vec<u32> = ours.iter().map(|token| token.id.0).collect();
        self.texts += 1;
        self.bytes += input.len();
        self.tokens += ids.len();
        if ids == theirs.ids {
            return Ok(());
        }
        let says = words::differs(name, ids.len(), theirs.ids.len());
        writeln!(self.out, "{says}")?;
        self.different.push(name.into());
        for (index, difference) in differences(&ids, &theirs.ids).enumerate() {
            self.places += 1;
            if index < SHOWN_OF_ONE && self.shown < SHOWN {
                self.shown += 1;
                self.place(input, ours, &theirs, &difference)?;
            }
        }
        Ok(())
    }

    fn place(
        &mut self,
        input: &str,
        ours: &[TokenizedPiece],
        theirs: &Cut,
        difference: &Difference,
    ) -> io::Result<()> {
        let at = theirs
            .spans
            .get(difference.theirs.start)
            .map_or(input.len(), |span| span.start);
        let line = input[..at].matches('\n').count() + 1;
        let around: String = input[at..].chars().take(AROUND).collect();
        let says = words::place(at, line, text::visible_line(&around));
        writeln!(self.out, "{says}")?;
        let pieces = |tokens: &[(String, u32)]| {
            let named = tokens.iter().map(|(piece, id)| format!("{piece} ({id})"));
            match tokens.len() {
                0 => words::NOTHING.into(),
                _ => named.collect::<Vec<_>>().join("  "),
            }
        };
        let ours: Vec<_> = ours[difference.ours.clone()]
            .iter()
            .map(|token| (text::visible_piece(&token.bytes), token.id.0))
            .collect();
        let range = difference.theirs.clone();
        let theirs: Vec<_> = theirs.ids[range.clone()]
            .iter()
            .zip(&theirs.spans[range])
            .map(|(&id, span)| {
                let piece = input.as_bytes().get(span.clone()).unwrap_or_default();
                (text::visible_piece(piece), id)
            })
            .collect();
        let label = |label: &str| columns::left(label, 8);
        writeln!(self.out, "    {}  {}", label("GGUF"), pieces(&ours))?;
        let original = label(&words::ORIGINAL);
        writeln!(self.out, "    {original}  {}", pieces(&theirs))
    }

    /// Says how it went.
    ///
    /// # Errors
    /// There were differences, or the report cannot be written.
    pub fn finish(self) -> anyhow::Result<()> {
        if self.different.is_empty() {
            let says = match self.texts {
                1 => words::same(self.tokens, self.bytes),
                texts => words::same_in(self.tokens, self.bytes, texts),
            };
            writeln!(self.out, "{says}")?;
            self.out.flush()?;
            return Ok(());
        }
        if self.places > self.shown {
            writeln!(self.out, "{}", words::more_places(self.places - self.shown))?;
        }
        self.out.flush()?;
        let (file, places) = (&self.original.file, self.places);
        let message = match self.texts {
            1 => words::one_differs(file, places),
            texts => words::some_differ(self.different.len(), texts, file, places),
        };
        Err(Failure::new(ExitStatus::Failed, message)
            .hint(words::WHAT_IS_WRONG)
            .into())
    }
}

/// A stretch where the two disagree.
#[derive(Debug, PartialEq, Eq)]
struct Difference {
    ours: Range<usize>,
    theirs: Range<usize>,
}

/// Stretches that differ, found by looking ahead for the next common pair of tokens.
fn differences<'a>(ours: &'a [u32], theirs: &'a [u32]) -> impl Iterator<Item = Difference> + 'a {
    const LOOK_AHEAD: usize = 64;
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < ours.len() && j < theirs.len() && ours[i] == theirs[j] {
            i += 1;
            j += 1;
        }
        if i >= ours.len() && j >= theirs.len() {
            return None;
        }
        let start = (i, j);
        let meets = |a: usize, b: usize| {
            let pair = |ids: &'a [u32], at: usize| ids.get(at..at + 2);
            pair(ours, a).is_some_and(|ids| Some(ids) == pair(theirs, b))
                // At the very end one token is enough.
                || a + 1 == ours.len() && b + 1 == theirs.len() && ours[a] == theirs[b]
        };
        let meeting = (1..2 * LOOK_AHEAD)
            .flat_map(|sum| (0..=sum).map(move |a| (start.0 + a, start.1 + sum - a)))
            .find(|&(a, b)| meets(a, b));
        (i, j) = meeting.unwrap_or((ours.len(), theirs.len()));
        Some(Difference {
            ours: start.0..i,
            theirs: start.1..j,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(ours: &[u32], theirs: &[u32]) -> Vec<(Range<usize>, Range<usize>)> {
        differences(ours, theirs)
            .map(|it| (it.ours, it.theirs))
            .collect()
    }

    #[test]
    fn differences_name_the_stretches_that_disagree() {
        let ours = [1, 2, 9, 4, 5, 6, 7];
        let theirs = [1, 2, 3, 3, 4, 5, 6, 8];
        assert_eq!(found(&ours, &theirs), [(2..3, 2..4), (6..7, 7..8)]);
        assert_eq!(found(&[7, 1, 2], &[1, 2]), [(0..1, 0..0)]);
        assert_eq!(found(&[1, 2, 9], &[1, 3, 9]), [(1..2, 1..2)]);
    }

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(found(&[1, 2], &[1, 2]), []);
        assert_eq!(found(&[], &[]), []);
    }

    proptest! {
        #[test]
        fn what_lies_between_differences_is_the_same(
            ours in proptest::collection::vec(0_u32..4, 0..40),
            theirs in proptest::collection::vec(0_u32..4, 0..40),
        ) {
            let (mut i, mut j) = (0, 0);
            for (left, right) in found(&ours, &theirs) {
                prop_assert!(!left.is_empty() || !right.is_empty());
                prop_assert_eq!(&ours[i..left.start], &theirs[j..right.start]);
                (i, j) = (left.end, right.end);
            }
            prop_assert_eq!(&ours[i..], &theirs[j..]);
        }
    }
}
