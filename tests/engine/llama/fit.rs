//! A cache that is made to fit into memory.

use limpid::inference::{EngineEvent, LoadRequest, RequestId};
use limpid::metrics::SystemMemory;

use super::support::{Engine, options};
use crate::support::other_models::trained_on;

/// Bytes of a token in the default model's cache: 30 layers with rows of 192 numbers for keys
/// and values, 2 bytes a number, or 34 for 32 numbers.
const F16: u64 = 23_040;
const Q8_0: u64 = 12_240;

#[test]
fn the_cache_takes_smaller_numbers_where_the_model_reads_more_than_memory_holds() {
    let available = SystemMemory::read().expect("the system tells").available;
    // Halfway between what fits as f16 and what fits as q8_0, so that what others take or give
    // back meanwhile does not matter.
    let tokens = available / 17_000;
    assert!(tokens * F16 > available && tokens * Q8_0 < available * 4 / 5);
    let model = trained_on(u32::try_from(tokens).expect("no machine has so much memory"));
    for fit in [false, true] {
        let mut load = LoadRequest::new(RequestId(1), model.path().to_owned());
        load.fit = fit;
        let mut notices = Vec::new();
        let engine = Engine::try_start_hearing(options(), load, |event| {
            if let EngineEvent::Notice { text, .. } = event {
                notices.push(text.clone());
            }
        });
        let info = engine.expect("it loads").info;
        // It begins small either way.
        assert_eq!(info.context_size, 512);
        if fit {
            assert_eq!(info.cell_bytes, Q8_0);
            assert_eq!(u64::from(info.context_limit), tokens);
            assert!(notices[0].contains("q8_0 instead of f16"), "{notices:?}");
        } else {
            assert_eq!(info.cell_bytes, F16);
            assert!(u64::from(info.context_limit) < tokens);
            assert!(notices.is_empty(), "{notices:?}");
        }
    }
}
