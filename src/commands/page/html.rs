//! The frame of an HTML page, and a token in it.

use std::fmt::Write as _;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{STEPS, escape, step, token_text};
use crate::words::commands::page as words;

/// Shows the details of the token that is pointed at, clicked on, or reached with the arrow keys,
/// and says at its end how many tokens it found.
const SCRIPT: &str = include_str!("page.js");

const STYLE: &str = include_str!("page.css");

/// Backgrounds of the steps in the light and in the dark, likely to unlikely: the OrRd scale of
/// ColorBrewer (Brewer, <https://colorbrewer2.org>, colour-blind safe) in the light; in the dark
/// one of equal hue that rises in luminance, so that the order is seen without colour too.
const LIGHT: [&str; STEPS] = [
    "transparent",
    "#fef0d9",
    "#fdd49e",
    "#fdbb84",
    "#fc8d59",
    "#ef6548",
    "#d7301f",
    "#990000",
];
const DARK: [&str; STEPS] = [
    "transparent",
    "#3a1d0b",
    "#5a2b0e",
    "#7f3b10",
    "#a65015",
    "#cc6a22",
    "#ee8c3c",
    "#ffc078",
];

/// From this step on the light scale is so dark that its text is white, and the dark one so light
/// that its text is black.
const INVERTED: [usize; 2] = [6, 5];

/// Writes what comes before the text. `title` is raw.
pub fn begin(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let title = escape(title);
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"und\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'sha256-{hash}'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        scales()
    )
}

fn scales() -> String {
    let mut css = String::new();
    for (colors, inverted, text, query) in [
        (LIGHT, INVERTED[0], "#fff", "light"),
        (DARK, INVERTED[1], "#000", "dark"),
    ] {
        // Writing to a String cannot fail.
        let _ = writeln!(css, "@media (prefers-color-scheme: {query}) {{");
        for (step, color) in colors.iter().enumerate() {
            let _ = write!(css, ".s{step} {{ background: {color};");
            if step >= inverted {
                let _ = write!(css, " color: {text};");
            }
            css.push_str(" }\n");
        }
        css.push_str("}\n");
    }
    css
}

/// Writes the legend of the scale of probabilities.
pub fn legend(out: &mut dyn Write) -> io::Result<()> {
    scale(out, &words::LIKELY, &words::UNLIKELY)
}

/// Writes the scale between what its ends mean.
pub fn scale(out: &mut dyn Write, first: &str, last: &str) -> io::Result<()> {
    write!(out, "<p class=\"legend\">{} ", escape(first))?;
    for step in 0..STEPS {
        write!(out, "<span class=\"s{step}\">&nbsp;&nbsp;</span>")?;
    }
    writeln!(out, " {}</p>", escape(last))
}

/// Writes a token; `logprob` (nats) colours it, and `details` (raw, lines) are shown when it is
/// pointed at. The elements of a page are numbered by `index`, those of several texts that belong
/// together alike.
pub fn token(
    out: &mut dyn Write,
    index: u64,
    bytes: &[u8],
    logprob: Option<f32>,
    details: &str,
) -> io::Result<()> {
    cell(out, index, bytes, logprob.map(step), details)
}

/// As [`token()`], coloured by a step of the scale.
pub fn cell(
    out: &mut dyn Write,
    index: u64,
    bytes: &[u8],
    step: Option<usize>,
    details: &str,
) -> io::Result<()> {
    let class = step.map_or_else(|| "u".to_owned(), |step| format!("s{step}"));
    write!(
        out,
        "<span class=\"t {class}\" data-i=\"{index}\" title=\"{}\">{}</span>",
        escape(details),
        escape(&token_text(bytes))
    )
}

/// Opens the text.
pub fn begin_text(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<div class=\"text\">")
}

/// Closes the text.
pub fn end_text(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</div>")
}

/// Writes a paragraph; `text` is raw.
pub fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "<p>{}</p>", escape(text))
}

/// Writes lines whose columns stay below each other; `lines` are raw.
pub fn columns(out: &mut dyn Write, lines: &[String]) -> io::Result<()> {
    writeln!(out, "<pre>{}</pre>", escape(&lines.join("\n")))
}

/// Writes what comes after everything.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<pre id=\"details\" aria-live=\"polite\"></pre>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_one_file_that_loads_nothing_and_runs_its_own_script_alone() {
        let mut page = Vec::new();
        begin(&mut page, "<img src=x>").unwrap();
        legend(&mut page).unwrap();
        begin_text(&mut page).unwrap();
        token(&mut page, 0, b"</div><script>", Some(-9.0), "\"><b>").unwrap();
        end_text(&mut page).unwrap();
        end(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(page.contains("&lt;img src=x&gt;") && !page.contains("<img"));
        assert!(page.contains("title=\"&quot;&gt;&lt;b&gt;\">&lt;/div&gt;&lt;script&gt;<"));
        assert!(!page.contains("http://") && !page.contains("https://"));
        assert!(page.contains(&format!("class=\"t s{}\"", STEPS - 1)));
        // A script that held its own end tag would end early.
        assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    }
}
