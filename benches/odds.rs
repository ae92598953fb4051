//! What a token's odds cost: log-sum-exp and a partial selection, against sorting the whole
//! vocabulary. The two alternate in one run; the ratio of the medians is what counts.

use std::hint::black_box;
use std::time::{Duration, Instant};

use limpid::probability::Workspace;

/// Tokens in the default model's vocabulary.
const VOCABULARY: usize = 49_152;
/// Candidates a chat asks for.
const CANDIDATES: usize = 40;
const ROUNDS: usize = 301;

/// Numbers that look like logits: roughly normal, and different each round.
fn logits(round: usize) -> Vec<f32> {
    let mut state = (round as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut uniform = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 40) as f32 / (1_u64 << 24) as f32
    };
    (0..VOCABULARY)
        .map(|_| ((0..6).map(|_| uniform()).sum::<f32>() - 3.0) * 4.0)
        .collect()
}

fn sorted(logits: &[f32]) -> Vec<(usize, f32)> {
    let mut all: Vec<(usize, f32)> = logits.iter().copied().enumerate().collect();
    all.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
    let sum: f32 = all.iter().map(|(_, logit)| (logit - all[0].1).exp()).sum();
    let normalizer = all[0].1 + sum.ln();
    all.truncate(CANDIDATES);
    all.iter()
        .map(|(id, logit)| (*id, logit - normalizer))
        .collect()
}

fn time(act: impl FnOnce()) -> Duration {
    let start = Instant::now();
    act();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn main() {
    let mut workspace = Workspace::new();
    let (mut selecting, mut sorting) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let logits = logits(round);
        selecting.push(time(|| {
            black_box(workspace.summarize(black_box(&logits), CANDIDATES));
        }));
        sorting.push(time(|| {
            black_box(sorted(black_box(&logits)));
        }));
    }
    let (selecting, sorting) = (median(selecting), median(sorting));
    println!(
        "{VOCABULARY} logits, {CANDIDATES} candidates, {ROUNDS} rounds: \
         selection {:.3} ms, sort {:.3} ms, ratio {:.3}",
        selecting * 1e3,
        sorting * 1e3,
        selecting / sorting
    );
}
