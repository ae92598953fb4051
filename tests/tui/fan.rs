//! Several continuations at once, as they grow and when they are over.

use limpid::chat::{MessageId, UserEvent};
use limpid::inference::{EngineEvent, FanEvent, RequestId, StopReason};
use limpid::tui::update::Request;

use super::mouse;
use super::stage::{self, Stage};

/// The cursor is on the token that could have been another one, and `f` was pressed.
fn asked(stage: &mut Stage) {
    stage.conversation();
    stage.press(&["ctrl-t"]);
    stage.press(&["l"; 10]);
    let requests = stage.press(&["f"]);
    assert!(
        matches!(
            requests[..],
            [Request::User(UserEvent::FanOut {
                index: 10,
                branches: 4,
                ..
            })]
        ),
        "{requests:?}"
    );
    stage.obey(requests);
}

/// All of them have begun; the second is over.
fn growing(stage: &mut Stage) {
    asked(stage);
    stage.fan(FanEvent::Began { branches: 4 });
    let openings = [
        ("scatter", 0.124),
        ("diffraction", 0.06),
        ("refraction", 0.033),
        (" \u{65e5}\u{672c}\u{1b}[2J", 0.01),
    ];
    let texts = [
        "ing of light by small molecules of the air. It is stronger for short waves, and so more \
         of the blue light comes to us from everywhere.\n\nAt sunset the way is longer.",
        ".",
        " in the drops of water that float above us, as in a rainbow",
        " says the poet",
    ];
    for (branch, ((opening, probability), text)) in (0..).zip(openings.into_iter().zip(texts)) {
        stage.turn_to(branch);
        stage.token(opening.as_bytes(), probability, &[]);
        stage.words(text);
    }
    stage.end(1, StopReason::EndOfGeneration);
}

fn over(stage: &mut Stage) {
    growing(stage);
    stage.end(0, StopReason::Length);
    stage.end(2, StopReason::EndOfGeneration);
    stage.end(3, StopReason::ContextFull);
    stage.fan_finished(31);
}

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

#[test]
fn continuations_are_seen_as_they_grow() {
    at_every_size("fan_growing", growing);
}

#[test]
fn continuations_are_seen_with_what_they_cost() {
    at_every_size("fan_over", |stage| {
        over(stage);
        stage.press(&["j", "g"]);
    });
}

#[test]
fn continuations_are_seen_in_colour_and_without() {
    for theme in ["dark", "mono"] {
        let mut stage = Stage::with_theme(80, 16, theme);
        over(&mut stage);
        insta::assert_snapshot!(format!("fan_{theme}"), stage.styled());
    }
}

#[test]
fn what_is_read_before_them_is_told() {
    let mut stage = Stage::new(80, 24);
    asked(&mut stage);
    assert!(
        stage.text().contains("waiting for the model"),
        "{}",
        stage.text()
    );
    let request = RequestId(stage.requests() - 1);
    stage.engine(EngineEvent::Prefill {
        request,
        done: 20,
        total: 91,
        reused: 0,
    });
    assert!(stage.text().contains("20 of 91 tokens"), "{}", stage.text());
}

#[test]
fn a_click_looks_at_one_and_a_double_click_goes_on_with_it() {
    // In columns, one below the other, and in a row each.
    for (width, height) in [(160, 24), (100, 24), (80, 12)] {
        let mut stage = Stage::new(width, height);
        over(&mut stage);
        let source = stage.last_answer();
        let at = mouse::cell_of(&mut stage, "diffraction");
        assert_eq!(mouse::click(&mut stage, at), []);
        let text = stage.text();
        assert!(text.contains("▸ 2 diffraction"), "{text}");
        let at = mouse::cell_of(&mut stage, "refraction");
        stage.wait(2000);
        mouse::click(&mut stage, at);
        let picked = MessageId(source.0 + 3);
        let requests = mouse::click(&mut stage, at);
        assert_eq!(requests, [Request::User(UserEvent::Show(picked))]);
    }
}

#[test]
fn one_is_picked_and_shown_and_the_others_stay_as_branches() {
    let mut stage = Stage::new(120, 24);
    over(&mut stage);
    let source = stage.last_answer();
    let requests = stage.press(&["l", "l", "enter"]);
    let picked = MessageId(source.0 + 3);
    assert_eq!(requests, [Request::User(UserEvent::Show(picked))]);
    assert!(stage.app.layers.is_empty());
    stage.obey(requests);
    let text = stage.text();
    assert!(
        text.contains("as in a rainbow") && text.contains("4/5"),
        "{text}"
    );
}

#[test]
fn the_view_closes_and_opens_again_and_nothing_is_written_twice() {
    let mut stage = Stage::new(80, 24);
    growing(&mut stage);
    assert_eq!(stage.press(&["esc"]), []);
    assert!(stage.app.layers.is_empty());
    assert_eq!(stage.press(&["f"]), [], "they are there already");
    assert!(stage.text().contains("4 continuations"), "{}", stage.text());
    stage.press(&["esc", "h"]);
    let requests = stage.press(&["f"]);
    assert!(
        matches!(
            requests[..],
            [Request::User(UserEvent::FanOut { index: 9, .. })]
        ),
        "another place has others"
    );
}

#[test]
fn ctrl_c_stops_them_and_then_closes() {
    let mut stage = Stage::new(80, 24);
    growing(&mut stage);
    let requests = stage.press(&["ctrl-c"]);
    assert_eq!(requests, [Request::User(UserEvent::Stop)]);
    stage.obey(requests);
    for branch in [0, 2, 3] {
        stage.end(branch, StopReason::Cancelled);
    }
    stage.fan_finished(12);
    assert!(stage.text().contains("stopped"), "{}", stage.text());
    assert_eq!(stage.press(&["ctrl-c"]), []);
    assert!(stage.app.layers.is_empty());
}

#[test]
fn long_ones_scroll_together() {
    let mut stage = Stage::new(80, 16);
    asked(&mut stage);
    stage.fan(FanEvent::Began { branches: 2 });
    for branch in 0..2 {
        stage.turn_to(branch);
        stage.words("begin ");
        for number in 0..200 {
            stage.words(&format!("{branch}:{number}. "));
        }
    }
    let text = stage.text();
    assert!(text.contains("0:199.") && text.contains("1:199."), "{text}");
    stage.press(&["pageup", "pageup"]);
    assert!(!stage.text().contains(":199."), "{}", stage.text());
    stage.press(&["g"]);
    let text = stage.text();
    assert!(text.contains("0:0.") && text.contains("1:0."), "{text}");
    stage.press(&["G"]);
    assert!(stage.text().contains("1:199."), "{}", stage.text());
}

#[test]
fn where_there_is_nothing_to_go_on_from_f_says_why() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    stage.press(&["h"]);
    stage.press(&["f"]);
    let text = stage.text();
    assert!(
        stage.app.layers.is_empty() && text.contains("Only what a model wrote"),
        "{text}"
    );
}
