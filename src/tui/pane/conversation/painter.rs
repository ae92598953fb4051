//! The styles of a message that is shown as it was written.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::Message;
use crate::config::{ColorBy, Part};
use crate::tui::app::TokenCursor;
use crate::tui::walk::Place;
use crate::tui::{colour, flow};

/// Finds the style of each byte; neighbours mostly belong to the same token.
pub struct Painter<'a> {
    message: &'a Message<'a>,
    base: Style,
    /// Of its reasoning, and the byte before which that is.
    thought: (Style, usize),
    last: Option<(Range<usize>, Style)>,
}

impl<'a> Painter<'a> {
    #[must_use]
    pub fn new(message: &'a Message<'a>, base: Style) -> Self {
        Self {
            message,
            base,
            thought: (
                message.app.theme.style(Part::Quote),
                message.block.thought_to(),
            ),
            last: None,
        }
    }

    /// What is marked is seen as that, but for the token under the cursor.
    pub fn style(&mut self, raw: usize) -> Style {
        let style = self.unmarked(raw);
        let theme = &self.message.app.theme;
        if !self.message.marked.contains(&raw) || style == theme.style(Part::Cursor) {
            return style;
        }
        style.patch(theme.style(Part::Selection))
    }

    fn unmarked(&mut self, raw: usize) -> Style {
        if let Some((span, style)) = &self.last
            && span.contains(&raw)
        {
            return *style;
        }
        let (span, style) = self.find(raw);
        self.last = Some((span, style));
        style
    }

    fn find(&self, raw: usize) -> (Range<usize>, Style) {
        let here = raw..raw + 1;
        if raw < self.thought.1 {
            return (here, self.thought.0);
        }
        let Some(place) = self.message.place(raw) else {
            return (here, self.base);
        };
        let span = self.message.span(place).unwrap_or(here);
        let app = self.message.app;
        if self
            .message
            .cursor()
            .is_some_and(|cursor| self.is_under(cursor, raw, place))
        {
            return (span, app.theme.style(Part::Cursor));
        }
        let scale = match app.color_by {
            ColorBy::Off => None,
            by => self.fraction(by, place),
        };
        match scale {
            Some(fraction) => (span, self.base.patch(app.theme.scale(fraction))),
            None => (span, self.parted(place)),
        }
    }

    /// Every other token of the message under the cursor is underlined, so that one sees where
    /// they part; colours part them already.
    fn parted(&self, place: Place) -> Style {
        let (Place::Written(index) | Place::Read(index)) = place;
        let walked = self.message.cursor().is_some();
        if walked && self.message.app.color_by == ColorBy::Off && index % 2 == 1 {
            self.base.add_modifier(Modifier::UNDERLINED)
        } else {
            self.base
        }
    }

    fn fraction(&self, by: ColorBy, place: Place) -> Option<f32> {
        let message = self.message;
        match place {
            Place::Written(index) => {
                colour::fraction_at(by, &message.node.answer.as_ref()?.traces, index)
            }
            Place::Read(index) => {
                let reading = message.session.reading(message.node.id)?;
                colour::fraction(by, reading.tokens.get(index)?.odds.as_deref()?)
            }
        }
    }

    /// A character that several tokens wrote is under the cursor with each of them.
    fn is_under(&self, cursor: TokenCursor, raw: usize, place: Place) -> bool {
        if cursor.place == place {
            return true;
        }
        let Some(span) = self.message.span(cursor.place) else {
            return false;
        };
        let end = raw + flow::unit_len(&self.message.node.content[raw..]);
        span.start < end && span.end > raw
    }
}
