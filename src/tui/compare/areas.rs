//! What is where on the screen of a comparison, at every size.

use ratatui::layout::{Position, Rect};

/// From this width on the maps stand side by side.
const WIDE: u16 = 100;
/// From this height on there are candidates.
const HIGH: u16 = 16;
/// From this size on there are borders.
const FRAMED: (u16, u16) = (40, 13);
/// Rows of the token at most, its borders included.
const TOKEN_ROWS: u16 = 16;

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    pub a: Rect,
    pub b: Rect,
    /// The token under the cursor.
    pub token: Rect,
    pub framed: bool,
}

impl Areas {
    pub fn divide(screen: Rect) -> Self {
        let framed = screen.width >= FRAMED.0 && screen.height >= FRAMED.1;
        let token_rows = if screen.height >= HIGH {
            (screen.height * 2 / 5).min(TOKEN_ROWS)
        } else if framed {
            3
        } else {
            screen.height.min(2)
        };
        // Neighbours share a border.
        let shared = u16::from(framed);
        let maps = Rect {
            height: screen.height - token_rows + shared,
            ..screen
        };
        let token = Rect {
            y: screen.bottom() - token_rows,
            height: token_rows,
            ..screen
        };
        let (a, b) = if framed && screen.width >= WIDE {
            side_by_side(maps)
        } else {
            one_above_the_other(maps, shared)
        };
        Self {
            a,
            b,
            token,
            framed,
        }
    }

    /// The screen with the token alone.
    pub fn whole(screen: Rect) -> Self {
        Self {
            a: Rect::ZERO,
            b: Rect::ZERO,
            token: screen,
            ..Self::divide(screen)
        }
    }

    /// What of an area is between the borders; without them, what is below the title.
    pub fn inside(&self, area: Rect) -> Rect {
        let (side, below) = if self.framed { (2, 2) } else { (0, 1) };
        Rect {
            x: area.x + side.min(area.width),
            y: area.y + 1.min(area.height),
            width: area.width.saturating_sub(2 * side),
            height: area.height.saturating_sub(below),
        }
    }

    /// The row and the column of either map at a cell of the screen.
    pub fn cell(&self, column: u16, row: u16) -> Option<(usize, usize)> {
        let at = Position::new(column, row);
        let maps = [self.a, self.b].map(|area| self.inside(area));
        let map = maps.into_iter().find(|map| map.contains(at))?;
        Some((usize::from(row - map.y), usize::from(column - map.x)))
    }
}

/// Two halves that share a border.
fn side_by_side(maps: Rect) -> (Rect, Rect) {
    let left = maps.width / 2;
    let a = Rect {
        width: left + 1,
        ..maps
    };
    let b = Rect {
        x: maps.x + left,
        width: maps.width - left,
        ..maps
    };
    (a, b)
}

fn one_above_the_other(maps: Rect, shared: u16) -> (Rect, Rect) {
    let upper = maps.height.div_ceil(2);
    let lower = maps.height - upper + shared.min(upper);
    let a = Rect {
        height: upper,
        ..maps
    };
    let b = Rect {
        y: maps.bottom() - lower,
        height: lower,
        ..maps
    };
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_lies_on_the_screen_and_both_maps_are_alike() {
        for width in 0..140 {
            for height in 0..40 {
                let screen = Rect::new(0, 0, width, height);
                let areas = Areas::divide(screen);
                for area in [areas.a, areas.b, areas.token] {
                    assert_eq!(area.intersection(screen), area, "{screen}: {areas:?}");
                    let inside = areas.inside(area);
                    assert_eq!(inside.intersection(area), inside, "{screen}: {areas:?}");
                }
                let alike = areas.a.height.abs_diff(areas.b.height) <= 1
                    && areas.a.width.abs_diff(areas.b.width) <= 1;
                assert!(alike, "{screen}: {areas:?}");
            }
        }
    }

    #[test]
    fn a_cell_is_found_in_both_maps_and_not_beside_them() {
        let areas = Areas::divide(Rect::new(0, 0, 80, 24));
        let (a, b) = (areas.inside(areas.a), areas.inside(areas.b));
        assert_eq!(areas.cell(a.x + 5, a.y + 1), Some((1, 5)));
        assert_eq!(areas.cell(b.x + 5, b.y + 1), Some((1, 5)));
        assert_eq!(areas.cell(0, 0), None);
        assert_eq!(areas.cell(areas.token.x + 3, areas.token.y + 1), None);
    }
}
