//! UTF-8 that arrives in arbitrary pieces.

/// Decodes a stream of bytes into whole characters.
///
/// What comes out, put together, equals [`String::from_utf8_lossy`] of the whole stream,
/// however it was cut: a character split across tokens appears when it is complete, and an
/// invalid sequence becomes one U+FFFD.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Utf8Stream {
    /// The beginning of a character, at most 3 bytes between calls.
    tail: Vec<u8>,
}

impl Utf8Stream {
    /// A stream that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes and gives the characters that are complete now.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        self.tail.extend_from_slice(bytes);
        let mut out = String::with_capacity(self.tail.len());
        let mut taken = 0;
        loop {
            match std::str::from_utf8(&self.tail[taken..]) {
                Ok(text) => {
                    out.push_str(text);
                    self.tail.clear();
                    return out;
                }
                Err(error) => {
                    let valid = taken + error.valid_up_to();
                    out.push_str(&String::from_utf8_lossy(&self.tail[taken..valid]));
                    let Some(invalid) = error.error_len() else {
                        self.tail.drain(..valid);
                        return out;
                    };
                    out.push(char::REPLACEMENT_CHARACTER);
                    taken = valid + invalid;
                }
            }
        }
    }

    /// Ends the stream: U+FFFD for a character that was never completed, else nothing.
    pub fn finish(&mut self) -> String {
        let out = String::from_utf8_lossy(&self.tail).into_owned();
        self.tail.clear();
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_character_split_across_tokens_appears_once_it_is_complete() {
        let mut stream = Utf8Stream::new();
        let [a, b, c, d] = <[u8; 4]>::try_from("🦀".as_bytes()).unwrap();
        assert_eq!(stream.push(&[b'x', a]), "x");
        assert_eq!(stream.push(&[b]), "");
        assert_eq!(stream.push(&[c]), "");
        assert_eq!(stream.push(&[d, b'y']), "🦀y");
        assert_eq!(stream.finish(), "");
    }

    #[test]
    fn a_character_that_never_ends_is_replaced() {
        let mut stream = Utf8Stream::new();
        assert_eq!(stream.push(b"\xE2\x82"), "");
        assert_eq!(stream.push(b"A"), "\u{FFFD}A");
        assert_eq!(stream.push(b"\xF0\x9F\xA6"), "");
        assert_eq!(stream.finish(), "\u{FFFD}");
        assert_eq!(stream.finish(), "", "a finished stream starts anew");
    }

    /// Text with bytes damaged here and there, so that both kinds of input come often.
    fn damaged_text() -> impl Strategy<Value = Vec<u8>> {
        let damage = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
        (any::<String>(), damage).prop_map(|(text, damage)| {
            let mut bytes = text.into_bytes();
            for (index, byte) in damage {
                if !bytes.is_empty() {
                    let at = index.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        })
    }

    proptest! {
        #[test]
        fn any_cutting_equals_the_whole(
            bytes in prop_oneof![any::<Vec<u8>>(), damaged_text()],
            sizes in proptest::collection::vec(1_usize..6, 1..8),
        ) {
            let mut stream = Utf8Stream::new();
            let mut out = String::new();
            let mut rest = bytes.as_slice();
            for size in sizes.into_iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (now, later) = rest.split_at(size.min(rest.len()));
                out.push_str(&stream.push(now));
                prop_assert!(stream.tail.len() <= 3);
                rest = later;
            }
            out.push_str(&stream.finish());
            prop_assert_eq!(out, String::from_utf8_lossy(&bytes));
        }
    }
}
