//! A program killed at any moment.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use limpid::chat::ConversationId;
use limpid::driver::history::{History, Store};

use super::writing::{Place, first, open, say, text, texts};

/// Names the folder for the process that is killed; its absence makes it a test by itself.
const FOLDER: &str = "LIMPID_TEST_WRITER_FOLDER";
const ID: &str = "LIMPID_TEST_WRITER_ID";

/// The process that is killed: says message after message, and after each, when it is on disk,
/// its number on stdout. Run by itself it says three.
#[test]
fn a_writer_says_what_is_on_disk() {
    let (Some(folder), Ok(id)) = (std::env::var_os(FOLDER), std::env::var(ID)) else {
        let place = Place::with_messages(3);
        assert_eq!(texts(&place.read()), first(3));
        return;
    };
    let store = Store::new(PathBuf::from(folder));
    let id = ConversationId(id);
    let mut history = History::start(Ok(store.folder().to_owned()));
    let mut number = 0;
    if store.path_of(&id).exists() {
        number = open(&history, &id).conversation.len() as u64;
    }
    loop {
        number += 1;
        say(&mut history, &id, number);
        let mut out = std::io::stdout();
        writeln!(out, "acknowledged {number}").expect("the parent listens");
        out.flush().expect("the parent listens");
    }
}

#[test]
fn two_hundred_kills_lose_no_acknowledged_message() {
    let place = Place::new();
    let program = std::env::current_exe().expect("a test knows itself");
    let mut acknowledged = 0;
    for round in 0..200_u64 {
        let mut child = Command::new(&program)
            .args(["--exact", "history::kill::a_writer_says_what_is_on_disk"])
            .args(["--nocapture", "--test-threads=1"])
            .env(FOLDER, place.store.folder())
            .env(ID, &place.id.0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a test can run itself");
        let lines = BufReader::new(child.stdout.take().expect("it is piped"));
        let reader = thread::spawn(move || {
            lines
                .lines()
                .map_while(Result::ok)
                .filter_map(|line| {
                    let (_, number) = line.split_once("acknowledged ")?;
                    number.trim().parse::<u64>().ok()
                })
                .last()
        });
        // Anywhere between before the start and in the midst of writing.
        thread::sleep(Duration::from_micros(round * 7919 % 20_000));
        child.kill().expect("it can be killed");
        child.wait().expect("it was ours");
        let last = reader.join().expect("the reader ends");
        acknowledged = acknowledged.max(last.unwrap_or(0));
        if acknowledged == 0 {
            continue;
        }
        let scan = place.store.read(&place.id).expect("it is there");
        let written = texts(&scan.conversation);
        assert!(
            written.len() as u64 >= acknowledged,
            "round {round}: {acknowledged} were acknowledged, {} are there",
            written.len()
        );
        let expected: Vec<_> = (1..=written.len() as u64).map(text).collect();
        assert_eq!(written, expected, "round {round}");
        assert_eq!(scan.damage, [], "round {round}");
    }
    assert!(acknowledged > 0, "no round got as far as writing");
}
