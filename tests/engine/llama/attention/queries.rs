//! The attention weights computed from the model's queries and keys, in double precision.

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_void};

use limpid::inference::TokenId;
use llama_cpp_sys_2 as sys;

use crate::support::other_models::llama;
use crate::support::pty::test_model;

/// Vectors by token and head, in the order in which they are computed.
#[derive(Default)]
struct Vectors {
    length: usize,
    heads: usize,
    values: Vec<f32>,
}

impl Vectors {
    fn of(&self, token: usize, head: usize) -> &[f32] {
        let start = (token * self.heads + head) * self.length;
        &self.values[start..start + self.length]
    }
}

/// By layer.
#[derive(Default)]
struct Seen {
    queries: BTreeMap<u32, Vectors>,
    keys: BTreeMap<u32, Vectors>,
}

/// softmax(q·k / √d) of the last token, for each layer: head by head, a weight for each token.
/// Each key is shared by as many heads as there are more queries than keys.
pub fn attention(ids: &[TokenId]) -> Vec<Vec<f64>> {
    let seen = watch(ids);
    let layers = seen.queries.iter().map(|(layer, queries)| {
        let keys = &seen.keys[layer];
        let last = queries.values.len() / (queries.heads * queries.length) - 1;
        let shared = queries.heads / keys.heads;
        let heads = (0..queries.heads).flat_map(|head| {
            let query = queries.of(last, head);
            let scores = (0..ids.len()).map(|token| {
                let key = keys.of(token, head / shared);
                let product: f64 = query
                    .iter()
                    .zip(key)
                    .map(|(&q, &k)| f64::from(q) * f64::from(k))
                    .sum();
                product / (queries.length as f64).sqrt()
            });
            softmax(&scores.collect::<Vec<_>>())
        });
        heads.collect()
    });
    layers.collect()
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::MIN, f64::max);
    let exps: Vec<f64> = scores.iter().map(|x| (x - largest).exp()).collect();
    let sum: f64 = exps.iter().sum();
    exps.iter().map(|exp| exp / sum).collect()
}

/// Reads all but the last token and then that one, as the engine does.
#[expect(
    unsafe_code,
    reason = "the bindings have no safe call that watches a computation"
)]
fn watch(ids: &[TokenId]) -> Seen {
    llama();
    let path = CString::new(test_model().to_str().unwrap()).unwrap();
    let mut tokens: Vec<i32> = ids.iter().map(|id| i32::try_from(id.0).unwrap()).collect();
    let mut seen = Seen::default();
    // SAFETY: llama.cpp is started; the path ends in NUL; the parameters are llama.cpp's own but
    // for plain values; `seen` and `tokens` outlive the context; what is made is freed once.
    unsafe {
        let model =
            sys::llama_model_load_from_file(path.as_ptr(), sys::llama_model_default_params());
        assert!(!model.is_null());
        let mut params = sys::llama_context_default_params();
        params.n_ctx = 256;
        params.n_threads = 1;
        params.n_threads_batch = 1;
        params.flash_attn_type = sys::LLAMA_FLASH_ATTN_TYPE_DISABLED;
        params.type_k = sys::GGML_TYPE_F32;
        params.cb_eval = Some(observe);
        params.cb_eval_user_data = (&raw mut seen).cast();
        let context = sys::llama_init_from_model(model, params);
        assert!(!context.is_null());
        let (before, last) = tokens.split_at_mut(ids.len() - 1);
        for part in [before, last] {
            let length = i32::try_from(part.len()).unwrap();
            let batch = sys::llama_batch_get_one(part.as_mut_ptr(), length);
            assert_eq!(sys::llama_decode(context, batch), 0);
            sys::llama_synchronize(context);
        }
        sys::llama_free(context);
        sys::llama_model_free(model);
    }
    seen
}

/// Keeps every query and key after its rotation, whose name is that of the tensor before it.
#[expect(unsafe_code, reason = "llama.cpp calls it with raw pointers")]
unsafe extern "C" fn observe(tensor: *mut sys::ggml_tensor, ask: bool, data: *mut c_void) -> bool {
    // SAFETY: llama.cpp hands over a tensor of its graph and the `Seen` it was given, on the one
    // thread that computes.
    let (tensor, seen) = unsafe { (&*tensor, &mut *data.cast::<Seen>()) };
    // SAFETY: a tensor's name ends in NUL.
    let name = unsafe { CStr::from_ptr(tensor.name.as_ptr()) };
    let name = name.to_str().unwrap_or_default();
    let rotated = tensor.op == sys::GGML_OP_ROPE;
    let Some((kind, layer)) = name.split_once('-').filter(|_| rotated) else {
        return !ask;
    };
    let (Ok(layer), true) = (layer.parse(), kind == "Qcur" || kind == "Kcur") else {
        return !ask;
    };
    if ask {
        return true;
    }
    let [length, heads, tokens, _] = tensor.ne.map(|it| it as usize);
    let mut values = vec![0.0_f32; length * heads * tokens];
    // SAFETY: a rotation's result is f32 without gaps and was computed just now.
    unsafe {
        let bytes = size_of_val(values.as_slice());
        sys::ggml_backend_tensor_get(tensor, values.as_mut_ptr().cast(), 0, bytes);
    }
    let kept = if kind == "Qcur" {
        seen.queries.entry(layer).or_default()
    } else {
        seen.keys.entry(layer).or_default()
    };
    (kept.length, kept.heads) = (length, heads);
    kept.values.append(&mut values);
    true
}
