//! Writes a model's weights in another format.

use std::ffi::CString;
use std::path::Path;

use llama_cpp_sys_2 as sys;

use super::load::check_tensors;
use super::threads::default_threads;
use super::{End, log};
use crate::engine::backend::EventSink;
use crate::inference::{EngineError, EngineEvent, QuantizeRequest, WeightFormat};
use crate::words::{Said, engine::llama as words};

/// Converts, and tells when it is done. llama.cpp cannot be stopped on the way: who wants that
/// ends the process.
pub(super) fn quantize(request: &QuantizeRequest, events: &mut dyn EventSink) -> Result<(), End> {
    let fail = |reason| EngineError::ModelNotLoadable {
        path: request.source.clone(),
        reason,
    };
    check_tensors(&request.source).map_err(fail)?;
    let source = c_path(&request.source)?;
    let target = c_path(&request.target)?;
    let threads = request.threads.unwrap_or_else(default_threads).max(1);
    log::forget();
    // SAFETY: both paths end in NUL and live through the call; the parameters are llama.cpp's
    // defaults but for plain values. It catches its own exceptions and returns non-zero then.
    let failed = unsafe {
        let mut params = sys::llama_model_quantize_default_params();
        params.ftype = ftype(request.format);
        params.allow_requantize = true;
        params.nthread = i32::try_from(threads).unwrap_or(i32::MAX);
        sys::llama_model_quantize(source.as_ptr(), target.as_ptr(), &raw const params)
    };
    if failed != 0 {
        let reason = log::first_complaint().unwrap_or_else(|| words::CANNOT_CONVERT.into());
        return Err(fail(reason).into());
    }
    events.send(EngineEvent::Quantized {
        request: request.request,
    })?;
    Ok(())
}

fn c_path(path: &Path) -> Result<CString, EngineError> {
    CString::new(path.as_os_str().as_encoded_bytes()).map_err(|_| EngineError::Refused {
        reason: Said::new(|| words::no_path(path.display())),
    })
}

fn ftype(format: WeightFormat) -> sys::llama_ftype {
    match format {
        WeightFormat::F16 => sys::LLAMA_FTYPE_MOSTLY_F16,
        WeightFormat::Bf16 => sys::LLAMA_FTYPE_MOSTLY_BF16,
        WeightFormat::Q8_0 => sys::LLAMA_FTYPE_MOSTLY_Q8_0,
        WeightFormat::Q6K => sys::LLAMA_FTYPE_MOSTLY_Q6_K,
        WeightFormat::Q5KM => sys::LLAMA_FTYPE_MOSTLY_Q5_K_M,
        WeightFormat::Q5KS => sys::LLAMA_FTYPE_MOSTLY_Q5_K_S,
        WeightFormat::Q5_1 => sys::LLAMA_FTYPE_MOSTLY_Q5_1,
        WeightFormat::Q5_0 => sys::LLAMA_FTYPE_MOSTLY_Q5_0,
        WeightFormat::Q4KM => sys::LLAMA_FTYPE_MOSTLY_Q4_K_M,
        WeightFormat::Q4KS => sys::LLAMA_FTYPE_MOSTLY_Q4_K_S,
        WeightFormat::Q4_1 => sys::LLAMA_FTYPE_MOSTLY_Q4_1,
        WeightFormat::Q4_0 => sys::LLAMA_FTYPE_MOSTLY_Q4_0,
        WeightFormat::Iq4Nl => sys::LLAMA_FTYPE_MOSTLY_IQ4_NL,
        WeightFormat::Iq4Xs => sys::LLAMA_FTYPE_MOSTLY_IQ4_XS,
        WeightFormat::Q3KL => sys::LLAMA_FTYPE_MOSTLY_Q3_K_L,
        WeightFormat::Q3KM => sys::LLAMA_FTYPE_MOSTLY_Q3_K_M,
        WeightFormat::Q3KS => sys::LLAMA_FTYPE_MOSTLY_Q3_K_S,
        WeightFormat::Q2K => sys::LLAMA_FTYPE_MOSTLY_Q2_K,
    }
}
