//! llama.cpp's log: complaints go to standard error, and the last are kept for error messages.
//!
//! The engine process' standard error is a pipe into its parent's ring buffer, so what is
//! written here is what a user sees after a crash.

use std::collections::VecDeque;
use std::ffi::{CStr, c_char, c_void};
use std::io::Write as _;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use llama_cpp_sys_2::{
    GGML_LOG_LEVEL_CONT, GGML_LOG_LEVEL_ERROR, GGML_LOG_LEVEL_WARN, ggml_log_level, llama_log_set,
};

use crate::words::Said;

/// Error lines kept between two calls of [`forget`].
const KEPT: usize = 16;

/// Bytes of one line; a hostile file can put megabytes into a message.
const LONGEST: usize = 1024;

static LOG: Mutex<Log> = Mutex::new(Log {
    level: 0,
    line: Vec::new(),
    errors: VecDeque::new(),
});

struct Log {
    /// The level of the line that is being put together.
    level: ggml_log_level,
    line: Vec<u8>,
    errors: VecDeque<String>,
}

/// Sends llama.cpp's log here. Calling it again changes nothing.
pub(super) fn install() {
    // SAFETY: the callback is a function that lives as long as the program, takes no user
    // data, and does not unwind.
    unsafe { llama_log_set(Some(receive), ptr::null_mut()) };
}

/// Drops the errors that were kept, before something is tried that may fail.
pub(super) fn forget() {
    lock().errors.clear();
}

/// What llama.cpp complained of first since [`forget`]: the cause, which the later lines only
/// pass on.
pub(super) fn first_complaint() -> Option<Said> {
    let log = lock();
    let complaints = log.errors.iter().map(|line| cause(line));
    complaints
        .clone()
        .find(|cause| !cause.starts_with("failed to load model"))
        .or_else(|| complaints.into_iter().next())
        .filter(|cause| !cause.is_empty())
        .map(Said::verbatim)
}

/// The part of a line that says what is wrong, without the names of C++ functions before it.
fn cause(line: &str) -> &str {
    const WRAPPERS: [&str; 5] = [
        "error loading model architecture: ",
        "error loading model hyperparameters: ",
        "error loading model vocabulary: ",
        "error loading model: ",
        "failed to initialize the context: ",
    ];
    let mut rest = line.trim_start();
    loop {
        let before = rest;
        if let Some((function, message)) = rest.split_once(": ")
            && !function.is_empty()
            && function
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && function.contains('_')
        {
            rest = message;
        }
        for wrapper in WRAPPERS {
            rest = rest.strip_prefix(wrapper).unwrap_or(rest);
        }
        if rest.len() == before.len() {
            return rest.trim_end();
        }
    }
}

extern "C" fn receive(level: ggml_log_level, text: *const c_char, _: *mut c_void) {
    if text.is_null() {
        return;
    }
    // SAFETY: llama.cpp passes a NUL-terminated string that lives until this returns.
    let text = unsafe { CStr::from_ptr(text) }.to_bytes();
    lock().take(level, text);
}

impl Log {
    /// Puts lines together: a text without a newline is continued by the next one.
    fn take(&mut self, level: ggml_log_level, text: &[u8]) {
        if level != GGML_LOG_LEVEL_CONT {
            self.level = level;
            self.line.clear();
        }
        for part in text.split_inclusive(|&byte| byte == b'\n') {
            let room = LONGEST.saturating_sub(self.line.len());
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            if part.ends_with(b"\n") {
                self.finish_line();
            }
        }
    }

    fn finish_line(&mut self) {
        if matches!(self.level, GGML_LOG_LEVEL_WARN | GGML_LOG_LEVEL_ERROR) {
            if self.line.last() != Some(&b'\n') {
                self.line.push(b'\n');
            }
            // A standard error that nobody reads any more is no reason to stop computing.
            let _unread = std::io::stderr().write_all(&self.line);
            if self.level == GGML_LOG_LEVEL_ERROR {
                if self.errors.len() == KEPT {
                    self.errors.pop_back();
                }
                let line = String::from_utf8_lossy(&self.line).trim().to_owned();
                self.errors.push_back(line);
            }
        }
        self.line.clear();
    }
}

fn lock() -> MutexGuard<'static, Log> {
    // Lines and numbers are whole whatever a panicking holder was doing.
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_without_the_functions_that_passed_it_on() {
        let line = "llama_model_load: error loading model: error loading model architecture: \
                    unknown model architecture: 'foo'";
        assert_eq!(cause(line), "unknown model architecture: 'foo'");
        assert_eq!(
            cause("parse: error parsing grammar: x"),
            "parse: error parsing grammar: x"
        );
        assert_eq!(cause("gguf_init_from_file_ptr: "), "");
    }

    #[test]
    fn continued_lines_become_one() {
        let mut log = Log {
            level: 0,
            line: Vec::new(),
            errors: VecDeque::new(),
        };
        log.take(GGML_LOG_LEVEL_ERROR, b"one ");
        log.take(GGML_LOG_LEVEL_CONT, b"line\nand");
        log.take(GGML_LOG_LEVEL_CONT, b" another\n");
        assert_eq!(log.errors, ["one line", "and another"]);
    }

    #[test]
    fn a_flood_of_errors_keeps_the_first() {
        let mut log = Log {
            level: 0,
            line: Vec::new(),
            errors: VecDeque::new(),
        };
        for number in 0..100 {
            log.take(GGML_LOG_LEVEL_ERROR, format!("error {number}\n").as_bytes());
        }
        assert_eq!(log.errors.len(), KEPT);
        assert_eq!(log.errors[0], "error 0");
        assert_eq!(log.errors[KEPT - 1], "error 99");
    }
}
