//! Answers that follow a grammar or a JSON schema.

use std::fs;

use serde_json::Value;

use crate::support::run::{Home, assert_code, stderr, stdout};

/// What the model answers under a schema, as JSON.
fn answer(home: &Home, schema: &str, prompt: &str) -> Value {
    let output = home.run(&["--json-schema", schema, "--seed", "7", "-n", "200", prompt]);
    assert_code(&output, 0);
    serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", stdout(&output)))
}

#[test]
fn a_json_schema_holds_the_answer() {
    let home = Home::new();
    let person = answer(
        &home,
        r#"{"type": "object", "additionalProperties": false, "required": ["name", "age", "tags"],
            "properties": {
              "name": {"type": "string", "minLength": 1, "maxLength": 20},
              "age": {"type": "integer", "minimum": 18, "maximum": 99},
              "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "maxItems": 3}}}"#,
        "Describe a person.",
    );
    let name = person["name"].as_str().expect("a text").chars().count();
    assert!((1..=20).contains(&name), "{person}");
    assert!(
        (18..=99).contains(&person["age"].as_i64().expect("a number")),
        "{person}"
    );
    let tags = person["tags"].as_array().expect("an array");
    assert!((2..=3).contains(&tags.len()), "{person}");
    assert!(tags.iter().all(|tag| tag == "a" || tag == "b"), "{person}");
    assert_eq!(person.as_object().expect("an object").len(), 3, "{person}");

    let either = answer(
        &home,
        r#"{"anyOf": [{"type": "boolean"}, {"type": "null"}]}"#,
        "Is it?",
    );
    assert!(either.is_boolean() || either.is_null(), "{either}");

    let date = answer(&home, r#"{"type": "string", "format": "date"}"#, "When?");
    let date = date.as_str().expect("a text");
    assert!(date.len() == 10 && date.as_bytes()[4] == b'-', "{date}");

    let nested = answer(
        &home,
        r##"{"$ref": "#/$defs/pair", "$defs": {"pair": {"type": "array", "items": [{"$ref": "#/$defs/n"}, {"const": "x"}]}, "n": {"type": "number"}}}"##,
        "A pair.",
    );
    assert!(nested[0].is_number(), "{nested}");
    assert_eq!(nested[1], "x", "{nested}");
}

#[test]
fn a_schema_that_cannot_be_followed_is_refused_before_the_model_is_loaded() {
    let home = Home::new();
    let file = home.path().join("answer.json");
    fs::write(&file, "{\n  \"type\": \"object\"\n  \"required\": []\n}").expect("can be written");
    let file = file.to_string_lossy();
    let output = home.run(&["--json-schema-file", &file, "-m", "/nonexistent.gguf", "hi"]);
    assert_code(&output, 2);
    let said = stderr(&output);
    assert!(said.contains("line 3, column 3"), "{said}");
    assert!(said.contains("\n    \"required\": []\n    ^"), "{said}");
}

#[test]
fn a_bad_grammar_is_shown_with_its_place() {
    let home = Home::new();
    let grammar = "root ::= answer\nanswer ::= \"yes\" | )";
    let output = home.run(&["--grammar", grammar, "-n", "2", "hi"]);
    assert_code(&output, 2);
    let said = stderr(&output);
    assert!(
        said.contains("the grammar is wrong at line 2, column 20: "),
        "{said}"
    );
    assert!(
        said.contains("\n  answer ::= \"yes\" | )\n                     ^"),
        "{said}"
    );
    assert_eq!(said.matches("is wrong").count(), 1, "said once: {said}");
}
