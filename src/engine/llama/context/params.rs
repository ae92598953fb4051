//! How a context is made: llama.cpp's parameters, and the types of its cache.

use std::ffi::c_void;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};

use llama_cpp_2::context::params::{KvCacheType, LlamaContextParams};
use llama_cpp_sys_2::llama_context_params;

use crate::engine::backend::StopFlag;
use crate::inference::{CacheType, FlashAttention, LoadRequest};

/// How a context is made; the same for every size it grows to.
#[derive(Debug, Clone)]
pub(in crate::engine::llama) struct ContextSettings {
    pub(in crate::engine::llama) threads: u32,
    pub(in crate::engine::llama) batch_size: u32,
    pub(in crate::engine::llama) ubatch_size: u32,
    pub(in crate::engine::llama) flash_attention: FlashAttention,
    pub(in crate::engine::llama) cache_type_k: CacheType,
    pub(in crate::engine::llama) cache_type_v: CacheType,
    /// Whether a part of a sequence can be removed; recurrent models cannot.
    pub(in crate::engine::llama) can_rewind: bool,
    /// Tokens that a sliding window sees; 0 where every layer sees everything.
    pub(in crate::engine::llama) window: u32,
    /// Ends a decode where it is set, on a processor; a GPU ends what it was given.
    pub(in crate::engine::llama) stop: StopFlag,
}

impl ContextSettings {
    /// From what was asked for; `can_rewind` and `window` are the model's.
    pub(in crate::engine::llama) fn new(
        request: &LoadRequest,
        threads: u32,
        can_rewind: bool,
        window: u32,
        stop: StopFlag,
    ) -> Self {
        Self {
            threads,
            batch_size: request.batch_size,
            ubatch_size: request.ubatch_size,
            flash_attention: request.flash_attention,
            cache_type_k: request.cache_type_k,
            cache_type_v: request.cache_type_v,
            can_rewind,
            window,
            stop,
        }
    }
}

/// llama.cpp's parameters for a context of `size` tokens and `rows` sequences.
pub(in crate::engine::llama) fn context_params(
    settings: &ContextSettings,
    size: u32,
    rows: usize,
) -> LlamaContextParams {
    let threads = i32::try_from(settings.threads.max(1)).unwrap_or(i32::MAX);
    let rows = u32::try_from(rows).unwrap_or(1);
    LlamaContextParams::default()
        // llama.cpp ends the process where a batch has no room for a token of each sequence.
        .with_n_ctx(NonZeroU32::new(size.max(rows)))
        .with_n_batch(settings.batch_size.max(rows))
        .with_n_ubatch(settings.ubatch_size.max(1))
        .with_n_seq_max(rows)
        // Without it a partial copy of a sequence ends the process.
        .with_kv_unified(true)
        // The whole window stays, so that a conversation can be rewound past it.
        .with_swa_full(true)
        .with_n_threads(threads)
        .with_n_threads_batch(threads)
        .with_flash_attention_policy(match settings.flash_attention {
            FlashAttention::On => llama_cpp_sys_2::LLAMA_FLASH_ATTN_TYPE_ENABLED,
            FlashAttention::Off => llama_cpp_sys_2::LLAMA_FLASH_ATTN_TYPE_DISABLED,
            FlashAttention::Auto => llama_cpp_sys_2::LLAMA_FLASH_ATTN_TYPE_AUTO,
        })
        .with_type_k(kv_type(settings.cache_type_k))
        .with_type_v(kv_type(settings.cache_type_v))
}

/// Has a decode look at the flag at every node of its graph, and end where it is set. The flag
/// must live as long as what is made with the parameters.
pub(super) fn stoppable(mut params: LlamaContextParams, stop: &StopFlag) -> LlamaContextParams {
    const {
        assert!(size_of::<LlamaContextParams>() == size_of::<llama_context_params>());
        assert!(align_of::<LlamaContextParams>() == align_of::<llama_context_params>());
    }
    // SAFETY: the bindings' type has llama.cpp's parameters as its one field, and by its size,
    // checked above, nothing beside it: their addresses are the same. Every bit pattern that is
    // written is one of a valid field.
    let raw = unsafe { &mut *std::ptr::from_mut(&mut params).cast::<llama_context_params>() };
    raw.abort_callback = Some(is_set);
    raw.abort_callback_data = stop.as_ptr().cast_mut().cast();
    params
}

/// llama.cpp asks this on the thread that computes, between two nodes.
pub(in crate::engine::llama) unsafe extern "C" fn is_set(flag: *mut c_void) -> bool {
    // SAFETY: `flag` is the address of a `StopFlag`'s value, which whoever made the context
    // keeps until after it is freed; it is only ever accessed atomically.
    unsafe { &*flag.cast::<AtomicBool>() }.load(Ordering::Relaxed)
}

/// llama.cpp's form of a cache's type.
pub(in crate::engine::llama) fn kv_type(cache: CacheType) -> KvCacheType {
    match cache {
        CacheType::F32 => KvCacheType::F32,
        CacheType::F16 => KvCacheType::F16,
        CacheType::Bf16 => KvCacheType::BF16,
        CacheType::Q8_0 => KvCacheType::Q8_0,
        CacheType::Q4_0 => KvCacheType::Q4_0,
        CacheType::Q4_1 => KvCacheType::Q4_1,
        CacheType::Iq4Nl => KvCacheType::IQ4_NL,
        CacheType::Q5_0 => KvCacheType::Q5_0,
        CacheType::Q5_1 => KvCacheType::Q5_1,
    }
}

/// Bytes that one value of the KV cache takes, scales of its block included.
pub(in crate::engine::llama) fn bytes_per_value(cache: CacheType) -> f64 {
    // Blocks of 32 values: the sizes of ggml's block_q8_0, block_q4_0 and so on.
    match cache {
        CacheType::F32 => 4.0,
        CacheType::F16 | CacheType::Bf16 => 2.0,
        CacheType::Q8_0 => 34.0 / 32.0,
        CacheType::Q4_0 | CacheType::Iq4Nl => 18.0 / 32.0,
        CacheType::Q4_1 => 20.0 / 32.0,
        CacheType::Q5_0 => 22.0 / 32.0,
        CacheType::Q5_1 => 24.0 / 32.0,
    }
}
