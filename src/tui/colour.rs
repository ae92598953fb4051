//! Where a token stands on the theme's scale from improbable to probable.

use ratatui::text::{Line, Span};

use crate::chat::Traces;
use crate::config::{ColorBy, Part, Theme};
use crate::inference::TokenTrace;
use crate::probability::surprise_bits;
use crate::words::Phrase;
use crate::words::tui::colour as words;

/// At and above this entropy, bits, a choice counts as wide open.
const OPEN_BITS: f32 = 6.0;
/// At and above this surprise, bits, a token is at the end of the scale: one in a thousand.
const SURPRISING_BITS: f32 = 10.0;
/// At and beyond this rank a token counts as far off.
const FAR_RANK: f32 = 100.0;

/// 0 is the least expected, 1 the most; `None` where nothing is coloured, or it is not known.
#[must_use]
pub fn fraction(by: ColorBy, trace: &TokenTrace) -> Option<f32> {
    fraction_of(by, trace.logprob, trace.rank, trace.entropy)
}

/// As [`fraction`], of a token of an answer. Only its rank has to be looked up.
#[must_use]
pub fn fraction_at(by: ColorBy, traces: &Traces, index: usize) -> Option<f32> {
    let token = traces.outline(index)?;
    let rank = match by {
        ColorBy::Rank => traces.get(index)?.rank,
        _ => None,
    };
    fraction_of(by, token.logprob, rank, token.entropy)
}

/// As [`fraction`], of a log-probability and an entropy (nats), and of a rank, counted from 1.
#[must_use]
pub fn fraction_of(
    by: ColorBy,
    logprob: f32,
    rank: Option<u32>,
    entropy: Option<f32>,
) -> Option<f32> {
    match by {
        ColorBy::Off => None,
        // The square root spreads the lower half, in which the surprises lie.
        ColorBy::Probability => Some(logprob.exp().sqrt()),
        ColorBy::Entropy => {
            entropy.map(|nats| 1.0 - (nats * std::f32::consts::LOG2_E / OPEN_BITS).clamp(0.0, 1.0))
        }
        ColorBy::Surprise => Some(1.0 - (surprise_bits(logprob) / SURPRISING_BITS).clamp(0.0, 1.0)),
        ColorBy::Rank => {
            rank.map(|rank| 1.0 - ((rank.max(1) as f32).ln() / FAR_RANK.ln()).clamp(0.0, 1.0))
        }
    }
}

/// What the next press of the key colours by.
#[must_use]
pub fn next(by: ColorBy) -> ColorBy {
    match by {
        ColorBy::Off => ColorBy::Probability,
        ColorBy::Probability => ColorBy::Entropy,
        ColorBy::Entropy => ColorBy::Rank,
        ColorBy::Rank => ColorBy::Surprise,
        ColorBy::Surprise => ColorBy::Off,
    }
}

/// What tokens are coloured by, as it is told.
#[must_use]
pub fn name(by: ColorBy) -> Phrase {
    match by {
        ColorBy::Off => words::OFF,
        ColorBy::Probability => words::PROBABILITY,
        ColorBy::Entropy => words::ENTROPY,
        ColorBy::Rank => words::RANK,
        ColorBy::Surprise => words::SURPRISE,
    }
}

/// What the two ends of the scale mean.
#[must_use]
pub fn ends(by: ColorBy) -> Option<(Phrase, Phrase)> {
    match by {
        ColorBy::Off => None,
        ColorBy::Probability => Some((words::UNLIKELY, words::LIKELY)),
        ColorBy::Entropy => Some((words::OPEN, words::SETTLED)),
        ColorBy::Rank => Some((words::FAR, words::FIRST)),
        ColorBy::Surprise => Some((words::SURPRISING, words::EXPECTED)),
    }
}

/// The scale between what its ends mean, for a border.
#[must_use]
pub fn legend(theme: &Theme, by: Phrase, (low, high): (Phrase, Phrase)) -> Line<'static> {
    let dim = theme.style(Part::Dim);
    let mut line = Line::from(Span::styled(words::legend(by, low), dim));
    for style in theme.steps() {
        line.push_span(Span::styled("■", *style));
    }
    line.push_span(Span::styled(format!(" {high} "), dim));
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{SamplerState, TokenId, TokenKind};

    #[test]
    fn the_expected_is_at_the_top_of_every_scale() {
        let trace = |logprob: f32, entropy, rank| TokenTrace {
            state: SamplerState::default(),
            id: TokenId(1),
            kind: TokenKind::Text,
            text_len: 1,
            logprob,
            rank,
            entropy,
            outside: 0.0,
            candidates: Vec::new(),
        };
        let sure = trace(0.0, Some(0.0), Some(1));
        let odd = trace(-9.0, Some(9.0), Some(5000));
        for by in [
            ColorBy::Probability,
            ColorBy::Entropy,
            ColorBy::Rank,
            ColorBy::Surprise,
        ] {
            assert!(fraction(by, &sure).unwrap() > 0.99);
            assert!(fraction(by, &odd).unwrap() < 0.02);
        }
        assert_eq!(fraction(ColorBy::Off, &sure), None);
        assert_eq!(fraction(ColorBy::Rank, &trace(0.0, None, None)), None);
    }
}
