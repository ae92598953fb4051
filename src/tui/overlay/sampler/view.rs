//! How the panel is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Row, SamplerLayer, Typed, shown, wrapped};
use crate::chat::Session;
use crate::config::{Action, Context, Keymap, Part, Settings, Theme};
use crate::inference::SamplerLink;
use crate::text;
use crate::tui::app::App;
use crate::tui::overlay::{hint, open_box};
use crate::tui::pane::status::sentence;
use crate::words::tui::overlay as words;

/// Columns of a name.
const NAME: usize = 20;
/// Rows below the list: a blank one, what a setting does, what would be sampled.
const BELOW: usize = 4;
/// Candidates that are named.
const SHOWN: usize = 4;

impl SamplerLayer {
    /// Gives where one types.
    pub(in crate::tui::overlay) fn render(
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
        let shown = text::visible_piece(piece);
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
