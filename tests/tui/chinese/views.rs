//! What is Chinese with data in it: seen on the stage, at every size.

use std::process::Command;

use limpid::chat::UserEvent;
use limpid::inference::{FanEvent, StopReason};
use limpid::words::{Language, speak};

use super::english;
use crate::tui::stage::{SIZES, Stage, at_every_size};
use crate::tui::{attention, compare, steering};

/// Set where a process is to speak Chinese.
const CHILD: &str = "LIMPID_TEST_SPEAKS_CHINESE";

/// Whether this process speaks Chinese. If not, the test of this name is run in one that does:
/// the language is a whole process's, and other tests run beside this one.
fn speaks_chinese(test: &str) -> bool {
    if std::env::var_os(CHILD).is_some() {
        speak(Language::Chinese);
        return true;
    }
    let name = format!("tui::chinese::views::{test}");
    let program = std::env::current_exe().expect("a test knows its program");
    let ran = Command::new(program)
        .args(["--exact", &name])
        .env(CHILD, "1")
        .output()
        .expect("the tests can be started again");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
    false
}

fn seen(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
        assert_eq!(english(&text), [""; 0], "{name} {size}:\n{text}");
    }
}

/// Words of an answer, each a token.
fn words(stage: &mut Stage, words: &[&str]) {
    for (index, word) in words.iter().enumerate() {
        let probability = [0.62, 0.97, 0.35, 0.02, 0.85][index % 5];
        stage.token(word.as_bytes(), probability, &[]);
    }
}

const BEFORE: [&str; 6] = ["天空", "是", "蓝色", "的", "，因为", "瑞利"];
const AFTER: [&str; 8] = ["，", "短波", "比", "长波", "更", "容易", "散开", "。"];

/// A question and its answer, the seventh token of which could have been another one.
fn talk(stage: &mut Stage) {
    stage.loaded();
    stage.ask("天空为什么是蓝色的？", 80);
    words(stage, &BEFORE);
    let others = [("衍射", 0.124), ("折射", 0.06), ("效应", 0.033)];
    stage.token("散射".as_bytes(), 0.621, &others);
    words(stage, &AFTER);
    stage.finish(StopReason::EndOfGeneration);
}

fn on_the_token(stage: &mut Stage) {
    talk(stage);
    stage.press(&["ctrl-t", "l", "l", "l", "l", "l", "l"]);
}

/// Four continuations, of which one is over.
fn growing(stage: &mut Stage) {
    on_the_token(stage);
    let requests = stage.press(&["f"]);
    stage.obey(requests);
    stage.fan(FanEvent::Began { branches: 4 });
    let openings = ["散射", "衍射", "折射", "效应"];
    for (branch, opening) in (0..).zip(openings) {
        stage.turn_to(branch);
        stage.token(opening.as_bytes(), 0.4 / f32::from(branch + 1), &[]);
        words(stage, &AFTER[..8 - 2 * usize::from(branch)]);
    }
    stage.end(1, StopReason::EndOfGeneration);
}

/// A question with three answers, and another exchange after the first.
fn branched(stage: &mut Stage) {
    talk(stage);
    let first = stage.last_answer();
    stage.ask("那么晚上\n呢？", 80);
    words(stage, &["晚上", "没有", "阳光", "可以", "散射", "。"]);
    stage.finish(StopReason::EndOfGeneration);
    stage.user(UserEvent::Regenerate);
    words(stage, &["晚上", "天空", "是", "黑色", "的", "。"]);
    stage.finish(StopReason::EndOfGeneration);
    let candidate = stage.id("折射".as_bytes());
    stage.user(UserEvent::BranchAt {
        message: first,
        index: 6,
        candidate,
    });
    words(stage, &["，", "不过", "这", "不对", "。"]);
    stage.finish(StopReason::EndOfGeneration);
    stage.user(UserEvent::ContinueWith {
        message: first,
        index: 4,
        text: "，只在白天".to_owned(),
    });
    words(stage, &["有", "阳光", "的", "时候", "。"]);
    stage.finish(StopReason::EndOfGeneration);
}

#[test]
fn a_conversation_is_chinese_with_its_odds_and_its_speed() {
    if speaks_chinese("a_conversation_is_chinese_with_its_odds_and_its_speed") {
        seen("conversation", talk);
        seen("token", on_the_token);
    }
}

#[test]
fn several_continuations_are_chinese() {
    if speaks_chinese("several_continuations_are_chinese") {
        seen("fan", growing);
        seen("fan_over", |stage| {
            growing(stage);
            stage.end(0, StopReason::Length);
            stage.end(2, StopReason::EndOfGeneration);
            stage.end(3, StopReason::ContextFull);
            stage.fan_finished(31);
            stage.press(&["j"]);
        });
    }
}

#[test]
fn branches_are_chinese() {
    if speaks_chinese("branches_are_chinese") {
        seen("tree", |stage| {
            branched(stage);
            stage.press(&["ctrl-t", "t", "k"]);
        });
        seen("siblings", |stage| {
            branched(stage);
            stage.press(&["ctrl-t", "t", "="]);
        });
    }
}

#[test]
fn attention_is_chinese() {
    if speaks_chinese("attention_is_chinese") {
        seen("attention", |stage| {
            talk(stage);
            attention::looked_at(stage);
            let texts = [
                "user",
                "\n",
                "天空",
                "为什么",
                "是",
                "蓝色",
                "的",
                "？",
                "<|im_end|>",
                "\n",
                "<|im_start|>",
                "assistant",
                "\n",
                "天空",
                "是",
                "蓝色",
                "的",
                "，因为",
            ];
            attention::found_in(stage, 312, &texts);
        });
    }
}

#[test]
fn the_sampler_panel_is_chinese() {
    if speaks_chinese("the_sampler_panel_is_chinese") {
        seen("sampler", |stage| {
            on_the_token(stage);
            steering::open_panel(stage);
            stage.press(&["j"; 9]);
        });
    }
}

#[test]
fn a_comparison_of_models_is_chinese() {
    if speaks_chinese("a_comparison_of_models_is_chinese") {
        for (width, height) in SIZES {
            let mut scene = compare::Scene::new("ansi");
            scene.started(14);
            scene.token("天空".as_bytes(), None);
            for (index, word) in BEFORE[1..].iter().chain(&AFTER).enumerate() {
                let likely = 0.9 / (1.0 + (index % 5) as f32);
                scene.token(word.as_bytes(), Some((likely, likely * 0.7)));
            }
            scene.finish();
            scene.press(&["l", "l", "l"]);
            let text = scene.screen(width, height);
            insta::assert_snapshot!(format!("compared_{width}x{height}"), text);
            assert_eq!(english(&text), [""; 0], "{text}");
        }
    }
}
