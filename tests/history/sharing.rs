//! Two programs and one conversation, and what others may see of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use limpid::driver::history::{HistoryEvent, StoreError};

use super::writing::{Place, first, message, open, say, texts, wait_for};

#[test]
fn a_second_writer_is_told_and_nothing_is_lost() {
    let place = Place::with_messages(1);
    let mut one = place.history();
    assert!(!open(&one, &place.id).read_only);
    say(&mut one, &place.id, 2);

    let two = place.history();
    let opened = open(&two, &place.id);
    assert!(opened.read_only);
    assert_eq!(texts(&opened.conversation), first(2));
    let said = &opened.notices[0].text;
    assert!(
        said.contains("another limpid") && said.contains("/fork"),
        "{said}"
    );

    say(&mut one, &place.id, 3);
    drop(one);
    let opened = open(&two, &place.id);
    assert!(!opened.read_only, "the lock went with its holder");
    assert_eq!(texts(&opened.conversation), first(3));
}

#[test]
fn a_conversation_that_was_just_begun_is_locked_as_well() {
    let place = Place::new();
    let mut one = place.history();
    say(&mut one, &place.id, 1);
    assert!(open(&place.history(), &place.id).read_only);
}

#[test]
fn a_writer_without_locks_is_noticed_before_it_does_harm() {
    let place = Place::with_messages(1);
    let mut history = place.history();
    open(&history, &place.id);
    let mut bytes = place.bytes();
    bytes.extend_from_slice(b"something else\n");
    place.put(&bytes);
    let ticket = history
        .append(place.id.clone(), message(&place.id, 2), true)
        .expect("the writer runs");
    let events = wait_for(&history, |event| *event == HistoryEvent::Synced(ticket));
    let said = format!("{events:?}");
    assert!(said.contains("another program wrote"), "{said}");
    assert_eq!(place.bytes(), bytes);
}

#[test]
fn a_closed_conversation_can_be_opened_by_another() {
    let place = Place::with_messages(1);
    let mut one = place.history();
    open(&one, &place.id);
    say(&mut one, &place.id, 2);
    one.close(place.id.clone());
    assert_eq!(
        one.flush(std::time::Duration::from_secs(10)),
        Vec::<String>::new()
    );
    assert!(!open(&place.history(), &place.id).read_only);
}

#[test]
fn files_are_0600_and_folders_0700_even_if_they_were_not() {
    let place = Place::with_messages(1);
    let mode = |path: &std::path::Path| {
        let metadata = fs::metadata(path).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    let file = place.store.path_of(&place.id);
    assert_eq!((mode(place.store.folder()), mode(&file)), (0o700, 0o600));
    assert_eq!(mode(&place.store.folder().join("latest")), 0o600);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("it is ours");
    open(&place.history(), &place.id);
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn a_conversation_in_use_is_not_deleted() {
    let place = Place::with_messages(1);
    let history = place.history();
    open(&history, &place.id);
    assert!(matches!(
        place.store.remove(&place.id),
        Err(StoreError::InUse { .. })
    ));
    let (removed, kept) = place.store.purge().expect("it can be purged");
    assert_eq!((removed, kept), (0, vec![place.id.clone()]));

    drop(history);
    let (removed, kept) = place.store.purge().expect("it can be purged");
    assert_eq!((removed, kept), (1, Vec::new()));
    let left = fs::read_dir(place.store.folder())
        .expect("the folder stays")
        .count();
    assert_eq!(left, 0);
}
