//! In which stretches a long text is read, and which of its tokens are scored in each.

use std::ops::Range;

/// How a text that may be longer than the context is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Windowing {
    /// Stretches that do not overlap, of which the second half is scored: what
    /// `llama-perplexity` does. A beginning-of-sequence token takes the place of the first token
    /// of each.
    Halves { size: usize },
    /// Each token is scored once. A stretch begins `stride` tokens after the one before it, so
    /// that a token has at least `size - stride` tokens before it wherever the text has them.
    Sliding { size: usize, stride: usize },
}

/// A stretch of a text that is read at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Tokens of the text.
    pub read: Range<usize>,
    /// Those of them whose odds count; the rest is what they are foreseen from.
    pub scored: Range<usize>,
}

/// Divides a text whose length need not be known yet.
#[derive(Debug, Clone)]
pub struct Windows {
    windowing: Windowing,
    /// A beginning-of-sequence token that is not one of the text's comes before each stretch.
    begun: bool,
    /// Tokens up to which everything that will ever be is scored.
    done: usize,
}

impl Windows {
    /// `begun`: something that is no token of the text precedes each stretch and takes a place
    /// in it, so that even its first token can be foreseen.
    #[must_use]
    pub fn new(windowing: Windowing, begun: bool) -> Self {
        Self {
            windowing,
            begun,
            done: 0,
        }
    }

    /// The next stretch, where `available` tokens of the text are there and `ended` says whether
    /// these are all. `None`: more must come first, or nothing is left.
    pub fn next(&mut self, available: usize, ended: bool) -> Option<Window> {
        let window = match self.windowing {
            Windowing::Halves { size } => {
                // `first = n_ctx/2`: the token at that place foresees the first that counts.
                let end = self.done + size.max(2);
                (end <= available).then(|| Window {
                    read: self.done..end,
                    scored: self.done + size.max(2) / 2 + 1..end,
                })
            }
            Windowing::Sliding { size, stride } => {
                let room = size.max(2) - usize::from(self.begun);
                let stride = stride.clamp(1, room);
                let wanted = if self.done == 0 {
                    room
                } else {
                    self.done + stride
                };
                let end = wanted.min(available);
                let whole = wanted <= available || (ended && end > self.done);
                whole.then(|| Window {
                    read: end.saturating_sub(room)..end,
                    scored: self.done..end,
                })
            }
        }
        .filter(|window| !window.read.is_empty())?;
        self.done = window.read.end;
        Some(window)
    }

    /// The first token that a later stretch still reads: those before it need not be kept.
    #[must_use]
    pub fn needed_from(&self) -> usize {
        match self.windowing {
            Windowing::Halves { .. } => self.done,
            Windowing::Sliding { size, .. } => self.done.saturating_sub(size),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(windowing: Windowing, begun: bool, length: usize) -> Vec<Window> {
        let mut windows = Windows::new(windowing, begun);
        std::iter::from_fn(|| windows.next(length, true)).collect()
    }

    #[test]
    fn the_second_half_of_each_window_counts() {
        let windows = all(Windowing::Halves { size: 8 }, false, 20);
        assert_eq!(
            windows,
            [
                Window {
                    read: 0..8,
                    scored: 5..8
                },
                Window {
                    read: 8..16,
                    scored: 13..16
                }
            ]
        );
    }

    #[test]
    fn a_short_text_is_read_at_once() {
        let sliding = Windowing::Sliding {
            size: 512,
            stride: 256,
        };
        assert_eq!(
            all(sliding, true, 20),
            [Window {
                read: 0..20,
                scored: 0..20
            }]
        );
        assert_eq!(all(sliding, true, 0), []);
    }

    #[test]
    fn nothing_is_begun_before_its_tokens_are_there() {
        let sliding = Windowing::Sliding { size: 8, stride: 4 };
        let mut windows = Windows::new(sliding, false);
        assert_eq!(windows.next(7, false), None);
        assert_eq!(windows.next(8, false).unwrap().scored, 0..8);
        assert_eq!(windows.next(11, false), None);
        assert_eq!(windows.next(11, true).unwrap().scored, 8..11);
        assert_eq!(windows.next(11, true), None);
    }

    proptest! {
        #[test]
        fn sliding_scores_each_token_once_with_what_the_window_leaves_before_it(
            size in 2_usize..40,
            stride in 1_usize..60,
            begun: bool,
            length in 0_usize..300,
            pieces in proptest::collection::vec(1_usize..50, 1..8),
        ) {
            let windowing = Windowing::Sliding { size, stride };
            let mut windows = Windows::new(windowing, begun);
            let (mut available, mut found) = (0, Vec::new());
            let mut pieces = pieces.iter().cycle();
            loop {
                let needed = windows.needed_from();
                if let Some(window) = windows.next(available, available == length) {
                    prop_assert!(window.read.start >= needed, "it was given away before");
                    prop_assert!(window.read.len() + usize::from(begun) <= size);
                    let room = size - usize::from(begun);
                    let before = window.scored.start - window.read.start;
                    let least = (room - stride.min(room)).min(window.scored.start);
                    prop_assert!(before >= least, "{before} of {least} before {window:?}");
                    found.push(window);
                } else if available == length {
                    break;
                } else {
                    available = (available + pieces.next().unwrap()).min(length);
                }
            }
            let scored: Vec<_> = found.iter().flat_map(|window| window.scored.clone()).collect();
            prop_assert_eq!(scored, (0..length).collect::<Vec<_>>());
            prop_assert_eq!(found, all(windowing, begun, length));
        }

        #[test]
        fn halves_score_as_many_as_llama_perplexity_counts(size in 2_usize..40, length in 0_usize..300) {
            let windows = all(Windowing::Halves { size }, false, length);
            prop_assert_eq!(windows.len(), length / size);
            let counted: usize = windows.iter().map(|window| window.scored.len()).sum();
            // `count += n_ctx - first - 1` for each chunk.
            prop_assert_eq!(counted, length / size * (size - size / 2 - 1));
        }
    }
}
