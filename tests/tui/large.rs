//! A long conversation costs what is seen of it.

#[path = "../../benches/support/made.rs"]
mod made;

use limpid::chat::Session;
use limpid::config::ColorBy;
use limpid::driver::history::Store;
use limpid::tui::app::TokenCursor;
use limpid::tui::walk::Place;

/// Twelve answers of two thousand tokens each, opened from their file.
fn opened() -> Session {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::new(folder.path().to_owned());
    let id = made::write(&store, 24_000, 24);
    made::session(made::open(&store, &id))
}

fn held(session: &Session) -> usize {
    session.conversation().held_traces()
}

#[test]
fn a_frame_reads_the_odds_of_the_token_it_shows_and_no_others() {
    let mut session = opened();
    let mut app = made::app(200, 50);
    app.follow_newest(&session);
    made::frame(&mut app, &session);
    let newest = held(&session);
    assert!((1..=made::CHUNK).contains(&newest), "{newest}");
    app.color_by = ColorBy::Probability;
    made::frame(&mut app, &session);
    assert_eq!(held(&session), newest, "colours need no more");

    session.let_go_of_traces(0);
    app.cursor = Some(TokenCursor {
        message: session.conversation().head.expect("it has messages"),
        place: Place::Written(700),
        candidate: Some(3),
    });
    made::frame(&mut app, &session);
    assert_eq!(
        held(&session),
        made::CHUNK,
        "the record that the token is in"
    );
}

#[test]
fn colouring_by_rank_reads_the_odds_of_what_is_seen() {
    let session = opened();
    let mut app = made::app(200, 50);
    app.color_by = ColorBy::Rank;
    made::frame(&mut app, &session);
    let seen = held(&session);
    assert!(seen > 0, "ranks are not at hand");
    // Some thirty tokens a row, and the rest of the records at either end.
    assert!(seen <= 50 * 30 + 2 * made::CHUNK, "{seen}");
}

#[test]
fn scrolling_through_the_whole_conversation_lays_out_each_message_once() {
    let session = opened();
    let mut app = made::app(80, 24);
    made::frame(&mut app, &session);
    app.transcript.go_to_start(&session);
    let mut before = -1.0;
    while app.transcript.is_scrolled_back() {
        let page = app.transcript.page();
        app.transcript.scroll(&session, page);
        let (start, end) = app.transcript.position(&session).expect("there is more");
        assert!(
            before < start && start < end && end <= 1.0,
            "{before} {start} {end}"
        );
        before = start;
    }
    assert_eq!(held(&session), 0, "scrolling looks at no odds");
}
