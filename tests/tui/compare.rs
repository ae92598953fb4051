//! The screen of a comparison: at every size, in colour and without, and on the real model.

use std::collections::BTreeMap;

use limpid::config::{Chord, Context, Glyphs, Keymap, Settings, Theme};
use limpid::inference::{
    CompareEvent, ComparedOdds, ComparedToken, EngineError, EngineEvent, ModelInfo, Piece,
    RequestId, TokenId, TokenKind, TokenOdds,
};
use limpid::tui::compare::{State, state::Stage, state::Wish, view::view};
use limpid::words::Said;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::stage::{self, SIZES};

const LOAD: RequestId = RequestId(1);
const COMPARE: RequestId = RequestId(2);

/// A comparison that the test makes up.
pub(super) struct Scene {
    state: State,
    ids: BTreeMap<Vec<u8>, u32>,
}

impl Scene {
    pub fn new(theme: &str) -> Self {
        let theme = Theme::load(theme, None).expect("built-in themes load");
        let names = ["SmolLM2-135M.Q8_0", "SmolLM2-135M.Q4_0"].map(str::to_owned);
        Self {
            state: State::new(
                names,
                COMPARE,
                &Settings::default().ui,
                theme,
                Keymap::default(),
            ),
            ids: BTreeMap::new(),
        }
    }

    pub fn started(&mut self, total: u32) {
        let other = model("/m/SmolLM2-135M.Q4_0.gguf");
        self.compare(CompareEvent::Started {
            other: Box::new(other),
            total,
        });
    }

    fn compare(&mut self, event: CompareEvent) {
        let request = COMPARE;
        self.state.event(EngineEvent::Compare { request, event });
    }

    fn id(&mut self, bytes: &[u8]) -> TokenId {
        let next = self.ids.len() as u32;
        TokenId(*self.ids.entry(bytes.to_vec()).or_insert(next))
    }

    /// A token with its probability under both models; `None` where nothing comes before it.
    pub fn token(&mut self, bytes: &[u8], odds: Option<(f32, f32)>) {
        let id = self.id(bytes);
        let others = [&b" on"[..], b" and", b" of", b" under", b" \xE2\x82", b"\n"];
        let others = others.map(|other| self.id(other));
        let pieces = self.ids.iter().map(|(bytes, &id)| Piece {
            id: TokenId(id),
            bytes: bytes.clone(),
        });
        let pieces = pieces.collect();
        let side = |probability: f32| {
            let mut best: Vec<_> = (1..)
                .zip(others)
                .map(|(place, other)| (other, (0.3 / place as f32).ln()))
                .collect();
            best.push((id, probability.ln()));
            best.sort_by(|one, two| two.1.total_cmp(&one.1));
            let place = best.iter().position(|&(other, _)| other == id);
            TokenOdds {
                logprob: probability.ln(),
                rank: place.expect("it is among them") as u32 + 1,
                entropy: 2.5 - probability,
                best,
            }
        };
        let odds = odds.map(|(a, b)| {
            let divergence = f64::from(a * (a / b).ln().abs());
            Box::new(ComparedOdds {
                a: side(a),
                b: side(b),
                divergence,
            })
        });
        let token = ComparedToken {
            id,
            kind: TokenKind::Text,
            bytes: bytes.to_vec(),
            odds,
        };
        self.compare(CompareEvent::Read {
            tokens: vec![token],
            pieces,
        });
    }

    /// A text of three lines; its second is long.
    fn text(&mut self) {
        self.started(26);
        self.token(b"The", None);
        let words = "tide comes in because the moon pulls at the sea and the sea follows it";
        for (index, word) in words.split(' ').enumerate() {
            let likely = 0.9 / (1.0 + (index % 5) as f32);
            let word = format!(" {word}");
            self.token(word.as_bytes(), Some((likely, likely * 0.7)));
        }
        self.token(b"\n", Some((0.4, 0.5)));
        self.token("日本".as_bytes(), Some((0.01, 0.3)));
        self.token(b"\xE8\xAA", Some((0.5, 0.5)));
        self.token(b"\x9E", Some((0.99, 0.98)));
        self.token(b"\x1b[31m", Some((0.002, 0.001)));
        self.token(b"\n", Some((0.6, 0.6)));
        for word in ["End", " of", " the", " text"] {
            self.token(word.as_bytes(), Some((0.8, 0.75)));
        }
    }

    pub fn finish(&mut self) {
        self.state
            .event(EngineEvent::CompareFinished { request: COMPARE });
    }

    pub fn press(&mut self, keys: &[&str]) -> Option<Wish> {
        let mut wish = None;
        for key in keys {
            // What a key does may depend on the rows of the last frame.
            self.frame(80, 24);
            wish = self.state.key(stage::event(key));
        }
        wish
    }

    fn frame(&mut self, width: u16, height: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view(&mut self.state, &mut buffer);
        buffer
    }

    pub fn screen(&mut self, width: u16, height: u16) -> String {
        stage::rows(&self.frame(width, height)).join("\n")
    }
}

fn model(path: &str) -> ModelInfo {
    ModelInfo {
        name: String::new(),
        path: path.into(),
        architecture: "llama".to_owned(),
        size: 1,
        parameters: 1,
        vocabulary: 49_152,
        context_trained: 8192,
        context_size: 2048,
        context_limit: 8192,
        weight_bytes_per_token: 96_000_000,
        cell_bytes: 23_040,
        threads: 1,
        shortage: limpid::inference::Shortage::default(),
        gpu_layers: 0,
        layers: 30,
        devices: Vec::new(),
        has_template: true,
        template_hash: String::new(),
        reads_thinking: false,
        can_rewind: true,
        end_tokens: Vec::new(),
        load_ms: 100.0,
        system_info: String::new(),
    }
}

fn at_every_size(name: &str, scene: impl Fn(&mut Scene)) {
    for (width, height) in SIZES {
        let mut made = Scene::new("ansi");
        scene(&mut made);
        insta::assert_snapshot!(
            format!("{name}_{width}x{height}"),
            made.screen(width, height)
        );
    }
}

#[test]
fn loading_says_which_model_is_on_its_way() {
    let mut scene = Scene::new("ansi");
    let mut shown = |request, fraction| {
        scene
            .state
            .event(EngineEvent::Loading { request, fraction });
        scene.screen(80, 24)
    };
    let first = shown(LOAD, 0.25);
    assert!(first.contains("loading: 25 %") && first.contains("loaded after the first"));
    let second = shown(COMPARE, 0.5);
    assert!(second.contains("loaded") && second.contains("loading: 50 %"));
}

#[test]
fn both_maps_have_the_text_the_cursor_and_the_numbers() {
    at_every_size("compared", |scene| {
        scene.text();
        scene.finish();
        scene.press(&["l", "l", "l"]);
    });
}

#[test]
fn a_text_that_is_still_read_shows_what_has_come() {
    at_every_size("still_reading", |scene| {
        scene.started(500);
        scene.token(b"The", None);
        scene.token(b" tide", Some((0.5, 0.25)));
    });
}

#[test]
fn colours_are_each_models_own_and_without_colour_there_are_marks() {
    for theme in ["ansi", "mono"] {
        let mut scene = Scene::new(theme);
        scene.text();
        scene.finish();
        for heat in ["probability", "difference", "divergence"] {
            let frame = scene.frame(100, 16);
            insta::assert_snapshot!(format!("{heat}_{theme}"), stage::styled(&frame));
            assert!(scene.screen(100, 16).contains(&format!("{heat}: ")));
            scene.press(&["c"]);
        }
        for by in ["entropy", "rank", "surprise"] {
            assert!(scene.screen(100, 16).contains(&format!("{by}: ")), "{by}");
            scene.press(&["c"]);
        }
        assert!(!scene.screen(100, 16).contains("■"), "no scale, no legend");
    }
}

#[test]
fn the_token_has_the_whole_screen_where_there_is_little() {
    at_every_size("whole", |scene| {
        scene.text();
        scene.finish();
        scene.press(&["n", "enter"]);
    });
    let mut scene = Scene::new("ansi");
    scene.text();
    scene.press(&["enter"]);
    assert!(!scene.screen(80, 24).contains("because"));
    assert_eq!(scene.press(&["esc"]), None, "the texts come back first");
    assert!(scene.screen(80, 24).contains("because"));
    assert_eq!(scene.press(&["esc"]), Some(Wish::Leave));
}

#[test]
fn a_click_looks_at_the_token_in_either_map() {
    let mut scene = Scene::new("ansi");
    scene.text();
    let screen = Rect::new(0, 0, 80, 24);
    let rows: Vec<String> = scene.screen(80, 24).lines().map(str::to_owned).collect();
    let seen = (0..).zip(&rows).filter_map(|(row, text)| {
        let place = text.find("moon")?;
        Some((text[..place].chars().count() as u16, row))
    });
    let seen: Vec<(u16, u16)> = seen.collect();
    assert_eq!(seen.len(), 2, "{rows:?}");
    for (column, row) in seen {
        scene.press(&["g"]);
        scene.state.click(screen, column, row);
        assert!(scene.screen(80, 24).contains("·moon"));
        scene.state.click(screen, 0, 23);
        assert!(
            scene.screen(80, 24).contains("·moon"),
            "a border is no token"
        );
    }
}

#[test]
fn bits_and_nats_are_switched_between() {
    let mut scene = Scene::new("ansi");
    scene.text();
    assert!(scene.screen(80, 24).contains("log2 p"));
    scene.press(&["u"]);
    let screen = scene.screen(80, 24);
    assert!(
        screen.contains("ln p") && screen.contains("nats"),
        "{screen}"
    );
}

#[test]
fn an_ascii_terminal_gets_ascii() {
    let mut scene = Scene::new("ansi");
    scene.text();
    scene.state.glyphs = Glyphs::Ascii;
    for (width, height) in SIZES {
        let screen = scene.screen(width, height);
        assert!(screen.is_ascii(), "{screen}");
    }
}

#[test]
fn every_size_is_survived_and_every_key() {
    let keys = [
        "h", "l", "j", "k", "g", "G", "n", "N", "c", "u", "enter", "l", "enter", "?", "pagedown",
        "esc", "pageup", "x", "]",
    ];
    for (width, height) in [
        (0, 0),
        (1, 1),
        (2, 40),
        (39, 9),
        (40, 10),
        (41, 13),
        (300, 3),
    ] {
        let mut scene = Scene::new("ansi");
        scene.frame(width, height);
        for key in keys.iter().filter(|key| **key != "esc") {
            scene.state.key(stage::event(key));
            scene.frame(width, height);
        }
        scene.text();
        for key in keys {
            scene.state.key(stage::event(key));
            scene.frame(width, height);
        }
    }
}

#[test]
fn n_goes_from_the_largest_divergence_to_the_next_and_back() {
    let mut scene = Scene::new("ansi");
    scene.started(4);
    scene.token(b"The", None);
    scene.token(b" small", Some((0.5, 0.49)));
    scene.token(b" huge", Some((0.9, 0.01)));
    scene.token(b" large", Some((0.5, 0.1)));
    let mut there = |key: &str, shows: &str| {
        scene.press(&[key]);
        let screen = scene.screen(120, 30);
        assert!(screen.contains(shows), "{key}: {shows} is not in\n{screen}");
    };
    there("n", "3 of 4");
    there("n", "4 of 4");
    there("n", "2 of 4");
    there("n", "2 of 4");
    there("N", "4 of 4");
    // Another key begins anew.
    there("g", "1 of 4");
    there("n", "3 of 4");
}

#[test]
fn lines_are_walked_at_the_column_one_is_at() {
    let mut scene = Scene::new("ansi");
    scene.text();
    for (keys, place) in [
        (&["g", "j"][..], "18 of 26"),
        (&["j"], "23 of 26"),
        (&["j"], "23 of 26"),
        (&["k", "k"], "1 of 26"),
    ] {
        scene.press(keys);
        let screen = scene.screen(80, 24);
        assert!(
            screen.contains(&format!("  {place}")),
            "{keys:?}:\n{screen}"
        );
    }
}

#[test]
fn the_cursor_is_seen_on_a_line_break_and_on_a_part_of_a_character() {
    let mut scene = Scene::new("ansi");
    scene.text();
    let mut marked = |keys: &[&str]| {
        scene.press(keys);
        let frame = scene.frame(80, 24);
        let maps = frame.content.iter().take(80 * 15);
        let inverse = maps.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        inverse
            .map(|cell| cell.symbol().to_owned())
            .collect::<String>()
    };
    assert_eq!(marked(&["g", "j", "h"]), "⏎⏎");
    assert_eq!(marked(&["l", "l"]).replace(' ', ""), "語語");
    assert_eq!(marked(&["l"]).replace(' ', ""), "語語");
}

#[test]
fn what_breaks_off_keeps_what_came_and_says_why() {
    let mut scene = Scene::new("ansi");
    scene.text();
    scene.state.event(EngineEvent::Failed {
        request: Some(COMPARE),
        error: EngineError::Decode {
            reason: Said::verbatim("no \u{1b}[2Jmemory"),
        },
    });
    assert!(matches!(scene.state.stage, Stage::Failed(_)));
    let screen = scene.screen(80, 24);
    assert!(
        screen.contains("decoding failed: no ␛[2Jmemory"),
        "{screen}"
    );
    assert!(screen.contains("because"), "{screen}");
}

#[test]
fn help_is_closed_before_the_screen_is() {
    let mut scene = Scene::new("ansi");
    scene.text();
    assert_eq!(scene.press(&["?"]), None);
    assert!(scene.screen(80, 24).contains("The largest divergence"));
    assert_eq!(scene.press(&["esc"]), None);
    assert!(!scene.screen(80, 24).contains("The largest divergence"));
    for (key, wish) in [
        ("esc", Wish::Leave),
        ("q", Wish::Leave),
        ("ctrl-c", Wish::Interrupt),
    ] {
        assert_eq!(scene.press(&[key]), Some(wish));
    }
    let q = Chord::parse("q").expect("is a key");
    scene.state.keymap.bind(Context::Compare, q, None);
    assert_eq!(scene.press(&["q"]), None, "it is free");
    scene.finish();
    assert_eq!(
        scene.press(&["ctrl-c"]),
        Some(Wish::Leave),
        "nothing to stop"
    );
}

#[cfg(feature = "llama")]
mod real {
    use std::path::Path;

    use crate::support::other_models::{requantized, with_another_token};
    use crate::support::pty::{Home, Pty, test_model};
    use crate::support::run::children;

    const TEXT: &str = "The tide comes in because the moon pulls at the sea.";

    fn start(home: &Home, other: &Path, text: &str, size: (u16, u16)) -> Pty {
        let path = |path: &Path| path.to_str().expect("a UTF-8 path").to_owned();
        let (a, b) = (path(&test_model()), path(other));
        Pty::limpid(home, &["compare", "-m", &a, "-m", &b, text], size)
    }

    /// The cells of each map where the cursor is: a colour that nothing else has stands there.
    fn marked(pty: &Pty, word: &str) -> usize {
        pty.with_screen(|screen| {
            let (rows, columns) = screen.size();
            let mut found = 0;
            for row in 0..rows.get() {
                let text: String = (0..columns.get())
                    .filter_map(|column| screen.cell(row, column))
                    .filter(|cell| cell.inverse())
                    .map(vt100::Cell::contents)
                    .collect();
                found += text.matches(word).count();
            }
            found
        })
    }

    #[test]
    fn two_quantisations_are_walked_token_by_token_with_one_cursor_in_both() {
        let home = Home::new();
        let mut pty = start(&home, &requantized(), TEXT, (120, 36));
        pty.wait_for("same best");
        pty.wait_for("2 of 12");
        // In both maps, and in the panel.
        assert_eq!(marked(&pty, "tide"), 3, "{}", pty.screen());
        pty.send("l");
        pty.wait_for("3 of 12");
        assert_eq!(marked(&pty, "tide"), 0);
        assert_eq!(marked(&pty, "comes"), 3, "{}", pty.screen());
        pty.send("G");
        pty.wait_for("12 of 12");
        pty.send("g");
        pty.wait_for("nothing comes before it");
        pty.send("n");
        pty.wait_for("the largest");
        pty.send("n");
        pty.wait_for("2nd largest");
        pty.send("N");
        pty.wait_for("the largest");
        pty.wait_for("probability: unlikely");
        pty.send("c");
        pty.wait_for("difference: less than the other");
        pty.send("?");
        pty.wait_for("Back to a larger divergence");
        pty.send("q");
        pty.wait_gone("Back to a larger divergence");
        pty.resize(40, 10);
        pty.wait_until("both maps alone", |screen, _| {
            let seen = screen.contents();
            seen.matches("because").count() >= 2 && !seen.contains("rank")
        });
        pty.send("\r");
        pty.wait_for("rank");
        // Back to both, and out.
        pty.send("q");
        pty.wait_gone("rank");
        pty.send("q");
        assert_eq!(pty.exit_code(), 0);
        assert!(pty.is_cooked());
    }

    #[test]
    fn models_that_cannot_be_compared_are_told_on_the_normal_screen() {
        let home = Home::new();
        let mut pty = start(&home, &with_another_token(), TEXT, (100, 24));
        assert_eq!(pty.exit_code(), 1);
        pty.wait_for("vocabularies differ");
        assert!(pty.is_cooked());
    }

    #[test]
    fn a_reading_that_is_stopped_gives_the_terminal_back() {
        let home = Home::new();
        let book = home.path().join("book.txt");
        std::fs::write(&book, TEXT.repeat(4000)).expect("the home can be written");
        let book = book.to_str().expect("a UTF-8 path");
        let mut pty = start(&home, &requantized(), book, (80, 24));
        pty.wait_for("mean KL");
        pty.send_bytes(b"\x03");
        assert_eq!(pty.exit_code(), 130);
        assert!(pty.is_cooked());
    }

    #[test]
    fn an_engine_that_dies_leaves_what_came_and_is_told_at_the_end() {
        let home = Home::new();
        let book = home.path().join("book.txt");
        std::fs::write(&book, TEXT.repeat(4000)).expect("the home can be written");
        let book = book.to_str().expect("a UTF-8 path");
        let mut pty = start(&home, &requantized(), book, (80, 24));
        pty.wait_for("mean KL");
        for engine in children(pty.pid()) {
            let mut kill = std::process::Command::new("kill");
            assert!(kill.args(["-KILL", &engine]).status().unwrap().success());
        }
        pty.wait_for("the engine ");
        assert!(pty.screen().contains("tide"), "{}", pty.screen());
        pty.send("q");
        assert_eq!(pty.exit_code(), 4);
        assert!(pty.is_cooked());
    }
}
