//! What a model thinks, apart from what it answers.

use serde_json::Value;

use crate::support::run::{Home, assert_code, stderr, stdout};

/// A model that thinks, whatever model it is.
const THINKING: [&str; 2] = ["--grammar", r#"root ::= "<think>hm</think>\nyes""#];
/// The same, where the template opens the reasoning.
const OPENED: [&str; 4] = [
    "--grammar",
    r#"root ::= "hm</think>\nyes""#,
    "--chat-template",
    "{% for message in messages %}{{ message.content }}\n{% endfor %}<think>",
];

#[test]
fn reasoning_goes_to_standard_error_and_the_answer_alone_to_standard_output() {
    let home = Home::new();
    for how in [&THINKING[..], &OPENED] {
        let output = home.run(&[how, &["Well?"]].concat());
        assert_code(&output, 0);
        assert_eq!(stdout(&output), "\nyes", "the bytes after the mark");
        assert_eq!(stderr(&output).trim(), "hm");
        let off = home.run(&[how, &["--reasoning", "off", "Well?"]].concat());
        assert_eq!(
            (stdout(&off).as_str(), stderr(&off).as_str()),
            ("\nyes", "")
        );
        let only = home.run(&[how, &["--reasoning", "only", "Well?"]].concat());
        assert_eq!(stdout(&only), "hm");
        assert_eq!(stderr(&only).trim(), "yes");
    }
}

#[test]
fn the_json_forms_have_the_reasoning_beside_the_answer() {
    let home = Home::new();
    let output = home.run(&[&THINKING[..], &["--format", "json", "Well?"]].concat());
    let value: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let message = &value["choices"][0]["message"];
    assert_eq!(message["content"], "\nyes");
    assert_eq!(message["reasoning_content"], "hm");
    let lines = home.run(&[&THINKING[..], &["--format", "jsonl", "Well?"]].concat());
    let (mut content, mut thought) = (String::new(), String::new());
    for line in stdout(&lines).lines() {
        let event: Value = serde_json::from_str(line).expect("an object a line");
        let delta = &event["choices"][0]["delta"];
        content.push_str(delta["content"].as_str().unwrap_or_default());
        thought.push_str(delta["reasoning_content"].as_str().unwrap_or_default());
    }
    assert_eq!((content.as_str(), thought.as_str()), ("\nyes", "hm"));
}
