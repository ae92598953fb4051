//! What the cells of a frame pass on their way to the terminal.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// Draws cells in a way of its own.
pub trait Pass<B> {
    /// Draws them, with their columns and rows, on the backend behind it.
    ///
    /// # Errors
    /// The backend does not take them.
    fn draw(&mut self, cells: &[(u16, u16, &Cell)], to: &mut B) -> io::Result<()>;

    /// Nothing of what was drawn is on the screen any more.
    fn cleared(&mut self) {}
}

/// A backend before which cells pass something.
#[derive(Debug)]
pub struct Through<P, B> {
    pass: P,
    inner: B,
}

impl<P, B> Through<P, B> {
    pub fn new(pass: P, inner: B) -> Self {
        Self { pass, inner }
    }
}

impl<P, B: Write> Write for Through<P, B> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}

impl<P: Pass<B>, B: Backend<Error = io::Error>> Backend for Through<P, B> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<(u16, u16, &Cell)> = content.collect();
        self.pass.draw(&cells, &mut self.inner)
    }

    fn append_lines(&mut self, count: u16) -> io::Result<()> {
        self.inner.append_lines(count)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<A: Into<Position>>(&mut self, position: A) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.pass.cleared();
        self.inner.clear()
    }

    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
        self.pass.cleared();
        self.inner.clear_region(kind)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}
