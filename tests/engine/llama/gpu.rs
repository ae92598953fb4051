//! What a GPU is given, and what is left to the processor.
//!
//! These want a machine with a GPU, and a build for it: `cargo test --release --features cuda gpu
//! -- --ignored`. A GPU that Mesa's llvmpipe makes of the processor does as well, with the feature
//! `vulkan`, `GGML_VK_VISIBLE_DEVICES=0` and `GGML_VK_DISABLE_F16=1`.

use limpid::inference::{EngineEvent, GpuLayers, LoadRequest, ModelInfo, RequestId};
use limpid::words::Said;

use super::support::{
    Engine, TOLERANCE_TOGETHER, assert_agree_within, greedy, options, story, text,
};
use crate::support::other_models::trained_on;

/// Bytes of a token in the default model's cache.
const F16: u64 = 23_040;
const Q8_0: u64 = 12_240;

/// What stays free on a GPU whatever is asked for, bytes, and room for the weights of the default
/// model and what computing with them takes.
const KEPT: u64 = (1 << 30) + (350 << 20);

const ALL: u32 = 31;

/// Bytes that a cache can have on the GPU.
fn room() -> u64 {
    let info = Engine::load().info;
    assert_eq!(info.gpu_layers, ALL, "the default model fits on a GPU");
    let free: u64 = info.devices.iter().map(|gpu| gpu.memory_free).sum();
    free.checked_sub(KEPT).expect("the GPU has some memory")
}

/// Loads a model that reads `tokens`, with a context for all of them.
fn load(tokens: u64, fit: bool) -> (ModelInfo, Vec<Said>) {
    let tokens = u32::try_from(tokens).unwrap();
    let model = trained_on(tokens);
    let mut load = LoadRequest::new(RequestId(1), model.path().to_owned());
    load.context_size = Some(tokens);
    load.fit = fit;
    let mut notices = Vec::new();
    let engine = Engine::try_start_hearing(options(), load, |event| {
        if let EngineEvent::Notice { text, .. } = event {
            notices.push(text.clone());
        }
    });
    (engine.expect("it loads").info, notices)
}

#[test]
#[ignore = "wants a GPU"]
fn a_gpu_writes_what_the_processor_writes() {
    let prompt = || greedy(text(&story(30)), 6);
    let mut gpu = Engine::load();
    assert_eq!(gpu.info.gpu_layers, ALL);
    assert!(gpu.info.devices.iter().all(|device| device.is_gpu));
    let mut processor = Engine::load_with(|load| load.gpu_layers = GpuLayers::Count(0));
    assert_eq!(processor.info.gpu_layers, 0);
    let (one, other) = (gpu.generate(prompt()), processor.generate(prompt()));
    assert_agree_within(TOLERANCE_TOGETHER, &one.unwrap(), &other.unwrap());
}

#[test]
#[ignore = "wants a GPU"]
fn some_layers_stay_with_the_processor_where_the_context_leaves_no_room() {
    // Half as much again as there is.
    let tokens = room() * 3 / 2 / F16;
    let (info, notices) = load(tokens, false);
    assert!((1..ALL).contains(&info.gpu_layers), "{}", info.gpu_layers);
    assert!(info.shortage.layers);
    assert_eq!(info.cell_bytes, F16);
    assert!(notices.is_empty(), "{notices:?}");
}

#[test]
#[ignore = "wants a GPU"]
fn a_cache_of_smaller_numbers_keeps_all_layers_on_the_gpu() {
    // It fits as q8_0, which takes about half.
    let tokens = room() * 3 / 2 / F16;
    assert!(tokens * Q8_0 < room());
    let (info, notices) = load(tokens, true);
    assert_eq!(info.gpu_layers, ALL);
    assert_eq!(info.cell_bytes, Q8_0);
    assert!(!info.shortage.layers);
    assert!(notices[0].contains("q8_0 instead of f16"), "{notices:?}");
}

#[test]
#[ignore = "wants a GPU"]
fn where_nothing_fits_layers_leave_and_the_cache_is_made_smaller() {
    // As q4_0 it takes more than there is.
    let tokens = room() * 6 / F16;
    let (info, notices) = load(tokens, true);
    assert!((1..ALL).contains(&info.gpu_layers), "{}", info.gpu_layers);
    assert!(info.cell_bytes < F16);
    assert!(!notices.is_empty());
}

#[test]
#[ignore = "wants a GPU"]
fn a_context_that_grows_may_have_what_the_weights_leave() {
    let free = room() + KEPT;
    let tokens = free * 2 / F16;
    let model = trained_on(u32::try_from(tokens).unwrap());
    let load = LoadRequest::new(RequestId(1), model.path().to_owned());
    let info = Engine::try_load(load).expect("it loads").info;
    assert_eq!((info.gpu_layers, info.context_size), (ALL, 512));
    assert!(info.shortage.context);
    assert!(u64::from(info.context_limit) * F16 <= free - info.size);
}
