//! What a seed draws, and which token that falls on.
//!
//! ```text
//!  0           0.5      0.8   1
//!  |--- ·the ---|-- ·a --|----|      the odds after the samplers, best first
//!                  ^ 0.61            the draw: ·a is chosen, 0.11 from where ·the would be
//! ```

use std::ops::Range;

use limpid::inference::{Candidate, SamplerLink, TokenId, TokenTrace};

use super::support::{Answer, TOLERANCE};

/// How far the odds that are recorded, as f32, may be from those that were drawn from.
const ROUNDING: f64 = 1e-5;

const WORDS: usize = 624;

/// The numbers from 0 to 1 that llama.cpp draws, one for each token: of a Mersenne twister
/// (`std::mt19937`), two words for a number (`std::uniform_real_distribution<double>`).
pub struct Draws {
    state: [u32; WORDS],
    at: usize,
}

impl Draws {
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; WORDS];
        for at in 1..WORDS {
            let before = state[at - 1] ^ (state[at - 1] >> 30);
            state[at] = before.wrapping_mul(1_812_433_253).wrapping_add(at as u32);
        }
        Self { state, at: WORDS }
    }

    fn word(&mut self) -> u32 {
        if self.at == WORDS {
            for at in 0..WORDS {
                let next = self.state[(at + 1) % WORDS];
                let mixed = (self.state[at] & 0x8000_0000) | (next & 0x7fff_ffff);
                let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[at] = self.state[(at + 397) % WORDS] ^ (mixed >> 1) ^ odd;
            }
            self.at = 0;
        }
        let mut word = self.state[self.at];
        self.at += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }
}

impl Iterator for Draws {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let (low, high) = (f64::from(self.word()), f64::from(self.word()));
        let words = 2_f64.powi(32);
        Some((low + high * words) / (words * words))
    }
}

/// The part of 0..1 that belongs to a token; `None` where the samplers dropped it. All that they
/// left must be among the candidates.
fn part_of(trace: &TokenTrace, id: TokenId) -> Option<Range<f64>> {
    let odds = |candidate: &Candidate| f64::from(candidate.final_probability);
    let all: f64 = trace.candidates.iter().map(odds).sum();
    assert!(
        (all - 1.0).abs() < ROUNDING,
        "candidates are missing: {all}"
    );
    let place = trace.candidates.iter().position(|it| it.id == id)?;
    let start = trace.candidates[..place].iter().map(odds).sum();
    let end = start + odds(&trace.candidates[place]);
    (end > start).then_some(start..end)
}

/// Whether a draw falls on the token that was chosen.
fn is_drawn(trace: &TokenTrace, draw: f64) -> bool {
    part_of(trace, trace.id)
        .is_some_and(|part| part.start - ROUNDING <= draw && draw <= part.end + ROUNDING)
}

/// Whether a draw falls so close to where a token would be chosen that odds which differ within
/// `tolerance` (nats, at this temperature) choose it. All logits below the boundary may be too low
/// by that much and all above it too high, which moves it by twice that in log-odds.
fn could_fall_on(
    trace: &TokenTrace,
    id: TokenId,
    draw: f64,
    tolerance: f64,
    temperature: f64,
) -> bool {
    let Some(part) = part_of(trace, id) else {
        return false;
    };
    let log_odds = |place: f64| (place / (1.0 - place).max(0.0)).ln();
    let reach = 2.0 * tolerance / temperature;
    let (draw, start, end) = (log_odds(draw), log_odds(part.start), log_odds(part.end));
    start - reach <= draw && draw <= end + reach
}

/// Each token of an answer is the one that the seed's draw falls on.
pub fn assert_drawn(answer: &Answer, seed: u32) {
    for (place, (token, draw)) in answer.tokens.iter().zip(Draws::new(seed)).enumerate() {
        assert!(
            is_drawn(&token.trace, draw),
            "{draw} does not fall on token {place}: {:?}",
            token.trace
        );
    }
}

/// Compares two answers to one prompt that were drawn with one seed and computed in other batches.
/// Both are what was drawn; the log-probabilities are the same along the shared beginning; and
/// where they part, the draw falls close to the boundary between the two tokens.
pub fn assert_drawn_alike(one: &Answer, other: &Answer, seed: u32, temperature: f32) {
    assert_drawn(one, seed);
    assert_drawn(other, seed);
    for ((left, right), draw) in one.tokens.iter().zip(&other.tokens).zip(Draws::new(seed)) {
        let (left, right) = (&left.trace, &right.trace);
        if left.id != right.id {
            for (trace, id) in [(left, right.id), (right, left.id)] {
                assert!(
                    could_fall_on(trace, id, draw, TOLERANCE.into(), temperature.into()),
                    "{draw} is far from {id:?}: {trace:?}"
                );
            }
            return;
        }
        let difference = (left.logprob - right.logprob).abs();
        assert!(
            difference < TOLERANCE,
            "log-probabilities differ by {difference} nats"
        );
    }
    assert_eq!(one.tokens.len(), other.tokens.len());
}

/// A token that was chosen among those with these probabilities.
fn chosen(odds: &[f32], id: u32) -> TokenTrace {
    TokenTrace {
        id: TokenId(id),
        kind: limpid::inference::TokenKind::Text,
        text_len: 1,
        logprob: odds[id as usize].ln(),
        rank: None,
        entropy: None,
        outside: 0.0,
        state: limpid::inference::SamplerState::default(),
        candidates: (0..)
            .zip(odds)
            .map(|(id, &probability)| Candidate {
                id: TokenId(id),
                logprob: probability.ln(),
                final_probability: probability,
                link: SamplerLink::Kept,
            })
            .collect(),
    }
}

#[test]
fn the_twister_is_the_one_of_the_standard() {
    // "The 10000th consecutive invocation of a default-constructed object of type mt19937 is
    // required to produce the value 4123659995" ([rand.predef]); its default seed is 5489.
    let mut draws = Draws::new(5489);
    let word = (0..10_000).map(|_| draws.word()).last();
    assert_eq!(word, Some(4_123_659_995));
    assert!(
        Draws::new(7)
            .take(1000)
            .all(|draw| (0.0..1.0).contains(&draw))
    );
}

#[test]
fn a_draw_falls_on_one_token_and_close_to_a_boundary_on_either() {
    let odds = [0.5, 0.3, 0.2];
    for (draw, id) in [(0.1, 0), (0.61, 1), (0.9, 2)] {
        for other in 0..3 {
            assert_eq!(is_drawn(&chosen(&odds, other), draw), other == id);
        }
    }
    let near = |draw, id| could_fall_on(&chosen(&odds, 0), TokenId(id), draw, 0.1, 1.0);
    assert!(near(0.52, 0) && near(0.47, 1) && near(0.78, 2));
    assert!(!near(0.61, 0) && !near(0.4, 1) && !near(0.6, 2) && !near(0.3, 9));
    // A taken guess that was not drawn is found out, whatever the guess.
    let drawn = |draw: f64| (0..3).find(|&id| is_drawn(&chosen(&odds, id), draw));
    for guess in 0..3 {
        let wrong = Draws::new(1)
            .take(60)
            .filter(|&draw| drawn(draw) != Some(guess));
        assert!(wrong.count() > 20);
    }
}
