//! One text under two models: the numbers, the refusals, and the end.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use limpid::engine::{Engine as _, ProcessEngine};
use limpid::inference::{
    CompareEvent, CompareRequest, ComparedOdds, ComparedToken, EngineCommand, EngineError,
    EngineEvent, LoadRequest, ModelInfo, RequestId,
};
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;

use super::support::{TOLERANCE, options, story};
use crate::support::other_models::{llama, requantized, with_another_token};
use crate::support::pty::test_model;

/// A window beyond every text here.
const WHOLE: u32 = 4096;

/// What came of one comparison.
#[derive(Debug)]
struct Compared {
    other: ModelInfo,
    total: u32,
    tokens: Vec<ComparedToken>,
    /// Tokens of each event.
    batches: Vec<usize>,
    pieces: Vec<u32>,
}

impl Compared {
    fn odds(&self) -> impl Iterator<Item = &ComparedOdds> {
        self.tokens.iter().filter_map(|token| token.odds.as_deref())
    }

    fn text(&self) -> String {
        let bytes = self.tokens.iter().flat_map(|token| token.bytes.clone());
        String::from_utf8(bytes.collect()).expect("the text was UTF-8")
    }
}

fn load(path: PathBuf) -> LoadRequest {
    let mut request = LoadRequest::new(RequestId(1), path);
    request.threads = Some(1);
    request
}

/// Compares with the default model as the first.
fn compare(other: &Path, text: &str, window: u32) -> Result<Compared, EngineError> {
    compare_until(other, text, window, |_| false)
}

/// Compares, and cancels at the first event for which `cancel` is true.
fn compare_until(
    other: &Path,
    text: &str,
    window: u32,
    mut cancel: impl FnMut(&EngineEvent) -> bool,
) -> Result<Compared, EngineError> {
    let engine = ProcessEngine::new(options()).unwrap();
    let mut first = load(test_model());
    first.beside = vec![other.to_owned()];
    engine.send(EngineCommand::Load(Box::new(first))).unwrap();
    let request = RequestId(2);
    let command = CompareRequest {
        request,
        other: load(other.to_owned()),
        text: text.to_owned(),
        window,
        candidates: 5,
    };
    engine
        .send(EngineCommand::Compare(Box::new(command)))
        .unwrap();
    let (mut started, mut tokens) = (None, Vec::new());
    let (mut batches, mut known) = (Vec::new(), Vec::new());
    loop {
        let event = engine
            .events()
            .recv_timeout(std::time::Duration::from_mins(2))
            .expect("the engine answers");
        if cancel(&event) {
            engine.send(EngineCommand::Cancel(request)).unwrap();
        }
        match event {
            EngineEvent::Compare {
                event: CompareEvent::Started { other, total },
                ..
            } => started = Some((*other, total)),
            EngineEvent::Compare {
                event:
                    CompareEvent::Read {
                        tokens: read,
                        pieces,
                    },
                ..
            } => {
                batches.push(read.len());
                tokens.extend(read);
                known.extend(pieces.into_iter().map(|piece| piece.id.0));
            }
            EngineEvent::CompareFinished { .. } => {
                let (other, total) = started.expect("it starts before it ends");
                return Ok(Compared {
                    other,
                    total,
                    tokens,
                    batches,
                    pieces: known,
                });
            }
            EngineEvent::Failed { error, .. } => return Err(error),
            EngineEvent::Exited(exit) => panic!("{exit}: {:#?}", exit.log),
            _ => {}
        }
    }
}

/// The rows of logits after each token, computed here, in one batch.
fn raw_logits(path: &Path, ids: &[u32]) -> Vec<Vec<f32>> {
    let model = LlamaModel::load_from_file(llama(), path, &LlamaModelParams::default()).unwrap();
    let params = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(ids.len() as u32))
        .with_n_threads(1)
        .with_n_threads_batch(1);
    let mut context = model.new_context(llama(), params).unwrap();
    let mut batch = LlamaBatch::new(ids.len(), 1);
    for (position, &id) in (0..).zip(ids) {
        batch
            .add(LlamaToken(id.cast_signed()), position, &[0], true)
            .unwrap();
    }
    context.decode(&mut batch).unwrap();
    (0..ids.len() as i32)
        .map(|place| context.get_logits_ith(place).to_vec())
        .collect()
}

/// ln p of every token, in f64, by the definition.
fn log_softmax(logits: &[f32]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f32::MIN, f32::max);
    let shifted = || logits.iter().map(|&x| f64::from(x) - f64::from(highest));
    let total = shifted().map(f64::exp).sum::<f64>().ln();
    shifted().map(|x| x - total).collect()
}

#[test]
fn a_model_compared_with_itself_differs_nowhere() {
    let text = story(300);
    let compared = compare(&test_model(), &text, 512).unwrap();
    assert_eq!(compared.text(), text);
    assert_eq!(compared.tokens.len(), compared.total as usize);
    assert_eq!(compared.odds().count(), compared.tokens.len() - 1);
    for odds in compared.odds() {
        assert_eq!(odds.divergence, 0.0);
        assert_eq!(odds.a, odds.b);
        assert!(odds.same_top());
    }
    assert!(
        compared.batches.iter().all(|&tokens| tokens <= 64),
        "{:?}",
        compared.batches
    );
}

#[test]
fn another_quantisation_diverges_as_its_raw_logits_do_in_double_precision() {
    let other = requantized();
    let text = "The tide comes in because the moon pulls at the sea, and the sea follows it.";
    let compared = compare(&other, text, WHOLE).unwrap();
    assert_eq!(compared.other.path, other);
    let ids: Vec<u32> = compared.tokens.iter().map(|token| token.id.0).collect();
    let (a, b) = (raw_logits(&test_model(), &ids), raw_logits(&other, &ids));
    assert!(compared.tokens[0].odds.is_none());
    for (place, token) in compared.tokens.iter().enumerate().skip(1) {
        let odds = token.odds.as_ref().unwrap();
        let (p, q) = (log_softmax(&a[place - 1]), log_softmax(&b[place - 1]));
        let divergence: f64 = p.iter().zip(&q).map(|(p, q)| p.exp() * (p - q)).sum();
        let id = token.id.0 as usize;
        let near = |found: f64, expected: f64, within: f64| {
            assert!(
                (found - expected).abs() < within,
                "token {place}: {found} and {expected}"
            );
        };
        // The batches are the same, but nothing promises the same kernels: a hundredth of what
        // other batches may cost.
        let within = f64::from(TOLERANCE) / 100.0;
        near(odds.divergence, divergence, within);
        near(f64::from(odds.a.logprob), p[id], within);
        near(f64::from(odds.b.logprob), q[id], within);
        let entropy: f64 = -q.iter().map(|q| q.exp() * q).sum::<f64>();
        near(f64::from(odds.b.entropy), entropy, within);
        for (side, exact) in [(&odds.a, &p), (&odds.b, &q)] {
            assert_eq!(side.best.len(), 5);
            for &(id, logprob) in &side.best {
                near(f64::from(logprob), exact[id.0 as usize], within);
            }
            let ahead = exact.iter().filter(|&&other| other > exact[id]).count() as u32;
            // A near-tie may fall either way.
            assert!(side.rank.abs_diff(ahead + 1) <= 1 + ahead / 50);
        }
    }
    let mean =
        compared.odds().map(|odds| odds.divergence).sum::<f64>() / compared.odds().count() as f64;
    assert!(mean > 1e-4, "{mean}: another quantisation is another model");
}

#[test]
fn every_candidate_can_be_named() {
    let compared = compare(&requantized(), "A gardener sold the map.", WHOLE).unwrap();
    for odds in compared.odds() {
        for (id, _) in odds.a.best.iter().chain(&odds.b.best) {
            assert!(compared.pieces.contains(&id.0));
        }
    }
    let mut once = compared.pieces.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), compared.pieces.len());
}

#[test]
fn a_text_beyond_the_window_is_told_once_with_half_a_window_before_each_token() {
    let text = story(120);
    let whole = compare(&requantized(), &text, WHOLE).unwrap();
    let parts = compare(&requantized(), &text, 50).unwrap();
    assert_eq!(parts.text(), text);
    assert_eq!(parts.odds().count(), parts.tokens.len() - 1);
    // The first window sees what the whole sees; the others have less before them.
    for (whole, part) in whole.odds().zip(parts.odds()).take(49) {
        assert!((whole.a.logprob - part.a.logprob).abs() < TOLERANCE);
        assert!((whole.b.logprob - part.b.logprob).abs() < TOLERANCE);
    }
    let ids: Vec<u32> = parts.tokens.iter().map(|token| token.id.0).collect();
    let alone = raw_logits(&requantized(), &ids[25..75]);
    let odds = parts.tokens[74].odds.as_ref().unwrap();
    let exact = log_softmax(&alone[48])[ids[74] as usize];
    assert!((f64::from(odds.b.logprob) - exact).abs() < f64::from(TOLERANCE));
}

#[test]
fn models_of_different_vocabularies_are_refused_with_the_first_token_that_differs() {
    let error = compare(&with_another_token(), "any text", WHOLE).unwrap_err();
    let EngineError::Refused { reason } = error else {
        panic!("{error:?}");
    };
    assert!(reason.contains("vocabularies differ"), "{reason}");
    assert!(
        reason.contains("is 'Ġbecause' in the one and 'Ġbecaus#' in the other"),
        "{reason}"
    );
}

#[test]
fn a_second_model_that_cannot_be_read_is_named() {
    let error = compare(Path::new("/nowhere/other.gguf"), "A text.", WHOLE).unwrap_err();
    let EngineError::ModelNotLoadable { path, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(path, Path::new("/nowhere/other.gguf"));
}

#[test]
fn a_cancelled_comparison_stops_and_says_so() {
    let read = |event: &EngineEvent| {
        matches!(
            event,
            EngineEvent::Compare {
                event: CompareEvent::Read { .. },
                ..
            }
        )
    };
    let mut batches = 0;
    let ended = compare_until(&test_model(), &story(3000), 512, |event| {
        batches += usize::from(read(event));
        read(event)
    });
    assert_eq!(ended.unwrap_err(), EngineError::Cancelled);
    assert!(batches < 20, "{batches} batches of 64 were read after all");
}

#[test]
fn an_empty_text_is_refused() {
    assert_eq!(
        compare(&test_model(), "", WHOLE).unwrap_err(),
        EngineError::EmptyPrompt
    );
}
