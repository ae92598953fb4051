//! A context that can be watched while it computes.
//!
//! llama.cpp asks `cb_eval` about every tensor of its graph, once whether it is wanted and,
//! where it is, again when it is computed. llama-cpp-2 keeps that field to itself, so the
//! context is made and used through the plain bindings; the model is the one that is loaded.

use std::collections::BTreeMap;
use std::ffi::{CStr, c_void};
use std::ptr::NonNull;
use std::sync::Arc;

use llama_cpp_2::model::LlamaModel;
use llama_cpp_sys_2 as sys;

use super::super::context::{ABORTED, ContextSettings, is_set, kv_type};
use super::super::log;
use super::super::runtime::runtime;
use super::super::vocabulary::llama_token;
use crate::inference::{AttentionLayer, CacheType, EngineError, TokenId};
use crate::words::{Said, engine::llama as words};

/// llama.cpp's name for the attention weights of a layer, before the layer's number.
const WEIGHTS: &[u8] = b"kq_soft_max-";

// The pointer inside is read below by its layout.
const _: () = assert!(size_of::<LlamaModel>() == size_of::<*mut sys::llama_model>());

/// An empty context whose attention weights can be read.
pub(super) struct Probe {
    context: NonNull<sys::llama_context>,
    /// What the callback writes to; on the heap and owned here, reached only through this
    /// pointer.
    watch: NonNull<Watch>,
    /// Keeps alive what `context` points into.
    _model: Arc<LlamaModel>,
}

/// What the callback wants and what it has found.
#[derive(Default)]
struct Watch {
    /// Tokens whose weights are copied; 0 wants nothing.
    tokens: usize,
    layers: BTreeMap<u32, AttentionLayer>,
    /// Weights came in a form that is not known.
    strange: bool,
}

impl Probe {
    /// Makes a context for `size` tokens, at least 1.
    ///
    /// # Errors
    /// llama.cpp's reason, such as memory that cannot be had.
    pub(super) fn new(
        model: &Arc<LlamaModel>,
        settings: &ContextSettings,
        size: u32,
    ) -> Result<Self, Said> {
        runtime().map_err(|error| Said::of(&error))?;
        let threads = i32::try_from(settings.threads.max(1)).unwrap_or(i32::MAX);
        let watch = NonNull::from(Box::leak(Box::<Watch>::default()));
        // SAFETY: takes nothing and returns plain values.
        let mut params = unsafe { sys::llama_context_default_params() };
        params.n_ctx = size.max(1);
        params.n_batch = settings.batch_size.max(1);
        params.n_ubatch = settings.ubatch_size.max(1);
        params.n_seq_max = 1;
        params.n_threads = threads;
        params.n_threads_batch = threads;
        params.kv_unified = true;
        // A window that slides keeps its cells in the order of the text.
        params.swa_full = true;
        params.flash_attn_type = sys::LLAMA_FLASH_ATTN_TYPE_DISABLED;
        params.type_k = kv_type(settings.cache_type_k).into();
        params.type_v = kv_type(match settings.cache_type_v {
            whole @ (CacheType::F32 | CacheType::F16 | CacheType::Bf16) => whole,
            // Only flash attention reads quantised values.
            _ => CacheType::F16,
        })
        .into();
        // The flag lives as long as the settings of the conversations' context, and that as long
        // as anything that is asked of it.
        params.abort_callback = Some(is_set);
        params.abort_callback_data = settings.stop.as_ptr().cast_mut().cast();
        params.cb_eval = Some(observe);
        params.cb_eval_user_data = watch.as_ptr().cast();
        log::forget();
        // SAFETY: `LlamaModel` is a transparent wrapper of a pointer to llama.cpp's model, whose
        // size is checked above; the model lives as long as this `Arc`, which is kept. Making a
        // context from a model that others use is what llama.cpp is made for. `watch` outlives
        // the context: `drop` frees the context first.
        let context = unsafe {
            let model = std::ptr::from_ref::<LlamaModel>(model)
                .cast::<*mut sys::llama_model>()
                .read();
            NonNull::new(sys::llama_init_from_model(model, params))
        };
        let Some(context) = context else {
            // SAFETY: it was leaked above, and without a context no one else has it.
            drop(unsafe { Box::from_raw(watch.as_ptr()) });
            return Err(log::first_complaint().unwrap_or_else(|| words::NO_CONTEXT_GIVEN.into()));
        };
        Ok(Self {
            context,
            watch,
            _model: Arc::clone(model),
        })
    }

    /// Tokens in one reading at most.
    pub(super) fn batch_size(&self) -> usize {
        // SAFETY: the context is alive.
        unsafe { sys::llama_n_batch(self.context.as_ptr()) as usize }
    }

    /// Tokens computed at once at most.
    pub(super) fn ubatch_size(&self) -> usize {
        // SAFETY: the context is alive.
        unsafe { sys::llama_n_ubatch(self.context.as_ptr()) as usize }
    }

    /// Reads on, unwatched; at most [`batch_size`](Self::batch_size) tokens, all of the
    /// vocabulary.
    ///
    /// # Errors
    /// The reason why nothing was computed.
    pub(super) fn read(&mut self, tokens: &[TokenId]) -> Result<(), EngineError> {
        let mut ids: Vec<_> = tokens.iter().map(|&id| llama_token(id).0).collect();
        if ids.is_empty() || ids.len() > self.batch_size() {
            return Err(EngineError::Decode {
                reason: Said::new(|| words::no_batch_of(ids.len())),
            });
        }
        let length = i32::try_from(ids.len()).unwrap_or(i32::MAX);
        log::forget();
        // SAFETY: the batch points at `ids`, which outlives the call, and has its length, which
        // is within the context's limit; llama.cpp gives the tokens the next positions of the
        // one sequence. The callback runs within these calls only, and no reference to `watch`
        // is held meanwhile.
        let outcome = unsafe {
            let batch = sys::llama_batch_get_one(ids.as_mut_ptr(), length);
            let outcome = sys::llama_decode(self.context.as_ptr(), batch);
            sys::llama_synchronize(self.context.as_ptr());
            outcome
        };
        if outcome == 0 {
            return Ok(());
        }
        if outcome == ABORTED {
            return Err(EngineError::Cancelled);
        }
        Err(EngineError::Decode {
            reason: log::first_complaint()
                .unwrap_or_else(|| Said::new(|| words::llama_returned(outcome))),
        })
    }

    /// Reads one more token, which makes `tokens` in all, and returns what it looked at, the
    /// layers in order; none where the model has no such weights, or in another form.
    ///
    /// # Errors
    /// The reason why nothing was computed.
    pub(super) fn look(
        &mut self,
        token: TokenId,
        tokens: usize,
    ) -> Result<Vec<AttentionLayer>, EngineError> {
        // SAFETY: nothing is being computed, so this is the only access.
        unsafe { self.watch.as_mut() }.tokens = tokens;
        let read = self.read(&[token]);
        // SAFETY: as above; `read` has waited until all is computed.
        let found = std::mem::take(unsafe { self.watch.as_mut() });
        read?;
        if found.strange {
            return Ok(Vec::new());
        }
        Ok(found.layers.into_values().collect())
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        // SAFETY: both were made in `new` and are freed once, the context first, which is the
        // only one to use the other.
        unsafe {
            sys::llama_free(self.context.as_ptr());
            drop(Box::from_raw(self.watch.as_ptr()));
        }
    }
}

/// The callback. Returns whether the tensor is wanted (`ask`), or whether to go on computing.
unsafe extern "C" fn observe(tensor: *mut sys::ggml_tensor, ask: bool, data: *mut c_void) -> bool {
    // SAFETY: `data` is the `Watch` of the context that computes, which holds no reference to it
    // now, on the one thread that computes; llama.cpp hands over a tensor of its graph, whose
    // name ends in NUL. Nothing below panics, so nothing unwinds into llama.cpp.
    let (watch, tensor, name) = unsafe {
        let Some(tensor) = tensor.as_ref() else {
            return !ask;
        };
        let name = CStr::from_ptr(tensor.name.as_ptr());
        (&mut *data.cast::<Watch>(), tensor, name)
    };
    let layer = name
        .to_bytes()
        .strip_prefix(WEIGHTS)
        .and_then(|number| std::str::from_utf8(number).ok()?.parse().ok())
        .filter(|_| watch.tokens > 0);
    match layer {
        None => !ask,
        Some(_) if ask => true,
        Some(layer) => {
            match copy(tensor, layer, watch.tokens) {
                Some(found) => drop(watch.layers.insert(layer, found)),
                None => watch.strange = true,
            }
            true
        }
    }
}

/// The weights of the one query in a tensor of the shape [cells, queries, heads].
fn copy(tensor: &sys::ggml_tensor, layer: u32, tokens: usize) -> Option<AttentionLayer> {
    let [cells, queries, heads, streams] = tensor.ne;
    let dense = tensor.type_ == sys::GGML_TYPE_F32 && tensor.nb[0] == size_of::<f32>();
    // There may be more cells than tokens: llama.cpp pads their number.
    let enough = usize::try_from(cells).is_ok_and(|cells| cells >= tokens);
    if !dense || !enough || queries != 1 || streams != 1 {
        return None;
    }
    let heads = u32::try_from(heads).ok().filter(|&heads| heads > 0)?;
    let mut weights = vec![0.0_f32; heads as usize * tokens];
    for (head, row) in weights.chunks_exact_mut(tokens).enumerate() {
        // SAFETY: the tensor was computed just now and is f32 without gaps; a head's row begins
        // at its stride and has at least `tokens` values, which is the length of `row`.
        unsafe {
            sys::ggml_backend_tensor_get(
                tensor,
                row.as_mut_ptr().cast(),
                head * tensor.nb[2],
                size_of_val(row),
            );
        }
    }
    Some(AttentionLayer {
        layer,
        heads,
        weights,
    })
}
