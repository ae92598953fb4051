//! Files and outputs in a message: plain text, from which they are recognised again.
//!
//! ````text
//! [file notes.txt, 3.1 kB]
//! ```
//! its text, which has no line of as many backticks alone
//! ```
//! ````

use std::ops::Range;

use crate::text;

/// What a header begins with.
const KINDS: [&str; 2] = ["[file ", "[output of "];
/// Backticks of the shortest fence.
const FENCE: usize = 3;

/// A file as it stands in a message. The name is shown as it is read, on one line.
#[must_use]
pub fn file(name: &str, content: &str) -> String {
    let size = size(content.len());
    fenced(
        &format!("file {}, {size}", text::visible_line(name)),
        content,
    )
}

/// What a command wrote, with how it ended, such as `exit status 0`.
#[must_use]
pub fn output(command: &str, ended: &str, content: &str) -> String {
    let command = text::visible_line(command);
    fenced(&format!("output of {command}, {ended}"), content)
}

/// Where something is attached in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// From the header up to the end of the fence, without the line break after it.
    pub range: Range<usize>,
    /// What it is, without the brackets.
    pub header: Range<usize>,
    /// What is attached.
    pub content: Range<usize>,
}

/// What is attached in a text, in order.
pub fn find(text: &str) -> impl Iterator<Item = Found> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let line = line_at(text, at);
            if let Some(found) = found_at(text, &line) {
                at = found.range.end + 1;
                return Some(found);
            }
            at = line.end + 1;
        }
        None
    })
}

/// The commands in a text whose output is to stand in their place: `` !`git log` `` at the start
/// of a word; where they are, and what is between the backticks.
#[must_use]
pub fn commands(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(mark) = text[at..].find("!`") {
        let start = at + mark;
        at = start + 2;
        let begins = text[..start].chars().next_back();
        let Some(len) = text[at..].find(['`', '\n']) else {
            break;
        };
        let command = &text[at..at + len];
        let ends = text[at + len..].starts_with('`');
        if ends && !command.trim().is_empty() && begins.is_none_or(char::is_whitespace) {
            at += len + 1;
            found.push((start..at, command));
        }
    }
    found
}

fn found_at(text: &str, line: &Range<usize>) -> Option<Found> {
    let header = &text[line.clone()];
    let known = KINDS.iter().any(|kind| header.starts_with(kind)) && header.ends_with(']');
    if !known || line.end == text.len() {
        return None;
    }
    let fence = line_at(text, line.end + 1);
    let marks = &text[fence.clone()];
    if marks.len() < FENCE || marks.bytes().any(|byte| byte != b'`') {
        return None;
    }
    let mut at = fence.end + 1;
    while at <= text.len() {
        let closing = line_at(text, at);
        if &text[closing.clone()] == marks {
            return Some(Found {
                range: line.start..closing.end,
                header: line.start + 1..line.end - 1,
                content: fence.end + 1..closing.start,
            });
        }
        at = closing.end + 1;
    }
    None
}

/// The line that begins at `at`, without its break.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let end = text[at..].find('\n');
    at..end.map_or(text.len(), |end| at + end)
}

fn fenced(header: &str, content: &str) -> String {
    let longest = content.lines().filter_map(|line| {
        let line = line.trim_end_matches('\r');
        (!line.is_empty() && line.bytes().all(|byte| byte == b'`')).then_some(line.len())
    });
    let fence = "`".repeat(longest.max().map_or(FENCE, |marks| FENCE.max(marks + 1)));
    let end = if content.is_empty() || content.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("[{header}]\n{fence}\n{content}{end}{fence}")
}

/// Bytes as a person reads them, powers of 1000.
fn size(bytes: usize) -> String {
    let units = [(1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(size, _)| bytes >= *size) {
        Some((size, unit)) => format!("{:.1} {unit}", bytes as f64 / size as f64),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_attached_is_found_again() {
        let one = file("a b.txt", "x\n```\ny");
        let two = output("git log | head", "exit status 0", "");
        let text = format!("see {one}\n\n{one}\nand\n{two}");
        let found: Vec<_> = find(&text).collect();
        assert_eq!(found.len(), 2, "what begins no line is none: {text}");
        assert_eq!(&text[found[0].range.clone()], one);
        assert_eq!(&text[found[0].header.clone()], "file a b.txt, 7 B");
        assert_eq!(&text[found[0].content.clone()], "x\n```\ny\n");
        assert_eq!(
            &text[found[1].header.clone()],
            "output of git log | head, exit status 0"
        );
        assert_eq!(&text[found[1].content.clone()], "");
    }

    #[test]
    fn commands_stand_at_the_start_of_a_word() {
        let text = "!`ls` and !`git log | head`, not x!`ls`, !``, !` `, !`a\nb` or `!ls`";
        let found: Vec<_> = commands(text).into_iter().map(|(_, one)| one).collect();
        assert_eq!(found, ["ls", "git log | head"]);
        let (range, _) = commands(text)[1].clone();
        assert_eq!(&text[range], "!`git log | head`");
    }

    #[test]
    fn a_text_that_only_looks_like_it_is_left() {
        for text in [
            "[file x]",
            "[file x]\n",
            "[file x]\n``\nx\n``",
            "[file x]\n```\nno end",
            "[file x]\n```rust\nx\n```",
            "[note]\n```\nx\n```",
        ] {
            assert_eq!(find(text).next(), None, "{text:?}");
        }
    }

    #[test]
    fn a_name_cannot_end_its_line() {
        let text = file("a]\n```\nb", "x");
        let found: Vec<_> = find(&text).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].range, 0..text.len());
        assert_eq!(&text[found[0].content.clone()], "x\n");
    }

    proptest::proptest! {
        #[test]
        fn any_content_is_found_whole(content in "(`{0,5}|\n|[a-z]{0,3}|\r|\\[file x\\]){0,20}") {
            let text = format!("before\n{}\nafter", file("x", &content));
            let found: Vec<_> = find(&text).collect();
            proptest::prop_assert_eq!(found.len(), 1);
            let body = &text[found[0].content.clone()];
            let body = if content.ends_with('\n') || content.is_empty() { body } else { &body[..body.len() - 1] };
            proptest::prop_assert_eq!(body, content);
        }
    }
}
