//! `--list-devices`: what limpid was built for, and what is there.

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
            out += &format!(
                " ({} MiB, {} MiB free)",
                mebibytes(device.memory_total),
                mebibytes(device.memory_free)
            );
        }
        out += "\n";
    }
    if !devices.iter().any(|device| device.is_gpu) {
        out += NO_GPU;
    }
    super::print(&out)
}

/// Says that nothing was built in.
///
/// # Errors
/// Standard output cannot be written.
#[cfg(not(feature = "llama"))]
pub fn list() -> anyhow::Result<()> {
    super::print("This limpid was built without llama.cpp.\n")
}

#[cfg(feature = "llama")]
const NO_GPU: &str = if cfg!(any(
    feature = "cuda",
    feature = "vulkan",
    feature = "metal",
    feature = "rocm"
)) {
    "No GPU was found, though support for one was built in.\n"
} else {
    "No GPU support was built in: build with FEATURES=cuda, vulkan, metal or rocm.\n"
};
