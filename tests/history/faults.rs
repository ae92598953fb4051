//! A disk that is full, fails, or loses its power.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use limpid::driver::history::{History, HistoryEvent};

use super::faulty_disk::FaultyDisk;
use super::writing::{Place, first, message, open, say, texts, wait_for};

fn on(place: &Place, disk: &FaultyDisk) -> History {
    let folder = place.store.folder().to_owned();
    History::start_on(Ok(folder), Box::new(disk.clone()))
}

fn not_saved(events: &[HistoryEvent]) -> Option<&str> {
    events.iter().find_map(|event| match event {
        HistoryEvent::NotSaved { reason } => Some(reason.as_str()),
        _ => None,
    })
}

#[test]
fn what_was_acknowledged_survives_power_loss_and_no_file_is_empty() {
    for acknowledged in 0..5 {
        let place = Place::new();
        let disk = FaultyDisk::default();
        let mut history = on(&place, &disk);
        for number in 1..=acknowledged {
            say(&mut history, &place.id, number);
        }
        // The next message is on its way when the power goes.
        disk.hold_syncs(true);
        history.append(place.id.clone(), message(&place.id, acknowledged + 1), true);
        disk.lose_power();
        // The machine is gone: its process does not get to clean up.
        disk.hold_syncs(false);
        disk.fail_syncs(true);
        drop(history);
        disk.lose_power();

        for id in place.store.ids().expect("the folder can be listed") {
            let size = fs::metadata(place.store.path_of(&id))
                .expect("it is there")
                .len();
            assert!(
                size > 0,
                "an empty conversation after {acknowledged} messages"
            );
        }
        if acknowledged > 0 {
            let opened = open(&place.history(), &place.id);
            assert_eq!(texts(&opened.conversation), first(acknowledged));
        }
    }
}

#[test]
fn a_full_disk_is_said_rolled_back_and_recovered_from() {
    for room in [0, 1, 40] {
        let place = Place::with_messages(2);
        let before = place.bytes();
        let disk = FaultyDisk::default();
        let mut history = on(&place, &disk);
        open(&history, &place.id);

        disk.fill_up(room);
        let events = say(&mut history, &place.id, 3);
        let reason = not_saved(&events).expect("it was said that message 3 is not saved");
        assert!(reason.contains(&place.id.0), "the file is named: {reason}");
        assert_eq!(
            place.bytes(),
            before,
            "what was half written is rolled back"
        );

        disk.make_room();
        let ticket = history
            .append(place.id.clone(), message(&place.id, 4), true)
            .expect("the writer runs");
        wait_for(&history, |event| *event == HistoryEvent::SavedAgain);
        wait_for(&history, |event| *event == HistoryEvent::Synced(ticket));
        let opened = place.store.read(&place.id).expect("it can be read");
        assert_eq!(texts(&opened.conversation), first(4));
        assert_eq!(opened.damage, []);
    }
}

#[test]
fn a_full_disk_is_recovered_from_without_another_message() {
    let place = Place::with_messages(1);
    let disk = FaultyDisk::default();
    let mut history = on(&place, &disk);
    open(&history, &place.id);
    disk.fill_up(10);
    assert!(not_saved(&say(&mut history, &place.id, 2)).is_some());
    disk.make_room();
    wait_for(&history, |event| *event == HistoryEvent::SavedAgain);
    assert_eq!(texts(&place.read()), first(2));
}

#[test]
fn a_full_disk_leaves_no_half_conversation() {
    let place = Place::new();
    let disk = FaultyDisk::default();
    disk.fill_up(50);
    let mut history = on(&place, &disk);
    assert!(not_saved(&say(&mut history, &place.id, 1)).is_some());
    assert_eq!(place.store.ids().expect("it can be listed"), []);
    disk.make_room();
    wait_for(&history, |event| *event == HistoryEvent::SavedAgain);
    assert_eq!(texts(&place.read()), first(1));
}

#[test]
fn what_a_failed_sync_may_have_lost_is_written_again() {
    let place = Place::with_messages(1);
    let disk = FaultyDisk::default();
    let mut history = on(&place, &disk);
    open(&history, &place.id);
    disk.fail_syncs(true);
    assert!(not_saved(&say(&mut history, &place.id, 2)).is_some());
    // The kernel may have dropped the page that it could not write.
    disk.lose_power();
    disk.fail_syncs(false);
    wait_for(&history, |event| *event == HistoryEvent::SavedAgain);
    let scan = place.store.read(&place.id).expect("it can be read");
    assert_eq!(texts(&scan.conversation), first(2));
    assert_eq!(scan.damage, []);
}

#[test]
fn a_stream_comes_to_disk_without_being_asked() {
    let place = Place::with_messages(1);
    let disk = FaultyDisk::default();
    let mut history = on(&place, &disk);
    open(&history, &place.id);
    let ticket = history.append(place.id.clone(), message(&place.id, 2), false);
    assert_eq!(ticket, None, "nobody waits for it");
    let path = place.store.path_of(&place.id);
    let deadline = Instant::now() + Duration::from_secs(20);
    let whole = || place.bytes().len() as u64;
    while texts(&place.read()).len() < 2 || disk.synced(&path) < whole() {
        assert!(Instant::now() < deadline, "it was never synced");
        thread::sleep(Duration::from_millis(20));
    }
    disk.lose_power();
    assert_eq!(texts(&place.read()), first(2));
}

#[test]
fn without_a_place_for_a_history_it_is_said_once() {
    let place = Place::new();
    let mut history = History::start(Err("HOME is not set".to_owned()));
    let events = say(&mut history, &place.id, 1);
    assert_eq!(not_saved(&events), Some("HOME is not set"));
    assert_eq!(not_saved(&say(&mut history, &place.id, 2)), None);
}

#[test]
fn a_home_that_cannot_be_written_is_said_and_nothing_more() {
    // A file where the folder should be fails for root as well.
    let place = Place::new();
    let parent = place.store.folder().parent().expect("it has one");
    fs::write(place.store.folder(), "in the way").expect("it can be written");
    let mut history = place.history();
    let events = say(&mut history, &place.id, 1);
    let reason = not_saved(&events).expect("it was said");
    assert!(reason.contains(parent.to_str().expect("UTF-8")), "{reason}");
}

#[test]
fn a_file_that_was_deleted_while_open_is_said() {
    let place = Place::with_messages(1);
    let mut history = place.history();
    open(&history, &place.id);
    fs::remove_file(place.store.path_of(&place.id)).expect("it can be removed");
    let events = say(&mut history, &place.id, 2);
    let reason = not_saved(&events).expect("it was said");
    assert!(reason.contains("deleted"), "{reason}");
}
