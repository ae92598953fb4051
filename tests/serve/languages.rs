//! Programs of different languages on one engine: each reads its own.

use super::{BRIEF, Serve, log};
use crate::support::run::{Home, assert_code, stderr};

const SHARED: &str = "the resident engine has this model";

/// What a program of a language says where the engine refuses, and how it ends.
struct Asker<'a> {
    home: &'a Home,
    language: &'a str,
}

impl Asker<'_> {
    /// The log is that of this run alone.
    fn ask(&self, arguments: &[&str], code: i32) -> String {
        let _old = std::fs::remove_file(self.home.path().join("state/limpid/limpid.log"));
        let arguments = [&BRIEF[..], &["-v"], arguments].concat();
        let output = self
            .home
            .limpid(arguments)
            .env("LIMPID_LANGUAGE", self.language)
            .output()
            .expect("limpid starts");
        assert_code(&output, code);
        stderr(&output)
    }
}

#[track_caller]
fn assert_said(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// What a client says of a prompt that is too long, of a grammar that lacks a rule, and of
/// settings that the resident engine does not have.
fn refusals(of_serve: &str, language: &str) -> [String; 3] {
    let home = Home::new();
    let _serve = Serve::start_in(&home, of_serve, &["-c", "256"]);
    let asker = Asker {
        home: &home,
        language,
    };
    let too_long = asker.ask(&["-c", "256", &"word ".repeat(400)], 5);
    assert_said(&log(&home), &[SHARED]);
    let grammar = asker.ask(&["-c", "256", "--grammar", "root ::= word", "hi"], 2);
    assert_said(&log(&home), &[SHARED]);
    asker.ask(&["-c", "512", "hi"], 0);
    [too_long, grammar, log(&home)]
}

#[test]
fn who_reads_chinese_is_refused_in_chinese_by_an_english_engine() {
    let [too_long, grammar, settings] = refusals("en", "zh");
    assert_said(
        &too_long,
        &["个词元，只能容纳 255 个", "-c 把上下文固定为 256"],
    );
    assert_said(&grammar, &["语法有误（第 1 行第 10 列）：没有规则“word”"]);
    assert_said(&settings, &["常驻引擎的设置不同：--ctx-size"]);
}

#[test]
fn who_reads_english_is_refused_in_english_by_a_chinese_engine() {
    let [too_long, grammar, settings] = refusals("zh", "en");
    assert_said(
        &too_long,
        &["tokens and 255 fit", "-c fixes the context at 256"],
    );
    let wrong = "the grammar is wrong at line 1, column 10: there is no rule 'word'";
    assert_said(&grammar, &[wrong]);
    assert_said(&settings, &["the resident engine has another --ctx-size"]);
}
