//! What is measured in the time that a stage has.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::contest::{Measured, Rules, Variant};
use super::stage::Stage;
use crate::inference::TokenId;

/// The part of a variant's time in which its text is judged, where it is.
const JUDGING: f64 = 0.3;

/// Of the speed at which a prompt is read, that at which a text is judged: each token's odds are
/// computed.
const JUDGING_SPEED: f64 = 0.6;

/// Tokens that are judged however long that takes: of fewer nobody could say anything.
const LEAST_TEXT: usize = 64;

/// The part of a variant's time in which it reads what comes before the tokens that are measured.
const DEEPENING: f64 = 0.4;

/// Tokens that come before them at most: few conversations have more.
const MOST_DEPTH: f64 = 4000.0;

/// That many tokens, or a multiple.
const DEPTH_STEP: f64 = 100.0;

/// What is known from the first look.
pub struct Known {
    pub measured: Measured,
    /// The text, or as much of it as could be read in all the time.
    pub text: Vec<TokenId>,
}

/// Turns of a length that lets each variant have several, or one behind many tokens.
pub fn rules<'a>(
    stage: Stage,
    variants: &[Variant],
    first: &'a Known,
    time: Duration,
    interrupted: &'a AtomicBool,
) -> Rules<'a> {
    let each = time.as_secs_f64() / variants.len().max(1) as f64;
    let prefill = first.measured.prefill.unwrap_or(1.0);
    let decode = first.measured.decode.unwrap_or(1.0);
    let depth = if stage.is_about_attention() {
        depth(
            prefill * each * DEEPENING,
            first.measured.model.context_limit,
        )
    } else {
        0
    };
    // In a turn the tokens before are read once, and what comes behind them several times.
    let (turn, repetitions) = if depth > 0 {
        (each / 2.0, 3)
    } else {
        (each / 3.0, 1)
    };
    let tokens = |speed: f64, most: u32| {
        let part = 0.4 / f64::from(repetitions);
        (speed * turn * part).clamp(4.0, f64::from(most)) as u32
    };
    let (prompt_tokens, decode_tokens) = match stage {
        Stage::PhysicalBatch => (
            variants
                .iter()
                .map(|variant| variant.load.ubatch_size)
                .max()
                .unwrap_or_default(),
            0,
        ),
        _ => (tokens(prefill, 512), tokens(decode, 128)),
    };
    let (text, time) = if stage.costs_quality() {
        let readable = (prefill * JUDGING_SPEED * each * JUDGING) as usize;
        let most = readable.max(LEAST_TEXT).min(first.text.len());
        (&first.text[..most], time.mul_f64(1.0 - JUDGING))
    } else {
        (&first.text[..0], time)
    };
    Rules {
        prompt_tokens,
        decode_tokens,
        depth,
        repetitions,
        time,
        text,
        interrupted,
    }
}

/// Tokens before those that are measured, where so many can be read, and the context becomes as
/// large as `limit`.
fn depth(readable: f64, limit: u32) -> u32 {
    // What is measured behind them needs room as well.
    let room = f64::from(limit) - 1024.0;
    let steps = readable.min(MOST_DEPTH).min(room) / DEPTH_STEP;
    (steps.floor() * DEPTH_STEP).max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tune::table::tests::outcome;
    use crate::inference::{LoadRequest, RequestId};

    fn known(prefill: f64, text: usize) -> Known {
        let Ok(mut measured) = outcome("", prefill, 100.0, None).result else {
            unreachable!("it was measured")
        };
        measured.model.context_limit = 8192;
        Known {
            measured,
            text: vec![TokenId(1); text],
        }
    }

    fn rules_of(stage: Stage, known: &Known, seconds: u64) -> (u32, usize, Duration) {
        let load = LoadRequest::new(RequestId(1), "m.gguf".into());
        let variant = Variant {
            label: String::new(),
            load,
        };
        let variants = [variant.clone(), variant.clone(), variant];
        let never = AtomicBool::new(false);
        let time = Duration::from_secs(seconds);
        let rules = rules(stage, &variants, known, time, &never);
        (rules.depth, rules.text.len(), rules.time)
    }

    #[test]
    fn a_text_is_read_as_far_as_there_is_time() {
        let book = known(500.0, 100_000);
        let (_, tokens, time) = rules_of(Stage::KvCache, &book, 18);
        // A third of 18 s, of which three tenths are for reading at three fifths of the speed.
        assert_eq!(tokens, 540);
        assert_eq!(time, Duration::from_millis(12_600));
        let (_, tokens, _) = rules_of(Stage::KvCache, &known(500.0, 430), 18);
        assert_eq!(tokens, 430, "all there is");
        let (_, tokens, _) = rules_of(Stage::Formats, &known(2.0, 430), 18);
        assert_eq!(tokens, LEAST_TEXT);
        assert_eq!(rules_of(Stage::Threads, &book, 18).1, 0);
    }

    #[test]
    fn what_attention_costs_is_measured_behind_as_many_tokens_as_time_allows() {
        let depth = |prefill, seconds| rules_of(Stage::KvCache, &known(prefill, 0), seconds).0;
        assert_eq!(depth(500.0, 18), 1200);
        assert_eq!(depth(500.0, 600), 4000);
        assert_eq!(depth(500.0, 1), 0);
        assert_eq!(
            rules_of(Stage::FlashAttention, &known(500.0, 0), 18).0,
            1200
        );
        assert_eq!(rules_of(Stage::Threads, &known(500.0, 0), 18).0, 0);
        let mut small = known(500.0, 0);
        small.measured.model.context_limit = 2048;
        assert_eq!(rules_of(Stage::KvCache, &small, 600).0, 1000);
        small.measured.model.context_limit = 256;
        assert_eq!(rules_of(Stage::KvCache, &small, 600).0, 0);
    }
}
