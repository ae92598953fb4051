//! What a model computes, without the engine: the reference that odds are checked by.

use std::path::Path;

use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;

use super::other_models::llama;
use super::pty::test_model;

/// The default model's raw logits after each token.
pub fn raw_logits(tokens: &[u32]) -> Vec<Vec<f32>> {
    raw_logits_of(&test_model(), tokens)
}

/// A model's raw logits after each token.
pub fn raw_logits_of(path: &Path, tokens: &[u32]) -> Vec<Vec<f32>> {
    let model = LlamaModel::load_from_file(llama(), path, &LlamaModelParams::default()).unwrap();
    let params = LlamaContextParams::default()
        .with_n_threads(1)
        .with_n_threads_batch(1);
    let mut context = model.new_context(llama(), params).unwrap();
    let mut batch = LlamaBatch::new(tokens.len(), 1);
    for (position, id) in (0..).zip(tokens) {
        let token = LlamaToken(i32::try_from(*id).unwrap());
        batch.add(token, position, &[0], true).unwrap();
    }
    context.decode(&mut batch).unwrap();
    (0..tokens.len() as i32)
        .map(|place| context.get_logits_ith(place).to_vec())
        .collect()
}

/// ln Σ exp, in double precision and the plainest way.
pub fn log_sum_exp(row: &[f32]) -> f64 {
    let largest = row.iter().copied().fold(f32::MIN, f32::max);
    let sum: f64 = row.iter().map(|&x| f64::from(x - largest).exp()).sum();
    f64::from(largest) + sum.ln()
}
