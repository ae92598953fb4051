//! Which model, and how it is loaded.

use super::{Flag, Kind, Setting, count, count_or};
use crate::config::field::FLASH_ATTENTION;

/// In the order of `CacheType::ALL`; a test compares the two.
const CACHE_TYPES: &[&str] = &[
    "f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "iq4_nl", "q5_0", "q5_1",
];

const U32: i64 = u32::MAX as i64;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "model",
        Kind::Text,
        |s| &mut s.model,
        "The model: a name from `limpid models list`, a path, or a file found in the Hugging Face cache, LM Studio's folder or ollama's blobs. Empty: the catalogue's default.",
    )
    .flags(&[Flag::value("model", "NAME|PATH")
        .short('m')
        .help("The model: a name from `limpid models list`, or a path")])
    .llama("LLAMA_ARG_MODEL"),
    Setting::new(
        "load.ctx_size",
        count_or(0, U32, &["auto"]),
        |s| &mut s.load.context_size,
        "Tokens in the context. 0 is the model's own limit; auto starts with 2048 and grows as the conversation does.",
    )
    .flags(&[Flag::value("ctx-size", "N").short('c').aliases(&["num-ctx", "context-size"])])
    .llama("LLAMA_ARG_CTX_SIZE"),
    Setting::new(
        "load.threads",
        count_or(1, 1024, &["auto"]),
        |s| &mut s.load.threads,
        "Threads that compute. auto: one for each physical core.",
    )
    .flags(&[Flag::value("threads", "N").short('t').aliases(&["num-thread"])])
    .llama("LLAMA_ARG_THREADS"),
    Setting::new(
        "load.batch_size",
        count(1, 65_536),
        |s| &mut s.load.batch_size,
        "Prompt tokens handed over at once.",
    )
    .flags(&[Flag::value("batch-size", "N").rare().short('b').aliases(&["num-batch"])])
    .llama("LLAMA_ARG_BATCH"),
    Setting::new(
        "load.ubatch_size",
        count(1, 65_536),
        |s| &mut s.load.ubatch_size,
        "Prompt tokens computed at once. Short: -ub.",
    )
    .flags(&[Flag::value("ubatch-size", "N").rare()])
    .llama("LLAMA_ARG_UBATCH"),
    Setting::new(
        "load.gpu_layers",
        count_or(0, U32, &["auto", "all"]),
        |s| &mut s.load.gpu_layers,
        "Layers that go to the GPU. auto: as many as fit. Short: -ngl.",
    )
    .flags(&[Flag::value("gpu-layers", "N|auto|all").aliases(&["n-gpu-layers", "num-gpu"])])
    .llama("LLAMA_ARG_N_GPU_LAYERS"),
    Setting::new(
        "load.devices",
        Kind::List { separator: Some(',') },
        |s| &mut s.load.devices,
        "Devices to compute on, as --list-devices names them. Empty: all.",
    )
    .flags(&[Flag::value("device", "A,B").rare().help(
        "Devices to compute on, as --list-devices names them, with commas between. Short: -dev",
    )])
    .llama("LLAMA_ARG_DEVICE"),
    Setting::new(
        "load.flash_attn",
        Kind::Choice(FLASH_ATTENTION),
        |s| &mut s.load.flash_attention,
        "Flash attention: less memory, and faster where the device has it. Short: -fa.",
    )
    .flags(&[Flag::value("flash-attn", "WHEN")])
    .llama("LLAMA_ARG_FLASH_ATTN"),
    Setting::new(
        "load.cache_type_k",
        Kind::Choice(CACHE_TYPES),
        |s| &mut s.load.cache_type_k,
        "The type of the keys in the KV cache; smaller ones save memory. Short: -ctk.",
    )
    .flags(&[Flag::value("cache-type-k", "TYPE").rare()])
    .llama("LLAMA_ARG_CACHE_TYPE_K"),
    Setting::new(
        "load.cache_type_v",
        Kind::Choice(CACHE_TYPES),
        |s| &mut s.load.cache_type_v,
        "The type of the values in the KV cache; quantised ones need flash attention. Short: -ctv.",
    )
    .flags(&[Flag::value("cache-type-v", "TYPE").rare()])
    .llama("LLAMA_ARG_CACHE_TYPE_V"),
    Setting::new(
        "load.fit",
        Kind::Switch,
        |s| &mut s.load.fit,
        "Choose the types of the KV cache, the layers on the GPU and, where nothing else helps, a smaller context, so that all fits into memory.",
    )
    .flags(&[Flag::fixed(
        "fit",
        "true",
        "Choose KV cache types, GPU layers and context so that they fit into memory",
    )
    .rare()]),
    Setting::new(
        "load.speculate",
        Kind::Switch,
        |s| &mut s.load.speculate,
        "Guess what comes next from the text so far, and compute several tokens at once where that \
         is faster.",
    )
    .flags(&[Flag::fixed("no-speculate", "false", "Compute one token after the other").rare()]),
    Setting::new(
        "load.draft",
        Kind::Text,
        |s| &mut s.load.draft,
        "A smaller model with the same vocabulary, a name or a path: it writes ahead, and the model checks several tokens at once. Answers stay the model's own.",
    )
    .flags(&[Flag::value("draft", "NAME|PATH").aliases(&["model-draft"]).help(
        "A smaller model with the same vocabulary that guesses what comes next",
    )])
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
