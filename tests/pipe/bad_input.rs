//! Bad input gets a clear error and loses nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::run::{Home, assert_code, stderr, stdout};

#[test]
fn an_empty_prompt_is_refused() {
    let home = Home::new();
    let output = home.run_with(&[], b"\n");
    assert_code(&output, 2);
    assert!(stderr(&output).contains("empty"), "{}", stderr(&output));
}

#[test]
fn input_that_is_no_text_is_refused() {
    let home = Home::new();
    let output = home.run_with(&["summarise"], b"\x7FELF\xFF\0\0");
    assert_code(&output, 1);
    assert!(stderr(&output).contains("binary"), "{}", stderr(&output));
}

#[test]
fn input_in_another_encoding_is_read_and_that_is_said() {
    let home = Home::new();
    let file = home.path().join("deich.txt");
    fs::write(
        &file,
        b"Zw\xF6lf Boxk\xE4mpfer jagen Viktor \xFCber den Deich",
    )
    .expect("written");
    let file = file.to_string_lossy().into_owned();
    let output = home.run(&["--show-prompt", "-f", &file, "summarise"]);
    assert_code(&output, 0);
    let said = stderr(&output);
    assert!(
        said.contains("deich.txt was read as windows-1252"),
        "{said}"
    );
    assert!(stdout(&output).contains("Zwölf"), "{}", stdout(&output));
}

#[test]
fn a_hundred_thousand_unbroken_characters_are_answered_or_refused() {
    let home = Home::new();
    let output = home.run_with(&["-n", "1"], "x".repeat(100_000).as_bytes());
    assert!(
        matches!(output.status.code(), Some(0 | 5)),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_template_that_never_ends_is_given_up() {
    let home = Home::new();
    let forever =
        "{% for a in range(100000) %}{% for b in range(100000) %}{{ a }}{% endfor %}{% endfor %}";
    let output = home.run(&["--chat-template", forever, "-n", "2", "hi"]);
    assert_code(&output, 1);
    assert!(stderr(&output).contains("template"), "{}", stderr(&output));
}

#[test]
fn without_a_home_it_answers_all_the_same() {
    let home = Home::new();
    let output = home
        .limpid(["--temp", "0", "-n", "4", "hi"])
        .env_remove("HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_STATE_HOME")
        .env_remove("XDG_CACHE_HOME")
        .output()
        .expect("limpid starts");
    assert_code(&output, 0);
    assert!(!output.stdout.is_empty());
}

#[test]
fn a_read_only_home_is_said_and_the_answer_comes() {
    let home = Home::new();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o500)).expect("mode is set");
    let output = home.run(&["-C", "--temp", "0", "-n", "4", "hi"]);
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).expect("mode is set");
    assert_code(&output, 0);
    assert!(!output.stdout.is_empty());
    // root may write anywhere, so only others are told.
    if !rustix::process::geteuid().is_root() {
        assert!(stderr(&output).contains("not saved"), "{}", stderr(&output));
    }
}

#[test]
fn a_control_sequence_in_a_path_is_shown_escaped() {
    let home = Home::new();
    let output = home.run(&["-m", "./a\u{1b}]0;owned\u{7}.gguf", "hi"]);
    assert_code(&output, 3);
    assert!(!stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
}

#[test]
fn incognito_writes_the_words_nowhere() {
    let home = Home::new();
    let output = home.run(&[
        "--incognito",
        "-C",
        "--temp",
        "0",
        "-n",
        "4",
        "the word is xyzzyplugh",
    ]);
    assert_code(&output, 0);
    let found = std::process::Command::new("grep")
        .args(["-r", "xyzzyplugh"])
        .arg(home.path())
        .output()
        .expect("grep runs");
    assert_eq!(String::from_utf8_lossy(&found.stdout), "");
    assert!(!stdout(&output).is_empty());
}
