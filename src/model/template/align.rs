//! Finds in the plain text what the markers stand for.
//!
//! Both texts come from one template, so they are the same but for the markers, and for the
//! white space a template trims off a message. Whatever does not fit this is no answer: the
//! caller tries another way, and in the end refuses.

use std::collections::{HashMap, HashSet};

use super::Segment;
use super::marker::{Piece, cut};
use super::shape::Turn;

enum Part<'a> {
    Own(&'a str),
    Marked(&'a Piece),
}

/// Cuts `plain` by walking it together with the marked text; `None` where the two do not fit.
pub(super) fn align(marked: &str, plain: &str, pieces: &[Piece]) -> Option<Vec<Segment>> {
    let parts = split(marked, pieces);
    let mut segments = Builder::default();
    let mut rest = plain;
    for (at, part) in parts.iter().enumerate() {
        let next = parts.get(at + 1);
        match part {
            Part::Own(text) => {
                rest = rest.strip_prefix(text)?;
                let before = at.checked_sub(1).and_then(|it| parts.get(it));
                segments.own(text, before, next);
            }
            Part::Marked(piece) => {
                let len = spoken(rest, &piece.text, next)?;
                segments.content(piece.message, &rest[..len]);
                rest = &rest[len..];
            }
        }
    }
    rest.is_empty().then_some(segments.segments)
}

fn split<'a>(marked: &'a str, pieces: &'a [Piece]) -> Vec<Part<'a>> {
    let by_marker: HashMap<char, &Piece> = pieces.iter().map(|it| (it.marker, it)).collect();
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, character) in marked.char_indices() {
        if let Some(piece) = by_marker.get(&character) {
            if at > begin {
                parts.push(Part::Own(&marked[begin..at]));
            }
            parts.push(Part::Marked(piece));
            begin = at + character.len_utf8();
        }
    }
    if begin < marked.len() {
        parts.push(Part::Own(&marked[begin..]));
    }
    parts
}

/// How many bytes at the beginning of `rest` are `text`, perhaps trimmed.
fn spoken(rest: &str, text: &str, next: Option<&Part<'_>>) -> Option<usize> {
    let core = text.trim();
    let leading = &text[..text.len() - text.trim_start().len()];
    let trailing = &text[text.trim_end().len()..];
    let space = spaces(rest);
    if !leading.ends_with(space) || !rest[space.len()..].starts_with(core) {
        return None;
    }
    let end = space.len() + core.len();
    let after = spaces(&rest[end..]);
    // All of the space is kept, or what the template's next words leave of it, or none.
    let own = match next {
        Some(Part::Own(own)) => spaces(own).len(),
        _ => 0,
    };
    let kept = [trailing.len(), after.len().saturating_sub(own), 0];
    kept.into_iter()
        .filter(|kept| {
            after
                .get(..*kept)
                .is_some_and(|it| trailing.starts_with(it))
        })
        .map(|kept| end + kept)
        .find(|end| fits(&rest[*end..], next))
}

/// Whether `rest` can begin with the part that follows.
fn fits(rest: &str, next: Option<&Part<'_>>) -> bool {
    match next {
        None => rest.is_empty(),
        Some(Part::Own(own)) => rest.starts_with(own),
        Some(Part::Marked(piece)) => rest.trim_start().starts_with(piece.text.trim()),
    }
}

fn spaces(text: &str) -> &str {
    &text[..text.len() - text.trim_start().len()]
}

#[derive(Default)]
struct Builder {
    segments: Vec<Segment>,
}

impl Builder {
    /// Adds text that is unmarked: the template's own, but for words of a message that were
    /// left standing beside its markers.
    fn own(&mut self, text: &str, before: Option<&Part<'_>>, next: Option<&Part<'_>>) {
        let mut text = text;
        if let Some(Part::Marked(piece)) = before
            && !piece.after.is_empty()
            && let Some(rest) = text.strip_prefix(piece.after.as_str())
        {
            self.content(piece.message, &piece.after);
            text = rest;
        }
        let mut trailing = None;
        if let Some(Part::Marked(piece)) = next
            && !piece.before.is_empty()
            && let Some(rest) = text.strip_suffix(piece.before.as_str())
        {
            trailing = Some(*piece);
            text = rest;
        }
        self.template(text);
        if let Some(piece) = trailing {
            self.content(piece.message, &piece.before);
        }
    }

    fn template(&mut self, text: &str) {
        match self.segments.last_mut() {
            _ if text.is_empty() => {}
            Some(Segment::Template(last)) => last.push_str(text),
            _ => self.segments.push(Segment::Template(text.to_owned())),
        }
    }

    fn content(&mut self, message: usize, text: &str) {
        match self.segments.last_mut() {
            _ if text.is_empty() => {}
            Some(Segment::Content {
                message: last,
                text: before,
            }) if *last == message => before.push_str(text),
            _ => self.segments.push(Segment::Content {
                message,
                text: text.to_owned(),
            }),
        }
    }
}

/// Takes `words` out of the template's own text. They stood unmarked in the messages, and may
/// have come from there, cut loose from the markers beside them.
pub(super) fn disown(segments: Vec<Segment>, words: &[String], turns: &[Turn]) -> Vec<Segment> {
    let words: Vec<&str> = words.iter().map(|word| word.trim()).collect();
    let speaker = |word: &str| {
        let mut spans = turns.iter().flat_map(|turn| &turn.spans);
        spans.find(|span| span.text.contains(word))
    };
    let mut builder = Builder::default();
    for segment in segments {
        match segment {
            Segment::Content { message, text } => builder.content(message, &text),
            Segment::Template(text) => {
                for part in cut(&text, &words) {
                    match speaker(part.text).filter(|_| part.is_word) {
                        Some(span) => builder.content(span.message, part.text),
                        None => builder.template(part.text),
                    }
                }
            }
        }
    }
    builder.segments
}

/// Whether the template's own text might hold a piece of a message: both have the same three
/// characters in a row, with one among them that is neither letter, number nor space, as in
/// every control token.
fn may_hold_a_message(segments: &[Segment], contents: &[(usize, &str)]) -> bool {
    let triples = |text: &str| {
        let lower: Vec<char> = text.to_lowercase().chars().collect();
        let triples = lower.windows(3).map(|it| [it[0], it[1], it[2]]);
        triples
            .filter(|it| {
                it.iter()
                    .any(|c| !c.is_alphanumeric() && !c.is_whitespace())
            })
            .collect::<HashSet<_>>()
    };
    let own: HashSet<[char; 3]> = segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Template(text) => Some(triples(text)),
            Segment::Content { .. } => None,
        })
        .flatten()
        .collect();
    contents
        .iter()
        .any(|(_, content)| !triples(content).is_disjoint(&own))
}

/// Finds the contents in `plain` by their text alone. `None` where one is not there, or where
/// the template says the same somewhere itself, or repeats a part of one: then nobody can
/// tell which is which.
pub(super) fn locate(plain: &str, turns: &[Turn]) -> Option<Vec<Segment>> {
    let mut contents: Vec<(usize, &str)> = turns
        .iter()
        .flat_map(|turn| &turn.spans)
        .map(|span| (span.message, span.text.trim()))
        .filter(|(_, content)| !content.is_empty())
        .collect();
    let ambiguous = |content: &str| {
        let said: usize = contents
            .iter()
            .map(|(_, other)| other.matches(content).count())
            .sum();
        plain.matches(content).count() > said
    };
    if contents.iter().any(|(_, content)| ambiguous(content)) {
        return None;
    }
    contents.sort_by_key(|(_, content)| std::cmp::Reverse(content.len()));
    let mut parts = vec![(None, plain)];
    for (message, content) in contents.iter().copied() {
        let own = |(owner, text): &(Option<usize>, &str)| owner.is_none() && text.contains(content);
        // A message that another one quotes may stand behind it: in order, each takes one.
        let at = parts.iter().position(own)?;
        let (_, text) = parts[at];
        let begin = text.find(content)?;
        let (before, rest) = text.split_at(begin);
        let (content, after) = rest.split_at(content.len());
        parts.splice(
            at..=at,
            [(None, before), (Some(message), content), (None, after)],
        );
    }
    let mut segments = Builder::default();
    for (owner, text) in parts {
        match owner {
            Some(message) => segments.content(message, text),
            None => segments.template(text),
        }
    }
    (!may_hold_a_message(&segments.segments, &contents)).then_some(segments.segments)
}
