//! A chunk's text and the outlines of its tokens, read without the rest of its trace.
//!
//! The candidates of a token make nine tenths of a file. They stand behind what an outline
//! needs, so opening a conversation checks their record's sum and never looks at them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::columns::kind_of;
use super::wire::content;
use super::{CRC_KEY, VERSION, checksum};
use crate::chat::{MessageId, Outline};
use crate::inference::TokenId;

/// The type stands within this many bytes of a line's start, behind version and sequence.
const HEAD: usize = 64;
const CHUNK: &[u8] = br#""type":"chunk""#;
/// Quotes within a text are escaped, so this stands nowhere else.
const TRACE: &str = r#","trace":{"#;

/// As much of a chunk as is kept in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct ChunkOutline {
    pub sequence: u64,
    pub message: MessageId,
    pub content: Vec<u8>,
    pub tokens: Vec<Outline>,
}

#[derive(Deserialize)]
struct Head {
    v: u32,
    seq: u64,
    message: MessageId,
    text: Option<String>,
    bytes: Option<String>,
}

/// Reads the outline of a line without its end. `None` for what is no chunk, or none as this
/// program writes it: [`decode`](super::decode) tells what it is.
#[must_use]
pub fn outline(line: &[u8]) -> Option<ChunkOutline> {
    let head = &line[..line.len().min(HEAD)];
    if !head.windows(CHUNK.len()).any(|window| window == CHUNK) {
        return None;
    }
    let sum = line
        .len()
        .checked_sub(CRC_KEY.len() + r#"00000000"}"#.len())?;
    let (covered, found) = line.split_at(sum);
    if found != checksum(crc32fast::hash(covered)).as_bytes() {
        return None;
    }
    let at = memchr::memmem::find(covered, TRACE.as_bytes())?;
    let (head, trace) = (&covered[..at], &covered[at + TRACE.len()..]);
    let head: Head =
        serde_json::from_str(&format!("{}}}", std::str::from_utf8(head).ok()?)).ok()?;
    if head.v > VERSION {
        return None;
    }
    Some(ChunkOutline {
        sequence: head.seq,
        message: head.message,
        content: content(head.text, head.bytes).ok()?,
        tokens: tokens(trace)?,
    })
}

/// The outlines that a trace begins with.
fn tokens(trace: &[u8]) -> Option<Vec<Outline>> {
    let trace = trace.strip_prefix(br#""tokens":"#)?;
    let comma = trace.iter().take(12).position(|&byte| byte == b',')?;
    let n: usize = std::str::from_utf8(&trace[..comma]).ok()?.parse().ok()?;
    let mut rest = &trace[comma..];
    let ids = column::<4>(&mut rest, "ids", n)?;
    let kinds = column::<1>(&mut rest, "kinds", n)?;
    let lens = column::<4>(&mut rest, "lens", n)?;
    let logprobs = column::<4>(&mut rest, "logprobs", n)?;
    skip::<4>(&mut rest, "ranks", n)?;
    let entropies = column::<4>(&mut rest, "entropies", n)?;
    (0..n)
        .map(|index| {
            let entropy = f32::from_le_bytes(entropies[index]);
            Some(Outline {
                id: TokenId(u32::from_le_bytes(ids[index])),
                kind: kind_of(kinds[index][0]).ok()?,
                text_len: u32::from_le_bytes(lens[index]),
                logprob: f32::from_le_bytes(logprobs[index]),
                entropy: (!entropy.is_nan()).then_some(entropy),
            })
        })
        .collect()
}

/// Takes a column of `count` numbers of `N` bytes from the front, in base64.
fn skip<'a, const N: usize>(rest: &mut &'a [u8], name: &str, count: usize) -> Option<&'a [u8]> {
    let key = format!(r#","{name}":""#);
    let text = rest.strip_prefix(key.as_bytes())?;
    let len = count.checked_mul(N)?.div_ceil(3).checked_mul(4)?;
    let (text, behind) = text.split_at_checked(len)?;
    *rest = behind.strip_prefix(b"\"")?;
    Some(text)
}

fn column<const N: usize>(rest: &mut &[u8], name: &str, count: usize) -> Option<Vec<[u8; N]>> {
    let bytes = STANDARD.decode(skip::<N>(rest, name, count)?).ok()?;
    let (numbers, over) = bytes.as_chunks::<N>();
    (numbers.len() == count && over.is_empty()).then(|| numbers.to_vec())
}
