//! `limpid tune`, from outside, on the real model.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;

use crate::support::run::{Home, assert_code, model, stderr, stdout};

fn bench(home: &Home, more: &[&str]) -> Output {
    let model = model();
    let mut arguments = vec!["bench", "-m", model.to_str().unwrap(), "-r", "1"];
    arguments.extend(["-p", "0", "-n", "1"]);
    arguments.extend(more);
    // Tests are told to compute with few threads, and what is said stands.
    home.limpid(&arguments)
        .env_remove("LIMPID_THREADS")
        .output()
        .expect("limpid starts")
}

/// The line of the table that a bench begins with.
fn measured(home: &Home, more: &[&str]) -> Value {
    let output = bench(home, &[more, &["-o", "json"]].concat());
    assert_code(&output, 0);
    let mut rows: Value = serde_json::from_str(&stdout(&output)).unwrap();
    rows[0].take()
}

/// The file of what was found best, and what it says of the only model on the only machine.
struct Kept {
    file: PathBuf,
    text: Value,
}

impl Kept {
    fn read(home: &Home) -> Self {
        let mut files = home.files().into_iter().map(|(path, _)| path);
        let file = files
            .find(|path| path.ends_with("tuned.json"))
            .expect("it is kept");
        let text = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        Self { file, text }
    }

    fn best(&mut self) -> &mut Value {
        let mut inside = &mut self.text;
        for _model_then_machine in 0..2 {
            let values = inside.as_object_mut().unwrap().values_mut();
            inside = values.into_iter().next().unwrap();
        }
        inside
    }

    fn write(&self) {
        fs::write(&self.file, self.text.to_string()).unwrap();
    }

    /// As it would be, had something else been best.
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.best()[name] = value.into();
        self.write();
    }
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
        // In so short a time not every format can be made, and that is said.
        let has_speed = |it: &&Value| it["prefill_per_second"].as_f64() > Some(0.0);
        let is_told = |it: &Value| {
            it["problem"]
                .as_str()
                .is_some_and(|it| it.contains("--time"))
        };
        assert!(variants.iter().filter(has_speed).count() >= 2, "{stage}");
        for variant in variants {
            assert!(has_speed(&variant) || is_told(variant), "{variant}");
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
    let mut kept = Kept::read(&home);
    let untouched = kept.text.clone();
    assert_eq!(kept.best()["threads"], 2);
    let threads = |more: &[&str]| measured(&home, more)["threads"].as_u64().unwrap();
    assert_eq!(threads(&[]), 2);
    kept.set("threads", 3);
    assert_eq!(threads(&[]), 3);
    assert_eq!(threads(&["-t", "1"]), 1);

    // The types of the KV cache: a token behind 512 others reads their cells.
    let read = |more: &[&str]| {
        let row = measured(&home, &[more, &["-d", "512"]].concat());
        row["ceiling"]["bytes_per_token"].as_u64().unwrap()
    };
    kept.set("flash_attention", "on");
    kept.set("cache_type", "f16");
    let fine = read(&[]);
    kept.set("cache_type", "q8_0");
    let numbers = 512 * 30 * 2 * 192;
    // 34 bytes for 32 numbers, instead of 64.
    assert_eq!(fine - read(&[]), numbers * 30 / 32);
    let said = ["--cache-type-k", "f16", "--cache-type-v", "f16"];
    assert_eq!(read(&said), fine);

    // Flash attention: without it there are no quantised values.
    let values = ["--cache-type-v", "q8_0"];
    assert_code(&bench(&home, &values), 0);
    kept.set("flash_attention", "off");
    let output = bench(&home, &values);
    assert_code(&output, 3);
    assert!(
        stderr(&output).contains("flash_attn"),
        "{}",
        stderr(&output)
    );

    // How fast other formats were is said where it is worth it.
    let formats = kept.best()["formats"]["speeds"].as_array_mut().unwrap();
    formats.truncate(1);
    assert_eq!(formats[0]["format"], "Q4_0");
    formats[0]["prefill"] = 9.0.into();
    kept.write();
    let told = stdout(&bench(&home, &["-t", "1"]));
    assert!(told.contains("9.0 times slower than Q4_0"), "{told}");
    kept.best()["formats"]["speeds"][0]["prefill"] = 1.1.into();
    kept.write();
    let told = stdout(&bench(&home, &["-t", "1"]));
    assert!(!told.contains("slower than"), "{told}");

    let stranger = untouched
        .to_string()
        .replace("hardware threads", "hardware threads of another machine")
        .replace("\"threads\":2", "\"threads\":3");
    fs::write(&kept.file, stranger).unwrap();
    assert_ne!(threads(&[]), 3);

    fs::write(&kept.file, untouched.to_string()).unwrap();
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

#[test]
fn a_long_text_is_read_only_as_far_as_there_is_time() {
    let home = Home::new();
    let model = model();
    let path = home.path().join("book.txt");
    fs::write(&path, "It was a bright cold day in April. ".repeat(20_000)).unwrap();
    let arguments = [
        "tune",
        "-m",
        model.to_str().unwrap(),
        "--time",
        "1",
        "--text",
    ];
    let said = [path.to_str().unwrap(), "--format", "json", "-t", "2"];
    // All else is said, and so not tried.
    let more = ["-ub", "512", "--flash-attn", "on"];
    let output = home.run(&[&arguments[..], &said, &more].concat());
    assert_code(&output, 0);
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let stage = &found["stages"][0];
    assert_eq!(stage["stage"], "KV cache");
    let tokens = stage["text_tokens"].as_u64().unwrap();
    // The text has some 180,000.
    assert!((63..5000).contains(&tokens), "{tokens}");
    assert!(stage["variants"][1]["perplexity_ratio"].as_f64().is_some());
}
