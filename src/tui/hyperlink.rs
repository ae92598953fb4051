//! Addresses beside the text (OSC 8): marked on cells, and sent around them.
//!
//! A cell has no room for an address. Its underline's colour, which no theme sets, carries a
//! number made of the address instead, so that a frame's differences see a link that changed;
//! what writes cells to the terminal takes it off again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::Backend;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Style};

use super::pass::Pass;
use super::transcript::{BodyRow, Line, Transcript};
use crate::config::paths::Env;

/// The addresses of a frame, by the mark that cells have. `None` where two have the same one:
/// neither is sent then.
pub type Addresses = HashMap<Color, Option<String>>;

/// Marks a style with an address.
#[must_use]
pub fn mark(style: Style, address: &str) -> Style {
    style.underline_color(number(address))
}

fn number(address: &str) -> Color {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    Color::from_u32(hasher.finish() as u32 & 0x00FF_FFFF)
}

/// The addresses of what is in the window.
#[must_use]
pub fn addresses(transcript: &Transcript) -> Addresses {
    let mut found = Addresses::new();
    for seen in transcript.seen() {
        let Line::Body(index) = seen.line else {
            continue;
        };
        let row = transcript.block(seen.key).and_then(|it| it.row(index));
        let Some(BodyRow::Rendered(row, links)) = row else {
            continue;
        };
        let used = row.pieces.iter().filter_map(|piece| piece.look.link);
        for address in used.filter_map(|link| links.get(usize::from(link))) {
            match found.entry(number(address)) {
                Entry::Vacant(free) => _ = free.insert(Some(address.clone())),
                Entry::Occupied(mut taken) => {
                    if taken.get().as_ref() != Some(address) {
                        taken.insert(None);
                    }
                }
            }
        }
    }
    found
}

/// Whether the terminal takes addresses, as far as the environment tells: none answers that
/// question. A multiplexer in between may swallow them.
#[must_use]
pub fn supported(env: Env<'_>) -> bool {
    let value = |name: &str| env(name).map(|it| it.to_string_lossy().into_owned());
    let set = |name: &str| value(name).is_some_and(|it| !it.is_empty());
    let term = value("TERM").unwrap_or_default();
    if set("TMUX")
        || set("STY")
        || ["tmux", "screen", "dumb", "linux"]
            .iter()
            .any(|it| term.starts_with(it))
    {
        return false;
    }
    let known = [
        "iTerm.app",
        "WezTerm",
        "vscode",
        "ghostty",
        "Hyper",
        "rio",
        "Tabby",
        "mintty",
    ];
    let program = value("TERM_PROGRAM").unwrap_or_default();
    // VTE has had it since 0.50.
    let vte = value("VTE_VERSION").and_then(|it| it.parse::<u32>().ok());
    known.contains(&program.as_str())
        || vte.is_some_and(|version| version >= 5000)
        || set("KITTY_WINDOW_ID")
        || set("WT_SESSION")
        || [
            "xterm-kitty",
            "xterm-ghostty",
            "foot",
            "alacritty",
            "wezterm",
            "contour",
        ]
        .iter()
        .any(|it| term.starts_with(it))
}

/// Sends addresses around the cells that have them.
#[derive(Debug)]
pub struct Hyperlinks {
    addresses: Rc<RefCell<Addresses>>,
}

impl Hyperlinks {
    #[must_use]
    pub fn new(addresses: Rc<RefCell<Addresses>>) -> Self {
        Self { addresses }
    }
}

impl<B: Backend<Error = io::Error> + Write> Pass<B> for Hyperlinks {
    fn draw(&mut self, cells: &[(u16, u16, &Cell)], to: &mut B) -> io::Result<()> {
        let addresses = self.addresses.borrow();
        if addresses.is_empty() {
            return to.draw(cells.iter().copied());
        }
        for run in cells.chunk_by(|one, next| one.2.underline_color == next.2.underline_color) {
            let mark = run[0].2.underline_color;
            let address = addresses.get(&mark).and_then(Option::as_ref);
            let plain: Vec<(u16, u16, Cell)> = run
                .iter()
                .map(|&(x, y, cell)| {
                    let mut cell = cell.clone();
                    cell.underline_color = Color::Reset;
                    (x, y, cell)
                })
                .collect();
            if let Some(address) = address {
                // The number tells the terminal that both halves of a wrapped link are one.
                let Color::Rgb(r, g, b) = mark else { continue };
                write!(to, "\x1b]8;id={r:02x}{g:02x}{b:02x};{address}\x1b\\")?;
            }
            to.draw(plain.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
            if address.is_some() {
                to.write_all(b"\x1b]8;;\x1b\\")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::super::pass::Through;
    use super::*;

    fn sent(buffer: &Buffer, addresses: Addresses) -> String {
        let mut bytes = Vec::new();
        let links = Hyperlinks::new(Rc::new(RefCell::new(addresses)));
        let mut backend = Through::new(links, CrosstermBackend::new(&mut bytes));
        let cells = buffer.content.iter().enumerate();
        let cells = cells.map(|(index, cell)| {
            let (x, y) = buffer.pos_of(index);
            (x, y, cell)
        });
        backend.draw(cells).expect("a vector takes everything");
        drop(backend);
        String::from_utf8(bytes).expect("all of it is text")
    }

    #[test]
    fn an_address_stands_around_its_cells_and_nowhere_else() {
        let address = "https://x.org/a";
        let mut buffer = Buffer::empty(Rect::new(0, 0, 7, 1));
        buffer.set_string(0, 0, "a", Style::new());
        buffer.set_string(1, 0, "book", mark(Style::new(), address));
        let known = Addresses::from([(number(address), Some(address.to_owned()))]);
        let text = sent(&buffer, known);
        let opened = text.find(";https://x.org/a\x1b\\").expect("it is sent");
        let closed = text.find("\x1b]8;;\x1b\\").expect("it is closed");
        let book = text.find("book").expect("it is written");
        assert!(opened < book && book < closed);
        assert_eq!(text.matches("\x1b]8;").count(), 2);
        assert!(!text.contains("58;"), "no underline is coloured: {text:?}");
        // Two addresses under one number: neither is sent.
        let unsure = Addresses::from([(number(address), None)]);
        assert!(!sent(&buffer, unsure).contains("\x1b]8"));
    }

    #[test]
    fn terminals_that_take_addresses_are_known_by_what_they_set() {
        let with = |set: &[(&str, &str)]| {
            let find = |name: &str| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).into())
            };
            supported(&find)
        };
        for set in [
            &[("TERM_PROGRAM", "iTerm.app")][..],
            &[("VTE_VERSION", "7600"), ("TERM", "xterm-256color")],
            &[("TERM", "xterm-kitty")],
            &[("WT_SESSION", "1")],
        ] {
            assert!(with(set), "{set:?}");
        }
        for set in [
            &[][..],
            &[("TERM", "xterm-256color")],
            &[("VTE_VERSION", "4600")],
            &[("TERM_PROGRAM", "Apple_Terminal")],
            &[("TERM", "tmux-256color"), ("VTE_VERSION", "7600")],
            &[("TMUX", "/tmp/x"), ("KITTY_WINDOW_ID", "1")],
        ] {
            assert!(!with(set), "{set:?}");
        }
    }
}
