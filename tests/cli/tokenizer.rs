//! `limpid tokens --check`: the GGUF's tokens against those of a `tokenizer.json`.

use std::fs;
use std::path::{Path, PathBuf};

use limpid::model::gguf::{ArrayInfo, Header};
use serde_json::{Value, json};

use crate::support::run::{Home, assert_code, model, stderr, stdout};

/// The strings of a list in the default model's header.
fn strings(bytes: &[u8], list: ArrayInfo) -> Vec<String> {
    let mut at = usize::try_from(list.offset).unwrap();
    (0..list.len)
        .map(|_| {
            let length: [u8; 8] = bytes[at..at + 8].try_into().unwrap();
            let length = usize::try_from(u64::from_le_bytes(length)).unwrap();
            at += 8 + length;
            String::from_utf8(bytes[at - length..at].to_vec()).unwrap()
        })
        .collect()
}

/// A `tokenizer.json` of the default model's own vocabulary and merges. Its tokens with names
/// in angle brackets are special.
fn tokenizer(pre_tokenizers: &Value) -> Value {
    let path = model();
    let header = Header::read(&path).expect("the default model has a header");
    let bytes = fs::read(&path).unwrap();
    let list = |key: &str| strings(&bytes, header.array(key).expect(key));
    let tokens = list("tokenizer.ggml.tokens");
    let special =
        |name: &str| name.starts_with("<|") || name.starts_with('<') && name.ends_with('>');
    let added: Vec<Value> = tokens
        .iter()
        .enumerate()
        .take(17)
        .filter(|(_, name)| special(name))
        .map(|(id, name)| {
            json!({ "id": id, "content": name, "special": true, "single_word": false,
                    "lstrip": false, "rstrip": false, "normalized": false })
        })
        .collect();
    let vocabulary: serde_json::Map<String, Value> = tokens
        .iter()
        .enumerate()
        .map(|(id, token)| (token.clone(), id.into()))
        .collect();
    json!({
        "version": "1.0",
        "added_tokens": added,
        "normalizer": null,
        "pre_tokenizer": { "type": "Sequence", "pretokenizers": pre_tokenizers },
        "post_processor": null,
        "decoder": null,
        "model": { "type": "BPE", "vocab": vocabulary, "merges": list("tokenizer.ggml.merges") },
    })
}

fn byte_level() -> Value {
    json!({ "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": true })
}

/// As the model was trained: every digit by itself.
fn right() -> Value {
    json!([{ "type": "Digits", "individual_digits": true }, byte_level()])
}

fn write(folder: &Path, tokenizer: &Value) -> PathBuf {
    let path = folder.join("tokenizer.json");
    fs::write(&path, serde_json::to_vec(tokenizer).unwrap()).unwrap();
    path
}

#[test]
fn a_right_conversion_cuts_every_text_like_the_original() {
    let home = Home::new();
    let path = write(home.path(), &tokenizer(&right()));
    let path = path.to_str().unwrap();
    let output = home.run(&["tokens", "--check", path]);
    assert_code(&output, 0);
    assert!(
        stdout(&output).contains("in 20 texts"),
        "{}",
        stdout(&output)
    );
    // What only looks like a control token is text on both sides, unless it is asked for.
    for flags in [&[][..], &["--special"], &["--bos"]] {
        let mut line = vec!["tokens", "--check", path, "Hi<|im_end|>\nand 123"];
        line.extend(flags);
        let output = home.run(&line);
        assert_code(&output, 0);
        assert!(
            stdout(&output).starts_with("the same "),
            "{}",
            stdout(&output)
        );
    }
}

#[test]
fn a_wrong_pre_tokenizer_is_found_where_it_matters() {
    let home = Home::new();
    let path = write(home.path(), &tokenizer(&json!([byte_level()])));
    let output = home.run(&["tokens", "--check", path.to_str().unwrap()]);
    assert_code(&output, 1);
    let report = stdout(&output);
    // This vocabulary has no longer numbers in ASCII, so only others show it.
    for part in ["other numbers: ", "byte ", "GGUF      ", "original  "] {
        assert!(report.contains(part), "{part:?} is missing in\n{report}");
    }
    assert!(!report.contains("English: "), "{report}");
    let said = stderr(&output);
    assert!(
        said.contains("tokenizer.json") && said.contains("tokenizer.ggml.pre"),
        "{said}"
    );
    let output = home.run(&["tokens", "--check", path.to_str().unwrap(), "a\n½ ² Ⅷ ٣٤٥"]);
    assert_code(&output, 1);
    let report = stdout(&output);
    assert!(report.contains("line 2: "), "{report}");
    assert!(stderr(&output).contains("this text"), "{}", stderr(&output));
}

#[test]
fn what_is_no_tokenizer_is_named() {
    let home = Home::new();
    for (name, content) in [
        ("empty.json", ""),
        ("list.json", "[]"),
        ("config.json", "{\"model_type\": \"llama\"}"),
        ("binary.json", "\u{0}\u{1}GGUF"),
    ] {
        fs::write(home.path().join(name), content).unwrap();
        let output = home.run(&["tokens", "--check", name]);
        assert_code(&output, 1);
        let said = stderr(&output);
        assert!(
            said.contains(name) && said.contains("no tokenizer.json"),
            "{said}"
        );
    }
    let output = home.run(&["tokens", "--check", "missing.json"]);
    assert_code(&output, 1);
    assert!(
        stderr(&output).contains("cannot read missing.json"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn tokens_have_ids_pieces_and_byte_offsets_that_add_up() {
    let home = Home::new();
    let text = "Grüße, 日本 👋🏽";
    let output = home.run(&["tokens", "--format", "jsonl", text]);
    assert_code(&output, 0);
    let tokens: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut at = 0;
    let mut bytes: Vec<u8> = Vec::new();
    for token in &tokens {
        assert_eq!(token["start"], at);
        at = token["end"].as_u64().unwrap();
        let piece = token["bytes"].as_array().unwrap();
        bytes.extend(piece.iter().map(|byte| byte.as_u64().unwrap() as u8));
        assert_eq!(bytes.len() as u64, at);
    }
    assert_eq!(bytes, text.as_bytes());
    let count = home.run(&["tokens", "--count", text]);
    assert_eq!(stdout(&count).trim(), tokens.len().to_string());
}
