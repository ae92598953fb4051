//! A list in a window of rows: which row is first, and whether more lies beyond.

use std::cell::Cell;
use std::ops::Range;

use crate::words::tui::format as words;

/// Where a list is. What the window and the list had is noted while they are drawn, so that
/// scrolling stops at the ends.
#[derive(Debug, Default)]
pub struct Scroll {
    first: Cell<usize>,
    height: Cell<usize>,
    total: Cell<usize>,
}

impl Scroll {
    /// Scrolls by rows; negative is up.
    pub fn by(&self, rows: isize) {
        let first = self.first.get().saturating_add_signed(rows);
        self.first.set(first.min(self.last()));
    }

    /// Rows of a page that overlaps the one before by one.
    #[must_use]
    pub fn page(&self) -> isize {
        self.height.get().saturating_sub(1).max(1).cast_signed()
    }

    /// Back to the beginning.
    pub fn reset(&self) {
        self.first.set(0);
    }

    /// The rows that are seen, in a window of `height` on a list of `total`; with `show` among
    /// them.
    #[must_use]
    pub fn window(&self, height: usize, total: usize, show: Option<usize>) -> Range<usize> {
        self.height.set(height);
        self.total.set(total);
        let mut first = self.first.get().min(self.last());
        if let Some(show) = show {
            first = first.min(show).max((show + 1).saturating_sub(height));
        }
        self.first.set(first);
        first..(first + height).min(total)
    }

    /// What is said of rows that are not seen; `None` where all are.
    #[must_use]
    pub fn more(&self) -> Option<String> {
        let above = self.first.get();
        let below = self.total.get().saturating_sub(above + self.height.get());
        match (above, below) {
            (0, 0) => None,
            (0, below) => Some(words::more_below(below)),
            (above, 0) => Some(words::more_above(above)),
            (above, below) => Some(words::more_around(above, below)),
        }
    }

    fn last(&self) -> usize {
        self.total.get().saturating_sub(self.height.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_the_ends_and_says_what_lies_beyond() {
        let scroll = Scroll::default();
        assert_eq!(scroll.window(3, 10, None), 0..3);
        assert_eq!(scroll.more().as_deref(), Some("7 more below"));
        scroll.by(2);
        assert_eq!(scroll.window(3, 10, None), 2..5);
        assert_eq!(scroll.more().as_deref(), Some("2 above, 5 below"));
        scroll.by(isize::MAX);
        assert_eq!(scroll.window(3, 10, None), 7..10);
        assert_eq!(scroll.more().as_deref(), Some("7 more above"));
        scroll.by(isize::MIN);
        assert_eq!(scroll.window(3, 10, None), 0..3);
        // A list that became short is seen whole.
        scroll.by(5);
        assert_eq!(scroll.window(3, 2, None), 0..2);
        assert_eq!(scroll.more(), None);
    }

    #[test]
    fn what_is_to_be_seen_is_and_the_window_moves_as_little_as_it_has_to() {
        let scroll = Scroll::default();
        assert_eq!(scroll.window(3, 10, Some(5)), 3..6);
        assert_eq!(scroll.window(3, 10, Some(4)), 3..6);
        assert_eq!(scroll.window(3, 10, Some(1)), 1..4);
    }
}
