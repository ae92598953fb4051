//! Finds stop strings in a text that arrives in pieces.

/// Watches for stop strings across token boundaries.
///
/// Bytes that could be the beginning of a stop string are held back until more bytes settle
/// it; the caller sends only what was released.
#[derive(Debug, Default)]
pub(super) struct StopMatcher {
    stops: Vec<Vec<u8>>,
    /// Bytes seen and not yet released.
    held: Vec<u8>,
}

/// What a push settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This many of the held bytes, counted from the oldest, can no longer be part of a stop.
    Released(usize),
    /// A stop string begins after this many held bytes; what comes from there on is no part of
    /// the answer.
    Stopped { released: usize, stop: usize },
}

impl StopMatcher {
    /// A matcher for `stops`; empty ones never match.
    pub(super) fn new(stops: &[String]) -> Self {
        Self {
            stops: stops.iter().map(|stop| stop.as_bytes().to_vec()).collect(),
            held: Vec::new(),
        }
    }

    /// Takes the next bytes of the answer.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Verdict {
        // A stop string that was whole before these bytes would have ended the answer.
        let settled = self.held.len();
        self.held.extend_from_slice(bytes);
        let found = (0..self.stops.len())
            .filter_map(|stop| Some((self.position_of(stop, settled)?, stop)))
            .min();
        if let Some((released, stop)) = found {
            self.held.clear();
            return Verdict::Stopped { released, stop };
        }
        let released = self.held.len() - self.longest_beginning();
        self.held.drain(..released);
        Verdict::Released(released)
    }

    /// Where a stop string begins that ends after `settled` bytes.
    fn position_of(&self, stop: usize, settled: usize) -> Option<usize> {
        let stop = &self.stops[stop];
        if stop.is_empty() {
            return None;
        }
        let from = (settled + 1).saturating_sub(stop.len());
        let place = self.held[from..]
            .windows(stop.len())
            .position(|window| window == stop)?;
        Some(from + place)
    }

    /// Length of the longest tail of the held bytes that a stop string begins with.
    fn longest_beginning(&self) -> usize {
        let beginning = |stop: &Vec<u8>| {
            let longest = stop.len().saturating_sub(1).min(self.held.len());
            (1..=longest)
                .rev()
                .find(|&length| self.held.ends_with(&stop[..length]))
        };
        self.stops.iter().filter_map(beginning).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matcher(stops: &[&str]) -> StopMatcher {
        let stops: Vec<String> = stops.iter().map(|&stop| stop.to_owned()).collect();
        StopMatcher::new(&stops)
    }

    /// What a caller would send, and the stop string that ended it.
    fn answer(stops: &[&str], pieces: &[&str]) -> (String, Option<usize>) {
        let mut matcher = matcher(stops);
        let (mut sent, mut pending) = (String::new(), String::new());
        for piece in pieces {
            pending.push_str(piece);
            match matcher.push(piece.as_bytes()) {
                Verdict::Released(count) => sent.extend(pending.drain(..count)),
                Verdict::Stopped { released, stop } => {
                    sent.push_str(&pending[..released]);
                    return (sent, Some(stop));
                }
            }
        }
        (sent + &pending, None)
    }

    #[test]
    fn a_stop_string_across_three_pieces_is_found_and_cut() {
        assert_eq!(
            answer(&["END."], &["the E", "N", "D. rest"]),
            ("the ".into(), Some(0))
        );
    }

    #[test]
    fn what_only_looked_like_a_stop_string_is_sent_after_all() {
        assert_eq!(
            answer(&["END."], &["the E", "N", "DING"]),
            ("the ENDING".into(), None)
        );
    }

    #[test]
    fn a_beginning_is_held_back_until_it_is_settled() {
        let mut matcher = matcher(&["\n\nUser:"]);
        assert_eq!(matcher.push(b"hello\n"), Verdict::Released(5));
        assert_eq!(matcher.push(b"\n"), Verdict::Released(0));
        assert_eq!(matcher.push(b"U"), Verdict::Released(0));
        assert_eq!(matcher.push(b"p"), Verdict::Released(4));
    }

    #[test]
    fn the_stop_string_that_begins_first_wins() {
        assert_eq!(
            answer(&["cd", "bcd"], &["abcd"]),
            ("a".into(), Some(1)),
            "both end at the same byte"
        );
    }

    #[test]
    fn empty_stop_strings_stop_nothing() {
        assert_eq!(answer(&["", "x"], &["a", "bx"]), ("ab".into(), Some(1)));
        assert_eq!(answer(&[""], &["ab"]), ("ab".into(), None));
    }

    proptest! {
        #[test]
        fn no_stop_string_is_sent_however_the_text_is_cut(
            text in "[ab]{0,24}",
            stops in proptest::collection::vec("[ab]{1,4}", 1..4),
            cuts in proptest::collection::vec(1_usize..4, 24),
        ) {
            let stops: Vec<&str> = stops.iter().map(String::as_str).collect();
            let mut pieces = Vec::new();
            let mut rest = text.as_str();
            for cut in cuts {
                let (piece, after) = rest.split_at(cut.min(rest.len()));
                pieces.push(piece);
                rest = after;
            }
            pieces.push(rest);
            let (sent, stop) = answer(&stops, &pieces);
            prop_assert!(text.starts_with(&sent));
            match stop {
                // The text was cut where the stop string begins; none is whole before it.
                Some(stop) => prop_assert!(text[sent.len()..].starts_with(stops[stop])),
                None => prop_assert_eq!(&sent, &text),
            }
            for stop in stops {
                prop_assert!(!sent.contains(stop));
            }
        }
    }
}
