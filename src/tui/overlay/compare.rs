//! Two branches side by side, as heat maps.
//!
//! ```text
//! ┌ two branches ────────────────────────────────────────────────────────┐
//! │ 2 messages and 31 tokens in common: …because of a process called     │
//! │ 1/3 ·scattering 62.1 %           │ 2/3 ·diffraction 6.0 %             │
//! │ perplexity 2.31, 42 tokens       │ perplexity 5.10, 38 tokens         │
//! │  scattering, which is a natural  │  diffraction, the bending of       │
//! │ phenomenon                       │ waves                              │
//! └──────────────────────────────────────────────────────── Esc closes ──┘
//! ```
//!
//! What both begin with is told once. The token in which they part is marked, with its
//! probability; the perplexity is that of the answer from there on. One below the other where
//! there is no room for columns; both scroll together.

mod side;

use std::ops::Range;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use self::side::{Side, SideLine};
use super::heat::{self, Heat};
use super::{Outcome, hint, open_box, scrolled_rows};
use crate::chat::branches::{self, Comparison};
use crate::chat::{Conversation, MessageId, Session};
use crate::config::{Action, Context, Keymap, Part};
use crate::text;
use crate::tui::app::{App, speaker};
use crate::tui::format;
use crate::tui::pane::status::sentence;
use crate::words::tui::branches as words;
use crate::words::{Phrase, nouns};

/// From this width on the two stand in columns.
const COLUMNS: u16 = 60;
/// Columns of the line between them.
const GAP: u16 = 3;

/// The two branches, laid out.
#[derive(Debug)]
pub struct CompareLayer {
    one: MessageId,
    other: MessageId,
    /// Of the conversation as it was compared.
    version: Option<u64>,
    comparison: Option<Comparison>,
    sides: [Side; 2],
    first: usize,
    height: usize,
}

impl CompareLayer {
    /// Compares the branches that two messages are on; `None` where they are on the same one.
    #[must_use]
    pub fn new(conversation: &Conversation, one: MessageId, other: MessageId) -> Option<Self> {
        branches::compare(conversation, one, other)?;
        Some(Self {
            one,
            other,
            version: None,
            comparison: None,
            sides: [Side::default(), Side::default()],
            first: 0,
            height: 1,
        })
    }

    pub(super) fn key(&mut self, key: KeyEvent, keymap: &Keymap, session: &Session) -> Outcome {
        use Action as A;
        let action = keymap.action(Context::Pane, key);
        if let Some(rows) = action.and_then(|action| scrolled_rows(action, self.height)) {
            self.scroll(rows);
            return Outcome::Consumed;
        }
        match action {
            Some(A::PreviousBranch) => self.turn(session.conversation(), -1),
            Some(A::NextBranch) => self.turn(session.conversation(), 1),
            Some(A::Back | A::Interrupt | A::CompareBranches) => return Outcome::Close,
            _ => return Outcome::Ignored,
        }
        Outcome::Consumed
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        let longest = self.sides.iter().map(|side| side.lines.len()).max();
        let last = longest.unwrap_or(0).saturating_sub(self.height);
        self.first = self.first.saturating_add_signed(rows).min(last);
    }

    /// Puts another sibling in the second one's place.
    fn turn(&mut self, conversation: &Conversation, by: isize) {
        let Some(first) = self
            .comparison
            .as_ref()
            .and_then(|comparison| comparison.right.first())
        else {
            return;
        };
        let Some((all, index)) = conversation.siblings(*first) else {
            return;
        };
        let left = self.comparison.as_ref().and_then(|it| it.left.first());
        let mut at = index;
        while let Some(&id) = at.checked_add_signed(by).and_then(|at| all.get(at)) {
            if Some(&id) != left {
                self.other = id;
                self.version = None;
                self.first = 0;
                return;
            }
            at = at.saturating_add_signed(by);
        }
    }

    fn refresh(&mut self, conversation: &Conversation, width: u16) {
        if self.version != Some(conversation.version) {
            self.version = Some(conversation.version);
            self.comparison = branches::compare(conversation, self.one, self.other);
            self.sides = [Side::default(), Side::default()];
        }
        let Some(comparison) = &self.comparison else {
            return;
        };
        for (side, path) in self
            .sides
            .iter_mut()
            .zip([&comparison.left, &comparison.right])
        {
            if side.width != width {
                *side = Side::lay_out(conversation, path, comparison.same, width);
            }
        }
    }

    pub(super) fn render(
        &mut self,
        app: &App,
        session: &Session,
        screen: Rect,
        buffer: &mut Buffer,
    ) {
        let size = (screen.width, screen.height);
        let area = open_box(&app.theme, screen, size, &words::TWO_BRANCHES, buffer);
        if area.height == 0 || area.width == 0 {
            return;
        }
        let conversation = session.conversation();
        let in_columns = area.width >= COLUMNS;
        let width = if in_columns {
            (area.width - GAP) / 2
        } else {
            area.width
        };
        self.refresh(conversation, width);
        let Some(comparison) = self.comparison.clone() else {
            let says = words::SAME_BRANCH;
            Line::styled(says, app.theme.style(Part::Dim)).render(area, buffer);
            return;
        };
        common(app, conversation, &comparison, area, buffer);
        let body = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        let halves = if in_columns {
            divide(app, body, width, buffer)
        } else {
            let upper = body.height.div_ceil(2);
            [
                Rect {
                    height: upper,
                    ..body
                },
                Rect {
                    y: body.y + upper,
                    height: body.height - upper,
                    ..body
                },
            ]
        };
        // In columns there is room for the numbers on a row of their own.
        let heads = if in_columns { 2 } else { 1 };
        self.height = usize::from(halves[1].height.saturating_sub(heads)).max(1);
        self.scroll(0);
        let paths = [&comparison.left, &comparison.right];
        for ((side, area), path) in self.sides.iter().zip(halves).zip(paths) {
            let view = View {
                app,
                conversation,
                same: comparison.same,
            };
            view.head(path[0], area, usize::from(heads), buffer);
            let rows = Rect {
                y: area.y + heads.min(area.height),
                height: area.height.saturating_sub(heads),
                ..area
            };
            for (row, line) in rows.rows().zip(side.lines.iter().skip(self.first)) {
                view.line(side, *line, row, buffer);
            }
        }
        let wanted: [(Context, &[Action], Phrase); 3] = [
            (
                Context::Pane,
                &[Action::ScrollUp, Action::ScrollDown],
                words::SCROLL_BOTH,
            ),
            (
                Context::Pane,
                &[Action::PreviousBranch, Action::NextBranch],
                words::ANOTHER_BRANCH,
            ),
            (Context::Pane, &[Action::Back], words::CLOSES),
        ];
        let says = sentence(&app.keymap, &wanted);
        hint(&app.theme, &says, screen, area, buffer);
    }
}

/// The two columns, and the line between them.
fn divide(app: &App, body: Rect, width: u16, buffer: &mut Buffer) -> [Rect; 2] {
    let right = Rect {
        x: body.x + width + GAP,
        width: body.width - width - GAP,
        ..body
    };
    for row in body.rows() {
        let style = app.theme.style(Part::Border);
        buffer.set_string(body.x + width + 1, row.y, "│", style);
    }
    [Rect { width, ..body }, Rect { width, ..right }]
}

/// One row on what both begin with: how much, and its last words.
fn common(
    app: &App,
    conversation: &Conversation,
    comparison: &Comparison,
    area: Rect,
    buffer: &mut Buffer,
) {
    let node = conversation.node(comparison.left[0]);
    let tokens = node
        .and_then(|node| node.answer.as_deref())
        .map_or(0, |answer| {
            let spans = answer.spans(comparison.same);
            let within = |span: &&Range<usize>| !span.is_empty() && span.end <= comparison.same;
            spans.iter().filter(within).count()
        });
    let messages = format::count(comparison.common.len() as u64, nouns::MESSAGE);
    let says = match tokens {
        0 => words::in_common(messages),
        tokens => {
            words::in_common_with_tokens(messages, format::count(tokens as u64, nouns::TOKEN))
        }
    };
    let before = match node {
        Some(node) if comparison.same > 0 => &node.content[..comparison.same],
        _ => comparison
            .common
            .last()
            .and_then(|&id| conversation.node(id))
            .map_or(&[][..], |node| &node.content),
    };
    let excerpt = heat::end_of(before);
    let width = usize::from(area.width);
    let room = width.saturating_sub(text::width(&says) + 3);
    let mut line = Line::styled(
        text::fit(&says, width).into_owned(),
        app.theme.style(Part::Dim),
    );
    if room > 4 && !excerpt.is_empty() {
        line.push_span(Span::styled(words::COLON, app.theme.style(Part::Dim)));
        line.push_span(Span::styled(
            heat::last_columns(&excerpt, room),
            app.theme.style(Part::Text),
        ));
    }
    line.render(area, buffer);
}

struct View<'a> {
    app: &'a App,
    conversation: &'a Conversation,
    same: usize,
}

impl View<'_> {
    /// The token in which the two part, with its odds, and how sure the model was from there
    /// on.
    fn head(&self, message: MessageId, area: Rect, rows: usize, buffer: &mut Buffer) {
        let Some(node) = self.conversation.node(message) else {
            return;
        };
        let theme = &self.app.theme;
        let (dim, plain) = (theme.style(Part::Dim), theme.style(Part::Text));
        let mut first = Line::default();
        if let Some((all, index)) = self.conversation.siblings(message) {
            first.push_span(Span::styled(format!("{}/{} ", index + 1, all.len()), dim));
        }
        let certainty = branches::certainty(node, self.same).unwrap_or_default();
        let opening = heat::opening(self.app, node, self.same, &certainty, area.width);
        first.spans.extend(opening);
        let name = text::visible_line(&speaker(node)).into_owned();
        let mut second = Line::default();
        if rows == 1 {
            let room = usize::from(area.width).saturating_sub(first.width() + 3);
            // A number that is cut off is another number.
            let whole = [heat::sureness(&certainty), heat::perplexity(&certainty)];
            let whole = whole.into_iter().flatten();
            if let Some(says) = whole.chain([name]).find(|it| text::width(it) <= room) {
                first.push_span(Span::styled(" · ", dim));
                first.push_span(Span::styled(says, plain));
            }
            first.render(area, buffer);
            return;
        }
        if let Some(says) = heat::sureness(&certainty) {
            second.push_span(Span::styled(says, plain));
        }
        let name_room = usize::from(area.width).saturating_sub(second.width() + 3);
        if name_room > 4 {
            let apart = if second.spans.is_empty() { "" } else { " · " };
            second.push_span(Span::styled(
                format!("{apart}{}", text::fit(&name, name_room)),
                dim,
            ));
        }
        for (row, line) in area.rows().zip([first, second]) {
            line.render(row, buffer);
        }
    }

    fn line(&self, side: &Side, line: SideLine, area: Rect, buffer: &mut Buffer) {
        match line {
            SideLine::Blank => {}
            SideLine::Name(at) => {
                let node = self.conversation.node(side.messages[at].id);
                let name = node.map(speaker).unwrap_or_default();
                let name = text::visible_line(&name).into_owned();
                let name = text::fit(&name, usize::from(area.width)).into_owned();
                Line::styled(name, self.app.theme.style(Part::Heading)).render(area, buffer);
            }
            SideLine::Text(at, row) => {
                let laid = &side.messages[at];
                if let Some(node) = self.conversation.node(laid.id) {
                    let heat = Heat {
                        app: self.app,
                        node,
                        spans: &laid.spans,
                        marked: (at == 0).then_some(self.same),
                    };
                    heat.row(row, area, buffer);
                }
            }
        }
    }
}
