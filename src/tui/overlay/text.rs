//! A text to be read and scrolled.
//!
//! ```text
//! ┌ keys ──────────────────────────────────────────┐
//! │ Everywhere                                     │
//! │   F1              Show the keys                │
//! │   Ctrl-T          Go through the answer token  │
//! │                   by token                     │
//! └──────────────────────── 12 more rows · Esc ────┘
//! ```

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Outcome, open_box, scrolled_rows};
use crate::config::{Action, Context, Keymap, Part, Theme};
use crate::text;
use crate::tui::pane::status::sentence;
use crate::words::Phrase;
use crate::words::tui::{format as numbers, overlay as words};

/// Columns of the keys before what they do.
const KEYS: usize = 16;
/// Columns of a name at most; what is longer is cut.
pub(super) const NAME: usize = KEYS - 1;

/// A row before it is wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextRow {
    Heading(String),
    /// A name, and what it is.
    Pair(String, String),
    /// Raw: it is sanitised when shown.
    Text(String),
    Blank,
}

/// The text, and where in it one is.
#[derive(Debug)]
pub struct TextLayer {
    title: String,
    rows: Vec<TextRow>,
    /// What the keys do, in the lower border, but for the one that closes it.
    keys: String,
    closes: Phrase,
    first: usize,
    /// Rows of the window and of the wrapped text, as of the last frame.
    height: usize,
    total: usize,
}

impl TextLayer {
    #[must_use]
    pub fn new(title: impl Into<String>, rows: Vec<TextRow>) -> Self {
        Self {
            title: title.into(),
            rows,
            keys: String::new(),
            closes: words::CLOSES,
            first: 0,
            height: 1,
            total: 0,
        }
    }

    /// Says in the lower border what other keys do, and what closing it does.
    #[must_use]
    pub(super) fn with_keys(self, keys: String, closes: Phrase) -> Self {
        Self {
            keys,
            closes,
            ..self
        }
    }

    pub(in crate::tui) fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        use Action as A;
        let action = keymap.action(Context::Pane, key);
        if let Some(rows) = action.and_then(|action| scrolled_rows(action, self.height)) {
            self.scroll(rows);
            return Outcome::Consumed;
        }
        match action {
            Some(A::Back | A::Interrupt | A::Help) => Outcome::Close,
            _ => Outcome::Ignored,
        }
    }

    pub(in crate::tui) fn scroll(&mut self, rows: isize) {
        let last = self.total.saturating_sub(self.height);
        self.first = self.first.saturating_add_signed(rows).min(last);
    }

    pub(in crate::tui) fn render(
        &mut self,
        theme: &Theme,
        keymap: &Keymap,
        screen: Rect,
        buffer: &mut Buffer,
    ) {
        // Wrapped at the widest first, to know how high the box has to be.
        let width = screen.width.saturating_sub(8).min(78);
        let lines = self.lines(theme, usize::from(width));
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let area = open_box(theme, screen, (width + 4, height), &self.title, buffer);
        let lines = if area.width == width {
            lines
        } else {
            self.lines(theme, usize::from(area.width))
        };
        self.height = usize::from(area.height).max(1);
        self.total = lines.len();
        self.scroll(0);
        for (row, line) in area.rows().zip(lines.iter().skip(self.first)) {
            line.render(row, buffer);
        }
        let below = self.total.saturating_sub(self.first + self.height);
        let more = match below {
            0 => String::new(),
            below => numbers::more_below(below),
        };
        let closes = sentence(keymap, &[(Context::Pane, &[Action::Back], self.closes)]);
        let says = [&more, &self.keys, &closes];
        let says = says.into_iter().filter(|part| !part.is_empty());
        let says = says.map(String::as_str).collect::<Vec<_>>().join(" · ");
        super::hint(theme, &says, screen, area, buffer);
    }

    fn lines(&self, theme: &Theme, width: usize) -> Vec<Line<'static>> {
        let mut lines = Vec::with_capacity(self.rows.len());
        let plain = theme.style(Part::Text);
        for row in &self.rows {
            match row {
                TextRow::Blank => lines.push(Line::default()),
                TextRow::Heading(heading) => lines.push(Line::styled(
                    text::fit(&text::visible_line(heading), width).into_owned(),
                    theme.style(Part::Heading),
                )),
                TextRow::Text(raw) => {
                    let shown = text::visible(raw);
                    for line in shown.split('\n') {
                        for range in text::wrap(line, width) {
                            let row = text::expand_tabs(&line[range], 0).into_owned();
                            lines.push(Line::styled(row, plain));
                        }
                    }
                }
                TextRow::Pair(name, says) => {
                    let name = text::visible_line(name);
                    let says = text::visible_line(says);
                    let indent = (KEYS + 2).min(width / 2);
                    let fitted = text::fit(&name, indent.saturating_sub(3)).into_owned();
                    let gap = indent.saturating_sub(2 + text::width(&fitted));
                    for (index, range) in text::wrap(&says, width.saturating_sub(indent))
                        .into_iter()
                        .enumerate()
                    {
                        let mut spans = if index == 0 {
                            vec![
                                Span::raw("  "),
                                Span::styled(fitted.clone(), theme.style(Part::Key)),
                                Span::raw(" ".repeat(gap)),
                            ]
                        } else {
                            vec![Span::raw(" ".repeat(indent))]
                        };
                        spans.push(Span::styled(says[range].to_owned(), plain));
                        lines.push(Line::from(spans));
                    }
                }
            }
        }
        lines
    }
}
