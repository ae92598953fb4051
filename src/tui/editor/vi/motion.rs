//! Where a motion goes, and what an operator takes on the way.

use unicode_segmentation::UnicodeSegmentation;

use super::super::units::is_folded;
use super::Editor;

/// A way through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    Left,
    Right,
    LineStart,
    FirstLetter,
    LineEnd,
    /// To the next word; a big word ends at white space alone.
    Word {
        big: bool,
    },
    WordBack {
        big: bool,
    },
    WordEnd {
        big: bool,
    },
    /// To the line of this number, else the first or the last.
    Line {
        last: bool,
    },
    /// Whole lines from this one on.
    Lines,
    /// To a letter in this line, or till before it.
    Find {
        letter: char,
        back: bool,
        till: bool,
    },
    /// The last [`Find`](Self::Find) once more, and the other way.
    Again,
    Back,
}

/// What a motion passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Where the cursor goes.
    pub target: usize,
    /// Bytes an operator takes.
    pub start: usize,
    pub end: usize,
    /// They are whole lines, with the break after the last where it has one.
    pub lines: bool,
}

impl Motion {
    pub fn reversed(self) -> Self {
        match self {
            Self::Find { letter, back, till } => Self::Find {
                letter,
                back: !back,
                till,
            },
            other => other,
        }
    }

    /// Where it goes from the cursor; `None` where it cannot.
    pub fn span(self, editor: &Editor, count: Option<usize>) -> Option<Span> {
        let times = count.unwrap_or(1);
        let cursor = editor.cursor;
        let text = editor.text.as_str();
        match self {
            Self::Left => {
                let line = &text[editor.line_start()..cursor];
                let width: usize = clusters(line).rev().take(times).map(str::len).sum();
                exclusive(cursor, cursor - width)
            }
            Self::Right => {
                let line = &text[cursor..editor.line_end()];
                let width: usize = clusters(line).take(times).map(str::len).sum();
                exclusive(cursor, cursor + width)
            }
            Self::LineStart => exclusive(cursor, editor.line_start()),
            Self::FirstLetter => exclusive(cursor, first_letter(editor)),
            Self::LineEnd => exclusive(cursor, editor.line_end()),
            Self::Word { big } => {
                let to = (0..times).fold(cursor, |at, _| word(text, at, big));
                exclusive(cursor, to)
            }
            Self::WordBack { big } => {
                let to = (0..times).fold(cursor, |at, _| word_back(text, at, big));
                exclusive(cursor, to)
            }
            Self::WordEnd { big } => {
                let to = (0..times).fold(cursor, |at, _| word_end(text, at, big));
                inclusive(editor, to)
            }
            Self::Line { last } => {
                let target = match (count, last) {
                    (Some(number), _) => line_number(text, number),
                    (None, true) => text.rfind('\n').map_or(0, |at| at + 1),
                    (None, false) => 0,
                };
                let (low, high) = (target.min(cursor), target.max(cursor));
                Some(Span {
                    target,
                    start: text[..low].rfind('\n').map_or(0, |at| at + 1),
                    end: lines_end(text, high, 1),
                    lines: true,
                })
            }
            Self::Lines => Some(Span {
                target: cursor,
                start: editor.line_start(),
                end: lines_end(text, cursor, times),
                lines: true,
            }),
            Self::Find { letter, back, till } => find(editor, letter, back, till, times),
            // The caller puts the search in their place.
            Self::Again | Self::Back => None,
        }
    }
}

pub fn clusters(text: &str) -> unicode_segmentation::Graphemes<'_> {
    text.graphemes(true)
}

/// The first character of the line that is no blank.
pub fn first_letter(editor: &Editor) -> usize {
    let line = &editor.text[editor.line_start()..editor.line_end()];
    editor.line_start() + line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn exclusive(from: usize, to: usize) -> Option<Span> {
    (from != to).then_some(Span {
        target: to,
        start: from.min(to),
        end: from.max(to),
        lines: false,
    })
}

/// An operator takes the character at the far end along.
fn inclusive(editor: &Editor, to: usize) -> Option<Span> {
    let after = clusters(&editor.text[to..]).next()?;
    Some(Span {
        target: to,
        start: editor.cursor.min(to),
        end: editor.cursor.max(to + after.len()),
        lines: false,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Word,
    Mark,
    Folded,
}

fn class(cluster: &str, big: bool) -> Class {
    let first = cluster.chars().next().unwrap_or(' ');
    if first.is_whitespace() {
        Class::Blank
    } else if is_folded(first) {
        Class::Folded
    } else if big || first.is_alphanumeric() || first == '_' {
        Class::Word
    } else {
        Class::Mark
    }
}

/// The start of the next word.
fn word(text: &str, from: usize, big: bool) -> usize {
    let mut all = text[from..].grapheme_indices(true).peekable();
    let Some((_, first)) = all.peek().copied() else {
        return from;
    };
    let here = class(first, big);
    all.by_ref()
        .find(|(_, cluster)| class(cluster, big) != here)
        .map_or(text.len(), |(at, cluster)| {
            if class(cluster, big) != Class::Blank {
                return from + at;
            }
            all.find(|(_, cluster)| class(cluster, big) != Class::Blank)
                .map_or(text.len(), |(at, _)| from + at)
        })
}

/// The start of this word, or of the one before.
fn word_back(text: &str, from: usize, big: bool) -> usize {
    let mut all = text[..from]
        .grapheme_indices(true)
        .rev()
        .skip_while(|(_, cluster)| class(cluster, big) == Class::Blank);
    let Some((mut start, last)) = all.next() else {
        return 0;
    };
    for (at, cluster) in all {
        if class(cluster, big) != class(last, big) {
            break;
        }
        start = at;
    }
    start
}

/// The last character of this word, or of the next where this is its last.
fn word_end(text: &str, from: usize, big: bool) -> usize {
    let mut all = text[from..]
        .grapheme_indices(true)
        .skip(1)
        .skip_while(|(_, cluster)| class(cluster, big) == Class::Blank);
    let Some((mut end, first)) = all.next() else {
        return from;
    };
    for (at, cluster) in all {
        if class(cluster, big) != class(first, big) {
            break;
        }
        end = at;
    }
    from + end
}

fn line_number(text: &str, number: usize) -> usize {
    let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut last = 0;
    for start in starts.by_ref().take(number.max(1)) {
        last = start;
    }
    last
}

/// Behind the break of the line `count - 1` lines below.
fn lines_end(text: &str, from: usize, count: usize) -> usize {
    text[from..]
        .match_indices('\n')
        .nth(count.max(1) - 1)
        .map_or(text.len(), |(at, _)| from + at + 1)
}

fn find(editor: &Editor, letter: char, back: bool, till: bool, times: usize) -> Option<Span> {
    let text = editor.text.as_str();
    let cursor = editor.cursor;
    let hits = |cluster: &str| cluster.starts_with(letter);
    let nth = times.max(1) - 1;
    if back {
        let start = editor.line_start();
        let (at, cluster) = text[start..cursor]
            .grapheme_indices(true)
            .rev()
            .filter(|(_, cluster)| hits(cluster))
            .nth(nth)?;
        let to = start + at + if till { cluster.len() } else { 0 };
        return exclusive(cursor, to);
    }
    let (at, _) = text[cursor..editor.line_end()]
        .grapheme_indices(true)
        .skip(1)
        .filter(|(_, cluster)| hits(cluster))
        .nth(nth)?;
    let mut to = cursor + at;
    if till {
        to -= clusters(&text[..to]).next_back().map_or(0, str::len);
    }
    inclusive(editor, to)
}
