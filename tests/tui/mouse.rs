//! The mouse, where it was asked for.

use limpid::chat::UserEvent;
use limpid::config::Presets;
use limpid::tui::app::Focus;
use limpid::tui::layout::Pane;
use limpid::tui::overlay::{Choice, Item, Layer, Picker, SamplerLayer};
use limpid::tui::reader::Input;
use limpid::tui::update::Request;

use super::stage::Stage;

/// The cell at which a text is seen first.
pub fn cell_of(stage: &mut Stage, text: &str) -> (u16, u16) {
    let screen = stage.text();
    // The first row has names that stand elsewhere too.
    let found = screen
        .lines()
        .enumerate()
        .skip(1)
        .find_map(|(row, line)| Some((row, line.find(text)?, line)));
    let (row, at, line) = found.unwrap_or_else(|| panic!("no {text:?} in:\n{screen}"));
    let column = limpid::text::width(&line[..at]);
    (column as u16, row as u16)
}

pub fn click(stage: &mut Stage, (column, row): (u16, u16)) -> Vec<Request> {
    stage.input(Input::Click { column, row })
}

fn drag(stage: &mut Stage, (column, row): (u16, u16)) {
    stage.input(Input::Drag { column, row });
}

#[test]
fn the_wheel_scrolls_the_pane_under_it() {
    let mut stage = Stage::new(120, 24);
    stage.conversation();
    // Only so much of the throughput is seen.
    stage.press(&["tab", ".", ".", ".", ".", ".", "esc"]);
    let before = stage.text();
    let (column, row) = cell_of(&mut stage, " throughput ");
    let rows = 3;
    stage.input(Input::Wheel {
        rows,
        column: column + 4,
        row: row + 1,
    });
    let after = stage.text();
    assert_ne!(before, after);
    assert!(after.contains("above"), "{after}");
    let (column, row) = cell_of(&mut stage, "you");
    stage.input(Input::Wheel {
        rows: -3,
        column,
        row,
    });
    assert_eq!(stage.text(), after, "the conversation is at its beginning");
}

#[test]
fn a_click_gives_a_pane_the_keys_and_chooses_a_tab() {
    let mut stage = Stage::new(120, 30);
    stage.conversation();
    let at = cell_of(&mut stage, "to the first token");
    click(&mut stage, at);
    assert_eq!(stage.app.focus, Focus::Pane(Pane::Throughput));
    let at = cell_of(&mut stage, "Esc to write");
    click(&mut stage, at);
    assert_eq!(stage.app.focus, Focus::Input);
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    for (name, pane) in [("throughput", Pane::Throughput), ("token", Pane::Tokens)] {
        let tabs = stage.text();
        let tabs = tabs.lines().next().expect("there is a first row");
        let at = limpid::text::width(&tabs[..tabs.find(name).expect("it is a tab")]);
        click(&mut stage, (at as u16, 0));
        assert_eq!(stage.app.focus, Focus::Pane(pane));
        assert_eq!(stage.app.pane, pane);
    }
}

#[test]
fn a_click_chooses_an_alternative_and_a_double_click_goes_on_from_it() {
    let mut stage = Stage::new(120, 30);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    stage.press(&["l"; 10]);
    let at = cell_of(&mut stage, "diffraction ");
    assert_eq!(click(&mut stage, at), []);
    assert_eq!(stage.app.cursor.expect("it is there").candidate, Some(2));
    stage.wait(300);
    let requests = click(&mut stage, at);
    assert!(
        matches!(
            requests.as_slice(),
            [Request::User(UserEvent::BranchAt { index: 10, .. })]
        ),
        "{requests:?}"
    );
    // Slowly it is two clicks.
    stage.press(&["ctrl-t"]);
    stage.press(&["l"; 10]);
    click(&mut stage, at);
    stage.wait(2000);
    assert_eq!(click(&mut stage, at), []);
}

#[test]
fn dragging_marks_text_that_y_copies() {
    let mut stage = Stage::new(120, 30);
    stage.conversation();
    let (column, row) = cell_of(&mut stage, "sky blue?");
    click(&mut stage, (column, row));
    drag(&mut stage, (column + 2, row));
    stage.input(Input::Release);
    drag(&mut stage, (column + 8, row));
    let requests = stage.press(&["y"]);
    let [Request::Copy(clip)] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(
        (clip.what.as_str(), clip.text.as_str()),
        ("the marked text", "sky")
    );
    // From behind to before, over two messages.
    let (column, row) = cell_of(&mut stage, "is blue because");
    click(&mut stage, (column + 1, row));
    let (column, row) = cell_of(&mut stage, "blue?");
    drag(&mut stage, (column, row));
    stage.input(Input::Release);
    assert_eq!(stage.app.marked_text(&stage.session), "blue?\n\nThe sky is");
}

#[test]
fn dragging_a_border_moves_it() {
    let mut stage = Stage::new(120, 40);
    stage.conversation();
    let areas = stage.app.areas(&stage.session);
    let (tokens, throughput) = (areas.tokens.unwrap(), areas.throughput.unwrap());
    click(&mut stage, (tokens.x, 3));
    drag(&mut stage, (tokens.x - 10, 3));
    stage.input(Input::Release);
    click(&mut stage, (tokens.x + 20, throughput.y));
    drag(&mut stage, (tokens.x + 20, throughput.y - 5));
    stage.input(Input::Release);
    let areas = stage.app.areas(&stage.session);
    assert_eq!(areas.tokens.unwrap().x, tokens.x - 10);
    assert_eq!(areas.throughput.unwrap().y, throughput.y - 5);
    drag(&mut stage, (2, 2));
    assert_eq!(stage.app.areas(&stage.session), areas, "it was let go");
}

#[test]
fn a_click_selects_a_row_of_a_list_and_a_double_click_chooses_it() {
    let mut stage = Stage::new(80, 24);
    let item = |name: &str| Item::new(name, "", Choice::Theme(name.to_owned()));
    let items = vec![item("dark"), item("light"), item("mono")];
    stage
        .app
        .layers
        .push(Layer::Picker(Picker::new("themes", items, "")));
    let at = cell_of(&mut stage, "light");
    assert_eq!(click(&mut stage, at), []);
    assert!(!stage.app.layers.is_empty());
    assert_eq!(click(&mut stage, at), [Request::Theme("light".to_owned())]);
    assert!(stage.app.layers.is_empty());
}

#[test]
fn one_key_leaves_the_mouse_to_the_terminal_and_the_status_says_who_has_it() {
    let mut stage = Stage::new(120, 30);
    stage.conversation();
    assert_eq!(stage.press(&["f2"]), [Request::Mouse(true)]);
    assert!(stage.text().contains("· mouse "), "{}", stage.text());
    assert_eq!(stage.press(&["f2"]), [Request::Mouse(false)]);
    assert!(!stage.text().contains("· mouse "));
}

#[test]
fn a_click_in_a_list_that_was_scrolled_is_on_the_row_that_is_seen_there() {
    let mut stage = Stage::new(80, 24);
    let item = |number: usize| {
        let name = format!("theme {number}.");
        Item::new(&name, "", Choice::Theme(name.clone()))
    };
    let items = (0..60).map(item).collect();
    stage
        .app
        .layers
        .push(Layer::Picker(Picker::new("themes", items, "")));
    stage.press(&["down"; 40]);
    let at = cell_of(&mut stage, "theme 35.");
    let before = stage.text();
    click(&mut stage, at);
    assert_eq!(stage.text(), before, "the list stays where it is");
    assert_eq!(
        click(&mut stage, at),
        [Request::Theme("theme 35.".to_owned())]
    );
}

#[test]
fn a_click_selects_a_sampler_setting_and_a_double_click_types_its_value() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    let layer = SamplerLayer::new(Presets::default());
    stage.app.layers.push(Layer::Sampler(Box::new(layer)));
    let at = cell_of(&mut stage, "top_k");
    assert_eq!(click(&mut stage, at), []);
    let taken = |requests: Vec<Request>| match requests.into_iter().next() {
        Some(Request::User(UserEvent::Sampling(sampling))) => sampling,
        other => panic!("nothing is changed: {other:?}"),
    };
    let before = stage.session.sampling().clone();
    let after = taken(stage.press(&["right"]));
    assert_ne!(after.top_k, before.top_k);
    assert_eq!(after.temperature, before.temperature);
    stage.wait(2000);
    click(&mut stage, at);
    assert_eq!(click(&mut stage, at), []);
    stage.press(&["backspace", "backspace", "7"]);
    let other = cell_of(&mut stage, "temperature");
    assert_eq!(click(&mut stage, other), [], "what is typed stays");
    assert_eq!(taken(stage.press(&["enter"])).top_k, 7);
    // A preset is taken by the second click.
    let at = cell_of(&mut stage, "greedy");
    assert_eq!(click(&mut stage, at), []);
    assert_eq!(taken(click(&mut stage, at)).temperature, 0.0);
    assert!(!stage.app.layers.is_empty(), "the panel stays");
}
