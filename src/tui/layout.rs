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
//! Areas that touch share their border: they overlap by one row or column. A pane can be hidden,
//! a border moved, and one pane take the place of all ([`Panes`], [`Wish::zoomed`]).

mod border;

use ratatui::layout::Rect;

use self::border::{LEAST_ROWS, clamp_columns, clamp_rows};
use crate::config::Panes;
use crate::words::Phrase;
use crate::words::tui::view as words;

pub use border::Border;

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
    pub fn title(self) -> Phrase {
        match self {
            Self::Conversation => words::CONVERSATION,
            Self::Tokens => words::TOKEN,
            Self::Throughput => words::THROUGHPUT,
        }
    }
}

/// From this width on the three panes are seen at once.
const WIDE: u16 = 100;
/// Below this the conversation stands alone.
const SMALLEST: (u16, u16) = (40, 10);
/// Rows of the token pane with its borders that are worth having.
const TOKEN_ROWS: u16 = 8;
/// Rows with which it shows all that it mostly has.
const AMPLE_TOKEN_ROWS: u16 = 17;

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
    /// Rows it would like beyond them, where the token pane keeps enough.
    pub further_rows: u16,
    /// Rows the input wants, without borders.
    pub input_rows: u16,
    /// The token cursor is in use: its token is to be seen beside the conversation.
    pub token_cursor: bool,
    /// What the user hid and moved.
    pub panes: Panes,
    /// `pane` is to have the room of all.
    pub zoomed: bool,
}

impl Wish {
    /// The pane to show alone; one that is hidden gives way to the conversation.
    fn alone(&self) -> Pane {
        if is_hidden(&self.panes, self.pane) {
            Pane::Conversation
        } else {
            self.pane
        }
    }
}

/// Whether the user hid a pane; nobody hides the conversation.
#[must_use]
pub fn is_hidden(panes: &Panes, pane: Pane) -> bool {
    match pane {
        Pane::Conversation => false,
        Pane::Tokens => panes.tokens_hidden,
        Pane::Throughput => panes.throughput_hidden,
    }
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
    if wish.zoomed {
        alone(main, areas, wish.alone())
    } else if screen.width >= WIDE && main.height >= TOKEN_ROWS + 4 {
        wide(main, areas, wish)
    } else {
        tabbed(main, areas, wish)
    }
}

fn wide(main: Rect, areas: Areas, wish: Wish) -> Areas {
    let Panes {
        tokens_hidden,
        throughput_hidden,
        ..
    } = wish.panes;
    if tokens_hidden && throughput_hidden {
        return Areas {
            conversation: Some(main),
            ..areas
        };
    }
    let columns = side_columns(main.width, wish.panes);
    let x = main.right() - columns;
    let conversation = Rect {
        width: x + 1 - main.x,
        ..main
    };
    let right = Rect {
        x,
        width: columns,
        ..main
    };
    let areas = Areas {
        conversation: Some(conversation),
        ..areas
    };
    if tokens_hidden {
        return Areas {
            throughput: Some(right),
            ..areas
        };
    }
    if throughput_hidden {
        return Areas {
            tokens: Some(right),
            ..areas
        };
    }
    let rows = match wish.panes.throughput_rows {
        Some(rows) => clamp_rows(rows, main.height),
        None => wish
            .throughput_rows
            .saturating_add(2 + spare_rows(main.height, wish))
            .min(main.height.saturating_sub(TOKEN_ROWS) + 1)
            .max(LEAST_ROWS),
    };
    let (tokens, throughput) = stacked(right, rows);
    Areas {
        tokens: Some(tokens),
        throughput: Some(throughput),
        ..areas
    }
}

/// Columns of the panes beside the conversation, with their borders.
#[must_use]
pub fn side_columns(width: u16, panes: Panes) -> u16 {
    match panes.columns {
        Some(columns) => clamp_columns(columns, width),
        None => (width * 2 / 5).clamp(46, 76),
    }
}

/// Of the rows that the throughput pane would like beyond what it needs, those that the token
/// pane can spare: all of them or none.
fn spare_rows(height: u16, wish: Wish) -> u16 {
    let all = wish
        .throughput_rows
        .saturating_add(wish.further_rows)
        .saturating_add(1 + AMPLE_TOKEN_ROWS);
    if all <= height { wish.further_rows } else { 0 }
}

/// Two panes above each other, of which the lower one has so many rows.
fn stacked(area: Rect, rows: u16) -> (Rect, Rect) {
    let y = area.bottom() - rows;
    let above = Rect {
        height: y + 1 - area.y,
        ..area
    };
    let below = Rect {
        y,
        height: rows,
        ..area
    };
    (above, below)
}

fn tabbed(main: Rect, areas: Areas, wish: Wish) -> Areas {
    let pane = wish.alone();
    let beside = wish.token_cursor && !wish.panes.tokens_hidden;
    if pane != Pane::Conversation || !beside || main.height < 2 * TOKEN_ROWS {
        return alone(main, areas, pane);
    }
    let rows = match wish.panes.token_rows {
        Some(rows) => clamp_rows(rows, main.height),
        None => main.height / 2,
    };
    let (conversation, tokens) = stacked(main, rows);
    Areas {
        tabbed: true,
        conversation: Some(conversation),
        tokens: Some(tokens),
        ..areas
    }
}

fn alone(main: Rect, areas: Areas, pane: Pane) -> Areas {
    let mut areas = Areas {
        tabbed: true,
        ..areas
    };
    match pane {
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
mod tests;
