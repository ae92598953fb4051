//! Where everything is, at every size.
//!
//! ```text
//!  100 columns or more            narrower                under 40x10
//!  ┌ conversation ─┬ token ─┐     ┌ conversation│… ─┐     conversation
//!  │               │        │     │                 │
//!  │               ├ speed ─┤     │  one pane       │     › input
//!  ├───────────────┴────────┤     ├─────────────────┤
//!  │ › input                │     │ › input         │
//!  └ status ────────────────┘     └ status ─────────┘
//! ```
//!
//! Areas that touch share their border: they overlap by one row or column.

use ratatui::layout::Rect;

/// The panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    Conversation,
    Tokens,
    Throughput,
}

impl Pane {
    pub const ALL: [Self; 3] = [Self::Conversation, Self::Tokens, Self::Throughput];

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Tokens => "token",
            Self::Throughput => "throughput",
        }
    }
}

/// From this width on the three panes are seen at once.
const WIDE: u16 = 100;
/// Below this the conversation stands alone.
const SMALLEST: (u16, u16) = (40, 10);
/// Rows of the token pane with its borders that are worth having.
const TOKEN_ROWS: u16 = 8;

/// The areas of one frame. A pane that is not seen has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    pub conversation: Option<Rect>,
    pub tokens: Option<Rect>,
    pub throughput: Option<Rect>,
    pub input: Rect,
    /// Whether areas have borders, and the input the status line in its lower one.
    pub framed: bool,
    /// Whether one pane is seen at a time.
    pub tabbed: bool,
}

/// What decides beside the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The pane to show where there is room for one.
    pub pane: Pane,
    /// Rows the throughput pane has something to say on, without borders.
    pub throughput_rows: u16,
    /// Rows the input wants, without borders.
    pub input_rows: u16,
    /// The token cursor is in use: its token is to be seen beside the conversation.
    pub token_cursor: bool,
}

/// Divides the screen.
#[must_use]
pub fn divide(screen: Rect, wish: Wish) -> Areas {
    if screen.width < SMALLEST.0 || screen.height < SMALLEST.1 {
        return bare(screen, wish);
    }
    // Never more than a third for the input.
    let rows = wish.input_rows.clamp(1, (screen.height / 3).max(1));
    let input = Rect {
        y: screen.bottom() - rows - 2,
        height: rows + 2,
        ..screen
    };
    let main = Rect {
        height: input.y + 1 - screen.y,
        ..screen
    };
    let areas = Areas {
        input,
        framed: true,
        ..Areas::default()
    };
    if screen.width >= WIDE && main.height >= TOKEN_ROWS + 4 {
        wide(main, areas, wish)
    } else {
        tabbed(main, areas, wish)
    }
}

fn wide(main: Rect, areas: Areas, wish: Wish) -> Areas {
    let right = (main.width * 2 / 5).clamp(46, 76);
    let x = main.right() - right;
    let conversation = Rect {
        width: x + 1 - main.x,
        ..main
    };
    let throughput_rows = wish
        .throughput_rows
        .saturating_add(2)
        .min(main.height.saturating_sub(TOKEN_ROWS) + 1)
        .max(4);
    let y = main.bottom() - throughput_rows;
    Areas {
        conversation: Some(conversation),
        tokens: Some(Rect {
            x,
            width: right,
            height: y + 1 - main.y,
            ..main
        }),
        throughput: Some(Rect {
            x,
            y,
            width: right,
            height: throughput_rows,
        }),
        ..areas
    }
}

fn tabbed(main: Rect, areas: Areas, wish: Wish) -> Areas {
    let mut areas = Areas {
        tabbed: true,
        ..areas
    };
    match wish.pane {
        Pane::Conversation if wish.token_cursor && main.height >= 2 * TOKEN_ROWS => {
            let rows = main.height / 2;
            areas.conversation = Some(Rect {
                height: main.height - rows + 1,
                ..main
            });
            areas.tokens = Some(Rect {
                y: main.bottom() - rows,
                height: rows,
                ..main
            });
        }
        Pane::Conversation => areas.conversation = Some(main),
        Pane::Tokens => areas.tokens = Some(main),
        Pane::Throughput => areas.throughput = Some(main),
    }
    areas
}

/// No borders, and the last row for the input where there is more than one.
fn bare(screen: Rect, wish: Wish) -> Areas {
    let rows = if screen.height < 2 {
        0
    } else {
        wish.input_rows.clamp(1, (screen.height / 3).max(1))
    };
    Areas {
        conversation: Some(Rect {
            height: screen.height - rows,
            ..screen
        }),
        input: Rect {
            y: screen.bottom() - rows,
            height: rows,
            ..screen
        },
        tabbed: true,
        ..Areas::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(pane: Pane) -> Wish {
        Wish {
            pane,
            throughput_rows: 9,
            input_rows: 1,
            token_cursor: false,
        }
    }

    fn all(areas: &Areas) -> Vec<Rect> {
        [areas.conversation, areas.tokens, areas.throughput]
            .into_iter()
            .flatten()
            .collect()
    }

    #[test]
    fn a_hundred_columns_show_three_panes() {
        let areas = divide(Rect::new(0, 0, 100, 24), wish(Pane::Conversation));
        assert_eq!(all(&areas).len(), 3);
        assert!(!areas.tabbed);
        let areas = divide(Rect::new(0, 0, 99, 24), wish(Pane::Conversation));
        assert_eq!(all(&areas).len(), 1);
        assert!(areas.tabbed && areas.framed);
    }

    #[test]
    fn a_narrow_screen_shows_the_pane_that_was_chosen() {
        let areas = divide(Rect::new(0, 0, 80, 24), wish(Pane::Throughput));
        assert!(areas.throughput.is_some() && areas.conversation.is_none());
    }

    #[test]
    fn the_token_cursor_brings_its_token_along() {
        let wish = Wish {
            token_cursor: true,
            ..wish(Pane::Conversation)
        };
        let areas = divide(Rect::new(0, 0, 80, 24), wish);
        assert!(areas.conversation.is_some() && areas.tokens.is_some());
        let areas = divide(Rect::new(0, 0, 40, 10), wish);
        assert!(areas.conversation.is_some() && areas.tokens.is_none());
    }

    #[test]
    fn under_forty_by_ten_the_conversation_stands_alone() {
        for (width, height) in [(39, 24), (80, 9), (1, 1), (1, 2), (0, 0)] {
            let areas = divide(Rect::new(0, 0, width, height), wish(Pane::Tokens));
            assert!(!areas.framed);
            assert_eq!(all(&areas).len(), 1);
            assert!(areas.conversation.is_some());
        }
    }

    #[test]
    fn every_area_lies_on_the_screen() {
        for width in (0..240).step_by(7) {
            for height in 0..60 {
                for pane in Pane::ALL {
                    for (input_rows, token_cursor) in [(1, false), (9, true), (u16::MAX, true)] {
                        let screen = Rect::new(0, 0, width, height);
                        let wish = Wish {
                            pane,
                            throughput_rows: input_rows,
                            input_rows,
                            token_cursor,
                        };
                        let areas = divide(screen, wish);
                        for area in all(&areas).into_iter().chain([areas.input]) {
                            assert_eq!(area.intersection(screen), area, "{screen}: {areas:?}");
                        }
                    }
                }
            }
        }
    }
}
