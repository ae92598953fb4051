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
    stage.press(&["ctrl-o"]);
    stage.write("save the sampler settings");
    stage.press(&["enter"]);
    let text = stage.text();
    assert!(
        text.contains("This works in the sampler settings, as s."),
        "{text}"
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

#[test]
fn the_keys_that_are_shown_are_those_that_work_now() {
    let chord = |key| Chord::parse(key).expect("is a key");
    let mut stage = Stage::new(110, 30);
    stage.loaded();
    for (context, key, action) in [
        (Context::Input, "ctrl-s", Action::Send),
        (Context::Input, "f6", Action::NewLine),
        (Context::Global, "f7", Action::TokenView),
        (Context::Global, "f8", Action::Back),
    ] {
        stage.app.keymap.bind(context, chord(key), Some(action));
    }
    stage.app.keymap.bind(Context::Global, chord("f1"), None);
    let welcome = stage.text();
    for shown in [
        "Ctrl-S   send; F6 for a new line",
        "F7       go through the answer",
    ] {
        assert!(welcome.contains(shown), "{welcome}");
    }
    assert!(!welcome.contains("all keys"), "no key does that: {welcome}");
    stage.conversation();
    stage.press(&["alt-e"]);
    let editing = stage.text();
    let says = "Ctrl-S sends it as a new branch, F8 leaves it as it was";
    assert!(editing.contains(says), "{editing}");
    stage.press(&["f8", "f7", "t"]);
    assert!(
        stage
            .text()
            .contains("Enter shows it · = marks it to compare · F8 closes")
    );
}

#[test]
fn the_sampler_panels_letters_can_be_bound_elsewhere() {
    let chord = |key| Chord::parse(key).expect("is a key");
    let mut stage = Stage::new(110, 40);
    stage.loaded();
    let keymap = &mut stage.app.keymap;
    keymap.bind(Context::Sampler, chord("s"), None);
    keymap.bind(Context::Sampler, chord("x"), Some(Action::SavePreset));
    keymap.bind(Context::Sampler, chord("right"), None);
    keymap.bind(Context::Sampler, chord("+"), Some(Action::RaiseValue));
    super::steering::open_panel(&mut stage);
    let text = stage.text();
    assert!(
        text.contains("0-9 type · x save as preset · d default · h + change · Esc closes"),
        "{text}"
    );
    assert_eq!(stage.press(&["s"]), []);
    assert!(!stage.text().contains("name of the preset"));
    let before = stage.session.sampling().temperature;
    let changed = stage.press(&["+"]);
    stage.obey(changed);
    assert!(stage.session.sampling().temperature > before);
    stage.press(&["x"]);
    assert!(stage.text().contains("name of the preset"));
    // While a name is typed its letters are letters.
    stage.press(&["d", "x"]);
    assert!(stage.text().contains("name of the preset: dx"));
}
