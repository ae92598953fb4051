//! How open the choice was along the message: a row of bars, with the cursor on it.
//!
//! ```text
//! entropy ▁▂▅█▃▁▁▂▇▂
//!             ^ the cursor, in its own style
//! ```

use ratatui::text::{Line, Span};

use super::View;
use crate::config::Part;
use crate::metrics::Sparkline;
use crate::text;
use crate::words::tui::tokens as words;

/// Fewer columns say nothing.
const LEAST: usize = 8;

/// The row; `None` where no entropy is known, or there is no room.
pub(super) fn line<'a>(view: &View<'a>) -> Option<Line<'a>> {
    let columns = view
        .width
        .checked_sub(text::width(&words::ENTROPY_BARS) + LEAST)?
        + LEAST;
    let along = &view.app.along;
    let shown = along.entropies(view.tokens, columns, |tokens, columns| {
        let entropies: Vec<Option<f32>> = tokens.iter().map(|token| token.entropy).collect();
        resampled(&entropies, columns)
    });
    if shown.iter().all(Option::is_none) {
        return None;
    }
    let mut samples = Sparkline::new(shown.len());
    for entropy in &shown {
        samples.push(entropy.unwrap_or(0.0));
    }
    let under = column(view.at.number, view.tokens.len(), shown.len());
    let mut line = Line::from(Span::styled(words::ENTROPY_BARS, view.style(Part::Dim)));
    let bars = samples.bars(shown.len());
    for (index, (bar, entropy)) in bars.chars().zip(&shown).enumerate() {
        let bar = if entropy.is_some() { bar } else { ' ' };
        let part = if index == under {
            Part::Cursor
        } else {
            Part::Sparkline
        };
        line.push_span(Span::styled(bar.to_string(), view.style(part)));
    }
    Some(line)
}

/// At most this many values that stand for all; each is the largest of those it stands for, so
/// that no peak is lost.
fn resampled(values: &[Option<f32>], columns: usize) -> Vec<Option<f32>> {
    let count = values.len().min(columns);
    let mut shown: Vec<Option<f32>> = vec![None; count];
    for (index, value) in values.iter().enumerate() {
        let place = &mut shown[column(index, values.len(), count)];
        *place = match (*place, *value) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        };
    }
    shown
}

/// Which of `columns` stands for the value `index` of `count`.
fn column(index: usize, count: usize, columns: usize) -> usize {
    if count == 0 {
        return 0;
    }
    (index * columns / count).min(columns.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_message_has_a_column_for_each_token() {
        let values = [Some(1.0), None, Some(3.0)];
        assert_eq!(resampled(&values, 40), values);
        assert_eq!(column(2, 3, 3), 2);
    }

    #[test]
    fn a_long_message_keeps_its_peaks_and_the_cursor_its_place() {
        let mut values = vec![Some(0.1); 1000];
        values[777] = Some(9.0);
        let shown = resampled(&values, 50);
        assert_eq!(shown.len(), 50);
        assert_eq!(shown[column(777, 1000, 50)], Some(9.0));
        assert_eq!(shown.iter().filter(|one| **one == Some(9.0)).count(), 1);
        assert_eq!((column(0, 1000, 50), column(999, 1000, 50)), (0, 49));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(resampled(&[], 20), []);
        assert_eq!(resampled(&[None, None, None, None], 2), [None, None]);
    }
}
