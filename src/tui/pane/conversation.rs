//! The conversation.
//!
//! ```text
//! you
//! Why is the sky blue?
//!
//! SmolLM2-135M-Instruct                                    ◂ 2/3 ▸
//! The sky is blue because of a process called Rayleigh
//! [scattering], which is a natural phenomenon that occurs when▌
//! ```
//!
//! Tokens are coloured by how expected they were, where that is asked for; `[…]` stands for
//! the token cursor. With either a message is shown as it was written, since each of its tokens
//! is to be seen, those of its markup too.

mod painter;
mod rendered;
mod welcome;

use std::ops::Range;

use painter::Painter;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};
use ratatui::widgets::Widget;

use crate::chat::{AnswerState, MessageId, Node, Session, show};
use crate::config::Part;
use crate::inference::Role;
use crate::text;
use crate::tui::app::{App, TokenCursor, speaker};
use crate::tui::flow::{self, Row};
use crate::tui::transcript::{Block, BodyRow, FoldRow, Key, Line, Seen};
use crate::tui::walk::Place;
use crate::words::thinking::THOUGHT;
use crate::words::tui::{conversation as words, view as speakers};

/// Draws the lines that the transcript found to be seen.
pub fn render(app: &App, session: &Session, area: Rect, buffer: &mut Buffer) {
    if app.transcript.is_empty() {
        welcome::render(app, session, area, buffer);
        return;
    }
    let marked = app.marked(session);
    for (row, seen) in area.rows().zip(app.transcript.seen()) {
        let Some(block) = app.transcript.block(seen.key) else {
            continue;
        };
        match seen.key {
            Key::Message(id) => {
                if let Some(node) = session.conversation().node(id) {
                    Message {
                        app,
                        session,
                        node,
                        block,
                        marked: marked_in(&marked, id),
                    }
                    .draw(seen, row, buffer);
                }
            }
            Key::Queued(index) => {
                let text = session.queue().nth(index).unwrap_or("");
                queued(app, text, block, seen, row, buffer);
            }
        }
    }
}

struct Message<'a> {
    app: &'a App,
    session: &'a Session,
    node: &'a Node,
    block: &'a Block,
    /// The bytes that are marked.
    marked: Range<usize>,
}

/// The marked bytes of a message; none are an empty range.
fn marked_in(marked: &[(MessageId, Range<usize>)], message: MessageId) -> Range<usize> {
    let found = marked.iter().find(|(id, _)| *id == message);
    found.map_or(0..0, |(_, bytes)| bytes.clone())
}

impl Message<'_> {
    fn draw(&self, seen: &Seen, area: Rect, buffer: &mut Buffer) {
        if self.is_marked() && seen.line != Line::Blank && area.x > 0 {
            // In the column of air before the text.
            let style = self.app.theme.style(Part::BorderFocused);
            buffer.set_string(area.x - 1, area.y, "┃", style);
        }
        match seen.line {
            Line::Header => self.header(area, buffer),
            Line::Body(index) => self.body(index, area, buffer),
            Line::Footer(index) => {
                let failed = self
                    .node
                    .answer
                    .as_ref()
                    .is_some_and(|answer| matches!(answer.state, AnswerState::Failed(_)));
                let part = if failed { Part::Error } else { Part::Dim };
                Text::styled(self.block.footer(index), self.app.theme.style(part))
                    .render(area, buffer);
            }
            Line::Blank => {}
        }
    }

    fn header(&self, area: Rect, buffer: &mut Buffer) {
        let theme = &self.app.theme;
        let part = match self.node.role {
            Role::User => Part::UserName,
            Role::Assistant => Part::AssistantName,
            Role::System => Part::SystemName,
        };
        let siblings = self.session.conversation().siblings(self.node.id);
        let number = self.number().map(|number| format!("#{number}"));
        let place = siblings
            .filter(|(all, _)| all.len() > 1)
            .map(|(all, index)| format!("◂ {}/{} ▸", index + 1, all.len()));
        let rating = self.node.rating.map(|rating| rating.mark().to_string());
        let counter: Vec<String> = number.into_iter().chain(rating).chain(place).collect();
        let counter = counter.join(" ");
        let counter_width = text::width(&counter);
        let room = usize::from(area.width).saturating_sub(counter_width + 1);
        let name = speaker(self.node);
        let name = text::visible_line(&name);
        let part = if self.is_marked() {
            Part::Selection
        } else {
            part
        };
        Text::styled(text::fit(&name, room), theme.style(part)).render(area, buffer);
        if counter_width < usize::from(area.width) {
            Text::styled(counter, theme.style(Part::Dim))
                .right_aligned()
                .render(area, buffer);
        }
    }

    /// Whether it is the chosen message, or the one that is being edited.
    fn is_marked(&self) -> bool {
        [self.app.chosen, self.app.editing].contains(&Some(self.node.id))
    }

    /// Its number on the shown path, by which commands know it, while it is chosen.
    fn number(&self) -> Option<usize> {
        let path = self
            .is_marked()
            .then(|| self.session.conversation().path())?;
        Some(path.iter().position(|&id| id == self.node.id)? + 1)
    }

    fn body(&self, index: usize, area: Rect, buffer: &mut Buffer) {
        if let Some(fold) = self.block.fold(index) {
            return folded(self.app, &label_of(fold), area, buffer);
        }
        if let Some(open) = self.block.thought(index) {
            return folded(self.app, &self.thought(open), area, buffer);
        }
        let base = self.app.theme.style(match self.node.role {
            Role::System => Part::Dim,
            Role::User | Role::Assistant => Part::Text,
        });
        let is_last = index + 1 == self.block.body_height();
        let column = match self.block.row(index) {
            Some(BodyRow::Raw(row)) => {
                let column = self.written(row, base, area, buffer);
                self.mark_unseen_token(row, is_last, column, area, buffer);
                column
            }
            Some(BodyRow::Rendered(row, links)) => {
                let paints = row.code.map_or(&[][..], |code| {
                    self.app.paints.line(self.node.id, code.block, code.line)
                });
                rendered::draw(&self.app.theme, row, paints, links, area, buffer)
            }
            None => return,
        };
        if is_last && self.is_running() {
            let caret = if column < usize::from(area.width) {
                column
            } else {
                column.saturating_sub(1)
            };
            // In the text's own style: a change of style costs bytes with every frame.
            flow::put(buffer, area, caret, "▌", base);
        }
    }

    /// The line that stands for the reasoning: how much it is, and how long it took or takes.
    fn thought(&self, open: bool) -> String {
        let lasting = self.session.thinks_for(self.node.id, self.app.now);
        let says = show::thinking(self.node, lasting).unwrap_or_else(|| THOUGHT.into());
        format!("{} {says}", if open { '▾' } else { '▸' })
    }

    /// Draws a row as it was written; gives the column behind it.
    fn written(&self, row: Row, base: Style, area: Rect, buffer: &mut Buffer) -> usize {
        let mut painter = Painter::new(self, base);
        let mut column = 0;
        flow::clusters(&self.node.content, row, |cluster| {
            let style = painter.style(cluster.raw);
            column = cluster.column;
            flow::put(buffer, area, column, cluster.text, style);
            column += text::width(cluster.text);
        });
        column
    }

    /// Shows the token cursor on a token that is no text: a line break, or the end.
    fn mark_unseen_token(
        &self,
        row: Row,
        is_last: bool,
        column: usize,
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let Some(cursor) = self.cursor() else { return };
        let Some(span) = self.span(cursor.place) else {
            return;
        };
        let style = self.app.theme.style(Part::Cursor);
        let breaks_here =
            span.contains(&row.end.raw) && self.node.content.get(row.end.raw) == Some(&b'\n');
        let mark = if breaks_here || (is_last && !span.is_empty() && span.start >= row.end.raw) {
            "⏎"
        } else if span.is_empty() && is_last {
            "∎"
        } else {
            return;
        };
        let column = column.min(usize::from(area.width).saturating_sub(1));
        flow::put(buffer, area, column, mark, style);
    }

    /// The bytes of a token of this message.
    fn span(&self, place: Place) -> Option<Range<usize>> {
        match place {
            Place::Written(index) => {
                let answer = self.node.answer.as_deref()?;
                answer.span(index, self.node.content.len())
            }
            Place::Read(index) => {
                let reading = self.session.reading(self.node.id)?;
                Some(reading.tokens.get(index)?.span.clone())
            }
        }
    }

    /// The token that wrote a byte, or that it is read as.
    fn place(&self, raw: usize) -> Option<Place> {
        let answer = self.node.answer.as_deref();
        let written = answer
            .and_then(|answer| answer.token_at(raw, self.node.content.len()))
            .map(Place::Written);
        written.or_else(|| {
            let reading = self.session.reading(self.node.id)?;
            reading.token_at(raw).map(Place::Read)
        })
    }

    fn cursor(&self) -> Option<TokenCursor> {
        self.app
            .cursor
            .filter(|cursor| cursor.message == self.node.id)
    }

    fn is_running(&self) -> bool {
        self.session.is_busy()
            && self.session.conversation().head == Some(self.node.id)
            && self
                .node
                .answer
                .as_ref()
                .is_some_and(|answer| answer.is_open())
    }
}

fn queued(app: &App, text: &str, block: &Block, seen: &Seen, area: Rect, buffer: &mut Buffer) {
    let dim = app.theme.style(Part::Dim);
    match seen.line {
        Line::Header => {
            Text::from(vec![
                Span::styled(speakers::YOU, app.theme.style(Part::UserName)),
                Span::styled(words::WAITS, dim),
            ])
            .render(area, buffer);
        }
        Line::Body(index) => {
            if let Some(fold) = block.fold(index) {
                folded(app, &fold.label, area, buffer);
            } else if let Some(&row) = block.raw_rows().get(index) {
                flow::draw(text.as_bytes(), row, area, buffer, |_| dim);
            }
        }
        Line::Footer(_) | Line::Blank => {}
    }
}

/// What a fold says; over one that is open, that it closes.
fn label_of(fold: &FoldRow) -> String {
    if fold.open {
        format!("▾ {}", fold.label)
    } else {
        fold.label.clone()
    }
}

/// The line that stands for a part of a message.
fn folded(app: &App, label: &str, area: Rect, buffer: &mut Buffer) {
    let label = text::fit(label, usize::from(area.width));
    Text::styled(label, app.theme.style(Part::Folded)).render(area, buffer);
}
