//! Horizontal bars in eighths of a column.

use ratatui::style::Style;
use ratatui::text::Span;

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of `share` (0..=1) of `columns`. Something that is not nothing is seen.
#[must_use]
pub fn bar(share: f32, columns: usize) -> String {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let mut eighths = (share * columns as f32 * 8.0).round() as usize;
    if eighths == 0 && share > 0.0 && columns > 0 {
        eighths = 1;
    }
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(EIGHTHS[eighths % 8]);
    bar
}

/// The same, with plain spaces up to its full length.
#[must_use]
pub fn spans(share: f32, columns: usize, style: Style) -> [Span<'static>; 2] {
    let bar = bar(share, columns);
    let rest = columns.saturating_sub(bar.chars().count());
    [Span::styled(bar, style), Span::raw(" ".repeat(rest))]
}

/// The same, filled up to its full length with a light ground.
#[must_use]
pub fn gauge(share: f32, columns: usize) -> (String, String) {
    let bar = bar(share, columns);
    let rest = columns.saturating_sub(bar.chars().count());
    (bar, "·".repeat(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(0.0, 10), "");
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 3), "█▌");
        assert_eq!(bar(0.0001, 10), "▏");
        assert_eq!(bar(7.0, 2), "██");
        assert_eq!(bar(f32::NAN, 2), "");
        assert_eq!(gauge(0.5, 3), ("█▌".to_owned(), "·".to_owned()));
    }
}
