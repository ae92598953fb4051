//! Contents become markers: single private-use characters, which have no case, are no white
//! space, and cannot be cut in two.

use std::collections::HashSet;

use super::shape::{Shape, Span, Spelled, Spoken};

/// Unicode's two private planes.
const PRIVATE: [std::ops::RangeInclusive<char>; 2] =
    ['\u{F0000}'..='\u{FFFFD}', '\u{100000}'..='\u{10FFFD}'];

/// What a marker stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub marker: char,
    pub message: usize,
    pub text: String,
    /// The words of the same message that stand unmarked before and after it.
    pub before: String,
    pub after: String,
}

/// Messages with their contents marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    pub shape: Spelled,
    pub pieces: Vec<Piece>,
}

/// Marks the contents of `shape`, leaving `words` in them as they are. `taken` are the other
/// texts that may be printed. `None` where there are not enough private characters.
pub(super) fn mark(shape: &Shape, words: &[String], taken: &[&String]) -> Option<Marked> {
    let spans = || shape.turns.iter().flat_map(|turn| &turn.spans);
    let texts = spans().map(|span| &span.text);
    let used: HashSet<char> = texts
        .chain(taken.iter().copied())
        // They begin with one of these bytes; most texts have neither, and that is quickly seen.
        .filter(|text| [0xF3, 0xF4].iter().any(|it| text.as_bytes().contains(it)))
        .flat_map(|text| text.chars())
        .filter(|it| *it >= *PRIVATE[0].start())
        .collect();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| spans().any(|span| span.text.contains(word)))
        .collect();
    let mut free = PRIVATE
        .into_iter()
        .flatten()
        .filter(|marker| !used.contains(marker));
    let mut pieces = Vec::new();
    let mut messages = Vec::new();
    for turn in &shape.turns {
        let mut content = String::new();
        for span in &turn.spans {
            mark_span(span, &words, &mut free, &mut content, &mut pieces)?;
        }
        messages.push(Spoken {
            role: turn.role,
            content,
        });
    }
    Some(Marked {
        shape: Spelled {
            messages,
            typed: shape.typed,
        },
        pieces,
    })
}

fn mark_span(
    span: &Span,
    words: &[&str],
    free: &mut impl Iterator<Item = char>,
    content: &mut String,
    pieces: &mut Vec<Piece>,
) -> Option<()> {
    // White space needs no protection, and templates ask whether a content is empty.
    if span.text.trim().is_empty() {
        content.push_str(&span.text);
        return Some(());
    }
    let mut parts = cut(&span.text, words);
    if parts.iter().all(|part| part.is_word) {
        parts = cut(&span.text, &[]);
    }
    let first = pieces.len();
    let mut unmarked = String::new();
    for part in parts {
        if part.is_word || part.text.trim().is_empty() {
            unmarked.push_str(part.text);
            content.push_str(part.text);
            continue;
        }
        let marker = free.next()?;
        content.push(marker);
        if let Some(previous) = pieces[first..].last_mut() {
            previous.after.clone_from(&unmarked);
        }
        pieces.push(Piece {
            marker,
            message: span.message,
            text: part.text.to_owned(),
            before: std::mem::take(&mut unmarked),
            after: String::new(),
        });
    }
    if let Some(last) = pieces[first..].last_mut() {
        last.after = unmarked;
    }
    Some(())
}

pub(super) struct Part<'a> {
    pub text: &'a str,
    pub is_word: bool,
}

/// Cuts a text at every occurrence of `words`, the earliest first, then the longest.
pub(super) fn cut<'a>(text: &'a str, words: &[&str]) -> Vec<Part<'a>> {
    let mut found: Vec<(usize, usize)> = words
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(at, word)| (at, word.len()))
        .collect();
    found.sort_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)));
    let mut parts = Vec::new();
    let mut end = 0;
    for (at, len) in found {
        if at < end {
            continue;
        }
        if at > end {
            parts.push(Part {
                text: &text[end..at],
                is_word: false,
            });
        }
        parts.push(Part {
            text: &text[at..at + len],
            is_word: true,
        });
        end = at + len;
    }
    if end < text.len() {
        parts.push(Part {
            text: &text[end..],
            is_word: false,
        });
    }
    parts
}

/// The string literals in a template's tags that a message could be searched for.
pub(super) fn words(source: &str) -> Vec<String> {
    let mut words = HashSet::new();
    let mut rest = source;
    while let Some(open) = rest.find(['{']) {
        rest = &rest[open + 1..];
        if !rest.starts_with(['{', '%']) {
            continue;
        }
        let mut chars = rest.char_indices();
        let mut end = rest.len();
        while let Some((at, character)) = chars.next() {
            match character {
                '}' => {
                    end = at;
                    break;
                }
                '\'' | '"' => {
                    let word = literal(character, &mut chars);
                    if word.trim().chars().count() > 1 {
                        words.insert(word);
                    }
                }
                _ => {}
            }
        }
        rest = &rest[end..];
    }
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort();
    words
}

/// Reads a string literal to its closing quote.
fn literal(quote: char, chars: &mut std::str::CharIndices<'_>) -> String {
    let mut word = String::new();
    while let Some((_, character)) = chars.next() {
        match character {
            '\\' => match chars.next().map(|(_, it)| it) {
                Some('n') => word.push('\n'),
                Some('t') => word.push('\t'),
                Some('r') => word.push('\r'),
                Some(other) => word.push(other),
                None => {}
            },
            it if it == quote => break,
            it => word.push(it),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_template_are_its_string_literals() {
        let source = r#"{%- if '</think>' in content %}{{ "a\n\"b" ~ '}' ~ ' ' }}{# 'no' #}it's"#;
        assert_eq!(words(source), ["</think>", "a\n\"b"]);
    }

    #[test]
    fn cutting_a_text_keeps_all_of_it() {
        let text = "<think>x</think><think></think>y";
        let parts = cut(text, &["<think>", "</think>", "think"]);
        let all: String = parts.iter().map(|part| part.text).collect();
        assert_eq!(all, text);
        let unmarked: Vec<_> = parts.iter().filter(|it| !it.is_word).collect();
        assert_eq!(unmarked.len(), 2);
    }
}
