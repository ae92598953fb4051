//! A list of many conversations reads those that have changed, and no others.

use limpid::driver::Summary;
use limpid::driver::history::Store;

use super::writing::{Place, say, text};

/// The list, and how many files were read for it.
fn listed(store: &Store) -> (Vec<Summary>, usize) {
    let mut read = 0;
    let list = store
        .list_with(&mut |done, all| {
            assert!(done < all, "{done} of {all}");
            read += 1;
        })
        .expect("it can be listed");
    (list, read)
}

/// A place with this many conversations of three messages.
fn many(count: u64) -> Place {
    let place = Place::with_messages(3);
    let bytes = place.bytes();
    for number in 1..count {
        let id = limpid::driver::ulid::next(1_700_000_000_000 + number, None);
        std::fs::write(place.store.path_of(&id), &bytes).expect("it can be written");
    }
    place
}

fn file(place: &Place) -> std::path::PathBuf {
    place.store.folder().join("list")
}

#[test]
fn only_what_has_changed_is_read_again() {
    let place = many(50);
    let (first, read) = listed(&place.store);
    assert_eq!((first.len(), read), (50, 50));
    assert_eq!(listed(&place.store), (first.clone(), 0));
    let mut history = place.history();
    say(&mut history, &place.id, 1);
    drop(history);
    let (second, read) = listed(&place.store);
    assert_eq!(read, 1);
    assert_eq!(second[..49], first[..49]);
    assert_ne!(second[49], first[49], "it has grown");
}

#[test]
fn a_list_does_not_depend_on_what_is_kept_of_the_last_one() {
    let place = many(5);
    let (whole, _) = listed(&place.store);
    let kept = std::fs::read(file(&place)).expect("it is kept");
    let mut flipped = kept.clone();
    let title = text(1);
    let at = kept
        .windows(title.len())
        .position(|window| window == title.as_bytes());
    flipped[at.expect("a title is kept")] ^= 1;
    for damaged in [
        &b""[..],
        b"limpid-list 9 00000000\n",
        b"\xFF\xFE\0",
        &flipped,
        &kept[..90],
    ] {
        std::fs::write(file(&place), damaged).expect("it can be written");
        assert_eq!(listed(&place.store), (whole.clone(), 5));
    }
    std::fs::remove_file(file(&place)).expect("it is there");
    assert_eq!(listed(&place.store), (whole, 5));
}

#[test]
fn a_list_that_cannot_be_kept_is_made_all_the_same() {
    let place = many(2);
    std::fs::create_dir(file(&place)).expect("a folder in its place");
    let (list, read) = listed(&place.store);
    assert_eq!((list.len(), read), (2, 2));
}

#[test]
fn what_is_deleted_leaves_no_title_behind() {
    let place = Place::with_messages(3);
    listed(&place.store);
    let kept = || std::fs::read_to_string(file(&place)).unwrap_or_default();
    assert!(kept().contains(&text(1)));
    place.store.remove(&place.id).expect("it can be deleted");
    assert!(!kept().contains(&text(1)), "{}", kept());
    place.store.purge().expect("all can be deleted");
    assert!(!file(&place).exists());
}
