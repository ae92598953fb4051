//! The borders between panes: finding one, and moving it.

use ratatui::layout::{Position, Rect};

use super::{Areas, Pane};
use crate::config::Panes;

/// Columns of a pane that the user may come down to, borders included.
pub(super) const LEAST_COLUMNS: u16 = 24;
/// Rows of a pane that the user may come down to, borders included.
pub(super) const LEAST_ROWS: u16 = 4;

/// A border that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// The one at the right of the conversation.
    Beside,
    /// The one above the lower pane.
    Above,
}

impl Areas {
    /// The border that can be moved which runs through a cell.
    #[must_use]
    pub fn border_at(&self, column: u16, row: u16) -> Option<Border> {
        let at = Position::new(column, row);
        let right = self.tokens.or(self.throughput)?;
        let conversation = self.conversation?;
        let lower = self.lower().map(|(_, area)| area);
        if lower.is_some_and(|area| area.y == row && area.contains(at) && column > area.x) {
            Some(Border::Above)
        } else if right.x > conversation.x && column == right.x && conversation.contains(at) {
            Some(Border::Beside)
        } else {
            None
        }
    }

    /// The pane that lies below another one.
    #[must_use]
    pub fn lower(&self) -> Option<(Pane, Rect)> {
        let conversation = self.conversation?;
        match (self.tokens, self.throughput) {
            (Some(_), Some(area)) => Some((Pane::Throughput, area)),
            (Some(area), None) if area.y > conversation.y => Some((Pane::Tokens, area)),
            _ => None,
        }
    }

    /// The panes with a border moved to a column or row of the screen, as far as it goes.
    #[must_use]
    pub fn moved(&self, border: Border, to: u16, mut panes: Panes) -> Panes {
        let Some(conversation) = self.conversation else {
            return panes;
        };
        match border {
            Border::Beside => {
                if let Some(right) = self.tokens.or(self.throughput)
                    && right.x > conversation.x
                {
                    let main = right.right() - conversation.x;
                    let columns = right.right().saturating_sub(to);
                    panes.columns = Some(clamp_columns(columns, main));
                }
            }
            Border::Above => {
                if let Some((pane, area)) = self.lower() {
                    let whole = area.bottom() - conversation.y;
                    let rows = clamp_rows(area.bottom().saturating_sub(to), whole);
                    match pane {
                        Pane::Throughput => panes.throughput_rows = Some(rows),
                        Pane::Conversation | Pane::Tokens => panes.token_rows = Some(rows),
                    }
                }
            }
        }
        panes
    }

    /// The pane that is seen at a cell.
    #[must_use]
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let at = Position::new(column, row);
        [
            (Pane::Tokens, self.tokens),
            (Pane::Throughput, self.throughput),
            (Pane::Conversation, self.conversation),
        ]
        .into_iter()
        .find(|(_, area)| area.is_some_and(|area| area.contains(at)))
        .map(|(pane, _)| pane)
    }
}

/// Columns for the panes at the right, of those that the conversation shares with them.
pub(super) fn clamp_columns(columns: u16, main: u16) -> u16 {
    columns.clamp(
        LEAST_COLUMNS,
        main.saturating_sub(LEAST_COLUMNS).max(LEAST_COLUMNS),
    )
}

/// Rows for the lower of two panes; they share one.
pub(super) fn clamp_rows(rows: u16, main: u16) -> u16 {
    rows.clamp(
        LEAST_ROWS,
        (main + 1).saturating_sub(LEAST_ROWS).max(LEAST_ROWS),
    )
}
