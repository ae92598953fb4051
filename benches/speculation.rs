//! What guessing ahead gains and costs: decode speed with it to without it, alternating, on work
//! that copies and on free text. `LIMPID_MODEL` names another model than the default one, and
//! `LIMPID_DRAFT` one that drafts for it.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROUNDS: usize = 7;

/// A text that names many things once.
const TEXT: &str = "The harbour master keeps a list of every boat that comes in before the tide \
turns. On Monday the Heron brought rope, lamp oil and nineteen crates of pears. On Tuesday the \
Agnes lay outside the wall until noon because the pilot was ill. Two brothers from the north \
bought the old ferry for less than the price of its brass. Nobody has seen the painter since the \
storm, though his boots stand by the door of the net loft.";

/// Decode speed of one answer, tokens a second, and what was guessed rightly of how much.
fn speed(arguments: &[&str], guess: bool) -> (f64, u64, u64) {
    let model = std::env::var("LIMPID_MODEL").unwrap_or_else(|_| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models/SmolLM2-135M-Instruct.Q4_1.gguf")
            .display()
            .to_string()
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_limpid"));
    command
        .args(["--model", &model, "--temp", "0", "--format", "json"])
        .args(arguments);
    match std::env::var_os("LIMPID_DRAFT") {
        _ if !guess => command.arg("--no-speculate"),
        Some(draft) => command.arg("--draft").arg(draft),
        None => &mut command,
    };
    let output = command.output().expect("limpid starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let timings = &answer["timings"];
    let count = |name: &str| timings[name].as_u64().unwrap_or(0);
    let speed = timings["predicted_per_second"].as_f64().expect("a number");
    (speed, count("draft_n_accepted"), count("draft_n"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let copy = format!("{TEXT}\n\n{TEXT}\n\n{}", &TEXT[..60]);
    // What a small model rewrites when it is asked to is often another text; this one it does.
    let rewrite = format!(
        "Text: {TEXT}\n\nThe same text with every \"the\" left as it is: {TEXT}\n\n\
        The same text with Wednesday for Tuesday: {}",
        &TEXT[..60]
    );
    let asked =
        format!("Repeat this text word for word, but write Wednesday for Tuesday:\n\n{TEXT}");
    let rows = ["Heron", "Agnes", "Sparrow", "Gannet"].map(|boat| {
        format!("{{\"boat\": \"{boat}\", \"cargo\": \"rope\", \"pilot\": false, \"tide\": 3}},\n")
    });
    let rows = rows.concat();
    let work: [(&str, Vec<&str>); 6] = [
        (
            "the second copy of a text",
            vec!["--raw", "-n", "90", &copy],
        ),
        (
            "a text with one change",
            vec!["--raw", "-n", "90", &rewrite],
        ),
        (
            "the same, where half is written anew",
            vec!["-n", "110", &asked],
        ),
        ("lines alike", vec!["--raw", "-n", "120", &rows]),
        ("a question", vec!["-n", "128", "Why is the sky blue?"]),
        (
            "a story",
            vec!["-n", "128", "Tell me a story about a fox and a lighthouse."],
        ),
    ];
    for (name, arguments) in work {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let (mut right, mut guessed) = (0, 0);
        for _ in 0..ROUNDS {
            let (speed, accepted, all) = self::speed(&arguments, true);
            with.push(speed);
            (right, guessed) = (accepted, all);
            without.push(self::speed(&arguments, false).0);
        }
        let (with, without) = (median(with), median(without));
        println!(
            "{name}: {:.2} ({with:.0} to {without:.0} tokens/s; {right} of {guessed} guesses right)",
            with / without
        );
    }
}
