//! How the costs grow: with tokens in a conversation, with its messages, with conversations in
//! the history. Prints the tables of `benches/README.md`.

#[path = "support/made.rs"]
mod made;

use std::time::{Duration, Instant};

use limpid::config::ColorBy;
use limpid::driver::history::Store;
use limpid::driver::history::search::Query;
use limpid::tui::app::TokenCursor;
use limpid::tui::walk::Place;

const ROUNDS: usize = 21;

fn milliseconds(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn median(rounds: usize, mut act: impl FnMut()) -> f64 {
    let times = (0..rounds).map(|_| {
        let start = Instant::now();
        act();
        start.elapsed()
    });
    milliseconds(times.collect())
}

/// Resident memory, bytes.
fn memory() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm
        .split_whitespace()
        .nth(1)
        .and_then(|it| it.parse().ok());
    pages.unwrap_or(0) * rustix::param::page_size()
}

fn conversation(tokens: usize, messages: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::new(folder.path().to_owned());
    let id = made::write(&store, tokens, messages);
    let bytes = std::fs::metadata(store.path_of(&id)).map_or(0, |file| file.len());
    // What the first opening leaves in the allocator's hands is no part of a conversation.
    let opening = median(5, || drop(made::open(&store, &id)));
    let before = memory();
    let session = made::session(made::open(&store, &id));
    let mut app = made::app(200, 50);
    made::frame(&mut app, &session);
    let held = memory().saturating_sub(before);
    let text: usize = session
        .conversation()
        .nodes
        .values()
        .map(|node| node.content.len())
        .sum();
    let end = median(ROUNDS, || drop(made::frame(&mut app, &session)));
    app.transcript.go_to_start(&session);
    app.transcript.scroll(&session, 100);
    let back = median(ROUNDS, || drop(made::frame(&mut app, &session)));
    app.color_by = ColorBy::Probability;
    let coloured = median(ROUNDS, || drop(made::frame(&mut app, &session)));
    app.color_by = ColorBy::Off;
    let head = session.conversation().head.expect("it has messages");
    app.cursor = Some(TokenCursor {
        message: head,
        place: Place::Written(10),
        candidate: None,
    });
    let cursor = median(ROUNDS, || drop(made::frame(&mut app, &session)));
    println!(
        "| {tokens} | {messages} | {} MB | {opening:.0} | {end:.3} | {back:.3} | {coloured:.3} | {cursor:.3} | {:.0} |",
        bytes / 1_000_000,
        held.saturating_sub(text) as f64 / tokens as f64,
    );
}

fn history(count: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::new(folder.path().to_owned());
    let id = made::write(&store, 100, 2);
    let bytes = std::fs::read(store.path_of(&id)).expect("it was written");
    for number in 1..count as u64 {
        let id = limpid::driver::ulid::next(1_700_000_000_000 + number, None);
        std::fs::write(store.path_of(&id), &bytes).expect("the disk has room");
    }
    let first = median(1, || drop(store.list().expect("it can be listed")));
    let again = median(ROUNDS, || drop(store.list().expect("it can be listed")));
    let query = Query::new(["no such words"]).expect("there are words");
    let search = || {
        let found = store.search(&query, &mut |_, _| ());
        assert!(found.expect("it can be searched").is_empty());
    };
    let first_search = median(1, search);
    let search_again = median(ROUNDS, search);
    println!("| {count} | {first:.0} | {again:.1} | {first_search:.0} | {search_again:.1} |");
}

fn main() {
    println!(
        "| tokens | messages | file | open, ms | frame | scrolled back | coloured | with the cursor, ms | bytes a token beyond the text |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for tokens in [10_000, 100_000, 1_000_000] {
        conversation(tokens, 200);
    }
    // One message that has them all, and very many short ones.
    conversation(100_000, 1);
    for messages in [20, 2_000, 20_000] {
        conversation(100_000, messages);
    }
    println!(
        "\n| conversations | first list, ms | list, ms | first search, ms | search, ms |\n|---|---|---|---|---|"
    );
    for count in [100, 1_000, 10_000] {
        history(count);
    }
}
