//! The list of stored conversations, and what is done in it.

use limpid::chat::keeping::Keeping;
use limpid::chat::{ConversationId, UserEvent};
use limpid::config::{Action, Chord, Context};
use limpid::driver::Summary;
use limpid::tui::overlay::{Change, ConversationsLayer, Layer};
use limpid::tui::update::Request;

use super::mouse;
use super::stage::{Stage, at_every_size};

const DAY: u64 = 24 * 60 * 60 * 1000;

fn id(number: usize) -> ConversationId {
    ConversationId(format!("01ARZ3NDEKTSV4RRFFQ69G5F{number:02}"))
}

fn stored(number: usize, title: &str, keeping: Keeping) -> Summary {
    Summary {
        id: id(number),
        title: title.to_owned(),
        keeping,
        created: 1_700_000_000_000 + number as u64 * DAY,
        messages: number + 1,
        bytes: 0,
        damage: None,
    }
}

fn tagged(tags: &[&str]) -> Keeping {
    Keeping::default().tagged(tags.iter().map(|tag| (*tag).to_owned()))
}

#[test]
fn what_is_typed_while_the_list_is_read_narrows_it() {
    let mut stage = Stage::new(80, 24);
    let layer = ConversationsLayer::awaiting(1_700_000_000_000);
    let layer = Layer::Conversations(Box::new(layer));
    stage.app.layers.push(layer);
    assert!(stage.text().contains("Looking for conversations…"));
    assert_eq!(stage.press(&["enter"]), [], "there is nothing to open");
    stage.write("dusk");
    let list = vec![
        stored(1, "Why is the sky blue?", Keeping::default()),
        stored(3, "Red at dusk", Keeping::default()),
    ];
    let Some(Layer::Conversations(layer)) = stage.app.layers.last_mut() else {
        panic!("it is open");
    };
    layer.fill(list);
    let seen = stage.text();
    assert!(
        seen.contains("Red at dusk") && !seen.contains("sky blue"),
        "{seen}"
    );
}

/// The list over a conversation, as the loop opens it.
fn open(stage: &mut Stage) {
    stage.conversation();
    let pinned = Keeping {
        pinned: true,
        ..tagged(&["sky"])
    };
    let archived = Keeping {
        archived: true,
        ..Keeping::default()
    };
    let list = vec![
        stored(1, "Why is the sky blue?", pinned),
        stored(2, "Whisky\u{1b}[2J, neat", Keeping::default()),
        stored(3, "Red at dusk", tagged(&["sky", "work"])),
        stored(4, "An old one", archived),
    ];
    let mut layer = ConversationsLayer::new(list, 1_700_000_000_000 + 9 * DAY);
    if let Some(wanted) = layer.wants_preview(stage.app.screen.width).cloned() {
        layer.preview(
            wanted,
            "user\nWhy is the sky blue?\n\nSmolLM2\nBecause of \u{1b}]0;x\u{7}Rayleigh scattering."
                .to_owned(),
        );
    }
    stage.app.layers.push(Layer::Conversations(Box::new(layer)));
}

fn layer(stage: &mut Stage) -> &mut ConversationsLayer {
    match stage.app.layers.last_mut() {
        Some(Layer::Conversations(layer)) => layer,
        other => panic!("another layer is open: {other:?}"),
    }
}

/// What a key changes, carried out as by a store that agrees.
fn change(stage: &mut Stage, keys: &[&str]) -> Change {
    let requests = stage.press(keys);
    let changes = requests.into_iter().filter_map(|request| match request {
        Request::Keep(change) => Some(change),
        _ => None,
    });
    let changes: Vec<Change> = changes.collect();
    let [change] = &changes[..] else {
        panic!("{keys:?} asked for {changes:?}")
    };
    layer(stage).done(change.clone(), Ok("Done.".to_owned()));
    change.clone()
}

#[test]
fn the_list_is_seen_at_every_size() {
    for (size, seen) in at_every_size(open) {
        insta::assert_snapshot!(format!("conversations_{size}"), seen);
    }
}

#[test]
fn what_is_pinned_stands_on_top_and_what_is_archived_nowhere() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    let seen = stage.text();
    let places: Vec<Option<usize>> = ["★ Why is the sky", "Red at dusk", "Whisky␛[2J"]
        .iter()
        .map(|title| seen.find(title))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{seen}"
    );
    assert!(!seen.contains("An old one"), "{seen}");
    stage.press(&["alt-h"]);
    let seen = stage.text();
    assert!(
        seen.contains("An old one") && !seen.contains("Red at dusk"),
        "{seen}"
    );
    let unarchived = change(&mut stage, &["alt-a"]);
    assert_eq!(unarchived, Change::Keep(id(4), Keeping::default()));
    assert!(stage.text().contains("No conversation is archived"));
}

#[test]
fn a_row_is_pinned_tagged_named_and_archived_on_keys() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    stage.press(&["down"]);
    let pinned = Keeping {
        pinned: true,
        ..tagged(&["sky", "work"])
    };
    assert_eq!(change(&mut stage, &["alt-p"]), Change::Keep(id(3), pinned));
    // It is still the one that is selected.
    stage.press(&["f2", "ctrl-u"]);
    stage.write("Dusk");
    let named = change(&mut stage, &["enter"]);
    assert_eq!(named, Change::Rename(id(3), "Dusk".to_owned()));
    stage.press(&["alt-t", "ctrl-u"]);
    stage.write("#Evening light");
    let Change::Keep(_, keeping) = change(&mut stage, &["enter"]) else {
        panic!("tags are kept")
    };
    assert_eq!(keeping.tags, ["evening", "light"]);
    assert!(stage.text().contains("★ Dusk #evening #light"));
    let Change::Keep(_, keeping) = change(&mut stage, &["alt-a"]) else {
        panic!("it is archived")
    };
    assert!(keeping.archived);
    assert!(!stage.text().contains("Dusk"));
}

#[test]
fn the_terminals_cursor_is_behind_what_is_typed_about_a_row() {
    for (width, height) in [(80, 24), (200, 50), (40, 10)] {
        for key in ["f2", "alt-t"] {
            let mut stage = Stage::new(width, height);
            open(&mut stage);
            stage.press(&[key, "ctrl-u"]);
            let before = stage.cursor().expect("one can type");
            stage.write("天空为何");
            let after = stage.cursor().expect("one can type");
            assert_eq!((after.x, after.y), (before.x + 8, before.y));
            // Of what is longer than its room the end is seen.
            stage.write(&"蓝".repeat(120));
            let cursor = stage.cursor().expect("one can type");
            let frame = stage.frame();
            assert!(cursor.x < width, "{cursor}");
            assert_eq!(frame[(cursor.x - 2, cursor.y)].symbol(), "蓝");
            stage.press(&["esc", "esc"]);
            assert!(stage.app.layers.is_empty());
        }
    }
}

#[test]
fn what_is_typed_about_a_row_is_left_by_esc_and_a_wrong_tag_is_named() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    stage.press(&["alt-t", "ctrl-u"]);
    stage.write(&"x".repeat(50));
    assert_eq!(stage.press(&["enter"]), []);
    assert!(stage.text().contains("40 characters"), "{}", stage.text());
    stage.press(&["esc"]);
    assert!(stage.text().contains("#sky"), "{}", stage.text());
    assert_eq!(stage.app.layers.len(), 1);
    stage.press(&["esc"]);
    assert!(stage.app.layers.is_empty());
}

#[test]
fn u_brings_back_at_once_what_was_deleted_and_the_undo_key_later() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    assert_eq!(change(&mut stage, &["delete"]), Change::Delete(id(1)));
    assert!(!stage.text().contains("Why is the sky blue? #sky"));
    assert_eq!(change(&mut stage, &["u"]), Change::Restore(id(1)));
    assert!(stage.text().contains("Why is the sky blue? #sky"));
    change(&mut stage, &["delete"]);
    // Another key, and `u` is a letter again.
    stage.press(&["down", "u"]);
    assert_eq!(change(&mut stage, &["alt-u"]), Change::Restore(id(1)));
}

#[test]
fn the_key_that_brings_back_at_once_can_be_another() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    let chord = |key| Chord::parse(key).expect("is a key");
    let keymap = &mut stage.app.keymap;
    keymap.bind(Context::Deleted, chord("u"), None);
    keymap.bind(Context::Deleted, chord("b"), Some(Action::RestoreDeleted));
    assert_eq!(change(&mut stage, &["delete"]), Change::Delete(id(1)));
    assert_eq!(change(&mut stage, &["b"]), Change::Restore(id(1)));
    change(&mut stage, &["delete"]);
    assert_eq!(stage.press(&["u"]), [], "it is a letter");
}

#[test]
fn a_refusal_is_said_and_changes_nothing() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    let says = "It is open in another limpid.".to_owned();
    layer(&mut stage).done(Change::Delete(id(1)), Err(says));
    let seen = stage.text();
    assert!(seen.contains("open in another limpid"), "{seen}");
    assert!(seen.contains("★ Why is the sky"), "{seen}");
}

#[test]
fn a_tag_is_found_as_it_is_written() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    stage.write("#work");
    let seen = stage.text();
    assert!(
        seen.contains("1 / 3") && seen.contains("Red at dusk"),
        "{seen}"
    );
    stage.press(&["ctrl-u"]);
    stage.write("#sk dusk");
    assert!(stage.text().contains("1 / 3"), "{}", stage.text());
}

#[test]
fn a_wide_screen_asks_for_the_beginning_of_what_is_selected_and_a_narrow_one_does_not() {
    let mut stage = Stage::new(120, 30);
    open(&mut stage);
    let requests = stage.press(&["down"]);
    assert_eq!(requests, [Request::Preview(id(3))]);
    layer(&mut stage).preview(id(3), "user\nAnd red?".to_owned());
    assert!(stage.text().contains("And red?"), "{}", stage.text());
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    assert_eq!(stage.press(&["down"]), []);
}

#[test]
fn enter_opens_the_selected_one() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    let requests = stage.press(&["enter"]);
    assert_eq!(requests, [Request::Open(id(1).0)]);
}

#[test]
fn a_title_is_asked_for_by_a_command() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.write("/title");
    assert_eq!(
        stage.press(&["enter"]),
        [Request::User(UserEvent::AskTitle)]
    );
    stage.write("/rename Blue");
    assert_eq!(
        stage.press(&["enter"]),
        [Request::User(UserEvent::Rename("Blue".to_owned()))]
    );
}

#[test]
fn a_click_selects_a_conversation_and_a_double_click_opens_it() {
    let mut stage = Stage::new(80, 24);
    open(&mut stage);
    let at = mouse::cell_of(&mut stage, "Red at dusk");
    mouse::click(&mut stage, at);
    assert!(!stage.app.layers.is_empty());
    // While tags are typed for one, another is not selected.
    stage.press(&["alt-t"]);
    let other = mouse::cell_of(&mut stage, "neat");
    assert_eq!(mouse::click(&mut stage, other), []);
    stage.press(&["esc"]);
    stage.wait(2000);
    mouse::click(&mut stage, at);
    let opened = Request::Open(id(3).0);
    assert_eq!(mouse::click(&mut stage, at), [opened]);
}
