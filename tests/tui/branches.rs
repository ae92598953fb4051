//! Branches: typed by hand, as a tree, two of them side by side.

use limpid::chat::{MessageId, UserEvent};
use limpid::config::Glyphs;
use limpid::inference::StopReason;
use limpid::tui::update::Request;

use super::stage::{self, Stage};

/// A question with three answers, the second made from another token of the first, the third in
/// the user's own words; a second exchange follows the first, and it too was answered twice.
fn branched(stage: &mut Stage) {
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    stage.words("The sky is blue because of a process called Rayleigh ");
    stage.token(
        b"scattering",
        0.621,
        &[("scatter", 0.124), ("diffraction", 0.06)],
    );
    stage.words(", which occurs when light meets molecules of air. ");
    stage.finish(StopReason::EndOfGeneration);
    let first = stage.last_answer();
    stage.ask("And at\nnight?", 80);
    stage.words("At night there is no light to scatter.");
    stage.finish(StopReason::EndOfGeneration);
    stage.user(UserEvent::Regenerate);
    stage.words("Then it is dark.");
    stage.finish(StopReason::EndOfGeneration);
    let candidate = stage.id(b"diffraction");
    stage.user(UserEvent::BranchAt {
        message: first,
        index: 10,
        candidate,
    });
    stage.words(" of light, which is \u{1b}[31mnot true.");
    stage.finish(StopReason::EndOfGeneration);
    stage.user(UserEvent::ContinueWith {
        message: first,
        index: 4,
        text: "only by day, ".to_owned(),
    });
    stage.words("when the sun is up.");
    stage.finish(StopReason::EndOfGeneration);
}

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

#[test]
fn the_tree_shows_where_branches_part_and_how_likely_each_was() {
    at_every_size("tree", |stage| {
        branched(stage);
        stage.press(&["ctrl-t", "t", "k"]);
    });
}

#[test]
fn the_tree_is_seen_in_colour_and_without() {
    for theme in ["ansi", "mono"] {
        let mut stage = Stage::with_theme(80, 14, theme);
        branched(&mut stage);
        stage.press(&["ctrl-t", "t", "="]);
        insta::assert_snapshot!(format!("tree_{theme}"), stage.styled());
    }
}

#[test]
fn enter_in_the_tree_shows_that_branch() {
    let mut stage = Stage::new(80, 24);
    branched(&mut stage);
    stage.press(&["ctrl-t", "t", "g", "j"]);
    let requests = stage.press(&["enter"]);
    assert_eq!(
        requests,
        [Request::User(UserEvent::Show(MessageId(2)))],
        "the first answer"
    );
    assert!(stage.app.layers.is_empty());
    stage.obey(requests);
    assert!(
        stage.text().contains("Then it is dark."),
        "{}",
        stage.text()
    );
}

#[test]
fn slash_branches_opens_the_tree_and_t_closes_it() {
    let mut stage = Stage::new(80, 24);
    branched(&mut stage);
    stage.write("/branches");
    stage.press(&["enter"]);
    assert!(stage.text().contains("4 branches"), "{}", stage.text());
    stage.press(&["t"]);
    assert!(stage.app.layers.is_empty());
}

/// Tokens are bytes: two answers may part in the middle of a character.
#[test]
fn what_parts_in_a_character_is_read_whole_and_what_is_left_of_it_is_told() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("天空为什么是蓝色的？", 80);
    for (number, last) in [b"\xBD", b"\xBB"].into_iter().enumerate() {
        if number > 0 {
            stage.user(UserEvent::Regenerate);
        }
        stage.token("很".as_bytes(), 0.5, &[]);
        stage.token(b"\xE4\xB8", 0.4, &[]);
        stage.token(last, 0.3, &[]);
        stage.token("好".as_bytes(), 0.5, &[]);
        stage.finish(StopReason::EndOfGeneration);
    }
    stage.press(&["ctrl-t", "t"]);
    let text = stage.text();
    assert!(text.contains("…丽好") && text.contains("…主好"), "{text}");
    stage.press(&["esc", "="]);
    let text = stage.text();
    assert!(text.contains("in common: 很\\xE4\\xB8"), "{text}");
}

#[test]
fn hundreds_of_branches_scroll() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Count.", 80);
    for number in 0..300 {
        stage.words(&format!("It is {number} now."));
        stage.finish(StopReason::EndOfGeneration);
        stage.user(UserEvent::Regenerate);
    }
    stage.words("It is over.");
    stage.finish(StopReason::EndOfGeneration);
    stage.press(&["ctrl-t", "t"]);
    let text = stage.text();
    assert!(
        text.contains("301 branches") && text.contains("over."),
        "{text}"
    );
    stage.press(&["g"]);
    let text = stage.text();
    assert!(text.contains("Count.") && text.contains("0 now."), "{text}");
    stage.press(&["pagedown"]);
    assert!(!stage.text().contains("Count."), "{}", stage.text());
}

#[test]
fn branches_that_fork_again_and_again_stay_readable() {
    let mut stage = Stage::new(40, 10);
    stage.loaded();
    for depth in 0..60 {
        stage.ask(&format!("Question {depth}"), 80);
        stage.words("One.");
        stage.finish(StopReason::EndOfGeneration);
        stage.user(UserEvent::Regenerate);
        stage.words("Two.");
        stage.finish(StopReason::EndOfGeneration);
    }
    stage.press(&["ctrl-t", "t"]);
    let text = stage.text();
    assert!(text.contains("Two."), "{text}");
}

#[test]
fn two_siblings_stand_side_by_side_as_heat_maps() {
    at_every_size("compare", |stage| {
        branched(stage);
        stage.press(&["ctrl-t", "["]);
        let message = stage.app.cursor.expect("the cursor is on").message;
        stage.user(UserEvent::Show(message));
        stage.press(&["["]);
        let message = stage.app.cursor.expect("the cursor is on").message;
        stage.user(UserEvent::Show(message));
        stage.press(&["="]);
    });
}

#[test]
fn the_comparison_is_seen_in_colour_and_without() {
    for theme in ["dark", "mono"] {
        let mut stage = Stage::with_theme(80, 14, theme);
        branched(&mut stage);
        stage.press(&["ctrl-t", "="]);
        insta::assert_snapshot!(format!("compare_{theme}"), stage.styled());
    }
}

#[test]
fn any_two_branches_of_the_tree_are_compared() {
    let mut stage = Stage::new(100, 24);
    branched(&mut stage);
    stage.press(&["ctrl-t", "t", "G", "=", "k", "k", "="]);
    insta::assert_snapshot!(stage.text());
    stage.press(&["esc"]);
    assert!(stage.text().contains("branches"), "the tree is below it");
}

#[test]
fn a_branch_alone_has_nothing_to_be_compared_with() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.press(&["ctrl-t", "="]);
    assert!(stage.app.layers.is_empty());
    assert!(stage.text().contains("no other branch"), "{}", stage.text());
}

#[test]
fn a_continuation_is_typed_at_the_cursor_and_the_draft_comes_back() {
    at_every_size("continue_with", |stage| {
        stage.conversation();
        stage.write("half a thought");
        stage.press(&["ctrl-t", "l", "l", "e"]);
    });
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.write("half a thought");
    stage.press(&["ctrl-t", "l", "l", "e"]);
    let message = stage.last_answer();
    assert_eq!(stage.press(&["enter"]), [], "nothing is typed yet");
    stage.write("was");
    stage.press(&["alt-enter"]);
    stage.write("/quit");
    let went_on = UserEvent::ContinueWith {
        message,
        index: 2,
        text: "was\n/quit".to_owned(),
    };
    assert_eq!(stage.press(&["enter"]), [Request::User(went_on)]);
    assert_eq!(stage.app.composer.editor.text(), "half a thought");
    assert_eq!(stage.app.cursor, None);
}

#[test]
fn a_typed_continuation_is_seen_in_colour_and_without() {
    for theme in ["dark", "mono"] {
        let mut stage = Stage::with_theme(80, 12, theme);
        stage.conversation();
        stage.press(&["ctrl-t", "l", "l", "e"]);
        stage.write("was");
        insta::assert_snapshot!(format!("continue_with_{theme}"), stage.styled());
    }
}

#[test]
fn esc_and_ctrl_c_leave_a_continuation_and_the_cursor_stays() {
    for key in ["esc", "ctrl-c"] {
        let mut stage = Stage::new(80, 24);
        stage.conversation();
        stage.write("a draft");
        stage.press(&["ctrl-t", "l", "e"]);
        stage.write("something");
        assert_eq!(stage.press(&[key]), []);
        assert_eq!(stage.app.composer.editor.text(), "a draft");
        assert_eq!(
            stage.app.cursor.and_then(|cursor| cursor.written()),
            Some(1)
        );
    }
}

#[test]
fn odds_are_copied_and_exported_on_their_keys() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    let message = stage.last_answer();
    stage.press(&["ctrl-t"]);
    assert_eq!(stage.press(&["Y"]), [Request::CopyOdds(message)]);
    stage.press(&["x"]);
    assert_eq!(
        stage.app.composer.editor.text(),
        "why-is-the-sky-blue-2.jsonl"
    );
    stage.press(&["ctrl-u"]);
    stage.write("odds.txt");
    let path = "odds.txt".into();
    assert_eq!(
        stage.press(&["enter"]),
        [Request::ExportMessage { message, path }]
    );
    assert!(stage.app.cursor.is_some(), "one goes on looking");
}

#[test]
fn where_no_odds_are_known_the_keys_say_so() {
    let mut stage = Stage::new(80, 24);
    stage.press(&["tab", "Y"]);
    assert!(
        stage.text().contains("No odds are known"),
        "{}",
        stage.text()
    );
}

#[test]
fn no_size_is_too_small_for_the_tree_or_the_comparison() {
    let mut stage = Stage::new(80, 24);
    branched(&mut stage);
    for keys in [&["ctrl-t", "t"][..], &["esc", "="], &["esc", "e"]] {
        stage.press(keys);
        for width in (0..14).chain([39, 40, 41, 59, 60, 66, 99, 100, 500]) {
            for height in (0..14).chain([15, 16, 17, 24, 200]) {
                stage.resize(width, height);
                stage.frame();
            }
        }
        stage.resize(80, 24);
    }
}

#[test]
fn branches_without_utf8_are_ascii_and_control_no_terminal() {
    for keys in [&["ctrl-t", "t"][..], &["ctrl-t", "="]] {
        let mut stage = Stage::new(110, 30);
        stage.app.glyphs = Glyphs::Ascii;
        branched(&mut stage);
        stage.press(keys);
        let text = stage.text();
        assert!(text.is_ascii(), "{text}");
        assert!(!text.contains('\x1b'));
    }
}
