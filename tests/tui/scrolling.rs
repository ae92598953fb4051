//! The transcript scrolls without jumping, and as fast whatever its length.

use limpid::chat::MessageId;
use limpid::inference::StopReason;
use limpid::tui::transcript::{Key, Line, Transcript};

use super::stage::Stage;

fn top_line(stage: &mut Stage) -> String {
    let text = stage.text();
    text.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn what_is_read_stays_where_it_is_while_more_comes() {
    let mut stage = Stage::new(80, 16);
    stage.loaded();
    stage.ask("Tell me a long story.", 80);
    stage.words(&"once upon a time there was a model that spoke at length ".repeat(20));
    stage.text();
    stage.press(&["pageup"]);
    let before = top_line(&mut stage);
    for _ in 0..5 {
        stage.words(&"and it went on and on and on ".repeat(20));
        assert_eq!(top_line(&mut stage), before);
    }
    stage.finish(StopReason::EndOfGeneration);
    assert_eq!(top_line(&mut stage), before);
    assert!(stage.text().contains("more below"));
    stage.press(&["ctrl-end"]);
    assert!(!stage.text().contains("more below"));
}

#[test]
fn a_streaming_end_is_always_in_view_and_moves_seldom() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Tell me a long story.", 80);
    let mut moves = 0;
    let mut rows = 0;
    let mut before = top_line(&mut stage);
    for index in 0..120 {
        stage.words(&format!("line {index}\n"));
        let text = stage.text();
        assert!(text.contains(&format!("line {index}")), "{text}");
        let now = top_line(&mut stage);
        moves += usize::from(now != before);
        rows += 1;
        before = now;
    }
    assert!(moves * 3 < rows, "{moves} moves for {rows} rows");
}

#[test]
fn the_same_words_stay_on_top_at_another_width() {
    let mut stage = Stage::new(80, 16);
    stage.loaded();
    stage.ask("Count.", 80);
    let numbers: Vec<String> = (0..900).map(|number| number.to_string()).collect();
    stage.words(&numbers.join(" "));
    stage.finish(StopReason::EndOfGeneration);
    stage.text();
    stage.press(&["pageup", "pageup"]);
    let before = top_line(&mut stage);
    let first = before
        .split_whitespace()
        .nth(1)
        .expect("a number is there")
        .to_owned();
    stage.resize(61, 16);
    let after = top_line(&mut stage);
    assert!(
        after.split_whitespace().any(|word| word == first),
        "{before:?} became {after:?}"
    );
}

#[test]
fn streamed_lines_are_those_of_the_whole_text() {
    let text = "Some words, \u{65e5}\u{672c}\u{8a9e} and \u{1F469}\u{200D}\u{1F467}, then\n\n\ta tab, \u{7} and\r\n a very_long_word_that_does_not_fit_anywhere_in_the_row. ".repeat(12);
    let mut streamed = Stage::new(40, 24);
    streamed.press(&["alt-v"]);
    streamed.loaded();
    streamed.ask("Go.", 80);
    for chunk in text.as_bytes().chunks(3) {
        streamed.token(chunk, 0.5, &[]);
        streamed.frame();
    }
    let id = streamed.last_answer();
    streamed.finish(StopReason::EndOfGeneration);
    streamed.frame();
    let mut whole = Transcript::new();
    whole.refresh(&streamed.session, 36, 24);
    whole.go_to_start(&streamed.session);
    let rows = |transcript: &Transcript, id: MessageId| {
        transcript
            .block(Key::Message(id))
            .expect("it is laid out")
            .raw_rows()
            .to_vec()
    };
    assert_eq!(rows(&streamed.app.transcript, id), rows(&whole, id));
}

#[test]
fn only_what_is_near_the_window_is_laid_out() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    for index in 0..300 {
        stage.ask(&format!("Question {index}?"), 80);
        stage.words("A short answer. ");
        stage.finish(StopReason::EndOfGeneration);
    }
    let mut transcript = Transcript::new();
    transcript.refresh(&stage.session, 76, 20);
    let path = stage.session.conversation().path();
    let laid_out = path
        .iter()
        .filter(|&&id| transcript.block(Key::Message(id)).is_some())
        .count();
    assert!(laid_out < 60, "{laid_out} of {}", path.len());
    assert!(!transcript.is_scrolled_back());
}

#[test]
fn a_million_tokens_scroll_by_the_lines_that_are_seen() {
    let mut stage = Stage::new(100, 30);
    stage.loaded();
    stage.ask("Everything.", 80);
    // Four megabytes: about a million tokens of English.
    stage.token(
        "all of it, word by word ".repeat(175_000).as_bytes(),
        0.5,
        &[],
    );
    stage.finish(StopReason::EndOfGeneration);
    stage.text();
    let id = stage.last_answer();
    for _ in 0..50 {
        stage.press(&["pageup"]);
    }
    let seen = stage.app.transcript.seen();
    assert!(seen.len() <= 30);
    assert!(
        seen.iter()
            .all(|one| one.key == Key::Message(id) && matches!(one.line, Line::Body(_)))
    );
    stage.press(&["ctrl-home"]);
    let first = stage.app.transcript.seen()[0];
    assert_eq!(first.line, Line::Header);
}

/// Every surface that can hold more than it shows, on the smallest screen: how one gets there, and
/// what stands at its end.
#[test]
fn every_surface_scrolls_by_keys_and_says_that_there_is_more() {
    let surfaces: [(&str, &[&str], &str, &str); 4] = [
        ("token", &["tab", "tab"], "token 37 of 37", "log2 p"),
        ("throughput", &["tab", "tab", "tab"], "load ", "cpu "),
        ("help", &["f1"], "Everywhere", "/"),
        ("palette", &["ctrl-o"], "Show the keys", "Give the action"),
    ];
    for (name, keys, first, last) in surfaces {
        let mut stage = super::stage::Stage::new(40, 10);
        stage.conversation();
        stage.press(keys);
        let text = stage.text();
        assert!(text.contains(first), "{name}:\n{text}");
        assert!(text.contains(" below"), "{name}:\n{text}");
        stage.press(&["pagedown"]);
        assert_ne!(stage.text(), text, "{name}");
        stage.press(&["pageup"]);
        assert_eq!(stage.text(), text, "{name}");
        stage.press(&["ctrl-end"]);
        let end = stage.text();
        assert!(
            end.contains(last) && !end.contains(" below"),
            "{name}:\n{end}"
        );
        stage.press(&["ctrl-home"]);
        assert_eq!(stage.text(), text, "{name}");
        if name != "palette" {
            stage.press(&["end"]);
            assert_eq!(stage.text(), end, "{name}");
            stage.press(&["home"]);
            assert_eq!(stage.text(), text, "{name}");
        }
    }
}
