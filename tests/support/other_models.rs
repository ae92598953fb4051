//! Models beside the default one, made from it once a run and kept in the build's folder.

use std::ffi::CString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use llama_cpp_2::llama_backend::LlamaBackend;

use super::pty::test_model;

/// llama.cpp in this process, which starts once, whoever asks first.
pub fn llama() -> &'static LlamaBackend {
    limpid::engine::llama::runtime().expect("only limpid starts llama.cpp here")
}

/// The default model as Q4_0: nearly the same, and not quite.
pub fn requantized() -> PathBuf {
    made("requantized-q4_0.gguf", |target| {
        llama();
        let path = |path: &Path| CString::new(path.to_str().unwrap()).unwrap();
        let (from, to) = (path(&test_model()), path(target));
        #[expect(
            unsafe_code,
            reason = "the bindings have no safe call that converts a model's weights"
        )]
        // SAFETY: both paths end in NUL and live through the call, and the parameters are
        // llama.cpp's own defaults but for two plain values.
        let failed = unsafe {
            let mut params = llama_cpp_sys_2::llama_model_quantize_default_params();
            params.ftype = llama_cpp_sys_2::LLAMA_FTYPE_MOSTLY_Q4_0;
            params.allow_requantize = true;
            llama_cpp_sys_2::llama_model_quantize(from.as_ptr(), to.as_ptr(), &raw const params)
        };
        assert_eq!(failed, 0, "llama.cpp converts its own files");
    })
}

/// The default model with another text for the token ` because`.
pub fn with_another_token() -> PathBuf {
    made("another-token.gguf", |target| {
        let mut bytes = std::fs::read(test_model()).unwrap();
        let at = place_of(&bytes, "Ġbecause").expect("the default model has the token");
        let last = at + "Ġbecause".len() - 1;
        bytes[last] = b'#';
        std::fs::write(target, bytes).unwrap();
    })
}

/// The default model as if it had been trained to read so many tokens.
pub fn trained_on(tokens: u32) -> tempfile::NamedTempFile {
    let mut bytes = std::fs::read(test_model()).unwrap();
    let key = "llama.context_length";
    let at = place_of(&bytes, key).expect("the default model tells") + key.len();
    // The number of its type comes first: 4, an unsigned one of 32 bits.
    assert_eq!(bytes[at..at + 4], 4_u32.to_le_bytes());
    bytes[at + 4..at + 8].copy_from_slice(&tokens.to_le_bytes());
    let file = tempfile::Builder::new().suffix(".gguf").tempfile().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

/// Where a string of the header begins; its length stands before it.
fn place_of(bytes: &[u8], text: &str) -> Option<usize> {
    let mut needle = (text.len() as u64).to_le_bytes().to_vec();
    needle.extend_from_slice(text.as_bytes());
    let found = bytes.windows(needle.len()).position(|it| it == needle)?;
    Some(found + size_of::<u64>())
}

/// A file that is made if this build has not made it yet.
pub fn made(name: &str, make: impl FnOnce(&Path)) -> PathBuf {
    static MAKING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let size = std::fs::metadata(test_model()).unwrap().len();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{size}-{name}"));
    if !path.exists() {
        // Another run may make it at the same time.
        let unfinished = path.with_extension(format!("{}.part", std::process::id()));
        make(&unfinished);
        std::fs::rename(&unfinished, &path).unwrap();
    }
    path
}
