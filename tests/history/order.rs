//! Order is by what was done, never by a clock.

use limpid::chat::ConversationId;
use limpid::driver::history::StoreError;
use limpid::driver::ulid;

use super::writing::{Place, open, say};

const YEAR: u64 = 31_536_000_000;

#[test]
fn a_clock_set_back_a_year_changes_no_order() {
    let place = Place::new();
    let mut history = place.history();
    say(&mut history, &place.id, 1);
    // The next conversation begins a year earlier, if one believes the clock.
    let newest = place.store.ids().expect("it can be listed").pop();
    let second = ulid::next(1_700_000_000_000 - YEAR, newest.as_ref());
    say(&mut history, &second, 1);
    drop(history);

    let listed: Vec<_> = place
        .store
        .list()
        .expect("it can be listed")
        .into_iter()
        .map(|summary| summary.id)
        .collect();
    assert_eq!(listed, [second.clone(), place.id.clone()]);
    assert_eq!(place.store.latest().expect("there is one"), second);

    // Whoever goes on with the older one makes it the latest.
    open(&place.history(), &place.id);
    assert_eq!(place.store.latest().expect("there is one"), place.id);
}

#[test]
fn the_latest_is_found_without_the_note_of_it() {
    let place = Place::with_messages(1);
    std::fs::remove_file(place.store.folder().join("latest")).expect("it is there");
    assert_eq!(place.store.latest().expect("there is one"), place.id);
}

#[test]
fn a_conversation_is_found_by_any_prefix_that_is_its_own() {
    let place = Place::with_messages(1);
    let other = ConversationId("01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned());
    let mut history = place.history();
    say(&mut history, &other, 1);

    assert_eq!(place.store.find("01arz3").expect("it is found"), other);
    assert_eq!(
        place.store.find(&place.id.0).expect("it is found"),
        place.id
    );
    assert!(matches!(
        place.store.find("01"),
        Err(StoreError::Ambiguous { .. })
    ));
    let error = place.store.find("01ARZ4").expect_err("there is none");
    assert!(
        error.to_string().contains(&other.0),
        "the nearest is named: {error}"
    );
    assert!(matches!(
        place.store.find(""),
        Err(StoreError::Ambiguous { .. })
    ));
}
