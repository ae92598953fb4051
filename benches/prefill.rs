//! What reading a prompt in chunks costs: a chat's prefill, which can be cancelled between two
//! decodes, against the same number of tokens in one batch. The two alternate; the ratio of the
//! medians is what counts.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const TOKENS: usize = 512;
const ROUNDS: usize = 15;

/// What the program prints as JSON.
fn limpid(arguments: &[&str]) -> Value {
    let model = std::env::var("LIMPID_MODEL").unwrap_or_else(|_| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models/SmolLM2-135M-Instruct.Q4_1.gguf")
            .display()
            .to_string()
    });
    let output = Command::new(env!("CARGO_BIN_EXE_limpid"))
        .args(["--model", &model])
        .args(arguments)
        .output()
        .expect("limpid starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Milliseconds for [`TOKENS`] in one batch.
fn one_batch() -> f64 {
    let tokens = TOKENS.to_string();
    let said = limpid(&[
        "bench", "-p", &tokens, "-n", "0", "-r", "1", "--format", "json",
    ]);
    let speed = said[0]["mean_per_second"].as_f64().expect("a number");
    TOKENS as f64 / speed * 1e3
}

/// Milliseconds a token of a prompt of about as many, times [`TOKENS`].
fn chunks() -> f64 {
    let prompt = "word ".repeat(TOKENS);
    let said = limpid(&["--raw", "-n", "1", "--format", "json", prompt.trim_end()]);
    let timings = &said["timings"];
    let number = |name: &str| timings[name].as_f64().expect("a number");
    number("prompt_ms") / number("prompt_n") * TOKENS as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let (mut chunked, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        chunked.push(chunks());
        whole.push(one_batch());
    }
    let (chunked, whole) = (median(chunked), median(whole));
    println!(
        "{TOKENS} tokens, {ROUNDS} rounds: chunks {chunked:.0} ms, one batch {whole:.0} ms, ratio {:.3}",
        chunked / whole
    );
}
