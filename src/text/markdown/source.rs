//! What the parser reads: as long as the raw bytes, and without what would mislead it.

use std::ops::Range;

/// A formula longer than this is none.
const FORMULA: usize = 4096;

/// A text of the same length as the bytes, in which every place means the same.
pub(super) struct Source {
    pub text: String,
    /// Where formulas between `\(` and `\)` or `\[` and `\]` lie.
    formulas: Vec<Range<usize>>,
}

impl Source {
    /// Bytes that are no text, and control characters, become question marks; formulas become
    /// letters, since a backslash or an asterisk in one is no markup.
    pub fn new(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid();
            let mut rest = valid;
            while let Some(at) = rest.find(|it: char| it.is_ascii_control() && it != '\n') {
                text.push_str(&rest[..at]);
                let ends_line = rest[at..].starts_with("\r\n");
                text.push(match rest.as_bytes()[at] {
                    b'\t' => '\t',
                    b'\r' if ends_line => '\r',
                    _ => '?',
                });
                rest = &rest[at + 1..];
            }
            text.push_str(rest);
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
        let formulas = formulas(&text);
        for range in &formulas {
            let masked: String = text[range.clone()]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { 'x' })
                .collect();
            text.replace_range(range.clone(), &masked);
        }
        Self { text, formulas }
    }

    /// The formula that a byte lies in.
    pub fn formula_at(&self, raw: usize) -> Option<Range<usize>> {
        let after = self.formulas.partition_point(|range| range.start <= raw);
        let range = self.formulas.get(after.checked_sub(1)?)?;
        range.contains(&raw).then(|| range.clone())
    }

    /// The first formula that begins in a range.
    pub fn formula_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let after = self.formulas.partition_point(|it| it.start < range.start);
        let formula = self.formulas.get(after)?;
        (formula.start < range.end).then(|| formula.clone())
    }
}

fn formulas(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'\\', &bytes[at..]).map(|offset| at + offset) {
        let closing = match bytes.get(start + 1) {
            Some(b'(') => "\\)",
            Some(b'[') => "\\]",
            _ => {
                // What is escaped opens nothing.
                at = (start + 2).min(bytes.len());
                continue;
            }
        };
        let end = text.floor_char_boundary(start + FORMULA);
        let inner = &text[start + 2..end];
        match inner.find(closing) {
            // A formula spans no paragraphs, and holds no code.
            Some(len) if !inner[..len].contains("\n\n") && !inner[..len].contains('`') => {
                let end = start + 2 + len + closing.len();
                found.push(start..end);
                at = end;
            }
            _ => at = start + 2,
        }
    }
    found
}
