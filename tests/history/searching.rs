//! Words are found in what was said, without reading the files again.

use limpid::driver::history::Store;
use limpid::driver::history::search::{Found, Query};

use super::writing::{Place, say, text};

/// What was found, and how many files were read for it.
fn search(store: &Store, phrases: &[&str]) -> (Vec<Found>, usize) {
    let query = Query::new(phrases.iter().copied()).expect("there are words");
    let mut read = 0;
    // The list is read first, once.
    store.list().expect("it can be listed");
    let found = store
        .search(&query, &mut |_, _| read += 1)
        .expect("it can be searched");
    (found, read)
}

fn count(store: &Store, phrases: &[&str]) -> usize {
    search(store, phrases).0.len()
}

fn file(place: &Place) -> std::path::PathBuf {
    place.store.folder().join("texts")
}

/// A conversation whose messages are `texts`.
fn holding(place: &Place, created: u64, texts: &[&str]) {
    let id = limpid::driver::ulid::next(created, None);
    let mut conversation = limpid::chat::Conversation::new(id, created);
    for text in texts {
        let parent = conversation.head;
        let role = limpid::inference::Role::User;
        conversation.append_message(parent, role, text.as_bytes().to_vec(), created);
    }
    place
        .store
        .import(conversation, created)
        .expect("it can be kept");
}

#[test]
fn phrases_are_found_whatever_their_case_and_spacing_and_all_must_be_there() {
    let place = Place::new();
    holding(&place, 1, &["The Blue\nWhale sings.", "Why does it sing?"]);
    holding(&place, 2, &["A blue sky, ÜBER all; 1 whale."]);
    let store = &place.store;
    assert_eq!(count(store, &["blue"]), 2);
    assert_eq!(count(store, &["BLUE  whale"]), 1);
    assert_eq!(count(store, &["blue", "whale"]), 2);
    assert_eq!(count(store, &["blue", "sings"]), 1);
    assert_eq!(count(store, &["über"]), 1);
    assert_eq!(count(store, &["green"]), 0);
    // Nothing that only the file or its index says, and no pattern.
    for other in ["u1", "user", "length", ".*", "sings. Why"] {
        assert_eq!(count(store, &[other]), 0, "{other}");
    }
    assert!(Query::new(["", " \n"]).is_none());
}

#[test]
fn the_newest_comes_first_with_the_first_place_and_how_many_there_are() {
    let place = Place::new();
    let long = format!("{} needle {}", "before ".repeat(20), "after ".repeat(30));
    holding(&place, 1, &["nothing here", &long, "a needle, a needle"]);
    holding(&place, 2, &["one needle"]);
    let (found, _) = search(&place.store, &["needle"]);
    assert_eq!(found[0].hits, 1);
    assert_eq!(found[1].hits, 3);
    let hit = found[1].first.as_ref().expect("it was said");
    assert_eq!(hit.found, "needle");
    assert!(hit.before.starts_with('…') && hit.before.ends_with("before "));
    assert!(hit.after.starts_with(" after") && hit.after.ends_with('…'));
    assert!(hit.before.chars().count() < 40 && hit.after.chars().count() < 70);
    let hit = found[0].first.as_ref().expect("it was said");
    assert_eq!((hit.before.as_str(), hit.after.as_str()), ("one ", ""));
}

#[test]
fn only_what_has_changed_is_read_again() {
    let place = Place::with_messages(3);
    holding(&place, 1, &["another"]);
    assert_eq!(search(&place.store, &["another"]).1, 2);
    assert_eq!(search(&place.store, &["another"]).1, 0);
    let mut history = place.history();
    say(&mut history, &place.id, 4);
    drop(history);
    let (found, read) = search(&place.store, &[&text(4)]);
    assert_eq!((found.len(), read), (1, 1));
}

#[test]
fn what_is_found_does_not_depend_on_what_was_kept() {
    let place = Place::with_messages(3);
    holding(&place, 1, &["another"]);
    let (whole, _) = search(&place.store, &["another"]);
    let kept = std::fs::read(file(&place)).expect("it is kept");
    let mut flipped = kept.clone();
    *flipped.last_mut().expect("it holds text") ^= 1;
    let huge = b"limpid-texts 1 00000000 18446744073709551615\n";
    for damaged in [
        &b""[..],
        b"limpid-texts 9 0 0\n",
        huge,
        b"\xFF\0",
        &flipped,
        &kept[..90],
    ] {
        std::fs::write(file(&place), damaged).expect("it can be written");
        assert_eq!(search(&place.store, &["another"]), (whole.clone(), 2));
    }
    std::fs::remove_file(file(&place)).expect("it is there");
    std::fs::create_dir(file(&place)).expect("a folder in its place");
    assert_eq!(search(&place.store, &["another"]).0, whole);
}

#[test]
fn what_is_deleted_is_not_found_and_leaves_no_word_behind() {
    let place = Place::with_messages(3);
    holding(&place, 1, &["another"]);
    search(&place.store, &["another"]);
    let kept = || std::fs::read_to_string(file(&place)).unwrap_or_default();
    assert!(kept().contains(&text(1)));
    place.store.remove(&place.id).expect("it can be deleted");
    assert!(!kept().contains(&text(1)), "{}", kept());
    assert!(kept().contains("another"));
    place.store.purge().expect("all can be deleted");
    assert!(!file(&place).exists());
}
