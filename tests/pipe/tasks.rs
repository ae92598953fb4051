//! Ready-made tasks, in pipes.

use std::fs;

use serde_json::Value;

use crate::support::run::{Home, assert_code, stderr, stdout};

#[test]
fn a_task_puts_the_text_in_its_place() {
    let home = Home::new();
    let shown = home.run_with(
        &[
            "--task",
            "translate",
            "--param",
            "language=French",
            "--show-prompt",
        ],
        b"Good morning",
    );
    assert_code(&shown, 0);
    let prompt = stdout(&shown);
    assert!(prompt.contains("You are a translator."), "{prompt}");
    assert!(
        prompt.contains("Translate into French:\n\nGood morning"),
        "{prompt}"
    );
}

#[test]
fn every_built_in_task_answers() {
    let home = Home::new();
    for task in [
        "ask",
        "commit",
        "explain",
        "extract",
        "rewrite",
        "summarize",
        "translate",
    ] {
        let text = b"On 3 May the pilot Ada Reyes flew from Oslo to Bergen.";
        let output = home.run_with(&["--task", task, "--seed", "3", "-n", "160"], text);
        assert_code(&output, 0);
        assert!(!stdout(&output).trim().is_empty(), "{task}");
        if task == "extract" {
            let facts: Value = serde_json::from_str(&stdout(&output)).expect("an object");
            assert!(facts["people"].is_array(), "{facts}");
        }
    }
}

#[test]
fn a_task_of_ones_own_wins_and_its_mistakes_name_file_and_line() {
    let home = Home::new();
    let copied = home.run(&["tasks", "init", "summarize"]);
    assert_code(&copied, 0);
    let path = stdout(&copied).trim().to_owned();
    let text = fs::read_to_string(&path).expect("was copied");
    fs::write(&path, text.replace("prompt =", "promt =")).expect("can be written");
    let output = home.run_with(&["--task", "summarize"], b"A text.");
    assert_code(&output, 2);
    let said = stderr(&output);
    assert!(
        said.contains("summarize.toml:") && said.contains("unknown key 'promt'"),
        "{said}"
    );
    fs::write(&path, "prompt = \"MINE {{input}}\"\n").expect("can be written");
    let shown = home.run(&["--task", "summarize", "--show-prompt", "a text"]);
    assert!(stdout(&shown).contains("MINE a text"), "{}", stdout(&shown));
    let unknown = home.run(&["--task", "sumarize", "a text"]);
    assert_code(&unknown, 2);
    assert!(
        stderr(&unknown).contains("did you mean 'summarize'"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn a_flag_goes_over_the_tasks_own_setting() {
    let home = Home::new();
    let output = home.run(&[
        "--task",
        "rewrite",
        "-n",
        "3",
        "--format",
        "json",
        "Some words that are many.",
    ]);
    let value: Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!(value["usage"]["completion_tokens"], 3);
}

#[test]
fn a_classification_prints_the_label_alone_and_every_share_beside_it() {
    let home = Home::new();
    let args = [
        "--task",
        "classify",
        "--param",
        "labels=weather,cooking,football",
    ];
    let text = b"It will rain all day, with strong wind from the north.";
    let output = home.run_with(&args, text);
    assert_code(&output, 0);
    let label = stdout(&output);
    assert!(
        ["weather", "cooking", "football"].contains(&label.as_str()),
        "{label:?}"
    );
    let said = stderr(&output);
    assert_eq!(said.matches('%').count(), 3, "{said}");

    let whole = home.run_with(&[&args[..], &["--format", "json"]].concat(), text);
    let whole: Value = serde_json::from_slice(&whole.stdout).expect("one object");
    let choice = &whole["choices"][0];
    assert_eq!(choice["message"]["content"], label.as_str());
    let labels = choice["labels"].as_array().expect("labels");
    let shares: Vec<f64> = labels
        .iter()
        .filter_map(|one| one["share"].as_f64())
        .collect();
    assert_eq!(shares.len(), 3);
    assert!(
        (shares.iter().sum::<f64>() - 1.0).abs() < 1e-9,
        "{shares:?}"
    );
    assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
    assert_eq!(labels[0]["label"], label.as_str());
    assert!(
        labels
            .iter()
            .all(|one| one["logprob"].as_f64().is_some_and(|it| it < 0.0))
    );
    let quiet = home.run_with(&[&args[..], &["-q"]].concat(), text);
    assert_eq!((stdout(&quiet), stderr(&quiet)), (label, String::new()));
}
