//! Marking a stretch of the conversation, copying it and adding it up.

use limpid::chat::UserEvent;
use limpid::inference::StopReason;
use limpid::tui::app::Focus;
use limpid::tui::layout::Pane;
use limpid::tui::update::{Clip, Request};

use super::stage::{self, Stage};

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

fn copied(requests: &[Request]) -> &Clip {
    match requests {
        [Request::Copy(clip)] => clip,
        other => panic!("nothing was copied: {other:?}"),
    }
}

/// An answer with a line break, a control character and a character of several bytes in it.
fn answered(stage: &mut Stage) {
    stage.loaded();
    stage.ask("Why?", 80);
    for (bytes, probability) in [
        (&b"One"[..], 0.5),
        (b" \x1b[0m", 0.25),
        (b" two", 0.5),
        (b"\n", 0.5),
        ("日".as_bytes(), 0.5),
        (b" three", 0.5),
    ] {
        stage.token(bytes, probability, &[]);
    }
    stage.finish(StopReason::EndOfGeneration);
}

#[test]
fn tokens_are_marked_one_by_one_and_copied_as_they_are() {
    let mut stage = Stage::new(110, 30);
    answered(&mut stage);
    stage.press(&["ctrl-t", "l", "v", "l", "l", "l"]);
    let requests = stage.press(&["y"]);
    assert_eq!(
        copied(&requests),
        &Clip::new("4 tokens", " \u{1b}[0m two\n日")
    );
    assert_eq!(
        stage.app.selection, None,
        "what was copied is not marked any more"
    );
    // Backwards as well, and the cursor stays within what it marks.
    stage.press(&["v"]);
    stage.press(&["h"; 20]);
    assert_eq!(copied(&stage.press(&["y"])).text, "One \u{1b}[0m two\n日");
    assert_eq!(copied(&stage.press(&["y"])).what, "the answer");
}

#[test]
fn a_marked_stretch_has_its_probability_and_its_perplexity() {
    at_every_size("marked_tokens", |stage| {
        stage.conversation();
        stage.press(&["ctrl-t", "l", "v", "l", "l"]);
    });
    let mut stage = Stage::new(110, 30);
    answered(&mut stage);
    stage.press(&["ctrl-t", "v", "l", "l"]);
    let text = stage.text();
    // 0.5 · 0.25 · 0.5; and 2^(4/3) of three tokens.
    for part in [
        "marked tokens 3",
        "probability 6.2 %",
        "perplexity 2.52",
        "surprise 4.00 bits",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    // Where the pane is not seen, a sentence has it.
    stage.press(&["z", "s"]);
    let text = stage.text();
    assert!(
        text.contains("3 tokens: probability 6.2 %, perplexity 2.52"),
        "{text}"
    );
}

#[test]
fn the_odds_of_a_marked_stretch_that_nobody_generated_are_asked_for() {
    let mut stage = Stage::new(110, 30);
    answered(&mut stage);
    let requests = stage.press(&["ctrl-t", "h"]);
    stage.obey(requests);
    stage.press(&["v"]);
    assert!(
        stage.app.marked_tokens(&stage.session).is_none(),
        "it is not cut yet"
    );
    stage.press(&["esc"]);
    assert!(
        stage.app.cursor.is_some(),
        "the first Esc drops the mark alone"
    );
}

#[test]
fn lines_are_marked_from_the_window_on_and_copied_without_their_wrapping() {
    let mut stage = Stage::new(60, 20);
    stage.conversation();
    stage.press(&["tab", "ctrl-home", "v"]);
    assert!(stage.text().contains("drop"), "{}", stage.text());
    assert_eq!(stage.app.focus, Focus::Pane(Pane::Conversation));
    stage.press(&["j", "j"]);
    let requests = stage.press(&["y"]);
    let clip = copied(&requests);
    assert_eq!(clip.what, "the marked lines");
    assert_eq!(
        clip.text,
        "Why is the sky blue?\n\nThe sky is blue because of a process called Rayleigh scattering, which is a natural phenomenon that occurs "
    );
    // To the end and back over the beginning.
    stage.press(&["ctrl-home", "v", "G"]);
    let marked = stage.app.marked_text(&stage.session);
    assert!(marked.starts_with("Why is") && marked.ends_with("\u{1b}]52;c;aGk=\u{7} too"));
    stage.press(&["g"]);
    assert_eq!(copied(&stage.press(&["y"])).text, "Why is the sky blue?");
}

#[test]
fn what_is_marked_is_seen_and_esc_drops_it() {
    at_every_size("marked_lines", |stage| {
        stage.conversation();
        stage.press(&["tab", "v", "j", "j"]);
    });
    for theme in ["ansi", "mono"] {
        let mut stage = Stage::with_theme(60, 14, theme);
        stage.conversation();
        stage.press(&["tab", "v", "j"]);
        insta::assert_snapshot!(format!("marked_{theme}"), stage.styled());
    }
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["tab", "v", "j", "esc"]);
    assert_eq!(stage.app.selection, None);
    assert_eq!(stage.app.focus, Focus::Pane(Pane::Conversation));
}

#[test]
fn a_mark_goes_with_the_messages_it_was_on() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["tab", "v", "G"]);
    stage.user(UserEvent::Undo);
    stage.frame();
    assert_eq!(stage.app.selection, None);
    stage.press(&["esc", "tab", "v"]);
    assert!(stage.text().contains("nothing to mark"), "{}", stage.text());
}
