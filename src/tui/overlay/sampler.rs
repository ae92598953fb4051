//! The sampler settings: presets to take, and each setting to change. What is changed holds for
//! the next answer at once.
//!
//! ```text
//! ┌ sampler ───────────────────────────────────────────────────┐
//! │ ● balanced      llama.cpp's defaults                       │
//! │   creative      surprises, drops what is far off: stories  │
//! │ ▸ temperature     0.8                                      │
//! │ * top_k            20                                      │
//! │                                                            │
//! │ Keep the K most probable tokens; 0 keeps all.              │
//! │ here now: ·blue 43 %  ·red 12 %                            │
//! └──────── ←→ change · d default · s save · Esc closes ───────┘
//! ```

mod step;
mod view;

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};

use self::step::stepped;
use super::Outcome;
use crate::chat::{Session, UserEvent};
use crate::config::{
    Action, Context, Group, Keymap, Kind, Preset, Presets, Setting, Settings, Value,
};
use crate::inference::SamplerSettings;
use crate::tui::scroll::Scroll;

/// The panel.
#[derive(Debug)]
pub struct SamplerLayer {
    presets: Presets,
    selected: usize,
    /// What is being typed, and for what.
    typed: Option<Typed>,
    /// Why what was typed was not taken.
    problem: Option<String>,
    scroll: Scroll,
    /// The rows that are seen and where, as of the last frame.
    seen: Range<usize>,
    area: Rect,
}

#[derive(Debug)]
enum Typed {
    /// The value of the selected setting.
    Value(String),
    /// The name of a new preset.
    Name(String),
}

/// What a row is.
enum Row<'a> {
    Preset(&'a Preset),
    Setting(&'static Setting),
}

/// The settings with a row of their own: lists, texts and the name of a preset are no numbers.
fn settings() -> impl Iterator<Item = &'static Setting> {
    let all = Group::Sampling.settings().iter();
    all.filter(|setting| matches!(setting.kind, Kind::Integer { .. } | Kind::Number { .. }))
}

fn shown(setting: &Setting, value: &Value) -> String {
    let toml = setting.kind.to_toml(value).to_string();
    toml.trim().trim_matches('"').to_owned()
}

fn wrapped(sampling: &SamplerSettings) -> Settings {
    Settings {
        sampling: sampling.clone(),
        ..Settings::default()
    }
}

impl SamplerLayer {
    #[must_use]
    pub fn new(presets: Presets) -> Self {
        Self {
            // The first setting: presets lie above it.
            selected: presets.iter().count(),
            presets,
            typed: None,
            problem: None,
            scroll: Scroll::default(),
            seen: 0..1,
            area: Rect::default(),
        }
    }

    /// Shows a preset that was saved meanwhile.
    pub fn put(&mut self, preset: Preset) {
        let before = self.presets.iter().count();
        self.presets.put(preset);
        if self.selected >= before {
            self.selected += self.presets.iter().count() - before;
        }
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let presets = self.presets.iter().map(Row::Preset);
        presets.chain(settings().map(Row::Setting)).collect()
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap, session: &Session) -> Outcome {
        use Action as A;
        if self.typed.is_some() {
            // Letters are typed.
            return self.type_key(key, keymap.action(Context::List, key), session);
        }
        let action = keymap.action(Context::Sampler, key);
        self.problem = None;
        let page = self.seen.len().max(1).cast_signed();
        match action {
            Some(A::ListUp) => self.go(-1),
            Some(A::ListDown) => self.go(1),
            Some(A::PageUp) => self.go(-page),
            Some(A::PageDown) => self.go(page),
            Some(A::Choose) => return self.choose(session),
            Some(A::LowerValue) => return self.change(session, -1.0),
            Some(A::RaiseValue) => return self.change(session, 1.0),
            Some(A::DefaultValue) => return self.default(session),
            Some(A::SavePreset) => self.typed = Some(Typed::Name(String::new())),
            Some(A::Back | A::Interrupt | A::SamplerPanel) => return Outcome::Close,
            _ => return self.begin_number(key),
        }
        Outcome::Consumed
    }

    /// What a number begins with is typed as the setting's value.
    fn begin_number(&mut self, key: KeyEvent) -> Outcome {
        if key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
        {
            return Outcome::Ignored;
        }
        match key.code {
            KeyCode::Char(letter @ ('0'..='9' | '.' | '-')) if self.setting().is_some() => {
                self.typed = Some(Typed::Value(letter.to_string()));
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Consumed
    }

    /// Moves the selection; it stops at the ends.
    pub(super) fn go(&mut self, rows: isize) {
        let last = self.rows().len() - 1;
        self.selected = self.selected.saturating_add_signed(rows).min(last);
    }

    pub(super) fn click(&mut self, at: Position, double: bool, session: &Session) -> Outcome {
        let row = self.seen.start + usize::from(at.y.saturating_sub(self.area.y));
        // What is typed belongs to the row that is selected.
        if self.typed.is_some() || !self.area.contains(at) || row >= self.seen.end {
            return Outcome::Ignored;
        }
        self.problem = None;
        self.selected = row;
        if double {
            return self.choose(session);
        }
        Outcome::Consumed
    }

    fn setting(&self) -> Option<&'static Setting> {
        match self.rows().get(self.selected)? {
            Row::Setting(setting) => Some(setting),
            Row::Preset(_) => None,
        }
    }

    fn choose(&mut self, session: &Session) -> Outcome {
        match self.rows().get(self.selected) {
            Some(Row::Preset(preset)) => set(preset.apply(session.sampling())),
            Some(Row::Setting(setting)) => {
                let value = setting.read(&wrapped(session.sampling()));
                self.typed = Some(Typed::Value(shown(setting, &value)));
                Outcome::Consumed
            }
            None => Outcome::Consumed,
        }
    }

    fn change(&mut self, session: &Session, by: f64) -> Outcome {
        let Some(setting) = self.setting() else {
            return Outcome::Consumed;
        };
        let value = setting.read(&wrapped(session.sampling()));
        self.write(setting, stepped(setting, &value, by), session)
    }

    fn default(&mut self, session: &Session) -> Outcome {
        match self.setting() {
            Some(setting) => self.write(setting, setting.default_value(), session),
            None => Outcome::Consumed,
        }
    }

    fn write(&mut self, setting: &Setting, value: Value, session: &Session) -> Outcome {
        let mut settings = wrapped(session.sampling());
        match setting.write(&mut settings, value) {
            Ok(()) => set(settings.sampling),
            Err(problem) => {
                self.problem = Some(problem);
                Outcome::Consumed
            }
        }
    }

    fn type_key(&mut self, key: KeyEvent, action: Option<Action>, session: &Session) -> Outcome {
        let Some(Typed::Value(text) | Typed::Name(text)) = &mut self.typed else {
            return Outcome::Ignored;
        };
        match (action, key.code) {
            (Some(Action::Back | Action::Interrupt), _) => {
                self.typed = None;
                self.problem = None;
            }
            (Some(Action::Choose), _) => return self.take_typed(session),
            (_, KeyCode::Backspace) => _ = text.pop(),
            (_, KeyCode::Char(letter))
                if !key
                    .modifiers
                    .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                text.push(letter);
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Consumed
    }

    fn take_typed(&mut self, session: &Session) -> Outcome {
        match (self.typed.take(), self.setting()) {
            (Some(Typed::Name(name)), _) if !name.trim().is_empty() => {
                Outcome::SavePreset(name.trim().to_owned())
            }
            (Some(Typed::Value(text)), Some(setting)) => match setting.parse(&text) {
                Ok(value) => {
                    self.problem = None;
                    self.write(setting, value, session)
                }
                Err(problem) => {
                    self.problem = Some(problem);
                    self.typed = Some(Typed::Value(text));
                    Outcome::Consumed
                }
            },
            _ => Outcome::Consumed,
        }
    }
}

fn set(sampling: SamplerSettings) -> Outcome {
    Outcome::User(UserEvent::Sampling(Box::new(sampling)))
}
