//! Answers rated and corrected from the keyboard.

use limpid::chat::{Rating, UserEvent};
use limpid::tui::update::Request;

use super::stage::{Stage, at_every_size};

/// A key's requests, carried out.
fn press(stage: &mut Stage, keys: &[&str]) {
    let requests = stage.press(keys);
    stage.obey(requests);
}

#[test]
fn an_answer_is_rated_on_a_key_and_once_more_takes_it_back() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    let answer = stage.last_answer();
    let rating = |stage: &Stage| stage.session.conversation().node(answer).unwrap().rating;
    // In the pane, and in the token view.
    press(&mut stage, &["tab", "+"]);
    assert_eq!(rating(&stage), Some(Rating::Up));
    assert!(stage.text().contains('▲'), "{}", stage.text());
    press(&mut stage, &["ctrl-t", "-"]);
    assert_eq!(rating(&stage), Some(Rating::Down));
    assert!(stage.text().contains('▼'), "{}", stage.text());
    press(&mut stage, &["-"]);
    assert_eq!(rating(&stage), None);
}

#[test]
fn the_question_under_the_cursor_is_not_rated() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    press(&mut stage, &["ctrl-t", "g", "h"]);
    assert_eq!(stage.press(&["+"]), []);
    assert!(stage.text().contains("Only answers"), "{}", stage.text());
}

#[test]
fn a_key_brings_the_answer_into_the_input_and_enter_keeps_what_became_of_it() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    let answer = stage.last_answer();
    press(&mut stage, &["tab", "E"]);
    stage.press(&["ctrl-u", "ctrl-home"]);
    while !stage.app.composer.editor.text().is_empty() {
        stage.press(&["backspace", "ctrl-u"]);
    }
    stage.write("Rayleigh scattering.");
    let requests = stage.press(&["enter"]);
    let text = "Rayleigh scattering.".to_owned();
    let correct = UserEvent::Correct {
        message: answer,
        text,
    };
    assert_eq!(requests, [Request::User(correct)]);
    stage.obey(requests);
    assert!(!stage.session.is_busy());
    let seen = stage.text();
    assert!(seen.contains("corrected by you"), "{seen}");
    assert!(seen.contains("2/2"), "{seen}");
}

#[test]
fn esc_leaves_the_answer_as_it_was() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.write("/correct");
    press(&mut stage, &["enter"]);
    assert!(stage.app.editing.is_some());
    press(&mut stage, &["esc"]);
    assert!(stage.app.editing.is_none());
    assert!(stage.app.composer.editor.is_empty());
    assert_eq!(stage.session.conversation().leaves().count(), 1);
}

#[test]
fn commands_rate_tag_and_pin() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    for line in ["/rate up", "/tag Work #sky", "/pin", "/untag work"] {
        stage.write(line);
        press(&mut stage, &["enter"]);
    }
    let conversation = stage.session.conversation();
    let answer = conversation.head.unwrap();
    assert_eq!(conversation.node(answer).unwrap().rating, Some(Rating::Up));
    assert_eq!(conversation.keeping.tags, ["sky"]);
    assert!(conversation.keeping.pinned);
    stage.write("/rate great");
    press(&mut stage, &["enter"]);
    let seen = stage.text();
    assert!(seen.contains("takes up, down or none"), "{seen}");
}

#[test]
fn a_rating_and_a_correction_are_seen_at_every_size() {
    let seen = at_every_size(|stage| {
        stage.conversation();
        let message = stage.last_answer();
        stage.user(UserEvent::Rate {
            message,
            rating: Some(Rating::Down),
        });
        stage.user(UserEvent::Correct {
            message,
            text: "Short waves are scattered more.".to_owned(),
        });
        let message = stage.last_answer();
        stage.user(UserEvent::Rate {
            message,
            rating: Some(Rating::Up),
        });
    });
    for (size, seen) in seen {
        insta::assert_snapshot!(format!("corrected_{size}"), seen);
    }
}
