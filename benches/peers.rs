//! Against llama.cpp's own tools on the same model and threads: `llama-bench` for decode and
//! prefill, `llama-cli` for a cold one-shot and its memory. The tools are looked for in `LLAMA_CPP_BIN` (a
//! folder), then in `PATH`; what is not there is left out. Runs alternate, and the ratios of
//! medians are what counts.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use serde_json::Value;

const ROUNDS: usize = 9;
const QUESTION: &str = "Why is the sky blue?";

fn main() {
    let threads = env::var("LIMPID_THREADS").unwrap_or_else(|_| "2".to_owned());
    let model = env::var("LIMPID_MODEL").unwrap_or_else(|_| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models/SmolLM2-135M-Instruct.Q4_1.gguf")
            .display()
            .to_string()
    });
    let machine = Machine { threads, model };
    match tool("llama-bench") {
        Some(tool) => machine.speeds(&tool),
        None => println!("no llama-bench was found: decode and prefill are left out"),
    }
    match tool("llama-cli") {
        Some(tool) => {
            machine.one_shot(&tool);
            machine.memory(&tool);
        }
        None => println!("no llama-cli was found: the one-shot and memory are left out"),
    }
}

struct Machine {
    threads: String,
    model: String,
}

impl Machine {
    /// limpid with the model and the threads, and nothing guessed.
    fn limpid(&self, arguments: &[&str]) -> Output {
        finish(
            Command::new(env!("CARGO_BIN_EXE_limpid"))
                .args(["--model", &self.model, "--threads", &self.threads])
                .args(["--temp", "0", "--no-speculate"])
                .args(arguments),
        )
    }

    fn timings(&self, arguments: &[&str]) -> Value {
        let output = self.limpid(&[&["--format", "json"], arguments].concat());
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        answer["timings"].clone()
    }

    /// Tokens a second of `limpid bench`, which reads a prompt in one batch.
    fn bench(&self, test: &[&str]) -> f64 {
        let output = finish(
            Command::new(env!("CARGO_BIN_EXE_limpid"))
                .args(["--model", &self.model, "--threads", &self.threads])
                .args(["bench", "-r", "1", "--format", "json"])
                .args(test),
        );
        let runs: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        number(&runs[0]["mean_per_second"])
    }

    fn llama_bench(&self, tool: &Path, test: &[&str]) -> f64 {
        let output = finish(
            Command::new(tool)
                .args([
                    "-m",
                    &self.model,
                    "-t",
                    &self.threads,
                    "-r",
                    "1",
                    "-o",
                    "json",
                ])
                .args(test),
        );
        let runs: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        number(&runs[0]["avg_ts"])
    }

    fn speeds(&self, tool: &Path) {
        let prompt = "word ".repeat(511);
        let (mut plain, mut odds, mut decode) = (Vec::new(), Vec::new(), Vec::new());
        let (mut read, mut prefill) = (Vec::new(), Vec::new());
        let (mut loop_decode, mut loop_prefill) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let answer = |candidates: &str| {
                // As short a prompt as `llama-bench` has: attention costs more in a longer one.
                let length = ["--raw", "-n", "128", "--candidates", candidates, "The"];
                number(&self.timings(&length)["predicted_per_second"])
            };
            plain.push(answer("0"));
            odds.push(answer("40"));
            decode.push(self.llama_bench(tool, &["-p", "0", "-n", "128"]));
            let timings = self.timings(&["--raw", "-n", "1", prompt.trim_end()]);
            read.push(number(&timings["prompt_per_second"]));
            prefill.push(self.llama_bench(tool, &["-p", "512", "-n", "0"]));
            loop_decode.push(self.bench(&["-p", "0", "-n", "128"]));
            loop_prefill.push(self.bench(&["-p", "512", "-n", "0"]));
        }
        let (decode, prefill) = (median(decode), median(prefill));
        println!(
            "decode without odds, to tg128: {:.3}",
            median(plain) / decode
        );
        println!(
            "decode with 40 candidates, to tg128: {:.3}",
            median(odds) / decode
        );
        println!("prefill in chunks, to pp512: {:.3}", median(read) / prefill);
        println!(
            "prefill in one batch, to pp512: {:.3}",
            median(loop_prefill) / prefill
        );
        println!(
            "decode of `limpid bench`, to tg128: {:.3}",
            median(loop_decode) / decode
        );
    }

    fn llama_cli(&self, tool: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(tool);
        command
            .args(["-m", &self.model, "-t", &self.threads, "-n", "64"])
            .args(["--temp", "0", "--single-turn", "--simple-io"])
            .args(["-p", QUESTION])
            .args(arguments);
        command
    }

    fn memory(&self, tool: &Path) {
        for (context, size) in [
            ("-c 2048", &["-c", "2048"][..]),
            ("the default context", &[]),
        ] {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                let mut limpid = Command::new(env!("CARGO_BIN_EXE_limpid"));
                limpid
                    .args(["--model", &self.model, "--threads", &self.threads])
                    .args(["--temp", "0", "-n", "64"])
                    .args(size)
                    .arg(QUESTION);
                ours.push(peak(&mut limpid));
                theirs.push(peak(&mut self.llama_cli(tool, size)));
            }
            let [ours, theirs] = [ours, theirs].map(median);
            println!(
                "peak memory of all processes with {context}, to llama-cli: {:.3} ({:.0} MB to {:.0} MB)",
                ours / theirs,
                ours / 1e3,
                theirs / 1e3
            );
        }
    }

    fn one_shot(&self, tool: &Path) {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(timed(|| {
                self.limpid(&["-n", "64", QUESTION]);
            }));
            theirs.push(timed(|| {
                finish(&mut self.llama_cli(tool, &[]));
            }));
        }
        let [ours, theirs] = [ours, theirs].map(median);
        println!(
            "a cold one-shot of 64 tokens, to llama-cli: {:.3} ({ours:.2} s to {theirs:.2} s)",
            ours / theirs
        );
    }
}

fn tool(name: &str) -> Option<PathBuf> {
    let folder = env::var_os("LLAMA_CPP_BIN").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = folder.into_iter().chain(env::split_paths(&path)).collect();
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|tool| tool.is_file())
}

fn finish(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    output
}

/// The most memory that a program and its children had resident together, in kB. A page that
/// two of them map counts once, half for each (Pss).
fn peak(command: &mut Command) -> f64 {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut peak = 0;
    let status = loop {
        let now = tree(child.id()).into_iter().filter_map(resident).sum();
        peak = peak.max(now);
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{status}");
    peak as f64
}

/// A process and those that it and its children started.
fn tree(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten();
    let children: Vec<u32> = tasks
        .flatten()
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|text| {
            let pids = text.split_whitespace().map(str::parse);
            pids.flatten().collect::<Vec<_>>()
        })
        .collect();
    let below = children.into_iter().flat_map(tree);
    std::iter::once(pid).chain(below).collect()
}

/// `None` for a process that has ended.
fn resident(pid: u32) -> Option<u64> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let maps = match fs::read_to_string(&path) {
        Ok(maps) => maps,
        Err(error) if has_ended(&error) => return None,
        // Without the engine the ratio would be a false one.
        Err(error) => panic!(
            "{path}: {error}; an engine lets nobody but root read it, so this is measured as root"
        ),
    };
    let pss = maps.lines().find_map(|line| line.strip_prefix("Pss:"));
    let number = pss.and_then(|pss| pss.split_whitespace().next()?.parse().ok());
    Some(number.unwrap_or_else(|| panic!("{path} has no Pss:\n{maps}")))
}

/// Whether a file of `/proc` cannot be read because its process is no longer there.
fn has_ended(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
        || error.raw_os_error() == Some(Errno::SRCH.raw_os_error())
}

fn timed(run: impl FnOnce()) -> f64 {
    let started = Instant::now();
    run();
    Duration::as_secs_f64(&started.elapsed())
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
