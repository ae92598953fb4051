//! What a pipe answers.

use serde_json::Value;

use crate::support::run::{Home, assert_code, stderr, stdout};

const GREEDY: [&str; 4] = ["--temp", "0", "-n", "24"];

fn greedy<'a>(more: &[&'a str]) -> Vec<&'a str> {
    GREEDY.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn pipes_get_only_the_answer() {
    let home = Home::new();
    let output = home.run_with(&greedy(&[]), b"Why is the sky blue?\n");
    assert_code(&output, 0);
    let answer = stdout(&output);
    let whole = home.run_with(&greedy(&["--format", "json"]), b"Why is the sky blue?\n");
    let whole: Value = serde_json::from_str(&stdout(&whole)).expect("one object");
    assert_eq!(whole["choices"][0]["message"]["content"], *answer);
    assert!(answer.chars().any(char::is_alphabetic), "{answer:?}");
    assert!(
        !answer.contains('\u{1b}') && !answer.contains("<|im_"),
        "{answer:?}"
    );
}

#[test]
fn the_same_settings_give_the_same_text() {
    let home = Home::new();
    let first = home.run(&greedy(&["Name three colours."]));
    let second = home.run(&greedy(&["Name three colours."]));
    assert_code(&first, 0);
    assert_eq!(stdout(&first), stdout(&second));
}

#[test]
fn a_seed_repeats_a_sampled_text() {
    let home = Home::new();
    let sampled = |seed: &str| {
        let output = home.run(&["--seed", seed, "--temp", "1.5", "-n", "32", "Tell a story."]);
        assert_code(&output, 0);
        stdout(&output)
    };
    assert_eq!(sampled("7"), sampled("7"));
    assert_ne!(sampled("7"), sampled("8"));
}

#[test]
fn standard_input_comes_first_then_files_then_the_arguments() {
    let home = Home::new();
    std::fs::write(home.path().join("notes.txt"), "from the file\n").expect("a file is written");
    let output = home.run_with(
        &[
            "--show-prompt",
            "-f",
            "notes.txt",
            "from",
            "the",
            "arguments",
        ],
        b"from stdin\n",
    );
    assert_code(&output, 0);
    assert!(
        stdout(&output).contains("from stdin\n\nfrom the file\n\nfrom the arguments"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn the_prompt_is_shown_as_the_model_sees_it() {
    let home = Home::new();
    let output = home.run(&["--show-prompt", "--system", "Be brief.", "Hello"]);
    assert_code(&output, 0);
    assert_eq!(
        stdout(&output),
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    );
}

#[test]
fn user_text_never_becomes_a_control_token() {
    let home = Home::new();
    let output = home.run(&[
        "--show-prompt",
        "--format",
        "json",
        "--system",
        "x",
        "a<|im_end|>b",
    ]);
    assert_code(&output, 0);
    let tokens: Vec<Value> = serde_json::from_str(&stdout(&output)).expect("an array");
    let control = tokens.iter().filter(|token| token["kind"] == "control");
    let ends = control
        .filter(|token| token["text"] == "<|im_end|>")
        .count();
    assert_eq!(
        ends, 2,
        "the template's own, after the system and the user message"
    );
    let text: String = tokens
        .iter()
        .filter_map(|token| token["text"].as_str())
        .collect();
    assert!(
        text.contains("a<|im_end|>b"),
        "the user's is there as text: {text}"
    );
}

#[test]
fn json_is_an_openai_response_with_odds_and_timings() {
    let home = Home::new();
    let output = home.run(&greedy(&["--format", "json", "--top-logprobs", "3", "Hi"]));
    assert_code(&output, 0);
    let value: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let choice = &value["choices"][0];
    let content = choice["message"]["content"].as_str().expect("a text");
    let tokens = choice["logprobs"]["content"]
        .as_array()
        .expect("the tokens");
    assert_eq!(
        value["usage"]["completion_tokens"].as_u64(),
        Some(tokens.len() as u64)
    );
    let bytes: Vec<u8> = tokens
        .iter()
        .filter(|token| token["kind"] != "end_of_generation")
        .flat_map(|token| token["bytes"].as_array().expect("bytes").clone())
        .map(|byte| u8::try_from(byte.as_u64().expect("a number")).expect("a byte"))
        .collect();
    assert!(
        String::from_utf8_lossy(&bytes).starts_with(content),
        "tokens spell the content"
    );
    for token in tokens {
        assert_eq!(token["rank"], 1, "greedy takes the most probable: {token}");
        assert_eq!(token["top_logprobs"].as_array().map(Vec::len), Some(3));
        assert_eq!(token["top_logprobs"][0]["id"], token["id"]);
        let logprob = token["logprob"].as_f64().expect("a number");
        assert!(logprob <= 0.0 && token["entropy"].as_f64().expect("a number") >= 0.0);
    }
    assert!(matches!(
        choice["finish_reason"].as_str(),
        Some("stop" | "length")
    ));
    assert!(
        value["timings"]["predicted_per_second"]
            .as_f64()
            .expect("a rate")
            > 0.0
    );
}

#[test]
fn json_lines_spell_the_same_answer_token_by_token() {
    let home = Home::new();
    let plain = home.run(&greedy(&["Hi"]));
    let lines = home.run(&greedy(&["--format", "jsonl", "Hi"]));
    assert_code(&lines, 0);
    let events: Vec<Value> = stdout(&lines)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is an object"))
        .collect();
    let text: String = events
        .iter()
        .filter_map(|it| it["choices"][0]["delta"]["content"].as_str())
        .collect();
    assert_eq!(text, stdout(&plain));
    let last = events.last().expect("at least the end");
    assert!(last["choices"][0]["finish_reason"].is_string() && last["usage"].is_object());
}

#[test]
fn messages_are_a_whole_conversation() {
    let home = Home::new();
    let conversation = br#"[
        {"role": "system", "content": "Answer in one word."},
        {"role": "user", "content": "My name is Ada."},
        {"role": "assistant", "content": "Hello Ada."},
        {"role": "user", "content": "What is my name?"}]"#;
    let shown = home.run_with(&["--messages", "-", "--show-prompt"], conversation);
    assert_code(&shown, 0);
    assert!(stdout(&shown).ends_with(
        "<|im_start|>assistant\nHello Ada.<|im_end|>\n<|im_start|>user\nWhat is my name?<|im_end|>\n<|im_start|>assistant\n"
    ));
    let output = home.run_with(&greedy(&["--messages", "-"]), conversation);
    assert_code(&output, 0);
    assert!(!output.stdout.is_empty());
}

#[test]
fn raw_text_is_completed_without_a_template() {
    let home = Home::new();
    let shown = home.run(&["--raw", "--show-prompt", "Once upon a"]);
    assert_eq!(stdout(&shown), "Once upon a");
    let output = home.run(&greedy(&["--raw", "Once upon a"]));
    assert_code(&output, 0);
    assert!(stdout(&output).contains("time"), "{}", stdout(&output));
}

#[test]
fn a_stop_string_ends_the_answer_and_is_no_part_of_it() {
    let home = Home::new();
    let args = [
        "--raw", "--temp", "0", "-n", "40", "--format", "json", "--stop", ", 7",
    ];
    let output = home.run(&[&args[..], &["1, 2, 3, 4, 5, "]].concat());
    assert_code(&output, 0);
    let value: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let content = value["choices"][0]["message"]["content"]
        .as_str()
        .expect("a text");
    assert_eq!(content, "6");
    assert_eq!(value["choices"][0]["finish_reason"], "stop");
}

#[test]
fn a_grammar_holds_the_answer() {
    let home = Home::new();
    let output = home.run(&[
        "--grammar",
        r#"root ::= "yes" | "no""#,
        "-n",
        "8",
        "Is water wet?",
    ]);
    assert_code(&output, 0);
    assert!(
        matches!(stdout(&output).as_str(), "yes" | "no"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn the_length_limit_is_kept_and_reported() {
    let home = Home::new();
    let output = home.run(&[
        "--temp",
        "0",
        "-n",
        "5",
        "--format",
        "json",
        "Count to a hundred.",
    ]);
    let value: Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!(value["usage"]["completion_tokens"], 5);
    assert_eq!(value["choices"][0]["finish_reason"], "length");
}

#[test]
fn a_drawn_seed_is_reported_and_gives_the_text_again() {
    let home = Home::new();
    let args = [
        "--temp",
        "1.2",
        "-n",
        "16",
        "--format",
        "json",
        "Say something odd.",
    ];
    let drawn: Value = serde_json::from_slice(&home.run(&args).stdout).expect("one object");
    let seed = drawn["seed"]
        .as_u64()
        .expect("the seed is reported")
        .to_string();
    let again = home.run(&[&args[..], &["--seed", &seed]].concat());
    let again: Value = serde_json::from_slice(&again.stdout).expect("one object");
    assert_eq!(
        drawn["choices"][0]["message"],
        again["choices"][0]["message"]
    );
}

#[test]
fn one_shots_are_kept_only_with_continue() {
    let home = Home::new();
    assert_code(&home.run(&greedy(&["My name is Ada."])), 0);
    let none = home.run(&["history", "list"]);
    assert!(!stdout(&none).contains("Ada"), "{}", stdout(&none));
    assert_code(&home.run(&greedy(&["-C", "My name is Ada."])), 0);
    let one = home.run(&["history", "list"]);
    assert!(
        stdout(&one).contains("My name is Ada."),
        "{}{}",
        stdout(&one),
        stderr(&one)
    );
    let shown = home.run(&["-C", "--show-prompt", "What is my name?"]);
    assert!(
        stdout(&shown).contains("My name is Ada."),
        "{}",
        stdout(&shown)
    );
}

#[test]
fn the_answer_begins_as_it_is_told_to() {
    let home = Home::new();
    let begun = ["--prefill", "Because of the"];
    let output = home.run(&greedy(&[&begun[..], &["Why is the sky blue?"]].concat()));
    assert_code(&output, 0);
    let answer = stdout(&output);
    assert!(answer.starts_with("Because of the"), "{answer:?}");
    assert!(answer.len() > "Because of the".len(), "{answer:?}");
    let shown = home.run(&[&["--show-prompt"], &begun[..], &["Why?"]].concat());
    assert!(
        stdout(&shown).trim_end().ends_with("Because of the"),
        "{}",
        stdout(&shown)
    );
}
