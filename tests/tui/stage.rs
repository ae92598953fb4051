//! The interface on a stage: real state made by real session events, and no terminal.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use limpid::chat::session::{ContextPolicy, SessionOptions};
use limpid::chat::slash::Argument;
use limpid::chat::{ConversationId, Effect, Event, MessageId, Now, Session, UserEvent};
use limpid::config::{Keymap, Settings, Theme};
use limpid::driver::DriverEvent;
use limpid::inference::{
    CacheUse, Candidate, EngineCommand, EngineEvent, FanEvent, FanStats, GeneratedToken,
    GenerationStats, ModelInfo, Piece, RequestId, SamplerLink, SamplerState, SpeculationStats,
    StopReason, TokenId, TokenKind, TokenTrace,
};
use limpid::tui::app::App;
use limpid::tui::completing::Sought;
use limpid::tui::reader::Input;
use limpid::tui::update::{Names, Request, update};
use limpid::tui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Names as a machine with two models and no files would know them.
pub struct FewNames;

impl Names for FewNames {
    fn presets(&self) -> Vec<String> {
        vec!["precise".to_owned()]
    }

    fn messages(&self) -> Vec<String> {
        vec!["#1".to_owned(), "#2".to_owned()]
    }
}

/// What another thread would find there.
fn on_disk(sought: &Sought) -> Vec<String> {
    let names = match sought.kind {
        Argument::File => return vec![format!("{}notes.md", sought.word())],
        Argument::Model => ["smollm2", "qwen"].as_slice(),
        Argument::Theme => &["dark", "light"],
        Argument::SystemPrompt => &["@concise"],
        Argument::Task => &["summarize", "translate"],
        Argument::Tag => &["sky", "work"],
        _ => &[],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The interface, its session, and an engine played by the test.
pub struct Stage {
    pub app: App,
    pub session: Session,
    now: Duration,
    request: RequestId,
    answered: u32,
    requests: u64,
    ids: BTreeMap<Vec<u8>, u32>,
    /// What the samplers are at when a token comes.
    pub samplers: SamplerState,
    /// Whose token comes next, of continuations that are written together.
    branch: Option<u16>,
    /// What is asked of the disk stays among the requests.
    pub slow_disk: bool,
}

/// The terminals that every screen is looked at in: columns and rows.
pub const SIZES: [(u16, u16); 3] = [(40, 10), (80, 24), (200, 50)];

/// The same scene at every size: the size in words, and what is seen.
pub fn at_every_size(scene: impl Fn(&mut Stage)) -> Vec<(String, String)> {
    let seen = |(width, height)| {
        let mut stage = Stage::new(width, height);
        scene(&mut stage);
        (format!("{width}x{height}"), stage.text())
    };
    SIZES.map(seen).to_vec()
}

impl Stage {
    pub fn new(width: u16, height: u16) -> Self {
        Self::with_theme(width, height, "ansi")
    }

    pub fn with_theme(width: u16, height: u16, theme: &str) -> Self {
        let theme = Theme::load(theme, None).expect("built-in themes load");
        let now = Now {
            wall: 0,
            monotonic: Duration::ZERO,
        };
        let id = ConversationId("01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned());
        let mut app = App::new(Keymap::default(), theme, &Settings::default().ui);
        app.screen = Rect::new(0, 0, width, height);
        Self {
            app,
            session: Session::new(SessionOptions::default(), id, now),
            now: Duration::ZERO,
            request: RequestId(0),
            answered: 0,
            requests: 0,
            ids: BTreeMap::new(),
            samplers: SamplerState::default(),
            branch: None,
            slow_disk: false,
        }
    }

    /// What becomes of a conversation that does not fit; before anything else.
    pub fn when_full(&mut self, policy: ContextPolicy) {
        let options = SessionOptions {
            context_full: policy,
            ..SessionOptions::default()
        };
        let now = Now {
            wall: 0,
            monotonic: self.now,
        };
        let id = self.session.conversation().id.clone();
        self.session = Session::new(options, id, now);
    }

    /// Lets time pass.
    pub fn wait(&mut self, milliseconds: u64) {
        self.now += Duration::from_millis(milliseconds);
        self.app.now = self.now;
    }

    pub fn user(&mut self, event: UserEvent) {
        self.event(Event::User(event));
    }

    pub fn engine(&mut self, event: EngineEvent) {
        let seen = DriverEvent::Engine(event.clone());
        self.app.meters.observe(&seen, &self.session, self.now);
        self.event(Event::Engine(event));
    }

    fn event(&mut self, event: Event) {
        let now = Now {
            wall: 0,
            monotonic: self.now,
        };
        for effect in self.session.handle(event, now) {
            if let Effect::Engine(command) = &effect
                && let Some(request) = command.request()
            {
                self.requests = self.requests.max(request.0 + 1);
            }
            match effect {
                Effect::Engine(EngineCommand::Load(load)) => self.request = load.request,
                Effect::Engine(EngineCommand::Generate(generate)) => {
                    self.request = generate.request;
                    self.branch = None;
                }
                Effect::Engine(EngineCommand::FanOut(fan)) => self.request = fan.request(),
                Effect::Notify(notice) => self.app.notices.push(notice, self.now),
                _ => {}
            }
        }
        self.app.meters.refresh(&self.session, self.now);
        self.app.follow_newest(&self.session);
    }

    /// The number that the session's next request will have.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    /// Asks for a model and has it half loaded.
    pub fn loading(&mut self) {
        self.user(UserEvent::LoadModel(PathBuf::from("/m/SmolLM2.gguf")));
        self.wait(400);
        let request = self.request;
        self.engine(EngineEvent::Loading {
            request,
            fraction: 0.42,
        });
        self.wait(100);
    }

    pub fn loaded(&mut self) {
        self.loading();
        let model = ModelInfo {
            name: "SmolLM2-135M-Instruct".to_owned(),
            path: PathBuf::from("/m/SmolLM2.gguf"),
            architecture: "llama".to_owned(),
            size: 98_000_000,
            parameters: 134_515_008,
            vocabulary: 49_152,
            context_trained: 8192,
            context_size: 2048,
            context_limit: 8192,
            weight_bytes_per_token: 96_000_000,
            cell_bytes: 23_040,
            threads: 2,
            shortage: limpid::inference::Shortage::default(),
            gpu_layers: 0,
            layers: 30,
            devices: Vec::new(),
            has_template: true,
            template_hash: "0123456789abcdef".to_owned(),
            reads_thinking: false,
            can_rewind: true,
            end_tokens: Vec::new(),
            load_ms: 131.0,
            system_info: String::new(),
        };
        let request = self.request;
        self.engine(EngineEvent::Loaded {
            request,
            model: Box::new(model),
        });
    }

    /// Asks, and has the prompt read up to `done` of 80 tokens.
    pub fn ask(&mut self, text: &str, done: u32) {
        self.user(UserEvent::Submit(text.to_owned()));
        self.reading(61);
        self.wait(62);
        self.reading(done);
    }

    /// The engine says of the next prompt where its cached tokens came from.
    pub fn recall(&mut self, cache: CacheUse) {
        let request = self.request;
        self.engine(EngineEvent::Recalled { request, cache });
    }

    /// The prompt ends with the mark that opens the model's reasoning.
    pub fn begins_thinking(&mut self) {
        let request = self.request;
        self.engine(EngineEvent::BeginsThinking { request });
    }

    fn reading(&mut self, done: u32) {
        let request = self.request;
        self.engine(EngineEvent::Prefill {
            request,
            done,
            total: 80,
            reused: 61,
        });
    }

    /// A number for a piece; the same one for the same bytes.
    pub fn id(&mut self, bytes: &[u8]) -> TokenId {
        let next = 100 + self.ids.len() as u32;
        TokenId(*self.ids.entry(bytes.to_vec()).or_insert(next))
    }

    /// A token comes: its bytes, its probability, and others with theirs.
    pub fn token(&mut self, bytes: &[u8], probability: f32, others: &[(&str, f32)]) {
        self.wait(8);
        let id = self.id(bytes);
        let listed = probability >= others.iter().map(|one| one.1).fold(1.0, f32::min);
        let mut all: Vec<(TokenId, f32)> = others
            .iter()
            .map(|(text, probability)| (self.id(text.as_bytes()), *probability))
            .collect();
        if listed || others.is_empty() {
            all.push((id, probability));
        }
        all.sort_by(|one, other| other.1.total_cmp(&one.1));
        let kept: f32 = all
            .iter()
            .filter(|one| one.1 >= 0.05)
            .map(|one| one.1)
            .sum();
        let candidates: Vec<Candidate> = all
            .iter()
            .map(|&(id, probability)| Candidate {
                id,
                logprob: probability.ln(),
                final_probability: if probability >= 0.05 {
                    probability / kept
                } else {
                    0.0
                },
                link: if probability >= 0.05 {
                    SamplerLink::Kept
                } else {
                    SamplerLink::MinP
                },
            })
            .collect();
        let rank = all.iter().position(|one| one.0 == id);
        let sum: f32 = all.iter().map(|one| one.1).sum();
        let mut pieces = vec![Piece {
            id,
            bytes: bytes.to_vec(),
        }];
        for (text, _) in others {
            pieces.push(Piece {
                id: self.id(text.as_bytes()),
                bytes: text.as_bytes().to_vec(),
            });
        }
        let trace = TokenTrace {
            state: self.samplers,
            id,
            kind: TokenKind::Text,
            text_len: bytes.len() as u32,
            logprob: probability.ln(),
            rank: Some(rank.map_or(512, |rank| rank as u32 + 1)),
            entropy: Some(1.34),
            outside: (1.0 - sum).max(0.0),
            candidates,
        };
        self.answered += 1;
        let request = self.request;
        let token = Box::new(GeneratedToken {
            request,
            text: bytes.to_vec(),
            trace,
            pieces,
        });
        self.engine(match self.branch {
            Some(branch) => EngineEvent::Fan {
                request,
                event: FanEvent::Token { branch, token },
            },
            None => EngineEvent::Token(token),
        });
    }

    /// What comes next belongs to this one of several continuations.
    pub fn turn_to(&mut self, branch: u16) {
        self.branch = Some(branch);
    }

    pub fn fan(&mut self, event: FanEvent) {
        let request = self.request;
        self.engine(EngineEvent::Fan { request, event });
    }

    /// One of several continuations ends.
    pub fn end(&mut self, branch: u16, stop: StopReason) {
        let stats = Box::new(self.stats());
        self.fan(FanEvent::Ended {
            branch,
            stop,
            stats,
        });
    }

    /// All of them are over.
    pub fn fan_finished(&mut self, decodes: u32) {
        let request = self.request;
        let stats = FanStats {
            decodes,
            computed: self.answered,
            prompt_tokens: 91,
            cached_tokens: 90,
        };
        self.engine(EngineEvent::FanFinished { request, stats });
    }

    /// A whole text comes, word by word.
    pub fn words(&mut self, text: &str) {
        for (index, word) in text.split_inclusive(' ').enumerate() {
            let probability = [0.62, 0.97, 0.35, 0.02, 0.85][index % 5];
            self.token(word.as_bytes(), probability, &[]);
        }
    }

    fn stats(&self) -> GenerationStats {
        GenerationStats {
            prompt_tokens: 80,
            cached_tokens: 61,
            cache: CacheUse::default(),
            prompt_ms: 62.0,
            predicted_tokens: self.answered,
            predicted_ms: f64::from(self.answered.max(1) - 1) * 7.6,
            ttft_ms: 74.0,
            load_ms: 0.0,
            context_used: 80 + self.answered,
            context_size: 2048,
            seed: 4711,
            engine_memory: 158_000_000,
            speculation: SpeculationStats::default(),
        }
    }

    pub fn finish(&mut self, stop: StopReason) {
        let stats = self.stats();
        let request = self.request;
        self.engine(EngineEvent::Finished {
            request,
            stop,
            stats: Box::new(stats),
        });
        self.answered = 0;
    }

    /// A question with its answer, on the token of which there is something to see.
    pub fn conversation(&mut self) {
        self.loaded();
        self.ask("Why is the sky blue?", 80);
        self.words("The sky is blue because of a process called Rayleigh ");
        self.token(
            b"scattering",
            0.621,
            &[
                ("scatter", 0.124),
                ("diffraction", 0.06),
                ("refraction", 0.033),
            ],
        );
        self.words(", which is a natural phenomenon that occurs when light encounters molecules of air.\n\nShort waves are scattered more strongly than long ones: \u{65e5}\u{672c} \u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1b}]52;c;aGk=\u{7}");
        self.token(
            b" too",
            0.01,
            &[(" also", 0.5), (" as", 0.25), ("!", 0.125)],
        );
        self.finish(StopReason::EndOfGeneration);
    }

    /// Presses keys, written as in a settings file.
    pub fn press(&mut self, keys: &[&str]) -> Vec<Request> {
        let mut requests = Vec::new();
        for key in keys {
            requests.extend(self.input(Input::Key(event(key))));
        }
        requests
    }

    pub fn write(&mut self, text: &str) {
        for letter in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            self.input(Input::Key(key));
        }
    }

    pub fn input(&mut self, input: Input) -> Vec<Request> {
        self.app.prepare(&self.session);
        let mut requests = update(&mut self.app, input, &self.session, &FewNames);
        requests.retain(|request| match request {
            _ if self.slow_disk => true,
            Request::Dropped(dropped) => {
                if dropped
                    .paths()
                    .iter()
                    .all(|path| path.ends_with("notes.md"))
                {
                    self.app.offer_dropped(dropped.clone());
                }
                false
            }
            Request::Complete(sought) => {
                self.app.offer(sought, on_disk(sought));
                false
            }
            _ => true,
        });
        requests
    }

    /// Does what a session can of what was asked for.
    pub fn obey(&mut self, requests: Vec<Request>) {
        for request in requests {
            if let Request::User(event) = request {
                self.user(event);
            }
        }
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.app.screen = Rect::new(0, 0, width, height);
    }

    pub fn frame(&mut self) -> Buffer {
        self.app.prepare(&self.session);
        let mut buffer = Buffer::empty(self.app.screen);
        view(&mut self.app, &self.session, &mut buffer);
        buffer
    }

    /// Where the terminal's cursor is after a frame.
    pub fn cursor(&mut self) -> Option<Position> {
        self.app.prepare(&self.session);
        let mut buffer = Buffer::empty(self.app.screen);
        view(&mut self.app, &self.session, &mut buffer)
    }

    /// A frame, and what the thread beside it would find of the code in it.
    pub fn paint(&mut self) {
        self.frame();
        let mut painter = limpid::tui::paint::Painter::default();
        for job in self.app.paints.take_jobs() {
            let painted = painter.paint(&job);
            self.app.paints.learn(painted);
        }
    }

    /// The frame as text.
    pub fn text(&mut self) -> String {
        let frame = self.frame();
        rows(&frame).join("\n")
    }

    /// As [`styled()`], of the next frame.
    pub fn styled(&mut self) -> String {
        styled(&self.frame())
    }

    pub fn last_answer(&self) -> MessageId {
        let conversation = self.session.conversation();
        conversation.head.expect("something was said")
    }
}

/// The frame as text, and below it a letter for the style of every cell.
pub fn styled(frame: &Buffer) -> String {
    let mut out = rows(frame).join("\n");
    out.push_str("\n\n");
    let mut letters: Vec<(Style, char)> = Vec::new();
    for row in frame.area.rows() {
        for position in row.positions() {
            let style = frame[position].style();
            let known = letters.iter().position(|(known, _)| *known == style);
            let index = known.unwrap_or(letters.len());
            let letter = char::from(b'a' + index as u8);
            if known.is_none() {
                letters.push((style, letter));
            }
            out.push(letter);
        }
        out.push('\n');
    }
    for (style, letter) in letters {
        let _ = writeln!(
            out,
            "{letter}: {:?} on {:?} {:?}",
            style.fg, style.bg, style.add_modifier
        );
    }
    out
}

pub fn rows(frame: &Buffer) -> Vec<String> {
    frame
        .area
        .rows()
        .map(|row| {
            let mut text = String::new();
            let mut covered = 0;
            for position in row.positions() {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = frame[position].symbol();
                covered = limpid::text::width(symbol).saturating_sub(1);
                text.push_str(symbol);
            }
            text.trim_end().to_owned()
        })
        .collect()
}

/// A key as it is written in a settings file.
pub fn event(key: &str) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = key;
    while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty())
    {
        modifiers |= match modifier {
            "ctrl" => KeyModifiers::CONTROL,
            "alt" => KeyModifiers::ALT,
            "shift" => KeyModifiers::SHIFT,
            other => panic!("no modifier is called {other}"),
        };
        rest = after;
    }
    let code = match rest {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pageup" => KeyCode::PageUp,
        "pagedown" => KeyCode::PageDown,
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        f if f.len() == 2 && f.starts_with('f') => KeyCode::F(f[1..].parse().expect("a number")),
        one if one.chars().count() == 1 => KeyCode::Char(one.chars().next().expect("it has one")),
        other => panic!("no key is called {other}"),
    };
    KeyEvent::new(code, modifiers)
}
