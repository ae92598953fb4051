//! The compute devices that were built in.

use llama_cpp_2::{LlamaBackendDevice, LlamaBackendDeviceType, list_llama_ggml_backend_devices};

use super::runtime::runtime;
use crate::inference::{Device, EngineError};
use crate::words::{Said, common, engine::llama as words};

/// Every device this build can compute on, as `--list-devices` shows them; the processor
/// itself is among them.
#[must_use]
pub fn devices() -> Vec<Device> {
    known().iter().map(device).collect()
}

/// The devices with the indices that the model's parameters want.
pub(super) fn known() -> Vec<LlamaBackendDevice> {
    match runtime() {
        Ok(_) => list_llama_ggml_backend_devices(),
        Err(_) => Vec::new(),
    }
}

/// Whether layers of a model can be handed to it.
pub(super) fn is_gpu(device: &LlamaBackendDevice) -> bool {
    matches!(
        device.device_type,
        LlamaBackendDeviceType::Gpu | LlamaBackendDeviceType::IntegratedGpu
    )
}

pub(super) fn device(known: &LlamaBackendDevice) -> Device {
    Device {
        name: known.name.clone(),
        description: known.description.clone(),
        memory_total: known.memory_total as u64,
        memory_free: known.memory_free as u64,
        is_gpu: is_gpu(known),
    }
}

/// The GPUs among the named devices; all GPUs where none is named.
///
/// # Errors
/// A name is not known; the sentence lists those that are.
pub(super) fn gpus(names: &[String]) -> Result<Vec<LlamaBackendDevice>, EngineError> {
    let known = known();
    for name in names {
        if !known.iter().any(|device| is_named(device, name)) {
            let names: Vec<_> = known.iter().map(|device| device.name.as_str()).collect();
            return Err(EngineError::Refused {
                reason: Said::new(|| words::no_device(name, names.join(&common::LIST_SEPARATOR))),
            });
        }
    }
    let chosen = |device: &LlamaBackendDevice| {
        is_gpu(device) && (names.is_empty() || names.iter().any(|name| is_named(device, name)))
    };
    Ok(known.into_iter().filter(chosen).collect())
}

fn is_named(device: &LlamaBackendDevice, name: &str) -> bool {
    device.name.eq_ignore_ascii_case(name)
}

/// Bytes that are free now on these devices; `None` where none of them is known.
pub(super) fn free_on(devices: &[Device]) -> Option<u64> {
    let named = |known: &LlamaBackendDevice| devices.iter().any(|d| d.name == known.name);
    let free: Vec<u64> = known()
        .iter()
        .filter(|known| named(known))
        .map(|known| known.memory_free as u64)
        .collect();
    (!free.is_empty()).then(|| free.iter().sum())
}
