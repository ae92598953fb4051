//! `limpid doctor`, from outside: in a pipe, and on a terminal that answers.

use std::fs;

use serde_json::Value;

use crate::support::pty::Pty;
use crate::support::run::{Home, assert_code, stdout};

/// What it found, by subject.
fn found(home: &Home, arguments: &[&str], code: i32) -> Value {
    let output = home.run(&[&["doctor", "--format", "json"], arguments].concat());
    assert_code(&output, code);
    let findings: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let findings = findings.as_array().expect("an array").iter();
    findings
        .map(|one| {
            let subject = one["subject"].as_str().expect("a name").to_owned();
            (subject, one.clone())
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn what_works_is_said_to_work_because_it_was_tried() {
    let home = Home::new();
    let found = found(&home, &[], 0);
    let model = &found["model"];
    assert_eq!(model["state"], "good", "{found}");
    let says = model["says"].as_str().expect("words");
    assert!(says.contains("tok/s with 1 thread"), "{says}");
    for subject in ["settings", "conversations", "models", "cache", "memory"] {
        assert_eq!(found[subject]["state"], "good", "{found}");
    }
    // Whatever there is, a line says it.
    assert!(found["gpu"]["says"].is_string(), "{found}");
    assert!(
        found["terminal"]["says"]
            .as_str()
            .expect("words")
            .contains("no terminal")
    );
}

#[test]
fn what_is_broken_is_named_with_what_to_do_and_the_code_says_so() {
    let home = Home::new();
    let settings = home.path().join("config/limpid/config.toml");
    fs::create_dir_all(settings.parent().expect("a folder")).expect("it can be made");
    fs::write(&settings, "[sampling]\ntemprature = 1\n").expect("it can be written");
    let broken = &found(&home, &[], 1)["settings"];
    assert_eq!(broken["state"], "broken");
    let says = broken["says"].as_str().expect("words");
    assert!(
        says.contains("config.toml:2") && says.contains("temprature"),
        "{says}"
    );
    assert!(
        broken["advice"].to_string().contains("temperature"),
        "{broken}"
    );
    fs::remove_file(&settings).expect("it is there");

    let missing = &found(&home, &["-m", "/nowhere/at-all.gguf"], 1)["model"];
    assert_eq!(missing["state"], "broken");
    assert!(
        missing["says"]
            .as_str()
            .expect("words")
            .contains("/nowhere/at-all.gguf")
    );

    let nonsense = home.path().join("nonsense.gguf");
    fs::write(&nonsense, "this is no model").expect("it can be written");
    let path = nonsense.to_str().expect("temporary paths are UTF-8");
    let nonsense = &found(&home, &["-m", path], 1)["model"];
    assert_eq!(nonsense["state"], "broken", "{nonsense}");
    assert!(
        nonsense["says"]
            .as_str()
            .expect("words")
            .contains("nonsense.gguf")
    );
}

#[test]
fn a_terminal_is_asked_and_what_it_says_is_told() {
    let home = Home::new();
    let mut pty = Pty::limpid_with(&home, &["doctor"], &[("LIMPID_THEME", "dark")], (120, 40));
    pty.wait_until("the questions", |_, bytes| bytes.ends_with(b"\x1b[c"));
    pty.send("\x1b[5;3R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?1u\x1b[?62;52c");
    pty.wait_for("1 thing could be better");
    let screen = pty.screen();
    for part in [
        "120x40: all three panes at once",
        "light, and the theme is dark",
        "limpid config set ui.theme auto",
        "as wide as they should be",
        "every key is told apart",
        "the terminal takes what is copied",
        "tok/s",
    ] {
        // The lines of advice are wrapped by the terminal.
        let flat = screen.replace('\n', "");
        assert!(flat.contains(part), "{part:?} is missing in:\n{screen}");
    }
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.is_cooked());
}

#[test]
fn a_terminal_that_answers_nothing_is_waited_for_and_given_back() {
    let home = Home::new();
    let mut pty = Pty::limpid(&home, &["doctor"], (120, 40));
    pty.wait_for("Everything is as it should be.");
    let screen = pty.screen();
    assert!(screen.contains("it answered no question"), "{screen}");
    assert!(screen.contains("Alt-Enter or Ctrl-J"), "{screen}");
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.is_cooked());
}
