//! Keys that the user changes: in the palette, and what it says of them.

use limpid::config::{Action, Chord, Context};
use limpid::tui::overlay::{Choice, Item, Layer, Picker};
use limpid::tui::update::Request;

use super::stage::{self, Stage};

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

fn asked_for(stage: &mut Stage, action: &str) {
    stage.press(&["ctrl-o"]);
    stage.write(action);
    stage.press(&["ctrl-k"]);
}

#[test]
fn an_action_gets_another_key_in_the_palette_and_it_works_at_once() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    asked_for(&mut stage, "load another model");
    assert!(
        stage.text().contains("Press the new key"),
        "{}",
        stage.text()
    );
    stage.press(&["f9"]);
    assert!(stage.text().contains("It is free"), "{}", stage.text());
    let chord = Chord::parse("f9").expect("is a key");
    assert_eq!(
        stage.press(&["enter"]),
        [Request::Bind {
            context: Context::Global,
            chord,
            action: Action::PickModel,
        }]
    );
    assert!(stage.app.layers.is_empty());
    assert_eq!(stage.press(&["f9"]), [Request::PickModel]);
    assert_eq!(
        stage.press(&["alt-m"]),
        [Request::PickModel],
        "the old one stays"
    );
    stage.press(&["f1"]);
    assert!(stage.text().contains("F9 Alt-M"), "{}", stage.text());
}

#[test]
fn a_key_that_is_taken_or_cannot_be_told_says_so_before_it_is_bound() {
    at_every_size("bind", |stage| {
        asked_for(stage, "load another model");
        stage.press(&["alt-u"]);
    });
    let mut stage = Stage::new(110, 30);
    asked_for(&mut stage, "load another model");
    stage.press(&["ctrl-h"]);
    assert!(stage.text().contains("cannot be bound"), "{}", stage.text());
    assert_eq!(stage.press(&["enter"]), [], "and is not");
    stage.press(&["esc", "esc"]);
    assert!(stage.app.layers.is_empty());
    assert_eq!(
        stage.press(&["alt-u"]),
        [Request::User(limpid::chat::UserEvent::Undo)]
    );
}

#[test]
fn the_palette_has_every_action_and_says_where_those_work_that_do_nothing_here() {
    let mut stage = Stage::new(110, 60);
    for action in Action::ALL
        .into_iter()
        .filter(|one| *one != Action::Palette)
    {
        stage.press(&["ctrl-o"]);
        stage.write(action.description());
        let text = stage.text();
        let shown = text.lines().any(|line| {
            let beginning: String = action.description().chars().take(30).collect();
            line.contains(&beginning)
        });
        assert!(shown, "{}:\n{text}", action.name());
        stage.press(&["esc"]);
    }
    stage.press(&["ctrl-o"]);
    stage.write("next alternative");
    stage.press(&["enter"]);
    assert!(
        stage.text().contains("This works in the token view, as j."),
        "{}",
        stage.text()
    );
}

#[test]
fn a_list_that_is_being_made_takes_keys_and_lets_go_when_it_is_closed() {
    let mut stage = Stage::new(80, 24);
    let picker = Picker::awaiting("models", 7, "Looking for models…");
    stage.app.layers.push(Layer::Picker(picker));
    stage.write("ig");
    assert!(
        stage.text().contains("Looking for models"),
        "{}",
        stage.text()
    );
    assert_eq!(
        stage.press(&["enter"]),
        [],
        "there is nothing to choose yet"
    );
    let item = |name: &str| Item::new(name, "", Choice::Theme(name.to_owned()));
    let Some(Layer::Picker(picker)) = stage.app.layers.last_mut() else {
        panic!("the list is open");
    };
    assert!(picker.awaits(7) && !picker.awaits(6));
    picker.fill(vec![item("dark"), item("light")], "none");
    assert!(!picker.awaits(7), "only once");
    let text = stage.text();
    assert!(text.contains("light") && !text.contains("dark"), "{text}");
    assert_eq!(
        stage.press(&["enter"]),
        [Request::Theme("light".to_owned())]
    );
}
