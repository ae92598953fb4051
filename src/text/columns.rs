//! Texts that are filled up by what they take on a screen: a Chinese character takes two columns.

use super::width;

/// At the left of so many columns.
#[must_use]
pub fn left(cell: &str, columns: usize) -> String {
    format!("{cell}{}", gap(cell, columns))
}

/// At the right of so many columns.
#[must_use]
pub fn right(cell: &str, columns: usize) -> String {
    format!("{}{cell}", gap(cell, columns))
}

fn gap(cell: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(width(cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_filled_up_by_columns() {
        assert_eq!(left("词元", 6), "词元  ");
        assert_eq!(right("词元", 6), "  词元");
        assert_eq!(right("a long one", 4), "a long one");
    }
}
