//! What a resident engine saves a one-shot, and what it gives to several clients at a time.
//!
//! Warm and cold one-shots alternate, and the ratio of their medians is what counts. Of a warm
//! one the time before and beside the engine's own work is told too: from the start of the
//! process to the first token, without what the engine measured from the request to the token.

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use serde_json::Value;

const ROUNDS: usize = 15;
/// Tokens of an answer when several clients share the engine.
const TOKENS: u32 = 48;
const CLIENTS: [usize; 4] = [1, 2, 4, 8];
const CLIENT_ROUNDS: usize = 5;
/// Tokens of the long prompt beside an answer, and of that answer at most: together they fit the
/// default model.
const READ: usize = 6000;
const WRITTEN: u32 = 1900;

struct Bench {
    home: tempfile::TempDir,
    model: PathBuf,
}

impl Bench {
    fn limpid(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limpid"));
        command
            .env("HOME", self.home.path())
            .env("LIMPID_RUNTIME_DIR", self.home.path().join("run"))
            .env("LIMPID_MODEL", &self.model)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }

    /// A one-shot whose answer goes to its limit.
    fn ask(&self, tokens: u32, question: &str, more: &[&str]) -> Running {
        let started = Instant::now();
        let mut child = self
            .limpid()
            .args([
                "--temp", "0", "-l", "2-inf", "-l", "0-inf", "--format", "jsonl",
            ])
            .args(["-n", &tokens.to_string()])
            .args(more)
            .arg(question)
            .spawn()
            .expect("limpid starts");
        let out = child.stdout.take().expect("it is piped");
        Running {
            child,
            lines: BufReader::new(out).lines(),
            started,
        }
    }
}

struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    started: Instant,
}

/// Milliseconds of one one-shot.
struct Took {
    first: f64,
    whole: f64,
    /// From the request to the first token, as the engine measured it.
    engine: f64,
}

impl Running {
    fn end(mut self) -> Took {
        let _token = self.lines.next().expect("an answer").expect("a line");
        let first = self.started.elapsed();
        let last = self.lines.map_while(Result::ok).last().expect("statistics");
        self.child.wait().expect("it ends");
        let whole = self.started.elapsed();
        let last: Value = serde_json::from_str(&last).expect("JSON");
        Took {
            first: first.as_secs_f64() * 1e3,
            whole: whole.as_secs_f64() * 1e3,
            engine: last["timings"]["ttft_ms"].as_f64().expect("a number"),
        }
    }
}

fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_unstable_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn one_shots(bench: &Bench) {
    let question = "Why is the sky blue?";
    let (mut warm, mut cold) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        warm.push(bench.ask(16, question, &[]).end());
        // Incognito has an engine of its own.
        cold.push(bench.ask(16, question, &["--incognito"]).end());
    }
    let first = |took: &[Took]| median(took.iter().map(|it| it.first));
    let whole = |took: &[Took]| median(took.iter().map(|it| it.whole));
    println!("a one-shot of 16 tokens, {ROUNDS} of each, medians:");
    println!(
        "  first token: warm {:.0} ms, cold {:.0} ms, ratio {:.2}",
        first(&warm),
        first(&cold),
        first(&warm) / first(&cold)
    );
    println!(
        "  whole: warm {:.0} ms, cold {:.0} ms, ratio {:.2}",
        whole(&warm),
        whole(&cold),
        whole(&warm) / whole(&cold)
    );
    println!(
        "  warm, beside the engine's own time to the first token: {:.1} ms",
        median(warm.iter().map(|it| it.first - it.engine))
    );
}

fn clients(bench: &Bench) {
    println!("\n| clients | tokens/s in all | slowest first token, ms |\n|---|---|---|");
    let mut rows = CLIENTS.map(|_| (Vec::new(), Vec::new()));
    for round in 0..CLIENT_ROUNDS {
        for (count, (speeds, firsts)) in CLIENTS.iter().zip(&mut rows) {
            let started = Instant::now();
            let running: Vec<_> = (0..*count)
                .map(|client| {
                    // Prompts that share little of the cache.
                    let question = format!("{round}{client}: tell me about the number {client}.");
                    let running = bench.ask(TOKENS, &question, &[]);
                    std::thread::spawn(move || running.end())
                })
                .collect();
            let took: Vec<_> = running
                .into_iter()
                .map(|it| it.join().expect("a client ends"))
                .collect();
            let tokens = (*count as f64) * f64::from(TOKENS);
            speeds.push(tokens / started.elapsed().as_secs_f64());
            firsts.push(took.iter().map(|it| it.first).fold(0.0, f64::max));
        }
    }
    for (count, (speeds, firsts)) in CLIENTS.iter().zip(rows) {
        println!(
            "| {count} | {:.0} | {:.0} |",
            median(speeds),
            median(firsts)
        );
    }
}

/// The longest time between two tokens of an answer, milliseconds, until another client has its
/// first; and how many tokens came.
fn longest_gap(mut writing: Running, other: Running) -> (f64, usize) {
    let other = std::thread::spawn(move || other.end());
    let (mut before, mut gap) = (Instant::now(), 0.0_f64);
    let mut written = 0;
    while !other.is_finished()
        && let Some(Ok(_token)) = writing.lines.next()
    {
        gap = gap.max(before.elapsed().as_secs_f64() * 1e3);
        before = Instant::now();
        written += 1;
    }
    assert!(other.is_finished(), "the answer ended too soon");
    writing.child.kill().expect("it can be ended");
    writing.child.wait().expect("it ends");
    other.join().expect("the other client ends");
    (gap, written)
}

/// An answer that is being written.
fn story(bench: &Bench, round: usize) -> Running {
    let question = format!("{round}: tell me a long story.");
    let mut writing = bench.ask(WRITTEN, &question, &[]);
    let _token = writing.lines.next().expect("an answer").expect("a line");
    writing
}

/// What an answer waits for at most beside a long prompt.
fn beside_a_prompt(bench: &Bench) {
    let gaps = (0..CLIENT_ROUNDS).map(|round| {
        let writing = story(bench, round);
        let prompt = format!("{round}: {}", "word ".repeat(READ));
        let (gap, written) = longest_gap(writing, bench.ask(1, &prompt, &[]));
        println!("round {round}: {gap:.0} ms at most between {written} tokens");
        gap
    });
    let longest = median(gaps);
    println!(
        "beside a prompt of {READ} tokens: {longest:.0} ms at most between two, median of {CLIENT_ROUNDS}"
    );
}

/// What an answer waits for at most while a long conversation is read from disk.
fn beside_a_conversation(bench: &Bench) {
    let serve = Serve::start(bench);
    bench.ask(1, &"word ".repeat(READ), &["-C"]).end();
    serve.stop();
    let gaps = (0..CLIENT_ROUNDS).map(|round| {
        let serve = Serve::start(bench);
        let writing = story(bench, round);
        let (gap, written) = longest_gap(writing, bench.ask(1, "And then?", &["-C"]));
        println!("round {round}: {gap:.0} ms at most between {written} tokens");
        serve.stop();
        gap
    });
    let longest = median(gaps);
    println!(
        "beside a conversation of {READ} tokens that is opened again: {longest:.0} ms at most between two, median of {CLIENT_ROUNDS}"
    );
}

/// A resident engine.
struct Serve<'a> {
    bench: &'a Bench,
    child: Child,
}

impl<'a> Serve<'a> {
    fn start(bench: &'a Bench) -> Self {
        let mut child = bench.limpid().arg("serve").spawn().expect("limpid starts");
        let out = child.stdout.take().expect("it is piped");
        let ready = BufReader::new(out).lines().next();
        ready.expect("it is ready").expect("a line");
        Self { bench, child }
    }

    /// Ends it, and what it computed is on disk.
    fn stop(mut self) {
        let mut stop = self.bench.limpid();
        stop.args(["serve", "--stop"]).status().expect("it is told");
        self.child.wait().expect("it ends");
    }
}

fn main() {
    let model = std::env::var_os("LIMPID_MODEL").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        PathBuf::from,
    );
    let bench = Bench {
        home: tempfile::tempdir().expect("a temporary folder can be made"),
        model,
    };
    let serve = Serve::start(&bench);
    one_shots(&bench);
    clients(&bench);
    beside_a_prompt(&bench);
    serve.stop();
    beside_a_conversation(&bench);
}
