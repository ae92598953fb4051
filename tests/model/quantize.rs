//! `limpid models quantize`, on the real model.

use std::fs;
use std::path::Path;

use super::fixture::Fixture;
use crate::support::pty::test_model;
use crate::support::run::{Home, assert_code, stderr, stdout};

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it can be listed");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("it is read").file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_model_is_written_in_another_format_and_answers() {
    let home = Home::new();
    let model = test_model();
    let folder = home.path().join("out");
    fs::create_dir(&folder).expect("it can be made");
    let target = folder.join("smaller.gguf");
    let convert = |to: &str, target: &Path| {
        home.run(&[
            "models",
            "quantize",
            text(&model),
            "--to",
            to,
            "-o",
            text(target),
        ])
    };

    let output = convert("q4_0", &target);
    assert_code(&output, 0);
    assert_eq!(stdout(&output).trim(), text(&target));
    assert!(
        stderr(&output).contains("is Q4_1 already"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names(&folder), ["smaller.gguf"], "nothing else is left");

    let shown = home.run(&["models", "show", text(&target), "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&stdout(&shown)).expect("is JSON");
    assert_eq!(shown["quantisation"][0]["type"], "Q4_0");
    let answer = home.run(&["-m", text(&target), "--temp", "0", "-n", "8", "Say hello."]);
    assert_code(&answer, 0);
    assert!(!stdout(&answer).trim().is_empty());

    let size = fs::metadata(&target).expect("it is there").len();
    let again = convert("q8_0", &target);
    assert_code(&again, 1);
    assert!(stderr(&again).contains("exists"), "{}", stderr(&again));
    assert_eq!(fs::metadata(&target).expect("it stays").len(), size);
}

#[test]
fn without_a_place_it_goes_to_limpids_folder_under_its_new_name() {
    let home = Home::new();
    let models = home.path().join("data/limpid/models");
    let output = home.run(&["models", "quantize", text(&test_model()), "--to", "Q2_K"]);
    assert_code(&output, 0);
    let file = "SmolLM2-135M-Instruct.Q2_K.gguf";
    assert_eq!(stdout(&output).trim(), text(&models.join(file)));
    assert_eq!(names(&models), [file]);
    let shown = home.run(&["models", "show", "SmolLM2-135M-Instruct.Q2_K"]);
    assert_code(&shown, 0);
}

#[test]
fn what_cannot_be_converted_is_named_and_leaves_nothing() {
    let home = Home::new();
    let folder = home.path().join("out");
    fs::create_dir(&folder).expect("it can be made");
    let target = folder.join("none.gguf");
    let whole = Fixture::small().build();
    let cases = [
        ("cut.gguf", whole[..whole.len() - 8].to_vec(), 3),
        ("hello.gguf", b"hello there".to_vec(), 3),
        // llama.cpp finds out that the model lacks what its architecture needs.
        ("small.gguf", whole, 3),
    ];
    for (name, bytes, code) in cases {
        let source = home.path().join(name);
        fs::write(&source, bytes).expect("it can be written");
        let output = home.run(&[
            "models",
            "quantize",
            text(&source),
            "--to",
            "Q8_0",
            "-o",
            text(&target),
        ]);
        assert_code(&output, code);
        let said = stderr(&output);
        assert!(said.contains(name), "the file is named: {said}");
        assert_eq!(names(&folder), [""; 0], "{name}");
    }
    let unknown = home.run(&["models", "quantize", "smollm2-135m", "--to", "Q9"]);
    assert_code(&unknown, 2);
    assert!(stderr(&unknown).contains("Q4_K_M"), "{}", stderr(&unknown));
}
