//! The text of an answer from one of its tokens on, as a heat map.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::chat::Node;
use crate::chat::branches::{self, Certainty};
use crate::config::{ColorBy, Part};
use crate::text;
use crate::tui::app::App;
use crate::tui::flow::{self, Row};
use crate::tui::{colour, format};
use crate::words::nouns;
use crate::words::tui::branches as words;

/// Bytes at the end of a text that can fill the widest row.
const EXCERPT: usize = 600;

/// A message whose tokens are coloured.
pub(super) struct Heat<'a> {
    pub app: &'a App,
    pub node: &'a Node,
    /// The bytes of its tokens.
    pub spans: &'a [Range<usize>],
    /// The byte whose token is marked.
    pub marked: Option<usize>,
}

impl Heat<'_> {
    /// Draws a row of it.
    pub(super) fn row(&self, row: Row, area: Rect, buffer: &mut Buffer) {
        let base = self.app.theme.style(Part::Text);
        flow::draw(&self.node.content, row, area, buffer, |raw| {
            self.style(raw, base)
        });
    }

    fn style(&self, raw: usize, base: Style) -> Style {
        let index = self.spans.partition_point(|span| span.end <= raw);
        let Some(span) = self.spans.get(index).filter(|span| span.contains(&raw)) else {
            return base;
        };
        if self.marked.is_some_and(|at| span.contains(&at)) {
            return self.app.theme.style(Part::Cursor);
        }
        // A comparison without colours would tell little: what is off elsewhere is on here.
        let by = match self.app.color_by {
            ColorBy::Off => ColorBy::Probability,
            by => by,
        };
        let answer = self.node.answer.as_deref();
        match answer.and_then(|answer| colour::fraction_at(by, &answer.traces, index)) {
            Some(fraction) => base.patch(self.app.theme.scale(fraction)),
            None => base,
        }
    }
}

/// The token that an answer has at the byte `from`, and its probability; `width` columns are
/// there for both.
pub(super) fn opening(
    app: &App,
    node: &Node,
    from: usize,
    certainty: &Certainty,
    width: u16,
) -> Vec<Span<'static>> {
    let theme = &app.theme;
    let mut spans = vec![match branches::token_over(node, from) {
        Some((_, span)) => {
            let token = text::visible_piece(&node.content[from..span.end]);
            let room = usize::from(width).saturating_sub(16).max(4);
            let token = text::fit(&token, room).into_owned();
            Span::styled(token, theme.style(Part::Cursor))
        }
        None if from >= node.content.len() => {
            Span::styled(words::ENDS_HERE, theme.style(Part::Dim))
        }
        None => Span::styled(words::TYPED, theme.style(Part::Dim)),
    }];
    if let Some(logprob) = certainty.first {
        let percent = format!(" {} %", format::percent(logprob.exp()));
        spans.push(Span::styled(percent, theme.style(Part::Text)));
    }
    spans
}

/// How sure the model was: `perplexity 2.31, 42 tokens`.
pub(super) fn sureness(certainty: &Certainty) -> Option<String> {
    let perplexity = certainty.perplexity?;
    let tokens = format::count(certainty.tokens, nouns::TOKEN);
    Some(words::sureness(perplexity, tokens))
}

/// The same without how many tokens that is of.
pub(super) fn perplexity(certainty: &Certainty) -> Option<String> {
    certainty.perplexity.map(words::perplexity)
}

/// The end of a text on one line, of more columns than there are; what a token left of a
/// character is told as bytes.
pub(super) fn end_of(bytes: &[u8]) -> String {
    let bytes = bytes.trim_ascii_end();
    let from = bytes.len().saturating_sub(EXCERPT);
    let start = text::whole_characters(bytes, from..bytes.len()).start;
    text::visible_bytes(&bytes[start..])
}

/// The end of a text in at most this many columns.
pub(super) fn last_columns(text: &str, columns: usize) -> String {
    if text::width(text) <= columns {
        return text.to_owned();
    }
    let mut start = text.len();
    let mut used = 1;
    for (at, letter) in text.char_indices().rev() {
        used += text::width(letter.encode_utf8(&mut [0; 4])).max(1);
        if used > columns {
            break;
        }
        start = at;
    }
    format!("…{}", &text[start..])
}
