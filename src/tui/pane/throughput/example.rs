//! What the pane will show, before there was an answer to measure.
//!
//! ```text
//!  model    none is loaded
//!
//!  How fast each answer comes, and what it takes, is shown here.
//!  An example:
//!  decode     131 tok/s   ▂▄▅▆▆▇▇▆▇▇▇▆▇
//!  prefill  19 tokens in 62 ms
//!  first    74 ms to the first token
//!  answer   42 tokens in 320 ms
//!  context  83 of 2,048  ▌·········   4 %
//! ```

use std::time::Duration;

use ratatui::text::{Line, Span};

use super::{LABEL, Row, Rows};
use crate::config::Part;
use crate::text;
use crate::tui::format;
use crate::words::nouns;
use crate::words::tui::throughput as words;

/// Invented, as those of the token pane are.
const BARS: &str = "▂▄▅▆▆▇▇▆▇▇▇▆▇";
const CONTEXT: (u32, u32) = (83, 2048);

impl<'a> Rows<'a> {
    /// The rows below the one on the engine.
    pub(super) fn example(&self) -> Vec<Line<'a>> {
        let dim = self.app.theme.style(Part::Dim);
        let width = (self.width + LABEL).max(1);
        let mut lines = vec![Line::default()];
        for says in [words::SHOWN_HERE.text(), words::AN_EXAMPLE.text()] {
            let rows = text::wrap(says, width).into_iter();
            lines.extend(rows.map(|row| Line::styled(&says[row], dim)));
        }
        lines.extend(self.invented().into_iter().map(|row| self.line(row)));
        lines
    }

    fn invented(&self) -> [Row<'a>; 5] {
        let tokens = |number| format::count(number, nouns::TOKEN);
        let took = |milliseconds| format::duration(Duration::from_millis(milliseconds));
        let mut decode = self.plain("  131 tok/s   ");
        let room = self.width.saturating_sub(decode.width());
        decode.spans.push(Span::styled(
            text::fit(BARS, room),
            self.app.theme.style(Part::Sparkline),
        ));
        [
            (words::DECODE, decode),
            (
                words::PREFILL,
                self.says(tokens(19), &[&words::in_time(took(62))]),
            ),
            (words::FIRST, self.says(took(74), &[&words::TO_FIRST_TOKEN])),
            (
                words::ANSWER,
                self.says(tokens(42), &[&words::in_time(took(320))]),
            ),
            (words::CONTEXT, self.filled(CONTEXT)),
        ]
    }
}
