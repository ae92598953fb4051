//! The line after each answer: how fast it was, what of its prompt was computed, and why it ended.

use crate::chat::{Answer, AnswerState, show};
use crate::inference::{GenerationStats, StopReason};
use crate::words::{common, nouns, repl as words};

/// `64 tokens · 131 tok/s · first token 62 ms · prompt 83 (61 reused) · context 147/2048 · seed 7`
#[must_use]
pub fn line(stats: &GenerationStats) -> String {
    let mut parts = vec![nouns::TOKEN.count(stats.predicted_tokens.into(), stats.predicted_tokens)];
    if let Some(rate) = stats.predicted_per_second() {
        parts.push(format!("{rate:.1} tok/s"));
    }
    if stats.speculation.guessed > 0 {
        parts.push(words::guesses(
            stats.speculation.accepted,
            stats.speculation.guessed,
            stats.speculation.gain,
        ));
    }
    parts.push(words::first_token(duration(stats.ttft_ms)));
    let (prompt, restored) = (stats.prompt_tokens, stats.cache.restored);
    parts.push(match stats.cached_tokens {
        0 => words::prompt(prompt),
        cached if restored == 0 => words::prompt_reused(prompt, cached),
        cached if restored >= cached => words::prompt_from_disk(prompt, cached),
        cached => words::prompt_partly_from_disk(prompt, cached, restored),
    });
    parts.extend(stats.cache.again.map(words::computed_again));
    parts.push(words::context(stats.context_used, stats.context_size));
    parts.push(words::seed(stats.seed));
    parts.join(" · ")
}

/// How an answer ended, where the user should know it: not where it came to its own end, nor
/// where the session has told why it failed.
#[must_use]
pub fn ending(answer: &Answer) -> Option<String> {
    match &answer.state {
        AnswerState::Ended(StopReason::EndOfGeneration) | AnswerState::Failed(_) => None,
        state => Some(words::ended(show::ending(state))),
    }
}

/// What is said after an answer: how it ended, what it cost.
#[must_use]
pub fn spoken(answer: &Answer) -> String {
    let mut parts = Vec::new();
    if let Some(stats) = &answer.stats {
        parts.push(nouns::TOKEN.count(stats.predicted_tokens.into(), stats.predicted_tokens));
        if let Some(rate) = stats.predicted_per_second() {
            parts.push(words::tokens_a_second(rate));
        }
        parts.push(words::first_token_after(spoken_duration(stats.ttft_ms)));
        parts.extend(stats.cache.again.map(words::computed_again));
    }
    match &answer.state {
        AnswerState::Ended(StopReason::EndOfGeneration) => {}
        state => parts.push(show::ending(state)),
    }
    words::end_of_answer(parts.join(&common::CLAUSE_SEPARATOR))
}

fn spoken_duration(milliseconds: f64) -> String {
    if milliseconds < 1000.0 {
        words::milliseconds(milliseconds)
    } else {
        words::seconds(milliseconds / 1000.0)
    }
}

fn duration(milliseconds: f64) -> String {
    if milliseconds < 1000.0 {
        format!("{milliseconds:.0} ms")
    } else {
        format!("{:.1} s", milliseconds / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::{CacheUse, Recomputed};

    fn stats() -> GenerationStats {
        GenerationStats {
            prompt_tokens: 83,
            cached_tokens: 61,
            cache: CacheUse::default(),
            prompt_ms: 62.0,
            predicted_tokens: 65,
            predicted_ms: 500.0,
            ttft_ms: 62.4,
            load_ms: 1300.0,
            context_used: 148,
            context_size: 2048,
            seed: 7,
            engine_memory: 158_000_000,
            speculation: crate::inference::SpeculationStats::default(),
        }
    }

    #[test]
    fn the_line_says_how_fast_and_how_full() {
        assert_eq!(
            line(&stats()),
            "65 tokens · 128.0 tok/s · first token 62 ms · prompt 83 (61 reused) · context \
             148/2048 · seed 7"
        );
    }

    fn told_of(restored: u32, again: Option<Recomputed>) -> GenerationStats {
        GenerationStats {
            cache: CacheUse { restored, again },
            ..stats()
        }
    }

    #[test]
    fn the_line_says_what_came_from_disk_and_why_the_rest_was_computed_again() {
        for (restored, said) in [
            (61, " · prompt 83 (61 reused from disk) · context "),
            (40, " · prompt 83 (61 reused, 40 from disk) · context "),
        ] {
            let line = line(&told_of(restored, None));
            assert!(line.contains(said), "{line}");
        }
        let edited = line(&told_of(0, Some(Recomputed::Changed { from: 61 })));
        let said =
            " · prompt 83 (61 reused) · computed again: the text differs from token 61 on · ";
        assert!(edited.contains(said), "{edited}");
    }

    #[test]
    fn a_reason_to_compute_again_is_spoken_too() {
        let mut answer = Answer::waiting("Tiny", "v");
        answer.state = AnswerState::Ended(StopReason::EndOfGeneration);
        answer.stats = Some(told_of(0, Some(Recomputed::Evicted)));
        assert_eq!(
            spoken(&answer),
            "End of answer, 65 tokens, 128 tokens a second, first token after 62 milliseconds, \
             computed again: it had made room for others."
        );
    }

    #[test]
    fn a_single_token_has_no_rate() {
        let stats = GenerationStats {
            predicted_tokens: 1,
            predicted_ms: 0.0,
            cached_tokens: 0,
            ..stats()
        };
        assert!(line(&stats).starts_with("1 token · first token 62 ms · prompt 83 · "));
    }
}
