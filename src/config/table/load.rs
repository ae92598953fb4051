//! Which model, and how it is loaded.

use super::{Flag, Kind, Setting, count, count_or};
use crate::config::field::FLASH_ATTENTION;
use crate::words::settings as words;

/// In the order of `CacheType::ALL`; a test compares the two.
const CACHE_TYPES: &[&str] = &[
    "f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "iq4_nl", "q5_0", "q5_1",
];

const U32: i64 = u32::MAX as i64;

pub(super) const SETTINGS: &[Setting] =
    &[
        Setting::new("model", Kind::Text, |s| &mut s.model, words::MODEL)
            .flags(&[Flag::value("model", "NAME|PATH")
                .short('m')
                .help(words::MODEL_FLAG)])
            .llama("LLAMA_ARG_MODEL"),
        Setting::new(
            "load.ctx_size",
            count_or(0, U32, &["auto"]),
            |s| &mut s.load.context_size,
            words::CTX_SIZE,
        )
        .flags(&[Flag::value("ctx-size", "N")
            .short('c')
            .aliases(&["num-ctx", "context-size"])])
        .llama("LLAMA_ARG_CTX_SIZE"),
        Setting::new(
            "load.threads",
            count_or(1, 1024, &["auto"]),
            |s| &mut s.load.threads,
            words::THREADS,
        )
        .flags(&[Flag::value("threads", "N")
            .short('t')
            .aliases(&["num-thread"])])
        .llama("LLAMA_ARG_THREADS"),
        Setting::new(
            "load.batch_size",
            count(1, 65_536),
            |s| &mut s.load.batch_size,
            words::BATCH_SIZE,
        )
        .flags(&[Flag::value("batch-size", "N")
            .rare()
            .short('b')
            .aliases(&["num-batch"])])
        .llama("LLAMA_ARG_BATCH"),
        Setting::new(
            "load.ubatch_size",
            count(1, 65_536),
            |s| &mut s.load.ubatch_size,
            words::UBATCH_SIZE,
        )
        .flags(&[Flag::value("ubatch-size", "N").rare()])
        .llama("LLAMA_ARG_UBATCH"),
        Setting::new(
            "load.gpu_layers",
            count_or(0, U32, &["auto", "all"]),
            |s| &mut s.load.gpu_layers,
            words::GPU_LAYERS,
        )
        .flags(&[Flag::value("gpu-layers", "N|auto|all").aliases(&["n-gpu-layers", "num-gpu"])])
        .llama("LLAMA_ARG_N_GPU_LAYERS"),
        Setting::new(
            "load.devices",
            Kind::List {
                separator: Some(','),
            },
            |s| &mut s.load.devices,
            words::DEVICES,
        )
        .flags(&[Flag::value("device", "A,B").rare().help(words::DEVICE_FLAG)])
        .llama("LLAMA_ARG_DEVICE"),
        Setting::new(
            "load.flash_attn",
            Kind::Choice(FLASH_ATTENTION),
            |s| &mut s.load.flash_attention,
            words::FLASH_ATTN,
        )
        .flags(&[Flag::value("flash-attn", "WHEN")])
        .llama("LLAMA_ARG_FLASH_ATTN"),
        Setting::new(
            "load.cache_type_k",
            Kind::Choice(CACHE_TYPES),
            |s| &mut s.load.cache_type_k,
            words::CACHE_TYPE_K,
        )
        .flags(&[Flag::value("cache-type-k", "TYPE").rare()])
        .llama("LLAMA_ARG_CACHE_TYPE_K"),
        Setting::new(
            "load.cache_type_v",
            Kind::Choice(CACHE_TYPES),
            |s| &mut s.load.cache_type_v,
            words::CACHE_TYPE_V,
        )
        .flags(&[Flag::value("cache-type-v", "TYPE").rare()])
        .llama("LLAMA_ARG_CACHE_TYPE_V"),
        Setting::new("load.fit", Kind::Switch, |s| &mut s.load.fit, words::FIT)
            .flags(&[Flag::fixed("fit", "true", words::FIT_FLAG).rare()]),
        Setting::new(
            "load.speculate",
            Kind::Switch,
            |s| &mut s.load.speculate,
            words::SPECULATE,
        )
        .flags(&[Flag::fixed("no-speculate", "false", words::NO_SPECULATE_FLAG).rare()]),
        Setting::new(
            "load.draft",
            Kind::Text,
            |s| &mut s.load.draft,
            words::DRAFT,
        )
        .flags(&[Flag::value("draft", "NAME|PATH")
            .aliases(&["model-draft"])
            .help(words::DRAFT_FLAG)])
        .llama("LLAMA_ARG_MODEL_DRAFT"),
    ];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::CacheType;

    #[test]
    fn every_cache_type_is_offered() {
        let names: Vec<_> = CacheType::ALL.iter().map(|one| one.name()).collect();
        assert_eq!(names, CACHE_TYPES);
    }
}
