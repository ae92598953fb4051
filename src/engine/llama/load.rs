//! Loads a model, and says in plain words why it cannot.

use std::collections::BTreeSet;
use std::ffi::{CStr, CString};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use llama_cpp_2::LlamaBackendDevice;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use sha2::{Digest as _, Sha256};

use super::capacity::{self, Capacity};
use super::context::{Context, ContextSettings, context_params};
use super::devices::{self, gpus};
use super::fit::{self, can_shrink};
use super::kept::Conversations;
use super::memory::CacheMemory;
use super::pace::Pace;
use super::runtime::runtime;
use super::speculation::{DecodeCosts, Draft};
use super::threads::default_threads;
use super::vocabulary::Vocabulary;
use super::{End, Loaded, log};
use crate::engine::backend::{Cancellation, EventSink, StopFlag};
use crate::inference::{
    CacheType, EngineError, EngineEvent, GpuLayers, LoadRequest, ModelInfo, RequestId, Shortage,
    reads_thinking,
};
use crate::model::gguf::{GgufError, Header};
use crate::words::{Phrase, Said, engine::llama as words};

/// Progress is told at most this often.
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

/// What stays free on each GPU when layers are fitted to its memory; llama.cpp's own margin.
const GPU_MARGIN: usize = 1 << 30;

/// Architectures that don't write text token by token: encoders, diffusion models, and parts
/// of other models. llama.cpp gives them no KV cache, or ends the process when decoding.
const NO_TEXT: [&str; 21] = [
    "bert",
    "modern-bert",
    "nomic-bert",
    "nomic-bert-moe",
    "neo-bert",
    "jina-bert-v2",
    "jina-bert-v3",
    "eurobert",
    "gemma-embedding",
    "clef",
    "t5",
    "t5encoder",
    "wavtokenizer-dec",
    "dream",
    "llada",
    "llada-moe",
    "rnd1",
    "eagle3",
    "dflash",
    "gemma4-assistant",
    "clip",
];

/// Loads the model and makes its first context.
pub(super) fn load(
    request: &LoadRequest,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<Loaded, End> {
    let started = Instant::now();
    let fail = |reason: Said| EngineError::ModelNotLoadable {
        path: request.path.clone(),
        reason,
    };
    let header = check_file(&request.path).map_err(fail)?;
    let threads = request.threads.unwrap_or_else(default_threads).max(1);
    let gpus = gpus(&request.devices)?;
    let offload = Offload::new(request, gpus.len());
    if let Some(notice) = offload.notice {
        events.send(EngineEvent::Notice {
            request: None,
            text: notice.into(),
        })?;
    }

    let (params, finest) = model_params(request, &header, &offload, &gpus, threads, events)?;
    let asked_layers = params.n_gpu_layers();
    let model = Arc::new(read_model(request, params, cancellation, events)?);

    let architecture = metadata(&model, "general.architecture").unwrap_or_default();
    let on_gpu = if gpus.is_empty() {
        Some(0)
    } else {
        offload.layers
    };
    let gpu_layers = layers_on_gpu(on_gpu, asked_layers, model.n_layer());
    let devices: Vec<_> = if gpu_layers > 0 {
        gpus.iter().map(devices::device).collect()
    } else {
        Vec::new()
    };
    let memory = CacheMemory::new(devices, gpu_layers, model.n_layer(), model.size());
    let available = memory.free();
    let cell = |keys, values| capacity::cell_bytes(&model, &architecture, keys, values);
    let mut request = request.clone();
    if let (true, Some(available)) = (request.fit, available) {
        // A mapped file counts as free memory, and is needed for every token.
        let weights = if gpu_layers > 0 { 0 } else { model.size() };
        let available = available.saturating_sub(weights);
        let trained = model.n_ctx_train();
        let cell = |kind| cell(kind, kind);
        if let Some(text) = fit::fit(&mut request, finest, trained, cell, available) {
            let request = None;
            events.send(EngineEvent::Notice { request, text })?;
        }
    }
    let request = &request;
    let can_rewind = !model.is_recurrent() && !model.is_hybrid();
    let window = number(&model, &format!("{architecture}.attention.sliding_window"));
    let settings = ContextSettings::new(
        request,
        threads,
        can_rewind,
        window.unwrap_or(0),
        cancellation.stop_flag(),
    );
    let cell_bytes = cell(request.cache_type_k, request.cache_type_v);
    let capacity = Capacity::new(
        request.context_size,
        model.n_ctx_train(),
        cell_bytes,
        available,
    )
    .map_err(fail)?;
    let context = Context::new(Arc::clone(&model), settings, capacity.first)
        .map_err(|reason| fail(Said::new(|| words::no_context(capacity.first, &reason))))?;

    let template = metadata(&model, "tokenizer.chat_template");
    let vocabulary = Vocabulary::new(Arc::clone(&model));
    let draft = Draft::load(request, &vocabulary, model.size(), cancellation, events)?;
    let info = ModelInfo {
        name: metadata(&model, "general.name").unwrap_or_default(),
        path: request.path.clone(),
        architecture,
        size: model.size(),
        parameters: model.n_params(),
        vocabulary: vocabulary.size(),
        context_trained: model.n_ctx_train(),
        context_size: context.size(),
        context_limit: capacity.limit,
        weight_bytes_per_token: if header.is_split() {
            0
        } else {
            header.bytes_per_token()
        },
        cell_bytes,
        threads,
        shortage: Shortage {
            context: capacity.is_short_of_memory(),
            // One more than the layers: the output counts too.
            layers: offload.fit && gpu_layers <= model.n_layer(),
            smaller_cache: can_shrink(request),
        },
        gpu_layers,
        layers: model.n_layer(),
        devices: memory.gpus().to_vec(),
        has_template: template.is_some(),
        template_hash: template.as_deref().map(short_hash).unwrap_or_default(),
        reads_thinking: template.as_deref().is_some_and(reads_thinking),
        can_rewind,
        end_tokens: vocabulary.end_tokens(),
        load_ms: started.elapsed().as_secs_f64() * 1000.0,
        system_info: system_info(),
    };
    Ok(Loaded {
        vocabulary,
        decode_costs: DecodeCosts::default(),
        speculate: request.speculate,
        draft,
        conversations: Conversations::new(request),
        pace: Pace::guess(model.size(), gpu_layers == 0),
        context,
        capacity,
        memory,
        template,
        told: BTreeSet::new(),
        waited_ms: Some(info.load_ms),
        info,
        summaries: crate::probability::Workspace::new(),
        reader: None,
        model,
    })
}

/// What goes to the GPU.
struct Offload {
    /// A number of layers; `None`: llama.cpp's default, which is all of them.
    layers: Option<u32>,
    /// As many as fit.
    fit: bool,
    notice: Option<Phrase>,
}

impl Offload {
    fn new(request: &LoadRequest, gpus: usize) -> Self {
        if gpus == 0 {
            let wanted = match request.gpu_layers {
                GpuLayers::Auto => false,
                GpuLayers::All => true,
                GpuLayers::Count(layers) => layers > 0,
            };
            return Self {
                layers: Some(0),
                fit: false,
                notice: wanted.then_some(words::NO_GPU),
            };
        }
        let (layers, fit) = match request.gpu_layers {
            GpuLayers::Auto => (None, true),
            GpuLayers::All => (None, false),
            GpuLayers::Count(layers) => (Some(layers), false),
        };
        Self {
            layers,
            fit,
            notice: None,
        }
    }
}

/// llama.cpp counts the output layer too, and takes any negative number for all.
fn layers_on_gpu(fixed: Option<u32>, asked: i32, layers: u32) -> u32 {
    let all = layers + 1;
    fixed
        .or_else(|| u32::try_from(asked).ok())
        .map_or(all, |asked| asked.min(all))
}

/// Progress and cancellation of one load.
struct Progress<'a> {
    request: RequestId,
    cancellation: &'a Cancellation,
    events: &'a mut dyn EventSink,
    told: Option<Instant>,
    cancelled: bool,
    closed: bool,
}

impl Progress<'_> {
    /// Returns whether to go on.
    fn step(&mut self, fraction: f32) -> bool {
        self.cancelled |= self.cancellation.is_cancelled(self.request);
        let due = self
            .told
            .is_none_or(|told| told.elapsed() >= PROGRESS_EVERY);
        if due && !self.cancelled {
            self.told = Some(Instant::now());
            let event = EngineEvent::Loading {
                request: self.request,
                fraction: fraction.clamp(0.0, 1.0),
            };
            self.closed |= self.events.send(event).is_err();
        }
        !self.cancelled && !self.closed
    }
}

/// What the model is loaded with, and the finest type of cache with which as many layers fit on
/// the GPUs.
fn model_params(
    request: &LoadRequest,
    header: &Header,
    offload: &Offload,
    gpus: &[LlamaBackendDevice],
    threads: u32,
    events: &mut dyn EventSink,
) -> Result<(LlamaModelParams, CacheType), End> {
    let fail = |reason: Said| EngineError::ModelNotLoadable {
        path: request.path.clone(),
        reason,
    };
    let wanted = || {
        let mut params = LlamaModelParams::default();
        if !request.devices.is_empty() || offload.layers == Some(0) {
            // Layers on no device are not enough to keep large batches off a GPU: no device is.
            let gpus = if offload.layers == Some(0) { &[] } else { gpus };
            let indices: Vec<_> = gpus.iter().map(|gpu| gpu.index).collect();
            params = params
                .with_devices(&indices)
                .map_err(|error| fail(Said::of(&error)))?;
        }
        if let Some(layers) = offload.layers {
            params = params.with_n_gpu_layers(layers);
        }
        Ok::<_, EngineError>(params)
    };
    if !offload.fit {
        return Ok((wanted()?, CacheType::F16));
    }
    let settings = |kind: Option<CacheType>| {
        let mut request = request.clone();
        if let Some(kind) = kind {
            (request.cache_type_k, request.cache_type_v) = (kind, kind);
        }
        ContextSettings::new(&request, threads, true, 0, StopFlag::default())
    };
    let path = CString::new(request.path.as_os_str().as_encoded_bytes())
        .map_err(|_| fail(words::PATH_WITH_NUL.into()))?;
    let size = wanted_context(request, header);
    let fitted = |kind| {
        let mut params = wanted()?;
        let fitted = fit_layers(&path, &mut params, &settings(kind), size);
        Ok::<_, EngineError>((params, fitted))
    };
    let mut some = None;
    for &kind in fit::types(request) {
        let (params, fitted) = fitted(Some(kind))?;
        // Any negative number stands for all; of experts, parts may be kept away.
        let all = params.n_gpu_layers() < 0 && params.tensor_buft_override_patterns().is_empty();
        if fitted && all {
            return Ok((params, kind));
        }
        // Where not all layers fit whatever is done, the coarsest type gains little.
        if kind == CacheType::Q8_0 {
            some = Some((params, fitted));
        }
    }
    let (params, fitted, finest) = match some {
        Some((params, fitted)) => (params, fitted, CacheType::Q8_0),
        None => {
            let (params, fitted) = fitted(None)?;
            (params, fitted, CacheType::F16)
        }
    };
    if !fitted {
        events.send(EngineEvent::Notice {
            request: None,
            text: words::FIT_UNKNOWN.into(),
        })?;
    }
    Ok((params, finest))
}

/// Has llama.cpp choose how many layers go to the GPUs beside a context of this size. Returns
/// whether it could.
fn fit_layers(
    path: &CStr,
    params: &mut LlamaModelParams,
    settings: &ContextSettings,
    size: u32,
) -> bool {
    let mut context = context_params(settings, size, 1);
    let mut margins = vec![GPU_MARGIN; llama_cpp_2::max_devices()];
    let fitted = Pin::new(params).fit_params(
        path,
        &mut context,
        &mut margins,
        Capacity::MODEST,
        llama_cpp_sys_2::GGML_LOG_LEVEL_ERROR,
    );
    // Fitting redirects llama.cpp's log for its time.
    log::install();
    fitted.is_ok()
}

/// Tokens that layers on a GPU have to leave room for: those of a context that is made at once,
/// and some of one that grows as far as there is room.
fn wanted_context(request: &LoadRequest, header: &Header) -> u32 {
    let trained = || u32::try_from(header.context_length()?).ok();
    match request.context_size {
        None => Capacity::MODEST,
        Some(0) => trained().unwrap_or(Capacity::MODEST),
        Some(size) => size,
    }
}

fn read_model(
    request: &LoadRequest,
    params: LlamaModelParams,
    cancellation: &Cancellation,
    events: &mut dyn EventSink,
) -> Result<LlamaModel, End> {
    let mut progress = Progress {
        request: request.request,
        cancellation,
        events,
        told: None,
        cancelled: false,
        closed: false,
    };
    let runtime = runtime()?;
    log::forget();
    let loaded = {
        let progress = (&raw mut progress).cast::<Progress<'static>>();
        let params = params.with_progress_callback(move |fraction| {
            // SAFETY: llama.cpp calls this only while it loads, on this thread. `params`, which
            // owns this closure, is dropped at the end of this block, and nothing else touches
            // `progress` before that.
            unsafe { (*progress).step(fraction) }
        });
        LlamaModel::load_from_file(runtime, &request.path, &params)
    };
    if progress.closed {
        return Err(End::Closed);
    }
    if progress.cancelled {
        return Err(EngineError::Cancelled.into());
    }
    Ok(loaded.map_err(|error| EngineError::ModelNotLoadable {
        path: request.path.clone(),
        reason: log::first_complaint().unwrap_or_else(|| Said::of(&error)),
    })?)
}

/// Finds out before llama.cpp does what is wrong with a file, where it would end the process or
/// say it badly.
fn check_file(path: &Path) -> Result<Header, Said> {
    let (header, architecture) = check_tensors(path)?;
    let architecture = architecture.as_str();
    if NO_TEXT.contains(&architecture) {
        return Err(Said::new(|| words::writes_no_text(architecture)));
    }
    if let Some("none" | "no_vocab") = header.str("tokenizer.ggml.model") {
        return Err(words::NO_VOCABULARY.into());
    }
    let duplicate = header.duplicate_token(path);
    if let Some(token) = duplicate.map_err(|error| tell(&error))? {
        return Err(Said::new(|| words::token_twice(&token)));
    }
    Ok(header)
}

fn tell(error: &GgufError) -> Said {
    Said::new(|| error.without_path())
}

/// Finds out whether all of a model's tensors are there; returns its architecture too.
pub(super) fn check_tensors(path: &Path) -> Result<(Header, String), Said> {
    let header = Header::read(path).map_err(|error| tell(&error))?;
    header.check_data(path).map_err(|error| tell(&error))?;
    let architecture = header
        .architecture()
        .ok_or(words::NO_ARCHITECTURE)?
        .to_owned();
    Ok((header, architecture))
}

fn metadata(model: &LlamaModel, key: &str) -> Option<String> {
    model.meta_val_str(key).ok()
}

fn number(model: &LlamaModel, key: &str) -> Option<u32> {
    metadata(model, key)?.parse().ok()
}

/// First 8 bytes of the sha256, hex.
fn short_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn system_info() -> String {
    // SAFETY: llama.cpp returns a NUL-terminated string in static storage, written anew by each
    // call; nothing else in this process calls it.
    let info = unsafe {
        let text = llama_cpp_sys_2::llama_print_system_info();
        if text.is_null() {
            return String::new();
        }
        CStr::from_ptr(text).to_string_lossy().into_owned()
    };
    info.trim().to_owned()
}
