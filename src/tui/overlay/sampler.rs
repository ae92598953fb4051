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

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Outcome, hint, open_box};
use crate::chat::{Session, UserEvent};
use crate::config::{
    Action, Context, Group, Keymap, Kind, Part, Preset, Presets, Setting, Settings, Theme, Value,
};
use crate::inference::{SamplerLink, SamplerSettings};
use crate::text;
use crate::tui::app::App;
use crate::tui::pane::status::sentence;
use crate::tui::scroll::Scroll;
use crate::words::tui::overlay as words;

/// Columns of a name.
const NAME: usize = 20;
/// Rows below the list: a blank one, what a setting does, what would be sampled.
const BELOW: usize = 4;
/// Candidates that are named.
const SHOWN: usize = 4;

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

/// By how much a key changes a setting.
fn step(setting: &Setting) -> f64 {
    match setting.name() {
        "temperature" | "top_p" | "typical_p" | "xtc_probability" | "dry_base"
        | "repeat_penalty" | "presence_penalty" | "frequency_penalty" => 0.05,
        "min_p" | "xtc_threshold" | "mirostat_eta" => 0.01,
        "top_n_sigma" | "dry_multiplier" => 0.1,
        "mirostat_tau" => 0.5,
        "top_k" => 5.0,
        "repeat_last_n" | "dry_penalty_last_n" => 16.0,
        _ => 1.0,
    }
}

/// The value a step further, at most as far as the setting goes.
fn stepped(setting: &Setting, value: &Value, by: f64) -> Value {
    let step = step(setting);
    let next = |number: f64, min: f64, max: f64| {
        let places = (number / step + by).round() * step;
        // A step of a half is not to leave 0.8000000001 behind.
        ((places * 1e4).round() / 1e4).clamp(min, max)
    };
    match (value, setting.kind) {
        (Value::Number(number), Kind::Number { min, max }) => {
            Value::Number(next(*number, min, max))
        }
        (Value::Integer(number), Kind::Integer { min, max, .. }) => {
            Value::Integer(next(*number as f64, min as f64, max as f64) as i64)
        }
        (Value::Unset, Kind::Integer { min, .. }) => Value::Integer(min),
        (other, _) => other.clone(),
    }
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

    /// Gives where one types.
    pub(super) fn render(
        &mut self,
        app: &App,
        session: &Session,
        screen: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let theme = &app.theme;
        let total = self.rows().len();
        let height = u16::try_from(total + BELOW + 2).unwrap_or(u16::MAX);
        let width = screen.width.saturating_sub(4).min(76);
        let area = open_box(theme, screen, (width, height), &words::SAMPLER, buffer);
        let below = BELOW.min(usize::from(area.height) / 2);
        let list = Rect {
            height: area.height - below as u16,
            ..area
        };
        let height = usize::from(list.height);
        self.seen = self.scroll.window(height, total, Some(self.selected));
        self.area = list;
        let first = self.seen.start;
        let now = wrapped(session.sampling());
        let rows = self.rows();
        for (row, (at, what)) in list.rows().zip(rows.iter().enumerate().skip(first)) {
            let line = self.row(theme, what, &now, at == self.selected, row.width);
            line.render(row, buffer);
        }
        let foot = Rect {
            y: list.bottom(),
            height: below as u16,
            ..area
        };
        for (row, line) in foot.rows().skip(usize::from(below == BELOW)).zip(self.foot(
            app,
            session,
            usize::from(area.width),
        )) {
            line.render(row, buffer);
        }
        hint(theme, &self.keys(&app.keymap), screen, area, buffer);
        // As far as the mark and the name reach, or the question.
        let (x, y, typed) = match self.typed.as_ref()? {
            Typed::Value(text) => (2 + NAME, list.y + (self.selected - first) as u16, text),
            Typed::Name(text) => {
                let blank = u16::from(below == BELOW);
                (text::width(&words::ASK_PRESET_NAME), foot.y + blank, text)
            }
        };
        let x = x + text::width(&text::visible_line(typed));
        let cursor = Position::new(area.x.saturating_add(x as u16), y);
        area.contains(cursor).then_some(cursor)
    }

    /// What the keys do.
    fn keys(&self, keymap: &Keymap) -> String {
        use Action as A;
        let of = |actions, says| (Context::Sampler, actions, says);
        let takes = of(&[A::Choose][..], words::TAKES_IT);
        let saves = of(&[A::SavePreset], words::SAVE_AS_PRESET);
        let closes = of(&[A::Back], words::CLOSES);
        if self.typed.is_some() {
            return sentence(keymap, &[takes, of(&[A::Back], words::LEAVES_IT)]);
        }
        if self.setting().is_none() {
            return sentence(keymap, &[saves, takes, closes]);
        }
        let default = of(&[A::DefaultValue], words::DEFAULT);
        let change = of(&[A::LowerValue, A::RaiseValue], words::CHANGE);
        let keys = sentence(keymap, &[saves, default, change, closes]);
        format!("{} · {keys}", words::DIGITS_TYPE)
    }

    fn row(
        &self,
        theme: &Theme,
        row: &Row<'_>,
        now: &Settings,
        selected: bool,
        width: u16,
    ) -> Line<'static> {
        let style = |part| theme.style(if selected { Part::Selection } else { part });
        let (mark, name, value, part) = match row {
            Row::Preset(preset) => {
                let holds = preset.apply(&now.sampling) == now.sampling;
                let mark = if holds { "● " } else { "  " };
                (mark, preset.name.clone(), preset.about.clone(), Part::Dim)
            }
            Row::Setting(setting) => {
                let value = setting.read(now);
                let mark = if value == setting.default_value() {
                    "  "
                } else {
                    "* "
                };
                let value = match &self.typed {
                    Some(Typed::Value(text)) if selected => format!("{text}▏"),
                    _ => shown(setting, &value),
                };
                (mark, setting.name().to_owned(), value, Part::Text)
            }
        };
        let name = text::visible_line(&name).into_owned();
        let name = text::fit(&name, NAME - 2).into_owned();
        let pad = " ".repeat(NAME - text::width(&name));
        let room = usize::from(width).saturating_sub(NAME + 2);
        let value = text::visible_line(&value).into_owned();
        let value = text::fit(&value, room).into_owned();
        Line::from(vec![
            Span::styled(mark, theme.style(Part::Key)),
            Span::styled(name, style(Part::Text)),
            Span::raw(pad),
            Span::styled(value, style(part)),
        ])
    }

    /// What the row is for, what was wrong with what was typed, and what would be sampled now.
    fn foot(&self, app: &App, session: &Session, width: usize) -> Vec<Line<'static>> {
        let theme = &app.theme;
        if let Some(Typed::Name(name)) = &self.typed {
            let says = format!("{}{name}▏", words::ASK_PRESET_NAME);
            return vec![Line::styled(says, theme.style(Part::Input))];
        }
        let (says, part) = match (&self.problem, self.rows().get(self.selected)) {
            (Some(problem), _) => (problem.clone(), Part::Error),
            (None, Some(Row::Setting(setting))) => (setting.doc.into(), Part::Dim),
            (None, _) => {
                let key = app.key_in(Context::Sampler, Action::Choose);
                (words::preset_takes(key), Part::Dim)
            }
        };
        let says = text::visible_line(&says).into_owned();
        let lines = text::wrap(&says, width.max(1)).into_iter().take(BELOW - 2);
        let mut lines: Vec<Line<'static>> = lines
            .map(|row| Line::styled(says[row].to_owned(), theme.style(part)))
            .collect();
        if let Some(now) = sampled_now(app, session) {
            let now = text::fit(&now, width).into_owned();
            lines.push(Line::styled(now, theme.style(Part::Text)));
        }
        lines
    }
}

fn set(sampling: SamplerSettings) -> Outcome {
    Outcome::User(UserEvent::Sampling(Box::new(sampling)))
}

/// What the samplers would make of the token under the cursor with the settings of now.
fn sampled_now(app: &App, session: &Session) -> Option<String> {
    let cursor = app.cursor?;
    let now = session.reconsidered(cursor.message, cursor.written()?)?;
    let conversation = session.conversation();
    let vocabulary = &conversation
        .node(cursor.message)?
        .answer
        .as_deref()?
        .vocabulary;
    let kept = now.trace.candidates.iter();
    let mut kept: Vec<_> = kept.filter(|one| one.link == SamplerLink::Kept).collect();
    kept.sort_by(|one, other| other.final_probability.total_cmp(&one.final_probability));
    let named = kept.iter().take(SHOWN).filter_map(|one| {
        let piece = now
            .piece(one.id)
            .or(conversation.piece(vocabulary, one.id))?;
        let shown = text::visible_line(&String::from_utf8_lossy(piece)).replace(' ', "·");
        Some(format!("{shown} {:.0} %", one.final_probability * 100.0))
    });
    let named: Vec<String> = named.collect();
    let others = kept.len().saturating_sub(named.len());
    let named = named.join("  ");
    Some(match others {
        0 => words::sampled_now(named),
        others => words::sampled_now_and_more(named, others),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::table;

    #[test]
    fn steps_are_round_and_stop_where_the_setting_does() {
        let of = |key| table::find(key).expect("is a setting");
        let table = [
            (
                "sampling.temperature",
                Value::Number(0.8),
                1.0,
                Value::Number(0.85),
            ),
            (
                "sampling.temperature",
                Value::Number(0.0),
                -1.0,
                Value::Number(0.0),
            ),
            (
                "sampling.top_p",
                Value::Number(0.98),
                1.0,
                Value::Number(1.0),
            ),
            (
                "sampling.top_k",
                Value::Integer(40),
                -1.0,
                Value::Integer(35),
            ),
            ("sampling.top_k", Value::Integer(0), -1.0, Value::Integer(0)),
            (
                "sampling.mirostat",
                Value::Integer(2),
                1.0,
                Value::Integer(2),
            ),
            ("sampling.seed", Value::Unset, 1.0, Value::Integer(0)),
            (
                "sampling.dry_penalty_last_n",
                Value::Integer(-1),
                -1.0,
                Value::Integer(-1),
            ),
        ];
        for (key, before, by, after) in table {
            assert_eq!(stepped(of(key), &before, by), after, "{key}");
        }
    }
}
