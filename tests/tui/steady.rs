//! The frame stays in its columns, whatever is written in it and however wide a terminal draws
//! that: the screen of a terminal that draws each part of a character by itself.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::rc::Rc;

use limpid::chat::keeping::Keeping;
use limpid::chat::{ConversationId, UserEvent};
use limpid::config::presets::Presets;
use limpid::driver::Summary;
use limpid::inference::{
    AttendedToken, AttentionEvent, AttentionLayer, AttentionWindow, EngineEvent, FanEvent,
    StopReason, TokenId, TokenKind,
};
use limpid::tui::overlay::{Choice, ConversationsLayer, Item, Layer, Picker, SamplerLayer};
use limpid::tui::pass::Through;
use limpid::tui::steady::Steady;
use limpid::tui::update::Request;
use limpid::tui::view::view;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::stage::Stage;

/// One of each kind that terminals have trouble with.
const TEXTS: [(&str, &str); 12] = [
    ("wide", "日本語の文章、ｶﾞﾊﾟ，한국어"),
    (
        "combining",
        "e\u{301}a\u{308}\u{323} Z\u{351}\u{36b}\u{343}a\u{310}\u{321} g\u{302}",
    ),
    (
        "decomposed",
        "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    ),
    ("hebrew", "שלום עולם, abc"),
    ("arabic", "مَرْحَبًا بِالعالم 123"),
    ("overridden", "a\u{202E}bc\u{2066}d\u{202C}"),
    ("joined", "👩‍👩‍👧‍👦👨🏽‍🚀🏳️‍🌈"),
    ("flags", "🇩🇪🇫🇷🇯"),
    ("selectors", "❤\u{FE0F}☎\u{FE0E}1\u{FE0F}\u{20E3}☁\u{FE0F}"),
    ("toned", "👍🏽👋🏿"),
    (
        "invisible",
        "a\u{200B}b\u{2060}c\u{FEFF}d\u{200D}\u{AD}e\u{E0041}",
    ),
    ("indic", "नमस्ते ক্ষ กำ ကြ"),
];

const SIZES: [(u16, u16); 3] = [(40, 10), (80, 24), (130, 36)];

#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stage, and the terminal that its frames are sent to.
struct Seen {
    stage: Stage,
    wire: Wire,
    terminal: Terminal<Through<Steady, CrosstermBackend<Wire>>>,
    parser: vt100::Parser,
    name: String,
}

impl Seen {
    fn new((width, height): (u16, u16), name: &str) -> Self {
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let backend = Through::new(Steady::default(), CrosstermBackend::new(wire.clone()));
        let cells = |count| NonZeroU16::new(count).expect("it has cells");
        Self {
            stage: Stage::new(width, height),
            wire,
            terminal: Terminal::with_options(backend, TerminalOptions { viewport })
                .expect("a vector takes everything"),
            parser: vt100::Parser::new(cells(height), cells(width), 0),
            name: format!("{name} at {width}x{height}"),
        }
    }

    /// Draws a frame, and looks whether it is what the terminal shows.
    fn look(&mut self, scene: &str) {
        let Stage { app, session, .. } = &mut self.stage;
        app.prepare(session);
        let mut drawn = Buffer::empty(app.screen);
        self.terminal
            .draw(|frame| {
                view(app, session, frame.buffer_mut());
                drawn = frame.buffer_mut().clone();
            })
            .expect("a vector takes everything");
        self.parser
            .process(&std::mem::take(&mut *self.wire.0.borrow_mut()));
        let screen = self.parser.screen();
        for row in drawn.area.rows() {
            let mut covered = 0;
            for position in row.positions() {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = drawn[position].symbol();
                covered = limpid::text::width(symbol).saturating_sub(1);
                let cell = screen
                    .cell(position.y, position.x)
                    .expect("it is on the screen");
                // Of more parts than one the terminal makes what it can.
                if symbol.chars().count() > 1 {
                    continue;
                }
                let shown = match cell.contents() {
                    "" => " ",
                    shown => shown,
                };
                assert_eq!(
                    shown,
                    symbol,
                    "{scene} with {} at {position}, of\n{}",
                    self.name,
                    screen.contents()
                );
            }
        }
    }

    fn press(&mut self, scene: &str, keys: &[&str]) {
        for key in keys {
            self.stage.press(&[key]);
            self.look(scene);
        }
    }
}

/// Each text at each size, before and after the scene.
fn everywhere(scene: impl Fn(&mut Seen, &str)) {
    for (name, text) in TEXTS {
        for size in SIZES {
            let mut seen = Seen::new(size, name);
            seen.stage.loaded();
            seen.look("the first frame");
            scene(&mut seen, text);
        }
    }
}

/// A question and an answer that are made of a text, and candidates that are.
fn talk(seen: &mut Seen, text: &str) {
    seen.stage.user(UserEvent::Rename(text.repeat(2)));
    seen.stage.ask(&text.repeat(5), 80);
    seen.look("a question");
    for round in 0..6 {
        let others = [(text, 0.2), ("plain", 0.1)];
        seen.stage.token(text.as_bytes(), 0.3, &others);
        seen.stage.words(&" word".repeat(round));
        seen.look("an answer that streams");
    }
    seen.stage.finish(StopReason::EndOfGeneration);
    seen.look("an answer");
}

#[test]
fn panes_stay_in_their_columns_while_an_answer_streams_and_scrolls() {
    everywhere(|seen, text| {
        talk(seen, text);
        seen.press("scrolling", &["pageup", "up", "pagedown", "ctrl-end"]);
        seen.press("other panes", &["tab", "tab", "tab"]);
    });
}

#[test]
fn the_token_cursor_stays_in_its_columns() {
    everywhere(|seen, text| {
        talk(seen, text);
        seen.press(
            "the token cursor",
            &["ctrl-t", "l", "l", "l", "j", "j", "c", "c"],
        );
        seen.press("the least certain words", &["w", "j", "esc"]);
        seen.press("the search", &["/"]);
        seen.stage.write(text);
        seen.look("the search");
    });
}

#[test]
fn what_is_typed_and_what_narrows_a_list_stays_in_its_columns() {
    everywhere(|seen, text| {
        seen.stage.user(UserEvent::Rename(text.to_owned()));
        for _ in 0..6 {
            seen.stage.write(text);
            seen.look("the input");
        }
        seen.press(
            "the input",
            &["left", "left", "backspace", "home", "delete", "end"],
        );
        seen.press("the palette", &["ctrl-o"]);
        seen.stage.write(text);
        seen.look("the palette");
        seen.press("help", &["esc", "f1", "down", "esc"]);
        let items = vec![
            Item::new(text, &text.repeat(3), Choice::Write(String::new())),
            Item::new(&text.repeat(9), text, Choice::Write(String::new())),
        ];
        let picker = Picker::new(text, items, "none");
        seen.stage.app.layers.push(Layer::Picker(picker));
        seen.look("a list");
        seen.press("a list", &["down", "up", "a"]);
    });
}

#[test]
fn conversations_and_branches_stay_in_their_columns() {
    everywhere(|seen, text| {
        talk(seen, text);
        seen.stage.user(UserEvent::Regenerate);
        seen.stage.words(text);
        seen.stage.token(text.as_bytes(), 0.3, &[]);
        seen.stage.finish(StopReason::EndOfGeneration);
        seen.press("the tree", &["ctrl-t", "t", "k", "j", "="]);
        seen.press("two branches", &["j", "l", "esc", "esc"]);
        let summary = |number: u32| Summary {
            id: ConversationId(format!("01ARZ3NDEKTSV4RRFFQ69G5F{number:02}")),
            title: text.repeat(number as usize),
            keeping: Keeping::default().tagged([text.to_owned()]),
            created: 1_700_000_000_000,
            messages: 2,
            bytes: 0,
            damage: None,
        };
        let mut layer = ConversationsLayer::new((1..9).map(summary).collect(), 1_700_100_000_000);
        if let Some(wanted) = layer.wants_preview(seen.stage.app.screen.width).cloned() {
            layer.preview(wanted, format!("user\n{}", text.repeat(9)));
        }
        let layer = Layer::Conversations(Box::new(layer));
        seen.stage.app.layers.push(layer);
        seen.look("the conversations");
        seen.press("the conversations", &["down", "down", "up"]);
        seen.stage.write(text);
        seen.look("the conversations, narrowed");
    });
}

#[test]
fn continuations_and_attention_stay_in_their_columns() {
    everywhere(|seen, text| {
        talk(seen, text);
        seen.press("the token cursor", &["ctrl-t", "l", "l"]);
        let requests = seen.stage.press(&["f"]);
        seen.stage.obey(requests);
        seen.stage.fan(FanEvent::Began { branches: 3 });
        for branch in 0..3 {
            seen.stage.turn_to(branch);
            seen.stage.token(text.as_bytes(), 0.2, &[]);
            seen.stage.words(&text.repeat(4));
            seen.look("continuations");
            seen.stage.end(branch, StopReason::EndOfGeneration);
        }
        seen.stage.fan_finished(31);
        seen.press("continuations", &["down", "esc"]);
    });
}

#[test]
fn attention_and_the_sampler_panel_stay_in_their_columns() {
    everywhere(|seen, text| {
        talk(seen, text);
        seen.press("the token cursor", &["ctrl-t", "l", "l"]);
        let requests = seen.stage.press(&["a"]);
        let [Request::Attend(attend)] = &requests[..] else {
            panic!("{requests:?}");
        };
        let request = attend.request.request;
        seen.look("attention that is awaited");
        let token = |text: &str| AttendedToken {
            id: TokenId(7),
            kind: TokenKind::Text,
            bytes: text.as_bytes().to_vec(),
        };
        let tokens = [text, " a", text, text].map(token).to_vec();
        let weights = [0.4, 0.1, 0.3, 0.2].repeat(2);
        for event in [
            AttentionEvent::Window(AttentionWindow { tokens, cut: 0 }),
            AttentionEvent::Layer(AttentionLayer {
                layer: 0,
                heads: 2,
                weights,
            }),
        ] {
            let Some(Layer::Attention(view)) = seen.stage.app.layers.last_mut() else {
                panic!("the view is open");
            };
            view.take(EngineEvent::Attention { request, event });
            seen.look("attention");
        }
        seen.press("attention", &["j", "l", "esc"]);
        let layer = SamplerLayer::new(Presets::default());
        seen.stage.app.layers.push(Layer::Sampler(Box::new(layer)));
        seen.press("the sampler panel", &["down", "down", "s"]);
        seen.stage.write(text);
        seen.look("the sampler panel");
    });
}
