//! What lies over the panes: a stack of layers, of which the last has the keys.

pub mod help;
pub mod picker;
pub mod text;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Widget};

pub use picker::{Choice, Item, Picker};
pub use text::{TextLayer, TextRow};

use crate::config::{Keymap, Part, Theme};

/// Something that lies over the panes.
#[derive(Debug)]
pub enum Layer {
    /// To be read.
    Text(TextLayer),
    /// To be chosen from.
    Picker(Picker),
}

/// What became of a key.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// The layer knows no such key; nobody below gets it either.
    Ignored,
    Consumed,
    Close,
    Chosen(Choice),
}

impl Layer {
    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, keymap: &Keymap) -> Outcome {
        match self {
            Self::Text(layer) => layer.key(key, keymap),
            Self::Picker(picker) => picker.key(key, keymap),
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Self::Picker(picker) = self {
            picker.filter_with(text);
        }
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, rows: i32) {
        match self {
            Self::Text(layer) => layer.scroll(rows as isize),
            Self::Picker(picker) => picker.go(rows as isize),
        }
    }

    /// Draws the layer over what is there.
    pub fn render(&mut self, theme: &Theme, screen: Rect, buffer: &mut Buffer) {
        match self {
            Self::Text(layer) => layer.render(theme, screen, buffer),
            Self::Picker(picker) => picker.render(theme, screen, buffer),
        }
    }
}

/// Clears a box in the middle of the screen and frames it; gives its inside. On a small screen
/// the box is all of it.
fn open_box(
    theme: &Theme,
    screen: Rect,
    (width, height): (u16, u16),
    title: &str,
    buffer: &mut Buffer,
) -> Rect {
    let small = screen.width < 60 || screen.height < 16;
    let (width, height) = if small {
        (screen.width, screen.height)
    } else {
        (width.min(screen.width - 4), height.min(screen.height - 2))
    };
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 3,
        width,
        height,
    };
    Clear.render(area, buffer);
    let title = crate::text::visible_line(title);
    let block = Block::bordered()
        .border_style(theme.style(Part::BorderFocused))
        .title(ratatui::text::Line::styled(
            format!(" {title} "),
            theme.style(Part::Title),
        ));
    let inside = block.inner(area);
    block.render(area, buffer);
    Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        ..inside
    }
    .intersection(area)
}
