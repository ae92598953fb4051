//! Messages of several lines, where a line is all that a front end reads at once.
//!
//! `"""` opens a block and closes it; a backslash at the end of a line joins the next one.

/// Collects lines until they make a message.
#[derive(Debug, Default)]
pub struct Multiline {
    lines: Vec<String>,
    in_block: bool,
}

/// What has become of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// More lines belong to the message.
    More,
    /// A message of one line, which may be a command.
    Line(String),
    /// A message of several lines, which is text whatever it begins with.
    Block(String),
}

impl Entry {
    /// What is typed into an editor of several lines to enter it again.
    #[must_use]
    pub fn retyped(&self) -> String {
        match self {
            Self::More => String::new(),
            Self::Line(text) => text.clone(),
            Self::Block(text) if text.contains('\n') && !text.trim_start().starts_with(FENCE) => {
                text.clone()
            }
            Self::Block(text) => format!("{FENCE}{text}{FENCE}"),
        }
    }
}

const FENCE: &str = "\"\"\"";

impl Multiline {
    /// Nothing has been entered.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a message is begun and not ended.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.in_block || !self.lines.is_empty()
    }

    /// Takes the next line, without its end.
    pub fn push(&mut self, line: &str) -> Entry {
        if self.in_block {
            let Some(last) = line.trim_end().strip_suffix(FENCE) else {
                self.lines.push(line.to_owned());
                return Entry::More;
            };
            if !last.is_empty() {
                self.lines.push(last.to_owned());
            }
            return Entry::Block(self.take());
        }
        if self.lines.is_empty()
            && let Some(first) = line.trim_start().strip_prefix(FENCE)
        {
            if let Some(all) = first.trim_end().strip_suffix(FENCE) {
                return Entry::Block(all.to_owned());
            }
            if !first.is_empty() {
                self.lines.push(first.to_owned());
            }
            self.in_block = true;
            return Entry::More;
        }
        if let Some(joined) = line.strip_suffix('\\') {
            self.lines.push(joined.to_owned());
            return Entry::More;
        }
        self.lines.push(line.to_owned());
        if self.lines.len() == 1 {
            Entry::Line(self.take())
        } else {
            Entry::Block(self.take())
        }
    }

    /// Forgets what was begun, as Ctrl-C asks for; at the end of the input, what was begun is
    /// the message.
    pub fn take(&mut self) -> String {
        self.in_block = false;
        std::mem::take(&mut self.lines).join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(lines: &[&str]) -> Vec<Entry> {
        let mut multiline = Multiline::new();
        lines.iter().map(|line| multiline.push(line)).collect()
    }

    #[test]
    fn a_line_is_a_message() {
        assert_eq!(entries(&["hello"]), [Entry::Line("hello".into())]);
        assert_eq!(entries(&[""]), [Entry::Line(String::new())]);
    }

    #[test]
    fn three_quotes_open_and_close_a_block() {
        assert_eq!(
            entries(&["\"\"\"one", "", "  two", "\"\"\""]),
            [
                Entry::More,
                Entry::More,
                Entry::More,
                Entry::Block("one\n\n  two".into())
            ]
        );
        assert_eq!(
            entries(&["\"\"\"", "one", "two\"\"\""]),
            [Entry::More, Entry::More, Entry::Block("one\ntwo".into())]
        );
        assert_eq!(
            entries(&["\"\"\"/help\"\"\""]),
            [Entry::Block("/help".into())]
        );
    }

    #[test]
    fn a_backslash_joins_the_next_line() {
        assert_eq!(
            entries(&["one\\", "two\\", "three"]),
            [
                Entry::More,
                Entry::More,
                Entry::Block("one\ntwo\nthree".into())
            ]
        );
    }

    #[test]
    fn what_was_begun_can_be_forgotten() {
        let mut multiline = Multiline::new();
        multiline.push("\"\"\"one");
        assert!(multiline.is_open());
        assert_eq!(multiline.take(), "one");
        assert!(!multiline.is_open());
        assert_eq!(multiline.push("two"), Entry::Line("two".into()));
    }
}
