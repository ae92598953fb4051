//! What of a message is folded to a line: what is attached to it, and the rest of a long one.

use std::ops::Range;

use crate::chat::{attachment, session};
use crate::text;
use crate::tui::format;
use crate::words::nouns;
use crate::words::tui::{attaching, conversation as words};

/// Of a text with more lines or bytes only the beginning is shown.
const MOST_LINES: usize = 20;
const MOST_BYTES: usize = 4000;
/// So much of it.
const SHOWN_LINES: usize = 10;
const SHOWN_BYTES: usize = 1000;

/// Bytes of a message for which a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    pub range: Range<usize>,
    /// Sanitised.
    pub label: String,
}

/// The folds of a text, in order.
#[must_use]
pub fn folds(content: &[u8]) -> Vec<Fold> {
    let Ok(content) = std::str::from_utf8(content) else {
        return Vec::new();
    };
    let mut folds = Vec::new();
    let mut at = 0;
    for found in attachment::find(content) {
        folds.extend(rest_of(content, at..found.range.start));
        let header = text::visible_line(&content[found.header.clone()]).into_owned();
        let tokens = about(&content[found.range.clone()]);
        at = found.range.end;
        folds.push(Fold {
            range: found.range,
            label: attaching::folded(header, tokens),
        });
    }
    folds.extend(rest_of(content, at..content.len()));
    folds
}

/// What is folded of a stretch without attachments.
fn rest_of(content: &str, range: Range<usize>) -> Option<Fold> {
    let stretch = content[range.clone()].trim_end();
    if stretch.lines().nth(MOST_LINES).is_none() && stretch.len() <= MOST_BYTES {
        return None;
    }
    let lines = stretch.match_indices('\n').nth(SHOWN_LINES - 1);
    let line = lines.map_or(stretch.len(), |(end, _)| end + 1);
    let shown = line.min(stretch.floor_char_boundary(SHOWN_BYTES));
    let rest = &stretch[shown..];
    let size = match rest.lines().count() as u64 {
        0 | 1 => format::count(rest.chars().count() as u64, nouns::MORE_CHARACTER),
        lines => format::count(lines, nouns::MORE_LINE),
    };
    Some(Fold {
        range: range.start + shown..range.start + stretch.len(),
        label: words::folded(size, about(rest)),
    })
}

/// Tokens, about.
fn about(text: &str) -> String {
    format::short(session::about_tokens(text) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_and_the_rest_of_a_long_text_are_folded() {
        let file = attachment::file("a.txt", "one\ntwo\n");
        let page: String = (1..=30).map(|line| format!("line {line}\n")).collect();
        let content = format!("see\n{file}\n{page}");
        let folds = folds(content.as_bytes());
        let seen: Vec<_> = folds
            .iter()
            .map(|fold| (&content[fold.range.clone()], fold.label.as_str()))
            .collect();
        assert_eq!(seen[0], (file.as_str(), "[file a.txt, 8 B, ~9 tokens]"));
        assert!(seen[1].0.starts_with("line 10\n") && seen[1].0.ends_with("line 30"));
        assert_eq!(seen[1].1, "[… 21 more lines, ~42 tokens]");
        assert_eq!(seen.len(), 2);
    }

    #[test]
    fn one_long_line_is_cut_between_characters() {
        let content = "日".repeat(2000);
        let folds = folds(content.as_bytes());
        assert_eq!(folds[0].range, 999..6000);
        assert!(
            folds[0].label.contains("1,667 more characters"),
            "{}",
            folds[0].label
        );
        assert_eq!(super::folds("日".repeat(1000).as_bytes()), []);
        assert_eq!(super::folds(&[0xFF; 9000]), []);
    }
}
