//! `--list-devices`: what limpid was built for, and what is there.

#[cfg(feature = "llama")]
use crate::words::Phrase;
use crate::words::commands as words;

/// Prints every compute device that was built in and found.
///
/// # Errors
/// Standard output cannot be written.
#[cfg(feature = "llama")]
pub fn list() -> anyhow::Result<()> {
    use crate::text;

    let devices = crate::engine::llama::devices();
    let mut out = String::new();
    for device in &devices {
        out += &format!(
            "{:<10} {}",
            text::visible_line(&device.name),
            text::visible_line(&device.description)
        );
        if device.memory_total > 0 {
            let mebibytes = |bytes: u64| bytes >> 20;
            out += &words::device_memory(
                mebibytes(device.memory_total),
                mebibytes(device.memory_free),
            );
        }
        out += "\n";
    }
    if !devices.iter().any(|device| device.is_gpu) {
        out += &format!("{NO_GPU}\n");
    }
    super::print(&out)
}

/// Says that nothing was built in.
///
/// # Errors
/// Standard output cannot be written.
#[cfg(not(feature = "llama"))]
pub fn list() -> anyhow::Result<()> {
    super::print(&format!("{}\n", words::NO_LLAMA))
}

#[cfg(feature = "llama")]
const NO_GPU: Phrase = if cfg!(any(
    feature = "cuda",
    feature = "vulkan",
    feature = "metal",
    feature = "rocm"
)) {
    words::NO_GPU_FOUND
} else {
    words::NO_GPU_SUPPORT
};
