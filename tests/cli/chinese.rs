//! The commands as whoever reads Chinese sees them.

use std::process::Output;

use regex::Regex;
use unicode_width::UnicodeWidthStr;

use crate::support::run::{Home, assert_code, stderr, stdout};

fn run(home: &Home, arguments: &[&str]) -> Output {
    home.limpid(arguments)
        .env("LIMPID_LANGUAGE", "zh")
        .output()
        .expect("limpid starts")
}

/// Fails on two English words side by side, but for what is typed and the names of files.
#[track_caller]
fn assert_chinese(text: &str) {
    let names = Regex::new(r"`[^`]*`|[A-Za-z0-9_.~-]*/[A-Za-z0-9_./~-]*").expect("sound");
    let english = Regex::new(r"\b[a-z]{2,} [a-z]{2,}\b").expect("sound");
    let rest = names.replace_all(text, "");
    let found = english.find(&rest).map(|found| found.as_str());
    assert_eq!(found, None, "{text}");
    assert!(text.chars().any(is_chinese), "{text}");
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}')
}

/// The column at which a part of a line begins.
#[track_caller]
fn column(line: &str, part: &str) -> usize {
    let place = line
        .find(part)
        .unwrap_or_else(|| panic!("{part} in {line}"));
    line[..place].width()
}

#[test]
fn an_empty_history_is_told() {
    let listed = run(&Home::new(), &["history", "list"]);
    assert_code(&listed, 0);
    assert_eq!(stdout(&listed), "没有已保存的对话。\n");
}

#[test]
fn an_unknown_model_is_told_with_what_to_do() {
    let home = Home::new();
    let refused = run(&home, &["-m", "no-such-model", "tokens", "text"]);
    assert_code(&refused, 3);
    let told = stderr(&refused);
    assert!(
        told.starts_with("错误：") && told.contains("no-such-model"),
        "{told}"
    );
    assert!(told.contains("\n提示："), "{told}");
    assert_chinese(&told);
}

#[test]
fn models_are_listed_in_columns() {
    let listed = run(&Home::new(), &["models", "list"]);
    assert_code(&listed, 0);
    let listed = stdout(&listed);
    assert_chinese(&listed);
    let columns: Vec<usize> = listed.lines().map(|line| column(line, "B  ")).collect();
    assert!(columns.windows(2).all(|two| two[0] == two[1]), "{listed}");
}

#[test]
fn findings_stand_in_columns_and_keep_their_names_in_json() {
    let home = Home::new();
    let missing = ["doctor", "-m", "no-such-model"];
    let looked = run(&home, &missing);
    assert_code(&looked, 1);
    let told = stdout(&looked);
    assert_chinese(&told);
    let lines: Vec<&str> = told.lines().collect();
    let terminal = column(lines[0], "标准输入");
    let settings = column(lines[1], "使用默认值");
    assert_eq!(terminal, settings, "{told}");
    assert!(told.contains("故障  模型"), "{told}");
    assert!(
        told.ends_with("有 1 个问题使 limpid 无法工作。\n"),
        "{told}"
    );

    let json = run(&home, &[&missing[..], &["--format", "json"]].concat());
    let findings: serde_json::Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(findings[0]["subject"], "terminal");
    assert_eq!(findings[0]["state"], "good");
}

#[test]
fn places_stand_in_columns() {
    let home = Home::new();
    let places = run(&home, &["config", "path"]);
    assert_code(&places, 0);
    let places = stdout(&places);
    assert_chinese(&places);
    let folder = home.path().to_str().expect("temporary paths are UTF-8");
    for line in places.lines() {
        assert_eq!(column(line, folder), 16, "{places}");
    }
}

#[test]
fn what_is_wrong_with_a_command_is_told() {
    let home = Home::new();
    for (line, says) in [
        (&["history", "search", " "][..], "错误：没有要查找的词\n"),
        (&["man", "limpid.7"], "错误：没有手册页“limpid.7”\n"),
        (&["history", "export"], "中没有对话\n"),
        (&["models", "import", "nowhere.gguf"], "错误："),
    ] {
        let refused = run(&home, line);
        let told = stderr(&refused);
        assert_ne!(refused.status.code(), Some(0), "{told}");
        assert!(told.contains(says), "{told}");
    }
}

#[cfg(feature = "llama")]
#[test]
fn tokens_and_odds_stand_below_their_headings() {
    let home = Home::new();
    let cut = run(&home, &["tokens", "one two"]);
    assert_code(&cut, 0);
    let cut = stdout(&cut);
    let lines: Vec<&str> = cut.lines().collect();
    assert_eq!(column(lines[0], "字节"), column(lines[1], "0.."), "{cut}");
    assert_eq!(column(lines[0], "文本"), column(lines[1], "one"), "{cut}");
    assert!(cut.ends_with("个词元，7 字节\n"), "{cut}");

    let scored = run(&home, &["score", "one two"]);
    assert_code(&scored, 0);
    let scored = stdout(&scored);
    let lines: Vec<&str> = scored.lines().collect();
    assert_eq!(
        column(lines[0], "文本"),
        column(lines[1], "one"),
        "{scored}"
    );
    assert!(
        scored.contains("困惑度 ") && scored.contains("sliding 方法"),
        "{scored}"
    );
}
