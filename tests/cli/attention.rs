//! `limpid attention` as a user runs it, with the real model.

use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

use crate::support::browser;
use crate::support::pty::{Home, test_model};

fn limpid(home: &tempfile::TempDir, line: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_limpid"));
    command.env_clear().stdin(Stdio::null());
    for kind in ["CONFIG", "DATA", "STATE", "CACHE"] {
        let folder = home.path().join(kind.to_lowercase());
        command.env(format!("LIMPID_{kind}_DIR"), folder);
    }
    command.args(["attention", "--threads", "1", "-m"]);
    command.arg(test_model()).args(line);
    command
}

fn run(line: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    limpid(&home, line).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn weights(line: &[&str]) -> serde_json::Value {
    let output = run(&[line, &["--format", "json"]].concat());
    assert_eq!(text(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sum(json: &serde_json::Value) -> f64 {
    let tokens = json["tokens"].as_array().unwrap();
    tokens.iter().map(|it| it["weight"].as_f64().unwrap()).sum()
}

#[test]
fn the_weights_of_a_text_sum_to_one_in_every_view() {
    let prompt = "The sky is blue because";
    for view in [&[][..], &["--layer", "3"], &["--layer", "3", "--head", "2"]] {
        let json = weights(&[&[prompt], view].concat());
        assert!((sum(&json) - 1.0).abs() < 1e-3, "{view:?}");
        let tokens = json["tokens"].as_array().unwrap();
        let read: String = tokens
            .iter()
            .map(|it| it["text"].as_str().unwrap())
            .collect();
        assert_eq!(read, prompt);
        assert_eq!(json["token"], tokens.len());
        assert_eq!(json["cut"], 0);
    }
}

#[test]
fn a_token_within_the_text_sees_nothing_of_what_follows_it() {
    let json = weights(&["The sky is blue because", "--token", "3"]);
    assert_eq!(json["token"], 3);
    assert_eq!(json["tokens"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_not_there_is_a_usage_error_that_says_what_is() {
    for (line, says) in [
        (&["The sky", "--token", "9"][..], "there is no token 9"),
        (&["The sky", "--token", "0"], "there is no token 0"),
        (&["The sky", "--layer", "999"], "there is no layer 999"),
        (
            &["The sky", "--layer", "0", "--head", "999"],
            "layer 0 has no head 999",
        ),
        (&["The sky", "--head", "1"], "--layer"),
        (&[""], "the prompt is empty"),
    ] {
        let output = run(line);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(says), "{line:?}: {stderr}");
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn the_table_tells_the_first_token_apart() {
    let output = run(&["The sky is blue"]);
    let table = text(&output.stdout);
    let last = table.lines().last().unwrap();
    assert!(last.contains("The  (the first token:"), "{table}");
    assert!(
        table.contains("·blue: the mean over all heads of"),
        "{table}"
    );
}

#[test]
fn the_page_has_an_element_for_each_token_escapes_them_and_opens_without_an_error() {
    let output = run(&["<b>& 'sky'", "--format", "html"]);
    let page = text(&output.stdout);
    let tokens = weights(&["<b>& 'sky'"])["tokens"].as_array().unwrap().len();
    assert_eq!(page.matches("<span class=\"t ").count(), tokens);
    assert!(!page.contains("<b>"), "{page}");
    assert!(page.ends_with("</html>\n"));
    browser::open(&Home::new(), &page, tokens);
}

#[test]
fn a_long_text_on_standard_input_is_cut_and_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut command = limpid(&home, &["-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let words = "blue sky ".repeat(1100);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(words.as_bytes()).unwrap();
    drop(stdin);
    let mut table = String::new();
    let stdout = child.stdout.as_mut().unwrap();
    stdout.read_to_string(&mut table).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(
        table.contains("the model read the last 2048 tokens"),
        "{table}"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error_worth_words() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let home = tempfile::tempdir().unwrap();
    let mut command = limpid(&home, &["The sky is blue"]);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(text(&output.stderr), "");
}
