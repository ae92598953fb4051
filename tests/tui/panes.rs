//! Panes that take the whole screen, that are hidden, and whose borders move.

use limpid::config::Panes;
use limpid::tui::app::Focus;
use limpid::tui::layout::Pane;

use super::stage::{self, Stage};

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

fn token_pane(stage: &mut Stage) {
    stage.conversation();
    stage.press(&["tab", "tab"]);
}

#[test]
fn one_pane_takes_the_room_of_all() {
    at_every_size("zoomed", |stage| {
        token_pane(stage);
        stage.press(&["z"]);
    });
}

#[test]
fn a_hidden_pane_is_not_seen_and_no_tab() {
    at_every_size("hidden", |stage| {
        stage.conversation();
        stage.press(&["alt-p", "esc"]);
    });
}

#[test]
fn borders_are_moved_by_keys() {
    at_every_size("resized", |stage| {
        stage.conversation();
        stage.press(&["ctrl-t", "<", "<", "<", "<", ",", ",", ","]);
    });
}

#[test]
fn what_was_moved_and_hidden_is_undone_by_one_key() {
    let mut stage = Stage::new(120, 40);
    stage.conversation();
    let usual = stage.app.areas(&stage.session);
    stage.write("draft");
    stage.press(&["alt-<", "alt-,", "alt-t", "alt-z"]);
    assert_ne!(stage.app.areas(&stage.session), usual);
    stage.press(&["alt-0", "esc"]);
    assert_eq!(stage.app.areas(&stage.session), usual);
    assert_eq!(stage.app.panes, Panes::default());
    assert_eq!(stage.app.composer.editor.text(), "draft");
}

#[test]
fn in_the_token_view_the_conversation_is_enlarged_then_the_token_then_none() {
    let mut stage = Stage::new(120, 40);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    let mut seen = Vec::new();
    for _ in 0..3 {
        stage.press(&["z"]);
        let areas = stage.app.areas(&stage.session);
        seen.push((areas.conversation.is_some(), areas.tokens.is_some()));
    }
    assert_eq!(seen, [(true, false), (false, true), (true, true)]);
    // The cursor walks on in the enlarged token pane, and Esc leaves nothing behind.
    stage.press(&["z", "z", "l", "l"]);
    assert!(stage.text().contains("token 3 of"), "{}", stage.text());
    stage.press(&["esc"]);
    let areas = stage.app.areas(&stage.session);
    assert!(areas.conversation.is_some());
}

#[test]
fn esc_gives_the_room_back_before_it_leaves_the_pane() {
    let mut stage = Stage::new(120, 40);
    token_pane(&mut stage);
    stage.press(&["z"]);
    assert!(stage.text().contains("zoomed · Alt-Z"), "{}", stage.text());
    stage.press(&["esc"]);
    assert!(!stage.app.zoomed);
    assert_eq!(stage.app.focus, Focus::Pane(Pane::Tokens));
    stage.press(&["esc"]);
    assert_eq!(stage.app.focus, Focus::Input);
}

#[test]
fn tab_passes_over_hidden_panes_and_the_keys_leave_a_pane_that_is_hidden() {
    let mut stage = Stage::new(120, 40);
    token_pane(&mut stage);
    stage.press(&["alt-t"]);
    assert_eq!(stage.app.focus, Focus::Input);
    assert!(stage.text().contains("Alt-T shows it again"));
    let mut visited = Vec::new();
    for key in ["tab", "tab", "tab", "backtab"] {
        stage.press(&[key]);
        visited.push(stage.app.focus);
    }
    let (conversation, throughput) = (
        Focus::Pane(Pane::Conversation),
        Focus::Pane(Pane::Throughput),
    );
    assert_eq!(
        visited,
        [conversation, throughput, Focus::Input, throughput]
    );
    // The odds of the token are told all the same.
    stage.press(&["esc", "ctrl-t"]);
    assert!(stage.text().contains("62.0 % rank 1"), "{}", stage.text());
    stage.press(&["alt-t"]);
    assert!(stage.app.areas(&stage.session).tokens.is_some());
}

#[test]
fn a_border_that_is_not_there_says_so() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.press(&["alt-<"]);
    assert!(stage.text().contains("no pane beside the conversation"));
    stage.press(&["alt-,"]);
    assert!(stage.text().contains("no pane below another"));
    assert_eq!(stage.app.panes, Panes::default());
}
