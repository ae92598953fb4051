//! The shapes that llama.cpp wants of each architecture, and weights for them.
//!
//! Each matrix keeps about the size of what it is multiplied with, and what a layer adds outweighs
//! the token's own embedding, so that the next token hangs on all that was read.

use super::gguf::Gguf;
use super::{Tiny, WINDOW};

const VOCABULARY: u64 = 49_152;
const WIDTH: u64 = 32;
const LAYERS: u32 = 2;

/// Between the two halves of a feed-forward layer.
const INNER: u64 = 64;

/// Gives a file the settings and the tensors of a model.
pub fn fill(model: Tiny, gguf: &mut Gguf) {
    let architecture = model.architecture();
    let mut filling = Filling {
        gguf,
        architecture,
        random: 7,
    };
    filling.number("context_length", 8192);
    filling.number("embedding_length", WIDTH as u32);
    filling.number("block_count", LAYERS);
    let key = format!("{architecture}.attention.layer_norm_rms_epsilon");
    filling.gguf.float(&key, 1e-6);
    filling.tensor("token_embd.weight", &[WIDTH, VOCABULARY], 0.0, 0.3);
    filling.tensor("output.weight", &[WIDTH, VOCABULARY], 0.0, 0.6);
    match model {
        Tiny::Recurrent => filling.mamba(),
        Tiny::Hybrid => filling.lfm2(),
        Tiny::SlidingWindow => filling.gemma3(),
    }
}

struct Filling<'a> {
    gguf: &'a mut Gguf,
    architecture: &'static str,
    random: u64,
}

impl Filling<'_> {
    fn mamba(&mut self) {
        const CHANNELS: u64 = 2 * WIDTH;
        const STATE: u64 = 16;
        const STEPS: u64 = 2;
        self.number("feed_forward_length", 0);
        self.number("attention.head_count", 0);
        self.number("ssm.conv_kernel", 4);
        self.number("ssm.inner_size", CHANNELS as u32);
        self.number("ssm.state_size", STATE as u32);
        self.number("ssm.time_step_rank", STEPS as u32);
        self.norm("output_norm", WIDTH);
        for layer in 0..LAYERS {
            let name = |part: &str| format!("blk.{layer}.{part}");
            self.norm(&name("attn_norm"), WIDTH);
            self.matrix(&name("ssm_in"), WIDTH, 2 * CHANNELS, 1.5);
            self.tensor(&name("ssm_conv1d.weight"), &[4, CHANNELS], 0.0, 0.7);
            self.tensor(&name("ssm_conv1d.bias"), &[CHANNELS], 0.0, 0.1);
            self.matrix(&name("ssm_x"), CHANNELS, STEPS + 2 * STATE, 2.0);
            self.tensor(&name("ssm_dt.weight"), &[STEPS, CHANNELS], 0.0, 0.3);
            // Short steps and a slow decay: the state remembers hundreds of tokens.
            self.tensor(&name("ssm_dt.bias"), &[CHANNELS], -2.5, 1.0);
            self.tensor(&name("ssm_a"), &[STATE, CHANNELS], -0.1, 0.09);
            self.tensor(&name("ssm_d"), &[CHANNELS], 0.1, 0.1);
            self.matrix(&name("ssm_out"), CHANNELS, WIDTH, 2.0);
        }
    }

    fn lfm2(&mut self) {
        const HEAD: u64 = 16;
        self.number("feed_forward_length", INNER as u32);
        self.number("attention.head_count", 2);
        // No heads: a layer with a state.
        let heads = format!("{}.attention.head_count_kv", self.architecture);
        self.gguf.numbers(&heads, &[0, 1]);
        self.number("shortconv.l_cache", 3);
        self.norm("token_embd_norm", WIDTH);
        for layer in 0..LAYERS {
            let name = |part: &str| format!("blk.{layer}.{part}");
            self.norm(&name("attn_norm"), WIDTH);
            if layer == 0 {
                self.tensor(&name("shortconv.conv.weight"), &[3, WIDTH], 0.0, 1.0);
                self.matrix(&name("shortconv.in_proj"), WIDTH, 3 * WIDTH, 1.5);
                self.matrix(&name("shortconv.out_proj"), WIDTH, WIDTH, 2.0);
            } else {
                self.attention(layer, 2 * HEAD, HEAD);
            }
            self.norm(&name("ffn_norm"), WIDTH);
            self.feed_forward(layer);
        }
    }

    fn gemma3(&mut self) {
        const HEAD: u64 = 32;
        self.number("feed_forward_length", INNER as u32);
        self.number("attention.head_count", 2);
        self.number("attention.head_count_kv", 1);
        self.number("attention.key_length", HEAD as u32);
        self.number("attention.value_length", HEAD as u32);
        self.number("attention.sliding_window", WINDOW);
        // The first of each two layers has a window.
        self.number("attention.sliding_window_pattern", 2);
        self.norm("output_norm", WIDTH);
        for layer in 0..LAYERS {
            let name = |part: &str| format!("blk.{layer}.{part}");
            self.norm(&name("attn_norm"), WIDTH);
            self.attention(layer, 2 * HEAD, HEAD);
            self.norm(&name("post_attention_norm"), WIDTH);
            self.norm(&name("ffn_norm"), WIDTH);
            self.feed_forward(layer);
            self.norm(&name("post_ffw_norm"), WIDTH);
        }
    }

    fn attention(&mut self, layer: u32, queries: u64, head: u64) {
        let name = |part: &str| format!("blk.{layer}.{part}");
        // Large ones, so that a head looks at few tokens.
        self.tensor(&name("attn_q_norm.weight"), &[head], 1.5, 0.3);
        self.tensor(&name("attn_k_norm.weight"), &[head], 1.5, 0.3);
        self.matrix(&name("attn_q"), WIDTH, queries, 1.0);
        self.matrix(&name("attn_k"), WIDTH, head, 1.0);
        self.matrix(&name("attn_v"), WIDTH, head, 1.5);
        self.matrix(&name("attn_output"), queries, WIDTH, 1.5);
    }

    fn feed_forward(&mut self, layer: u32) {
        let name = |part: &str| format!("blk.{layer}.{part}");
        self.matrix(&name("ffn_gate"), WIDTH, INNER, 1.0);
        self.matrix(&name("ffn_up"), WIDTH, INNER, 1.0);
        self.matrix(&name("ffn_down"), INNER, WIDTH, 1.0);
    }

    fn number(&mut self, key: &str, number: u32) {
        let key = format!("{}.{key}", self.architecture);
        self.gguf.number(&key, number);
    }

    fn norm(&mut self, name: &str, width: u64) {
        self.tensor(&format!("{name}.weight"), &[width], 1.0, 0.2);
    }

    /// What it makes of vectors is `gain` times as large as they are.
    fn matrix(&mut self, name: &str, from: u64, to: u64, gain: f32) {
        let most = gain * (3.0 / from as f32).sqrt();
        self.tensor(&format!("{name}.weight"), &[from, to], 0.0, most);
    }

    /// Weights up to `most` beside `middle`.
    fn tensor(&mut self, name: &str, shape: &[u64], middle: f32, most: f32) {
        let count = shape.iter().product::<u64>();
        let weights = (0..count).map(|_| middle + most * self.random());
        let weights = weights.collect();
        self.gguf.tensor(name, shape, weights);
    }

    /// The next number between -1 and 1 (SplitMix64).
    fn random(&mut self) -> f32 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    }
}
