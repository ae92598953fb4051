//! 0 done · 1 failed · 2 usage · 3 model · 4 the engine died · 5 does not fit · 6 network ·
//! 130 interrupted · 141 broken pipe.

use std::fs::{self, File};
use std::io::Read;
use std::process::Stdio;

use crate::support::run::{Home, assert_code, children, stderr, stdout};

#[test]
fn a_usage_error_is_2_and_names_the_nearest_flag() {
    let home = Home::new();
    let output = home.run(&["--tmep", "0", "hi"]);
    assert_code(&output, 2);
    assert!(stderr(&output).contains("--temp"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_model_that_is_not_there_is_3_and_says_how_to_get_one() {
    let home = Home::new();
    let output = home.run(&["-m", "smolm2-135m", "hi"]);
    assert_code(&output, 3);
    assert!(
        stderr(&output).contains("smollm2-135m"),
        "the nearest: {}",
        stderr(&output)
    );
}

#[test]
fn files_that_are_no_model_are_3_and_named() {
    let home = Home::new();
    let folder = home.path();
    fs::write(folder.join("empty.gguf"), "").expect("written");
    fs::write(folder.join("text.gguf"), "I am a text, not a model.\n").expect("written");
    let mut head = vec![0; 100_000];
    File::open(crate::support::run::model())
        .and_then(|mut model| model.read_exact(&mut head))
        .expect("the model has a head");
    fs::write(folder.join("cut.gguf"), head).expect("written");
    fs::create_dir(folder.join("folder.gguf")).expect("made");
    for name in ["empty.gguf", "text.gguf", "cut.gguf", "folder.gguf"] {
        let output = home.run(&["-m", &format!("./{name}"), "hi"]);
        assert_code(&output, 3);
        assert!(
            stderr(&output).contains(name),
            "{name}: {}",
            stderr(&output)
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_prompt_that_does_not_fit_is_5_and_says_by_how_much() {
    let home = Home::new();
    let long = "word ".repeat(2000);
    let output = home.run_with(&["-c", "256"], long.as_bytes());
    assert_code(&output, 5);
    let said = stderr(&output);
    assert!(said.contains("256") && said.contains("tokens"), "{said}");
}

#[test]
fn no_network_is_6_and_offline_says_so() {
    let home = Home::new();
    let offline = home.run(&["--offline", "models", "pull", "someone/some-model"]);
    assert_code(&offline, 6);
    assert!(
        stderr(&offline).contains("--offline"),
        "{}",
        stderr(&offline)
    );
}

#[test]
fn an_engine_that_dies_is_4_and_what_came_stays() {
    let home = Home::new();
    let (child, mut out) = home.answering(Stdio::piped());
    let engine = children(child.id());
    assert!(!engine.is_empty(), "the engine is a process of its own");
    for pid in engine {
        // Rust's handler takes the first for a fault that comes again if it is one.
        let alive = |_: &u32| {
            let kill = std::process::Command::new("kill")
                .args(["-SEGV", &pid])
                .stderr(Stdio::null())
                .status();
            kill.is_ok_and(|status| status.success())
        };
        for _ in (0..100).take_while(alive) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("what came is text");
    let output = child.wait_with_output().expect("limpid ends");
    assert_code(&output, 4);
    assert!(stderr(&output).contains("SIGSEGV"), "{}", stderr(&output));
}

#[test]
fn an_interrupt_is_130_and_keeps_what_came() {
    let home = Home::new();
    let (child, mut out) = home.answering(Stdio::piped());
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.is_ok_and(|status| status.success()));
    out.read_to_end(&mut Vec::new()).expect("the rest is read");
    assert_code(&child.wait_with_output().expect("limpid ends"), 130);
}

#[test]
fn a_closed_pipe_is_141_without_a_word() {
    let home = Home::new();
    let (child, out) = home.answering(Stdio::piped());
    drop(out);
    let output = child.wait_with_output().expect("limpid ends");
    assert_code(&output, 141);
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_full_device_is_1_and_one_line() {
    let home = Home::new();
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has /dev/full");
    let output = home
        .limpid(["--temp", "0", "-n", "8", "hi"])
        .stdout(full)
        .output()
        .expect("limpid starts");
    assert_code(&output, 1);
    assert_eq!(
        stderr(&output).trim().lines().count(),
        1,
        "{}",
        stderr(&output)
    );
}

#[test]
fn help_and_version_are_0_on_standard_output() {
    let home = Home::new();
    for flag in ["-h", "--help", "--version"] {
        let output = home.run(&[flag]);
        assert_code(&output, 0);
        assert!(stdout(&output).contains("limpid"));
    }
}
