//! A picture of a text as a heat map.
//!
//! How high it is, is known when all of it is laid out, so its rows wait in a temporary file: the
//! text may be long.

use std::io::{self, BufWriter, Read, Seek, Write};

use super::{STEPS, escape, step, token_text};
use crate::text;

/// Columns of a row.
const COLUMNS: usize = 96;
/// Pixels of a column and of a row, for a monospaced font of 14 pixels.
const COLUMN: f64 = 8.4;
const ROW: f64 = 22.0;
const MARGIN: f64 = 16.0;

/// White to dark orange, as the light scale of the HTML page; the text on the last two is white.
const COLORS: [&str; STEPS] = [
    "#ffffff", "#fef0d9", "#fdd49e", "#fdbb84", "#fc8d59", "#ef6548", "#d7301f", "#990000",
];
const WHITE_FROM: usize = 6;

/// A picture in the making.
pub struct Picture {
    rows: BufWriter<std::fs::File>,
    row: usize,
    column: usize,
}

impl Picture {
    /// An empty one.
    ///
    /// # Errors
    /// There is no room for a temporary file.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            rows: BufWriter::new(tempfile::tempfile()?),
            row: 0,
            column: 0,
        })
    }

    /// Adds a token, coloured by its log-probability (nats); `details` is raw.
    pub fn token(&mut self, bytes: &[u8], logprob: Option<f32>, details: &str) -> io::Result<()> {
        let shown = token_text(bytes);
        write!(self.rows, "<g><title>{}</title>", escape(details))?;
        for (number, line) in shown.split('\n').enumerate() {
            if number > 0 {
                self.next_row();
            }
            let line = text::expand_tabs(line, self.column);
            if self.column + text::width(&line) > COLUMNS && self.column > 0 {
                self.next_row();
            }
            for (number, part) in text::wrap(&line, COLUMNS).into_iter().enumerate() {
                if number > 0 {
                    self.next_row();
                }
                self.part(&line[part], logprob)?;
            }
        }
        writeln!(self.rows, "</g>")
    }

    fn next_row(&mut self) {
        self.row += 1;
        self.column = 0;
    }

    fn part(&mut self, part: &str, logprob: Option<f32>) -> io::Result<()> {
        let columns = text::width(part);
        if columns == 0 {
            return Ok(());
        }
        let x = MARGIN + self.column as f64 * COLUMN;
        let y = MARGIN + self.row as f64 * ROW;
        let width = columns as f64 * COLUMN;
        let step = logprob.map_or(0, step);
        let color = if step >= WHITE_FROM { "#fff" } else { "#111" };
        write!(
            self.rows,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{}\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" fill=\"{color}\">{}</text>",
            ROW - 2.0,
            COLORS[step],
            y + ROW - 7.0,
            // XML folds white space unless it is told not to, and not every reader is told.
            escape(part).replace(' ', "\u{a0}")
        )?;
        self.column += columns;
        Ok(())
    }

    /// Writes the picture with a line below the text, raw, and a title.
    ///
    /// # Errors
    /// The temporary file cannot be read back, or `out` cannot be written.
    pub fn finish(self, title: &str, below: &str, out: &mut dyn Write) -> io::Result<()> {
        let width = 2.0 * MARGIN + COLUMNS as f64 * COLUMN;
        let foot = MARGIN + (self.row + 2) as f64 * ROW;
        let height = foot + MARGIN;
        let mut rows = self
            .rows
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        rows.rewind()?;
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"ui-monospace, monospace\" \
             font-size=\"14\">\n<title>{}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
            escape(title)
        )?;
        let mut buffer = [0; 16 << 10];
        loop {
            match rows.read(&mut buffer)? {
                0 => break,
                count => out.write_all(&buffer[..count])?,
            }
        }
        write!(
            out,
            "<text x=\"{MARGIN}\" y=\"{foot:.1}\" font-size=\"12\" fill=\"#555\">{}</text>\n</svg>\n",
            escape(below)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(tokens: &[&str]) -> String {
        let mut picture = Picture::new().unwrap();
        for token in tokens {
            picture
                .token(token.as_bytes(), Some(-1.0), "a & b")
                .unwrap();
        }
        let mut out = Vec::new();
        picture.finish("<t>", "below", &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_token_is_a_group_with_its_details() {
        let svg = picture(&["a", " <b>", "\n\n", "c"]);
        assert_eq!(svg.matches("<g><title>a &amp; b</title>").count(), 4);
        assert!(svg.contains("\u{a0}&lt;b&gt;</text>"));
        assert!(svg.ends_with("</svg>\n"));
    }

    #[test]
    fn long_lines_and_long_tokens_are_broken() {
        let wide = "x".repeat(3 * COLUMNS);
        let svg = picture(&["start", &wide, "end"]);
        let rows: std::collections::BTreeSet<_> = svg
            .split("<text x=")
            .skip(1)
            .filter_map(|text| text.split("y=\"").nth(1)?.split('"').next())
            .collect();
        assert_eq!(rows.len(), 1 + 3 + 1 + 1, "{rows:?}");
    }
}
