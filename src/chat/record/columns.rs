//! Traces as packed columns.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::MAX_CANDIDATES;
use crate::inference::{Candidate, SamplerLink, SamplerState, TokenId, TokenKind, TokenTrace};
use crate::words::chat::files as words;

/// The `trace` of a chunk, as the module's table says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Columns {
    tokens: usize,
    ids: String,
    kinds: String,
    lens: String,
    logprobs: String,
    ranks: String,
    entropies: String,
    outside: String,
    /// Files from before it was written have none, nor have answers that nothing is known of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    xtc: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    mirostat: String,
    counts: String,
    candidate_ids: String,
    candidate_logprobs: String,
    candidate_links: String,
    candidate_finals: String,
}

impl Columns {
    pub(super) fn pack(traces: &[TokenTrace]) -> Self {
        let kept = |trace: &TokenTrace| trace.candidates.len().min(MAX_CANDIDATES);
        let candidates = || {
            traces
                .iter()
                .flat_map(|trace| &trace.candidates[..kept(trace)])
        };
        Self {
            tokens: traces.len(),
            ids: numbers(traces.iter().map(|trace| trace.id.0.to_le_bytes())),
            kinds: numbers(traces.iter().map(|trace| [kind_number(trace.kind)])),
            lens: numbers(traces.iter().map(|trace| trace.text_len.to_le_bytes())),
            logprobs: numbers(traces.iter().map(|trace| trace.logprob.to_le_bytes())),
            ranks: numbers(
                traces
                    .iter()
                    .map(|trace| trace.rank.unwrap_or(0).to_le_bytes()),
            ),
            entropies: numbers(
                traces
                    .iter()
                    .map(|trace| trace.entropy.unwrap_or(f32::NAN).to_le_bytes()),
            ),
            outside: numbers(traces.iter().map(|trace| trace.outside.to_le_bytes())),
            xtc: known(
                traces,
                |trace| trace.state.xtc,
                |xtc| {
                    [match xtc {
                        None => 0,
                        Some(true) => 1,
                        Some(false) => 2,
                    }]
                },
            ),
            mirostat: known(
                traces,
                |trace| trace.state.mirostat_mu,
                |mu| upper_bytes(mu.unwrap_or(f32::NAN)),
            ),
            counts: numbers(traces.iter().map(|trace| [kept(trace) as u8])),
            candidate_ids: numbers(candidates().map(|candidate| candidate.id.0.to_le_bytes())),
            candidate_logprobs: numbers(
                candidates().map(|candidate| candidate.logprob.to_le_bytes()),
            ),
            candidate_links: numbers(candidates().map(|candidate| [candidate.link as u8])),
            candidate_finals: numbers(
                candidates()
                    .filter(|candidate| candidate.link == SamplerLink::Kept)
                    .map(|candidate| candidate.final_probability.to_le_bytes()),
            ),
        }
    }

    /// # Errors
    /// A column is not base64, or has not as many numbers as it should.
    pub(super) fn unpack(&self) -> Result<Vec<TokenTrace>, String> {
        let n = self.tokens;
        let ids = column::<4>("ids", &self.ids, n)?;
        let kinds = column::<1>("kinds", &self.kinds, n)?;
        let lens = column::<4>("lens", &self.lens, n)?;
        let logprobs = column::<4>("logprobs", &self.logprobs, n)?;
        let ranks = column::<4>("ranks", &self.ranks, n)?;
        let entropies = column::<4>("entropies", &self.entropies, n)?;
        let outside = column::<4>("outside", &self.outside, n)?;
        let counts = column::<1>("counts", &self.counts, n)?;
        let xtc = optional::<1>("xtc", &self.xtc, n)?;
        let mirostat = optional::<3>("mirostat", &self.mirostat, n)?;
        let state = |index: usize| SamplerState {
            xtc: match xtc.get(index) {
                Some([1]) => Some(true),
                Some([2]) => Some(false),
                _ => None,
            },
            mirostat_mu: mirostat
                .get(index)
                .map(|&[low, mid, high]| f32::from_le_bytes([0, low, mid, high]))
                .filter(|mu| !mu.is_nan()),
        };
        let mut candidates = self.candidates(&counts)?.into_iter();
        (0..n)
            .map(|index| {
                let rank = u32::from_le_bytes(ranks[index]);
                let entropy = f32::from_le_bytes(entropies[index]);
                Ok(TokenTrace {
                    state: state(index),
                    id: TokenId(u32::from_le_bytes(ids[index])),
                    kind: kind_of(kinds[index][0])?,
                    text_len: u32::from_le_bytes(lens[index]),
                    logprob: f32::from_le_bytes(logprobs[index]),
                    rank: (rank != 0).then_some(rank),
                    entropy: (!entropy.is_nan()).then_some(entropy),
                    outside: f32::from_le_bytes(outside[index]),
                    candidates: candidates
                        .by_ref()
                        .take(usize::from(counts[index][0]))
                        .collect(),
                })
            })
            .collect()
    }

    fn candidates(&self, counts: &[[u8; 1]]) -> Result<Vec<Candidate>, String> {
        let total = counts.iter().map(|&[count]| usize::from(count)).sum();
        let ids = column::<4>("candidate_ids", &self.candidate_ids, total)?;
        let logprobs = column::<4>("candidate_logprobs", &self.candidate_logprobs, total)?;
        let links = column::<1>("candidate_links", &self.candidate_links, total)?;
        let kept = links
            .iter()
            .filter(|&&[link]| link == SamplerLink::Kept as u8)
            .count();
        let mut finals = column::<4>("candidate_finals", &self.candidate_finals, kept)?.into_iter();
        (0..total)
            .map(|index| {
                let link = SamplerLink::from_u8(links[index][0])
                    .ok_or_else(|| words::no_sampler(links[index][0]))?;
                let final_probability = match link {
                    SamplerLink::Kept => finals.next().map_or(0.0, f32::from_le_bytes),
                    _ => 0.0,
                };
                Ok(Candidate {
                    id: TokenId(u32::from_le_bytes(ids[index])),
                    logprob: f32::from_le_bytes(logprobs[index]),
                    final_probability,
                    link,
                })
            })
            .collect()
    }
}

fn numbers<const N: usize>(values: impl Iterator<Item = [u8; N]>) -> String {
    STANDARD.encode(values.flatten().collect::<Vec<u8>>())
}

/// A column of what few answers have: empty where no token has it.
fn known<const N: usize, T>(
    traces: &[TokenTrace],
    of: impl Fn(&TokenTrace) -> Option<T>,
    write: impl Fn(Option<T>) -> [u8; N],
) -> String {
    if traces.iter().all(|trace| of(trace).is_none()) {
        return String::new();
    }
    numbers(traces.iter().map(|trace| write(of(trace))))
}

/// A number as its upper three bytes, rounded: within a part in 100,000, and a message stays
/// within its bytes a token.
fn upper_bytes(number: f32) -> [u8; 3] {
    let [_, low, mid, high] = number.to_bits().wrapping_add(0x80).to_le_bytes();
    [low, mid, high]
}

/// A column that may be missing.
fn optional<const N: usize>(name: &str, text: &str, count: usize) -> Result<Vec<[u8; N]>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    column(name, text, count)
}

fn column<const N: usize>(name: &str, text: &str, count: usize) -> Result<Vec<[u8; N]>, String> {
    let bytes = STANDARD
        .decode(text)
        .map_err(|error| words::bad_column(name, error))?;
    let (numbers, rest) = bytes.as_chunks::<N>();
    if numbers.len() != count || !rest.is_empty() {
        return Err(words::short_column(name, bytes.len(), count, N));
    }
    Ok(numbers.to_vec())
}

fn kind_number(kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Text => 0,
        TokenKind::Control => 1,
        TokenKind::EndOfGeneration => 2,
    }
}

pub(super) fn kind_of(number: u8) -> Result<TokenKind, String> {
    match number {
        0 => Ok(TokenKind::Text),
        1 => Ok(TokenKind::Control),
        2 => Ok(TokenKind::EndOfGeneration),
        _ => Err(words::no_kind(number)),
    }
}
