//! What a model thinks: a line that opens and closes.

use limpid::chat::MessageId;
use limpid::config::{ColorBy, Glyphs, ReasoningShown};
use limpid::inference::StopReason;
use limpid::tui::reader::Input;
use limpid::tui::update::Request;

use super::stage::{Stage, at_every_size};

/// A question whose answer is being thought about.
fn thinks(stage: &mut Stage) {
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    stage.words("<think>\nThe user asks about *light*.\n\n");
    stage.words("- short waves scatter more\n- I should be brief");
}

/// The answer to it.
fn answers(stage: &mut Stage) {
    stage.wait(2000);
    stage.words("\n</think>\n\nShort waves are scattered **more**.");
    stage.finish(StopReason::EndOfGeneration);
}

fn click_on(stage: &mut Stage, text: &str) {
    let screen = stage.text();
    let found = screen.lines().position(|line| line.contains(text));
    let row = found.unwrap_or_else(|| panic!("no {text:?} in:\n{screen}"));
    let row = row as u16;
    stage.input(Input::Click { column: 4, row });
    stage.input(Input::Release);
}

#[test]
fn a_line_stands_for_the_reasoning_while_it_lasts_and_after_it() {
    for (size, text) in at_every_size(thinks) {
        assert!(text.contains("▸ thinking… 14 tokens, 0.1 s"), "{text}");
        assert!(!text.contains("scatter"), "{text}");
        insta::assert_snapshot!(format!("thinking_{size}"), text);
    }
    let scene = |stage: &mut Stage| {
        thinks(stage);
        answers(stage);
    };
    for (size, text) in at_every_size(scene) {
        assert!(text.contains("▸ thought 15 tokens in 2.1 s"), "{text}");
        assert!(
            !text.contains("think>") && !text.contains("brief"),
            "{text}"
        );
        insta::assert_snapshot!(format!("thought_{size}"), text);
    }
}

#[test]
fn opened_reasoning_is_set_apart_and_rendered() {
    let scene = |stage: &mut Stage| {
        thinks(stage);
        answers(stage);
        stage.press(&["alt-g"]);
    };
    for (size, text) in at_every_size(scene) {
        assert!(text.contains("▾ thought"), "{text}");
        assert!(text.contains("│ The user asks about light."), "{text}");
        insta::assert_snapshot!(format!("reasoning_open_{size}"), text);
    }
    let mut stage = Stage::new(80, 24);
    scene(&mut stage);
    stage.press(&["alt-g"]);
    assert!(!stage.text().contains("The user asks"));
}

#[test]
fn reasoning_that_is_open_grows_as_it_comes() {
    let mut stage = Stage::new(80, 24);
    thinks(&mut stage);
    let requests = stage.press(&["alt-g"]);
    stage.obey(requests);
    let text = stage.text();
    assert!(
        text.contains("• I should be brief") || text.contains("- I should be brief"),
        "{text}"
    );
    stage.words(" and\n- clear</th");
    let text = stage.text();
    assert!(text.contains("clear") && !text.contains("</th"), "{text}");
    stage.words("ink>\n\nSo.");
    stage.finish(StopReason::EndOfGeneration);
    let streamed = stage.text();
    stage.app.transcript = limpid::tui::transcript::Transcript::new();
    stage.press(&["alt-g"]);
    assert_eq!(stage.text(), streamed, "as laid out at once");
}

#[test]
fn a_command_and_a_click_open_it_too() {
    let mut stage = Stage::new(80, 24);
    thinks(&mut stage);
    answers(&mut stage);
    stage.write("/think");
    stage.press(&["enter"]);
    assert!(stage.text().contains("The user asks"));
    click_on(&mut stage, "▾ thought");
    assert!(!stage.text().contains("The user asks"));
    click_on(&mut stage, "▸ thought");
    assert!(stage.text().contains("The user asks"));
    assert_eq!(stage.app.cursor, None);
}

#[test]
fn where_there_is_no_reasoning_that_is_said() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.press(&["alt-g"]);
    assert!(stage.text().contains("there is no reasoning to show"));
}

#[test]
fn the_raw_view_folds_reasoning_too() {
    let scene = |stage: &mut Stage| {
        stage.app.markdown = false;
        thinks(stage);
        let text = stage.text();
        assert!(text.contains("▸ thinking… 14 tokens, 0.1 s"), "{text}");
        assert!(
            !text.contains("think>") && !text.contains("scatter"),
            "{text}"
        );
        answers(stage);
    };
    for (size, text) in at_every_size(scene) {
        assert!(text.contains("▸ thought 15 tokens in 2.1 s"), "{text}");
        assert!(
            text.contains("**more**") && !text.contains("brief"),
            "{text}"
        );
        insta::assert_snapshot!(format!("raw_thought_{size}"), text);
    }
    let opened = |stage: &mut Stage| {
        scene(stage);
        stage.press(&["alt-g"]);
    };
    for (size, text) in at_every_size(opened) {
        insta::assert_snapshot!(format!("raw_reasoning_open_{size}"), text);
    }
}

#[test]
fn in_the_raw_view_a_key_a_command_and_a_click_open_reasoning_as_it_was_written() {
    let mut stage = Stage::new(80, 30);
    thinks(&mut stage);
    answers(&mut stage);
    stage.press(&["alt-v"]);
    let open = |stage: &mut Stage| stage.text().contains("*light*.");
    assert!(!open(&mut stage));
    stage.press(&["alt-g"]);
    let text = stage.text();
    assert!(
        text.contains("▾ thought 15 tokens")
            && text.contains("<think>")
            && text.contains("</think>")
            && text.contains("- short waves"),
        "{text}"
    );
    stage.write("/think");
    stage.press(&["enter"]);
    assert!(!open(&mut stage));
    click_on(&mut stage, "▸ thought");
    assert!(open(&mut stage));
    click_on(&mut stage, "▾ thought");
    assert!(!open(&mut stage));
    assert_eq!(stage.app.cursor, None);
    // As in the rendered view, and back.
    stage.press(&["alt-g", "alt-v"]);
    assert!(stage.text().contains("│ The user asks about light."));
    stage.press(&["alt-v"]);
    assert!(open(&mut stage));
}

#[test]
fn reasoning_in_the_raw_view_grows_as_if_laid_out_at_once() {
    for open in [false, true] {
        let mut stage = Stage::new(60, 24);
        stage.app.markdown = false;
        thinks(&mut stage);
        if open {
            stage.press(&["alt-g"]);
        }
        for text in [
            " and\n- clear</th",
            "ink>",
            "\n",
            "\n",
            "  So it",
            " is.\n\nYes.",
        ] {
            stage.words(text);
            assert!(!stage.text().contains("</th "), "it may become a mark");
            let streamed = stage.styled();
            stage.app.transcript = limpid::tui::transcript::Transcript::new();
            if open {
                stage.press(&["alt-g"]);
            }
            assert_eq!(stage.styled(), streamed, "as laid out at once");
        }
        stage.finish(StopReason::EndOfGeneration);
        let text = stage.text();
        assert!(
            text.contains("  So it is.") && text.contains("clear") == open,
            "{text}"
        );
    }
}

#[test]
fn marks_around_nothing_are_what_was_written() {
    let mut stage = Stage::new(80, 24);
    stage.app.markdown = false;
    stage.loaded();
    stage.ask("Why?", 80);
    stage.words("<thi");
    assert!(!stage.text().contains("<thi"), "it may become a mark");
    stage.words("nk>\n\n</think>\n\nSo.");
    stage.finish(StopReason::EndOfGeneration);
    let text = stage.text();
    assert!(
        text.contains("<think>") && text.contains("So.") && !text.contains("thought"),
        "{text}"
    );
}

#[test]
fn the_setting_says_what_the_raw_view_shows_of_reasoning() {
    let mut stage = Stage::new(80, 24);
    stage.app.markdown = false;
    thinks(&mut stage);
    stage.app.reasoning = ReasoningShown::Off;
    assert!(stage.text().contains("▸ thinking…"), "while it thinks");
    answers(&mut stage);
    let text = stage.text();
    assert!(
        !text.contains("thought") && text.contains("**more**"),
        "{text}"
    );
    stage.app.reasoning = ReasoningShown::On;
    assert!(stage.text().contains("<think>"));
}

#[test]
fn every_token_of_the_reasoning_is_seen_where_tokens_are_walked_or_coloured() {
    let mut stage = Stage::new(80, 24);
    thinks(&mut stage);
    answers(&mut stage);
    stage.press(&["ctrl-t"]);
    let text = stage.text();
    assert!(text.contains("<think>") && text.contains("brief"), "{text}");
    stage.press(&["esc"]);
    assert!(!stage.text().contains("<think>"));
    stage.app.color_by = ColorBy::Probability;
    assert!(stage.text().contains("<think>"));
    stage.app.color_by = ColorBy::Off;
    stage.press(&["alt-v"]);
    assert!(!stage.text().contains("<think>"));
    stage.press(&["ctrl-t"]);
    assert!(stage.text().contains("<think>"));
}

#[test]
fn an_answer_is_copied_without_its_reasoning() {
    let mut stage = Stage::new(80, 24);
    thinks(&mut stage);
    answers(&mut stage);
    stage.press(&["tab"]);
    let copied = |requests: Vec<Request>| match requests.first() {
        Some(Request::Copy(clip)) => clip.text.clone(),
        other => panic!("nothing is copied: {other:?}"),
    };
    let text = copied(stage.press(&["y"]));
    assert_eq!(text, "Short waves are scattered **more**.");
    // What is seen of it is copied: folded in the raw view, then open, then coloured.
    let raw = "Short waves are scattered **more**.";
    stage.press(&["alt-v"]);
    assert_eq!(copied(stage.press(&["y"])), raw);
    stage.press(&["alt-g"]);
    let text = copied(stage.press(&["y"]));
    assert!(text.starts_with("<think>") && text.ends_with(raw), "{text}");
    stage.press(&["alt-g"]);
    assert_eq!(copied(stage.press(&["y"])), raw);
    stage.press(&["c"]);
    let text = copied(stage.press(&["y"]));
    assert!(text.starts_with("<think>"), "{text}");
}

#[test]
fn where_all_reasoning_is_shown_the_key_that_opens_it_says_so_and_opens_none() {
    let mut stage = Stage::new(80, 24);
    thinks(&mut stage);
    answers(&mut stage);
    stage.app.color_by = ColorBy::Probability;
    stage.press(&["alt-g"]);
    let text = stage.text();
    assert!(text.contains("Reasoning is shown in full"), "{text}");
    stage.app.color_by = ColorBy::Off;
    assert!(stage.text().contains("▸ thought"));
}

#[test]
fn what_the_prompt_opened_is_folded_and_the_setting_says_how_it_is_shown() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Why?", 80);
    stage.begins_thinking();
    stage.words("Hm, hm.");
    assert!(stage.text().contains("▸ thinking… 2 tokens"));
    stage.words("</think>So.");
    stage.finish(StopReason::EndOfGeneration);
    let text = stage.text();
    assert!(text.contains("▸ thought") && !text.contains("Hm"), "{text}");
    stage.app.reasoning = ReasoningShown::On;
    assert!(stage.text().contains("│ Hm, hm."));
    stage.app.reasoning = ReasoningShown::Off;
    let text = stage.text();
    assert!(!text.contains("thought") && text.contains("So."), "{text}");
    stage.press(&["alt-g"]);
    assert!(stage.text().contains("│ Hm, hm."));
}

#[test]
fn a_frame_costs_the_same_at_the_end_of_long_reasoning() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Why?", 80);
    stage.words("<think>\n");
    stage.press(&["alt-g"]);
    for paragraph in 0..300 {
        stage.words(&format!("Thought number {paragraph} goes on and on.\n\n"));
    }
    stage.frame();
    let head = stage.session.conversation().head.expect("it is answered");
    let key = limpid::tui::transcript::Key::Message(head);
    let block = stage.app.transcript.block(key).expect("it is laid out");
    assert!(block.body_height() >= 600);
    // Rows of what is in the window are at hand, and no others.
    let at_hand = (0..block.body_height()).filter(|&row| block.row(row).is_some());
    assert!(at_hand.count() < 40);
}

#[test]
fn what_is_attached_opens_one_by_one() {
    let mut stage = Stage::new(80, 30);
    stage.loaded();
    let one = limpid::chat::attachment::file("one.md", "alpha\n");
    let two = limpid::chat::attachment::file("two.md", "beta\n");
    stage.ask(&format!("see\n{one}\n{two}"), 80);
    stage.words("Yes.");
    stage.finish(StopReason::EndOfGeneration);
    let seen = |stage: &mut Stage| {
        let text = stage.text();
        (text.contains("alpha"), text.contains("beta"))
    };
    assert_eq!(seen(&mut stage), (false, false));
    click_on(&mut stage, "[file two.md");
    assert_eq!(seen(&mut stage), (false, true));
    assert!(stage.text().contains("▾ [file two.md"));
    click_on(&mut stage, "▾ [file two.md");
    assert_eq!(seen(&mut stage), (false, false));
    // The chosen message's, one after the other, and at last none.
    stage.press(&["esc", "tab", "K"]);
    while stage.app.chosen != Some(MessageId(1)) {
        let before = stage.app.chosen;
        stage.press(&["K"]);
        assert_ne!(stage.app.chosen, before, "the first message can be chosen");
    }
    for wanted in [(true, false), (true, true), (false, false)] {
        stage.press(&["alt-x"]);
        assert_eq!(seen(&mut stage), wanted);
    }
    // Where nothing is chosen, all of them.
    stage.press(&["esc", "alt-x"]);
    assert_eq!(seen(&mut stage), (true, true));
    stage.press(&["alt-x"]);
    assert_eq!(seen(&mut stage), (false, false));
}

#[test]
fn without_utf8_the_line_is_ascii() {
    let mut stage = Stage::new(80, 24);
    thinks(&mut stage);
    stage.app.glyphs = Glyphs::Ascii;
    let text = stage.text();
    assert!(text.contains("> thinking~ 14 tokens"), "{text}");
    stage.press(&["alt-g"]);
    let text = stage.text();
    assert!(
        text.contains("v thinking~ 14 tokens") && text.contains("| The user"),
        "{text}"
    );
}
