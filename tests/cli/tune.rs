//! `limpid tune`, from outside, on the real model.

use std::fs;

use serde_json::Value;

use crate::support::run::{Home, assert_code, model, stderr, stdout};

fn threads_of_a_bench(home: &Home, more: &[&str]) -> u64 {
    let model = model();
    let mut arguments = vec!["bench", "-m", model.to_str().unwrap(), "-r", "1"];
    arguments.extend(["-p", "0", "-n", "1", "-o", "json"]);
    arguments.extend(more);
    // Tests are told to compute with few threads, and what is said stands.
    let output = home
        .limpid(&arguments)
        .env_remove("LIMPID_THREADS")
        .output()
        .expect("limpid starts");
    assert_code(&output, 0);
    let rows: Value = serde_json::from_str(&stdout(&output)).unwrap();
    rows[0]["threads"].as_u64().unwrap()
}

#[test]
fn what_is_best_for_a_model_is_found_kept_used_and_forgotten() {
    let home = Home::new();
    let model = model();
    let model = model.to_str().unwrap();
    let tune = |more: &[&str]| home.run(&[&["tune", "-m", model], more].concat());

    let output = tune(&["--time", "1", "--formats", "--format", "json", "-t", "2"]);
    assert_code(&output, 0);
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let stages = found["stages"].as_array().unwrap();
    let names: Vec<_> = stages
        .iter()
        .map(|it| it["stage"].as_str().unwrap())
        .collect();
    // What was said is not tried.
    assert_eq!(
        names,
        ["flash attention", "physical batch", "KV cache", "format"]
    );
    for stage in stages {
        let variants = stage["variants"].as_array().unwrap();
        assert!(variants.len() >= 2, "{stage}");
        let chosen = variants.iter().filter(|it| it["chosen"] == true).count();
        assert_eq!(chosen, 1, "{stage}");
        for variant in variants {
            assert!(
                variant["prefill_per_second"].as_f64() > Some(0.0),
                "{variant}"
            );
        }
    }
    let perplexity = |stage: usize, label: &str| {
        let variants = stages[stage]["variants"].as_array().unwrap();
        let variant = variants.iter().find(|it| it["label"] == label).unwrap();
        variant["perplexity"].as_f64().unwrap()
    };
    let plain = perplexity(2, "f16");
    assert!(plain > 5.0 && plain < 100.0, "{plain}");
    assert_ne!(perplexity(2, "q4_0"), plain);
    // Four bits instead of five, of a model this small.
    assert!(perplexity(3, "Q4_0") > 1.05 * perplexity(3, "this file"));

    // What is kept is what later loads use, where the user says nothing.
    let file = home
        .files()
        .into_iter()
        .map(|(path, _)| path)
        .find(|path| path.ends_with("tuned.json"))
        .expect("it is kept");
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains("\"threads\": 2"), "{kept}");
    let usual = threads_of_a_bench(&home, &[]);
    fs::write(&file, kept.replace("\"threads\": 2", "\"threads\": 3")).unwrap();
    assert_eq!(usual, 2);
    assert_eq!(threads_of_a_bench(&home, &[]), 3);
    assert_eq!(threads_of_a_bench(&home, &["-t", "1"]), 1);
    let stranger = kept.replace("hardware threads", "hardware thread of another machine");
    fs::write(&file, stranger.replace("\"threads\": 2", "\"threads\": 3")).unwrap();
    assert_ne!(threads_of_a_bench(&home, &[]), 3);

    fs::write(&file, kept).unwrap();
    assert_eq!(stdout(&tune(&["--forget"])), "forgotten\n");
    assert_eq!(stdout(&tune(&["--forget"])), "nothing was kept for it\n");
}

#[test]
fn a_model_that_cannot_be_tuned_is_named() {
    let home = Home::new();
    let path = home.path().join("hello.gguf");
    fs::write(&path, "hello there").unwrap();
    let output = home.run(&["tune", "-m", path.to_str().unwrap(), "--time", "1"]);
    assert_code(&output, 3);
    assert!(
        stderr(&output).contains("hello.gguf"),
        "{}",
        stderr(&output)
    );
}
