//! What lies over the panes: a stack of layers, of which the last has the keys.

pub mod attention;
pub mod bind;
pub mod compare;
pub mod confirm;
pub mod conversations;
pub mod fan;
mod heat;
pub mod help;
pub mod picker;
pub mod sampler;
pub mod text;
pub mod tree;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget};

pub use attention::AttentionLayer;
pub use bind::BindLayer;
pub use compare::CompareLayer;
pub use confirm::Confirm;
pub use conversations::{Change, ConversationsLayer};
pub use fan::FanLayer;
pub use picker::{Choice, Item, Picker};
pub use sampler::SamplerLayer;
pub use text::{TextLayer, TextRow};
pub use tree::TreeLayer;

use super::app::App;
use crate::chat::{MessageId, Session, UserEvent};
use crate::config::{Action, Chord, Context, Keymap, Part, Theme};

/// Something that lies over the panes.
#[derive(Debug)]
pub enum Layer {
    /// To be read.
    Text(TextLayer),
    /// To be chosen from.
    Picker(Picker),
    /// To be answered.
    Confirm(Confirm),
    /// The stored conversations.
    Conversations(Box<ConversationsLayer>),
    /// The branches of the conversation.
    Tree(TreeLayer),
    /// Two of them side by side.
    Compare(Box<CompareLayer>),
    /// Continuations that are written together.
    Fan(FanLayer),
    /// Another key for an action.
    Bind(BindLayer),
    /// Where the model looked at a token.
    Attention(Box<AttentionLayer>),
    /// The sampler settings.
    Sampler(Box<SamplerLayer>),
}

/// What became of a key.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// The layer knows no such key; nobody below gets it either.
    Ignored,
    Consumed,
    Close,
    /// What is being written is to be stopped.
    Stop,
    /// Something for the session; the layer stays.
    User(UserEvent),
    /// The sampler settings of now are to be kept under this name.
    SavePreset(String),
    Chosen(Choice),
    /// An action is to have another key: ask which.
    AskKey(Action),
    /// It is to have this one.
    Bind {
        context: Context,
        chord: Chord,
        action: Action,
    },
    /// A stored conversation is to be changed, under this layer.
    Keep(Change),
    /// Two branches are to be shown side by side, over this layer.
    Compare(MessageId, MessageId),
}

impl Layer {
    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, keymap: &Keymap, session: &Session) -> Outcome {
        match self {
            Self::Text(layer) => layer.key(key, keymap),
            Self::Picker(picker) => picker.key(key, keymap),
            Self::Confirm(layer) => layer.key(key, keymap),
            Self::Bind(layer) => layer.key(key, keymap),
            Self::Conversations(layer) => layer.key(key, keymap),
            Self::Tree(tree) => tree.key(key, keymap),
            Self::Compare(layer) => layer.key(key, keymap, session),
            Self::Fan(layer) => layer.key(key, keymap, session),
            Self::Attention(layer) => layer.key(key, keymap),
            Self::Sampler(layer) => layer.key(key, keymap, session),
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Picker(picker) => picker.filter_with(text),
            Self::Conversations(layer) => layer.paste(text),
            _ => {}
        }
    }

    /// Takes a click: it selects a row, and two choose it.
    pub fn click(&mut self, at: Position, double: bool, session: &Session) -> Outcome {
        match self {
            Self::Picker(picker) => picker.click(at, double),
            Self::Conversations(layer) => layer.click(at, double),
            Self::Tree(tree) => tree.click(at, double),
            Self::Fan(layer) => layer.click(at, double, session),
            Self::Sampler(layer) => layer.click(at, double, session),
            // No row of these is selected by keys either.
            Self::Text(_)
            | Self::Confirm(_)
            | Self::Compare(_)
            | Self::Bind(_)
            | Self::Attention(_) => Outcome::Ignored,
        }
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, rows: i32) {
        match self {
            Self::Text(layer) => layer.scroll(rows as isize),
            Self::Picker(picker) => picker.go(rows as isize),
            Self::Confirm(layer) => layer.scroll(rows as isize),
            Self::Bind(_) => {}
            Self::Conversations(layer) => layer.go(rows as isize),
            Self::Tree(tree) => tree.go(rows as isize),
            Self::Compare(layer) => layer.scroll(rows as isize),
            Self::Fan(layer) => layer.scroll(rows as isize),
            Self::Attention(layer) => layer.scroll(rows as isize),
            Self::Sampler(layer) => layer.go(rows as isize),
        }
    }

    /// Draws the layer over what is there; gives where one types in it, which is where input
    /// methods show what they offer.
    pub fn render(
        &mut self,
        app: &App,
        session: &Session,
        screen: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        match self {
            Self::Picker(picker) => return picker.render(&app.theme, screen, buffer),
            Self::Conversations(layer) => {
                return layer.render(&app.theme, &app.keymap, screen, buffer);
            }
            Self::Sampler(layer) => return layer.render(app, session, screen, buffer),
            Self::Text(layer) => layer.render(&app.theme, &app.keymap, screen, buffer),
            Self::Confirm(layer) => layer.render(&app.theme, &app.keymap, screen, buffer),
            Self::Bind(layer) => layer.render(&app.theme, screen, buffer),
            Self::Tree(tree) => tree.render(app, session, screen, buffer),
            Self::Compare(layer) => layer.render(app, session, screen, buffer),
            Self::Fan(layer) => layer.render(app, session, screen, buffer),
            Self::Attention(layer) => layer.render(app, screen, buffer),
        }
        None
    }
}

/// How many rows an action scrolls a text of which `height` are seen; `None` of one that does
/// something else.
fn scrolled_rows(action: Action, height: usize) -> Option<isize> {
    scrolled_by(action, height.saturating_sub(1).max(1).cast_signed())
}

/// As [`scrolled_rows`], where a page is so many rows.
pub(super) fn scrolled_by(action: Action, page: isize) -> Option<isize> {
    Some(match action {
        Action::ScrollUp => -1,
        Action::ScrollDown => 1,
        Action::PageUp => -page,
        Action::PageDown => page,
        Action::ScrollTop => isize::MIN,
        Action::ScrollBottom => isize::MAX,
        _ => return None,
    })
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
    // A wide character that the border would cut in two would hide it.
    if area.x > screen.x {
        for row in area.rows() {
            let beside = &mut buffer[(area.x - 1, row.y)];
            if crate::text::width(beside.symbol()) > 1 {
                beside.set_symbol(" ");
            }
        }
    }
    let title = crate::text::visible_line(title);
    let block = Block::bordered()
        .border_style(theme.style(Part::BorderFocused))
        .title(Line::styled(format!(" {title} "), theme.style(Part::Title)));
    let inside = block.inner(area);
    block.render(area, buffer);
    Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        ..inside
    }
    .intersection(area)
}

/// Says what the keys do in the lower border of the box around `area`.
fn hint(theme: &Theme, says: &str, screen: Rect, area: Rect, buffer: &mut Buffer) {
    if area.bottom() < screen.bottom() {
        let row = Rect {
            y: area.bottom(),
            height: 1,
            ..area
        };
        // How to get out comes last, and stays where there is no room for the rest.
        let mut says = says.trim();
        let room = usize::from(area.width).saturating_sub(2);
        while let Some((_, rest)) = says.split_once(" · ")
            && crate::text::width(says) > room
        {
            says = rest;
        }
        let says = format!(" {} ", crate::text::fit(says, room));
        let width = u16::try_from(crate::text::width(&says)).unwrap_or(u16::MAX);
        let width = width.min(row.width);
        // The rest of the row is the border's.
        let row = Rect {
            x: row.right() - width,
            width,
            ..row
        };
        Line::styled(says, theme.style(Part::Dim)).render(row, buffer);
    }
}
