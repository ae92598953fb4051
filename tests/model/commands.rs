//! `limpid models`, from outside.

use std::fs;
use std::path::{Path, PathBuf};

use super::fixture::Fixture;
use crate::support::run::{Home, assert_code, stderr, stdout};

/// Puts a file into the home.
fn put(home: &Home, name: &str, bytes: &[u8]) -> PathBuf {
    let path = home.path().join(name);
    fs::write(&path, bytes).expect("it can be written");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}

#[test]
fn a_file_is_imported_shown_by_name_and_removed() {
    let home = Home::new();
    let file = put(&home, "tiny.gguf", &Fixture::small().build());

    let imported = home.run(&["models", "import", text(&file), "--name", "mine"]);
    assert_code(&imported, 0);
    let kept = PathBuf::from(stdout(&imported).trim());
    assert_eq!(
        fs::read(&kept).expect("it is there"),
        fs::read(&file).expect("the original stays")
    );

    let shown = home.run(&["models", "show", "mine", "--format", "json"]);
    assert_code(&shown, 0);
    let shown: serde_json::Value = serde_json::from_str(&stdout(&shown)).expect("is JSON");
    assert_eq!(shown["architecture"], "llama");
    assert_eq!(shown["context"], 2048);
    assert_eq!(shown["quantisation"][0]["type"], "Q4_0");

    let listed = home.run(&["models", "list", "--format", "json"]);
    assert_code(&listed, 0);
    let listed: serde_json::Value = serde_json::from_str(&stdout(&listed)).expect("is JSON");
    let names: Vec<_> = listed
        .as_array()
        .expect("is a list")
        .iter()
        .map(|it| it["name"].as_str().expect("has a name"))
        .collect();
    assert!(names.contains(&"mine"), "{names:?}");
    assert!(names.contains(&"smollm2-135m"), "{names:?}");

    let again = home.run(&["models", "import", text(&file), "--name", "mine"]);
    assert_code(&again, 1);
    assert!(stderr(&again).contains("exists"), "{}", stderr(&again));

    let unasked = home.run(&["models", "rm", "mine"]);
    assert_code(&unasked, 2);
    assert!(stderr(&unasked).contains("--yes"), "{}", stderr(&unasked));
    assert!(kept.exists());
    assert_code(&home.run(&["models", "rm", "--yes", "mine"]), 0);
    assert!(!kept.exists());
    assert!(file.exists());
}

#[test]
fn a_file_that_is_not_limpids_is_never_removed() {
    let home = Home::new();
    let file = put(&home, "tiny.gguf", &Fixture::small().build());
    let output = home.run(&["models", "rm", text(&file)]);
    assert_code(&output, 1);
    assert!(
        stderr(&output).contains("left alone"),
        "{}",
        stderr(&output)
    );
    assert!(file.exists());
}

#[test]
fn what_is_wrong_with_a_file_is_said_in_its_own_words() {
    let home = Home::new();
    let whole = Fixture::small().build();
    let cases = [
        (put(&home, "empty.gguf", b""), "is empty"),
        (put(&home, "text.gguf", b"hello there"), "is no GGUF"),
        (put(&home, "cut.gguf", &whole[..100]), "is cut off"),
        (home.path().join("absent.gguf"), "does not exist"),
        (home.path().to_owned(), "is a directory"),
    ];
    for (path, sentence) in cases {
        for command in [&["models", "show"][..], &["models", "import"]] {
            let output = home.run(&[command, &[text(&path)]].concat());
            assert_code(&output, 3);
            let said = stderr(&output);
            assert!(said.contains(sentence), "{command:?} {sentence}: {said}");
            assert!(said.contains(text(&path)), "the file is named: {said}");
        }
    }
    assert_eq!(
        fs::read_dir(home.path().join("data/limpid/models"))
            .map(Iterator::count)
            .unwrap_or_default(),
        0,
        "nothing of them is kept"
    );
}

#[test]
fn a_misspelt_model_is_answered_with_the_nearest_name() {
    let home = Home::new();
    let output = home.run(&["models", "show", "smolm2-135m"]);
    assert_code(&output, 3);
    assert!(
        stderr(&output).contains("did you mean smollm2-135m?"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn escapes_in_a_models_name_template_and_path_never_reach_the_terminal() {
    let home = Home::new();
    let evil = "\x1b]52;c;ZXZpbA==\x07\u{9b}2J\u{202e}";
    let file = Fixture::default()
        .text("general.architecture", evil)
        .text("general.name", evil)
        .text("general.license", evil)
        .text("tokenizer.chat_template", evil)
        .build();
    let path = put(&home, "evil\x1b[31m\u{202e}.gguf", &file);
    let cut = put(&home, "cut\x1b[31m.gguf", &file[..40]);
    let imported = home.run(&["models", "import", text(&path)]);
    assert_code(&imported, 0);
    for output in [
        imported,
        home.run(&["models", "show", text(&path)]),
        home.run(&["models", "show", text(&cut)]),
        home.run(&["models", "list"]),
        home.run(&["models", "verify"]),
    ] {
        let printed = format!("{}{}", stdout(&output), stderr(&output));
        assert!(
            !printed.contains(['\x1b', '\x07', '\u{9b}', '\u{202e}']),
            "{printed:?}"
        );
    }
}
