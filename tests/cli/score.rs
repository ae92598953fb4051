//! `limpid score`, from outside, on the real model.

use std::io::{Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;

use serde_json::Value;

use crate::support::browser;
use crate::support::raw_logits::{log_sum_exp, raw_logits};
use crate::support::run::{Home, assert_code, model, stderr, stdout};

const TEXT: &str = "Naïve <b>text</b> & more, 你好!\n\nThe sky is blue because of scattering.";

/// Enough for a few small windows; what it says does not matter.
fn story() -> String {
    let line = "In the year 1905 the clerk wrote four papers, and nobody in town noticed.\n";
    line.repeat(16)
}

fn score(home: &Home, arguments: &[&str]) -> String {
    let model = model();
    let mut all = vec!["score", "-m", model.to_str().unwrap()];
    all.extend(arguments);
    let output = home.run(&all);
    assert_code(&output, 0);
    stdout(&output)
}

/// The tokens, and the object that follows them.
fn lines(jsonl: &str) -> (Vec<Value>, Value) {
    let mut lines: Vec<Value> = jsonl
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let total = lines.pop().expect("the last line is the text's");
    assert_eq!(total["object"], "score");
    (lines, total)
}

fn ids(tokens: &[Value]) -> Vec<u32> {
    let id = |token: &Value| u32::try_from(token["id"].as_u64().unwrap()).unwrap();
    tokens.iter().map(id).collect()
}

#[test]
fn every_token_of_a_text_is_scored_and_the_perplexity_follows_from_them() {
    let home = Home::new();
    let (tokens, total) = lines(&score(&home, &["--format", "jsonl", TEXT]));
    let bytes: Vec<u8> = tokens
        .iter()
        .flat_map(|token| token["bytes"].as_array().unwrap())
        .map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap())
        .collect();
    assert_eq!(String::from_utf8(bytes).unwrap(), TEXT);
    assert_eq!(tokens[0]["logprob"], Value::Null, "nothing came before it");
    let logprobs: Vec<f64> = tokens[1..]
        .iter()
        .map(|token| token["logprob"].as_f64().unwrap())
        .collect();
    let mean = logprobs.iter().sum::<f64>() / logprobs.len() as f64;
    let perplexity = total["perplexity"].as_f64().unwrap();
    assert!((perplexity / (-mean).exp() - 1.0).abs() < 1e-5);
    assert_eq!(total["tokens"].as_u64().unwrap() as usize, logprobs.len());
    for token in &tokens[1..] {
        assert_eq!(token["top_logprobs"].as_array().unwrap().len(), 5);
        assert!(token["rank"].as_u64().unwrap() >= 1);
        assert!(token["entropy"].as_f64().unwrap() >= 0.0);
    }
}

#[test]
fn halves_are_the_perplexity_that_a_direct_computation_gives() {
    const WINDOW: usize = 64;
    let home = Home::new();
    let text = story();
    let (all, _) = lines(&score(&home, &["--format", "jsonl", &text]));
    let ids = ids(&all);
    let windows = ids.len() / WINDOW;
    assert!(windows >= 3);
    let arguments = ["--method", "halves", "-c", "64", "--format", "jsonl", &text];
    let (scored, total) = lines(&score(&home, &arguments));
    assert_eq!(total["windows"].as_u64().unwrap() as usize, windows);
    assert_eq!(scored.len(), windows * (WINDOW - WINDOW / 2 - 1));
    // As in llama.cpp's tools/perplexity: the place n/2 foresees the first token that counts.
    let mut nll = 0.0;
    for window in ids.chunks_exact(WINDOW) {
        let rows = raw_logits(window);
        for place in WINDOW / 2..WINDOW - 1 {
            let next = window[place + 1] as usize;
            nll += log_sum_exp(&rows[place]) - f64::from(rows[place][next]);
        }
    }
    let direct = (nll / scored.len() as f64).exp();
    let perplexity = total["perplexity"].as_f64().unwrap();
    // Measured: 0.005 apart, since the batches are others.
    assert!(
        (perplexity / direct - 1.0).abs() < 0.03,
        "{perplexity} {direct}"
    );
}

#[test]
fn sliding_windows_score_every_token_once_and_change_the_odds_little() {
    let home = Home::new();
    let text = story();
    let (whole, _) = lines(&score(&home, &["--format", "jsonl", &text]));
    let arguments = ["-c", "128", "--stride", "32", "--format", "jsonl", &text];
    let (slid, total) = lines(&score(&home, &arguments));
    assert_eq!(ids(&slid), ids(&whole));
    assert!(total["windows"].as_u64().unwrap() > 3);
    assert!(slid[1..].iter().all(|token| token["logprob"].is_number()));
    let (few, total) = lines(&score(
        &home,
        &[&arguments[..], &["--chunks", "2"]].concat(),
    ));
    assert_eq!(few.len(), 128 + 32);
    assert_eq!(total["windows"], 2);
}

#[test]
fn a_text_without_end_is_read_no_further_than_it_is_wanted() {
    let home = Home::new();
    let model = model();
    let arguments = ["score", "-m", model.to_str().unwrap()];
    let limits = ["--chunks", "2", "-c", "32", "--format", "jsonl"];
    let mut child = home
        .limpid(arguments.iter().chain(&limits))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("limpid starts");
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let line = story();
        let mut written = 0_u64;
        while stdin.write_all(line.as_bytes()).is_ok() {
            written += line.len() as u64;
        }
        written
    });
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let (tokens, _) = lines(&out);
    assert_eq!(tokens.len(), 32 + 16);
    assert!(writer.join().unwrap() < 4 << 20, "it was read far ahead");
}

#[test]
fn the_table_ends_with_the_perplexity_and_its_method() {
    let home = Home::new();
    let file = home.path().join("text.txt");
    std::fs::write(&file, TEXT).unwrap();
    let table = score(&home, &[file.to_str().unwrap()]);
    let (tokens, total) = lines(&score(&home, &["--format", "jsonl", TEXT]));
    let perplexity = total["perplexity"].as_f64().unwrap();
    assert!(
        table.contains(&format!("perplexity {perplexity:.4} ± ")),
        "{table}"
    );
    assert!(table.contains("method sliding"));
    // A heading, a line a token, and two for the text.
    assert_eq!(table.lines().count(), 1 + tokens.len() + 2);
    assert!(table.contains("·sky"));
}

#[test]
fn words_sentences_and_what_is_least_certain_are_told_of_the_same_odds() {
    let home = Home::new();
    let (tokens, _) = lines(&score(&home, &["--format", "jsonl", TEXT]));
    let of = |by: &str| lines(&score(&home, &["--by", by, "--format", "jsonl", TEXT])).0;
    let sentence = of("sentence").pop().unwrap();
    assert_eq!(sentence["text"], "The sky is blue because of scattering.");
    let count = sentence["tokens"].as_u64().unwrap() as usize;
    let sum: f64 = tokens[tokens.len() - count..]
        .iter()
        .map(|token| token["logprob"].as_f64().unwrap())
        .sum();
    assert!((sentence["logprob"].as_f64().unwrap() - sum).abs() < 1e-3);
    let words = of("word");
    assert!(words.iter().any(|word| word["text"] == "sky"));
    let runs = of("uncertain");
    assert!(!runs.is_empty() && runs.len() < words.len());
    let table = score(&home, &["--by", "word", TEXT]);
    assert!(table.contains("perplexity ") && table.contains("  scattering\n"));
}

#[test]
fn a_reader_who_leaves_and_a_signal_end_it_with_their_codes() {
    let home = Home::new();
    let model = model();
    let text = story().repeat(40);
    let start = || {
        home.limpid(["score", "-m", model.to_str().unwrap(), &text])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("limpid starts")
    };
    let mut left = start();
    let mut out = left.stdout.take().unwrap();
    out.read_exact(&mut [0; 40]).unwrap();
    drop(out);
    let left = left.wait_with_output().unwrap();
    assert_code(&left, 141);
    assert!(left.stderr.is_empty(), "{}", stderr(&left));

    let mut interrupted = start();
    let mut out = interrupted.stdout.take().unwrap();
    let mut first = [0; 400];
    out.read_exact(&mut first).unwrap();
    let pid = rustix::process::Pid::from_child(&interrupted);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let mut rest = Vec::new();
    out.read_to_end(&mut rest).unwrap();
    let status = interrupted.wait().unwrap();
    assert!(
        status.code() == Some(143) || status.signal() == Some(15),
        "{status}"
    );
    // What was printed before it is whole lines.
    let all = [&first[..], &rest].concat();
    assert!(all.ends_with(b"\n"), "{}", String::from_utf8_lossy(&all));
}

#[test]
fn what_cannot_be_scored_is_refused_in_a_sentence() {
    let home = Home::new();
    let model = model();
    let run = |arguments: &[&str]| {
        home.run(&[&["score", "-m", model.to_str().unwrap()], arguments].concat())
    };
    let short = run(&["--method", "halves", "short"]);
    assert_code(&short, 1);
    assert!(stderr(&short).contains("--ctx-size"), "{}", stderr(&short));
    assert!(short.stdout.is_empty());
    let large = run(&["-c", "99999", "text"]);
    assert_code(&large, 2);
    assert!(stderr(&large).contains("8192"), "{}", stderr(&large));
    assert_code(&run(&["--method", "halves", "--stride", "3", "text"]), 2);
    assert_code(&run(&["--stride", "0", "text"]), 2);
    assert_code(&run(&["--by", "word", "--format", "svg", "text"]), 2);
    assert_code(&run(&[""]), 1);
    assert_code(&home.run(&["score", "-m", "/nonexistent.gguf", "text"]), 3);
    let latin = home.path().join("latin.txt");
    std::fs::write(&latin, b"caf\xE9").unwrap();
    let refused = run(&[latin.to_str().unwrap()]);
    assert_code(&refused, 1);
    assert!(stderr(&refused).contains("latin.txt is not UTF-8 (byte 3 is 0xE9)"));
}

#[test]
fn a_picture_has_a_group_for_each_token() {
    let home = Home::new();
    let svg = score(&home, &["--format", "svg", TEXT]);
    let (tokens, _) = lines(&score(&home, &["--format", "jsonl", TEXT]));
    assert!(svg.starts_with("<?xml") && svg.ends_with("</svg>\n"));
    assert_eq!(svg.matches("<g><title>").count(), tokens.len());
    assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
    assert!(svg.contains("&lt;") && !svg.contains("<b>"));
}

#[test]
fn the_page_opens_in_a_browser_without_an_error_and_shows_every_token() {
    let home = Home::new();
    let page = score(&home, &["--format", "html", TEXT]);
    let (tokens, _) = lines(&score(&home, &["--format", "jsonl", TEXT]));
    let Some(dom) = browser::open(&home, &page, tokens.len()) else {
        return;
    };
    assert!(dom.contains("&lt;") && !dom.contains("<b>"));
}
