//! Names for conversations: ULIDs, 26 characters that sort by creation.
//!
//! Source of the format: <https://github.com/ulid/spec>: 48 bits of milliseconds since the Unix
//! epoch and 80 random bits, in Crockford's base 32.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::chat::ConversationId;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 26;
const RANDOM_BITS: u32 = 80;

/// A new id that sorts after `newest`, even where the clock was set back since.
#[must_use]
pub fn next(wall: u64, newest: Option<&ConversationId>) -> ConversationId {
    let after = newest.and_then(milliseconds).map_or(0, |time| time + 1);
    let time = u128::from(wall.max(after)) & 0xFFFF_FFFF_FFFF;
    encode(time << RANDOM_BITS | random_bits())
}

/// Whether a text is a ULID as this program writes them.
#[must_use]
pub fn is_ulid(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

/// The time in an id.
fn milliseconds(id: &ConversationId) -> Option<u64> {
    if !is_ulid(&id.0) {
        return None;
    }
    id.0.bytes().take(10).try_fold(0_u64, |time, byte| {
        let digit = ALPHABET.iter().position(|&known| known == byte)?;
        Some(time << 5 | digit as u64)
    })
}

fn encode(value: u128) -> ConversationId {
    let digits = (0..LENGTH).rev().map(|place| {
        let digit = (value >> (5 * place)) & 31;
        char::from(ALPHABET[digit as usize])
    });
    ConversationId(digits.collect())
}

/// The standard library seeds its hash maps from the system's randomness, anew for each thread
/// and counted up from there: enough for names that only have to differ.
fn random_bits() -> u128 {
    let draw = || RandomState::new().build_hasher().finish();
    (u128::from(draw()) << 64 | u128::from(draw())) >> (128 - RANDOM_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_format_and_differ() {
        let ids: std::collections::BTreeSet<_> =
            (0..1000).map(|_| next(1_700_000_000_000, None)).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| is_ulid(&id.0)));
    }

    #[test]
    fn the_time_is_read_back() {
        let id = next(1_700_000_000_123, None);
        assert_eq!(milliseconds(&id), Some(1_700_000_000_123));
    }

    #[test]
    fn a_clock_set_back_a_year_does_not_reorder() {
        let before = next(1_700_000_000_000, None);
        let after = next(1_700_000_000_000 - 31_536_000_000, Some(&before));
        assert!(after > before);
    }

    #[test]
    fn other_names_are_no_ids() {
        for text in [
            "",
            "latest",
            "01arz3ndektsv4rrffq69g5fav",
            "../../etc/passwd",
        ] {
            assert!(!is_ulid(text), "{text}");
        }
    }
}
