//! What every screen looks like, at three sizes, in colour and without.

use limpid::chat::session::ContextPolicy;
use limpid::config::theme::ColorDepth;
use limpid::config::{ColorBy, Glyphs, Part};
use limpid::driver::Measured;
use limpid::inference::{
    CacheUse, EngineError, EngineEvent, EngineExit, FormatSpeed, Formats, Recomputed, StopReason,
    WeightFormat,
};
use limpid::tui::overlay::{Choice, Item, Layer, Picker};
use limpid::words::Said;

use super::stage::{self, Stage};

fn at_every_size(name: &str, scene: impl Fn(&mut Stage)) {
    for (size, text) in stage::at_every_size(scene) {
        insta::assert_snapshot!(format!("{name}_{size}"), text);
    }
}

#[test]
fn the_first_frame_shows_that_one_can_begin() {
    at_every_size("loading", Stage::loading);
}

#[test]
fn a_prompt_being_read_shows_how_far_it_is() {
    at_every_size("reading", |stage| {
        stage.loaded();
        stage.ask("Why is the sky blue?", 70);
    });
}

#[test]
fn an_answer_streams_with_its_odds_and_its_speed() {
    at_every_size("streaming", |stage| {
        stage.loaded();
        stage.ask("Why is the sky blue?", 80);
        stage.words("The sky is blue because of a process called Rayleigh ");
        stage.token(
            b"scattering",
            0.621,
            &[("scatter", 0.124), ("diffraction", 0.06)],
        );
    });
}

#[test]
fn a_conversation_is_read_at_leisure() {
    at_every_size("conversation", Stage::conversation);
}

#[test]
fn what_lies_over_wide_characters_cuts_none_in_two() {
    for indent in ["", "x"] {
        let mut stage = Stage::new(200, 50);
        stage.conversation();
        stage.ask(&format!("{indent}{}", "蓝".repeat(2000)), 9);
        stage.press(&["f1"]);
        let frame = stage.frame();
        assert!(stage.text().contains("┌ help ─"), "{}", stage.text());
        for (index, cell) in frame.content.iter().enumerate() {
            if cell.symbol() == "蓝" {
                assert_eq!(frame.content[index + 1].symbol(), " ", "{}", stage.text());
            }
        }
    }
}

#[test]
fn the_token_cursor_shows_what_else_could_have_come() {
    at_every_size("token_cursor", |stage| {
        stage.conversation();
        stage.press(&["ctrl-t"]);
        stage.press(&["l"; 10]);
        stage.press(&["j"]);
    });
}

#[test]
fn a_token_that_is_not_among_the_best_is_marked_all_the_same() {
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.press(&["ctrl-t", "G"]);
    insta::assert_snapshot!(stage.text());
}

#[test]
fn the_panes_are_tabs_where_it_is_narrow() {
    for (name, tabs) in [("tokens", 2), ("throughput", 3)] {
        let mut stage = Stage::new(80, 24);
        stage.conversation();
        stage.press(&vec!["tab"; tabs]);
        insta::assert_snapshot!(format!("tab_{name}"), stage.text());
    }
}

#[test]
fn the_throughput_pane_says_what_came_from_disk_and_why_the_rest_was_computed_again() {
    let mut stage = Stage::new(100, 30);
    stage.conversation();
    stage.recall(CacheUse {
        restored: 40,
        again: Some(Recomputed::Changed { from: 61 }),
    });
    stage.ask("And at sunset?", 80);
    insta::assert_snapshot!("recalled", stage.text());
    // What was said of one prompt is not said of the next.
    stage.token(b"Red", 0.9, &[]);
    stage.finish(StopReason::EndOfGeneration);
    stage.ask("And at night?", 80);
    assert!(!stage.text().contains("from disk"));
}

#[test]
fn the_throughput_pane_says_how_near_decoding_is_to_what_memory_allows() {
    let mut stage = Stage::new(120, 36);
    stage.conversation();
    assert!(!stage.text().contains("ceiling"), "nothing is known of it");
    stage.app.meters.bandwidth = Some(Measured {
        threads: 2,
        // Of the weights and some 100 cached tokens.
        bytes_per_second: 200.0 * (96e6 + 100.0 * 23_040.0),
    });
    let text = stage.text();
    let row = text.lines().find(|line| line.contains("ceiling")).unwrap();
    assert!(row.contains(" % of 20"), "about 200 tokens a second: {row}");
    // With other threads memory gives something else.
    stage.app.meters.bandwidth = Some(Measured {
        threads: 3,
        bytes_per_second: 1e10,
    });
    assert!(!stage.text().contains("ceiling"));
}

/// What the throughput pane has to say once all is known, on a machine of two threads.
fn with_a_slow_format(stage: &mut Stage) {
    stage.app.meters.cores = 2;
    stage.app.meters.bandwidth = Some(Measured {
        threads: 2,
        bytes_per_second: 20e9,
    });
    stage.app.meters.formats = Some(Formats {
        on_gpu: false,
        speeds: vec![FormatSpeed {
            format: WeightFormat::Q4_0,
            prefill: 3.46,
            decode: 1.41,
            perplexity: Some(1.157),
            as_good: false,
        }],
    });
}

#[test]
fn where_there_is_room_the_throughput_pane_says_what_a_token_reads_and_what_would_help() {
    let seen = |width, height, keys: &[&str]| {
        let mut stage = Stage::new(width, height);
        stage.conversation();
        with_a_slow_format(&mut stage);
        stage.press(keys);
        stage.text()
    };
    let wide = seen(120, 40, &[]);
    for row in [
        " GB/s",
        "advice   On this machine this format reads",
        "         prompts 3.5 times slower than Q4_0",
    ] {
        assert!(wide.contains(row), "{row}: {wide}");
    }
    // Beside a token pane that needs its rows it lies below the others.
    let low = seen(120, 30, &[]);
    assert!(low.contains("ceiling") && !low.contains("advice"), "{low}");
    let alone = seen(80, 24, &["tab", "tab", "tab"]);
    for part in [
        "98.3 MB a token",
        "memory 20.0 GB/s",
        "3.5 times slower",
        "quantize",
    ] {
        assert!(alone.contains(part), "{part}: {alone}");
    }
}

#[test]
fn stats_say_why_the_answer_was_not_faster() {
    let mut stage = Stage::new(100, 40);
    stage.conversation();
    with_a_slow_format(&mut stage);
    stage.write("/stats");
    stage.press(&["enter"]);
    let text = stage.text();
    assert!(text.contains("A token reads 9"), "{text}");
    assert!(text.contains("3.5 times slower than Q4_0"), "{text}");
}

#[test]
fn what_is_typed_has_its_weight_and_what_does_not_fit_is_said_before_it_is_sent() {
    let mut stage = Stage::new(100, 30);
    stage.conversation();
    stage.write("/help");
    assert!(!stage.text().contains(" about "), "a command has none");
    stage.press(&["ctrl-u"]);
    stage.write("Some words");
    assert!(stage.text().contains(" ~3 tokens "), "{}", stage.text());
    stage.write(&" and more of them".repeat(2000));
    let text = stage.text();
    assert!(text.contains(" too long · about 8,6"), "{text}");
    assert!(text.contains(" of 8,192 tokens "), "{text}");
}

#[test]
fn what_would_not_be_sent_or_be_summarised_is_said_before_it_is_sent() {
    for (name, policy, said) in [
        (
            "left_out_before_sending",
            ContextPolicy::DropOldest,
            " oldest 2 will not be sent · about 8,6",
        ),
        (
            "summarised_before_sending",
            ContextPolicy::Summarise,
            " oldest 2 to be summarised · about 8,6",
        ),
    ] {
        for (size, text) in stage::at_every_size(|stage| {
            stage.when_full(policy);
            stage.conversation();
            stage.app.composer.paste(&"and more of them ".repeat(2000));
        }) {
            if size != "40x10" {
                assert!(text.contains(said), "{text}");
            }
            insta::assert_snapshot!(format!("{name}_{size}"), text);
        }
    }
}

#[test]
fn help_is_made_from_the_keys() {
    at_every_size("help", |stage| {
        stage.press(&["f1"]);
        stage.text();
    });
}

#[test]
fn lists_are_narrowed_by_typing() {
    at_every_size("picker", |stage| {
        stage.conversation();
        let items = [
            ("Why is the sky blue?", "2 h ago · 6 messages"),
            ("Whisky, neat", "3 days ago · 2 messages"),
            ("\u{1b}[31mA title that wants to be red, and is longer than the box is wide, by far", "5 days ago · 1 message"),
        ]
        .map(|(label, detail)| Item::new(label, detail, Choice::Write(label.to_owned())));
        let picker = Picker::new("conversations", items.to_vec(), "none");
        stage.app.layers.push(Layer::Picker(picker));
        stage.write("sky");
    });
}

#[test]
fn a_dead_engine_leaves_the_answer_and_says_why() {
    at_every_size("died", |stage| {
        stage.loaded();
        stage.ask("Why is the sky blue?", 80);
        stage.words("The sky is ");
        stage.engine(EngineEvent::Exited(EngineExit {
            signal: Some(11),
            code: None,
            log: vec!["ggml: \u{1b}[31mboom".to_owned()],
            model: None,
            deaths: 1,
        }));
    });
}

#[test]
fn a_model_that_does_not_load_is_named() {
    let mut stage = Stage::new(80, 24);
    stage.loading();
    let error = EngineError::ModelNotLoadable {
        path: "/m/SmolLM2.gguf".into(),
        reason: Said::verbatim("it is no GGUF file (it begins with \u{1b}[2J)"),
    };
    let request = Some(limpid::inference::RequestId(1 << 32));
    stage.engine(EngineEvent::Failed { request, error });
    insta::assert_snapshot!(stage.text());
}

#[test]
fn stopped_queued_and_several_lines_are_told_apart() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    stage.words("The sky is ");
    stage.finish(StopReason::Cancelled);
    stage.ask("Go on.", 80);
    stage.words("Because ");
    stage.user(limpid::chat::UserEvent::Submit("And at dusk?".to_owned()));
    stage.write("a line,");
    stage.press(&["alt-enter"]);
    stage.write("and another");
    insta::assert_snapshot!(stage.text());
}

#[test]
fn a_wrong_command_is_corrected_and_stays() {
    let mut stage = Stage::new(80, 24);
    stage.conversation();
    stage.write("/regn");
    stage.press(&["enter"]);
    insta::assert_snapshot!(stage.text());
}

#[test]
fn colours_tell_what_was_expected() {
    let mut stage = Stage::with_theme(80, 14, "dark");
    stage.conversation();
    stage.app.color_by = ColorBy::Probability;
    insta::assert_snapshot!("probability_dark", stage.styled());
    let mut stage = Stage::with_theme(80, 14, "mono");
    stage.conversation();
    stage.app.color_by = ColorBy::Probability;
    insta::assert_snapshot!("probability_mono", stage.styled());
}

#[test]
fn the_token_cursor_is_seen_in_colour_and_without() {
    for theme in ["ansi", "mono"] {
        let mut stage = Stage::with_theme(110, 24, theme);
        stage.conversation();
        stage.press(&["ctrl-t"]);
        stage.press(&["l"; 10]);
        stage.press(&["j"]);
        insta::assert_snapshot!(format!("token_cursor_{theme}"), stage.styled());
    }
}

#[test]
fn without_utf8_everything_is_ascii() {
    let mut stage = Stage::new(110, 24);
    stage.app.glyphs = Glyphs::Ascii;
    stage.conversation();
    let text = stage.text();
    assert!(text.is_ascii());
    insta::assert_snapshot!(text);
}

/// A Linux console has few glyphs, and no colour that says "by the way".
#[test]
fn a_linux_console_is_drawn_with_what_its_fonts_and_colours_have() {
    let mut stage = Stage::new(110, 24);
    stage.app.glyphs = Glyphs::Console;
    stage.app.theme = stage.app.theme.clone().reduced(ColorDepth::Console);
    stage.conversation();
    stage.press(&["ctrl-t"]);
    stage.press(&["l"; 10]);
    insta::assert_snapshot!(stage.styled());
}

#[test]
fn what_stands_in_a_border_leaves_the_rest_of_it_alone() {
    let mut stage = Stage::with_theme(110, 24, "dark");
    stage.conversation();
    let frame = stage.frame();
    // The title, the line after it, and the conversation's name at its end.
    for (column, part) in [(2_u16, Part::Title), (30, Part::Border), (50, Part::Dim)] {
        let cell = &frame[(column, 0)];
        let style = stage.app.theme.style(part);
        assert_eq!(Some(cell.fg), style.fg, "{:?}", cell.symbol());
        assert_eq!(cell.modifier, style.add_modifier, "{:?}", cell.symbol());
    }
}

#[test]
fn no_size_is_too_small_or_too_large() {
    let mut stage = Stage::new(1, 1);
    stage.conversation();
    stage
        .app
        .notices
        .error("something went wrong", std::time::Duration::ZERO);
    for keys in [&[][..], &["ctrl-t"], &["esc", "f1"], &["esc", "ctrl-o"]] {
        stage.press(keys);
        for width in (0..14).chain([39, 40, 41, 59, 60, 99, 100, 101, 500]) {
            for height in (0..14).chain([15, 16, 17, 24, 200]) {
                stage.resize(width, height);
                stage.frame();
            }
        }
    }
}

#[test]
fn no_screen_lets_a_control_character_through() {
    let evil = "\u{1b}]0;x\u{7}\u{9b}31m\r\u{8}\u{202e}";
    let mut stage = Stage::new(110, 30);
    stage.conversation();
    stage.user(limpid::chat::UserEvent::Rename(evil.to_owned()));
    stage.ask(evil, 80);
    stage.token(evil.as_bytes(), 0.5, &[(evil, 0.3)]);
    stage.user(limpid::chat::UserEvent::Submit(evil.to_owned()));
    stage.app.notices.error(evil, std::time::Duration::ZERO);
    stage.app.composer.insert(evil);
    let picker = Picker::new(
        evil,
        vec![Item::new(evil, evil, Choice::Write(String::new()))],
        evil,
    );
    for layer in [None, Some(Layer::Picker(picker))] {
        stage.app.layers.extend(layer);
        let frame = stage.frame();
        for cell in &frame.content {
            let harmless =
                !cell.symbol().contains(char::is_control) && !cell.symbol().contains('\u{202e}');
            assert!(harmless, "{:?}", cell.symbol());
        }
    }
}
