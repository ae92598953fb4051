//! Files that were treated badly.

use limpid::chat::Notice;

use super::writing::{Place, first, open, say, text, texts};

fn all(notices: &[Notice]) -> String {
    let texts: Vec<_> = notices.iter().map(|notice| notice.text.as_str()).collect();
    texts.join("\n")
}

/// Opens a place whose tail was damaged: at most message 3 is lost, it is said, and the next
/// append makes a sound file.
fn tail_is_repaired(place: &Place, how: &str) {
    let mut history = place.history();
    let opened = open(&history, &place.id);
    let texts_now = texts(&opened.conversation);
    let kept = texts_now.len() as u64;
    assert!(kept >= 2, "{how}: {kept} messages are left");
    assert_eq!(texts_now, first(kept), "{how}");
    if kept < 3 {
        let said = all(&opened.notices);
        assert!(said.contains("cut off in mid-write"), "{how}: {said:?}");
    }
    say(&mut history, &place.id, kept + 1);
    drop(history);
    let scan = place.store.read(&place.id).expect("it can be read");
    assert_eq!(texts(&scan.conversation), first(kept + 1), "{how}");
    assert_eq!((scan.torn, scan.damage), (0, Vec::new()), "{how}");
}

#[test]
fn a_tail_torn_at_any_byte_costs_one_record_and_is_said() {
    let whole = Place::with_messages(3).bytes();
    let start = Place::with_messages(2).bytes().len();
    for cut in start + 1..whole.len() {
        let place = Place::with_messages(3);
        let bytes = place.bytes();
        assert_eq!(bytes.len(), whole.len(), "every place is alike");
        place.put(&bytes[..cut]);
        tail_is_repaired(&place, &format!("cut at byte {cut}"));
    }
}

#[test]
fn a_tail_of_nul_bytes_costs_one_record_and_is_said() {
    let start = Place::with_messages(2).bytes().len();
    for (written, zeros) in [(0, 1), (0, 4096), (1, 100), (60, 512)] {
        let place = Place::with_messages(3);
        let mut bytes = place.bytes();
        bytes.truncate(start + written);
        bytes.resize(start + written + zeros, 0);
        place.put(&bytes);
        tail_is_repaired(&place, &format!("{written} bytes and {zeros} NULs"));
    }
}

#[test]
fn a_tail_of_half_a_character_costs_one_record_and_is_said() {
    let place = Place::with_messages(3);
    let bytes = place.bytes();
    let crab = "🦀".as_bytes();
    let at = bytes
        .windows(crab.len())
        .rposition(|window| window == crab)
        .expect("the last message has a crab");
    for inside in 1..crab.len() {
        place.put(&bytes[..at + inside]);
        tail_is_repaired(&place, &format!("{inside} bytes of a character"));
        place.put(&bytes);
    }
}

#[test]
fn damage_in_the_middle_is_reported_and_hides_nothing_else() {
    let place = Place::with_messages(5);
    let mut bytes = place.bytes();
    let wanted = text(3);
    let at = bytes
        .windows(wanted.len())
        .position(|window| window == wanted.as_bytes())
        .expect("message 3 is in the file");
    bytes[at] = b'M';
    place.put(&bytes);

    let opened = open(&place.history(), &place.id);
    let said = all(&opened.notices);
    assert!(said.contains("line 4"), "{said}");
    assert!(!opened.read_only);
    let left = texts(&opened.conversation);
    for number in [1, 2, 4, 5] {
        assert!(
            left.contains(&text(number)),
            "message {number} is hidden: {left:?}"
        );
    }
    assert_eq!(place.bytes(), bytes, "nothing was taken away");
}

#[test]
fn a_lost_header_loses_no_message() {
    let place = Place::with_messages(3);
    let bytes = place.bytes();
    let first_line = bytes.iter().position(|&byte| byte == b'\n').expect("lines") + 1;
    place.put(&bytes[first_line..]);
    let opened = open(&place.history(), &place.id);
    assert_eq!(texts(&opened.conversation), first(3));
    assert_eq!(opened.conversation.id, place.id);
    assert!(!opened.notices.is_empty());
}

#[test]
fn a_newer_format_is_opened_read_only_and_left_alone() {
    let place = Place::with_messages(2);
    let mut bytes = place.bytes();
    bytes.extend_from_slice(
        b"{\"v\":2,\"seq\":4,\"type\":\"dream\",\"message\":2,\"crc\":\"00000000\"}\n",
    );
    place.put(&bytes);
    let opened = open(&place.history(), &place.id);
    assert!(opened.read_only);
    assert_eq!(texts(&opened.conversation), first(2));
    let said = all(&opened.notices);
    assert!(
        said.contains("newer") && said.contains("format 2"),
        "{said}"
    );
    assert_eq!(place.bytes(), bytes);
}

#[test]
fn a_list_shows_damaged_files_among_the_others() {
    let place = Place::with_messages(2);
    let other = limpid::driver::ulid::next(1_800_000_000_000, None);
    std::fs::write(place.store.path_of(&other), b"\0\0\0\0").expect("it can be written");
    let list = place.store.list().expect("it can be listed");
    assert_eq!(list.len(), 2);
    assert!(list[0].damage.is_some(), "{:?}", list[0]);
    assert_eq!(list[1].damage, None);
    assert_eq!((list[1].messages, list[1].title.clone()), (2, text(1)));
}
