//! What the next answer will be like: its beginning, its sampler settings, its system prompt.

use limpid::chat::UserEvent;
use limpid::config::Presets;
use limpid::inference::{SamplerSettings, StopReason};
use limpid::tui::overlay::{Layer, SamplerLayer};
use limpid::tui::update::Request;

use super::stage::{self, Stage};

/// Opens the panel as the loop does when it is asked for.
pub fn open_panel(stage: &mut Stage) {
    assert_eq!(stage.press(&["alt-s"]), [Request::SamplerPanel]);
    let layer = SamplerLayer::new(Presets::default());
    stage.app.layers.push(Layer::Sampler(Box::new(layer)));
}

fn press(stage: &mut Stage, keys: &[&str]) {
    for key in keys {
        let requests = stage.press(&[key]);
        stage.obey(requests);
    }
}

fn sampling(stage: &Stage) -> SamplerSettings {
    stage.session.sampling().clone()
}

#[test]
fn the_beginning_of_an_answer_is_typed_shown_and_used_once() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.write("half a thought");
    stage.press(&["alt-a"]);
    stage.write("Sure, ");
    press(&mut stage, &["enter"]);
    assert_eq!(stage.app.composer.editor.text(), "half a thought");
    assert!(
        stage.text().contains("answer begins: Sure,"),
        "{}",
        stage.text()
    );
    press(&mut stage, &["enter"]);
    stage.words("it is.");
    stage.finish(StopReason::EndOfGeneration);
    let seen = stage.text();
    assert!(seen.contains("Sure, it is."), "{seen}");
    assert!(!seen.contains("answer begins"), "{seen}");
}

#[test]
fn enter_alone_takes_the_beginning_back() {
    let mut stage = Stage::new(80, 24);
    stage.user(UserEvent::Prefill(Some("No".to_owned())));
    stage.press(&["alt-a"]);
    assert_eq!(stage.app.composer.editor.text(), "No");
    press(&mut stage, &["backspace", "backspace", "enter"]);
    assert_eq!(stage.session.prefill(), None);
}

#[test]
fn the_panel_shows_presets_and_settings() {
    for (size, text) in stage::at_every_size(|stage| {
        stage.conversation();
        open_panel(stage);
        press(stage, &["l", "down"]);
    }) {
        insta::assert_snapshot!(format!("sampler_panel_{size}"), text);
    }
}

#[test]
fn a_setting_changes_by_steps_by_typing_and_back() {
    let mut stage = Stage::new(80, 40);
    stage.loaded();
    open_panel(&mut stage);
    press(&mut stage, &["right", "l", "left"]);
    assert!((sampling(&stage).temperature - 0.85).abs() < 1e-6);
    press(&mut stage, &["1", ".", "3", "enter"]);
    assert!((sampling(&stage).temperature - 1.3).abs() < 1e-6);
    assert!(stage.text().contains("* temperature"), "{}", stage.text());
    press(&mut stage, &["-", "1", "enter"]);
    assert!(
        stage.text().contains("expected a number of at least 0"),
        "{}",
        stage.text()
    );
    assert!((sampling(&stage).temperature - 1.3).abs() < 1e-6);
    press(&mut stage, &["esc", "d"]);
    assert_eq!(sampling(&stage), SamplerSettings::default());
    assert!(!stage.app.layers.is_empty(), "it stays open");
    press(&mut stage, &["esc"]);
    assert!(stage.app.layers.is_empty());
}

#[test]
fn a_preset_is_taken_from_its_row_and_marked() {
    let mut stage = Stage::new(80, 40);
    stage.loaded();
    open_panel(&mut stage);
    assert!(stage.text().contains("● balanced"), "{}", stage.text());
    press(&mut stage, &["up", "enter"]);
    assert!(
        sampling(&stage).temperature.abs() < 1e-6,
        "the last one is greedy"
    );
    let seen = stage.text();
    assert!(
        seen.contains("● greedy") && !seen.contains("● balanced"),
        "{seen}"
    );
}

#[test]
fn the_settings_of_now_are_saved_under_a_name() {
    let mut stage = Stage::new(80, 40);
    stage.loaded();
    open_panel(&mut stage);
    assert_eq!(stage.press(&["s", "w", "i", "t"]), []);
    assert!(
        stage.text().contains("name of the preset: wit"),
        "{}",
        stage.text()
    );
    let saved = Request::SavePreset("wit".to_owned());
    assert_eq!(stage.press(&["enter"]), [saved]);
}

#[test]
fn what_is_changed_at_the_token_cursor_is_asked_again_at_once() {
    let mut stage = Stage::new(80, 40);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    open_panel(&mut stage);
    let requests = stage.press(&["l"]);
    assert!(
        matches!(
            requests[..],
            [
                Request::User(UserEvent::Sampling(_)),
                Request::User(UserEvent::Reconsider { index: 0, .. })
            ]
        ),
        "{requests:?}"
    );
}

#[test]
fn system_prompts_are_picked_and_named() {
    let mut stage = Stage::new(80, 24);
    assert_eq!(stage.press(&["alt-y"]), [Request::PickSystem]);
    stage.write("/system @con");
    stage.press(&["tab"]);
    assert_eq!(stage.app.composer.editor.text(), "/system @concise");
    let asked = Request::SystemPrompt("concise".to_owned());
    assert_eq!(stage.press(&["enter"]), [asked]);
}
