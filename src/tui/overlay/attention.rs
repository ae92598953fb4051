//! Where the model looked at a token, as a heat map.
//!
//! ```text
//! ┌ attention ───────────────────────────────────────────────────────────┐
//! │ at ·scattering: layer 12 of 0–29, mean of its 9 heads                │
//! │ <|im_start|>user                        │ strongest sources          │
//! │ Why is the sky blue?<|im_end|>          │ ·sky     12.40 %           │
//! │ <|im_start|>assistant                   │ ·blue     8.10 %           │
//! │ The sky is blue because of a process    │                            │
//! │ called Rayleigh [scattering]            │ first token 61.20 %, …     │
//! └──────────── ↑↓ layer · ←→ head · g mean of all · Esc closes ─────────┘
//! ```
//!
//! The first token is left out of the colours: it takes most of the weight without meaning
//! anything. The strongest source has the striking end of the theme's scale.

mod found;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use self::found::Found;
use super::{Outcome, hint, open_box};
use crate::config::{Action, Context, Keymap, Part, Theme};
use crate::inference::{AttentionEvent, EngineError, EngineEvent};
use crate::probability::attention::{Heads, SINK};
use crate::text;
use crate::tui::app::App;
use crate::tui::format;
use crate::tui::pane::status::sentence;
use crate::words::tui::attention as words;
use crate::words::{Phrase, nouns};

/// From this width on the sources stand beside the text.
const COLUMNS: u16 = 60;
/// Columns of the sources, the line before them included.
const SOURCES: u16 = 30;

/// The heat map, or how far it is.
#[derive(Debug, Default)]
pub struct AttentionLayer {
    state: State,
    found: Found,
    first: usize,
    height: usize,
    /// The end of the text, where the token is, was shown once.
    revealed: bool,
}

#[derive(Debug, Default, PartialEq)]
enum State {
    #[default]
    Starting,
    /// 0..=1.
    Loading(f32),
    /// `done` of `total` tokens.
    Reading(u32, u32),
    Failed(String),
    Shown,
}

impl AttentionLayer {
    /// Takes in what the second engine says. Returns whether it has said all.
    pub fn take(&mut self, event: EngineEvent) -> bool {
        match event {
            EngineEvent::Loading { fraction, .. } => self.state = State::Loading(fraction),
            EngineEvent::Prefill { done, total, .. } => self.state = State::Reading(done, total),
            EngineEvent::Attention { event, .. } => match event {
                AttentionEvent::Window(window) => self.found.window(window),
                AttentionEvent::Layer(layer) => self.found.layers.push(layer),
            },
            EngineEvent::Attended { .. } => {
                self.found.choose(Heads::All);
                self.state = State::Shown;
                return true;
            }
            EngineEvent::Failed { error, .. } => {
                self.fail(&error);
                return true;
            }
            EngineEvent::Exited(exit) => {
                self.fail(&EngineError::Died(exit));
                return true;
            }
            _ => {}
        }
        false
    }

    /// Shows why nothing can be shown.
    pub fn fail(&mut self, error: &dyn std::fmt::Display) {
        self.state = State::Failed(error.to_string());
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        use Action as A;
        let page = self.height.saturating_sub(1).max(1).cast_signed();
        match keymap.action(Context::Token, key) {
            Some(A::PreviousCandidate) => self.found.step_layer(-1),
            Some(A::NextCandidate) => self.found.step_layer(1),
            Some(A::PreviousToken) => self.found.step_head(-1),
            Some(A::NextToken) => self.found.step_head(1),
            Some(A::ScrollTop) => self.found.choose(Heads::All),
            Some(A::ScrollUp) => self.scroll(-1),
            Some(A::ScrollDown) => self.scroll(1),
            Some(A::PageUp) => self.scroll(-page),
            Some(A::PageDown) => self.scroll(page),
            Some(A::Back | A::Interrupt | A::Attention) => return Outcome::Close,
            _ => return Outcome::Ignored,
        }
        Outcome::Consumed
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        let last = self.found.text.rows().len().saturating_sub(self.height);
        self.first = self.first.saturating_add_signed(rows).min(last);
    }

    pub(super) fn render(&mut self, app: &App, screen: Rect, buffer: &mut Buffer) {
        let theme = &app.theme;
        let size = (screen.width, screen.height);
        let area = open_box(theme, screen, size, &words::TITLE, buffer);
        if area.height == 0 || area.width == 0 {
            return;
        }
        let says = match &self.state {
            State::Starting => words::STARTING.into(),
            State::Loading(fraction) => words::loading(fraction * 100.0),
            State::Reading(done, total) => words::reading(
                format::thousands(u64::from(*done)),
                format::count(u64::from(*total), nouns::TOKEN),
            ),
            State::Failed(reason) => text::visible_line(reason).into_owned(),
            State::Shown => {
                self.heat_map(theme, area, buffer);
                return hint(theme, &keys(&app.keymap), screen, area, buffer);
            }
        };
        let failed = matches!(self.state, State::Failed(_));
        let part = if failed { Part::Error } else { Part::Text };
        Paragraph::new(says)
            .style(theme.style(part))
            .wrap(Wrap { trim: true })
            .render(area, buffer);
        let ends = if failed {
            words::CLOSES
        } else {
            words::CANCELS
        };
        let says = sentence(&app.keymap, &[(Context::Token, &[Action::Back], ends)]);
        hint(theme, &says, screen, area, buffer);
    }

    fn heat_map(&mut self, theme: &Theme, area: Rect, buffer: &mut Buffer) {
        let head = self.head(theme, area.width);
        let heads = u16::try_from(head.len()).unwrap_or(0).min(area.height);
        for (row, line) in area.rows().zip(head) {
            line.render(row, buffer);
        }
        let body = Rect {
            y: area.y + heads,
            height: area.height - heads,
            ..area
        };
        let (text, sources) = divide(theme, body, buffer);
        self.found.text.wrap(usize::from(text.width));
        self.height = usize::from(text.height).max(1);
        if !self.revealed {
            self.revealed = true;
            self.first = usize::MAX;
        }
        self.scroll(0);
        let looking = self.found.window.tokens.len().checked_sub(1);
        let style = |place| self.style(theme, place);
        self.found
            .text
            .draw(self.first, text, buffer, looking, style);
        self.sources(theme, sources, buffer);
    }

    /// Which token, which weights, and what was cut.
    fn head(&self, theme: &Theme, width: u16) -> Vec<Line<'static>> {
        let width = usize::from(width);
        let (dim, plain) = (theme.style(Part::Dim), theme.style(Part::Text));
        let says = self.found.says();
        // Where the two do not fit beside each other, the token is in the text anyway.
        let room = width.saturating_sub(text::width(&says) + 5);
        let mut first = Line::default();
        if room >= 6 {
            let token = text::fit(&self.found.looking(), room).into_owned();
            first.push_span(Span::styled(words::AT, dim));
            first.push_span(Span::styled(token, theme.style(Part::Cursor)));
            first.push_span(Span::styled(words::COLON, dim));
        }
        first.push_span(Span::styled(text::fit(&says, width).into_owned(), plain));
        let mut lines = vec![first];
        let cut = self.found.window.cut;
        if cut > 0 {
            let says = words::cut(
                format::count(self.found.window.tokens.len() as u64, nouns::TOKEN),
                format::thousands(u64::from(cut)),
            );
            for row in text::wrap(&says, width) {
                lines.push(Line::styled(
                    says[row].to_owned(),
                    theme.style(Part::Warning),
                ));
            }
        }
        lines
    }

    fn style(&self, theme: &Theme, place: usize) -> Style {
        if place + 1 == self.found.window.tokens.len() {
            return theme.style(Part::Cursor);
        }
        match self.found.heat.get(place).copied().flatten() {
            // The scale ends in what is plain, and most tokens are hardly looked at.
            Some(heat) => theme.style(Part::Text).patch(theme.scale(1.0 - heat)),
            None => theme.style(Part::Dim),
        }
    }

    fn sources(&self, theme: &Theme, area: Rect, buffer: &mut Buffer) {
        let (dim, plain) = (theme.style(Part::Dim), theme.style(Part::Text));
        let width = usize::from(area.width);
        let weight = |place: usize| {
            let weight = self.found.weights.get(place).copied().unwrap_or(0.0);
            format!("{:>6.2} %", weight * 100.0)
        };
        let mut lines = vec![Line::styled(words::STRONGEST, theme.style(Part::Heading))];
        let last = words::first_token(weight(SINK).trim_start());
        let rest = text::wrap(&last, width.max(1));
        let room = usize::from(area.height)
            .saturating_sub(rest.len() + 1)
            .max(1);
        for &place in self.found.strongest.iter().take(room) {
            let name_room = width.saturating_sub(9 + 7);
            let name = text::fit(&self.found.name(place), name_room).into_owned();
            let pad = name_room.saturating_sub(text::width(&name));
            let number = format!("{:>7}", format!("#{}", self.found.number(place)));
            lines.push(Line::from(vec![
                Span::styled(
                    name,
                    plain.patch(self.found.heat[place].map_or(dim, |heat| theme.scale(1.0 - heat))),
                ),
                Span::raw(" ".repeat(pad)),
                Span::styled(number, dim),
                Span::styled(format!(" {}", weight(place)), plain),
            ]));
        }
        lines.extend(
            rest.into_iter()
                .map(|row| Line::styled(last[row].to_owned(), dim)),
        );
        for (row, line) in area.rows().zip(lines) {
            line.render(row, buffer);
        }
    }
}

/// What the keys do once it is shown.
fn keys(keymap: &Keymap) -> String {
    use Action as A;
    let wanted: [(Context, &[Action], Phrase); 5] = [
        (Context::Token, &[A::PageUp, A::PageDown], words::SCROLL),
        (Context::Token, &[A::ScrollTop], words::MEAN_OF_ALL),
        (
            Context::Token,
            &[A::PreviousCandidate, A::NextCandidate],
            words::LAYER,
        ),
        (
            Context::Token,
            &[A::PreviousToken, A::NextToken],
            words::HEAD,
        ),
        (Context::Token, &[A::Back], words::CLOSES),
    ];
    sentence(keymap, &wanted)
}

/// The text, and the sources beside it or below.
fn divide(theme: &Theme, body: Rect, buffer: &mut Buffer) -> (Rect, Rect) {
    if body.width < COLUMNS {
        let below = (body.height / 2).max(2).min(body.height);
        let text = Rect {
            height: body.height - below,
            ..body
        };
        let sources = Rect {
            y: text.bottom(),
            height: below,
            ..body
        };
        return (text, sources);
    }
    let text = Rect {
        width: body.width - SOURCES - 1,
        ..body
    };
    for row in body.rows() {
        let style = theme.style(Part::Border);
        buffer.set_string(text.right(), row.y, "│", style);
    }
    let sources = Rect {
        x: text.right() + 2,
        width: SOURCES - 1,
        ..body
    };
    (text, sources)
}
