//! What a token's colour says.

use crate::config::ColorBy;
use crate::inference::ComparedOdds;
use crate::tui::colour;
use crate::words::Phrase;
use crate::words::tui::compare as words;

/// At this difference, bits, the scale ends.
const FAR_BITS: f32 = 4.0;

/// What the two maps are coloured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heat {
    /// What each model held of the token, as in a conversation.
    Own(ColorBy),
    /// How much less probable each model held it than the other.
    Difference,
    /// How far the two distributions are from each other.
    Divergence,
}

/// Which of the two maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    A,
    B,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}

impl Heat {
    /// The first one: a comparison without colours would tell little, so what is off elsewhere
    /// is on here.
    pub fn new(by: ColorBy) -> Self {
        Self::Own(match by {
            ColorBy::Off => ColorBy::Probability,
            by => by,
        })
    }

    /// What the next press of the key colours by: what compares comes after the probability.
    pub fn next(self) -> Self {
        match self {
            Self::Own(ColorBy::Probability) => Self::Difference,
            Self::Difference => Self::Divergence,
            Self::Divergence => Self::Own(colour::next(ColorBy::Probability)),
            Self::Own(by) => Self::Own(colour::next(by)),
        }
    }

    /// Its name, and what the two ends of the scale mean.
    pub fn legend(self) -> Option<(Phrase, (Phrase, Phrase))> {
        match self {
            Self::Own(by) => colour::ends(by).map(|ends| (colour::name(by), ends)),
            Self::Difference => Some((words::DIFFERENCE, (words::LESS_THAN_OTHER, words::NO_LESS))),
            Self::Divergence => Some((words::DIVERGENCE, (words::APART, words::ALIKE))),
        }
    }

    /// The place on the theme's scale, 0..=1.
    pub fn fraction(self, odds: &ComparedOdds, side: Side) -> Option<f32> {
        let bits = std::f32::consts::LOG2_E;
        match self {
            Self::Own(by) => {
                let own = match side {
                    Side::A => &odds.a,
                    Side::B => &odds.b,
                };
                colour::fraction_of(by, own.logprob, Some(own.rank), Some(own.entropy))
            }
            Self::Difference => {
                let less = match side {
                    Side::A => odds.difference(),
                    Side::B => -odds.difference(),
                };
                Some(1.0 - (less * bits / FAR_BITS).clamp(0.0, 1.0))
            }
            // The square root spreads the small divergences, which most are.
            Self::Divergence => {
                let apart = odds.divergence as f32 * bits / FAR_BITS;
                Some(1.0 - apart.sqrt().clamp(0.0, 1.0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::TokenOdds;

    fn odds(a: f32, b: f32, divergence: f64) -> ComparedOdds {
        let side = |logprob| TokenOdds {
            logprob,
            rank: 1,
            entropy: 0.0,
            best: Vec::new(),
        };
        ComparedOdds {
            a: side(a),
            b: side(b),
            divergence,
        }
    }

    #[test]
    fn models_that_agree_lie_at_the_good_end_of_the_scale() {
        let same = odds(0.0, 0.0, 0.0);
        for side in Side::BOTH {
            assert_eq!(Heat::Difference.fraction(&same, side), Some(1.0));
            assert_eq!(Heat::Divergence.fraction(&same, side), Some(1.0));
            assert_eq!(
                Heat::Own(ColorBy::Probability).fraction(&same, side),
                Some(1.0)
            );
            assert_eq!(Heat::Own(ColorBy::Off).fraction(&same, side), None);
        }
    }

    #[test]
    fn the_model_that_holds_a_token_for_likelier_is_higher_on_the_scale() {
        let apart = odds(-1.0, -9.0, 3.0);
        for heat in [Heat::Own(ColorBy::Probability), Heat::Difference] {
            assert!(heat.fraction(&apart, Side::A) > heat.fraction(&apart, Side::B));
        }
        assert_eq!(
            Heat::Divergence.fraction(&apart, Side::A),
            Heat::Divergence.fraction(&apart, Side::B)
        );
    }

    #[test]
    fn what_one_model_rules_out_is_at_the_ends() {
        let shut = odds(-1.0, f32::NEG_INFINITY, f64::INFINITY);
        assert_eq!(Heat::Difference.fraction(&shut, Side::A), Some(1.0));
        assert_eq!(Heat::Difference.fraction(&shut, Side::B), Some(0.0));
        assert_eq!(Heat::Divergence.fraction(&shut, Side::A), Some(0.0));
    }

    #[test]
    fn the_key_goes_through_every_colouring_and_comes_round() {
        let mut seen = vec![Heat::new(ColorBy::Off)];
        loop {
            let next = seen.last().unwrap().next();
            if next == seen[0] {
                break;
            }
            assert!(!seen.contains(&next), "{next:?} comes twice");
            seen.push(next);
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.contains(&Heat::Own(ColorBy::Off)));
    }
}
