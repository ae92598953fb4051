//! What the screen costs while an answer is written: the real program in a terminal of 200x50,
//! against the same answer without one, and against `llama-bench` at the same depth where that is
//! found in `LLAMA_CPP_BIN` (a folder).
//!
//! Decoding speed, bytes a second to the terminal, and the time from a key press to its letter
//! on the screen. Runs alternate; the ratio of medians is what counts.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use tempfile::TempDir;

const ROUNDS: usize = 7;
const TOKENS: &str = "256";
const QUESTION: &str = "Tell me a long story about a lighthouse.";
/// Its tokens, in the template.
const PROMPT: &str = "38";
/// The model writes none of these.
const KEY: &[u8] = b"~";
/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_mins(2);

fn main() {
    let (mut headless, mut wide, mut narrow) = (Vec::new(), Vec::new(), Vec::new());
    let tool = std::env::var_os("LLAMA_CPP_BIN").map(|it| PathBuf::from(it).join("llama-bench"));
    let tool = tool.filter(|tool| tool.is_file());
    let mut bare = Vec::new();
    for _ in 0..ROUNDS {
        headless.push(without_a_screen());
        wide.push(on_a_screen(200));
        narrow.push(on_a_screen(99));
        bare.extend(tool.as_deref().map(llama_bench));
    }
    let plain = median(headless);
    println!("{ROUNDS} rounds of {TOKENS} tokens, medians");
    println!("without a screen, greedy, no odds: {plain:.1} tok/s");
    let bare = (!bare.is_empty()).then(|| median(bare));
    match bare {
        Some(bare) => println!("of that of llama-bench: {:.3}", plain / bare),
        None => println!("no llama-bench was found: the comparison with it is left out"),
    }
    for (name, runs) in [
        ("all panes, 200x50", wide),
        ("the conversation alone, 99x50", narrow),
    ] {
        let speed = median(runs.iter().map(|run| run.tokens_per_second).collect());
        let bytes = median(runs.iter().map(|run| run.bytes_per_second).collect());
        let keys: Vec<f64> = runs.iter().flat_map(|run| run.keys_ms.clone()).collect();
        let slowest = keys.iter().copied().fold(0.0, f64::max);
        println!(
            "{name}: {:.3} of that speed; {bytes:.0} bytes/s at {speed:.1} tok/s; a key shows \
             after {:.0} ms, the slowest of {} after {slowest:.0} ms",
            speed / plain,
            median(keys.clone()),
            keys.len(),
        );
        if let Some(bare) = bare {
            println!("{name}: {:.3} of the speed of llama-bench", speed / bare);
        }
    }
}

fn model() -> PathBuf {
    std::env::var_os("LIMPID_MODEL").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        PathBuf::from,
    )
}

/// Tokens a second of a one-shot with nothing around it.
fn without_a_screen() -> f64 {
    let output = Command::new(env!("CARGO_BIN_EXE_limpid"))
        .arg("--model")
        .arg(model())
        .args(["--no-speculate", "--temp", "0", "--candidates", "0"])
        .args(["-l", "2-inf", "-n", TOKENS, "--format", "json", QUESTION])
        .stdin(Stdio::null())
        .output()
        .expect("limpid starts");
    assert!(output.status.success(), "{output:?}");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let timings = &answer["timings"];
    speed(&timings["predicted_n"], &timings["predicted_ms"])
}

/// Tokens a second of as many tokens after as long a prompt.
fn llama_bench(tool: &Path) -> f64 {
    let output = Command::new(tool)
        .arg("-m")
        .arg(model())
        .args([
            "-t", "2", "-r", "1", "-p", "0", "-n", TOKENS, "-d", PROMPT, "-o", "json",
        ])
        .stdin(Stdio::null())
        .output()
        .expect("llama-bench starts");
    assert!(output.status.success(), "{output:?}");
    let runs: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    runs[0]["avg_ts"].as_f64().expect("a number")
}

fn speed(tokens: &Value, milliseconds: &Value) -> f64 {
    let number = |value: &Value| value.as_f64().expect("a number");
    1e3 * number(tokens) / number(milliseconds)
}

struct Run {
    tokens_per_second: f64,
    bytes_per_second: f64,
    keys_ms: Vec<f64>,
}

/// What a terminal got, and when each [`KEY`] came.
#[derive(Default)]
struct Written {
    bytes: usize,
    keys: Vec<Instant>,
}

/// The same answer with candidates, the default samplers, history, and keys that are pressed.
fn on_a_screen(columns: u16) -> Run {
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let size = PtySize {
        rows: 50,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pty = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_limpid"));
    command.args(["--no-speculate", "--seed", "1", "-l", "2-inf", "-n", TOKENS]);
    command.env("HOME", home.path());
    command.env("XDG_DATA_HOME", home.path().join("data"));
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("LIMPID_MODEL", model());
    let mut reader = pty.master.try_clone_reader().expect("it can be read");
    let mut keyboard = pty.master.take_writer().expect("it can be typed on");
    let mut child = pty.slave.spawn_command(command).expect("limpid starts");
    drop(pty.slave);
    let written = Arc::new(Mutex::new(Written::default()));
    let theirs = Arc::clone(&written);
    let follow = thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        // Linux ends a terminal that nobody writes to any more with an error.
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let mut written = theirs.lock().expect("nobody panicked with it");
            written.bytes += count;
            let keys = buffer[..count].iter().filter(|&&byte| byte == KEY[0]);
            let came = keys.map(|_| Instant::now());
            written.keys.extend(came);
        }
    });
    let mut press = |keys: &[u8]| {
        keyboard.write_all(keys).expect("limpid lives");
        keyboard.flush().expect("limpid lives");
    };
    // Before its first frame the terminal would take Enter for a line's end.
    wait("the first frame", || {
        written.lock().expect("it lives").bytes > 1000
    });
    press(format!("{QUESTION}\r").as_bytes());
    wait("the answer begins", || record(&home, "begin").is_some());
    let (began, before) = (Instant::now(), written.lock().expect("it lives").bytes);
    let mut pressed = Vec::new();
    let mut next = Duration::from_millis(200);
    let end = wait_for("the answer ends", || {
        if began.elapsed() > next && record(&home, "end").is_none() {
            // Not in step with the frames.
            next += Duration::from_millis(317);
            pressed.push(Instant::now());
            press(KEY);
        }
        record(&home, "end")
    });
    let bytes = written.lock().expect("it lives").bytes - before;
    let bytes_per_second = bytes as f64 / began.elapsed().as_secs_f64();
    wait("every key is seen", || {
        written.lock().expect("it lives").keys.len() >= pressed.len()
    });
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    follow.join().expect("it reads to the end");
    let seen = written.lock().expect("it lives");
    let keys_ms = pressed
        .iter()
        .zip(&seen.keys)
        .map(|(pressed, seen)| seen.duration_since(*pressed).as_secs_f64() * 1e3)
        .collect();
    let stats = &end["stats"];
    Run {
        tokens_per_second: speed(&stats["predicted_tokens"], &stats["predicted_ms"]),
        bytes_per_second,
        keys_ms,
    }
}

/// The first record of a kind in the conversation that is being written.
fn record(home: &TempDir, kind: &str) -> Option<Value> {
    let folder = home.path().join("data/limpid/history");
    let files = fs::read_dir(folder).ok()?.flatten();
    let file = files
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|it| it == "jsonl"))?;
    // The cores belong to what is measured: nothing is parsed before it is there.
    let text = fs::read(file).ok()?;
    let mark = format!(r#""type":"{kind}""#);
    memchr::memmem::find(&text, mark.as_bytes())?;
    String::from_utf8_lossy(&text)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find(|record| record["type"] == kind)
}

fn wait(what: &str, done: impl FnMut() -> bool) {
    let mut done = done;
    wait_for(what, || done().then_some(()));
}

fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
