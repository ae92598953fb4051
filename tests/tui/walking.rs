//! The token cursor on messages that nobody generated; search, clicks, the least certain words.

use limpid::chat::{MessageId, UserEvent};
use limpid::config::Glyphs;
use limpid::inference::{
    EngineEvent, RequestId, ScoreEvent, ScoredToken, StopReason, TokenKind, TokenOdds,
    TokenizedPiece,
};
use limpid::tui::reader::Input;
use limpid::tui::update::Request;
use limpid::tui::walk::Place;

use super::stage::{self, Stage};

const QUESTION: [(&str, f32); 6] = [
    ("Why", 0.04),
    (" is", 0.6),
    (" the", 0.5),
    (" sky", 0.02),
    (" blue", 0.3),
    ("?", 0.9),
];

/// Has the question cut into tokens, as it was asked for.
fn cut(stage: &mut Stage, requests: Vec<Request>) {
    assert_eq!(requests, [Request::User(UserEvent::Read(MessageId(1)))]);
    let before = stage.requests();
    stage.obey(requests);
    let request = RequestId(before);
    let tokens = QUESTION
        .iter()
        .map(|(text, _)| TokenizedPiece {
            id: stage.id(text.as_bytes()),
            bytes: text.as_bytes().to_vec(),
            kind: TokenKind::Text,
        })
        .collect();
    stage.engine(EngineEvent::Tokenized { request, tokens });
}

/// Has the question scored.
fn score(stage: &mut Stage) {
    let requests = stage.press(&["s"]);
    assert_eq!(requests, [Request::User(UserEvent::Score(MessageId(1)))]);
    let request = RequestId(stage.requests());
    stage.obey(requests);
    let other = stage.id(b"!");
    let tokens = QUESTION
        .iter()
        .enumerate()
        .map(|(index, (text, probability))| {
            let id = stage.id(text.as_bytes());
            ScoredToken {
                id,
                kind: TokenKind::Text,
                bytes: text.as_bytes().to_vec(),
                odds: Some(Box::new(TokenOdds {
                    logprob: probability.ln(),
                    rank: if *probability > 0.5 { 1 } else { 42 },
                    entropy: [4.0, 1.0, 2.0, 5.0, 3.0, 0.5][index],
                    best: vec![(other, (0.05_f32).ln()), (id, probability.ln())],
                })),
            }
        })
        .collect();
    stage.engine(EngineEvent::Scored(Box::new(ScoreEvent {
        request,
        tokens,
        pieces: Vec::new(),
        done: 40,
        total: 40,
    })));
    stage.engine(EngineEvent::ScoreFinished { request });
}

fn on_the_question(stage: &mut Stage) {
    stage.conversation();
    stage.press(&["ctrl-t"]);
    let requests = stage.press(&["h"]);
    cut(stage, requests);
}

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

#[test]
fn a_question_is_walked_and_its_tokens_are_to_be_scored() {
    at_every_size("question_cut", on_the_question);
}

#[test]
fn a_scored_question_has_the_odds_of_its_tokens_words_and_sentences() {
    at_every_size("question_scored", |stage| {
        on_the_question(stage);
        score(stage);
        stage.press(&["h", "h"]);
    });
}

#[test]
fn a_scored_question_is_coloured_like_an_answer() {
    for theme in ["ansi", "mono"] {
        let mut stage = Stage::with_theme(110, 24, theme);
        on_the_question(&mut stage);
        score(&mut stage);
        stage.press(&["c", "h"]);
        insta::assert_snapshot!(format!("question_{theme}"), stage.styled());
    }
}

#[test]
fn without_utf8_the_line_of_entropy_is_ascii_and_has_its_levels() {
    let mut stage = Stage::new(110, 30);
    stage.app.glyphs = Glyphs::Ascii;
    on_the_question(&mut stage);
    score(&mut stage);
    let text = stage.text();
    let line = text
        .lines()
        .find(|line| line.contains("entropy ") && line.contains('#'));
    let line = line.unwrap_or_else(|| panic!("no line of entropy:\n{text}"));
    assert!(
        line.is_ascii() && line.contains('=') && line.contains('-'),
        "{line}"
    );
}

#[test]
fn the_cursor_goes_from_a_question_into_its_answer_and_back() {
    let mut stage = Stage::new(110, 30);
    on_the_question(&mut stage);
    stage.frame();
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(1), Place::Read(5))
    );
    stage.press(&["l"]);
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(2), Place::Written(0))
    );
    stage.press(&["h", "g"]);
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(1), Place::Read(0))
    );
    assert_eq!(stage.press(&["h"]), [], "nothing comes before it");
    stage.press(&["j"]);
    assert!(stage.text().contains("s has the model score"));
    assert_eq!(stage.press(&["enter"]), [], "a question has no branches");
}

#[test]
fn without_a_model_a_sentence_says_that_one_is_needed() {
    let mut stage = Stage::new(110, 30);
    stage.user(UserEvent::Submit("Why?".to_owned()));
    stage.user(UserEvent::Stop);
    assert_eq!(stage.press(&["ctrl-t"]), []);
    assert!(
        stage.text().contains("A model is needed to cut"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_search_goes_on_from_the_cursor_and_round() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t", "/"]);
    stage.write("SCATTER");
    stage.press(&["enter"]);
    let first = stage.app.cursor.expect("it is there");
    assert_eq!(
        (first.message, first.place),
        (MessageId(2), Place::Written(10))
    );
    assert!(stage.app.asking.is_none() && stage.app.composer.editor.is_empty());
    stage.press(&["/", "enter"]);
    let second = stage.app.cursor.expect("it is there");
    assert!(matches!(second.place, Place::Written(place) if place > 10));
    stage.press(&["/", "enter"]);
    assert_eq!(
        stage.app.cursor.map(|cursor| cursor.place),
        Some(first.place)
    );
    assert!(stage.text().contains("from the beginning"));
    stage.press(&["/"]);
    stage.write("nowhere");
    stage.press(&["enter"]);
    assert!(
        stage
            .text()
            .contains("“nowhere” is not in the messages shown")
    );
    assert_eq!(
        stage.app.cursor.map(|cursor| cursor.place),
        Some(first.place)
    );
}

#[test]
fn a_search_in_a_question_finds_its_token_when_it_is_cut() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t", "/"]);
    stage.write("y is the");
    let requests = stage.press(&["enter"]);
    cut(&mut stage, requests);
    stage.frame();
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(1), Place::Read(0))
    );
    stage.press(&["/"]);
    stage.write("sky");
    stage.press(&["enter"]);
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(1), Place::Read(3))
    );
}

#[test]
fn a_click_puts_the_cursor_on_what_was_clicked() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    let text = stage.text();
    let (row, line) = text
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("Rayleigh"))
        .expect("the answer is seen");
    let column = line[..line.find("Rayleigh").expect("it is there")]
        .chars()
        .count();
    let (column, row) = (column as u16, row as u16);
    stage.input(Input::Click { column, row });
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(2), Place::Written(9))
    );
    for (column, row) in [(0, 0), (109, 29), (500, 500)] {
        stage.input(Input::Click { column, row });
        assert_eq!(stage.app.cursor, Some(cursor));
    }
}

#[test]
fn the_least_certain_words_are_listed_and_enter_goes_there() {
    at_every_size("uncertain_words", |stage| {
        stage.conversation();
        stage.press(&["ctrl-t", "w"]);
    });
    for theme in ["dark", "mono"] {
        let mut stage = Stage::with_theme(80, 12, theme);
        stage.conversation();
        stage.press(&["ctrl-t", "w"]);
        insta::assert_snapshot!(format!("uncertain_words_{theme}"), stage.styled());
    }
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t", "w", "enter"]);
    let cursor = stage.app.cursor.expect("it is there");
    let answer = stage.session.conversation().node(cursor.message);
    let traces = &answer
        .and_then(|node| node.answer.as_ref())
        .expect("it is one")
        .traces;
    let index = cursor.written().expect("it was generated");
    let least = traces.iter().map(|trace| trace.logprob).fold(0.0, f32::min);
    assert!((traces[index].logprob - least).abs() < 1e-6);
}

#[test]
fn u_goes_between_bits_and_nats() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    assert!(
        stage.text().contains("surprise 0.69 bits"),
        "{}",
        stage.text()
    );
    stage.press(&["u"]);
    assert!(
        stage.text().contains("surprise 0.48 nats"),
        "{}",
        stage.text()
    );
}

#[test]
fn what_counts_as_uncertain_is_a_setting() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.app.uncertain = 0.03;
    stage.press(&["ctrl-t", "n"]);
    assert_eq!(stage.app.cursor.expect("it is there").written(), Some(3));
    stage.app.uncertain = 0.0;
    stage.press(&["n"]);
    assert!(stage.text().contains("less than 0 %"));
}

#[test]
fn an_answer_that_was_stopped_at_once_is_passed_over() {
    let mut stage = Stage::new(110, 30);
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    stage.finish(StopReason::Cancelled);
    let requests = stage.press(&["ctrl-t"]);
    cut(&mut stage, requests);
    assert_eq!(stage.press(&["G", "l"]), []);
    let cursor = stage.app.cursor.expect("it is there");
    assert_eq!(
        (cursor.message, cursor.place),
        (MessageId(1), Place::Read(5))
    );
}
